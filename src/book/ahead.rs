//! [`Book::ahead`]: what lies ahead of a day. Reports of that day do not count it; the views of the
//! file do.

use crate::book::handle::Book;
use crate::book::view::every_kind;
use crate::error::Error;
use crate::fold::{Lens, standing};
use crate::model::{Date, Entry, EntryNumber, FinancialYear};
use crate::report::Ahead;
use crate::store::Store;

impl Book {
    /// The entries of a year that lay ahead on the day asked about: already recorded then, and
    /// dated after it; each with the figure that it would change. What says only how something is
    /// called may lie ahead, and is left out.
    pub fn ahead(&self, year: FinancialYear, lens: Lens) -> Result<Vec<Ahead>, Error> {
        self.store.read(|| {
            // On a day before the first entry was recorded, nothing lay ahead.
            let first = self.store.entry_at(EntryNumber(1))?;
            if first.is_none_or(|first| first.recorded.date() > lens.as_at) {
                return Ok(Vec::new());
            }
            let mut entries = entries_ahead(&self.store, year, lens)?;
            entries.retain(|entry| entry.recorded.date() <= lens.as_at);
            if entries.is_empty() {
                return Ok(Vec::new());
            }
            let today = self.view(year, every_kind, lens)?;
            Ok(Ahead::all(&today.portfolio, today.pots, &entries)?)
        })
    }

    /// The same in every year that the book has.
    pub fn ahead_in_all_years(&self, lens: Lens) -> Result<Vec<Ahead>, Error> {
        self.store.read(|| {
            let mut found = Vec::new();
            for year in self.years()? {
                found.extend(self.ahead(year, lens)?);
            }
            Ok(found)
        })
    }
}

/// The entries of a year that count and are dated after the day, whenever they were recorded, in
/// fold order.
pub(super) fn entries_ahead(
    store: &Store,
    year: FinancialYear,
    lens: Lens,
) -> Result<Vec<Entry>, Error> {
    let mut entries = store.entries_after(year, lens.as_at)?;
    entries.retain(|entry| !entry.event.kind().may_lie_ahead());
    if entries.is_empty() {
        return Ok(entries);
    }
    let always = Lens {
        as_at: Date::MAX,
        ..lens
    };
    let reversed = store.reversals(lens.known_at)?;
    entries.retain(|entry| !reversed.contains_key(&entry.number));
    Ok(standing(entries, always))
}
