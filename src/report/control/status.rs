//! The status: the book at a glance, and what wants doing.

use serde::Serialize;

use crate::document::{Field, Report, Table, counted};
use crate::fold::{Lens, Portfolio};
use crate::model::{Date, FinancialYear, Money, Pot};

/// The whole book at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
    /// The fingerprint of the last entry.
    pub head: String,
    /// A row a year.
    pub years: Vec<StatusYear>,
}

/// One year at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatusYear {
    /// The year.
    pub year: FinancialYear,
    /// Has the OPCC confirmed it?
    pub confirmed: bool,
    /// Is it shut?
    pub closed: bool,
    /// Has it ended, and is it not shut?
    pub overdue: bool,
    /// Both pots' allocation.
    pub allocation: Money,
    /// What is left in the tactical pot.
    pub tactical_remaining: Money,
    /// Proposals still to be decided.
    pub pending: usize,
    /// The underspend not yet returned.
    pub to_return: Money,
    /// Printed figures that differ without an explanation.
    pub unexplained: usize,
}

impl StatusYear {
    /// A year folded as at a day; `unexplained` is from its reconciliation.
    #[must_use]
    pub fn new(portfolio: &Portfolio, as_at: Date, unexplained: usize) -> StatusYear {
        StatusYear {
            year: portfolio.year,
            confirmed: portfolio.confirmed,
            closed: portfolio.closed,
            overdue: portfolio.is_overdue(as_at),
            allocation: portfolio.allocation(),
            tactical_remaining: portfolio.tactical.remaining(),
            pending: Pot::ALL
                .iter()
                .map(|pot| portfolio.pending(*pot).count())
                .sum(),
            to_return: portfolio.to_return(),
            unexplained,
        }
    }

    fn is(&self) -> &'static str {
        match (self.closed, self.confirmed) {
            (true, true) => "closed",
            (true, false) => "closed, not confirmed",
            (false, true) => "open",
            (false, false) => "open, not confirmed",
        }
    }
}

impl Report for StatusReport {
    fn title(&self) -> String {
        format!("{}: Crime Reduction Grant, {}", self.partnership, self.lens)
    }

    fn as_at(&self) -> Option<Date> {
        Some(self.lens.as_at)
    }

    fn tables(&self) -> Vec<Table> {
        let mut table = Table::new(
            "",
            &[
                Field::left("year", "Year"),
                Field::left("is", "Is"),
                Field::right("allocation", "Allocation"),
                Field::right("tactical_remaining", "Tactical left"),
                Field::right("to_return", "Unspent"),
                Field::right("pending", "Pending"),
                Field::right("unexplained", ""),
            ],
        );
        for row in &self.years {
            let count =
                |n: usize| crate::document::Cell::Number(u64::try_from(n).unwrap_or(u64::MAX));
            table.rows.push(vec![
                row.year.to_string().into(),
                row.is().into(),
                row.allocation.into(),
                row.tactical_remaining.into(),
                row.to_return.into(),
                count(row.pending),
                count(row.unexplained),
            ]);
        }
        vec![table]
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = vec![format!(
            "{} entries; the last has fingerprint {}.",
            self.entries, self.head
        )];
        for row in &self.years {
            if row.unexplained > 0 {
                notes.push(format!(
                    "{}: {} without an explanation.",
                    row.year,
                    counted(row.unexplained, "difference")
                ));
            }
            if row.pending > 0 {
                notes.push(format!(
                    "{}: {} not yet decided.",
                    row.year,
                    counted(row.pending, "proposal")
                ));
            }
            if row.closed && !row.to_return.is_zero() {
                notes.push(format!(
                    "{}: the year is closed, and {} was neither spent nor returned.",
                    row.year,
                    row.to_return.pounds()
                ));
            }
            if row.overdue {
                notes.push(format!(
                    "{}: the year has ended and is not closed; {} is unspent.",
                    row.year,
                    row.to_return.pounds()
                ));
            }
        }
        notes
    }
}
