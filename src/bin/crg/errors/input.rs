//! What to do about a file that cannot be used: of a folder to load, a ledger's extract or its map.

use crg::import::{InputError, suggest_tracker};

use crate::hint::{CommandLine, Hint, Unwanted, command};

pub(super) fn of_folder(error: &InputError) -> Hint {
    Hint::advice(if error.is_unreadable_file() {
        "name a folder that contains entries.csv, such as one written by crg dump"
    } else {
        "fix this and load the folder again"
    })
}

/// A ledger's extract: its file, its header, or single lines. Only a single line can be left out.
pub(super) fn of_extract(error: &InputError) -> Vec<Hint> {
    let Some(first) = error.faults.first() else {
        return Vec::new();
    };
    if first.kind.needs_map() {
        let suggest = command!(
            "spend import --suggest {} --output MAP",
            first.file.display()
        );
        return vec![suggest.because("to have a first map written")];
    }
    if first.kind.is_no_ledger() && suggest_tracker(&first.file).is_ok() {
        let import = command!(
            "project import --suggest {} --output MAP",
            first.file.display()
        );
        return vec![import.because("it can be read as a tracker")];
    }
    if first.row.is_none() {
        return Vec::new();
    }
    vec![if first.kind.names_missing_column() {
        Hint::advice(
            "in the map, name the columns as the header of the extract does; if the header is in another row, give that row, such as header = 4",
        )
    } else if first.kind.ends_reading() {
        Hint::advice("fix this first: nothing after it can be read")
    } else {
        let fix = Hint::advice("fix these cells, or change the map");
        return vec![fix, skip_bad()];
    }]
}

/// A tracker or its map.
pub(super) fn of_tracker(error: &InputError) -> Hint {
    match error.faults.first() {
        Some(first) if first.kind.needs_map() => {
            let file = first.file.display();
            command!("project import --suggest {} --output MAP", file)
                .because("to have a first map written")
        }
        _ => {
            command!("project import --help").because("fix this; the help has an example of a map")
        }
    }
}

pub(super) fn of_map(error: &InputError) -> Hint {
    if error.is_unreadable_file() {
        command!("spend import --suggest FILE --output MAP").because("to have a first map written")
    } else {
        command!("spend import --help").because("fix the map; the help has an example")
    }
}

/// The settings of papers.
pub(super) fn of_settings(error: &InputError) -> Hint {
    if error.is_unreadable_file() {
        command!("template paper --output FILE").because("to have a first settings file written")
    } else {
        command!("template paper").because("fix the file; this shows an example of every key")
    }
}

/// A file of decisions on waiting lines.
pub(super) fn of_decisions(error: &InputError) -> Hint {
    Hint::advice(if error.is_unreadable_file() {
        "name the file of waiting lines that the import wrote"
    } else {
        "fix these cells; an action is add, replace 20, same as 20;21 or ignore, or empty to wait"
    })
}

/// The same import without the lines that are bad.
pub(super) fn skip_bad() -> Hint {
    CommandLine::again()
        .flag("--skip-bad")
        .without(Unwanted::Flag("--dry-run"))
        .because("or record the others, and write these to a file of their own")
}
