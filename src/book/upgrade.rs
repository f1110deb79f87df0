//! Bringing a book of an older version to the present one, after a safety copy beside it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::book::handle::Book;
use crate::error::Error;
use crate::model::Fingerprint;
use crate::store::{Access, Store, StoreError, VERSIONS, Versions};

/// What became of a book of an older version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upgraded {
    /// The version it was.
    pub from: u32,
    /// The version it is.
    pub to: u32,
    /// The book as it was.
    pub copy: PathBuf,
    /// The fingerprint of its last entry, the same before and after.
    pub head: Fingerprint,
}

impl Book {
    /// Brings the book at `path` to the version that this program writes: all of it or nothing,
    /// after a safety copy beside it, checked in full. `None` if it is of that version already.
    ///
    /// # Errors
    ///
    /// [`Error::BadCopy`] if the book has a fault; [`Error::Store`] if it cannot be written. It is
    /// then as it was.
    pub fn upgrade(path: &Path) -> Result<Option<Upgraded>, Error> {
        Book::upgrade_to(VERSIONS, path)
    }

    /// Upgrades as a program that knows these versions does.
    fn upgrade_to(versions: Versions, path: &Path) -> Result<Option<Upgraded>, Error> {
        let to = versions.present.number;
        if Store::open_current(path, Access::Read, versions)?.version() == to {
            return Ok(None);
        }
        let mut made = None;
        let upgraded = Store::upgrade(path, versions, |old| {
            let old = Book { store: old };
            let from = old.store.version();
            let copy = free_name(old.path(), from)?;
            old.back_up(&copy)?;
            made = Some(copy.clone());
            Ok(Upgraded {
                from,
                to,
                copy,
                head: old.head()?,
            })
        });
        if let (Err(error), Some(copy)) = (&upgraded, made)
            && !matches!(error, Error::Store(StoreError::OutcomeUnknown { .. }))
        {
            // The book is as it was: its copy would only take up the room that the next try needs.
            let _ = std::fs::remove_file(copy);
        }
        upgraded
    }
}

/// `crg-version-1.db` beside `crg.db`, or the first name like it that is free.
fn free_name(book: &Path, version: u32) -> Result<PathBuf, StoreError> {
    let stem = book.file_stem().unwrap_or_default();
    let name = |count: u32| {
        let mut name = OsString::from(stem);
        name.push(format!("-version-{version}"));
        if count > 1 {
            name.push(format!("-{count}"));
        }
        name.push(".db");
        book.with_file_name(name)
    };
    let free = (1..=1000)
        .map(name)
        .find(|path| std::fs::symlink_metadata(path).is_err());
    free.ok_or_else(|| StoreError::Exists { path: name(1000) })
}

#[cfg(test)]
#[path = "../../tests/unit/book_upgrade.rs"]
mod tests;
