//! The files of a folder together, and `entries.csv`: one row for each entry.

use std::collections::BTreeSet;

use crate::book::handle::Book;
use crate::book::load::columns::{BOOK, ENTRIES, PRIORITIES, RECORD};
use crate::book::load::record::Record;
use crate::book::load::small_files::read_names;
use crate::book::load::small_files::read_priorities;
use crate::error::Error;
use crate::import::fault::{FolderFault, NotUtf8};
use crate::import::{FaultKind, Folder, InputError, Sheet};
use crate::model::{Cells, Column, Draft, EntryNumber, FinancialYear, Names, Priority};

/// What the rows of `entries.csv` are about, as found when their cells were checked.
#[derive(Default)]
pub(super) struct Rows {
    /// How many there are.
    pub(super) count: u64,
    pub(super) years: BTreeSet<FinancialYear>,
    /// The entries that others among them name, by their numbers in the file.
    pub(super) named: BTreeSet<EntryNumber>,
}

/// The files of a folder, the small ones read.
pub(super) struct Files<'a> {
    pub(super) folder: Folder<'a>,
    pub(super) names: Option<Names>,
    pub(super) priorities: Vec<Priority>,
    /// Whether the recorded moments and fingerprints are beside the entries.
    has_record: bool,
}

impl<'a> Files<'a> {
    /// Checks every cell of every file. Returns what the entries are about, too.
    pub(super) fn check(folder: Folder<'a>, by: &str) -> Result<(Files<'a>, Rows), Error> {
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

    pub(super) fn open_record(&self) -> Result<Option<Record>, InputError> {
        self.has_record()
            .then(|| Record::open(self.folder))
            .transpose()
    }

    /// Checks every cell of `entries.csv` and `record.csv`.
    fn check_cells(&self, by: &str) -> Result<Rows, InputError> {
        let mut faults = InputError::default();
        let mut sheet = open_entries(self.folder)?;
        let mut rows = Rows::default();
        loop {
            let draft = match sheet.read() {
                Ok(false) => break,
                Ok(true) => cells(&sheet, by).and_then(|cells| self.draft(&cells)),
                Err(fault) => Err(vec![fault.into()]),
            };
            match draft {
                Ok(draft) => {
                    rows.count += 1;
                    rows.years.insert(draft.year());
                    rows.named.extend(draft.event().refers_to());
                }
                Err(found) => {
                    for kind in found {
                        faults.add(sheet.file(), Some(sheet.row()), kind);
                    }
                }
            }
        }
        faults.into_result()?;
        if let Some(mut record) = self.open_record()? {
            for number in 1..=rows.count {
                record.next(number)?;
            }
            record.end(rows.count)?;
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

    /// A row as a draft, or everything that is wrong with its cells. What `record.csv` vouches for
    /// is on record already; all else is new.
    pub(super) fn draft(&self, cells: &Cells<'_>) -> Result<Draft, Vec<FaultKind>> {
        let draft = if self.has_record {
            Draft::from_cells(cells)
        } else {
            Draft::from_new_cells(cells)
        };
        draft.map_err(|faults| faults.into_iter().map(FaultKind::from).collect())
    }
}

/// The cells of the row last read. `by` recorded it if it does not say.
pub(super) fn cells<'a>(sheet: &'a Sheet, by: &'a str) -> Result<Cells<'a>, Vec<FaultKind>> {
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

pub(super) fn open_entries(folder: Folder<'_>) -> Result<Sheet, InputError> {
    let columns: Vec<&str> = Column::ALL.iter().map(|column| column.as_str()).collect();
    Sheet::open(folder, ENTRIES, &columns)
}
