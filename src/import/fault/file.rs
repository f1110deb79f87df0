//! What is wrong with a file as a whole, as a workbook or as a map, and with the files of a folder.
#![expect(missing_docs, reason = "the fields are what the sentences show")]

use std::fmt::Display;

use crate::model::{Date, Fingerprint, ProjectRef};
use crate::rules::Place;

/// What is wrong with a file as a whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FileFault {
    /// The operating system does not let it be read.
    #[error("cannot be read: {error}")]
    Unreadable { error: String },
    /// It has too many bytes.
    #[error("is larger than {}, the limit", size(*limit))]
    TooLarge { limit: u64 },
    /// It has nothing but blank rows.
    #[error("is empty")]
    Empty,
    /// It is neither a workbook nor text in a known encoding.
    #[error("is not text that can be read; save it as CSV UTF-8")]
    NotText,
    /// It is a map or settings file in another encoding.
    #[error("is not UTF-8 text; save it as UTF-8")]
    NotUtf8,
    /// It is a map or settings file that is not TOML, or a key or value of it is unknown.
    #[error("{message}")]
    Toml { message: String },
    /// No row looks like the header of an extract.
    #[error(
        "has no row that names a date and an amount{}; write the map by hand, from the example in the help",
        columns_seen(.seen)
    )]
    NoHeaderFound { seen: Vec<String> },
    /// It has a row for each project or request, and no payments.
    #[error(
        "looks like a list of projects or requests, not a ledger: its columns are {}. A ledger has a row for each payment, with its date, amount and supplier",
        seen.join(", ")
    )]
    NoLedger { seen: Vec<String> },
    /// No row looks like the header of a tracker.
    #[error(
        "has no row that names the ref, title, lead and requested amount of projects{}; write the map by hand, from the example in the help",
        columns_seen(.seen)
    )]
    NoTracker { seen: Vec<String> },
    /// It is not the template that is read without a map; if it has some of the columns, these are
    /// missing.
    #[error("is not a filled-in template{}, so it needs a map", columns_missing(.missing))]
    NoTemplate { missing: Vec<String> },
    /// It is no longer what it was when its cells were checked.
    #[error("was changed while it was being loaded")]
    Changed,
}

/// A limit in the largest unit that it is a whole number of.
fn size(limit: u64) -> String {
    match limit >> 20 {
        0 => format!("{} KiB", limit >> 10),
        mebibytes => format!("{mebibytes} MiB"),
    }
}

fn columns_seen(seen: &[String]) -> String {
    match seen {
        [] => String::new(),
        seen => format!("; its columns seem to be {}", seen.join(", ")),
    }
}

fn columns_missing(missing: &[String]) -> String {
    match missing {
        [] => String::new(),
        [one] => format!(" (the column {one} is missing)"),
        several => format!(" (the columns {} are missing)", several.join(", ")),
    }
}

impl FileFault {
    pub(crate) fn unreadable(error: impl Display) -> FileFault {
        let error = error.to_string();
        FileFault::Unreadable { error }
    }
}

/// What is wrong with a file as a workbook.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WorkbookFault {
    /// It is in a format that Excel wrote before 97.
    #[error("is a workbook from before Excel 97; save it as .xlsx or as CSV UTF-8")]
    Old,
    /// It is in a format that only Excel reads.
    #[error("is {format}; save it as .xlsx or as CSV UTF-8")]
    OtherFormat { format: &'static str },
    /// It can only be opened with a password.
    #[error("is protected by a password; save it without one")]
    Protected,
    /// It begins like a workbook and is none.
    #[error("is not a workbook that can be read: {detail}")]
    Unreadable { detail: String },
    /// Part of it is damaged.
    #[error("is a damaged workbook{}", .detail.as_ref().map(|it| format!(": {it}")).unwrap_or_default())]
    Damaged { detail: Option<String> },
    /// It has no sheet.
    #[error("has no sheet")]
    NoSheets,
    /// It has no sheet of the name that the map gives.
    #[error("has no sheet {name:?}; its sheets are {}", present.join(", "))]
    NoSuchSheet { name: String, present: Vec<String> },
    /// Several of its sheets have the columns of the map.
    #[error(
        "has several sheets with these columns: {}; name one in the map, such as sheet = {:?}, and import each in turn",
        .names.join(", "), .names.first().map_or("", String::as_str)
    )]
    SeveralSheets { names: Vec<String> },
    /// Several sheets would be read as one, and one of them repeats a line of another.
    #[error(
        "has several sheets with these columns, and the line in {place} is in another of them too; name one in the map, such as sheet = {:?}, and import each in turn",
        .names.first().map_or("", String::as_str)
    )]
    RepeatedLine { place: Place, names: Vec<String> },
    /// Only sheets that are hidden have the columns of the map.
    #[error(
        "has these columns only in hidden sheets: {}; to read one, name it in the map, such as sheet = {:?}",
        .names.join(", "), .names.first().map_or("", String::as_str)
    )]
    OnlyHidden { names: Vec<String> },
    /// It has too many cells.
    #[error("has more than {limit} cells, the limit")]
    TooManyCells { limit: usize },
    /// The cells of the sheet hold too much text.
    #[error("has more than {} MiB of text, the limit", limit >> 20)]
    TooMuchText { limit: usize },
    /// It unpacks to too many bytes.
    #[error("unpacks to more than {} MiB, the limit", limit >> 20)]
    TooLarge { limit: u64 },
    /// A part that names other parts is too large.
    #[error(
        "has more than {} KiB of {part}; copy the sheet to a new workbook, or save it as CSV UTF-8",
        limit >> 10
    )]
    PartTooLarge { part: &'static str, limit: u64 },
}

impl WorkbookFault {
    pub(crate) fn unreadable(detail: impl Display) -> WorkbookFault {
        let detail = detail.to_string();
        WorkbookFault::Unreadable { detail }
    }

    pub(crate) fn damaged(detail: impl Display) -> WorkbookFault {
        let detail = Some(detail.to_string());
        WorkbookFault::Damaged { detail }
    }
}

/// What is wrong with a map.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MapFault {
    /// It has too many rules of one kind.
    #[error("more than {limit} [[project]] or [[outside]] rules, the limit")]
    TooManyRules { limit: usize },
    /// Its rules look for too many texts.
    #[error("its rules look for more than {limit} texts, the limit")]
    TooManyWords { limit: usize },
    /// Its period ends before it begins.
    #[error("`from` ({}) is after `to` ({})", from.long(), to.long())]
    EmptyPeriod { from: Date, to: Date },
    /// A rule has both `is` and `contains`, or neither.
    #[error("[[project]] {project}: give either `is` or `contains`")]
    IsOrContains { project: ProjectRef },
    /// A rule of lines outside the grant has both `is` and `contains`, or neither.
    #[error("[[outside]]: give either `is` or `contains`")]
    OutsideIsOrContains,
    /// It names no column of amounts, or more than one way to them.
    #[error(
        "[columns]: give either `amount`, with or without `sign`, or both `debit` and `credit`"
    )]
    Amount,
    /// Nothing in it finds a project.
    #[error(
        "no line would find its project; add [[project]] rules, a `project` column, or unmatched = \"P01\""
    )]
    NoProject,
}

/// What is wrong with the files of a folder beside each other, or beside the book.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FolderFault {
    /// `record.csv` is loaded into a book that exists.
    #[error(
        "belongs to a whole book; load it to where no book exists, or remove it to add these entries to this one"
    )]
    RecordOfWholeBook,
    /// `book.csv` names another partnership or funder than the book.
    #[error(
        "names {:?} and {:?}, but the book belongs to {:?} and {:?}",
        .found[0], .found[1], .book[0], .book[1]
    )]
    OtherNames {
        found: [String; 2],
        book: [String; 2],
    },
    /// `priorities.csv` gives a code of the book another meaning.
    #[error("code {code} is already in the book, with another meaning")]
    OtherPriority { code: String },
    /// `priorities.csv` has a code in more than one row.
    #[error("code {code} appears twice")]
    RepeatedCode { code: String },
    /// An entry does not give the fingerprint that `record.csv` has for it.
    #[error(
        "entry {entry} gives fingerprint {found}, but {expected} was recorded: the entry, one before it or book.csv was changed"
    )]
    Fingerprint {
        entry: u64,
        found: Fingerprint,
        expected: Fingerprint,
    },
}
