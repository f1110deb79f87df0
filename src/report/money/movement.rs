//! [`Movement`]: one entry that moved a pot, and what it left there.

use crate::document::declare;
use crate::fold::{Account, FoldError, Portfolio, YearView};
use crate::model::{Date, EntryNumber, Kind, Money, Pot, ProjectRef};

declare! {
    /// One entry that moved a pot.
    pub row Movement {
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
    /// [`FoldError`] if the journal does not add up, which the rules prevent.
    pub(crate) fn all(view: &YearView, pot: Pot) -> Result<Vec<Movement>, FoldError> {
        let mut portfolio = Portfolio::new(view.year());
        let mut movements = Vec::new();
        for entry in &view.standing {
            let mut change = Money::ZERO;
            for flow in portfolio.apply(entry)? {
                if flow.to == Account::Pot(pot) {
                    change += flow.amount;
                }
                if flow.from == Account::Pot(pot) {
                    change += -flow.amount;
                }
            }
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
}
