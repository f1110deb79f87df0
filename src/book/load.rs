//! Loading a folder of CSV files: every cell is looked at before any rule is tried, and all is
//! recorded or nothing.

use std::path::Path;

use crate::book::Book;
use crate::book::record::{Clerk, Commit};
use crate::error::Error;
use crate::import::{Folder, Sheet, SheetError};
use crate::model::{Cells, Column, Draft, EntryNumber, Fingerprint, Moment, Priority, is_code};
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
/// [`Error::Sheet`] with all that the cells show to be wrong, [`Error::RefusedRow`] with the first
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
    let names = files.names.clone().unwrap_or_else(Names::usual);
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

impl Names {
    /// The names of a book that was not told any.
    #[must_use]
    pub fn usual() -> Names {
        Names {
            partnership: "Community Safety Partnership".into(),
            funder: "Office of the Police and Crime Commissioner".into(),
        }
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
        let mut faults = SheetError::default();
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
    fn open_record(&self) -> Result<Option<Record>, SheetError> {
        if self.folder.has(RECORD) {
            Record::open(self.folder).map(Some)
        } else {
            Ok(None)
        }
    }

    /// Looks at every cell of `entries.csv` and `record.csv`; says how many entries there are.
    fn check_cells(&self, by: &str) -> Result<u64, SheetError> {
        let mut faults = SheetError::default();
        let mut sheet = open_entries(self.folder)?;
        let mut rows = 0;
        loop {
            match sheet.read() {
                Ok(false) => break,
                Err(what) => faults.add(sheet.file(), Some(sheet.row()), what),
                Ok(true) => match draft(&sheet, by) {
                    Ok(_) => rows += 1,
                    Err(found) => found
                        .iter()
                        .for_each(|what| faults.add(sheet.file(), Some(sheet.row()), what)),
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

    /// Holds the files against a book that is there already.
    fn fits(&self, book: &Book) -> Result<(), Error> {
        if self.folder.has(RECORD) {
            let what = "it goes with a whole book: load it where there is no book, or take it away to add these entries to this one";
            return Err(SheetError::one(&self.folder.path(RECORD), None, what).into());
        }
        let there = book.names()?;
        if let Some(names) = self.names.as_ref().filter(|names| **names != there) {
            let what = format!(
                "found {:?} and {:?}, but the book is of {:?} and {:?}",
                names.partnership, names.funder, there.partnership, there.funder
            );
            return Err(SheetError::one(&self.folder.path(BOOK), Some(2), what).into());
        }
        let known = book.store.priorities()?;
        for priority in &self.priorities {
            if known
                .iter()
                .any(|k| k.code == priority.code && k != priority)
            {
                let what = format!(
                    "code {} is in the book already, and means something else",
                    priority.code
                );
                return Err(SheetError::one(&self.folder.path(PRIORITIES), None, what).into());
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
            let changed = |what: &str| {
                SheetError::one(
                    &self.folder.path(ENTRIES),
                    None,
                    format!("it changed while it was read: {what}"),
                )
            };
            sheet.read().map_err(|what| changed(&what))?;
            let draft = draft(&sheet, by).map_err(|_| changed("a cell"))?;
            let draft = draft.renumbered_after(before);
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
                    let what = format!(
                        "entry {entry} gives fingerprint {found}, but {expected} was recorded: something in it, before it or in book.csv was changed"
                    );
                    return Err(SheetError::one(
                        record.sheet.file(),
                        Some(record.sheet.row()),
                        what,
                    )
                    .into());
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
        Refusal::AlreadyReversed { entry, by, .. } => {
            renumber(entry);
            renumber(by);
        }
        _ => {}
    }
    refusal
}

fn open_entries(folder: Folder<'_>) -> Result<Sheet, SheetError> {
    let columns: Vec<&str> = Column::ALL.iter().map(|column| column.as_str()).collect();
    Sheet::open(folder, ENTRIES, &columns)
}

/// The row last read, as a draft; or all that is wrong with its cells.
fn draft(sheet: &Sheet, by: &str) -> Result<Draft, Vec<String>> {
    let mut cells = Cells::default();
    let mut faults = Vec::new();
    for column in Column::ALL {
        match sheet.get(*column as usize) {
            Some(text) => cells.set(*column, text),
            None => faults.push(format!(
                "{column}: found bytes that are not UTF-8, expected a file saved as CSV UTF-8"
            )),
        }
    }
    if cells.get(Column::By).is_none() {
        cells.set(Column::By, by);
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Draft::from_cells(&cells).map_err(|faults| faults.iter().map(ToString::to_string).collect())
}

/// `record.csv` being read: the moment and fingerprint of each entry.
struct Record {
    sheet: Sheet,
    last: Option<Moment>,
}

impl Record {
    fn open(folder: Folder<'_>) -> Result<Record, SheetError> {
        Ok(Record {
            sheet: Sheet::open(folder, RECORD, &RECORD_COLUMNS)?,
            last: None,
        })
    }

    fn next(&mut self, number: u64) -> Result<(Moment, Fingerprint), SheetError> {
        let read = self.sheet.read();
        let fault = |what: String| SheetError::one(self.sheet.file(), Some(self.sheet.row()), what);
        if !read.map_err(&fault)? {
            return Err(SheetError::one(
                self.sheet.file(),
                Some(self.sheet.row() + 1),
                format!(
                    "found no row for entry {number}, expected one for each entry of entries.csv"
                ),
            ));
        }
        let text = |column: usize| self.sheet.get(column).unwrap_or_default();
        if text(0) != number.to_string() {
            return Err(fault(format!(
                "number: found {:?}, expected {number}",
                text(0)
            )));
        }
        let moment: Moment = text(1)
            .parse()
            .map_err(|error| fault(format!("recorded: found {:?}, expected {error}", text(1))))?;
        if let Some(last) = self.last.filter(|last| moment < *last) {
            return Err(fault(format!(
                "recorded: found {moment}, expected no moment before the last entry's {last}"
            )));
        }
        let fingerprint = text(2).parse().map_err(|error| {
            fault(format!(
                "fingerprint: found {:?}, expected {error}",
                text(2)
            ))
        })?;
        self.last = Some(moment);
        Ok((moment, fingerprint))
    }

    fn end(&mut self, rows: u64) -> Result<(), SheetError> {
        match self.sheet.read() {
            Ok(false) => Ok(()),
            _ => Err(SheetError::one(
                self.sheet.file(),
                Some(self.sheet.row()),
                format!("found a row more than the {rows} entries of entries.csv"),
            )),
        }
    }
}

fn read_names(folder: Folder<'_>) -> Result<Names, SheetError> {
    let mut sheet = Sheet::open(folder, BOOK, &BOOK_COLUMNS)?;
    let fault = |row, what: &str| SheetError::one(&folder.path(BOOK), Some(row), what);
    if !sheet.read().map_err(|what| fault(2, &what))? {
        return Err(fault(
            2,
            "found nothing, expected the names of the partnership and the funder",
        ));
    }
    let name = |column: usize| {
        sheet
            .get(column)
            .map(str::trim)
            .filter(|name| (1..=200).contains(&name.chars().count()))
            .map(str::to_owned)
    };
    let names = name(0).zip(name(1)).map(|(partnership, funder)| Names {
        partnership,
        funder,
    });
    names.ok_or_else(|| {
        fault(
            2,
            "expected the names of the partnership and the funder, each of 1 to 200 characters",
        )
    })
}

fn read_priorities(folder: Folder<'_>) -> Result<Vec<Priority>, SheetError> {
    let mut sheet = Sheet::open(folder, PRIORITIES, &PRIORITY_COLUMNS)?;
    let file = &folder.path(PRIORITIES);
    let mut faults = SheetError::default();
    let mut found: Vec<Priority> = Vec::new();
    loop {
        match sheet.read() {
            Ok(false) => break,
            Err(what) => faults.add(file, Some(sheet.row()), what),
            Ok(true) => match read_priority(&sheet) {
                Ok(priority) if found.iter().any(|p| p.code == priority.code) => faults.add(
                    file,
                    Some(sheet.row()),
                    format_args!("code: {} is there twice", priority.code),
                ),
                Ok(priority) => found.push(priority),
                Err(what) => faults.add(file, Some(sheet.row()), what),
            },
        }
    }
    faults.into_result()?;
    Ok(found)
}

fn read_priority(sheet: &Sheet) -> Result<Priority, String> {
    let text = |column: usize, most: usize| {
        let text = sheet.get(column).unwrap_or_default().trim();
        let fits = (1..=most).contains(&text.chars().count());
        if fits {
            Ok(text.to_owned())
        } else {
            Err(format!(
                "{}: found {text:?}, expected 1 to {most} characters",
                PRIORITY_COLUMNS[column]
            ))
        }
    };
    let year = |column: usize| {
        let text = sheet.get(column).unwrap_or_default().trim();
        text.parse().map_err(|error: crate::model::YearError| {
            format!(
                "{}: found {text:?}, expected {error}",
                PRIORITY_COLUMNS[column]
            )
        })
    };
    let code = text(1, 100)?;
    if !is_code(&code) {
        return Err(format!(
            "code: found {code:?}, expected capital letters, digits and hyphens"
        ));
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
        Some(last) if last < priority.first_year => Err(format!(
            "last_year: found {last}, expected no year before {}",
            priority.first_year
        )),
        _ => Ok(priority),
    }
}
