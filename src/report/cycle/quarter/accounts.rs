//! What each account held when a quarter began, moved in it, and held at its end.

use std::collections::BTreeMap;

use crate::fold::{Account, FoldError, Portfolio};
use crate::model::{Entry, FinancialYear, Kind, Money, ProjectRef, Quarter};
use crate::report::cycle::quarter::QuarterRow;

/// The accounts of a quarter, and the fold of all to its end.
pub(super) struct Accounts {
    pub(super) portfolio: Portfolio,
    moved: BTreeMap<Account, Moved>,
}

/// One account.
#[derive(Default)]
struct Moved {
    opening: Money,
    by_kind: BTreeMap<Kind, Money>,
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
        for entry in standing
            .into_iter()
            .filter(|entry| year.quarter_of(entry.on) <= quarter)
        {
            let inside = year.quarter_of(entry.on) == quarter;
            for flow in portfolio.apply(entry)? {
                for (account, amount) in [(flow.from, -flow.amount), (flow.to, flow.amount)] {
                    let account = moved.entry(account).or_default();
                    if inside {
                        *account.by_kind.entry(entry.event.kind()).or_default() += amount;
                    } else {
                        account.opening += amount;
                    }
                }
            }
        }
        Ok(Accounts { portfolio, moved })
    }

    /// Of each pot, then of each project, its opening, each kind of movement, its closing.
    pub(super) fn rows(&self) -> Vec<QuarterRow> {
        let mut rows = Vec::new();
        for (account, moved) in self
            .moved
            .iter()
            .filter_map(|(account, moved)| Some((name(account)?, moved)))
        {
            let by_kind = moved
                .by_kind
                .iter()
                .filter(|(_, amount)| !amount.is_zero())
                .map(|(kind, amount)| (kind.as_str(), *amount));
            for (line, amount) in [("opening", moved.opening)]
                .into_iter()
                .chain(by_kind)
                .chain([("closing", moved.closing())])
            {
                rows.push(QuarterRow {
                    account: account.clone(),
                    line,
                    amount,
                });
            }
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

/// What a report calls a pot or a project; other accounts are not among its lines.
pub(super) fn name(account: &Account) -> Option<String> {
    match account {
        Account::Pot(pot) => Some(pot.to_string()),
        Account::Project(project) => Some(project.to_string()),
        _ => None,
    }
}
