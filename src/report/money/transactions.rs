//! The year as double entry: every movement of money from one account to another, and the balance
//! of each account at the ends of quarters.

use std::collections::{BTreeMap, BTreeSet};

use crate::fold::{Account, FoldError, Lens, Portfolio, YearView};
use crate::model::{Date, EntryNumber, FinancialYear, Kind, Money, Pot, Quarter};

/// A year's movements of money, one transaction each, in fold order.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TransactionsReport {
    /// The year.
    pub year: FinancialYear,
    /// The day, and the moment of knowledge.
    pub lens: Lens,
    /// What the grant is called.
    pub grant: String,
    /// The transactions. An entry whose money passes through both pots has two.
    pub rows: Vec<Transaction>,
    /// The balance of each account at the end of each quarter up to the day asked about, and at the
    /// end of the day of the last entry.
    pub balances: Vec<AccountBalance>,
}

/// Money that leaves one account for another.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Transaction {
    /// The entry's number.
    pub entry: EntryNumber,
    /// The day it takes effect.
    pub on: Date,
    /// What it was.
    pub kind: Kind,
    /// The account that the money leaves.
    pub from: Account,
    /// The account in which it arrives.
    pub to: Account,
    /// How much.
    pub amount: Money,
}

/// What is in an account at the end of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// [`FoldError`] if the journal does not add up, which the rules prevent.
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
                AccountBalance::add_all(end, &portfolio, &mut balances);
            }
            for flow in portfolio.apply(entry)? {
                if !flow.amount.is_zero() {
                    rows.push(Transaction {
                        entry: entry.number,
                        on: entry.on,
                        kind: entry.event.kind(),
                        from: flow.from.of_all(),
                        to: flow.to.of_all(),
                        amount: flow.amount,
                    });
                }
            }
        }
        ends.for_each(|end| AccountBalance::add_all(end, &portfolio, &mut balances));
        Ok(TransactionsReport {
            year,
            grant: view.names.grant.clone(),
            lens: view.lens,
            rows,
            balances,
        })
    }

    /// Every account with the day of its first transaction.
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
    /// Adds the balance of every account at the end of a day.
    fn add_all(on: Date, portfolio: &Portfolio, balances: &mut Vec<AccountBalance>) {
        let mut add = |account, balance| {
            balances.push(AccountBalance {
                on,
                account,
                balance,
            });
        };
        add(Account::Opcc, -portfolio.allocation());
        add(Account::Returned(None), portfolio.returned());
        add(Account::Lapsed, portfolio.lapsed());
        for pot in Pot::ALL {
            add(Account::Pot(*pot), portfolio.pot(*pot).remaining());
        }
        for (reference, project) in &portfolio.projects {
            add(Account::Project(reference.clone()), project.unspent());
            add(Account::Spent(reference.clone()), project.spent);
        }
    }
}
