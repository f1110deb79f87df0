//! [`Origin`]: the entry that a report's figures rest on.

use std::fmt;

use crate::model::{EntryNumber, Fingerprint};

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
