//! What each account held when a quarter began, moved in it, and held at its end.

use std::collections::BTreeMap;

use crate::document::{Cell, CellValue, declare};
use crate::fold::{Account, FoldError, Portfolio, PotName, PotNames};
use crate::model::{Entry, FinancialYear, Kind, Money, Pot, ProjectRef, Quarter};

declare! {
    /// One line of an account's quarter.
    pub row QuarterRow {
        /// `upfront`, `tactical`, or a project's ref.
        pub account: String => shown("Account") from |row| cell(row.pot, &row.account),
        /// `opening`, a kind of entry, or `closing`.
        pub line: &'static str => shown("Line"),
        /// The balance, or what the entries of that kind moved.
        pub amount: Money => shown("Amount"),
        #[serde(skip)]
        pot: Option<PotName>,
    }
}

/// The accounts of a quarter, and the fold up to its end.
pub(super) struct Accounts {
    pub(super) portfolio: Portfolio,
    pub(super) moved: BTreeMap<Account, Moved>,
}

/// One account.
#[derive(Default)]
pub(super) struct Moved {
    pub(super) opening: Money,
    pub(super) by_kind: BTreeMap<Kind, Money>,
}

impl Moved {
    fn closing(&self) -> Money {
        self.opening + self.by_kind.values().copied().sum()
    }
}

impl Accounts {
    /// The accounts of a quarter among a year's standing entries, in fold order.
    pub(super) fn new<'a>(
        year: FinancialYear,
        quarter: Quarter,
        standing: impl IntoIterator<Item = &'a Entry>,
    ) -> Result<Accounts, FoldError> {
        let mut portfolio = Portfolio::new(year);
        let mut moved: BTreeMap<Account, Moved> = BTreeMap::new();
        let entries = standing.into_iter();
        for entry in entries.filter(|entry| year.quarter_of(entry.on) <= quarter) {
            let is_inside = year.quarter_of(entry.on) == quarter;
            for flow in portfolio.apply(entry)? {
                for (account, amount) in [(flow.from, -flow.amount), (flow.to, flow.amount)] {
                    let account = moved.entry(account).or_default();
                    if is_inside {
                        *account.by_kind.entry(entry.event.kind()).or_default() += amount;
                    } else {
                        account.opening += amount;
                    }
                }
            }
        }
        Ok(Accounts { portfolio, moved })
    }

    /// The opening, each kind of movement and the closing of each pot, then of each project.
    pub(super) fn rows(&self, pots: PotNames) -> Vec<QuarterRow> {
        let mut rows = Vec::new();
        for (account, moved) in &self.moved {
            let pot = pot(account).map(|pot| pots.name(pot));
            let Some(account) = name(account) else {
                continue;
            };
            let by_kind = moved
                .by_kind
                .iter()
                .filter(|(_, amount)| !amount.is_zero())
                .map(|(kind, amount)| (kind.as_str(), *amount));
            let lines = [("opening", moved.opening)]
                .into_iter()
                .chain(by_kind)
                .chain([("closing", moved.closing())]);
            rows.extend(lines.map(|(line, amount)| QuarterRow {
                account: account.clone(),
                line,
                amount,
                pot,
            }));
        }
        rows
    }

    /// What each pot and project holds at the quarter's end, in the same order.
    pub(super) fn closing(&self) -> BTreeMap<Account, Money> {
        let held = self
            .moved
            .iter()
            .filter(|(account, _)| name(account).is_some());
        held.map(|(account, moved)| (account.clone(), moved.closing()))
            .collect()
    }

    /// What a project's entries of a kind brought it in the quarter; spend is below zero.
    pub(super) fn moved(&self, project: &ProjectRef, kind: Kind) -> Money {
        let account = self.moved.get(&Account::Project(project.clone()));
        account
            .and_then(|moved| moved.by_kind.get(&kind))
            .copied()
            .unwrap_or_default()
    }
}

/// The name of a pot or a project in a report. Other accounts have no lines there.
pub(super) fn name(account: &Account) -> Option<String> {
    match account {
        Account::Pot(pot) => Some(pot.to_string()),
        Account::Project(project) => Some(project.to_string()),
        _ => None,
    }
}

/// The pot that an account is, if it is one.
pub(super) fn pot(account: &Account) -> Option<Pot> {
    match account {
        Account::Pot(pot) => Some(*pot),
        _ => None,
    }
}

/// A pot by its name in the year; anything else as it is written.
pub(super) fn cell(pot: Option<PotName>, written: &str) -> Cell {
    pot.map_or_else(|| written.cell(), Cell::Pot)
}
