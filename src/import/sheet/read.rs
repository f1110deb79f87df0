//! [`Sheet`]: a CSV file of a [`Folder`], whose columns are found by name.

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::import::fault::{FaultKind, FileFault, HeaderFault, InputError, RowFault};
use crate::import::plain_file::open_plain;
use crate::import::sheet::rows::Rows;
use crate::import::sheet::write::plain;

/// The file of a folder that has its entries.
pub(crate) const ENTRIES: &str = "entries.csv";

/// A folder of CSV files: on disk, or built into the program; or one file that stands for it.
#[derive(Debug, Clone, Copy)]
pub enum Folder<'a> {
    /// On disk.
    At(&'a Path),
    /// One CSV file on disk, in place of a folder's `entries.csv`.
    File(&'a Path),
    /// The bytes of a CSV file, in place of a folder's `entries.csv`, and its path, for errors.
    Bytes(&'a Path, &'a Arc<[u8]>),
    /// Built in: the texts of files, by name.
    BuiltIn(&'a [(&'a str, &'static str)]),
}

impl Folder<'_> {
    /// The path of one of its files, for errors.
    pub fn path(&self, name: &str) -> PathBuf {
        match self {
            Folder::At(path) => path.join(name),
            Folder::File(path) | Folder::Bytes(path, _) => (*path).to_owned(),
            Folder::BuiltIn(_) => name.into(),
        }
    }

    /// Returns `true` if the folder has such a file.
    pub fn has(&self, name: &str) -> bool {
        match self {
            Folder::At(path) => path.join(name).exists(),
            Folder::File(_) | Folder::Bytes(..) => name == ENTRIES,
            Folder::BuiltIn(files) => files.iter().any(|(n, _)| *n == name),
        }
    }

    pub(crate) fn read(&self, name: &str) -> std::io::Result<Box<dyn Read>> {
        let open = |path: &Path| {
            let file = open_plain(path)?;
            let read: Box<dyn Read> = Box::new(std::io::BufReader::with_capacity(1 << 16, file));
            Ok(read)
        };
        match self {
            Folder::At(path) => open(&path.join(name)),
            Folder::File(path) => open(path),
            Folder::Bytes(_, bytes) => Ok(Box::new(Cursor::new(Arc::clone(bytes)))),
            Folder::BuiltIn(files) => match files.iter().find(|(n, _)| *n == name) {
                Some((_, text)) => Ok(Box::new(text.as_bytes())),
                None => Err(std::io::ErrorKind::NotFound.into()),
            },
        }
    }
}

/// A CSV file being read, row by row, its columns found by name.
pub struct Sheet {
    file: PathBuf,
    rows: Rows<'static>,
    indices: Vec<Option<usize>>,
    width: usize,
}

impl Sheet {
    /// Opens a file of a folder, whose header names some of the columns, in any order.
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
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// The number of the row last read, as a spreadsheet numbers it.
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
    pub fn get(&self, column: usize) -> Option<&str> {
        let Some(cell) = self.indices[column].and_then(|index| self.rows.cells().get(index)) else {
            return Some("");
        };
        std::str::from_utf8(cell).ok().map(plain)
    }
}
