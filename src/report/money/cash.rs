//! [`CashAccount`]: a year's cash, and what its spend includes.

use crate::document::{Line, Table, Text, declare, lines, text};
use crate::fold::Portfolio;
use crate::model::Money;

declare! {
    /// A year's cash, and what its spend includes: `spent = net + gross =
    /// paid + accrued`, and `cash_held = received −
    /// spent − returned`.
    #[derive(Copy)]
    pub struct CashAccount {
        /// Cash received from the OPCC.
        pub received: Money,
        /// What was spent, less refunds.
        pub spent: Money,
        /// The part of the spend that is net of VAT.
        pub net: Money,
        /// The part of the spend that includes VAT.
        pub gross: Money,
        /// What was returned to the OPCC, less what it repaid.
        pub returned: Money,
        /// Cash received, less what was spent and returned; below zero if more has been spent than
        /// received.
        pub cash_held: Money,
        /// The part of the spend whose invoices are on record.
        pub paid: Money,
        /// The part of the spend whose invoices are to come.
        pub accrued: Money,
    }
}

impl CashAccount {
    pub(crate) fn new(portfolio: &Portfolio) -> CashAccount {
        CashAccount {
            received: portfolio.received,
            spent: portfolio.spent(),
            net: portfolio.spent() - portfolio.gross,
            gross: portfolio.gross,
            returned: portfolio.returned(),
            cash_held: portfolio.cash_held(),
            paid: portfolio.spent() - portfolio.accruals.total(),
            accrued: portfolio.accruals.total(),
        }
    }

    pub(crate) fn table(&self) -> Table {
        let lines = lines! {
            "Received", self.received, received(self.received);
            "Spent", self.spent, "less refunds";
            "Returned", self.returned, "underspend paid back";
            CASH_HELD, self.cash_held, "received less spent and returned";
        };
        let has_receipts = !self.received.is_zero();
        let is_shown = |line: &&Line| has_receipts || line.line != CASH_HELD;
        Table::of("Cash", lines.iter().filter(is_shown))
    }

    /// Says what its amounts include, and warns of money that was spent before the OPCC paid it.
    pub(crate) fn notes(&self) -> impl Iterator<Item = Text> {
        [self.vat(), shortfall(self.received, self.cash_held)]
            .into_iter()
            .flatten()
    }

    /// Says on which basis the spend is recorded.
    pub(crate) fn vat(&self) -> Option<Text> {
        if self.spent.is_zero() && self.gross.is_zero() {
            return None;
        }
        Some(match (self.net.is_zero(), self.gross.is_zero()) {
            (_, true) => text!["All spend is net of VAT, which the leads recover."],
            (true, _) => text!["All spend includes VAT, which the leads do not recover."],
            (false, false) => text! {
                "Of the spend, ", self.net, " is net of VAT, which the leads recover, and ",
                self.gross, " includes VAT, which they do not recover."
            },
        })
    }
}

/// The line of the cash held. In a book without receipts it says nothing, and is not shown.
pub(crate) const CASH_HELD: &str = "Cash held";

/// What the cash received from the OPCC is.
pub(crate) fn received(received: Money) -> &'static str {
    if received.is_zero() {
        "no receipt from the OPCC is on record"
    } else {
        "cash from the OPCC"
    }
}

/// Warns of money that was spent before the OPCC paid it, in a book that records what it pays.
pub(crate) fn shortfall(received: Money, cash_held: Money) -> Option<Text> {
    let (more, by) = ("More has been spent and returned", cash_held.abs());
    let shortfall = text![more, " than received from the OPCC, by ", by, "."];
    (!received.is_zero() && cash_held.is_negative()).then_some(shortfall)
}
