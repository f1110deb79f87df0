//! [`Store`]: an open book file, and which of them this process has open.
//!
//! When a process opens and closes a file that SQLite has open in the same process, the system
//! drops SQLite's locks (on POSIX systems). So a book that is open here is not looked at again
//! without SQLite.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, Params, Row};

use crate::model::Fingerprint;
use crate::store::error::StoreError;
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
pub(crate) struct Store {
    pub(super) path: PathBuf,
    pub(super) connection: Connection,
    pub(super) version: Version,
    pub(super) versions: Versions,
    /// True while the file is built under a temporary name; it is removed on failure.
    pub(super) unfinished: bool,
    /// The end of the chain after which alone something may be written, if there is such a demand.
    pub(super) only_after: Option<Fingerprint>,
    // Dropped after the connection.
    pub(super) _open: OpenGuard,
}

impl Store {
    /// The file's path.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The version of the file.
    pub(crate) fn version(&self) -> u32 {
        self.version.number
    }

    /// Refuses to write unless the chain still ends with this fingerprint.
    pub(crate) fn write_only_after(&mut self, end: Fingerprint) {
        self.only_after = Some(end);
    }

    /// Returns `true` if the file is of a version before the one that this program writes.
    pub(crate) fn is_older(&self) -> bool {
        self.version != self.versions.present
    }

    /// Asks SQLite something, and gives its errors the name of the file.
    pub(super) fn ask<T>(
        &self,
        question: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        question(&self.connection).map_err(StoreError::sqlite(&self.path))
    }

    /// What `read` makes of each row that a query gives.
    pub(super) fn rows<T, C: FromIterator<T>>(
        &self,
        query: &str,
        parameters: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<C, StoreError> {
        self.ask(|connection| {
            let mut statement = connection.prepare_cached(query)?;
            statement.query_map(parameters, read)?.collect()
        })
    }
}

static OPEN: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// The list of open books, locked: no other thread opens or closes one meanwhile.
pub(super) struct OpenRegistry(MutexGuard<'static, Vec<PathBuf>>);

impl OpenRegistry {
    pub(super) fn lock() -> OpenRegistry {
        OpenRegistry(OPEN.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn contains(&self, path: &Path) -> bool {
        self.0.iter().any(|open| open == path)
    }

    /// Notes a book as open until the guard is dropped.
    pub(super) fn register(mut self, path: &Path) -> OpenGuard {
        self.0.push(path.to_owned());
        OpenGuard(path.to_owned())
    }
}

#[derive(Debug)]
pub(super) struct OpenGuard(PathBuf);

impl Drop for OpenGuard {
    fn drop(&mut self) {
        let mut open = OpenRegistry::lock();
        if let Some(index) = open.0.iter().position(|path| *path == self.0) {
            open.0.swap_remove(index);
        }
    }
}
