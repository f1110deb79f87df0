//! [`Remedy`]: where the money for a late invoice can come from.

use std::collections::BTreeMap;

use crate::fold::{Account, Portfolio};
use crate::model::{Date, Holder, Money, Pot, ProjectRef};
use crate::rules::days::Days;

/// What would give a project the money that it is short of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// The OPCC pays back part of what this holder returned.
    Repay {
        /// Whoever returned it.
        holder: Holder,
        /// As much as is needed, or all that it returned.
        amount: Money,
    },
    /// The award is increased from what its pot has left on this day.
    Increase {
        /// 31 March or earlier, unless the pot got the money back after that.
        on: Date,
    },
}

/// The money of a year, on each day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Balances<'a> {
    pub(super) portfolio: &'a Portfolio,
    pub(super) days: &'a BTreeMap<Account, Days>,
}

impl Balances<'_> {
    /// The remedy for a project that is `short` on a day. First comes what the project itself
    /// returned, then what the pot has left, then what a pot or another project returned.
    pub(super) fn remedy(self, project: &ProjectRef, short: Money, on: Date) -> Remedy {
        let in_year = on.min(self.portfolio.year.last_day());
        let pot = self.giving_pot(project, on);
        let own = Holder::Project(project.clone());
        if let Some(remedy) = self.repayment(own, short, on) {
            return remedy;
        }
        if let Some(on) = [in_year, on]
            .into_iter()
            .find(|day| self.least(&Account::Pot(pot), *day) >= short)
        {
            return Remedy::Increase { on };
        }
        let missing = short - self.least(&Account::Pot(pot), on).max(Money::ZERO);
        let pots = Pot::ALL.iter().map(|pot| Holder::Pot(*pot));
        let projects = self.portfolio.projects.keys();
        let projects = projects.map(|project| Holder::Project(project.clone()));
        pots.chain(projects)
            .find_map(|holder| self.repayment(holder, missing, on))
            .unwrap_or(Remedy::Increase { on: in_year })
    }

    /// A pot, or else a project, that returned an amount and has not had it back on a day.
    pub(super) fn returned_by(self, amount: Money, on: Date) -> Option<Holder> {
        let mut accounts = self.days.keys();
        accounts.find_map(|account| match account {
            Account::Returned(Some(holder)) if self.least(account, on) >= amount => {
                Some(holder.clone())
            }
            _ => None,
        })
    }

    /// The pot that would pay for an increase of a project's award.
    fn giving_pot(self, project: &ProjectRef, on: Date) -> Pot {
        let released_on = self.portfolio.released_on;
        let project = self.portfolio.projects.get(project);
        match project {
            Some(project) if released_on.is_none_or(|released_on| on < released_on) => project.pot,
            _ => Pot::Tactical,
        }
    }

    fn repayment(self, holder: Holder, short: Money, on: Date) -> Option<Remedy> {
        let returned = self.least(&Account::Returned(Some(holder.clone())), on);
        let amount = returned.min(short);
        (amount > Money::ZERO).then_some(Remedy::Repay { holder, amount })
    }

    /// The lowest balance of an account from the end of a day on.
    fn least(self, account: &Account, from: Date) -> Money {
        let days = self.days.get(account);
        days.map(|days| days.least_from(from)).unwrap_or_default()
    }
}
