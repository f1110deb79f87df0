//! A small file beside the book that says who is writing, so that another who waits can be told.

use std::fs;
use std::path::{Path, PathBuf};

use crate::model::Moment;
use crate::store::open::beside;

/// The note, for as long as this lives.
pub(super) struct WriterNote(PathBuf);

impl WriterNote {
    /// Leaves a note. It is a help, not a lock: where it cannot be written, writing the book goes
    /// on.
    pub(super) fn leave(book: &Path, by: &str, since: Moment) -> WriterNote {
        let note = beside(book, ".writer");
        let _ = fs::write(
            &note,
            format!("{by} ({}), writing since {since}\n", this_process()),
        );
        WriterNote(note)
    }
}

impl Drop for WriterNote {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn this_process() -> String {
    format!("process {}", std::process::id())
}

/// Who holds the book, as far as can be told. A note of this process does not say who keeps it
/// waiting.
pub(super) fn holder(book: &Path) -> String {
    let note = fs::read_to_string(beside(book, ".writer"))
        .ok()
        .filter(|note| note.ends_with('\n') && !note.contains(&format!("({})", this_process())));
    match note {
        Some(note) => format!(
            "{} (as noted beside it)",
            note.trim()
                .chars()
                .filter(|c| !c.is_control())
                .take(200)
                .collect::<String>()
        ),
        None => {
            "another program that reads it (Excel, Datasette, DB Browser, a backup) or writes it"
                .into()
        }
    }
}
