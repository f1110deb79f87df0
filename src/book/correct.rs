//! Putting right: an entry is recorded again as it should have been, with whatever depends on it,
//! in one transaction; and which entries must be reversed together.

use std::collections::BTreeSet;

use crate::book::handle::Book;
use crate::book::record::{Clerk, Commit, Recorded};
use crate::error::Error;
use crate::model::{Column, Draft, Entry, EntryNumber, FinancialYear, Kind, Moment, Money};
use crate::rules::{Correction, OnRecord, Untenable};
use crate::store::{Store, StoreError};

/// What is wrong with an entry, as asked for.
#[derive(Debug, Clone)]
pub struct Correct {
    /// The entry.
    pub entry: EntryNumber,
    /// The cells that are to be otherwise, with their new texts; an empty one is cleared.
    pub changes: Vec<(Column, String)>,
    /// Who records it.
    pub by: String,
    /// Why; if omitted, the reversals say what was changed.
    pub note: Option<String>,
    /// Why process rules that stand in the way are set aside.
    pub override_reason: Option<String>,
}

impl Book {
    /// Corrects an entry: reverses it and whatever depends on it, newest first, and records all of
    /// it again with the change. What was left is worked out anew, and an entry that names another
    /// names its new number.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchEntry`]; [`Error::NothingToCorrect`] if the entry says so already;
    /// [`Error::Invalid`] if the change makes no valid entry; otherwise those of [`Book::record`].
    pub fn correct(
        &mut self,
        asked: &Correct,
        now: Moment,
        commit: Commit,
    ) -> Result<Recorded, Error> {
        self.store.write(&asked.by, now, |writing, moment| {
            let correction = asked.correction(writing.store())?;
            let wrong = writing.store().entry_at(asked.entry)?;
            let years = wrong.map(|entry| entry.year).into_iter();
            let years = years.chain([correction.replacement.year()]).collect();
            let next = writing.next_number()?;
            let record = on_record(writing.store(), years, next, moment)?;
            let drafts = record.correct(&correction)?;
            let mut clerk = Clerk::new(writing);
            let entries = drafts
                .into_iter()
                .map(|draft| clerk.record(draft, moment))
                .collect::<Result<Vec<_>, Error>>()?;
            Ok((clerk.recorded(entries)?, commit == Commit::Keep))
        })
    }

    /// Some entries of one year and whatever depends on them, newest first: together they can be
    /// reversed.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] if a rule refuses that too.
    pub fn with_dependants(
        &self,
        entries: &[EntryNumber],
        now: Moment,
    ) -> Result<Vec<EntryNumber>, Error> {
        self.store.read(|| {
            let mut years = BTreeSet::new();
            for number in entries {
                years.extend(self.store.entry_at(*number)?.map(|entry| entry.year));
            }
            let last = self.store.head()?.last;
            let next = last.and_then(|(last, _)| last.next());
            let moment = last.map_or(now, |(_, moment)| now.max(moment.next()));
            let next = next.unwrap_or(EntryNumber(1));
            let record = on_record(&self.store, years, next, moment)?;
            Ok(record.with_dependants(entries)?)
        })
    }

    /// What the command that recorded an entry recorded: entries of one transaction share their
    /// moment, and no two transactions have the same. Those reversed since are left out, unless all
    /// were.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchEntry`].
    pub fn command_of(&self, number: EntryNumber) -> Result<Vec<EntryNumber>, Error> {
        self.store.read(|| {
            let entry = self.store.entry_at(number)?;
            let moment = entry.ok_or(Error::NoSuchEntry { entry: number })?.recorded;
            let is_of_command = |number: Option<u32>| -> Result<Option<u32>, StoreError> {
                let entry = number.map(|number| self.store.entry_at(EntryNumber(number)));
                let entry = entry.transpose()?.flatten();
                let of_command = entry.filter(|entry| entry.recorded == moment);
                Ok(of_command.map(|entry| entry.number.0))
            };
            let (mut first, mut last) = (number.0, number.0);
            while let Some(earlier) = is_of_command(first.checked_sub(1))? {
                first = earlier;
            }
            while let Some(later) = is_of_command(last.checked_add(1))? {
                last = later;
            }
            let all = (first..=last).map(EntryNumber);
            let reversed = self.store.reversals(None)?;
            let counting = all.clone().filter(|number| !reversed.contains_key(number));
            let counting: Vec<EntryNumber> = counting.collect();
            Ok(if counting.is_empty() {
                all.collect()
            } else {
                counting
            })
        })
    }
}

impl Correct {
    fn correction(&self, store: &Store) -> Result<Correction, Error> {
        let number = self.entry;
        let entry = store.entry_at(number)?;
        let entry = entry.ok_or(Error::NoSuchEntry { entry: number })?;
        let mut cells = entry.cells();
        for (column, text) in &self.changes {
            cells.set(*column, text.as_str());
        }
        cells.set(Column::By, self.by.as_str());
        if matches!(entry.event.kind(), Kind::Withdraw | Kind::Release) {
            let given = self
                .changes
                .iter()
                .any(|(column, _)| *column == Column::Amount);
            if !given {
                cells.set(Column::Amount, "");
            }
        }
        let replacement = Draft::from_cells(&cells).map_err(Error::Invalid)?;
        let changed = self.changed(&entry, &replacement);
        if changed.is_empty() {
            return Err(Error::NothingToCorrect { entry: number });
        }
        let note = match &self.note {
            Some(note) => note.clone(),
            None => format!("Entry {number} corrected: {}.", changed.join(", ")),
        };
        let is_too_long = self.note.is_none() && note.chars().count() > Column::Note.max_chars();
        Ok(Correction {
            entry: number,
            replacement,
            note: if is_too_long {
                format!("Entry {number} corrected.")
            } else {
                note
            },
            override_reason: self.override_reason.clone(),
        })
    }

    /// The changes that are some, in words: `project P06 instead of P05`.
    fn changed(&self, entry: &Entry, replacement: &Draft) -> Vec<String> {
        let (old, new) = (entry.cells(), replacement.cells());
        let columns = self.changes.iter().map(|(column, _)| *column);
        let changed = columns.filter(|column| old.get(*column) != new.get(*column));
        let said = |text: Option<&str>| text.unwrap_or("nothing").to_owned();
        changed
            .map(|column| match column {
                Column::On => {
                    let on = replacement.on().unwrap_or(entry.on);
                    format!("{} instead of {}", on.long(), entry.on.long())
                }
                Column::Amount => {
                    let pounds = |cells: Option<Money>| {
                        cells.map_or("nothing".into(), |amount| amount.pounds().to_string())
                    };
                    let (new, old) = (replacement.event().amount(), entry.event.amount());
                    format!("{} instead of {}", pounds(new), pounds(old))
                }
                column => {
                    let (new, old) = (said(new.get(column)), said(old.get(column)));
                    format!("{column} {new} instead of {old}")
                }
            })
            .collect()
    }
}

/// All entries of some years, and of the other years in which a decision on a line of a ledger names
/// one of them.
fn on_record(
    store: &Store,
    years: BTreeSet<FinancialYear>,
    next: EntryNumber,
    moment: Moment,
) -> Result<OnRecord, Error> {
    let mut entries = Vec::new();
    for year in &years {
        entries.extend(store.entries(*year, Kind::ALL)?);
    }
    let numbers: BTreeSet<EntryNumber> = entries.iter().map(|entry| entry.number).collect();
    for year in store.years()? {
        let names_one = |entry: &Entry| {
            let named = entry.event.entries_named();
            entry.event.kind() == Kind::Match && named.iter().any(|named| numbers.contains(named))
        };
        if !years.contains(&year) && store.entries(year, &[Kind::Match])?.iter().any(names_one) {
            entries.extend(store.entries(year, Kind::ALL)?);
        }
    }
    Ok(OnRecord::new(entries, next, moment))
}

impl From<Untenable> for Error {
    fn from(untenable: Untenable) -> Error {
        match untenable {
            Untenable::Refused(refusal) => Error::Refused { refusal },
            Untenable::Invalid(faults) => Error::Invalid(faults),
        }
    }
}
