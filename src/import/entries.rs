//! [`Entries`]: what a person names to be loaded: a folder, a CSV file, a workbook or a text.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::import::extract::{self, is_workbook, read_file};
use crate::import::fault::{FileFault, InputError};
use crate::import::sheet::Folder;

/// The most bytes of a workbook, and of a text from standard input.
const MAX_BYTES: u64 = 256 << 20;

/// What is to be loaded, found by what it is: a folder with `entries.csv`, a CSV file with its
/// columns, or a workbook whose first sheet has them.
#[derive(Debug)]
pub struct Entries {
    path: PathBuf,
    is_folder: bool,
    bytes: Option<Arc<[u8]>>,
}

impl Entries {
    /// Finds out what a path is. A workbook is read at once.
    ///
    /// # Errors
    ///
    /// An [`InputError`] if it is a workbook that cannot be read.
    pub fn at(path: &Path) -> Result<Entries, InputError> {
        let is_folder = !path.is_file();
        let mut start = Vec::new();
        if !is_folder {
            let file = std::fs::File::open(path);
            let read = file.and_then(|file| file.take(4).read_to_end(&mut start));
            read.map_err(|error| InputError::one(path, None, FileFault::unreadable(error)))?;
        }
        let bytes = is_workbook(&start).then(|| {
            let bytes =
                read_file(path, MAX_BYTES).map_err(|fault| InputError::one(path, None, fault))?;
            extract::as_csv(&bytes).map_err(|fault| InputError::one(path, None, fault))
        });
        Ok(Entries {
            path: path.to_owned(),
            is_folder,
            bytes: bytes.transpose()?.map(Arc::from),
        })
    }

    /// Reads CSV to its end. The name stands for the path, in errors.
    ///
    /// # Errors
    ///
    /// An [`InputError`] if it cannot be read, or has too many bytes.
    pub fn from_reader(name: &Path, from: impl Read) -> Result<Entries, InputError> {
        let fail = |fault| InputError::one(name, None, fault);
        let mut bytes = Vec::new();
        let read = from.take(MAX_BYTES + 1).read_to_end(&mut bytes);
        let length = read.map_err(|error| fail(FileFault::unreadable(error)))?;
        if u64::try_from(length).is_ok_and(|length| length > MAX_BYTES) {
            return Err(fail(FileFault::TooLarge { limit: MAX_BYTES }));
        }
        Ok(Entries {
            path: name.to_owned(),
            is_folder: false,
            bytes: Some(bytes.into()),
        })
    }

    /// The folder that it is, or that it stands for.
    pub fn folder(&self) -> Folder<'_> {
        match &self.bytes {
            Some(bytes) => Folder::Bytes(&self.path, bytes),
            None if self.is_folder => Folder::At(&self.path),
            None => Folder::File(&self.path),
        }
    }
}
