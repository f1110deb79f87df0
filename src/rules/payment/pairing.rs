//! [`Pairing`]: lines and entries, of which each answers to one of the other side at most.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::hash::Hash;

use crate::model::EntryNumber;
use crate::rules::payment::keyed::{Keyed, Numbering};
use crate::rules::payment::line::{Booked, Line};
use crate::rules::payment::verdict::Verdict;

/// Lines and entries by index, and which of them are not paired yet.
pub(super) struct Pairing<'a> {
    pub(super) lines: &'a [Line],
    pub(super) booked: &'a [Booked],
    pub(super) keyed_lines: Vec<Keyed>,
    pub(super) keyed_booked: Vec<Keyed>,
    pub(super) verdicts: Vec<Verdict>,
    /// The lines without a verdict, in their order.
    pub(super) unpaired: Vec<usize>,
    /// True for the entries that no line answers to.
    pub(super) free: Vec<bool>,
    /// The lumps from a tracker that count.
    pub(super) lumps: Vec<usize>,
}

impl<'a> Pairing<'a> {
    pub(super) fn new(
        lines: &'a [Line],
        booked: &'a [Booked],
        numbering: &mut Numbering,
    ) -> Pairing<'a> {
        let keyed_lines = lines.iter().map(|line| numbering.keyed(&line.payment));
        let keyed_lines = keyed_lines.collect();
        let keyed_booked = booked.iter().map(|booked| numbering.keyed(&booked.payment));
        Pairing {
            lines,
            booked,
            keyed_lines,
            keyed_booked: keyed_booked.collect(),
            verdicts: vec![Verdict::New; lines.len()],
            unpaired: (0..lines.len()).collect(),
            free: vec![true; booked.len()],
            lumps: (0..booked.len())
                .filter(|index| booked[*index].is_lump())
                .collect(),
        }
    }

    /// Gives a line its verdict, without an entry that answers to it.
    pub(super) fn decide(&mut self, line: usize, verdict: Verdict) {
        self.verdicts[line] = verdict;
    }

    /// Drops the lines that have a verdict from those without.
    pub(super) fn settle(&mut self) {
        let verdicts = &self.verdicts;
        self.unpaired.retain(|line| verdicts[*line] == Verdict::New);
    }

    /// The free entries that are meant, with their indices.
    fn free_entries(&self, is_meant: impl Fn(&Booked) -> bool) -> impl Iterator<Item = usize> {
        let free = self.free.iter().enumerate().filter(|(_, free)| **free);
        free.map(|(index, _)| index)
            .filter(move |index| is_meant(&self.booked[*index]))
    }

    /// Pairs each line with the first free entry that is meant and has the same key; what has no
    /// key stays as it is.
    pub(super) fn pair<K: Hash + Eq>(
        &mut self,
        is_meant: impl Fn(&Booked) -> bool,
        line_key: impl Fn(&Line, &Keyed) -> Option<K>,
        entry_key: impl Fn(&Booked, &Keyed) -> Option<K>,
        verdict: fn(EntryNumber) -> Verdict,
    ) {
        let mut by_key: HashMap<K, VecDeque<usize>> = HashMap::new();
        for index in self.free_entries(is_meant) {
            if let Some(key) = entry_key(&self.booked[index], &self.keyed_booked[index]) {
                by_key.entry(key).or_default().push_back(index);
            }
        }
        if by_key.is_empty() {
            return;
        }
        for line in self.unpaired.clone() {
            let key = line_key(&self.lines[line], &self.keyed_lines[line]);
            if let Some(index) = key.and_then(|key| by_key.get_mut(&key)?.pop_front()) {
                self.take(line, index, verdict);
            }
        }
        self.settle();
    }

    /// Pairs lines with free entries that are meant, have the same key and are at most so many days
    /// away: the nearest days first, whatever the order of the lines.
    pub(super) fn pair_near<K: Hash + Eq>(
        &mut self,
        max_days: u32,
        is_meant: impl Fn(&Booked) -> bool,
        line_key: impl Fn(&Line, &Keyed) -> Option<K>,
        entry_key: impl Fn(&Keyed) -> Option<K>,
        verdict: fn(EntryNumber) -> Verdict,
    ) {
        let mut by_key: HashMap<K, BTreeMap<u32, VecDeque<usize>>> = HashMap::new();
        for index in self.free_entries(is_meant) {
            let keyed = &self.keyed_booked[index];
            if let Some(key) = entry_key(keyed) {
                let days = by_key.entry(key).or_default();
                days.entry(keyed.day).or_default().push_back(index);
            }
        }
        if by_key.is_empty() {
            return;
        }
        let keyed = self.unpaired.iter().filter_map(|line| {
            let key = line_key(&self.lines[*line], &self.keyed_lines[*line])?;
            by_key.contains_key(&key).then_some((*line, key))
        });
        let mut waiting: Vec<(usize, K)> = keyed.collect();
        for distance in 0..=max_days {
            waiting.retain(|(line, key)| {
                let Some(days) = by_key.get_mut(key).filter(|days| !days.is_empty()) else {
                    return false;
                };
                let day = self.keyed_lines[*line].day;
                let near = [day.checked_sub(distance), day.checked_add(distance)];
                let mut near = near.into_iter().flatten();
                let found = near.find_map(|day| take_first(days, day));
                if let Some(index) = found {
                    self.take(*line, index, verdict);
                }
                found.is_none()
            });
        }
        self.settle();
    }

    fn take(&mut self, line: usize, index: usize, verdict: fn(EntryNumber) -> Verdict) {
        self.free[index] = false;
        self.verdicts[line] = verdict(self.booked[index].entry);
    }

    /// The lines without a verdict and the free entries that are meant and share a key, if there
    /// are some of both.
    pub(super) fn groups<K: Ord + Copy>(
        &self,
        is_meant: impl Fn(&Booked) -> bool,
        key: impl Fn(&Keyed) -> Option<K>,
    ) -> Vec<Group> {
        let mut groups: BTreeMap<K, Group> = BTreeMap::new();
        for index in self.free_entries(|booked| !booked.reversed && is_meant(booked)) {
            if let Some(key) = key(&self.keyed_booked[index]) {
                groups.entry(key).or_default().entries.push(index);
            }
        }
        if groups.is_empty() {
            return Vec::new();
        }
        for line in &self.unpaired {
            let key = key(&self.keyed_lines[*line]);
            if let Some(group) = key.and_then(|key| groups.get_mut(&key)) {
                group.lines.push(*line);
            }
        }
        let groups = groups.into_values();
        groups.filter(|group| !group.lines.is_empty()).collect()
    }
}

/// Takes the first entry of a day.
fn take_first(days: &mut BTreeMap<u32, VecDeque<usize>>, day: u32) -> Option<usize> {
    let entries = days.get_mut(&day)?;
    let first = entries.pop_front();
    if entries.is_empty() {
        days.remove(&day);
    }
    first
}

/// Lines and entries of one invoice.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub(super) lines: Vec<usize>,
    pub(super) entries: Vec<usize>,
}
