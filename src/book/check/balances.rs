//! The running balances of the file, compared with those that the entries give.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::history::balances;
use crate::model::Pot;
use crate::rules::History;
use crate::store::Balance;

pub(super) fn balance_faults(kept: Vec<Balance>, histories: &[History]) -> Vec<String> {
    let expected: BTreeSet<Balance> = histories.iter().flat_map(balances).collect();
    let kept: BTreeSet<Balance> = kept.into_iter().filter(|kept| !is_idle(kept)).collect();
    let due: BTreeMap<_, _> = expected
        .iter()
        .map(|balance| ((&balance.year, &balance.account), balance))
        .collect();
    let present: BTreeSet<_> = kept
        .iter()
        .map(|balance| (&balance.year, &balance.account))
        .collect();
    let wrong = kept.difference(&expected).map(|kept| {
        let due = due.get(&(&kept.year, &kept.account));
        let due = due.map_or("nothing".into(), |due| describe(due));
        let (name, kept) = (name(kept), describe(kept));
        format!("{name}: the file keeps {kept}, the entries give {due}")
    });
    let missing = expected
        .iter()
        .filter(|due| !present.contains(&(&due.year, &due.account)))
        .map(|due| {
            let (name, due) = (name(due), describe(due));
            format!("{name}: the file keeps nothing, the entries give {due}")
        });
    wrong.chain(missing).collect()
}

/// Returns `true` for the balance of a project whose proposal is reversed: nothing, in no pot.
fn is_idle(kept: &Balance) -> bool {
    let amounts = [kept.balance, kept.spent, kept.returned];
    kept.pot.is_none() && amounts.iter().all(|amount| amount.is_zero())
}

fn name(balance: &Balance) -> String {
    let Balance { year, account, .. } = balance;
    match account.parse::<Pot>() {
        Ok(pot) => format!("the {pot} pot of {year}"),
        Err(_) => format!("project {account} of {year}"),
    }
}

fn describe(balance: &Balance) -> String {
    format!(
        "{}, {} spent and {} returned, in pot {}",
        balance.balance.pounds(),
        balance.spent.pounds(),
        balance.returned.pounds(),
        balance.pot.as_deref().unwrap_or("none")
    )
}
