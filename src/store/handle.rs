//! [`Store`]: an open book file.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::store::error::StoreError;
use crate::store::open_guard::OpenGuard;
use crate::store::schema::{Version, Versions};

/// What a book is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Questions only: the file is opened read-only.
    Read,
    /// Questions and new entries.
    Write,
}

/// An open book file.
#[derive(Debug)]
pub struct Store {
    pub(super) path: PathBuf,
    pub(super) connection: Connection,
    pub(super) version: Version,
    /// The versions that the program knows.
    pub(super) versions: Versions,
    /// True while the file is built under a temporary name; it is removed on failure.
    pub(super) unfinished: bool,
    // Dropped after the connection.
    pub(super) _open: OpenGuard,
}

impl Store {
    /// The file's path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The version of the file.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version.number
    }

    /// Asks SQLite something, and gives its errors the name of the file.
    pub(super) fn ask<T>(
        &self,
        question: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        question(&self.connection).map_err(StoreError::sqlite(&self.path))
    }
}
