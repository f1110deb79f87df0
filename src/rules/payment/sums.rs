//! Payments that were split or merged: amounts that add up to another.

use crate::model::Money;
use crate::rules::payment::keyed::Keyed;
use crate::rules::payment::likely::MAX_DAYS;
use crate::rules::payment::line::Booked;
use crate::rules::payment::pairing::{Group, Pairing};
use crate::rules::payment::texts::EMPTY;
use crate::rules::payment::verdict::Verdict;

/// The most payments that are tried together.
const MAX_PARTS: usize = 6;

/// The most payments among which parts are looked for: those of the nearest days.
const MAX_CANDIDATES: usize = 16;

/// The most searches of one comparison. What is not searched for still waits if its supplier and
/// reference agree.
const MAX_SEARCHES: usize = 2000;

impl Pairing<'_> {
    /// Finds entries of one invoice that add up to a line, and lines that add up to an entry.
    pub(super) fn pair_sums<K: Ord + Copy>(&mut self, invoice: impl Fn(&Keyed) -> Option<K>) {
        self.pair_sums_near(u32::MAX, |_| true, invoice);
    }

    /// Finds the same among payments of one project and supplier, a few days apart. People often
    /// type one amount for an invoice that the ledger has in parts, without the ledger's reference.
    pub(super) fn pair_supplier_sums(&mut self, is_typed: bool) {
        self.pair_sums_near(
            MAX_DAYS,
            |booked| booked.may_repeat(is_typed) && !booked.is_lump(),
            |keyed| {
                let supplier = keyed.supplier.loose;
                let is_credit = keyed.amount.is_negative();
                (supplier != EMPTY).then_some((keyed.project, supplier, is_credit))
            },
        );
    }

    fn pair_sums_near<K: Ord + Copy>(
        &mut self,
        max_days: u32,
        is_meant: impl Fn(&Booked) -> bool,
        key: impl Fn(&Keyed) -> Option<K>,
    ) {
        let mut searches = MAX_SEARCHES;
        for mut group in self.groups(is_meant, key) {
            for line in group.lines.clone() {
                self.find_parts_of_line(line, &mut group, max_days, &mut searches);
            }
            for entry in group.entries.clone() {
                self.find_parts_of_entry(entry, &mut group, max_days, &mut searches);
            }
        }
        self.settle();
    }

    fn find_parts_of_line(
        &mut self,
        line: usize,
        group: &mut Group,
        max_days: u32,
        searches: &mut usize,
    ) {
        let keyed = self.keyed_lines[line];
        let is_recurring = self.lines[line].recurring;
        let mut candidates = group.entries.clone();
        candidates.retain(|entry| {
            let is_near = self.keyed_booked[*entry].day.abs_diff(keyed.day) <= max_days;
            is_near && !(is_recurring && self.booked[*entry].is_from_ledger())
        });
        if candidates.len() < 2 || !use_up(searches) {
            return;
        }
        candidates.sort_by_key(|entry| self.keyed_booked[*entry].day.abs_diff(keyed.day));
        candidates.truncate(MAX_CANDIDATES);
        let amount = |entry: &usize| self.keyed_booked[*entry].amount;
        let amounts: Vec<Money> = candidates.iter().map(amount).collect();
        let Some(parts) = adding_up(&amounts, keyed.amount) else {
            return;
        };
        let mut parts: Vec<usize> = parts.into_iter().map(|part| candidates[part]).collect();
        parts.sort_unstable_by_key(|entry| self.booked[*entry].entry);
        for part in &parts {
            self.free[*part] = false;
        }
        let entries = parts.iter().map(|part| self.booked[*part].entry);
        self.decide(line, Verdict::Sum(entries.collect()));
        group.entries.retain(|entry| !parts.contains(entry));
        group.lines.retain(|other| *other != line);
    }

    fn find_parts_of_entry(
        &mut self,
        entry: usize,
        group: &mut Group,
        max_days: u32,
        searches: &mut usize,
    ) {
        let keyed = self.keyed_booked[entry];
        let is_from_ledger = self.booked[entry].is_from_ledger();
        let mut candidates = group.lines.clone();
        candidates.retain(|line| {
            let is_near = self.keyed_lines[*line].day.abs_diff(keyed.day) <= max_days;
            is_near && !(is_from_ledger && self.lines[*line].recurring)
        });
        if !group.entries.contains(&entry) || candidates.len() < 2 || !use_up(searches) {
            return;
        }
        let amount = |line: &usize| self.keyed_lines[*line].amount;
        let is_all = candidates.iter().map(amount).sum::<Money>() == keyed.amount;
        if !is_all {
            candidates.sort_by_key(|line| self.keyed_lines[*line].day.abs_diff(keyed.day));
            candidates.truncate(MAX_CANDIDATES);
            let amounts: Vec<Money> = candidates.iter().map(amount).collect();
            let Some(parts) = adding_up(&amounts, keyed.amount) else {
                return;
            };
            candidates = parts.into_iter().map(|part| candidates[part]).collect();
        }
        self.free[entry] = false;
        for line in &candidates {
            self.decide(*line, Verdict::Sum(vec![self.booked[entry].entry]));
        }
        group.lines.retain(|line| !candidates.contains(line));
    }
}

/// Uses up one search, if there is one.
fn use_up(searches: &mut usize) -> bool {
    let left = searches.checked_sub(1);
    *searches = left.unwrap_or(0);
    left.is_some()
}

/// The indices of two to six amounts that add up to another: as few as possible, the first ones
/// before the others. All have the same sign.
fn adding_up(amounts: &[Money], target: Money) -> Option<Vec<usize>> {
    let amounts: Vec<Money> = amounts.iter().map(|amount| amount.abs()).collect();
    let mut parts = Vec::new();
    (2..=MAX_PARTS)
        .any(|count| choose(&amounts, 0, target.abs(), count, &mut parts))
        .then_some(parts)
}

/// Chooses so many amounts from an index on that add up to what is left.
fn choose(
    amounts: &[Money],
    from: usize,
    left: Money,
    count: usize,
    parts: &mut Vec<usize>,
) -> bool {
    if count == 0 {
        return left.is_zero();
    }
    for (index, amount) in amounts.iter().enumerate().skip(from) {
        if *amount <= left {
            parts.push(index);
            if choose(amounts, index + 1, left - *amount, count - 1, parts) {
                return true;
            }
            parts.pop();
        }
    }
    false
}
