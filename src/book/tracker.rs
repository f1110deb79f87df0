//! From a tracker to a book: the entries that its rows imply and the book does not have.

mod given;
mod moved;
mod waiting;

use std::path::PathBuf;

use crate::book::handle::Book;
use crate::book::record::{Clerk, Commit, Recorded};
use crate::book::tracker::moved::{Known, Planned};
use crate::error::Error;
use crate::model::{Draft, Entry, Moment};
use crate::rules::Refusal;

pub use given::TrackerImport;
pub use waiting::{TrackerChange, WaitingProject};

impl Book {
    /// Records what a tracker says and the book does not have yet, in the order of the days. A step
    /// that the tracker skips is overridden, with the file's name as the reason. Spend to date is
    /// recorded as far as it exceeds the spend that the book has up to that day.
    ///
    /// # Errors
    ///
    /// [`Error::RefusedProjectRow`] if a rule refuses what a row implies; nothing is recorded then.
    pub fn import_tracker(
        &mut self,
        import: TrackerImport<'_>,
        now: Moment,
        commit: Commit,
    ) -> Result<Recorded, Error> {
        self.store.write(import.by, now, |writing, moment| {
            let mut known = Known::read(writing.store(), import.year)?;
            let (mut planned, mut waiting) = (Vec::new(), Vec::new());
            for row in &import.tracker.rows {
                match known.moved_on(&import, row)? {
                    Ok(steps) => planned.extend(steps),
                    Err(change) => waiting.push(WaitingProject {
                        row: row.row,
                        project: row.project.clone(),
                        change,
                    }),
                }
            }
            planned.sort_by_key(Planned::on);
            let mut clerk = Clerk::new(writing);
            let mut entries = Vec::new();
            for Planned { row, draft, .. } in planned {
                let excuse = format!("as {} has it, row {row}", import.tracker.name());
                let recorded = record(&mut clerk, draft, moment, &excuse);
                entries.push(recorded.map_err(|error| in_row(error, &import, row))?);
            }
            let mut recorded = clerk.recorded(entries)?;
            recorded.waiting = waiting;
            Ok((recorded, commit == Commit::Keep))
        })
    }
}

/// Records a draft; if it skips a step, exceeds the business case or repeats a rise, with an excuse.
fn record(
    clerk: &mut Clerk<'_, '_>,
    draft: Draft,
    moment: Moment,
    excuse: &str,
) -> Result<Entry, Error> {
    match clerk.record(draft.clone(), moment) {
        Err(Error::Refused {
            refusal:
                Refusal::OutOfOrder { .. }
                | Refusal::MoreThanSubmitted { .. }
                | Refusal::Duplicate { .. },
        }) => {
            let excused = draft.edit().override_reason(excuse).build();
            clerk.record(excused.map_err(Error::Invalid)?, moment)
        }
        recorded => recorded,
    }
}

fn in_row(error: Error, import: &TrackerImport<'_>, row: u64) -> Error {
    match error {
        Error::Refused { refusal } => Error::RefusedProjectRow {
            file: PathBuf::from(&import.tracker.file),
            row,
            refusal: Box::new(refusal),
        },
        error => error,
    }
}
