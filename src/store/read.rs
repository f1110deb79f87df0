//! Reading entries back, and what else the file holds.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::OptionalExtension;

use crate::model::{
    CellFault, Column, Date, Entry, EntryNumber, FinancialYear, Fingerprint, Kind, Moment, Names,
    Priority, ProjectRef, YearError,
};
use crate::store::error::{Change, StoreError};
use crate::store::handle::Store;
use crate::store::row::{COLUMNS, fingerprint};

/// The years up to `?1` that have an entry, each found by one step in an index: the view
/// `known_year`, which other programs can read, looks at every entry.
const KNOWN_YEARS: &str = "WITH RECURSIVE known (year) AS (SELECT min(year) FROM entry UNION ALL \
    SELECT (SELECT min(year) FROM entry WHERE entry.year > known.year) FROM known \
    WHERE known.year < ?1)";

type PriorityRow = (String, String, String, String, Option<String>);

impl Store {
    /// Asks several questions of one state of the file, whatever others write meanwhile. Within
    /// another of these, or within a change, the state is that one's.
    pub(crate) fn read<T, E: From<StoreError>>(
        &self,
        questions: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        if !self.connection.is_autocommit() {
            return questions();
        }
        self.ask(|connection| connection.execute_batch("BEGIN"))?;
        let answer = questions();
        // Nothing was written.
        let _ = self.connection.execute_batch("ROLLBACK");
        answer
    }

    /// The names with which the book began, checked as those of a new one are.
    pub(crate) fn names(&self) -> Result<Names, StoreError> {
        let names = self.ask(|connection| {
            connection.query_row("SELECT partnership, funder FROM book", [], |row| {
                Ok(Names {
                    partnership: row.get(0)?,
                    funder: row.get(1)?,
                    ..Names::default()
                })
            })
        })?;
        if names.checked().as_ref() != Ok(&names) {
            let (path, change) = (self.path.clone(), Change::Names);
            return Err(StoreError::Altered { path, change });
        }
        Ok(names)
    }

    /// The fingerprint of an entry, or `None` if there is no entry of that number.
    pub(crate) fn fingerprint_at(
        &self,
        number: EntryNumber,
    ) -> Result<Option<Fingerprint>, StoreError> {
        let query = "SELECT fingerprint FROM entry WHERE number = ?1";
        let found = self.ask(|connection| {
            connection
                .query_row(query, [number.0], |row| Ok(fingerprint(row.get_ref(0)?)))
                .optional()
        })?;
        Ok(found.flatten())
    }

    /// The entry with this fingerprint, or `None` if no entry has it.
    pub(crate) fn entry_with(
        &self,
        fingerprint: Fingerprint,
    ) -> Result<Option<EntryNumber>, StoreError> {
        let query = "SELECT number FROM entry WHERE fingerprint = ?1";
        self.ask(|connection| {
            connection
                .query_row(query, [fingerprint.as_bytes()], |row| {
                    row.get(0).map(EntryNumber)
                })
                .optional()
        })
    }

    /// Every year that the book has an entry of.
    pub(crate) fn years(&self) -> Result<Vec<FinancialYear>, StoreError> {
        let query = format!("{KNOWN_YEARS} SELECT year FROM known WHERE year IS NOT NULL");
        let years: Vec<String> = self.rows(&query, ["9999"], |row| row.get(0))?;
        years.iter().map(|year| self.year(year)).collect()
    }

    /// A year's entries of some kinds, with every reversal, in the order recorded.
    pub(crate) fn entries(
        &self,
        year: FinancialYear,
        kinds: &[Kind],
    ) -> Result<Vec<Entry>, StoreError> {
        let kinds = sql_list(&[kinds, &[Kind::Reverse]].concat());
        let query = format!("SELECT {COLUMNS} FROM entry WHERE year = ?1 AND kind IN ({kinds})");
        let mut found = Vec::new();
        self.visit(&query, [year.to_string()], |entry, _| {
            found.push(entry);
            Ok::<(), StoreError>(())
        })?;
        // SQLite would sort whole rows, not knowing that they are read into memory.
        found.sort_unstable_by_key(|entry: &Entry| entry.number);
        Ok(found)
    }

    /// A year's entries that take effect after a day, in no order.
    pub(crate) fn entries_after(
        &self,
        year: FinancialYear,
        day: Date,
    ) -> Result<Vec<Entry>, StoreError> {
        let (spending, others): (Vec<Kind>, Vec<Kind>) =
            Kind::ALL.iter().partition(|kind| kind.is_spending());
        let (spending, others) = (sql_list(&spending), sql_list(&others));
        // The index finds the last days of one project's spend, but not those of all spend.
        let after = format!("SELECT {COLUMNS} FROM entry WHERE year = ?1 AND on_date > ?2");
        let query = format!(
            "{after} AND kind IN ({others}) UNION ALL {after} AND kind IN ({spending}) \
             AND project IN (SELECT account FROM balance WHERE year = ?1)"
        );
        let mut found = Vec::new();
        self.visit(&query, (year.to_string(), day.to_string()), |entry, _| {
            found.push(entry);
            Ok::<(), StoreError>(())
        })?;
        Ok(found)
    }

    /// The entries of one kind of a year and of earlier ones, with every reversal of their years.
    pub(crate) fn entries_up_to(
        &self,
        year: FinancialYear,
        kind: Kind,
    ) -> Result<Vec<Entry>, StoreError> {
        let query = format!(
            "{KNOWN_YEARS} SELECT year FROM known WHERE year <= ?1 AND EXISTS \
             (SELECT 1 FROM entry WHERE entry.year = known.year AND kind = ?2)"
        );
        let asked = [year.to_string(), kind.to_string()];
        let years: Vec<String> = self.rows(&query, asked, |row| row.get(0))?;
        let mut found = Vec::new();
        for year in &years {
            found.append(&mut self.entries(self.year(year)?, &[kind])?);
        }
        Ok(found)
    }

    /// Visits a year's entries of some kinds, of one project or of all, in no order, holding one at
    /// a time.
    pub(crate) fn for_each_of_kind<E: From<StoreError>>(
        &self,
        year: FinancialYear,
        kinds: &[Kind],
        project: Option<&ProjectRef>,
        mut visitor: impl FnMut(Entry) -> Result<(), E>,
    ) -> Result<(), E> {
        let condition = project.map_or("?2 IS NULL", |_| "project = ?2");
        let kinds = sql_list(kinds);
        let query = format!(
            "SELECT {COLUMNS} FROM entry WHERE year = ?1 AND kind IN ({kinds}) AND {condition}"
        );
        let project = project.map(ProjectRef::as_str);
        self.visit(&query, (year.to_string(), project), |entry, _| {
            visitor(entry)
        })
    }

    /// The entry of a number, or `None` if there is none.
    pub(crate) fn entry_at(&self, number: EntryNumber) -> Result<Option<Entry>, StoreError> {
        let query = format!("SELECT {COLUMNS} FROM entry WHERE number = ?1");
        let mut found = None;
        self.visit(&query, [number.0], |entry, _| {
            found = Some(entry);
            Ok::<(), StoreError>(())
        })?;
        Ok(found)
    }

    /// The entries that are reversed, each with its reversal, as known at a moment.
    pub(crate) fn reversals(
        &self,
        known_at: Option<Moment>,
    ) -> Result<BTreeMap<EntryNumber, EntryNumber>, StoreError> {
        let by = known_at.map_or("9999".to_owned(), |moment| moment.to_string());
        let query = "SELECT refers_to, number FROM entry WHERE kind = 'reverse' AND recorded <= ?1";
        self.rows(query, [by], |row| {
            Ok((EntryNumber(row.get(0)?), EntryNumber(row.get(1)?)))
        })
    }

    /// Visits every entry in the order recorded, with its fingerprint, holding one at a time.
    pub(crate) fn for_each_entry<E: From<StoreError>>(
        &self,
        visitor: impl FnMut(Entry, Fingerprint) -> Result<(), E>,
    ) -> Result<(), E> {
        self.for_each_entry_after(0, visitor)
    }

    /// Visits the entries with a number above this one, as [`Store::for_each_entry`] does.
    pub(crate) fn for_each_entry_after<E: From<StoreError>>(
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
        parameters: impl rusqlite::Params,
        mut visitor: impl FnMut(Entry, Fingerprint) -> Result<(), E>,
    ) -> Result<(), E> {
        let fail = StoreError::sqlite(&self.path);
        let mut statement = self.connection.prepare_cached(query).map_err(&fail)?;
        let mut rows = statement.query(parameters).map_err(&fail)?;
        while let Some(row) = rows.next().map_err(&fail)? {
            let (entry, fingerprint) = self.decode(row)?;
            visitor(entry, fingerprint)?;
        }
        Ok(())
    }

    /// The priorities that the book knows, by scheme and code, each checked as those of a
    /// folder are.
    pub(crate) fn priorities(&self) -> Result<Vec<Priority>, StoreError> {
        let query =
            "SELECT scheme, code, name, first_year, last_year FROM priority ORDER BY scheme, code";
        let rows: Vec<PriorityRow> = self.rows(query, [], |row| row.try_into())?;
        let (mut priorities, mut codes) = (Vec::new(), BTreeSet::new());
        for row in rows {
            let fault = |problem| StoreError::Priority {
                path: self.path.clone(),
                code: row.1.clone(),
                problem,
            };
            priorities.push(priority(&row).map_err(fault)?);
            if !codes.insert(row.1.clone()) {
                return Err(fault("another scheme has it too".to_owned()));
            }
        }
        Ok(priorities)
    }

    fn year(&self, text: &str) -> Result<FinancialYear, StoreError> {
        text.parse()
            .map_err(|error: YearError| StoreError::Damaged {
                path: self.path.clone(),
                entry: None,
                faults: vec![CellFault::expected(Column::Year, text, error)],
            })
    }
}

/// A row as a priority, or what is wrong with it.
fn priority(row: &PriorityRow) -> Result<Priority, String> {
    let (scheme, code, name, first, last) = row;
    let priority = Priority::from_cells([
        scheme,
        code,
        name,
        first,
        last.as_deref().unwrap_or_default(),
    ])
    .map_err(|(_, expected)| format!("one of its texts is not {expected}"))?;
    let years = [Some(priority.first_year), priority.last_year]
        .map(|year| year.map(|year| year.to_string()));
    let is_as_written = (&priority.scheme, &priority.name) == (scheme, name)
        && years == [Some(first.clone()), last.clone()];
    if !is_as_written {
        return Err("one of its texts is not as this program writes it".to_owned());
    }
    Ok(priority)
}

fn sql_list(kinds: &[Kind]) -> String {
    let quoted: Vec<String> = kinds.iter().map(|kind| format!("'{kind}'")).collect();
    quoted.join(", ")
}
