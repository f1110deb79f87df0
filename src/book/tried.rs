//! Trying drafts by the rules, without the file being written.

use crate::book::handle::Book;
use crate::book::history::history;
use crate::error::Error;
use crate::model::{Draft, Entry, EntryNumber, FinancialYear, Moment};
use crate::rules::Refusal;

impl Book {
    /// What the rules say to each of some drafts of a year, each tried alone: the entry that it would
    /// be, or the refusal. Nothing is recorded, and nobody who records is kept out.
    pub fn try_each(
        &self,
        year: FinancialYear,
        drafts: impl IntoIterator<Item = Draft>,
        now: Moment,
    ) -> Result<Vec<Result<Entry, Refusal>>, Error> {
        self.store.read(|| {
            let history = history(&self.store, year)?;
            let last = self.store.head()?.last;
            let next = last.map_or(EntryNumber(1), |(last, _)| last.next().unwrap_or(last));
            let tried = drafts.into_iter().map(|draft| {
                let named = match draft.event().refers_to() {
                    Some(named) => self.store.entry_at(named)?,
                    None => None,
                };
                let mut history = history.clone();
                Ok(history.record(draft, next, now, named.as_ref()))
            });
            tried.collect()
        })
    }
}
