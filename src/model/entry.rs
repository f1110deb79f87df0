//! [`Entry`]: one thing that happened, as recorded.

use crate::model::cells::Cells;
use crate::model::date::{Date, Moment};
use crate::model::draft::{Draft, row};
use crate::model::fingerprint::Fingerprint;
use crate::model::id::EntryNumber;
use crate::model::kind::Event;
use crate::model::year::FinancialYear;

/// The position of an entry in the fold: by the day it takes effect, then in the order recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The day it takes effect.
    pub on: Date,
    /// Its number.
    pub number: EntryNumber,
}

/// An entry as recorded. It is never edited or deleted, and only the rules and the file make one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// Its number: 1, 2, 3 … in the order recorded.
    pub number: EntryNumber,
    /// The day it takes effect.
    pub on: Date,
    /// The moment it was recorded.
    pub recorded: Moment,
    /// Who recorded it.
    pub by: String,
    /// The grant year.
    pub year: FinancialYear,
    /// What happened.
    pub event: Event,
    /// An invoice, a letter, an agreement.
    pub reference: Option<String>,
    /// Anything a reader should know.
    pub note: Option<String>,
    /// Why a process rule was set aside.
    pub override_reason: Option<String>,
}

impl Entry {
    /// A draft as recorded.
    pub(crate) fn from_draft(
        draft: Draft,
        number: EntryNumber,
        on: Date,
        recorded: Moment,
    ) -> Entry {
        Entry {
            number,
            on,
            recorded,
            by: draft.by,
            year: draft.year,
            event: draft.event,
            reference: draft.reference,
            note: draft.note,
            override_reason: draft.override_reason,
        }
    }

    /// The draft that asks for just this.
    pub fn to_draft(&self) -> Draft {
        Draft {
            on: Some(self.on),
            year: self.year,
            by: self.by.clone(),
            event: self.event.clone(),
            reference: self.reference.clone(),
            note: self.note.clone(),
            override_reason: self.override_reason.clone(),
        }
    }

    /// Its row of cells: that of the draft which asks for just this.
    pub fn cells(&self) -> Cells<'_> {
        let texts = [&self.reference, &self.note, &self.override_reason];
        row(&self.event, Some(self.on), self.year, &self.by, texts)
    }

    /// Its fingerprint, given that of the entry before it.
    pub fn fingerprint_after(&self, before: Fingerprint) -> Fingerprint {
        before.after_row(self.number, self.recorded, &self.cells())
    }

    /// Its position in the fold.
    pub fn position(&self) -> Position {
        Position {
            on: self.on,
            number: self.number,
        }
    }
}
