//! The year: where its allocation is, line by line, and its cash.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::document::english::{overrides, unless_confirmed};
use crate::document::{Block, Line, Report, Table, Text, line, table_and_notes, text};
use crate::fold::{Lens, YearView};
use crate::model::{Date, EntryNumber, FinancialYear, Money};

/// Where a year's allocation is: `allocation = spent + returned + unspent_awards + uncommitted`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct YearReport {
    /// The year.
    pub year: FinancialYear,
    /// The day, and the moment of knowledge.
    #[serde(flatten)]
    pub lens: Lens,
    /// Whether the OPCC has confirmed it.
    pub confirmed: bool,
    /// Whether it is closed.
    pub closed: bool,
    /// Both pots' allocation.
    pub allocation: Money,
    /// What was spent, less refunds.
    pub spent: Money,
    /// What was returned to the OPCC.
    pub returned: Money,
    /// Award that projects still hold.
    pub unspent_awards: Money,
    /// What is left in both pots.
    pub uncommitted: Money,
    /// The sum of the four above, which is the allocation.
    #[serde(skip)]
    accounted: Money,
    /// The part of the allocation that was not spent.
    pub underspend: Money,
    /// The underspend not yet returned.
    pub to_return: Money,
    /// Cash received from the OPCC.
    pub received: Money,
    /// Cash received, less what was spent and returned.
    pub cash_held: Money,
    /// The entries that set a process rule aside.
    pub overrides: BTreeSet<EntryNumber>,
}

/// The lines of a year, in the order they are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum YearLine {
    Allocation,
    Spent,
    Returned,
    UnspentAwards,
    Uncommitted,
    AccountedFor,
    Underspend,
    ToReturn,
    Received,
    CashHeld,
}

impl YearLine {
    pub(crate) const ALL: [YearLine; 10] = [
        YearLine::Allocation,
        YearLine::Spent,
        YearLine::Returned,
        YearLine::UnspentAwards,
        YearLine::Uncommitted,
        YearLine::AccountedFor,
        YearLine::Underspend,
        YearLine::ToReturn,
        YearLine::Received,
        YearLine::CashHeld,
    ];

    /// Its row in a table of all lines.
    pub(crate) fn row(self) -> usize {
        YearLine::ALL
            .iter()
            .take_while(|line| **line != self)
            .count()
    }
}

impl YearReport {
    /// The figures of a year.
    #[must_use]
    pub fn new(view: &YearView) -> YearReport {
        let portfolio = &view.portfolio;
        YearReport {
            year: portfolio.year,
            lens: view.lens,
            confirmed: portfolio.confirmed,
            closed: portfolio.closed,
            allocation: portfolio.allocation(),
            spent: portfolio.spent(),
            returned: portfolio.returned(),
            unspent_awards: portfolio.unspent_awards(),
            uncommitted: portfolio.uncommitted(),
            accounted: portfolio.accounted(),
            underspend: portfolio.underspend(),
            to_return: portfolio.to_return(),
            received: portfolio.received,
            cash_held: portfolio.cash_held(),
            overrides: portfolio.overrides.clone(),
        }
    }

    /// Its figures, each with what it means.
    pub(crate) fn lines(&self) -> [Line; 10] {
        YearLine::ALL.map(|which| self.line(which))
    }

    fn line(&self, which: YearLine) -> Line {
        match which {
            YearLine::Allocation => line("Allocation", self.allocation, "from the OPCC, both pots"),
            YearLine::Spent => line("Spent", self.spent, "less refunds"),
            YearLine::Returned => line("Returned", self.returned, "underspend paid back"),
            YearLine::UnspentAwards => {
                line("Unspent awards", self.unspent_awards, "still with projects")
            }
            YearLine::Uncommitted => line("Uncommitted", self.uncommitted, "still in the pots"),
            YearLine::AccountedFor => line("Accounted for", self.accounted, "the four above"),
            YearLine::Underspend => line("Underspend", self.underspend, "allocation less spent"),
            YearLine::ToReturn => line("To return", self.to_return, "underspend not yet returned"),
            YearLine::Received => line("Received", self.received, "cash from the OPCC"),
            YearLine::CashHeld => line(
                "Cash held",
                self.cash_held,
                "received less spent and returned",
            ),
        }
    }

    /// Warns of money that was spent before the OPCC paid it.
    fn shortfall(&self) -> Option<Text> {
        let shortfall = self.cash_held.abs();
        self.cash_held.is_negative().then(|| {
            text![
                "More has been spent and returned than received from the OPCC, by ",
                shortfall,
                "."
            ]
        })
    }
}

impl Report for YearReport {
    fn title(&self) -> Text {
        let closed = if self.closed { ", closed" } else { "" };
        let confirmed = unless_confirmed(self.confirmed);
        text!["Year ", self.year, ", ", self.lens, closed, confirmed]
    }

    fn as_at(&self) -> Option<Date> {
        Some(self.lens.as_at)
    }

    fn data(&self) -> Table {
        Table::of("", &self.lines())
    }

    fn blocks(&self) -> Vec<Block> {
        let (spent, underspend, allocation) = (self.spent, self.underspend, self.allocation);
        let sum = text![
            spent,
            " spent + ",
            underspend,
            " underspend = ",
            allocation,
            " allocation."
        ];
        let notes = [Some(sum), self.shortfall(), overrides(&self.overrides)];
        table_and_notes(self.data(), notes.into_iter().flatten().collect())
    }
}
