//! The files of a folder together, and `entries.csv`: one row for each entry.

use crate::book::handle::Book;
use crate::book::load::columns::{BOOK, ENTRIES, PRIORITIES, RECORD};
use crate::book::load::record::Record;
use crate::book::load::small_files::read_names;
use crate::book::load::small_files::read_priorities;
use crate::book::record::Clerk;
use crate::error::Error;
use crate::import::fault::{FileFault, FolderFault, NotUtf8};
use crate::import::{FaultKind, Folder, InputError, Sheet};
use crate::model::{Cells, Column, Contact, Draft, EntryNumber, Moment, Names, Priority};
use crate::rules::Refusal;

/// A row of `entries.csv`.
struct Row {
    /// Its number in the file.
    number: u64,
    draft: Draft,
    /// True if it looks as if it holds a person's contact details.
    has_contact: bool,
}

/// The files of a folder, the small ones read.
pub(super) struct Files<'a> {
    folder: Folder<'a>,
    pub(super) names: Option<Names>,
    pub(super) priorities: Vec<Priority>,
    /// Whether the recorded moments and fingerprints are beside the entries.
    has_record: bool,
}

impl<'a> Files<'a> {
    /// Checks every cell of every file. Returns how many entries there are, too.
    pub(super) fn check(folder: Folder<'a>, by: &str) -> Result<(Files<'a>, u64), Error> {
        let mut faults = InputError::default();
        let names = folder.has(BOOK).then(|| read_names(folder));
        let names = names.and_then(|names| faults.keep(names));
        let priorities = folder.has(PRIORITIES).then(|| read_priorities(folder));
        let priorities = priorities.and_then(|priorities| faults.keep(priorities));
        let files = Files {
            folder,
            names,
            priorities: priorities.unwrap_or_default(),
            has_record: folder.has(RECORD),
        };
        let rows = faults.keep(files.check_cells(by)).unwrap_or_default();
        faults.into_result()?;
        Ok((files, rows))
    }

    /// Returns `true` if the recorded moments and fingerprints are beside the entries.
    pub(super) fn has_record(&self) -> bool {
        self.has_record
    }

    fn open_record(&self) -> Result<Option<Record>, InputError> {
        self.has_record()
            .then(|| Record::open(self.folder))
            .transpose()
    }

    /// Checks every cell of `entries.csv` and `record.csv`. Returns how many entries there are.
    fn check_cells(&self, by: &str) -> Result<u64, InputError> {
        let mut faults = InputError::default();
        let mut sheet = open_entries(self.folder)?;
        let mut rows = 0;
        loop {
            let found = match sheet.read() {
                Ok(false) => break,
                Ok(true) => {
                    let draft = cells(&sheet, by).and_then(|cells| self.draft(&cells));
                    draft.err().unwrap_or_default()
                }
                Err(fault) => vec![fault.into()],
            };
            rows += u64::from(found.is_empty());
            for kind in found {
                faults.add(sheet.file(), Some(sheet.row()), kind);
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
    pub(super) fn check_fit(&self, book: &Book) -> Result<(), Error> {
        if self.has_record() {
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
        let known = book.known_priorities()?;
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

    /// Takes every row through the rules. Returns the rows that look as if they hold a person's
    /// contact details.
    pub(super) fn record(
        &self,
        clerk: &mut Clerk<'_, '_>,
        by: &str,
        now: Moment,
        rows: u64,
    ) -> Result<Vec<u64>, Error> {
        let mut contacts = Vec::new();
        let before = clerk.writing.head().last.map_or(0, |(number, _)| number.0);
        let mut sheet = open_entries(self.folder)?;
        let mut record = self.open_record()?;
        for entry in 1..=rows {
            let row = self.read_again(&mut sheet, by)?;
            let draft = row.draft.renumbered_after(before);
            let recorded = record
                .as_mut()
                .map(|record| record.next(entry))
                .transpose()?;
            let tried = match recorded {
                Some((moment, _)) => clerk.restore(draft, moment),
                None => clerk.record(draft, now),
            };
            tried.map_err(|error| match error {
                Error::Refused { refusal } => Error::RefusedRow {
                    file: self.folder.path(ENTRIES),
                    row: row.number,
                    entry,
                    not_reached: rows - entry,
                    refusal: Box::new(in_file(refusal, before)),
                },
                error => error,
            })?;
            if row.has_contact {
                contacts.push(row.number);
            }
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
        Ok(contacts)
    }

    /// Reads a row that was checked before.
    fn read_again(&self, sheet: &mut Sheet, by: &str) -> Result<Row, InputError> {
        let changed = || InputError::one(&self.folder.path(ENTRIES), None, FileFault::Changed);
        sheet.read().map_err(|_| changed())?;
        let cells = cells(sheet, by).map_err(|_| changed())?;
        Ok(Row {
            number: sheet.row(),
            has_contact: Contact::of_cells(&cells).next().is_some(),
            draft: self.draft(&cells).map_err(|_| changed())?,
        })
    }

    /// A row as a draft, or everything that is wrong with its cells. What `record.csv` vouches for
    /// is on record already; all else is new.
    fn draft(&self, cells: &Cells<'_>) -> Result<Draft, Vec<FaultKind>> {
        let draft = if self.has_record {
            Draft::from_cells(cells)
        } else {
            Draft::from_new_cells(cells)
        };
        draft.map_err(|faults| faults.into_iter().map(FaultKind::from).collect())
    }
}

/// The cells of the row last read. `by` recorded it if it does not say.
fn cells<'a>(sheet: &'a Sheet, by: &'a str) -> Result<Cells<'a>, Vec<FaultKind>> {
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
    if faults.is_empty() {
        Ok(cells)
    } else {
        Err(faults)
    }
}

/// A refusal that names entries of the file by their numbers in it, and earlier ones by their own.
fn in_file(mut refusal: Refusal, before: u32) -> Refusal {
    let renumber = |number: &mut EntryNumber| {
        if number.0 > before {
            number.0 -= before;
        }
    };
    match &mut refusal {
        Refusal::NoSuchEntry { entry, .. }
        | Refusal::NotPublished { entry, .. }
        | Refusal::NotDue { entry, .. }
        | Refusal::NotReversible { entry, .. }
        | Refusal::OnAnotherDay { entry, .. }
        | Refusal::DatedAfterClose { entry, .. } => renumber(entry),
        Refusal::AlreadyReversed { entry, by, .. } | Refusal::AlreadyMet { entry, by, .. } => {
            renumber(entry);
            renumber(by);
        }
        Refusal::BreaksLater { entry, why, .. } => {
            renumber(entry);
            **why = in_file((**why).clone(), before);
        }
        _ => {}
    }
    refusal
}

pub(super) fn open_entries(folder: Folder<'_>) -> Result<Sheet, InputError> {
    let columns: Vec<&str> = Column::ALL.iter().map(|column| column.as_str()).collect();
    Sheet::open(folder, ENTRIES, &columns)
}
