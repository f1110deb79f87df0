//! What is on record of payments, for recognising others among them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::book::view::SPENDING;
use crate::error::Error;
use crate::fold::{Lens, standing};
use crate::model::{Date, EntryNumber, Event, FinancialYear, Fingerprint, Kind, Moment, Source};
use crate::rules::{Booked, Decisions, Line, Payment};
use crate::store::Store;

/// The payments on record of some years, and what was decided of lines.
#[derive(Default)]
pub(super) struct OnRecord {
    pub(super) booked: Vec<Booked>,
    pub(super) decisions: Decisions,
    /// When each of the payments was recorded.
    pub(super) recorded: HashMap<EntryNumber, Moment>,
}

/// The years whose payments may be the same as these lines: theirs, and those before and after.
pub(super) fn years_around(lines: &[Line]) -> BTreeSet<FinancialYear> {
    let years: BTreeSet<_> = lines.iter().map(|line| line.payment.year).collect();
    let around = years.into_iter().flat_map(FinancialYear::and_neighbours);
    around.collect()
}

impl OnRecord {
    /// Reads the payments that count through the lens, those that were reversed, and every decision
    /// known by then.
    pub(super) fn read(
        store: &Store,
        years: impl IntoIterator<Item = FinancialYear>,
        lens: Lens,
    ) -> Result<OnRecord, Error> {
        let mut found = OnRecord::default();
        let mut reversed: HashMap<EntryNumber, Moment> = HashMap::new();
        let mut matched: HashSet<EntryNumber> = HashSet::new();
        let mut decided: BTreeMap<EntryNumber, (Fingerprint, Vec<EntryNumber>)> = BTreeMap::new();
        let known = Lens {
            as_at: Date::MAX,
            ..lens
        };
        for year in years {
            let entries = store.entries(year, &[Kind::Match])?;
            for entry in entries.iter().filter(|entry| known.knows(entry)) {
                if let Event::Reverse { entry: named } = entry.event {
                    reversed.insert(named, entry.recorded);
                }
            }
            for entry in standing(entries, known) {
                if let Event::Match { value, entries, .. } = entry.event {
                    matched.extend(&entries.0);
                    decided.insert(entry.number, (value, entries.0));
                }
            }
            store.for_each_of_kind(year, &SPENDING, None, |entry| {
                if lens.shows(&entry) {
                    found.recorded.insert(entry.number, entry.recorded);
                    found.booked.extend(Booked::from_entry(&entry));
                }
                Ok::<(), Error>(())
            })?;
        }
        // In the order recorded, whatever the years: the last decision of a line stands.
        for (line, entries) in decided.into_values() {
            found.decisions.add(line, entries);
        }
        for booked in &mut found.booked {
            booked.reversed = reversed.contains_key(&booked.entry);
            booked.matched = matched.contains(&booked.entry);
        }
        let order = |booked: &Booked| (booked.payment.on, booked.entry);
        found.booked.sort_by_key(order);
        found.link_corrections(&reversed);
        Ok(found)
    }

    /// Notes which imported payments a correction replaced: it reverses entries and records as many
    /// at the same moment.
    fn link_corrections(&mut self, reversed: &HashMap<EntryNumber, Moment>) {
        let by_number: HashMap<EntryNumber, usize> = self
            .booked
            .iter()
            .enumerate()
            .map(|(index, booked)| (booked.entry, index))
            .collect();
        let mut corrections: HashMap<Moment, Correction> = HashMap::new();
        for (entry, moment) in reversed {
            let old = by_number.get(entry).copied();
            let correction = corrections.entry(*moment).or_default();
            correction.old.extend(old);
        }
        if corrections.is_empty() {
            return;
        }
        for (entry, moment) in &self.recorded {
            // What one load both records and reverses replaces nothing.
            if reversed.get(entry) == Some(moment) {
                continue;
            }
            if let Some(correction) = corrections.get_mut(moment) {
                let new = by_number.get(entry).copied();
                correction.new.extend(new);
            }
        }
        let pairs = corrections.into_values();
        let pairs = pairs.flat_map(|correction| correction.pairs(&self.booked));
        // An entry replaces an earlier one, so that no chain of replacements ends where it began.
        let is_later =
            |(new, old): &(usize, usize)| self.booked[*old].entry < self.booked[*new].entry;
        let earlier: HashMap<usize, usize> = pairs.filter(is_later).collect();
        for index in 0..self.booked.len() {
            let mut replaces = Vec::new();
            let mut older = index;
            while let Some(old) = earlier.get(&older) {
                if self.booked[*old].source == Some(Source::Ledger) {
                    replaces.push(self.booked[*old].payment.clone());
                }
                older = *old;
            }
            self.booked[index].replaces = replaces;
        }
    }
}

/// The payments that one command reversed, and those that it recorded, by index.
#[derive(Default)]
struct Correction {
    old: Vec<usize>,
    new: Vec<usize>,
}

impl Correction {
    /// Each new payment with the one it replaces: what is recorded again as it was belongs
    /// together, and the others follow in their order.
    fn pairs(mut self, booked: &[Booked]) -> Vec<(usize, usize)> {
        if self.old.len() != self.new.len() {
            return Vec::new();
        }
        let payment = |index: &usize| -> &Payment { &booked[*index].payment };
        self.old.sort_by_key(|index| booked[*index].entry);
        self.new.sort_by_key(|index| booked[*index].entry);
        let mut pairs = Vec::new();
        self.new.retain(|new| {
            let same = self.old.iter().position(|old| payment(old) == payment(new));
            pairs.extend(same.map(|same| (*new, self.old.remove(same))));
            same.is_none()
        });
        pairs.extend(self.new.into_iter().zip(self.old));
        pairs
    }
}
