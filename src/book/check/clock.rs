//! What a check goes by besides the book, and what was recorded after the clock's moment.

use crate::book::handle::Book;
use crate::document::counted;
use crate::error::Error;
use crate::model::{Checkpoint, Date, EntryNumber, Fingerprint, Moment};

/// What a check goes by besides the book.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckOptions {
    /// The fingerprint of an entry that the book must still have.
    pub head: Option<Fingerprint>,
    /// A note of the end of the book, in place of a fingerprint: the book must extend it.
    pub note: Option<Checkpoint>,
    /// The day on which the figures are asked; without it, the day of the last entry recorded.
    pub today: Option<Date>,
    /// What the clock says; without it, the moment of the last entry.
    pub now: Option<Moment>,
}

impl Book {
    /// The entries whose moment is after the clock's, because a clock ran ahead.
    pub(super) fn recorded_ahead(&self, now: Option<Moment>) -> Result<Vec<String>, Error> {
        let last = self.store.head()?.last;
        let Some(((last, moment), now)) = last.zip(now) else {
            return Ok(Vec::new());
        };
        if !moment.runs_ahead_of(now) {
            return Ok(Vec::new());
        }
        let before = self.store.head_known_at(now.latest_elsewhere())?.last;
        let first = EntryNumber(before.map_or(0, |(number, _)| number.0) + 1);
        let Some(entry) = self.store.entry_at(first)? else {
            return Ok(Vec::new());
        };
        let (count, clock) = (last.0 - first.0 + 1, entry.recorded);
        let entries = match count {
            1 => format!("entry {first} was"),
            _ => format!("{}, {first} to {last}, were", counted(count, "entry")),
        };
        let them = if count == 1 { "it" } else { "them" };
        Ok(vec![format!(
            "{entries} recorded at {clock} or later, but the clock of this computer says {now}: a \
             clock ran ahead; --known-at leaves {them} out before that moment"
        )])
    }
}
