//! Two copies of a book held against each other: which is ahead, or where they fork.

use serde::Serialize;

use crate::document::{Cell, Field, Report, Table, counted};
use crate::model::EntryNumber;
use crate::model::keywords;
use crate::report::control::log::LogRow;

keywords! {
    /// How two copies stand to each other.
    Kinship, KinshipError, "same, ahead, behind, forked or unrelated" {
        /// Both have the same entries.
        Same = "same",
        /// The first has all the second has, and more.
        Ahead = "ahead",
        /// The second has all the first has, and more.
        Behind = "behind",
        /// They have the same beginning, and go on differently.
        Forked = "forked",
        /// They are books of other names.
        Unrelated = "unrelated",
    }
}

/// Two copies of a book, by their chains of fingerprints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CompareReport {
    /// The first.
    pub a: Copy,
    /// The second.
    pub b: Copy,
    /// How the first stands to the second.
    pub kinship: Kinship,
    /// How many entries both have alike, from the first on.
    pub common: u32,
    /// Where they fork: the next entry of each.
    pub fork: Option<Fork>,
}

/// One of two copies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Copy {
    /// The file.
    pub file: String,
    /// How many entries it has.
    pub entries: u32,
    /// The fingerprint of the last.
    pub head: String,
}

/// The first entries that differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fork {
    /// Their number.
    pub entry: EntryNumber,
    /// What the first has.
    pub a: LogRow,
    /// What the second has.
    pub b: LogRow,
}

impl CompareReport {
    fn verdict(&self) -> String {
        let (a, b) = (&self.a, &self.b);
        let more = |ahead: &Copy, behind: &Copy| {
            format!(
                "{} is ahead of {} by {}.",
                ahead.file,
                behind.file,
                entries(ahead.entries - behind.entries)
            )
        };
        match self.kinship {
            Kinship::Same => format!("They are the same: {}.", entries(a.entries)),
            Kinship::Ahead => more(a, b),
            Kinship::Behind => more(b, a),
            Kinship::Forked => format!(
                "They fork at entry {}: {} before it are the same.",
                self.common + 1,
                entries(self.common)
            ),
            Kinship::Unrelated => {
                "They are books of other names, and have no entry in common.".into()
            }
        }
    }
}

/// `1 entry`, `2 entries`.
fn entries(count: u32) -> String {
    counted(count, if count == 1 { "entry" } else { "entrie" })
}

impl Report for CompareReport {
    fn title(&self) -> String {
        format!("Comparison of {} and {}", self.a.file, self.b.file)
    }

    fn tables(&self) -> Vec<Table> {
        let fields = [
            Field::left("copy", "Copy"),
            Field::right("entries", "Entries"),
            Field::left("head", ""),
        ];
        let mut copies = Table::new("", &fields);
        for copy in [&self.a, &self.b] {
            copies.rows.push(vec![
                copy.file.as_str().into(),
                Cell::Number(copy.entries.into()),
                copy.head.as_str().into(),
            ]);
        }
        let fork = self.fork.as_ref().map(|fork| {
            let mut table =
                crate::report::control::log::table("Where they fork, one and the other", true);
            table.rows = vec![fork.a.cells(), fork.b.cells()];
            table
        });
        [copies].into_iter().chain(fork).collect()
    }

    fn notes(&self) -> Vec<String> {
        vec![self.verdict()]
    }
}
