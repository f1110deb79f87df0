//! [`Folded`]: the fold of a year's steps, with the movements of each account by day.

use std::collections::BTreeMap;

use crate::fold::{Account, Flow, Portfolio};
use crate::model::{Date, Entry, FinancialYear, Kind, Money};
use crate::rules::days::Days;
use crate::rules::refusal::Refusal;
use crate::rules::remedy::Balances;

/// The fold of a year's steps, and the movements of each account by day.
#[derive(Debug, Clone)]
pub(super) struct Folded {
    pub(super) portfolio: Portfolio,
    pub(super) days: BTreeMap<Account, Days>,
}

impl Folded {
    pub(super) fn new(year: FinancialYear) -> Folded {
        Folded {
            portfolio: Portfolio::new(year),
            days: BTreeMap::new(),
        }
    }

    /// Folds an entry in. One that cannot be folded is a breach, and moves nothing.
    pub(super) fn apply(&mut self, entry: &Entry) {
        for flow in self.portfolio.apply(entry).unwrap_or_default() {
            self.move_days(&flow, entry.on);
        }
        // No rule looks at which entries have an override, are accrued or include VAT.
        self.portfolio.overrides.clear();
        self.portfolio.accruals.clear();
        self.portfolio.gross = Money::ZERO;
    }

    pub(super) fn move_days(&mut self, flow: &Flow, on: Date) {
        for (account, amount) in [(&flow.from, -flow.amount), (&flow.to, flow.amount)] {
            match self.days.get_mut(account) {
                Some(days) => days.add(on, amount),
                None => {
                    let days = self.days.entry(account.clone()).or_default();
                    days.add(on, amount);
                }
            }
        }
    }

    /// Removes the flows of spend or a refund.
    pub(super) fn remove(&mut self, moved: &[Flow], on: Date) {
        for flow in moved {
            for (account, amount) in [(&flow.from, -flow.amount), (&flow.to, flow.amount)] {
                if let Some(days) = self.days.get_mut(account) {
                    days.remove(on, amount);
                }
            }
            self.portfolio.move_money(&flow.reversed());
        }
        self.days.retain(|_, days| !days.is_empty());
    }

    /// Takes over the spend of projects and the cash received from another fold of the same year.
    pub(super) fn take_postings(&mut self, other: &Folded) {
        self.portfolio.received = other.portfolio.received;
        for (account, spent) in other.days.iter() {
            if let Account::Spent(project) = account {
                let award = Account::Project(project.clone());
                self.days.entry(award).or_default().subtract(spent);
                self.days.insert(account.clone(), spent.clone());
                if let Some(project) = self.portfolio.projects.get_mut(project) {
                    project.spent = spent.total();
                }
            }
        }
    }

    pub(super) fn balance_at(&self, account: &Account, on: Date) -> Money {
        let days = self.days.get(account);
        days.map(|days| days.balance_at(on)).unwrap_or_default()
    }

    /// The first account that the flows would leave below zero at the end of a day.
    pub(super) fn overdrawn(&self, kind: Kind, moved: &[Flow], on: Date) -> Option<Refusal> {
        let mut changes: BTreeMap<&Account, Money> = BTreeMap::new();
        for flow in moved {
            *changes.entry(&flow.from).or_default() -= flow.amount;
            *changes.entry(&flow.to).or_default() += flow.amount;
        }
        changes.remove(&Account::Opcc);
        changes
            .into_iter()
            .filter(|(_, change)| change.is_negative())
            .find_map(|(account, change)| {
                let nothing = Days::default();
                let (on, there) = self
                    .days
                    .get(account)
                    .unwrap_or(&nothing)
                    .first_below(on, change)?;
                Some(self.below_zero(kind, account, on, [-change, there]))
            })
    }

    /// The first account that is below zero at the end of some day from `on`, with its balance in
    /// the former fold.
    pub(super) fn newly_below_zero(
        &self,
        kind: Kind,
        former: &Folded,
        on: Date,
    ) -> Option<Refusal> {
        self.days
            .iter()
            .filter(|(account, _)| **account != Account::Opcc)
            .find_map(|(account, days)| {
                let (on, short) = days.first_below(on, Money::ZERO)?;
                let there = former.balance_at(account, on);
                Some(self.below_zero(kind, account, on, [there - short, there]))
            })
    }

    /// The refusal of an entry that would leave an account below zero, with what it asks and what
    /// is there.
    fn below_zero(&self, kind: Kind, account: &Account, on: Date, figures: [Money; 2]) -> Refusal {
        let (year, [asked, there]) = (self.portfolio.year, figures);
        let balances = Balances {
            portfolio: &self.portfolio,
            days: &self.days,
        };
        let pots = self.portfolio.pot_names();
        match account {
            Account::Returned(Some(holder)) => Refusal::MoreThanReturned {
                year,
                kind,
                pots,
                holder: holder.account(),
                on,
                asked,
                there,
                instead: (kind == Kind::Repay)
                    .then(|| balances.returned_by(asked, on))
                    .flatten(),
            },
            account => Refusal::Overdrawn {
                year,
                kind,
                pots,
                account: account.clone(),
                on,
                asked,
                there,
                remedy: match account {
                    Account::Project(project) if kind == Kind::Spend => {
                        Some(Box::new(balances.remedy(project, asked - there, on)))
                    }
                    _ => None,
                },
            },
        }
    }
}
