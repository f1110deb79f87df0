//! The comparison of two copies of a book: which is ahead, or where they fork.

use crate::document::{
    Block, CellValue, Head, Report, Table, Text, counted, declare, tables_and_notes, text,
};
use crate::model::keywords;
use crate::model::{EntryNumber, Fingerprint};
use crate::report::control::log::LogRow;

keywords! {
    /// How one copy of a book relates to another.
    Kinship, KinshipError, "same, ahead, behind, forked or unrelated" {
        /// Both have the same entries.
        Same = "same",
        /// The first has every entry of the second, and more.
        Ahead = "ahead",
        /// The second has every entry of the first, and more.
        Behind = "behind",
        /// They begin with the same entries and continue differently.
        Forked = "forked",
        /// They are books of different names.
        Unrelated = "unrelated",
    }
}

declare! {
    /// Two copies of a book, compared by their chains of fingerprints.
    pub struct CompareReport {
        /// The first copy.
        pub a: BookCopy,
        /// The second copy.
        pub b: BookCopy,
        /// How the first relates to the second.
        pub kinship: Kinship,
        /// How many entries, from the first on, are the same in both.
        pub common: u32,
        /// The next entry of each, if they fork.
        pub fork: Option<Fork>,
    }

    /// One of the two copies.
    pub row BookCopy {
        /// The file.
        pub file: String => { copy: String => shown("Copy") from |copy| copy.file.cell() },
        /// How many entries it has.
        pub entries: u32 => shown("Entries"),
        /// The fingerprint of its last entry.
        pub head: Fingerprint => detail("Fingerprint"),
    }

    /// The first entries that differ.
    pub struct Fork {
        /// Their number.
        pub entry: EntryNumber,
        /// The entry of the first copy.
        pub a: LogRow,
        /// The entry of the second copy.
        pub b: LogRow,
    }
}

impl BookCopy {
    fn is_ahead_of(&self, other: &BookCopy) -> Text {
        let more = counted(self.entries - other.entries, "entry");
        text![&self.file, " is ahead of ", &other.file, " by ", more, "."]
    }
}

impl CompareReport {
    fn verdict(&self) -> Text {
        let (a, b) = (&self.a, &self.b);
        match self.kinship {
            Kinship::Same => text!["They are the same: ", counted(a.entries, "entry"), "."],
            Kinship::Ahead => a.is_ahead_of(b),
            Kinship::Behind => b.is_ahead_of(a),
            Kinship::Forked => {
                let before = counted(self.common, "entry");
                let are = if self.common == 1 { " is" } else { " are" };
                text! {
                    "They fork at entry ", self.common + 1, ": ", before, " before it", are,
                    " the same."
                }
            }
            Kinship::Unrelated => {
                "They are books of different names, and have no entry in common.".into()
            }
        }
    }
}

impl Report for CompareReport {
    fn head(&self) -> Head {
        text!["Comparison of ", &self.a.file, " and ", &self.b.file].into()
    }

    fn data(&self) -> Table {
        Table::of("", [&self.a, &self.b])
    }

    fn blocks(&self) -> Vec<Block> {
        let fork = |fork: &Fork| Table::of("The first entries that differ", [&fork.a, &fork.b]);
        let fork = self.fork.as_ref().map(fork);
        tables_and_notes([self.data()].into_iter().chain(fork), [self.verdict()])
    }
}
