//! The accounts of a quarter as people read them: one row for each pot and project.

use crate::document::{Cell, CellValue, Table, declare};
use crate::fold::{PotName, PotNames};
use crate::model::{Kind, Money};
use crate::report::cycle::quarter::accounts::{Accounts, cell, name, pot};

declare! {
    /// One account in a quarter: its opening and all movements add up to its closing.
    pub row QuarterAccount {
        /// `upfront`, `tactical`, or a project's ref.
        pub account: String => shown("Account") from |row| cell(row.pot, &row.account),
        /// What it held when the quarter began.
        pub opening: Money => total("Opening"),
        /// Allocated to it, less cuts.
        pub allocated: Money => total("Allocated") from |row| unless_zero(row.allocated),
        /// Awarded to a project, less what was given back; from the pot the same below zero.
        pub approved: Money => total("Approved") from |row| unless_zero(row.approved),
        /// Moved between the pots.
        pub moved: Money => total("Moved") from |row| unless_zero(row.moved),
        /// Spent, less refunds, below zero.
        pub spent: Money => total("Spent") from |row| unless_zero(row.spent),
        /// Returned or lapsed, less what the OPCC paid back, below zero.
        pub returned: Money => total("Returned") from |row| unless_zero(row.returned),
        /// What it held at the end.
        pub closing: Money => total("Closing"),
        #[serde(skip)]
        pot: Option<PotName>,
    }
}

/// A movement, or nothing.
fn unless_zero(amount: Money) -> Cell {
    Some(amount).filter(|amount| !amount.is_zero()).cell()
}

impl Accounts {
    /// One row for each pot, then for each project.
    pub(super) fn matrix(&self, pots: PotNames) -> Vec<QuarterAccount> {
        let mut accounts = Vec::new();
        for (account, moved) in &self.moved {
            let pot = pot(account).map(|pot| pots.name(pot));
            let Some(account) = name(account) else {
                continue;
            };
            let mut row = QuarterAccount::opening(account, pot, moved.opening);
            for (kind, amount) in &moved.by_kind {
                row.add(*kind, *amount);
            }
            accounts.push(row);
        }
        accounts
    }
}

impl QuarterAccount {
    /// An account that held an amount when the quarter began, and in which nothing has moved yet.
    fn opening(account: String, pot: Option<PotName>, opening: Money) -> QuarterAccount {
        QuarterAccount {
            account,
            opening,
            allocated: Money::ZERO,
            approved: Money::ZERO,
            moved: Money::ZERO,
            spent: Money::ZERO,
            returned: Money::ZERO,
            closing: opening,
            pot,
        }
    }

    /// Adds what the entries of a kind moved.
    fn add(&mut self, kind: Kind, amount: Money) {
        let movement = match kind {
            Kind::Allocate | Kind::Cut => &mut self.allocated,
            Kind::Approve | Kind::Increase | Kind::Reduce | Kind::Withdraw => &mut self.approved,
            Kind::Spend | Kind::Refund => &mut self.spent,
            Kind::Return | Kind::Repay | Kind::Lapse => &mut self.returned,
            _ => &mut self.moved,
        };
        *movement += amount;
        self.closing += amount;
    }

    /// The accounts, without the movements of which the quarter has none.
    pub(super) fn table(accounts: &[QuarterAccount]) -> Table {
        let columns = QuarterAccount::COLUMN;
        let movements = [
            columns.allocated,
            columns.approved,
            columns.moved,
            columns.spent,
            columns.returned,
        ];
        let table = Table::of("", accounts);
        movements.into_iter().fold(table, |table, movement| {
            if table.column(movement).all(|cell| *cell == Cell::Empty) {
                table.without(movement)
            } else {
                table
            }
        })
    }
}
