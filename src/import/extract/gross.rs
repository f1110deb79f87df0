//! [`GrossCheck`]: whether amounts that a map calls net are gross, by the columns beside them.

use crate::import::amount;
use crate::import::extract::columns::NamedColumn;
use crate::import::extract::heading::{AmountName, amount_name, words};
use crate::import::extract::text::cell;
use crate::import::fault::HeaderFault;
use crate::model::Money;

/// How many rows are looked at.
const MAX_ROWS: u32 = 1000;

/// Compares amounts with the net amounts and the VAT beside them.
pub(super) struct GrossCheck {
    column: NamedColumn,
    net: Option<(usize, String)>,
    tax: Option<usize>,
    rows: u32,
    gross: u32,
    net_rows: u32,
}

impl GrossCheck {
    /// A check of the column of net amounts; `None` if no other column could tell.
    pub(super) fn new(column: &NamedColumn, header: &[String]) -> Option<GrossCheck> {
        let find = |wanted: AmountName| {
            header.iter().enumerate().find(|(index, name)| {
                *index != column.index && amount_name(&words(name)) == Some(wanted)
            })
        };
        let net = find(AmountName::Net).map(|(index, name)| (index, name.trim().to_owned()));
        let tax = find(AmountName::Tax).map(|(index, _)| index);
        (net.is_some() || tax.is_some()).then(|| GrossCheck {
            column: column.clone(),
            net,
            tax,
            rows: 0,
            gross: 0,
            net_rows: 0,
        })
    }

    pub(super) fn take(&mut self, cells: &[String]) {
        if self.rows == MAX_ROWS {
            return;
        }
        self.rows += 1;
        let of = |column: usize| amount(cell(cells, column)).ok();
        let Some(printed) = of(self.column.index).filter(|it| !it.is_zero()) else {
            return;
        };
        let net = self.net.as_ref().and_then(|(column, _)| of(*column));
        let tax = self.tax.and_then(of).filter(|tax| !tax.is_zero());
        match (net, tax) {
            (Some(net), Some(tax)) if printed == net + tax => self.gross += 1,
            (Some(net), _) if is_about(times(printed, 5), times(net, 6)) => self.gross += 1,
            (None, Some(tax)) if is_about(printed, times(tax, 6)) => self.gross += 1,
            (None, None) => {}
            (Some(net), None) if printed == net => {}
            _ => self.net_rows += 1,
        }
    }

    /// The fault of a column whose amounts are gross, wherever that can be told.
    pub(super) fn end(self) -> Option<HeaderFault> {
        (self.gross > 0 && self.net_rows == 0).then(|| HeaderFault::GrossColumn {
            name: self.column.name.to_string(),
            net: self.net.map(|(_, name)| name),
        })
    }
}

fn times(amount: Money, factor: u32) -> Money {
    (0..factor).map(|_| amount).sum()
}

/// Returns `true` if two amounts differ only by what rounding to pence leaves.
fn is_about(one: Money, other: Money) -> bool {
    (one - other).abs() < Money::from_pence(5)
}
