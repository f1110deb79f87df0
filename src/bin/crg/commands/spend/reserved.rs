//! [`Reserved`]: a file that is made before anything is recorded, so that its name cannot fail
//! afterwards.

use std::ffi::OsString;
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crg::{Book, Error};

use crate::failure::{Failure, Stop};

/// The most files of one sort that an extract may have beside it.
const MAX_FILES: u32 = 99;

/// A new file, which is removed unless something is written to it.
pub(crate) struct Reserved {
    pub(crate) path: PathBuf,
    file: File,
    written: bool,
}

impl Reserved {
    /// Makes a file of this name, which must be new. No more people may read it than the book.
    pub(crate) fn at(path: &Path, book: &Path) -> Result<Reserved, Stop> {
        let file = Book::create_file(path, book).map_err(|error| {
            let path = path.to_owned();
            Error::Output { path, error }
        })?;
        Ok(Reserved {
            path: path.to_owned(),
            file,
            written: false,
        })
    }

    /// Makes a file beside an extract, of the first name that is free.
    pub(crate) fn beside(
        extract: &Path,
        book: &Path,
        name: impl Fn(u32) -> Option<OsString>,
    ) -> Result<Reserved, Stop> {
        for number in 1..=MAX_FILES {
            let Some(name) = name(number) else { break };
            match Reserved::at(&extract.with_file_name(name), book) {
                Err(Stop::Error(Error::Output { error, .. }))
                    if error.kind() == ErrorKind::AlreadyExists && number < MAX_FILES => {}
                reserved => return reserved,
            }
        }
        Err(Failure::command_line("name the extract's file").into())
    }

    /// Writes the file, and returns its path.
    pub(crate) fn write(
        mut self,
        write: impl FnOnce(&File) -> std::io::Result<()>,
    ) -> Result<PathBuf, Stop> {
        let path = self.path.clone();
        let written = write(&self.file).and_then(|()| self.file.sync_all());
        if let Err(error) = written {
            return Err(Error::Output { path, error }.into());
        }
        self.written = true;
        Ok(path)
    }

    /// Writes these bytes.
    pub(crate) fn write_bytes(self, bytes: &[u8]) -> Result<PathBuf, Stop> {
        self.write(|mut file| file.write_all(bytes))
    }
}

impl Drop for Reserved {
    fn drop(&mut self) {
        if !self.written {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}
