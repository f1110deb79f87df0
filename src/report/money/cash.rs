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
        let received = if self.received.is_zero() {
            "no receipt from the OPCC is on record"
        } else {
            "cash from the OPCC"
        };
        let lines: Vec<Line> = Vec::from(lines! {
            "Received", self.received, received;
            "Spent", self.spent, "less refunds";
            "Returned", self.returned, "underspend paid back";
            "Cash held", self.cash_held, "received less spent and returned";
        });
        Table::of("Cash", &lines)
    }

    /// Says what its amounts include, and warns of money that was spent before the OPCC paid it.
    pub(crate) fn notes(&self) -> impl Iterator<Item = Text> {
        [self.vat(), shortfall(self.cash_held)]
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

/// Warns of money that was spent before the OPCC paid it.
pub(crate) fn shortfall(cash_held: Money) -> Option<Text> {
    let (more, by) = ("More has been spent and returned", cash_held.abs());
    let shortfall = text![more, " than received from the OPCC, by ", by, "."];
    cash_held.is_negative().then_some(shortfall)
}
