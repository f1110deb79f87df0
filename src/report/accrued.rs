//! Paid and accrued spend, as reports show them beside all spend.

use crate::document::{ColumnId, Table, Text, counted, text};
use crate::fold::YearView;
use crate::model::Money;
use crate::rules::MAX_DAYS_ACCRUED;

/// Shows what is paid and what is accrued behind all that is spent. In a table in which nothing is
/// accrued, both are left to scripts and workbooks.
pub(crate) fn split(table: Table, spent: ColumnId, [paid, accrued]: [ColumnId; 2]) -> Table {
    if table.is_zero(accrued) {
        return table.hidden(&[paid, accrued]);
    }
    table.behind(spent, accrued).behind(spent, paid)
}

/// Says how much of the spend is accrued, if any is.
pub(crate) fn still_to_come(accrued: Money) -> Option<Text> {
    let to_come = " of the spend is accrued: its invoices are still to come.";
    (!accrued.is_zero()).then(|| text![accrued, to_come])
}

/// The accruals of a year that are still open when it ended so many days ago that no line of a
/// ledger is taken for their invoices any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LateAccruals {
    pub(crate) count: usize,
    amount: Money,
}

impl LateAccruals {
    /// Those of a year by the view's day, if there are any.
    pub(crate) fn of(view: &YearView) -> Option<LateAccruals> {
        let accruals = &view.portfolio.accruals;
        let since = view.year().last_day().days_until(view.lens.as_at);
        (since > MAX_DAYS_ACCRUED && accruals.count() > 0).then(|| LateAccruals {
            count: accruals.count(),
            amount: accruals.total(),
        })
    }

    /// It in words, without the year.
    pub(crate) fn words(self) -> Text {
        let accruals = counted(self.count, "accrual");
        let (are, their) = if self.count == 1 {
            (" is", "its invoice")
        } else {
            (" are", "their invoices")
        };
        text! {
            accruals, " of ", self.amount, are, " still open more than ",
            MAX_DAYS_ACCRUED, " days after the year's end; ", their, " should have come"
        }
    }
}
