//! A year's history, read from the file, and the running balances that it gives.

use crate::error::Error;
use crate::fold::{Account, Project};
use crate::model::{FinancialYear, Holder, Kind, Money, Pot, ProjectRef};
use crate::rules::History;
use crate::store::{Balance, Store};

/// A year's history. Its postings are read one at a time: they are most of a journal, and only
/// sums of them are kept.
pub(super) fn history(store: &Store, year: FinancialYear) -> Result<History, Error> {
    let (postings, steps): (Vec<Kind>, Vec<Kind>) =
        Kind::ALL.iter().partition(|kind| kind.is_posting());
    let mut history = History::from_steps(year, store.entries(year, &steps)?);
    store.for_each_of_kind(year, &postings, None, |entry| {
        history.post(&entry);
        Ok::<(), Error>(())
    })?;
    Ok(history)
}

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
        returned: total(&Account::Returned(Some(Holder::Pot(*pot)))),
    };
    let project = |(reference, project): (&ProjectRef, &Project)| Balance {
        year: year.clone(),
        account: reference.to_string(),
        pot: Some(project.pot.to_string()),
        balance: total(&Account::Project(reference.clone())),
        spent: total(&Account::Spent(reference.clone())),
        returned: total(&Account::Returned(Some(Holder::Project(reference.clone())))),
    };
    Pot::ALL
        .iter()
        .map(pot)
        .chain(history.portfolio().projects.iter().map(project))
        .collect()
}
