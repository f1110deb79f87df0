//! [`lookalikes`]: payments on record that may be there twice.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{EntryNumber, Moment};
use crate::rules::payment::keyed::{Keyed, Numbering};
use crate::rules::payment::likely::MAX_DAYS;
use crate::rules::payment::line::Booked;
use crate::rules::payment::texts::EMPTY;

/// A payment on record, and the moment at which its command recorded it.
#[derive(Debug, Clone, Copy)]
pub struct Suspect<'a> {
    /// The payment, which counts and of which nothing was decided.
    pub booked: &'a Booked,
    /// The same for all that one command recorded.
    pub recorded: Moment,
}

/// Payments that share supplier and reference, or are likely the same: each group in the order of
/// its entries. What one command recorded is not compared.
pub fn lookalikes(suspects: &[Suspect<'_>]) -> BTreeSet<Vec<EntryNumber>> {
    let mut numbering = Numbering::default();
    let keyed: Vec<(Keyed, &Suspect<'_>)> = suspects
        .iter()
        .map(|suspect| (numbering.keyed(&suspect.booked.payment), suspect))
        .collect();
    let mut invoices: BTreeMap<_, Vec<&Suspect<'_>>> = BTreeMap::new();
    let mut amounts: BTreeMap<_, Vec<(Keyed, &Suspect<'_>)>> = BTreeMap::new();
    for (keyed, suspect) in &keyed {
        if let Some(invoice) = keyed.loose_invoice() {
            invoices.entry(invoice).or_default().push(suspect);
        }
        let same_money = (keyed.project, keyed.amount);
        amounts
            .entry(same_money)
            .or_default()
            .push((*keyed, suspect));
    }
    let mut found = BTreeSet::new();
    let mut group_of: BTreeMap<EntryNumber, usize> = BTreeMap::new();
    for group in invoices.into_values() {
        let commands: BTreeSet<Moment> = group.iter().map(|suspect| suspect.recorded).collect();
        if commands.len() > 1 {
            let group = numbers(group);
            group_of.extend(group.iter().map(|entry| (*entry, found.len())));
            found.insert(group);
        }
    }
    let is_listed = |one: EntryNumber, other: EntryNumber| {
        let group = group_of.get(&one);
        group.is_some() && group == group_of.get(&other)
    };
    for mut group in amounts.into_values() {
        group.sort_by_key(|(keyed, suspect)| (keyed.day, suspect.booked.entry));
        for pair in group.windows(2) {
            let [(_, one), (_, other)] = pair else {
                continue;
            };
            let (first, second) = (one.booked.entry, other.booked.entry);
            if are_likely(&pair[0], &pair[1]) && !is_listed(first, second) {
                found.insert(numbers([*one, *other]));
            }
        }
    }
    found
}

fn numbers<'a>(suspects: impl IntoIterator<Item = &'a Suspect<'a>>) -> Vec<EntryNumber> {
    let numbers = suspects.into_iter().map(|suspect| suspect.booked.entry);
    let mut numbers: Vec<EntryNumber> = numbers.collect();
    numbers.sort_unstable();
    numbers
}

/// Returns `true` if two payments of one project and amount are likely the same: a few days apart,
/// one of them typed, and no two invoices that a person told apart.
fn are_likely(one: &(Keyed, &Suspect<'_>), other: &(Keyed, &Suspect<'_>)) -> bool {
    let is_near = one.0.day.abs_diff(other.0.day) <= MAX_DAYS;
    let from_ledger = [one, other].map(|(_, suspect)| suspect.booked.is_from_ledger());
    let references = [one, other].map(|(keyed, _)| keyed.reference.loose);
    let suppliers = [one, other].map(|(keyed, _)| keyed.supplier.loose);
    let may_be_the_same = match from_ledger {
        [true, true] => false,
        [false, false] => references.contains(&EMPTY) && suppliers[0] == suppliers[1],
        _ => true,
    };
    is_near && may_be_the_same && one.1.recorded != other.1.recorded
}
