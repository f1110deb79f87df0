//! The status: the whole book at a glance, and what needs attention.

use schemars::JsonSchema;
use serde::Serialize;

use crate::document::{Block, Cell, Report, Table, Text, counted, rows, table_and_notes, text};
use crate::fold::{Lens, YearView};
use crate::model::{Date, FinancialYear, Fingerprint, Money, Pot};

/// The whole book at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct StatusReport {
    /// Who holds the grant.
    pub partnership: String,
    /// Who gives it.
    pub funder: String,
    /// The day, and the moment of knowledge.
    #[serde(flatten)]
    pub lens: Lens,
    /// How many entries the journal holds.
    pub entries: u32,
    /// The fingerprint of the last entry, or of the book's names before the first.
    pub head: Fingerprint,
    /// One row per year.
    pub years: Vec<StatusYear>,
}

rows! {
    /// One year at a glance.
    pub struct StatusYear with StatusColumns {
        /// The year.
        pub year: FinancialYear => shown("Year"),
        /// Whether the OPCC has confirmed it.
        pub confirmed: bool,
        /// Whether it is closed.
        pub closed: bool,
        /// Whether it has ended and is not closed.
        pub overdue: bool => { is: &str => shown("Status") from StatusYear::status },
        /// Both pots' allocation.
        pub allocation: Money => shown("Allocation"),
        /// What is left in the tactical pot.
        pub tactical_remaining: Money => shown("Tactical left"),
        /// The underspend not yet returned.
        pub to_return: Money => shown("Unspent"),
        /// How many proposals are not yet decided.
        pub pending: usize => shown("Pending"),
        /// How many printed figures differ without an explanation.
        pub unexplained: usize => detail,
    }
}

impl StatusYear {
    /// A year as its view shows it; `unexplained` is from its reconciliation.
    #[must_use]
    pub fn new(view: &YearView, unexplained: usize) -> StatusYear {
        let portfolio = &view.portfolio;
        let pending = |pot: &Pot| portfolio.pending(*pot).count();
        StatusYear {
            year: view.year(),
            confirmed: portfolio.confirmed,
            closed: portfolio.closed,
            overdue: portfolio.is_overdue(view.lens.as_at),
            allocation: portfolio.allocation(),
            tactical_remaining: portfolio.tactical.remaining(),
            to_return: portfolio.to_return(),
            pending: Pot::ALL.iter().map(pending).sum(),
            unexplained,
        }
    }

    fn status(&self) -> Cell {
        let status = match (self.closed, self.confirmed) {
            (true, true) => "closed",
            (true, false) => "closed, not confirmed",
            (false, true) => "open",
            (false, false) => "open, not confirmed",
        };
        status.into()
    }

    /// What needs attention.
    fn notes(&self) -> Vec<Text> {
        let mut notes = Vec::new();
        let mut note = |text: Text| notes.push(text![self.year, ": ", text, "."]);
        if self.unexplained > 0 {
            let differences = counted(self.unexplained, "difference");
            note(text![differences, " without an explanation"]);
        }
        if self.pending > 0 {
            note(text![counted(self.pending, "proposal"), " not yet decided"]);
        }
        if self.closed && !self.to_return.is_zero() {
            let unspent = self.to_return;
            note(text![
                "the year is closed, and ",
                unspent,
                " was neither spent nor returned"
            ]);
        }
        if self.overdue {
            let unspent = self.to_return;
            note(text![
                "the year has ended and is not closed; ",
                unspent,
                " is unspent"
            ]);
        }
        notes
    }
}

impl Report for StatusReport {
    fn title(&self) -> Text {
        text![&self.partnership, ": Crime Reduction Grant, ", self.lens]
    }

    fn as_at(&self) -> Option<Date> {
        Some(self.lens.as_at)
    }

    fn data(&self) -> Table {
        Table::of("", &self.years)
    }

    fn blocks(&self) -> Vec<Block> {
        let entries = counted(self.entries, "entry");
        let head = self.head.to_string();
        let mut notes = vec![text![entries, "; the last has fingerprint ", head, "."]];
        notes.extend(self.years.iter().flat_map(StatusYear::notes));
        table_and_notes(self.data(), notes)
    }
}
