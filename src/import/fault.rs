//! [`InputError`]: what is wrong with somebody's file, each fault with its place and its kind.
//!
//! Every reader of this crate fails with the kinds below. Their texts are for people; programs
//! ask the predicates.

mod cell;
mod decision;
mod file;
mod row;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::CellFault;
use crate::rules::Place;

pub use cell::{NotUtf8, ProjectFault, RuleMatch, ValueFault};
pub use decision::DecisionFault;
pub use file::{FileFault, FolderFault, MapFault, WorkbookFault};
pub use row::{HeaderFault, RowFault};

/// The most faults that are listed; the rest are counted.
pub const MAX_FAULTS: usize = 100;

/// What kind of thing is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
#[non_exhaustive]
pub enum FaultKind {
    /// The file as a whole.
    File(#[from] FileFault),
    /// The file as a workbook.
    Workbook(#[from] WorkbookFault),
    /// The header, or a column that it names or lacks.
    Header(#[from] HeaderFault),
    /// A row as a row.
    Row(#[from] RowFault),
    /// A cell of `entries.csv`.
    Cell(#[from] CellFault),
    /// A cell of any other file.
    Value(#[from] ValueFault),
    /// A cell that is not text.
    NotUtf8(#[from] NotUtf8),
    /// The project of an extract's line.
    Project(#[from] ProjectFault),
    /// What was decided of a waiting line.
    Decision(#[from] DecisionFault),
    /// A map.
    Map(#[from] MapFault),
    /// The files of a folder beside each other, or beside the book they are loaded into.
    Folder(#[from] FolderFault),
}

impl FaultKind {
    /// Returns `true` if nothing behind the fault is read, so that no row can be left out to get
    /// past it.
    pub fn ends_reading(&self) -> bool {
        match self {
            FaultKind::Row(fault) => fault.ends_reading(),
            FaultKind::Header(fault) => matches!(fault, HeaderFault::RepeatedColumn { .. }),
            _ => false,
        }
    }

    /// Returns `true` if the file could not be opened or read at all.
    pub fn is_unreadable_file(&self) -> bool {
        matches!(self, FaultKind::File(FileFault::Unreadable { .. }))
    }

    /// Returns `true` if the file needs a map, because it is no template.
    pub fn needs_map(&self) -> bool {
        matches!(self, FaultKind::File(FileFault::NoTemplate { .. }))
    }

    /// Returns `true` if no row of the file looks like the header of a ledger.
    pub fn is_no_ledger(&self) -> bool {
        matches!(
            self,
            FaultKind::File(FileFault::NoLedger { .. } | FileFault::NoHeaderFound { .. })
        )
    }

    /// Returns `true` if the map names a column that the header lacks.
    pub fn names_missing_column(&self) -> bool {
        matches!(self, FaultKind::Header(HeaderFault::MissingColumn { .. }))
    }
}

/// One thing wrong with a file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFault {
    /// The file.
    pub file: PathBuf,
    /// The sheet, if several are read as one.
    pub sheet: Option<Arc<str>>,
    /// The row as a spreadsheet numbers it (the header is row 1), or the line of a map or of settings.
    pub row: Option<u64>,
    /// What is wrong there.
    pub kind: FaultKind,
}

impl std::fmt::Display for InputFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(sheet) = &self.sheet {
            write!(f, ", sheet {sheet}")?;
        }
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        write!(f, ": {}", self.kind)
    }
}

/// What is wrong with a file: the first hundred faults, and how many more.
#[derive(Debug, Clone, Default, PartialEq, Eq, thiserror::Error)]
#[error("{}", listed(.faults, *.more))]
pub struct InputError {
    /// The first faults, in the order of the rows.
    pub faults: Vec<InputFault>,
    /// How many more there are.
    pub more: usize,
}

fn listed(faults: &[InputFault], more: usize) -> String {
    let mut lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    if more > 0 {
        lines.push(format!("… and {more} more"));
    }
    lines.join("\n")
}

impl InputError {
    /// An error of one fault.
    pub fn one(file: &Path, row: Option<u64>, kind: impl Into<FaultKind>) -> InputError {
        let mut error = InputError::default();
        error.add(file, row, kind);
        error
    }

    /// Adds a fault.
    pub fn add(&mut self, file: &Path, row: Option<u64>, kind: impl Into<FaultKind>) {
        self.push(InputFault {
            file: file.to_owned(),
            sheet: None,
            row,
            kind: kind.into(),
        });
    }

    /// Adds a fault of a line of an extract.
    pub(crate) fn add_at(&mut self, file: &Path, place: &Place, kind: impl Into<FaultKind>) {
        self.push(InputFault {
            file: file.to_owned(),
            sheet: place.sheet.clone(),
            row: Some(place.row),
            kind: kind.into(),
        });
    }

    fn push(&mut self, fault: InputFault) {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(fault);
        } else {
            self.more += 1;
        }
    }

    /// The value of a result; its faults, if it has any, are added to these.
    pub fn keep<T>(&mut self, result: Result<T, InputError>) -> Option<T> {
        let add = |error: InputError| {
            error.faults.into_iter().for_each(|fault| self.push(fault));
            self.more += error.more;
        };
        result.map_err(add).ok()
    }

    /// `Ok` if there is no fault.
    pub fn into_result(self) -> Result<(), InputError> {
        if self.faults.is_empty() {
            Ok(())
        } else {
            Err(self)
        }
    }

    /// Returns `true` if the file, or one of the files, could not be opened or read at all.
    pub fn is_unreadable_file(&self) -> bool {
        self.faults
            .iter()
            .any(|fault| fault.kind.is_unreadable_file())
    }
}
