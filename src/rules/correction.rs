//! A [`Correction`], and what each entry is by it: what is recorded in place of what is reversed.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Column, Draft, Entry, EntryNumber, EntryNumbers, Event, Kind};
use crate::rules::checks::emptied_by;
use crate::rules::trial::{OnRecord, Untenable};

/// What an entry is to be instead.
#[derive(Debug, Clone)]
pub struct Correction {
    /// The entry.
    pub entry: EntryNumber,
    /// What replaces it. Whoever asks for it records the rest too.
    pub replacement: Draft,
    /// Why; the note of every reversal.
    pub note: String,
    /// Why process rules that stand in the way are set aside.
    pub override_reason: Option<String>,
}

/// The numbers that entries get when they are recorded again, by their old ones.
pub(super) type NewNumbers = BTreeMap<EntryNumber, EntryNumber>;

impl OnRecord {
    /// What some entries are to be, by their old numbers.
    pub(super) fn replaced(
        &self,
        set: &BTreeSet<EntryNumber>,
        correction: &Correction,
    ) -> Result<BTreeMap<EntryNumber, Entry>, Untenable> {
        let known = set.iter().filter_map(|number| self.entries.get(number));
        known
            .map(|entry| {
                let draft = self.again(entry, correction, &NewNumbers::new())?;
                let on = draft.on().unwrap_or(entry.on);
                let replaced = Entry::from_draft(draft, entry.number, on, self.moment);
                Ok((entry.number, replaced))
            })
            .collect()
    }

    pub(super) fn reversal(
        &self,
        number: EntryNumber,
        by: &str,
        note: &str,
    ) -> Result<Draft, Untenable> {
        let year = self.entries.get(&number).map(|entry| entry.year);
        let year = year.or_else(|| self.histories.keys().next().copied());
        let Some(year) = year else {
            return Err(Untenable::Invalid(Vec::new()));
        };
        let draft = Draft::builder(year, Event::Reverse { entry: number }, by).note(note);
        draft.build().map_err(Untenable::Invalid)
    }

    /// An entry to be recorded again: what was left is worked out anew, what it names has its new
    /// number, and the ref and year of its project are those of the corrected proposal.
    pub(super) fn again(
        &self,
        entry: &Entry,
        correction: &Correction,
        numbers: &NewNumbers,
    ) -> Result<Draft, Untenable> {
        if entry.number == correction.entry {
            return Ok(correction.replacement.clone());
        }
        let mut cells = entry.cells();
        cells.set(Column::By, correction.replacement.by().to_owned());
        if emptied_by(&entry.event).is_some() {
            cells.set(Column::Amount, "");
        }
        let mut named = entry.event.entries_named();
        if named.iter().any(|named| numbers.contains_key(named)) {
            for named in &mut named {
                *named = numbers.get(named).copied().unwrap_or(*named);
            }
            cells.set(Column::Reference, EntryNumbers(named).to_string());
        }
        let proposal = self.entries.get(&correction.entry);
        let proposal =
            proposal.filter(|it| it.event.kind() == Kind::Propose && it.year == entry.year);
        if proposal.is_some_and(|proposal| proposal.event.project() == entry.event.project()) {
            let replaced = correction.replacement.cells();
            for column in [Column::Project, Column::Year] {
                cells.set(column, replaced.get(column).unwrap_or_default().to_owned());
            }
        }
        Draft::from_cells(&cells).map_err(Untenable::Invalid)
    }
}
