//! The log: the journal itself, entry by entry.

use std::collections::VecDeque;

use crate::book::handle::Book;
use crate::book::view::must_know;
use crate::error::Error;
use crate::model::{Entry, EntryNumber, Event, FinancialYear, Moment};
use crate::report::{EntryFilter, LogReport, LogRow};

/// Which entries the log shows; by default all of them.
#[derive(Debug, Clone, Default)]
pub struct LogFilter {
    /// Those of one year.
    pub year: Option<FinancialYear>,
    /// Those that meet these conditions.
    pub entries: EntryFilter,
    /// Those recorded by this moment.
    pub known_at: Option<Moment>,
    /// Only this many, the last ones.
    pub last: Option<usize>,
}

impl Book {
    /// One entry, or `None` if there is none with that number.
    pub fn entry(&self, number: EntryNumber) -> Result<Option<Entry>, Error> {
        Ok(self.store.entry_at(number)?)
    }

    /// The entries in the order recorded, with those that were reversed.
    pub fn log(&self, filter: &LogFilter) -> Result<LogReport, Error> {
        self.store.read(|| {
            if let Some(year) = filter.year {
                must_know(&self.store, year)?;
            }
            let reversals = self.store.reversals(filter.known_at)?;
            let mut rows = VecDeque::new();
            let start = self.before_the_last(filter)?;
            self.store.for_each_entry_after(start, |entry, _| {
                let reversed = match entry.event {
                    Event::Reverse { entry } => self.store.entry_at(entry)?,
                    _ => None,
                };
                // A reversal concerns what the entry that it reverses concerns.
                let subject = reversed.as_ref().unwrap_or(&entry);
                if filter.shows(&entry, subject) {
                    rows.push_back(LogRow {
                        of: LogRow::new(subject).of,
                        reversed_by: reversals.get(&entry.number).copied(),
                        ..LogRow::new(&entry)
                    });
                }
                if filter.last.is_some_and(|last| rows.len() > last) {
                    rows.pop_front();
                }
                Ok::<(), Error>(())
            })?;
            if let Some(project) = filter.entries.project.as_ref().filter(|_| rows.is_empty()) {
                self.must_know_project(filter.year, project)?;
            }
            Ok(LogReport {
                scope: filter.scope(),
                rows: rows.into(),
            })
        })
    }

    /// The number of the entry before the last ones, if nothing else is asked for: numbers have no
    /// gaps.
    fn before_the_last(&self, filter: &LogFilter) -> Result<u32, Error> {
        let LogFilter {
            year: None,
            entries,
            known_at: None,
            last: Some(last),
        } = filter
        else {
            return Ok(0);
        };
        if !entries.is_empty() {
            return Ok(0);
        }
        let head = self.store.head()?.last.map_or(0, |(number, _)| number.0);
        Ok(head.saturating_sub(u32::try_from(*last).unwrap_or(u32::MAX)))
    }
}

impl LogFilter {
    /// Returns `true` if the log shows an entry, which concerns what `subject` does.
    fn shows(&self, entry: &Entry, subject: &Entry) -> bool {
        self.year.is_none_or(|year| entry.year == year)
            && self.known_at.is_none_or(|moment| entry.recorded <= moment)
            && self.entries.shows(entry, subject)
    }

    fn scope(&self) -> String {
        let mut parts = vec!["entries in the order recorded".to_owned()];
        parts.extend(self.year.map(|year| format!("year {year}")));
        parts.extend(self.entries.words());
        parts.extend(self.last.map(|last| format!("the last {last}")));
        parts.extend(self.known_at.map(|moment| format!("as known at {moment}")));
        parts.join(", ")
    }
}
