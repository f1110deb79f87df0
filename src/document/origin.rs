//! [`Origin`]: whose book a report was made of, and how far the book went.

use std::fmt;

use crate::document::declare::declare;
use crate::document::text::{Text, text};
use crate::model::{EntryNumber, FinancialYear, Fingerprint, Moment, Names};

/// Rises when the bytes of a report change that was made before: of a quarter that was issued, or
/// of what was certified.
pub(crate) const FORMAT: u32 = 3;

declare! {
    /// Whose book a report was made of, and how far the book went: its last entry then, and that
    /// entry's fingerprint, which speaks for all entries before it too.
    pub struct Origin {
        /// The partnership that holds the grant.
        pub partnership: String,
        /// The funder that gives it.
        pub funder: String,
        /// The grant.
        pub grant: String,
        /// The last entry known; nothing in a book without one. Of a report that was issued or
        /// certified, the entry before the one that records it.
        pub entry: Option<EntryNumber>,
        /// Its fingerprint, or that of the book's names.
        pub fingerprint: Fingerprint,
        /// The format of the report, a number that rises when its bytes change.
        pub format: u32,
        /// The last moment that counts, if the question named one.
        #[serde(skip)]
        pub known_at: Option<Moment>,
    }
}

impl Origin {
    /// The end of a book whose names are these.
    pub fn new(
        names: Names,
        entry: Option<EntryNumber>,
        fingerprint: Fingerprint,
        known_at: Option<Moment>,
    ) -> Origin {
        Origin {
            partnership: names.partnership,
            funder: names.funder,
            grant: names.grant,
            entry,
            fingerprint,
            format: FORMAT,
            known_at,
        }
    }

    /// What a paper says at its head: whose grant it is about, of which year.
    pub fn holder(&self, year: Option<FinancialYear>) -> Text {
        let (partnership, grant, funder) = (&self.partnership, &self.grant, &self.funder);
        let year = year.map(|year| text![" ", year]).unwrap_or_default();
        text![partnership, ": ", grant, year, ". Funder: ", funder, "."]
    }

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
