//! Writing entries: one transaction for each command, all or nothing.

use std::sync::LazyLock;

use crate::model::{Column, Entry, EntryNumber, Moment, Priority};
use crate::store::error::{Change, StoreError};
use crate::store::handle::Store;
use crate::store::head::Head;
use crate::store::row::COLUMNS;
use crate::store::writer_note::WriterNote;

static INSERT: LazyLock<String> = LazyLock::new(|| {
    let parameters: Vec<String> = (1..=COLUMNS.split(',').count())
        .map(|index| format!("?{index}"))
        .collect();
    let parameters = parameters.join(", ");
    format!("INSERT INTO entry ({COLUMNS}) VALUES ({parameters})")
});

/// A transaction under way. [`Store::write`] keeps what it wrote when its closure succeeds.
pub(crate) struct Writing<'a> {
    store: &'a Store,
    head: Head,
}

impl Store {
    /// Runs `change` in one transaction, which is kept if it succeeds and returns `true`; otherwise
    /// the file is as it was.
    ///
    /// `change` is given the moment `now`, or the first moment after the last entry's if the clock
    /// is behind: two commands never share a moment.
    ///
    /// # Errors
    ///
    /// Those of `change`; [`StoreError::Busy`] if another program holds the book;
    /// [`StoreError::MovedOn`] if the chain does not end as [`Store::write_only_after`] demands;
    /// [`StoreError::OutcomeUnknown`] if it cannot be told whether the change was saved.
    pub(crate) fn write<T, E: From<StoreError>>(
        &mut self,
        by: &str,
        now: Moment,
        change: impl FnOnce(&mut Writing<'_>, Moment) -> Result<(T, bool), E>,
    ) -> Result<T, E> {
        self.ask(|connection| connection.execute_batch("BEGIN IMMEDIATE"))?;
        let _note = WriterNote::leave(&self.path, by, now);
        let head = self.verify_schema().and_then(|()| self.verified_head());
        let head = head.and_then(|head| self.must_end_as_expected(head));
        let done = head.map_err(E::from).and_then(|head| {
            let moment = self.moment_after(head, now)?;
            let mut writing = Writing { store: self, head };
            let (value, commit) = change(&mut writing, moment)?;
            Ok((value, commit.then_some(writing.head)))
        });
        if let Ok((value, Some(head))) = done {
            self.commit(head)?;
            return Ok(value);
        }
        self.roll_back();
        done.map(|(value, _)| value)
    }
}

impl Store {
    /// The moment of a command: its clock's, but always after that of the last entry.
    fn moment_after(&self, head: Head, now: Moment) -> Result<Moment, StoreError> {
        let Some((_, last)) = head.last else {
            return Ok(now);
        };
        if last.next() == last {
            let path = self.path.clone();
            return Err(StoreError::EndOfTime { path, last });
        }
        Ok(now.max(last.next()))
    }

    /// Fails if someone else wrote since the end of the chain was looked at that must be the end.
    fn must_end_as_expected(&self, head: Head) -> Result<Head, StoreError> {
        match self.only_after {
            Some(end) if end != head.fingerprint => Err(StoreError::MovedOn {
                path: self.path.clone(),
                last: head.last.map(|(number, _)| number),
            }),
            _ => Ok(head),
        }
    }

    /// Compares the schema again: another program may have changed it since the book was opened.
    fn verify_schema(&self) -> Result<(), StoreError> {
        // The triggers of a new book are made last.
        if self.unfinished {
            return Ok(());
        }
        self.version.verify(&self.connection, &self.path)
    }

    /// Fails unless an `INSERT` changed one row: another program's trigger may drop it silently.
    fn must_be_one(&self, rows: usize, lost: Change) -> Result<(), StoreError> {
        if rows == 1 {
            return Ok(());
        }
        let (path, change) = (self.path.clone(), lost);
        Err(StoreError::Altered { path, change })
    }
}

impl Writing<'_> {
    /// The book being written, with what was written so far.
    pub(crate) fn store(&self) -> &Store {
        self.store
    }

    /// The end of the chain so far.
    pub(crate) fn head(&self) -> Head {
        self.head
    }

    /// The number of the next entry.
    pub(crate) fn next_number(&self) -> Result<EntryNumber, StoreError> {
        match self.head.last {
            None => Ok(EntryNumber(1)),
            Some((last, _)) => last.next().ok_or_else(|| self.full()),
        }
    }

    /// The numbers of the next entries, of which there are so many.
    pub(crate) fn next_numbers(
        &self,
        count: u64,
    ) -> Result<impl Iterator<Item = EntryNumber> + use<>, StoreError> {
        let last = self.head.last.map_or(0, |(last, _)| last.0);
        let end = u32::try_from(u64::from(last) + count).map_err(|_| self.full())?;
        Ok((last..end).map(|before| EntryNumber(before + 1)))
    }

    fn full(&self) -> StoreError {
        StoreError::Full {
            path: self.store.path.clone(),
        }
    }

    /// Adds an entry to the end of the journal. The file refuses no entry that the rules allow.
    pub(crate) fn append(&mut self, entry: &Entry) -> Result<(), StoreError> {
        let cells = entry.cells();
        let refers_to = entry.event.refers_to().map(|number| number.0);
        let fingerprint = self
            .head
            .fingerprint
            .after_row(entry.number, entry.recorded, &cells);
        let added = self.store.ask(|connection| {
            let mut statement = connection.prepare_cached(&INSERT)?;
            statement.raw_bind_parameter(1, entry.number.0)?;
            statement.raw_bind_parameter(2, entry.recorded.to_string())?;
            for (index, column) in (3..).zip(Column::ALL) {
                match column {
                    Column::Amount => {
                        let pence = entry.event.amount().and_then(|amount| amount.pence());
                        statement.raw_bind_parameter(index, pence)?;
                    }
                    Column::Reference if refers_to.is_some() => {
                        statement.raw_bind_parameter(index, None::<&str>)?;
                    }
                    column => statement.raw_bind_parameter(index, cells.get(*column))?,
                }
            }
            statement.raw_bind_parameter(20, refers_to)?;
            statement.raw_bind_parameter(21, fingerprint.as_bytes().as_slice())?;
            statement.raw_execute()
        })?;
        self.store
            .must_be_one(added, Change::LostEntry(entry.number))?;
        self.head = Head {
            last: Some((entry.number, entry.recorded)),
            fingerprint,
        };
        Ok(())
    }

    /// Adds a priority, whose scheme must not have its code yet.
    pub(crate) fn add_priority(&mut self, priority: &Priority) -> Result<(), StoreError> {
        let Priority {
            scheme, code, name, ..
        } = priority;
        let (first, last) = (priority.first_year.to_string(), priority.last_year);
        let last = last.map(|year| year.to_string());
        let added = self.store.ask(|connection| {
            connection.execute(
                "INSERT INTO priority (scheme, code, name, first_year, last_year) \
                VALUES (?1, ?2, ?3, ?4, ?5)",
                (scheme, code, name, first, last),
            )
        })?;
        let lost = Change::LostPriority(code.clone());
        self.store.must_be_one(added, lost)
    }
}

#[cfg(test)]
#[path = "../../tests/unit/store_write.rs"]
mod tests;
