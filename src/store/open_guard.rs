//! Which books this process has open.
//!
//! When a process opens and closes a file that SQLite has open in the same process, the system
//! drops SQLite's locks (on POSIX systems). So a book that is open here is not looked at again
//! without SQLite.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

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

/// One book that is open here.
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
