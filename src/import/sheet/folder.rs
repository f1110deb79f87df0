//! [`Folder`]: a folder of CSV files.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A folder of CSV files: on disk, or built into the program.
#[derive(Debug, Clone, Copy)]
pub enum Folder<'a> {
    /// On disk.
    At(&'a Path),
    /// Built in: the texts of files, by name.
    BuiltIn(&'a [(&'a str, &'static str)]),
}

impl Folder<'_> {
    /// The path of one of its files, for errors.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        match self {
            Folder::At(path) => path.join(name),
            Folder::BuiltIn(_) => name.into(),
        }
    }

    /// Returns `true` if the folder has such a file.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        match self {
            Folder::At(path) => path.join(name).exists(),
            Folder::BuiltIn(files) => files.iter().any(|(n, _)| *n == name),
        }
    }

    pub(crate) fn read(&self, name: &str) -> std::io::Result<Box<dyn Read>> {
        match self {
            Folder::At(path) => Ok(Box::new(std::io::BufReader::with_capacity(
                1 << 16,
                File::open(path.join(name))?,
            ))),
            Folder::BuiltIn(files) => match files.iter().find(|(n, _)| *n == name) {
                Some((_, text)) => Ok(Box::new(text.as_bytes())),
                None => Err(std::io::ErrorKind::NotFound.into()),
            },
        }
    }
}
