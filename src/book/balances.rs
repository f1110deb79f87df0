//! The running balances that a year's entries give.

use crate::fold::{Account, Project};
use crate::model::{Money, Pot, ProjectRef};
use crate::rules::History;
use crate::store::Balance;

/// The balance of every pot and project of a year.
pub(super) fn balances(history: &History) -> Vec<Balance> {
    let total = |account: &Account| {
        history
            .days()
            .get(account)
            .map(|days| days.total())
            .unwrap_or_default()
    };
    let year = history.year().to_string();
    let pot = |pot: &Pot| Balance {
        year: year.clone(),
        account: pot.to_string(),
        pot: Some(pot.to_string()),
        balance: total(&Account::Pot(*pot)),
        spent: Money::ZERO,
    };
    let project = |(reference, project): (&ProjectRef, &Project)| Balance {
        year: year.clone(),
        account: reference.to_string(),
        pot: Some(project.pot.to_string()),
        balance: total(&Account::Project(reference.clone())),
        spent: total(&Account::Spent(reference.clone())),
    };
    Pot::ALL
        .iter()
        .map(pot)
        .chain(history.portfolio().projects.iter().map(project))
        .collect()
}
