//! [`Origin`]: the entry that figures rest on; and [`Paper`]: a report that says so at its foot.

use std::fmt;

use crate::document::block::Block;
use crate::document::table::{Report, Table};
use crate::model::{Date, EntryNumber, Fingerprint};

/// How far the book went when a report was made of it: its last entry then, and that entry's
/// fingerprint, which speaks for all entries before it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The last entry; `None` in a book without one.
    pub entry: Option<EntryNumber>,
    /// Its fingerprint, or that of the book's names.
    pub fingerprint: Fingerprint,
}

impl Origin {
    /// What a paper says at its foot: how far the book went, and how that is verified.
    #[must_use]
    pub fn lines(&self) -> [String; 2] {
        let verified = "The command crg check --head with this fingerprint tells whether anything up to there was changed since.";
        [self.to_string(), verified.to_owned()]
    }
}

impl fmt::Display for Origin {
    /// No stop at the end: the fingerprint is there to be copied.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.entry {
            Some(entry) => write!(f, "Book at entry {entry}, fingerprint {}", self.fingerprint),
            None => write!(
                f,
                "Book before its first entry, fingerprint {}",
                self.fingerprint
            ),
        }
    }
}

/// A report with its origin at its foot, where a format has room for words.
///
/// JSON and CSV are made of the report alone: an issued report's fingerprint is over its JSON and
/// stands in the `issue` entry, so the JSON cannot hold a fingerprint that speaks for that entry.
pub struct Paper<'a> {
    /// The report.
    pub report: &'a dyn Report,
    /// What it rests on; a report that does not rest on one book alone has none.
    pub origin: Option<Origin>,
}

impl Report for Paper<'_> {
    fn title(&self) -> String {
        self.report.title()
    }

    fn as_at(&self) -> Option<Date> {
        self.report.as_at()
    }

    fn tables(&self) -> Vec<Table> {
        self.report.tables()
    }

    fn notes(&self) -> Vec<String> {
        self.report.notes()
    }

    fn blocks(&self) -> Vec<Block> {
        self.report.blocks()
    }

    fn origin(&self) -> Option<Origin> {
        self.origin
    }
}
