//! Loading a folder of CSV files: every cell is looked at before any rule is tried, and all is
//! recorded or nothing.

use std::fmt::Display;
use std::path::Path;

use crate::book::handle::Book;
use crate::book::record::{Clerk, Commit};
use crate::error::Error;
use crate::import::fault::{FileFault, FolderFault, NotUtf8, RowFault, ValueFault};
use crate::import::{FaultKind, Folder, InputError, Sheet};
use crate::model::{
    Cells, Column, Draft, EntryNumber, Event, Fingerprint, Moment, Priority, YearError, is_code,
};
use crate::rules::Refusal;
use crate::store::{Access, Names, Store, StoreError};

/// The names of the files.
pub(super) const ENTRIES: &str = "entries.csv";
pub(super) const RECORD: &str = "record.csv";
pub(super) const BOOK: &str = "book.csv";
pub(super) const PRIORITIES: &str = "priorities.csv";
/// The columns of `record.csv`.
pub(super) const RECORD_COLUMNS: [&str; 3] = ["number", "recorded", "fingerprint"];
/// The columns of `book.csv`.
pub(super) const BOOK_COLUMNS: [&str; 2] = ["partnership", "funder"];
/// The columns of `priorities.csv`.
pub(super) const PRIORITY_COLUMNS: [&str; 5] =
    ["scheme", "code", "name", "first_year", "last_year"];

/// What was loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loaded {
    /// How many entries.
    pub entries: u64,
    /// Was there no book before?
    pub created: bool,
    /// Were the recorded moments and fingerprints taken from `record.csv`, and the fingerprints
    /// found right?
    pub verified: bool,
}

/// Loads `folder/entries.csv`, with the `book.csv`, `priorities.csv` and `record.csv` that may
/// stand beside it, into the book at `path`, which is made where there is none.
///
/// `by` is who recorded the rows that do not say.
///
/// # Errors
///
/// [`Error::Input`] with all that the cells show to be wrong, [`Error::RefusedRow`] with the first
/// row that a rule refuses. The book is then as it was, or still not there.
pub fn load(
    path: &Path,
    folder: Folder<'_>,
    by: &str,
    now: Moment,
    commit: Commit,
) -> Result<Loaded, Error> {
    let (files, rows) = Files::look(folder, by)?;
    let exists = std::fs::symlink_metadata(path).is_ok();
    let fill = |store: &mut Store| {
        store.write(by, now, |writing, moment| {
            for priority in &files.priorities {
                if !writing.store().priorities()?.contains(priority) {
                    writing.add_priority(priority)?;
                }
            }
            let mut clerk = Clerk::new(writing);
            files.record(&mut clerk, by, moment, rows)?;
            let loaded = Loaded {
                entries: rows,
                created: !exists,
                verified: files.folder.has(RECORD),
            };
            Ok(((loaded, clerk.balances()), commit == Commit::Keep))
        })
    };
    if exists {
        let mut book = Book::open(path, Access::Write)?;
        files.fits(&book)?;
        return fill(&mut book.store).map(|(loaded, _)| loaded);
    }
    let names = files.names.clone().unwrap_or_default();
    if commit == Commit::Keep {
        return Store::create(path, &names, fill);
    }
    // A trial of a book that is not there: it is made beside its place, and not put there.
    let mut tried = None;
    let trial: Result<(), Error> = Store::create(path, &names, |store| {
        tried = Some(fill(store)?.0);
        Err(StoreError::NotFound {
            path: path.to_owned(),
        }
        .into())
    });
    match (tried, trial) {
        (Some(loaded), _) => Ok(loaded),
        (None, trial) => Err(trial.err().unwrap_or_else(|| {
            StoreError::NotFound {
                path: path.to_owned(),
            }
            .into()
        })),
    }
}

/// The files of a folder, the small ones read.
struct Files<'a> {
    folder: Folder<'a>,
    names: Option<Names>,
    priorities: Vec<Priority>,
}

impl<'a> Files<'a> {
    /// Looks at every cell of every file; says how many entries there are.
    fn look(folder: Folder<'a>, by: &str) -> Result<(Files<'a>, u64), Error> {
        let mut faults = InputError::default();
        let names = if folder.has(BOOK) {
            faults.keep(read_names(folder))
        } else {
            None
        };
        let priorities = if folder.has(PRIORITIES) {
            faults.keep(read_priorities(folder))
        } else {
            None
        };
        let files = Files {
            folder,
            names,
            priorities: priorities.unwrap_or_default(),
        };
        let rows = faults.keep(files.check_cells(by)).unwrap_or_default();
        faults.into_result()?;
        Ok((files, rows))
    }

    /// The file of moments and fingerprints, where there is one.
    fn open_record(&self) -> Result<Option<Record>, InputError> {
        if self.folder.has(RECORD) {
            Record::open(self.folder).map(Some)
        } else {
            Ok(None)
        }
    }

    /// Looks at every cell of `entries.csv` and `record.csv`; says how many entries there are.
    fn check_cells(&self, by: &str) -> Result<u64, InputError> {
        let mut faults = InputError::default();
        let mut sheet = open_entries(self.folder)?;
        let mut rows = 0;
        loop {
            match sheet.read() {
                Ok(false) => break,
                Err(fault) => faults.add(sheet.file(), Some(sheet.row()), fault),
                Ok(true) => match draft(&sheet, by) {
                    Ok(_) => rows += 1,
                    Err(found) => {
                        for kind in found {
                            faults.add(sheet.file(), Some(sheet.row()), kind);
                        }
                    }
                },
            }
        }
        faults.into_result()?;
        if let Some(mut record) = self.open_record()? {
            for number in 1..=rows {
                record.next(number)?;
            }
            record.end(rows)?;
        }
        Ok(rows)
    }

    /// Compares the files with a book that exists.
    fn fits(&self, book: &Book) -> Result<(), Error> {
        if self.folder.has(RECORD) {
            let fault = FolderFault::RecordOfWholeBook;
            return Err(InputError::one(&self.folder.path(RECORD), None, fault).into());
        }
        let there = book.names()?;
        if let Some(names) = self.names.as_ref().filter(|names| **names != there) {
            let fault = FolderFault::OtherNames {
                found: [names.partnership.clone(), names.funder.clone()],
                book: [there.partnership, there.funder],
            };
            return Err(InputError::one(&self.folder.path(BOOK), Some(2), fault).into());
        }
        let known = book.store.priorities()?;
        for priority in &self.priorities {
            if known
                .iter()
                .any(|k| k.code == priority.code && k != priority)
            {
                let code = priority.code.clone();
                let fault = FolderFault::OtherPriority { code };
                return Err(InputError::one(&self.folder.path(PRIORITIES), None, fault).into());
            }
        }
        Ok(())
    }

    /// Takes every row through the rules.
    fn record(
        &self,
        clerk: &mut Clerk<'_, '_>,
        by: &str,
        now: Moment,
        rows: u64,
    ) -> Result<(), Error> {
        let before = clerk.writing.head().last.map_or(0, |(number, _)| number.0);
        let mut sheet = open_entries(self.folder)?;
        let mut record = self.open_record()?;
        for entry in 1..=rows {
            let changed = || InputError::one(&self.folder.path(ENTRIES), None, FileFault::Changed);
            sheet.read().map_err(|_| changed())?;
            let mut draft = draft(&sheet, by).map_err(|_| changed())?;
            if let Event::Reverse { entry } | Event::Explain { entry } = &mut draft.event {
                *entry = EntryNumber(entry.0.saturating_add(before));
            }
            let recorded = record
                .as_mut()
                .map(|record| record.next(entry))
                .transpose()?;
            let moment = recorded.map_or(now, |(moment, _)| moment);
            clerk.record(draft, moment).map_err(|error| match error {
                Error::Refused { refusal } => {
                    let refusal = in_file(refusal, before);
                    Error::RefusedRow {
                        file: sheet.file().to_owned(),
                        row: sheet.row(),
                        entry,
                        not_reached: rows - entry,
                        refusal,
                    }
                }
                error => error,
            })?;
            if let (Some((_, expected)), Some(record)) = (recorded, &record) {
                let found = clerk.writing.head().fingerprint;
                if found != expected {
                    let fault = FolderFault::Fingerprint {
                        entry,
                        found,
                        expected,
                    };
                    let (file, row) = (record.sheet.file(), record.sheet.row());
                    return Err(InputError::one(file, Some(row), fault).into());
                }
            }
        }
        Ok(())
    }
}

/// The entries of the file that a refusal names, by their numbers in the file.
fn in_file(mut refusal: Refusal, before: u32) -> Refusal {
    let renumber = |number: &mut EntryNumber| number.0 = number.0.saturating_sub(before);
    match &mut refusal {
        Refusal::NoSuchEntry { entry, .. }
        | Refusal::NotPublished { entry, .. }
        | Refusal::NotReversible { entry, .. }
        | Refusal::OnAnotherDay { entry, .. } => renumber(entry),
        Refusal::AlreadyReversed { entry, by } => {
            renumber(entry);
            renumber(by);
        }
        _ => {}
    }
    refusal
}

fn open_entries(folder: Folder<'_>) -> Result<Sheet, InputError> {
    let columns: Vec<&str> = Column::ALL.iter().map(|column| column.as_str()).collect();
    Sheet::open(folder, ENTRIES, &columns)
}

/// The row last read, as a draft; or all that is wrong with its cells.
fn draft(sheet: &Sheet, by: &str) -> Result<Draft, Vec<FaultKind>> {
    let mut cells = Cells::default();
    let mut faults = Vec::new();
    for column in Column::ALL {
        match sheet.get(*column as usize) {
            Some(text) => cells.set(*column, text),
            None => {
                let column = column.to_string();
                faults.push(NotUtf8 { column }.into());
            }
        }
    }
    if cells.get(Column::By).is_none() {
        cells.set(Column::By, by);
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Draft::from_cells(&cells).map_err(|faults| faults.into_iter().map(FaultKind::from).collect())
}

/// `record.csv` being read: the moment and fingerprint of each entry.
struct Record {
    sheet: Sheet,
    last: Option<Moment>,
}

impl Record {
    fn open(folder: Folder<'_>) -> Result<Record, InputError> {
        Ok(Record {
            sheet: Sheet::open(folder, RECORD, &RECORD_COLUMNS)?,
            last: None,
        })
    }

    fn next(&mut self, number: u64) -> Result<(Moment, Fingerprint), InputError> {
        let read = self.sheet.read();
        let (file, row) = (self.sheet.file(), self.sheet.row());
        if !read.map_err(|fault| InputError::one(file, Some(row), fault))? {
            let expected = format!("the moment and fingerprint of entry {number} of entries.csv");
            return Err(InputError::one(
                file,
                Some(row + 1),
                RowFault::Missing { expected },
            ));
        }
        let text = |column: usize| self.sheet.get(column).unwrap_or_default();
        let fault = |column: usize, expected: &dyn Display| {
            let fault = ValueFault::new(RECORD_COLUMNS[column], text(column), expected);
            InputError::one(file, Some(row), fault)
        };
        if text(0) != number.to_string() {
            return Err(fault(0, &number));
        }
        let moment: Moment = text(1).parse().map_err(|error| fault(1, &error))?;
        if let Some(last) = self.last.filter(|last| moment < *last) {
            return Err(fault(
                1,
                &format_args!("{last} or later, as the entry before it"),
            ));
        }
        let fingerprint = text(2).parse().map_err(|error| fault(2, &error))?;
        self.last = Some(moment);
        Ok((moment, fingerprint))
    }

    fn end(&mut self, rows: u64) -> Result<(), InputError> {
        match self.sheet.read() {
            Ok(false) => Ok(()),
            _ => Err(InputError::one(
                self.sheet.file(),
                Some(self.sheet.row()),
                RowFault::OneTooMany { entries: rows },
            )),
        }
    }
}

fn read_names(folder: Folder<'_>) -> Result<Names, InputError> {
    let mut sheet = Sheet::open(folder, BOOK, &BOOK_COLUMNS)?;
    let fault = |kind: FaultKind| InputError::one(&folder.path(BOOK), Some(2), kind);
    if !sheet.read().map_err(|row| fault(row.into()))? {
        let expected = "the names of the partnership and the funder".into();
        return Err(fault(RowFault::Missing { expected }.into()));
    }
    let name =
        |column| text(&sheet, &BOOK_COLUMNS, column, 200).map_err(|found| fault(found.into()));
    Ok(Names {
        partnership: name(0)?,
        funder: name(1)?,
    })
}

/// A cell that holds some text, but not too much.
fn text(
    sheet: &Sheet,
    columns: &[&str],
    column: usize,
    limit: usize,
) -> Result<String, ValueFault> {
    let text = sheet.get(column).unwrap_or_default().trim();
    if (1..=limit).contains(&text.chars().count()) {
        Ok(text.to_owned())
    } else {
        let expected = format_args!("1 to {limit} characters");
        Err(ValueFault::new(columns[column], text, expected))
    }
}

fn read_priorities(folder: Folder<'_>) -> Result<Vec<Priority>, InputError> {
    let mut sheet = Sheet::open(folder, PRIORITIES, &PRIORITY_COLUMNS)?;
    let file = &folder.path(PRIORITIES);
    let mut faults = InputError::default();
    let mut found: Vec<Priority> = Vec::new();
    loop {
        match sheet.read() {
            Ok(false) => break,
            Err(fault) => faults.add(file, Some(sheet.row()), fault),
            Ok(true) => match read_priority(&sheet) {
                Ok(priority) if found.iter().any(|p| p.code == priority.code) => faults.add(
                    file,
                    Some(sheet.row()),
                    ValueFault::new("code", &priority.code, "a code that no row above has"),
                ),
                Ok(priority) => found.push(priority),
                Err(fault) => faults.add(file, Some(sheet.row()), fault),
            },
        }
    }
    faults.into_result()?;
    Ok(found)
}

fn read_priority(sheet: &Sheet) -> Result<Priority, ValueFault> {
    let text = |column, limit| text(sheet, &PRIORITY_COLUMNS, column, limit);
    let year = |column: usize| {
        let text = sheet.get(column).unwrap_or_default().trim();
        text.parse()
            .map_err(|error: YearError| ValueFault::new(PRIORITY_COLUMNS[column], text, error))
    };
    let code = text(1, 100)?;
    if !is_code(&code) {
        let expected = "capital letters, digits and hyphens";
        return Err(ValueFault::new("code", &code, expected));
    }
    let last_year = if sheet.get(4).unwrap_or_default().trim().is_empty() {
        None
    } else {
        Some(year(4)?)
    };
    let priority = Priority {
        scheme: text(0, 100)?,
        code,
        name: text(2, 200)?,
        first_year: year(3)?,
        last_year,
    };
    match last_year {
        Some(last) if last < priority.first_year => {
            let expected = format_args!("{} or later", priority.first_year);
            Err(ValueFault::new("last_year", &last.to_string(), expected))
        }
        _ => Ok(priority),
    }
}
