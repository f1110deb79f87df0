//! The year: its identity line by line, and its cash.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::document::{Report, Table, overrides, unless_confirmed};
use crate::fold::{Lens, Portfolio};
use crate::model::{Date, EntryNumber, FinancialYear, Money};

/// Where a year's allocation is: `allocation = spent + returned + unspent_awards + uncommitted`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct YearReport {
    /// The year.
    pub year: FinancialYear,
    /// The day, and the moment of knowledge.
    #[serde(flatten)]
    pub lens: Lens,
    /// Has the OPCC confirmed it?
    pub confirmed: bool,
    /// Is it shut?
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
    /// The four above, which make the allocation.
    #[serde(skip)]
    accounted: Money,
    /// What of the allocation was not spent.
    pub underspend: Money,
    /// The underspend not yet returned.
    pub to_return: Money,
    /// Cash from the OPCC.
    pub received: Money,
    /// Cash received, less what was spent and returned.
    pub cash_held: Money,
    /// The entries that set a process rule aside.
    pub overrides: BTreeSet<EntryNumber>,
}

impl YearReport {
    /// A folded year.
    #[must_use]
    pub fn new(portfolio: &Portfolio, lens: Lens) -> YearReport {
        YearReport {
            year: portfolio.year,
            lens,
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

    /// Its lines: what each is, its amount, and what that means.
    pub(crate) fn lines(&self) -> [(&'static str, Money, &'static str); 10] {
        [
            ("Allocation", self.allocation, "from the OPCC, both pots"),
            ("Spent", self.spent, "less refunds"),
            ("Returned", self.returned, "underspend paid back"),
            ("Unspent awards", self.unspent_awards, "still with projects"),
            ("Uncommitted", self.uncommitted, "still in the pots"),
            ("Accounted for", self.accounted, "the four above"),
            ("Underspend", self.underspend, "allocation less spent"),
            ("To return", self.to_return, "underspend not yet returned"),
            ("Received", self.received, "cash from the OPCC"),
            (
                "Cash held",
                self.cash_held,
                "received less spent and returned",
            ),
        ]
    }
}

impl Report for YearReport {
    fn title(&self) -> String {
        let closed = if self.closed { ", closed" } else { "" };
        format!(
            "Year {}, {}{closed}{}",
            self.year,
            self.lens,
            unless_confirmed(self.confirmed)
        )
    }

    fn as_at(&self) -> Option<Date> {
        Some(self.lens.as_at)
    }

    fn tables(&self) -> Vec<Table> {
        vec![Table::of_lines("", self.lines())]
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = vec![format!(
            "{} spent + {} underspend = {} allocation.",
            self.spent.pounds(),
            self.underspend.pounds(),
            self.allocation.pounds()
        )];
        if self.cash_held.is_negative() {
            notes.push(format!(
                "Spend runs ahead of the cash recorded as received by {}.",
                self.cash_held.abs().pounds()
            ));
        }
        notes.extend(overrides(&self.overrides));
        notes
    }
}
