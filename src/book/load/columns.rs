//! The files of a folder and their columns.

/// One row for each entry.
pub(in crate::book) use crate::import::ENTRIES;
/// The moment and fingerprint of each entry.
pub(in crate::book) const RECORD: &str = "record.csv";
/// The names of the partnership and the funder.
pub(in crate::book) const BOOK: &str = "book.csv";
/// The priorities, by scheme.
pub(in crate::book) const PRIORITIES: &str = "priorities.csv";
pub(in crate::book) const RECORD_COLUMNS: [&str; 3] = ["number", "recorded", "fingerprint"];
pub(in crate::book) const BOOK_COLUMNS: [&str; 2] = ["partnership", "funder"];
pub(in crate::book) const PRIORITY_COLUMNS: [&str; 5] =
    ["scheme", "code", "name", "first_year", "last_year"];
