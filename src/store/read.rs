//! Reading entries back, and what else the file holds.

use std::collections::BTreeMap;

use rusqlite::types::ValueRef;
use rusqlite::{OptionalExtension, Row};

use crate::model::Names;
use crate::model::{
    CellFault, Cells, Column, Draft, Entry, EntryNumber, FinancialYear, Fingerprint, Kind, Moment,
    Money, Priority, ProjectRef,
};
use crate::store::{Head, Store, StoreError};

/// The columns of `entry`, in the order that [`entry`] reads and
/// [`Writing`](crate::store::write::Writing) binds them.
pub(super) const COLUMNS: &str = "number, recorded, on_date, year, kind, project, pot, amount_pence, title, lead, supplier, reference, measure, \
     value, priorities, vat, override_reason, note, recorded_by, refers_to, fingerprint";

impl Store {
    /// Asks several questions of one state of the file, whatever others write meanwhile. Within
    /// another of these, or within a change, the state is that one's.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file cannot be read, or what `ask` says.
    pub fn read<T, E: From<StoreError>>(&self, ask: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        if !self.connection.is_autocommit() {
            return ask();
        }
        self.connection
            .execute_batch("BEGIN")
            .map_err(StoreError::sqlite(&self.path))?;
        let answer = ask();
        // Nothing was written.
        let _ = self.connection.execute_batch("ROLLBACK");
        answer
    }

    /// The fingerprint of an entry, or `None` where there is none of that number.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file cannot be read.
    pub fn fingerprint_at(&self, number: EntryNumber) -> Result<Option<Fingerprint>, StoreError> {
        let fail = StoreError::sqlite(&self.path);
        let query = "SELECT fingerprint FROM entry WHERE number = ?1";
        let found = self
            .connection
            .query_row(query, [number.0], |row| Ok(fingerprint(row.get_ref(0)?)))
            .optional();
        Ok(found.map_err(&fail)?.flatten())
    }

    /// The entry with this fingerprint, or `None` where no entry has it.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file cannot be read.
    pub fn entry_with(&self, fingerprint: Fingerprint) -> Result<Option<EntryNumber>, StoreError> {
        let query = "SELECT number FROM entry WHERE fingerprint IN (?1, ?2)";
        let stored = (fingerprint.as_bytes(), fingerprint.to_string());
        let found = self
            .connection
            .query_row(query, stored, |row| row.get(0).map(EntryNumber))
            .optional();
        found.map_err(StoreError::sqlite(&self.path))
    }

    /// Whose book it is.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file cannot be read.
    pub fn names(&self) -> Result<Names, StoreError> {
        let names = self
            .connection
            .query_row("SELECT partnership, funder FROM book", [], |row| {
                Ok(Names {
                    partnership: row.get(0)?,
                    funder: row.get(1)?,
                })
            });
        names.map_err(StoreError::sqlite(&self.path))
    }

    /// The end of the chain.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file cannot be read.
    pub fn head(&self) -> Result<Head, StoreError> {
        let fail = StoreError::sqlite(&self.path);
        let mut statement = self
            .connection
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM entry ORDER BY number DESC LIMIT 1"
            ))
            .map_err(&fail)?;
        let last = statement
            .query_row([], |row| Ok(self.entry(row)))
            .optional()
            .map_err(&fail)?
            .transpose()?;
        match last {
            Some((entry, fingerprint)) => Ok(Head {
                last: Some((entry.number, entry.recorded)),
                fingerprint,
            }),
            None => self.head_of_names(),
        }
    }

    /// The end of the chain as it was known at a moment.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file cannot be read.
    pub fn head_known_at(&self, moment: Moment) -> Result<Head, StoreError> {
        let mut found = None;
        // Moments are in the order of the numbers: the walk ends at the first entry from the end
        // that was recorded by then.
        let query = format!(
            "SELECT {COLUMNS} FROM entry WHERE recorded <= ?1 ORDER BY number DESC LIMIT 1"
        );
        self.visit(&query, [moment.to_string()], |entry, fingerprint| {
            found = Some(Head {
                last: Some((entry.number, entry.recorded)),
                fingerprint,
            });
            Ok::<(), StoreError>(())
        })?;
        found.map_or_else(|| self.head_of_names(), Ok)
    }

    /// The start of the chain, which an empty book has for its end.
    pub(super) fn head_of_names(&self) -> Result<Head, StoreError> {
        let names = self.names()?;
        Ok(Head {
            last: None,
            fingerprint: Fingerprint::of_book(&names.partnership, &names.funder),
        })
    }

    /// Every year the book has an entry of.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file cannot be read.
    pub fn years(&self) -> Result<Vec<FinancialYear>, StoreError> {
        let fail = StoreError::sqlite(&self.path);
        let mut statement = self
            .connection
            .prepare_cached("SELECT year FROM known_year ORDER BY year")
            .map_err(&fail)?;
        let years = statement
            .query_map([], |row| row.get::<_, String>(0))
            .map_err(&fail)?
            .collect::<Result<Vec<_>, _>>()
            .map_err(&fail)?;
        years
            .iter()
            .map(|year| self.read_back(Column::Year, year))
            .collect()
    }

    /// A year's entries of some kinds, with every reversal, in the order recorded.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file cannot be read, or an entry is not one.
    pub fn entries(&self, year: FinancialYear, kinds: &[Kind]) -> Result<Vec<Entry>, StoreError> {
        let kinds = words(&[kinds, &[Kind::Reverse]].concat());
        let query = format!("SELECT {COLUMNS} FROM entry WHERE year = ?1 AND kind IN ({kinds})");
        let mut found = Vec::new();
        self.visit(&query, [year.to_string()], |entry, _| {
            found.push(entry);
            Ok(())
        })?;
        // SQLite would sort whole rows, not knowing that they are read into memory.
        found.sort_unstable_by_key(|entry: &Entry| entry.number);
        Ok(found)
    }

    /// Visits a year's entries of some kinds, of one project or of all, in no order, holding one at
    /// a time.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file cannot be read or an entry is not one, or what `visitor` says.
    pub fn for_each_of_kind<E: From<StoreError>>(
        &self,
        year: FinancialYear,
        kinds: &[Kind],
        project: Option<&ProjectRef>,
        mut visitor: impl FnMut(Entry) -> Result<(), E>,
    ) -> Result<(), E> {
        let of = if project.is_some() {
            "AND project = ?2"
        } else {
            "AND ?2 IS NULL"
        };
        let query = format!(
            "SELECT {COLUMNS} FROM entry WHERE year = ?1 AND kind IN ({}) {of}",
            words(kinds)
        );
        self.visit(
            &query,
            (year.to_string(), project.map(ProjectRef::as_str)),
            |entry, _| visitor(entry),
        )
    }

    /// One entry.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file cannot be read, or the entry is not one.
    pub fn entry_at(&self, number: EntryNumber) -> Result<Option<Entry>, StoreError> {
        let mut found = None;
        self.visit(
            &format!("SELECT {COLUMNS} FROM entry WHERE number = ?1"),
            [number.0],
            |entry, _| {
                found = Some(entry);
                Ok(())
            },
        )?;
        Ok(found)
    }

    /// Which entries are reversed, and by which, as known at a moment.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file cannot be read.
    pub fn reversals(
        &self,
        known_at: Option<Moment>,
    ) -> Result<BTreeMap<EntryNumber, EntryNumber>, StoreError> {
        let fail = StoreError::sqlite(&self.path);
        let by = known_at.map_or("9999".to_owned(), |moment| moment.to_string());
        let query = "SELECT refers_to, number FROM entry WHERE kind = 'reverse' AND recorded <= ?1";
        let mut statement = self.connection.prepare_cached(query).map_err(&fail)?;
        let rows = statement
            .query_map([by], |row| {
                Ok((EntryNumber(row.get(0)?), EntryNumber(row.get(1)?)))
            })
            .map_err(&fail)?;
        rows.collect::<Result<_, _>>().map_err(&fail)
    }

    /// Visits every entry in the order recorded, with its fingerprint, holding one at a time.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file cannot be read or an entry is not one, or what `visitor` says.
    pub fn for_each_entry<E: From<StoreError>>(
        &self,
        visitor: impl FnMut(Entry, Fingerprint) -> Result<(), E>,
    ) -> Result<(), E> {
        self.entries_after(0, visitor)
    }

    /// Visits the entries with a number above this one, as [`Store::for_each_entry`] does.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file cannot be read or an entry is not one, or what `visitor` says.
    pub fn entries_after<E: From<StoreError>>(
        &self,
        number: u32,
        visitor: impl FnMut(Entry, Fingerprint) -> Result<(), E>,
    ) -> Result<(), E> {
        self.visit(
            &format!("SELECT {COLUMNS} FROM entry WHERE number > ?1 ORDER BY number"),
            [number],
            visitor,
        )
    }

    fn visit<E: From<StoreError>>(
        &self,
        query: &str,
        with: impl rusqlite::Params,
        mut visitor: impl FnMut(Entry, Fingerprint) -> Result<(), E>,
    ) -> Result<(), E> {
        let fail = StoreError::sqlite(&self.path);
        let mut statement = self.connection.prepare_cached(query).map_err(&fail)?;
        let mut rows = statement.query(with).map_err(&fail)?;
        while let Some(row) = rows.next().map_err(&fail)? {
            let (entry, fingerprint) = self.entry(row)?;
            visitor(entry, fingerprint)?;
        }
        Ok(())
    }

    /// Reads a row back through the same gate that every entry came in by.
    fn entry(&self, row: &Row<'_>) -> Result<(Entry, Fingerprint), StoreError> {
        let fail = |error| StoreError::sqlite(&self.path)(error);
        let number: i64 = row.get(0).map_err(&fail)?;
        let damaged = |faults| StoreError::Damaged {
            path: self.path.clone(),
            entry: number,
            faults,
        };
        let mut cells = Cells::default();
        for (place, column) in Column::ALL.iter().enumerate() {
            // The row has the columns in the same order, after its number and the moment it was
            // recorded.
            match row.get_ref(place + 2).map_err(&fail)? {
                ValueRef::Null => {}
                ValueRef::Integer(pence) if *column == Column::Amount => {
                    cells.set(*column, Money::from_pence(pence).to_string())
                }
                // Pence as text, or a text as a number, would read the same.
                value => {
                    let text = value.as_str().ok().filter(|_| *column != Column::Amount);
                    let text = text.ok_or_else(|| damaged(not_as_written(*column, NO_TEXT)))?;
                    cells.set(*column, text);
                    if cells.get(*column) != Some(text) {
                        return Err(damaged(not_as_written(*column, text)));
                    }
                }
            }
        }
        let refers_to: Option<i64> = row.get(19).map_err(&fail)?;
        if let Some(entry) = refers_to {
            cells.set(Column::Reference, entry.to_string());
        }
        let draft = Draft::from_cells(&cells).map_err(&damaged)?;
        for column in [Column::Value, Column::Priorities] {
            // These are read in more than one spelling, and written in one.
            if let Some(text) = cells
                .get(column)
                .filter(|text| draft.cells().get(column) != Some(text))
            {
                return Err(damaged(not_as_written(column, text)));
            }
        }
        let recorded = row
            .get_ref(1)
            .map_err(&fail)?
            .as_str()
            .map_err(|_| damaged(not_as_written(Column::On, NO_TEXT)))?;
        let stored = row.get_ref(20).map_err(&fail)?;
        let number = u32::try_from(number)
            .map(EntryNumber)
            .map_err(|_| damaged(not_as_written(Column::Reference, &number.to_string())))?;
        let on = draft
            .on()
            .ok_or_else(|| damaged(not_as_written(Column::On, "")))?;
        let recorded = recorded
            .parse()
            .map_err(|_| damaged(not_as_written(Column::On, recorded)))?;
        let entry = Entry::from_draft(draft, number, on, recorded);
        let fingerprint = fingerprint(stored)
            .ok_or_else(|| damaged(not_as_written(Column::Value, &format!("{stored:?}"))))?;
        Ok((entry, fingerprint))
    }

    /// The priorities the book knows, by scheme and code.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file cannot be read.
    pub fn priorities(&self) -> Result<Vec<Priority>, StoreError> {
        let fail = StoreError::sqlite(&self.path);
        let mut statement = self
            .connection
            .prepare_cached("SELECT scheme, code, name, first_year, last_year FROM priority ORDER BY scheme, code")
            .map_err(&fail)?;
        let rows = statement.query_map([], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get::<_, String>(3)?,
                row.get::<_, Option<String>>(4)?,
            ))
        });
        let rows = rows
            .map_err(&fail)?
            .collect::<Result<Vec<_>, _>>()
            .map_err(&fail)?;
        rows.into_iter()
            .map(|(scheme, code, name, first, last)| {
                let last_year = last
                    .map(|last| self.read_back(Column::Year, &last))
                    .transpose()?;
                Ok(Priority {
                    scheme,
                    code,
                    name,
                    first_year: self.read_back(Column::Year, &first)?,
                    last_year,
                })
            })
            .collect()
    }

    /// Reads a text of the file that this program wrote.
    fn read_back<T: std::str::FromStr<Err: std::fmt::Display>>(
        &self,
        column: Column,
        text: &str,
    ) -> Result<T, StoreError> {
        text.parse().map_err(|error: T::Err| StoreError::Damaged {
            path: self.path.clone(),
            entry: 0,
            faults: vec![CellFault::expected(column, text, error)],
        })
    }
}

/// A fingerprint as a file keeps it: 32 bytes, or in version 1 the same as 64 letters.
fn fingerprint(stored: ValueRef<'_>) -> Option<Fingerprint> {
    match stored {
        ValueRef::Blob(bytes) => bytes.try_into().ok().map(Fingerprint::from_bytes),
        stored => stored.as_str().ok()?.parse().ok(),
    }
}

/// What is found where another program put something that is no text of the column.
const NO_TEXT: &str = "another type, or bytes that are no text";

/// Kinds as a list in SQL.
fn words(kinds: &[Kind]) -> String {
    kinds
        .iter()
        .map(|kind| format!("'{kind}'"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// A text that this program would have written otherwise: another program changed it.
fn not_as_written(column: Column, found: &str) -> Vec<CellFault> {
    vec![CellFault::expected(
        column,
        found,
        "the text as this program writes it",
    )]
}
