//! How a command is sent: as the command line that a person would type for a draft, or as rows to
//! be loaded. Any other way into the book has a file like this one.

use std::fmt;

use crg::import::writer;
use crg::model::{Column, Draft, Kind};

use crate::histories::row_of;

/// A command line, and what it reads from standard input.
#[derive(Debug, Clone)]
pub(super) struct CommandLine {
    pub(super) words: Vec<String>,
    pub(super) input: Vec<u8>,
}

impl CommandLine {
    /// The command that records these drafts; `None` if there is none, because rows that are loaded
    /// cannot name entries recorded before.
    pub(super) fn of(drafts: &[Draft]) -> Option<CommandLine> {
        if let [draft] = drafts
            && let Some(words) = words(draft)
        {
            let input = Vec::new();
            return Some(CommandLine { words, input });
        }
        let name_entries = |draft: &Draft| {
            let cells = draft.cells();
            draft.event().refers_to().is_some()
                || draft.kind() == Kind::Match
                || draft.kind() == Kind::Document && cells.get(Column::Reference).is_some()
        };
        (!drafts.iter().any(name_entries)).then(|| CommandLine {
            words: vec!["load".into(), "-".into()],
            input: rows(drafts),
        })
    }

    /// Returns `true` if it loads rows.
    pub(super) fn is_load(&self) -> bool {
        !self.input.is_empty()
    }
}

impl fmt::Display for CommandLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "crg {:?}", self.words)?;
        if self.input.is_empty() {
            return Ok(());
        }
        write!(f, " < {:?}", String::from_utf8_lossy(&self.input))
    }
}

fn rows(drafts: &[Draft]) -> Vec<u8> {
    let mut csv = writer(Vec::new());
    csv.write_record(Column::ALL.iter().map(|column| column.as_str()))
        .unwrap();
    for draft in drafts {
        csv.write_record(row_of(draft)).unwrap();
    }
    csv.into_inner().unwrap()
}

/// The words that a person types; `None` for what is only loaded.
fn words(draft: &Draft) -> Option<Vec<String>> {
    use Column::{Amount, Lead, Measure, Pot, Priorities, Project, Supplier, Title, Vat, Year};
    const AMOUNT: [(&str, Column); 1] = [("--amount", Amount)];
    const HOLDER: [(&str, Column); 2] = [("--pot", Pot), ("--project", Project)];
    const PROPOSAL: [(&str, Column); 5] = [
        ("--pot", Pot),
        ("--amount", Amount),
        ("--title", Title),
        ("--lead", Lead),
        ("--priorities", Priorities),
    ];
    const PAYMENT: [(&str, Column); 3] = [
        ("--supplier", Supplier),
        ("--vat", Vat),
        ("--category", Measure),
    ];
    let cells = draft.cells();
    let (group, arguments, options): (&str, &[Column], &[(&str, Column)]) = match draft.kind() {
        Kind::Allocate | Kind::Cut => ("year", &[Year, Amount], &HOLDER[..1]),
        Kind::Return | Kind::Lapse | Kind::Repay => ("year", &[Year, Amount], &HOLDER),
        Kind::Receive => ("year", &[Year, Amount], &[]),
        Kind::Confirm | Kind::Close | Kind::Reopen => ("year", &[Year], &[]),
        Kind::Release if cells.get(Amount).is_none() => ("year", &[Year], &[]),
        Kind::Propose => ("project", &[Project], &PROPOSAL),
        Kind::Recommend
        | Kind::Submit
        | Kind::Approve
        | Kind::Increase
        | Kind::Reduce
        | Kind::Forecast => ("project", &[Project], &AMOUNT),
        Kind::Endorse | Kind::Decline | Kind::Reject | Kind::Complete | Kind::Progress => {
            ("project", &[Project], &[])
        }
        Kind::Withdraw if cells.get(Amount).is_none() => ("project", &[Project], &[]),
        Kind::Spend | Kind::Refund if cells.get(Column::Value).is_none() => {
            ("spend", &[Project, Amount], &PAYMENT)
        }
        Kind::Reverse => ("reverse", &[Column::Reference], &[]),
        _ => return None,
    };
    let mut words = match draft.kind() {
        Kind::Reverse => vec!["reverse"],
        Kind::Spend => vec!["spend", "add"],
        kind => vec![group, kind.as_str()],
    };
    words.extend(arguments.iter().filter_map(|column| cells.get(*column)));
    let year = matches!(group, "project" | "spend").then_some(("--year", Year));
    let reference = (group != "reverse").then_some(("--reference", Column::Reference));
    let everywhere = [
        ("--on", Column::On),
        ("--note", Column::Note),
        ("--override", Column::Override),
    ];
    let options = options.iter().copied().chain(everywhere);
    for (option, column) in options.chain(year).chain(reference) {
        if let Some(text) = cells.get(column) {
            words.extend([option, text]);
        }
    }
    Some(words.into_iter().map(str::to_owned).collect())
}
