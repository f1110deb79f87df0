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

/// A suspect as it is compared.
struct Candidate<'a> {
    keyed: Keyed,
    suspect: &'a Suspect<'a>,
}

impl Candidate<'_> {
    fn entry(&self) -> EntryNumber {
        self.suspect.booked.entry
    }
}

/// Payments that share supplier and reference, or are likely the same: each group in the order of
/// its entries. What one command recorded is not compared.
pub fn lookalikes(suspects: &[Suspect<'_>]) -> BTreeSet<Vec<EntryNumber>> {
    let mut numbering = Numbering::default();
    let candidates = suspects.iter().map(|suspect| Candidate {
        keyed: numbering.keyed(&suspect.booked.payment),
        suspect,
    });
    let candidates: Vec<Candidate<'_>> = candidates.collect();
    let mut found = of_one_invoice(&candidates);
    let mut group_of: BTreeMap<EntryNumber, usize> = BTreeMap::new();
    for (group, entries) in found.iter().enumerate() {
        group_of.extend(entries.iter().map(|entry| (*entry, group)));
    }
    for [one, other] in likely_pairs(&candidates) {
        let group = group_of.get(&one);
        if group.is_none() || group != group_of.get(&other) {
            found.insert(in_order(vec![one, other]));
        }
    }
    found
}

/// The payments of each invoice that several commands recorded.
fn of_one_invoice(candidates: &[Candidate<'_>]) -> BTreeSet<Vec<EntryNumber>> {
    let mut invoices: BTreeMap<_, Vec<&Candidate<'_>>> = BTreeMap::new();
    for candidate in candidates {
        if let Some(invoice) = candidate.keyed.loose_invoice() {
            invoices.entry(invoice).or_default().push(candidate);
        }
    }
    let groups = invoices.into_values().filter(|group| {
        let first = group[0].suspect.recorded;
        group.iter().any(|other| other.suspect.recorded != first)
    });
    groups
        .map(|group| in_order(group.into_iter().map(Candidate::entry).collect()))
        .collect()
}

/// Payments of one project and amount that follow each other and are likely the same.
fn likely_pairs(candidates: &[Candidate<'_>]) -> Vec<[EntryNumber; 2]> {
    let mut amounts: BTreeMap<_, Vec<&Candidate<'_>>> = BTreeMap::new();
    for candidate in candidates {
        let same_money = (candidate.keyed.project, candidate.keyed.amount);
        amounts.entry(same_money).or_default().push(candidate);
    }
    let mut pairs = Vec::new();
    for mut group in amounts.into_values() {
        group.sort_by_key(|candidate| (candidate.keyed.day, candidate.entry()));
        for (one, other) in group.iter().zip(group.iter().skip(1)) {
            if are_likely(one, other) {
                pairs.push([one.entry(), other.entry()]);
            }
        }
    }
    pairs
}

fn in_order(mut entries: Vec<EntryNumber>) -> Vec<EntryNumber> {
    entries.sort_unstable();
    entries
}

/// Returns `true` if two payments of one project and amount are likely the same: a few days apart,
/// one of them typed, and no two invoices that a person told apart.
fn are_likely(one: &Candidate<'_>, other: &Candidate<'_>) -> bool {
    let is_near = one.keyed.day.abs_diff(other.keyed.day) <= MAX_DAYS;
    let from_ledger = [one, other].map(|it| it.suspect.booked.is_from_ledger());
    let references = [one, other].map(|it| it.keyed.reference.loose);
    let suppliers = [one, other].map(|it| it.keyed.supplier.loose);
    let may_be_the_same = match from_ledger {
        [true, true] => false,
        [false, false] => references.contains(&EMPTY) && suppliers[0] == suppliers[1],
        _ => true,
    };
    is_near && may_be_the_same && one.suspect.recorded != other.suspect.recorded
}
