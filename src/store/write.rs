//! Writing entries: one transaction a command, all or nothing.

use std::sync::LazyLock;

use rusqlite::TransactionState;

use crate::model::{Column, Entry, EntryNumber, Moment, Priority};
use crate::store::read::COLUMNS;
use crate::store::writer_note::WriterNote;
use crate::store::{Access, Head, Store, StoreError};

/// Adds a row to `entry`.
static INSERT: LazyLock<String> = LazyLock::new(|| {
    let places: Vec<String> = (1..=COLUMNS.split(',').count())
        .map(|place| format!("?{place}"))
        .collect();
    format!(
        "INSERT INTO entry ({COLUMNS}) VALUES ({})",
        places.join(", ")
    )
});

/// A transaction under way. What it wrote is kept by [`Store::write`] when its closure succeeds.
pub struct Writing<'a> {
    store: &'a Store,
    head: Head,
}

impl Store {
    /// Runs `change` in one transaction: kept where it succeeds and says `true`, else as it was
    /// before.
    ///
    /// The moment handed on is `now`, or the first moment after the last entry's where the clock is
    /// behind.
    ///
    /// # Errors
    ///
    /// What `change` says, or [`StoreError`]: [`StoreError::Busy`] where another program holds the
    /// book, [`StoreError::OutcomeUnknown`] where it cannot be told whether the change was saved.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        by: &str,
        now: Moment,
        change: impl FnOnce(&mut Writing<'_>, Moment) -> Result<(T, bool), E>,
    ) -> Result<T, E> {
        let fail = StoreError::sqlite(&self.path);
        self.connection
            .execute_batch("BEGIN IMMEDIATE")
            .map_err(&fail)?;
        let _note = WriterNote::leave(&self.path, by, now);
        let done = self.sound_head().map_err(E::from).and_then(|head| {
            let moment = head.last.map_or(now, |(_, last)| now.max(last.next()));
            let mut writing = Writing { store: self, head };
            let (value, commit) = change(&mut writing, moment)?;
            Ok((value, commit.then_some(writing.head)))
        });
        match done {
            Ok((value, Some(head))) => {
                self.commit(head)?;
                Ok(value)
            }
            Ok((value, None)) => {
                self.roll_back();
                Ok(value)
            }
            Err(error) => {
                self.roll_back();
                Err(error)
            }
        }
    }

    /// The end of the chain, its last fingerprint made again: nothing is put upon an entry that
    /// another program added.
    fn sound_head(&self) -> Result<Head, StoreError> {
        let head = self.head()?;
        let Some((last, _)) = head.last else {
            return Ok(head);
        };
        let before = match last.0 - 1 {
            0 => Some(self.head_of_names()?.fingerprint),
            number => self.fingerprint_at(EntryNumber(number))?,
        };
        let made = before
            .zip(self.entry_at(last)?)
            .map(|(before, entry)| before.after(&entry));
        if made != Some(head.fingerprint) {
            let what = format!(
                "entry {last}, the last, was changed or was put in by another program: its fingerprint is not its own"
            );
            return Err(StoreError::Altered {
                path: self.path.clone(),
                what,
            });
        }
        Ok(head)
    }

    fn roll_back(&self) {
        // Where SQLite rolled back already there is nothing to do, and closing the file rolls back
        // too.
        let _ = self.connection.execute_batch("ROLLBACK");
    }

    /// Commits.
    fn commit(&self, head: Head) -> Result<(), StoreError> {
        let Err(error) = self.connection.execute_batch("COMMIT") else {
            return Ok(());
        };
        if matches!(
            self.connection.transaction_state(None::<&str>),
            Ok(TransactionState::Write)
        ) {
            self.roll_back();
            return Err(StoreError::sqlite(&self.path)(error));
        }
        self.outcome(head, error)
    }

    /// What became of a commit that ended with an error: that does not mean "not saved". The last
    /// entry is looked for with a fresh connection.
    fn outcome(&self, head: Head, error: rusqlite::Error) -> Result<(), StoreError> {
        let said = error.to_string();
        let error = StoreError::sqlite(&self.path)(error);
        let Some((entry, _)) = head.last.filter(|_| !self.unfinished) else {
            return Err(error);
        };
        match Store::open(&self.path, Access::Read).and_then(|store| store.fingerprint_at(entry)) {
            Ok(Some(saved)) if saved == head.fingerprint => Ok(()),
            Ok(_) => Err(error),
            Err(_) => Err(StoreError::OutcomeUnknown {
                path: self.path.clone(),
                entry: Some(entry),
                error: said,
            }),
        }
    }
}

impl Writing<'_> {
    /// The book being written, with what was written so far.
    #[must_use]
    pub fn store(&self) -> &Store {
        self.store
    }

    /// The end of the chain so far.
    #[must_use]
    pub fn head(&self) -> Head {
        self.head
    }

    /// The number of the next entry.
    ///
    /// # Errors
    ///
    /// [`StoreError::Full`] where there is none.
    pub fn next_number(&self) -> Result<EntryNumber, StoreError> {
        match self.head.last {
            None => Ok(EntryNumber(1)),
            Some((last, _)) => last.next().ok_or_else(|| StoreError::Full {
                path: self.store.path.clone(),
            }),
        }
    }

    /// Adds an entry to the end of the journal.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file refuses it, which it never does to an entry that the rules
    /// allow.
    pub fn append(&mut self, entry: &Entry) -> Result<(), StoreError> {
        let fail = StoreError::sqlite(&self.store.path);
        let cells = entry.cells();
        let fingerprint = self.head.fingerprint.after_row(entry, &cells);
        let mut statement = self
            .store
            .connection
            .prepare_cached(&INSERT)
            .map_err(&fail)?;
        statement
            .raw_bind_parameter(1, entry.number.0)
            .map_err(&fail)?;
        statement
            .raw_bind_parameter(2, entry.recorded.to_string())
            .map_err(&fail)?;
        for (place, column) in Column::ALL.iter().enumerate() {
            let place = place + 3;
            match column {
                Column::Amount => statement.raw_bind_parameter(
                    place,
                    entry.event.amount().and_then(|amount| amount.pence()),
                ),
                Column::Reference => {
                    statement.raw_bind_parameter(place, entry.reference.as_deref())
                }
                column => statement.raw_bind_parameter(place, cells.get(*column)),
            }
            .map_err(&fail)?;
        }
        statement
            .raw_bind_parameter(20, entry.event.refers_to().map(|number| number.0))
            .map_err(&fail)?;
        statement
            .raw_bind_parameter(21, fingerprint.as_bytes().as_slice())
            .map_err(&fail)?;
        statement.raw_execute().map_err(&fail)?;
        self.head = Head {
            last: Some((entry.number, entry.recorded)),
            fingerprint,
        };
        Ok(())
    }

    /// Adds a priority.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file refuses it: the scheme has that code already.
    pub fn add_priority(&mut self, priority: &Priority) -> Result<(), StoreError> {
        let Priority {
            scheme,
            code,
            name,
            first_year,
            last_year,
        } = priority;
        let values = (
            scheme,
            code,
            name,
            first_year.to_string(),
            last_year.map(|year| year.to_string()),
        );
        let added = self
            .store
            .connection
            .execute("INSERT INTO priority (scheme, code, name, first_year, last_year) VALUES (?1, ?2, ?3, ?4, ?5)", values);
        added
            .map(|_| ())
            .map_err(StoreError::sqlite(&self.store.path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Names;
    use crate::model::{Draft, Event, Fingerprint};

    /// The book of one entry, and where its chain ends.
    fn book(folder: &std::path::Path) -> (Store, Head) {
        std::fs::create_dir_all(folder).unwrap();
        let path = folder.join("book.db");
        let names = Names {
            partnership: "Kent".into(),
            funder: "OPCC".into(),
        };
        Store::create(&path, &names, |_| Ok::<_, StoreError>(((), Vec::new()))).unwrap();
        let mut store = Store::open(&path, Access::Write).unwrap();
        let head = store.write(
            "KCST",
            "2026-05-01T09:00:00Z".parse().unwrap(),
            |writing, recorded| {
                let (on, year) = ("2026-05-01".parse().unwrap(), "2026/27".parse().unwrap());
                let amount = "5".parse().unwrap();
                let event = Event::Receive { amount };
                let draft = Draft::builder(year, event, "KCST").on(on).build().unwrap();
                writing.append(&Entry::from_draft(draft, EntryNumber(1), on, recorded))?;
                Ok::<_, StoreError>((writing.head(), true))
            },
        );
        (store, head.unwrap())
    }

    #[test]
    fn a_commit_that_fails_is_looked_for_before_anyone_is_told() {
        let folder = std::env::temp_dir().join(format!("crg-outcome-{}", std::process::id()));
        let (store, head) = book(&folder);
        let failed = || {
            rusqlite::Error::SqliteFailure(
                rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_IOERR_DIR_FSYNC),
                None,
            )
        };
        // It was saved all the same.
        assert!(store.outcome(head, failed()).is_ok());
        // Another entry stands there, or none: it was not saved.
        let other = Head {
            fingerprint: Fingerprint::of_book("Another", "OPCC"),
            ..head
        };
        assert!(matches!(
            store.outcome(other, failed()),
            Err(StoreError::Sqlite { .. })
        ));
        let next = Head {
            last: head.last.map(|(_, moment)| (EntryNumber(2), moment)),
            ..head
        };
        assert!(matches!(
            store.outcome(next, failed()),
            Err(StoreError::Sqlite { .. })
        ));
        // The drive went away.
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(matches!(
            store.outcome(head, failed()),
            Err(StoreError::OutcomeUnknown {
                entry: Some(EntryNumber(1)),
                ..
            })
        ));
    }

    /// Such a file is taken away, so it is known that nothing was saved.
    #[test]
    fn a_commit_that_fails_while_a_book_is_made_is_no_unknown_outcome() {
        let folder = std::env::temp_dir().join(format!("crg-unfinished-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let names = Names {
            partnership: "Kent".into(),
            funder: "OPCC".into(),
        };
        let made = Store::create(&folder.join("book.db"), &names, |store| {
            let last = Some((EntryNumber(1), "2026-05-01T09:00:00Z".parse().unwrap()));
            let head = Head {
                last,
                fingerprint: Fingerprint::of_book("Kent", "OPCC"),
            };
            let full = rusqlite::Error::SqliteFailure(
                rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_FULL),
                None,
            );
            store.outcome(head, full).map(|()| ((), Vec::new()))
        });
        assert!(matches!(made, Err(StoreError::DiskFull { .. })), "{made:?}");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
