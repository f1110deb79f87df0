//! [`Sheet`]: a CSV file whose columns are found by name.

use std::path::{Path, PathBuf};

use crate::import::fault::{FaultKind, FileFault, HeaderFault, InputError, RowFault};
use crate::import::sheet::folder::Folder;
use crate::import::sheet::inert::plain;
use crate::import::sheet::rows::Rows;

/// A CSV file being read, row by row, its columns found by name.
pub struct Sheet {
    file: PathBuf,
    rows: Rows<'static>,
    /// The index in the file of each expected column.
    indices: Vec<Option<usize>>,
    /// How many columns the header has.
    width: usize,
}

impl Sheet {
    /// Opens a file of a folder, whose header names some of the columns, in any order.
    ///
    /// # Errors
    ///
    /// An [`InputError`] if the file cannot be read, or its header names an unknown column or one
    /// twice.
    pub fn open(folder: Folder<'_>, name: &str, columns: &[&str]) -> Result<Sheet, InputError> {
        let file = &folder.path(name);
        let fail = |kind: FaultKind| InputError::one(file, None, kind);
        let bytes = folder
            .read(name)
            .map_err(|error| fail(FileFault::unreadable(error).into()))?;
        let known = || columns.iter().map(|name| (*name).to_owned()).collect();
        let mut rows = Rows::new(bytes);
        if !rows.read().map_err(|fault| fail(fault.into()))? {
            let fault = HeaderFault::Missing { expected: known() };
            return Err(InputError::one(file, Some(1), fault));
        }
        let mut faults = InputError::default();
        let mut indices = vec![None; columns.len()];
        for (index, name) in rows.cells().iter().enumerate() {
            let name = String::from_utf8_lossy(name);
            let name = name.trim_start_matches('\u{feff}').trim();
            let row = Some(rows.row());
            match columns.iter().position(|column| *column == name) {
                None => {
                    let (name, known) = (name.to_owned(), known());
                    faults.add(file, row, HeaderFault::UnknownColumn { name, known });
                }
                Some(column) if indices[column].is_some() => {
                    let name = name.to_owned();
                    faults.add(file, row, HeaderFault::RepeatedColumn { name });
                }
                Some(column) => indices[column] = Some(index),
            }
        }
        faults.into_result()?;
        let width = rows.cells().len();
        Ok(Sheet {
            file: file.to_owned(),
            rows,
            indices,
            width,
        })
    }

    /// The file's path.
    #[must_use]
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// The number of the row last read, as a spreadsheet numbers it.
    #[must_use]
    pub fn row(&self) -> u64 {
        self.rows.row()
    }

    /// Reads the next row that is not blank; `false` at the end.
    ///
    /// # Errors
    ///
    /// What is wrong with the row as a row; unless that [ends the
    /// reading](RowFault::ends_reading), the next can still be read.
    pub fn read(&mut self) -> Result<bool, RowFault> {
        let more = self.rows.read()?;
        if more {
            self.rows.check_width(self.width)?;
        }
        Ok(more)
    }

    /// The text of a column of the row last read; `None` if it is not UTF-8.
    #[must_use]
    pub fn get(&self, column: usize) -> Option<&str> {
        let Some(cell) = self.indices[column].and_then(|index| self.rows.cells().get(index)) else {
            return Some("");
        };
        std::str::from_utf8(cell).ok().map(plain)
    }
}
