//! The year as double entry: every movement of money from one account to another, and the balance
//! of each account at the ends of quarters.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::document::{Block, Report, Table, Text, rows, text};
use crate::fold::{Account, FoldError, Lens, Portfolio, YearView};
use crate::model::{Date, EntryNumber, FinancialYear, Kind, Money, Pot, Quarter};

/// A year's movements of money, one transaction each, in fold order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct TransactionsReport {
    /// The year.
    pub year: FinancialYear,
    /// The day, and the moment of knowledge.
    #[serde(flatten)]
    pub lens: Lens,
    /// The transactions. An entry whose money passes through both pots has two.
    pub rows: Vec<Transaction>,
    /// The balance of each account at the end of each quarter up to the day asked about, and at the
    /// end of the day of the last entry.
    pub balances: Vec<AccountBalance>,
}

rows! {
    /// Money that leaves one account for another.
    pub struct Transaction with TransactionColumns {
        /// The entry's number.
        pub entry: EntryNumber => shown("Entry"),
        /// The day it takes effect.
        pub on: Date => shown("Date"),
        /// What it was.
        pub kind: Kind => shown("Type"),
        /// The account that the money leaves.
        pub from: Account => shown("From"),
        /// The account in which it arrives.
        pub to: Account => shown("To"),
        /// How much.
        pub amount: Money => shown("Amount"),
    }
}

/// What is in an account at the end of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AccountBalance {
    /// The day.
    pub on: Date,
    /// The account.
    pub account: Account,
    /// What is in it.
    pub balance: Money,
}

impl TransactionsReport {
    /// The movements of a year's money. The view must hold every kind of entry.
    ///
    /// # Errors
    ///
    /// [`FoldError`], which no book that the rules guarded holds.
    pub fn new(view: &YearView) -> Result<TransactionsReport, FoldError> {
        let (year, as_at) = (view.year(), view.lens.as_at);
        let quarters = Quarter::ALL
            .iter()
            .map(|quarter| year.quarter_end(*quarter));
        let last = view.standing.last().map(|entry| entry.on);
        let ends: BTreeSet<Date> = quarters.filter(|end| *end <= as_at).chain(last).collect();
        let mut ends = ends.into_iter().peekable();
        let mut portfolio = Portfolio::new(year);
        let (mut rows, mut balances) = (Vec::new(), Vec::new());
        for entry in &view.standing {
            while let Some(end) = ends.next_if(|end| *end < entry.on) {
                balances.extend(AccountBalance::all(end, &portfolio));
            }
            let flows = portfolio.apply(entry)?.into_iter();
            rows.extend(
                flows
                    .filter(|flow| !flow.amount.is_zero())
                    .map(|flow| Transaction {
                        entry: entry.number,
                        on: entry.on,
                        kind: entry.event.kind(),
                        from: flow.from,
                        to: flow.to,
                        amount: flow.amount,
                    }),
            );
        }
        balances.extend(ends.flat_map(|end| AccountBalance::all(end, &portfolio)));
        Ok(TransactionsReport {
            year,
            lens: view.lens,
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

impl AccountBalance {
    /// The balance of every account at the end of a day.
    fn all(on: Date, portfolio: &Portfolio) -> Vec<AccountBalance> {
        let outside = [
            (Account::Opcc, -portfolio.allocation()),
            (Account::Returned, portfolio.returned()),
        ];
        let pots = Pot::ALL
            .iter()
            .map(|pot| (Account::Pot(*pot), portfolio.pot(*pot).remaining()));
        let projects = portfolio.projects.iter().flat_map(|(reference, project)| {
            [
                (Account::Project(reference.clone()), project.unspent()),
                (Account::Spent(reference.clone()), project.spent),
            ]
        });
        let balances = outside.into_iter().chain(pots).chain(projects);
        balances
            .map(|(account, balance)| AccountBalance {
                on,
                account,
                balance,
            })
            .collect()
    }
}

impl Report for TransactionsReport {
    fn title(&self) -> Text {
        text!["Transactions of ", self.year, ", ", self.lens]
    }

    fn as_at(&self) -> Option<Date> {
        Some(self.lens.as_at)
    }

    fn data(&self) -> Table {
        Table::of("", &self.rows)
    }

    fn blocks(&self) -> Vec<Block> {
        vec![Block::Table(self.data())]
    }
}
