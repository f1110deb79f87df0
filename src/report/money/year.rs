//! The year: where its allocation is, line by line, and its cash.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::english::overrides;
use crate::document::{Block, Head, Line, Report, Table, declare, lines, tables_and_notes, text};
use crate::fold::YearView;
use crate::model::{DetailField, EntryNumber, Money};
use crate::report::head::YearHead;
use crate::report::money::cash::{CASH_HELD, received, shortfall};
use crate::report::projects::details;

declare! {
    /// Where a year's allocation is: `allocation = spent + returned + lapsed + unspent_awards +
    /// uncommitted`.
    pub struct YearReport {
        /// The year.
        #[serde(flatten)]
        pub head: YearHead,
        /// Whether it is closed.
        pub closed: bool,
        /// Both pots' allocation.
        pub allocation: Money,
        /// What was spent, less refunds.
        pub spent: Money,
        /// What was returned to the OPCC.
        pub returned: Money,
        /// Underspend that the OPCC had not paid out, and keeps.
        pub lapsed: Money,
        /// Award that projects still hold.
        pub unspent_awards: Money,
        /// What is left in both pots.
        pub uncommitted: Money,
        /// The sum of the five above, which is the allocation.
        #[serde(skip)]
        accounted: Money,
        /// The part of the allocation that was not spent.
        pub underspend: Money,
        /// The underspend still to be returned.
        pub to_return: Money,
        /// The underspend that the OPCC has not paid, so that it cannot be returned.
        pub not_drawn: Money,
        /// Cash received from the OPCC.
        pub received: Money,
        /// Cash received, less what was spent and returned.
        pub cash_held: Money,
        /// The entries that set a process rule aside.
        pub overrides: BTreeSet<EntryNumber>,
        /// Facts that a duty of publication asks for.
        pub details: BTreeMap<DetailField, String>,
    }
}

impl YearReport {
    /// The line that people see only if something was not drawn.
    const NOT_DRAWN: &str = "Not drawn";

    /// The figures of a year.
    pub fn new(view: &YearView) -> YearReport {
        let portfolio = &view.portfolio;
        YearReport {
            head: YearHead::new(view),
            closed: portfolio.closed,
            allocation: portfolio.allocation(),
            spent: portfolio.spent(),
            returned: portfolio.returned(),
            lapsed: portfolio.lapsed(),
            unspent_awards: portfolio.unspent_awards(),
            uncommitted: portfolio.uncommitted(),
            accounted: portfolio.accounted(),
            underspend: portfolio.underspend(),
            to_return: portfolio.to_return(),
            not_drawn: portfolio.not_drawn(),
            received: portfolio.received,
            cash_held: portfolio.cash_held(),
            overrides: portfolio.overrides.clone(),
            details: portfolio.details.clone(),
        }
    }

    /// Its figures, each with what it means.
    pub(crate) fn lines(&self) -> [Line; 12] {
        lines! {
            "Allocation", self.allocation, self.head.pots.allocated_by_the_opcc();
            "Spent", self.spent, "less refunds";
            "Returned", self.returned, "underspend paid back";
            "Lapsed", self.lapsed, "underspend never paid out";
            "Unspent awards", self.unspent_awards, "still with projects";
            "Uncommitted", self.uncommitted, self.head.pots.still_there();
            "Accounted for", self.accounted, "the five above";
            "Underspend", self.underspend, "allocation less spent";
            "To return", self.to_return, "underspend not yet returned";
            YearReport::NOT_DRAWN, self.not_drawn, "underspend the OPCC has not paid";
            "Received", self.received, received(self.received);
            CASH_HELD, self.cash_held, "received less spent and returned";
        }
    }
}

impl Report for YearReport {
    fn head(&self) -> Head {
        let closed = if self.closed { ", closed" } else { "" };
        self.head.with_title(text!["Year ", self.head.year], closed)
    }

    fn data(&self) -> Table {
        Table::of("", &self.lines())
    }

    fn blocks(&self) -> Vec<Block> {
        let sum = text! {
            self.spent, " spent + ", self.underspend, " underspend = ", self.allocation,
            " allocation."
        };
        let notes = [
            Some(sum),
            shortfall(self.received, self.cash_held),
            overrides(&self.overrides),
        ];
        let lines = self.lines();
        let is_shown = |line: &&Line| match line.line {
            YearReport::NOT_DRAWN => !line.amount.is_zero(),
            CASH_HELD => !self.received.is_zero(),
            _ => true,
        };
        let table = Table::of("", lines.iter().filter(is_shown));
        let tables = [Some(table), details::table(&self.details)];
        tables_and_notes(tables.into_iter().flatten(), notes.into_iter().flatten())
    }
}
