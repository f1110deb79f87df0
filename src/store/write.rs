//! Writing entries: one transaction a command, all or nothing.

use std::sync::LazyLock;

use rusqlite::{OptionalExtension, TransactionState};

use crate::date::Moment;
use crate::entry::Entry;
use crate::fingerprint::Fingerprint;
use crate::id::EntryNumber;
use crate::kind::Column;
use crate::priority::Priority;
use crate::store::read::COLUMNS;
use crate::store::writer_note::WriterNote;
use crate::store::{Access, Head, Store, StoreError};

/// Adds a row to `entry`.
static INSERT: LazyLock<String> = LazyLock::new(|| {
    let places: Vec<String> = (1..=COLUMNS.split(',').count()).map(|place| format!("?{place}")).collect();
    format!("INSERT INTO entry ({COLUMNS}) VALUES ({})", places.join(", "))
});

/// A transaction under way. What it wrote is kept by [`Store::write`] when its closure succeeds.
pub struct Writing<'a> {
    store: &'a Store,
    head: Head,
}

impl Store {
    /// Runs `change` in one transaction: kept where it succeeds and says `true`, else as it was before.
    ///
    /// The moment handed on is `now`, or the first moment after the last entry's where the clock is behind.
    ///
    /// # Errors
    ///
    /// What `change` says, or [`StoreError`]: [`StoreError::Busy`] where another program holds the book,
    /// [`StoreError::OutcomeUnknown`] where it cannot be told whether the change was saved.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        by: &str,
        now: Moment,
        change: impl FnOnce(&mut Writing<'_>, Moment) -> Result<(T, bool), E>,
    ) -> Result<T, E> {
        let fail = StoreError::sqlite(&self.path);
        self.connection.execute_batch("BEGIN IMMEDIATE").map_err(&fail)?;
        let _note = WriterNote::leave(&self.path, by, now);
        let done = self.head().map_err(E::from).and_then(|head| {
            let moment = head.last.map_or(now, |(_, last)| now.max(last.next()));
            let mut writing = Writing { store: self, head };
            let (value, keep) = change(&mut writing, moment)?;
            Ok((value, keep.then_some(writing.head)))
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

    fn roll_back(&self) {
        // Where SQLite rolled back already there is nothing to do, and closing the file rolls back too.
        let _ = self.connection.execute_batch("ROLLBACK");
    }

    /// Commits. An error here does not mean "not saved": the last entry is looked for with a fresh connection.
    fn commit(&self, head: Head) -> Result<(), StoreError> {
        let Err(error) = self.connection.execute_batch("COMMIT") else { return Ok(()) };
        let still_open = matches!(self.connection.transaction_state(None::<&str>), Ok(TransactionState::Write));
        let said = error.to_string();
        let error = StoreError::sqlite(&self.path)(error);
        if still_open {
            self.roll_back();
            return Err(error);
        }
        let Some((entry, _)) = head.last else { return Err(error) };
        match Store::open(&self.path, Access::Read).and_then(|store| store.fingerprint_at(entry)) {
            Ok(Some(saved)) if saved == head.fingerprint => Ok(()),
            Ok(_) => Err(error),
            Err(_) => Err(StoreError::OutcomeUnknown { path: self.path.clone(), entry, error: said }),
        }
    }

    fn fingerprint_at(&self, number: EntryNumber) -> Result<Option<Fingerprint>, StoreError> {
        let fail = StoreError::sqlite(&self.path);
        let text: Option<String> = self
            .connection
            .query_row("SELECT fingerprint FROM entry WHERE number = ?1", [number.0], |row| row.get(0))
            .optional()
            .map_err(&fail)?;
        Ok(text.and_then(|text| text.parse().ok()))
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
            Some((last, _)) => last.next().ok_or_else(|| StoreError::Full { path: self.store.path.clone() }),
        }
    }

    /// Adds an entry to the end of the journal.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file refuses it, which it never does to an entry that the rules allow.
    pub fn append(&mut self, entry: &Entry) -> Result<(), StoreError> {
        let fail = StoreError::sqlite(&self.store.path);
        let fingerprint = self.head.fingerprint.after(entry);
        let cells = entry.cells();
        let mut statement = self.store.connection.prepare_cached(&INSERT).map_err(&fail)?;
        statement.raw_bind_parameter(1, entry.number.0).map_err(&fail)?;
        statement.raw_bind_parameter(2, entry.recorded.to_string()).map_err(&fail)?;
        for (place, column) in Column::ALL.iter().enumerate() {
            let place = place + 3;
            match column {
                Column::Amount => statement.raw_bind_parameter(place, entry.event.amount().and_then(|amount| amount.pence())),
                Column::Reference => statement.raw_bind_parameter(place, entry.reference.as_deref()),
                column => statement.raw_bind_parameter(place, cells.get(*column)),
            }
            .map_err(&fail)?;
        }
        statement.raw_bind_parameter(20, entry.event.refers_to().map(|number| number.0)).map_err(&fail)?;
        statement.raw_bind_parameter(21, fingerprint.to_string()).map_err(&fail)?;
        statement.raw_execute().map_err(&fail)?;
        self.head = Head { last: Some((entry.number, entry.recorded)), fingerprint };
        Ok(())
    }

    /// Adds a priority.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file refuses it: the scheme has that code already.
    pub fn add_priority(&mut self, priority: &Priority) -> Result<(), StoreError> {
        let Priority { scheme, code, name, first_year, last_year } = priority;
        let values = (scheme, code, name, first_year.to_string(), last_year.map(|year| year.to_string()));
        let added = self
            .store
            .connection
            .execute("INSERT INTO priority (scheme, code, name, first_year, last_year) VALUES (?1, ?2, ?3, ?4, ?5)", values);
        added.map(|_| ()).map_err(StoreError::sqlite(&self.store.path))
    }
}
