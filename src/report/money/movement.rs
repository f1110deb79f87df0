//! [`Movement`]: one entry that moved a pot, and what it left there.

use crate::document::{Drawing, Table, rows};
use crate::fold::{Account, Flow, FoldError, Portfolio, YearView};
use crate::model::{Date, EntryNumber, FinancialYear, Kind, Money, Pot, ProjectRef};

rows! {
    /// One entry that moved a pot.
    pub struct Movement with MovementColumns {
        /// The entry's number.
        pub entry: EntryNumber => shown("Entry"),
        /// The day it takes effect.
        pub on: Date => shown("Date"),
        /// What it was.
        pub kind: Kind => shown("Type"),
        /// The project it concerns.
        pub project: Option<ProjectRef> => shown("Project"),
        /// What it brought into the pot; below zero, what it took.
        pub change: Money => shown("Change"),
        /// What was left in the pot after it.
        pub remaining: Money => shown("Left"),
    }
}

impl Movement {
    /// The entries that moved a pot of a year, in fold order.
    ///
    /// # Errors
    ///
    /// [`FoldError`], which no book that the rules guarded holds.
    pub(crate) fn all(view: &YearView, pot: Pot) -> Result<Vec<Movement>, FoldError> {
        let mut portfolio = Portfolio::new(view.year());
        let mut movements = Vec::new();
        for entry in &view.standing {
            let flows = portfolio.apply(entry)?;
            let change: Money = flows.iter().map(|flow| change(flow, pot)).sum();
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

    /// The movements of a year's pot, drawn as steps up to a day.
    pub(crate) fn table(
        caption: &str,
        movements: &[Movement],
        year: FinancialYear,
        until: Date,
    ) -> Table {
        Table::of(caption, movements).drawn(Drawing::Steps {
            day: Movement::COLUMN.on,
            balance: Movement::COLUMN.remaining,
            year,
            until,
        })
    }
}

/// What a flow brings to a pot; below zero, what it takes from it.
fn change(flow: &Flow, pot: Pot) -> Money {
    let pot = Account::Pot(pot);
    match (flow.from == pot, flow.to == pot) {
        (false, true) => flow.amount,
        (true, false) => -flow.amount,
        _ => Money::ZERO,
    }
}
