//! The year as double entry: what left which account for which other, and what stood in each at the
//! ends of quarters.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::document::{Field, Report, Table};
use crate::fold::{Account, FoldError, Lens, Portfolio};
use crate::model::{Date, Entry, EntryNumber, FinancialYear, Kind, Money, Pot, Quarter};

/// A year's movements of money, one transaction each, in fold order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TransactionsReport {
    /// The year.
    pub year: FinancialYear,
    /// The day, and the moment of knowledge.
    #[serde(flatten)]
    pub lens: Lens,
    /// The transactions. An entry that passes money on between the pots has two.
    pub rows: Vec<Transaction>,
    /// What stood in each account at the end of each quarter up to the day asked about, and of the
    /// day of the last entry.
    pub balances: Vec<AccountBalance>,
}

/// Money that leaves one account for another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Transaction {
    /// The entry.
    pub entry: EntryNumber,
    /// Its day.
    pub on: Date,
    /// Its kind.
    pub kind: Kind,
    /// Where the money leaves.
    pub from: Account,
    /// Where it arrives.
    pub to: Account,
    /// How much.
    pub amount: Money,
}

/// What stands in an account at the end of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountBalance {
    /// The day.
    pub on: Date,
    /// The account.
    pub account: Account,
    /// What stands in it.
    pub balance: Money,
}

impl TransactionsReport {
    /// The movements of a year's standing entries, in fold order.
    ///
    /// # Errors
    ///
    /// [`FoldError`], which no book that the rules guarded holds.
    pub fn new(
        year: FinancialYear,
        standing: &[Entry],
        lens: Lens,
    ) -> Result<TransactionsReport, FoldError> {
        let last = standing.last().map(|entry| entry.on);
        let quarters = Quarter::ALL
            .iter()
            .map(|quarter| year.quarter_end(*quarter))
            .filter(|end| *end <= lens.as_at);
        let ends: BTreeSet<Date> = quarters.chain(last).collect();
        let mut ends = ends.into_iter().peekable();
        let (mut portfolio, mut rows, mut balances) =
            (Portfolio::new(year), Vec::new(), Vec::new());
        for entry in standing {
            while let Some(end) = ends.next_if(|end| *end < entry.on) {
                balances.extend(balances_at(end, &portfolio));
            }
            for flow in portfolio
                .apply(entry)?
                .into_iter()
                .filter(|flow| !flow.amount.is_zero())
            {
                let (from, to, amount) = (flow.from, flow.to, flow.amount);
                rows.push(Transaction {
                    entry: entry.number,
                    on: entry.on,
                    kind: entry.event.kind(),
                    from,
                    to,
                    amount,
                });
            }
        }
        balances.extend(ends.flat_map(|end| balances_at(end, &portfolio)));
        Ok(TransactionsReport {
            year,
            lens,
            rows,
            balances,
        })
    }

    /// Every account with the day of its first transaction.
    #[must_use]
    pub fn accounts(&self) -> BTreeMap<&Account, Date> {
        let mut accounts = BTreeMap::new();
        for row in &self.rows {
            for account in [&row.from, &row.to] {
                let first: &mut Date = accounts.entry(account).or_insert(row.on);
                *first = row.on.min(*first);
            }
        }
        accounts
    }
}

/// What stands in every account that the fold knows.
fn balances_at(on: Date, portfolio: &Portfolio) -> Vec<AccountBalance> {
    let pots = Pot::ALL
        .iter()
        .map(|pot| (Account::Pot(*pot), portfolio.pot(*pot).remaining()));
    let projects = portfolio.projects.iter().flat_map(|(reference, project)| {
        [
            (Account::Project(reference.clone()), project.unspent()),
            (Account::Spent(reference.clone()), project.spent),
        ]
    });
    let ends = [
        (Account::Opcc, -portfolio.allocation()),
        (Account::Returned, portfolio.returned()),
    ];
    ends.into_iter()
        .chain(pots)
        .chain(projects)
        .map(|(account, balance)| AccountBalance {
            on,
            account,
            balance,
        })
        .collect()
}

impl Report for TransactionsReport {
    fn title(&self) -> String {
        format!("Transactions of {}, {}", self.year, self.lens)
    }

    fn as_at(&self) -> Option<Date> {
        Some(self.lens.as_at)
    }

    fn tables(&self) -> Vec<Table> {
        let mut table = Table::new(
            "",
            &[
                Field::right("entry", "Entry"),
                Field::left("on", "On"),
                Field::left("kind", "Kind"),
                Field::left("from", "From"),
                Field::left("to", "To"),
                Field::right("amount", "Amount"),
            ],
        );
        for row in &self.rows {
            let (from, to) = (row.from.to_string(), row.to.to_string());
            table.rows.push(vec![
                row.entry.into(),
                row.on.into(),
                row.kind.as_str().into(),
                from.into(),
                to.into(),
                row.amount.into(),
            ]);
        }
        vec![table]
    }
}
