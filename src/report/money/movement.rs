//! [`Movement`]: one entry that moved a pot, and what it left there.

use serde::Serialize;

use crate::document::{Cell, Drawing, Field, Table};
use crate::fold::{Account, Flow, FoldError, Portfolio};
use crate::model::{Date, Entry, EntryNumber, FinancialYear, Kind, Money, Pot, ProjectRef};

/// One entry that moved a pot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Movement {
    /// The entry's number.
    pub entry: EntryNumber,
    /// The day it takes effect.
    pub on: Date,
    /// What it was.
    pub kind: Kind,
    /// Of which project.
    pub project: Option<ProjectRef>,
    /// What it brought into the pot; below zero, what it took.
    pub change: Money,
    /// What was left in the pot after it.
    pub remaining: Money,
}

impl Movement {
    /// The entries that moved a pot, among a year's standing entries in fold order.
    ///
    /// # Errors
    ///
    /// [`FoldError`], which no book that the rules guarded holds.
    pub(crate) fn all(
        pot: Pot,
        year: FinancialYear,
        standing: &[Entry],
    ) -> Result<Vec<Movement>, FoldError> {
        let mut portfolio = Portfolio::new(year);
        let mut movements = Vec::new();
        for entry in standing {
            let flows = portfolio.apply(entry)?;
            let change = flows
                .iter()
                .map(|flow| moved(flow, &Account::Pot(pot)))
                .sum::<Money>();
            if !change.is_zero() {
                movements.push(Movement {
                    entry: entry.number,
                    on: entry.on,
                    kind: entry.event.kind(),
                    project: entry.event.project().cloned(),
                    change,
                    remaining: portfolio.pot(pot).remaining(),
                });
            }
        }
        Ok(movements)
    }

    /// The rows, and how they are drawn: as steps until a day.
    pub(crate) fn table(
        caption: &str,
        movements: &[Movement],
        year: FinancialYear,
        until: Date,
    ) -> Table {
        let fields = [
            Field::right("entry", "Entry"),
            Field::left("on", "On"),
            Field::left("kind", "Kind"),
            Field::left("project", "Project"),
            Field::right("change", "Change"),
            Field::right("remaining", "Left"),
        ];
        let cells = |row: &Movement| -> Vec<Cell> {
            vec![
                row.entry.into(),
                row.on.into(),
                row.kind.as_str().into(),
                row.project.as_ref().map(ProjectRef::as_str).into(),
                row.change.into(),
                row.remaining.into(),
            ]
        };
        let rows = movements.iter().map(cells).collect();
        Table {
            rows,
            ..Table::new(caption, &fields)
        }
        .drawn(Drawing::Steps {
            day: "on",
            balance: "remaining",
            year,
            until,
        })
    }
}

/// What a flow brings to an account, or takes from it.
fn moved(flow: &Flow, account: &Account) -> Money {
    match (flow.from == *account, flow.to == *account) {
        (false, true) => flow.amount,
        (true, false) => -flow.amount,
        _ => Money::ZERO,
    }
}
