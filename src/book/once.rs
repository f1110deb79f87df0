//! Recording what a person may record again by mistake: it is said, and nothing new is recorded.

use crate::book::handle::Book;
use crate::book::record::{Clerk, Commit, Recorded};
use crate::error::Error;
use crate::fold::{Lens, standing};
use crate::model::{Date, Draft, Entry, Moment};

/// What became of something that is to be recorded once.
#[derive(Debug)]
pub enum Once {
    /// It was recorded.
    Recorded(Recorded),
    /// This entry says the same, and nothing was recorded.
    Known(Entry),
}

impl Book {
    /// Records a draft, unless an entry of its year that counts says the same, with the same note.
    ///
    /// # Errors
    ///
    /// Those of [`Book::record`].
    pub fn record_once(
        &mut self,
        draft: Draft,
        now: Moment,
        commit: Commit,
    ) -> Result<Once, Error> {
        let by = draft.by().to_owned();
        self.store.write(&by, now, |writing, moment| {
            let known = writing.store().entries(draft.year(), &[draft.kind()])?;
            let mut known = standing(known, Lens::at(Date::MAX)).into_iter();
            let is_same = |entry: &Entry| {
                entry.event == *draft.event() && entry.note.as_deref() == draft.note()
            };
            if let Some(entry) = known.find(is_same) {
                return Ok((Once::Known(entry), false));
            }
            let mut clerk = Clerk::new(writing);
            let entry = clerk.record(draft, moment)?;
            let recorded = clerk.recorded(vec![entry])?;
            Ok((Once::Recorded(recorded), commit == Commit::Keep))
        })
    }
}
