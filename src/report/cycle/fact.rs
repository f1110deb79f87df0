//! [`Fact`]: one line of a paper's head or foot.

use crate::document::{Cell, CellValue, Table, Text, declare};

declare! {
    /// What something is, and what it is here; empty if it is filled in by hand.
    pub(crate) row Fact {
        pub(crate) item: &'static str => shown("Item"),
        pub(crate) details: String => shown("Details") from Fact::cell,
    }
}

impl Fact {
    pub(crate) fn new(item: &'static str, details: impl Into<Text>) -> Fact {
        Fact {
            item,
            details: details.into().to_string(),
        }
    }

    fn cell(&self) -> Cell {
        match self.details.as_str() {
            "" => Cell::Blank,
            details => details.cell(),
        }
    }
}

/// Facts, one below the other.
pub(crate) fn facts(caption: &str, facts: &[Fact]) -> Table {
    Table::of(caption, facts)
}
