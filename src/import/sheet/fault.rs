//! [`SheetFault`] and [`SheetError`]: what is wrong with a file, and where.

use std::fmt::Display;
use std::path::{Path, PathBuf};

/// The most faults that are listed; the rest are counted.
pub const MAX_FAULTS: usize = 100;

/// One thing wrong with a file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetFault {
    /// The file.
    pub file: PathBuf,
    /// The row as a spreadsheet numbers it: the header is row 1.
    pub row: Option<u64>,
    /// What is wrong there.
    pub what: String,
}

impl Display for SheetFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.row {
            Some(row) => write!(f, "{}, row {row}: {}", self.file.display(), self.what),
            None => write!(f, "{}: {}", self.file.display(), self.what),
        }
    }
}

/// What is wrong with a file: the first hundred faults, and how many more.
#[derive(Debug, Clone, Default, PartialEq, Eq, thiserror::Error)]
#[error("{}", listed(.faults, *.more))]
pub struct SheetError {
    /// The first faults, in the order of the rows.
    pub faults: Vec<SheetFault>,
    /// How many more there are.
    pub more: usize,
}

fn listed(faults: &[SheetFault], more: usize) -> String {
    let mut lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    if more > 0 {
        lines.push(format!("… and {more} more"));
    }
    lines.join("\n")
}

impl SheetError {
    /// One fault.
    #[must_use]
    pub fn one(file: &Path, row: Option<u64>, what: impl Display) -> SheetError {
        let mut error = SheetError::default();
        error.add(file, row, what);
        error
    }

    /// One more fault.
    pub fn add(&mut self, file: &Path, row: Option<u64>, what: impl Display) {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(SheetFault {
                file: file.to_owned(),
                row,
                what: what.to_string(),
            });
        } else {
            self.more += 1;
        }
    }

    /// Takes in what is wrong with one of several files; gives on what was right.
    pub fn keep<T>(&mut self, result: Result<T, SheetError>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                error
                    .faults
                    .iter()
                    .for_each(|fault| self.add(&fault.file, fault.row, &fault.what));
                self.more += error.more;
                None
            }
        }
    }

    /// Nothing wrong, or this.
    ///
    /// # Errors
    ///
    /// Itself, where it holds a fault.
    pub fn into_result(self) -> Result<(), SheetError> {
        if self.faults.is_empty() {
            Ok(())
        } else {
            Err(self)
        }
    }
}
