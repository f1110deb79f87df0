//! Copies of a book: made, and compared.

use std::path::{Path, PathBuf};

use crate::book::handle::Book;
use crate::error::Error;
use crate::model::EntryNumber;
use crate::report::{BookCopy, CompareReport, Finding, Fork, Kinship, LogRow};
use crate::store::{Access, Head, Store, StoreError};

/// Whether a safety copy was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SafetyCopy {
    /// It was made.
    Made,
    /// The same copy was there already.
    Existed,
}

impl Book {
    /// Makes a safety copy at `to`, and checks it in full before it gets its name. If a copy of the
    /// book as it is already has that name, it is checked and left alone.
    ///
    /// # Errors
    ///
    /// [`Error::BadCopy`] if the copy, and so the book, has a fault; [`Error::Store`] if it cannot
    /// be made, or if something else has that name.
    pub fn back_up(&self, to: &Path) -> Result<SafetyCopy, Error> {
        let made = self.store.copy_to(to, |copy| Book { store: copy }.verify());
        match made {
            Ok(()) => Ok(SafetyCopy::Made),
            Err(Error::Store(StoreError::Exists { .. })) if self.has_copy_at(to) => {
                Ok(SafetyCopy::Existed)
            }
            Err(error) => Err(error),
        }
    }

    /// Does what [`back_up`](Book::back_up) does, over an earlier copy of this book that holds
    /// nothing else. Any other file is left as it is.
    pub fn back_up_again(&self, to: &Path) -> Result<SafetyCopy, Error> {
        let is_earlier = |copy: Book| Ok(self.compare(&copy)?.kinship == Kinship::Ahead);
        let earlier: Result<bool, Error> = Book::open(to, Access::Read).and_then(is_earlier);
        if !earlier.unwrap_or(false) {
            return self.back_up(to);
        }
        self.store
            .copy_over(to, |copy| Book { store: copy }.verify())?;
        Ok(SafetyCopy::Made)
    }

    fn verify(&self) -> Result<(), Error> {
        let mut rows = self.check().rows.into_iter();
        match rows.find(|row| row.finding == Finding::Fault) {
            Some(row) => Err(Error::BadCopy {
                check: row.check,
                detail: row.detail,
            }),
            None => Ok(()),
        }
    }

    /// Returns `true` if a sound copy of the book as it is stands there.
    fn has_copy_at(&self, path: &Path) -> bool {
        let is_same = |copy: Book| {
            copy.verify()?;
            let kinship = self.compare(&copy)?.kinship;
            Ok(kinship == Kinship::Same && self.known_priorities()? == copy.known_priorities()?)
        };
        let same: Result<bool, Error> = Book::open(path, Access::Read).and_then(is_same);
        same.unwrap_or(false)
    }

    /// The conflicted copies of this book beside it, which a program that keeps folders alike has
    /// left: each may hold entries that this book does not.
    pub fn conflicted_copies(&self) -> Vec<PathBuf> {
        let mut copies = self.store.conflicted_copies();
        copies.retain(|path| self.may_be_copy(path));
        copies
    }

    /// Returns `false` if the file can be read and is the book of another partnership.
    fn may_be_copy(&self, path: &Path) -> bool {
        let names = Book::open(path, Access::Read).and_then(|copy| copy.names());
        names.is_err() || names.ok() == self.names().ok()
    }

    /// Compares this book with another copy of it, by their chains, which are made again first,
    /// since a changed entry keeps its fingerprint. The files are named as their paths are written.
    ///
    /// # Errors
    ///
    /// [`Error::BrokenChain`] if a chain is not sound.
    pub fn compare(&self, other: &Book) -> Result<CompareReport, Error> {
        self.store.read(|| {
            other.store.read(|| {
                for book in [self, other] {
                    if let Some(fault) = book.chain(None).broken {
                        return Err(Error::BrokenChain {
                            path: book.path().to_owned(),
                            fault,
                        });
                    }
                }
                compare(&self.store, &other.store)
            })
        })
    }
}

fn compare(a: &Store, b: &Store) -> Result<CompareReport, Error> {
    let (of_a, of_b) = (copy(a, a.head()?), copy(b, b.head()?));
    let shorter = of_a.entries.min(of_b.entries);
    let related = a.names()? == b.names()?;
    let common = if related { common(a, b, shorter)? } else { 0 };
    let kinship = match (related, common == of_a.entries, common == of_b.entries) {
        (false, ..) => Kinship::Unrelated,
        (_, true, true) => Kinship::Same,
        (_, false, true) => Kinship::Ahead,
        (_, true, false) => Kinship::Behind,
        (_, false, false) => Kinship::Forked,
    };
    let fork = if kinship == Kinship::Forked {
        let entry = EntryNumber(common + 1);
        let row =
            |store: &Store| Ok::<_, Error>(store.entry_at(entry)?.map(|entry| LogRow::new(&entry)));
        row(a)?.zip(row(b)?).map(|(a, b)| Fork { entry, a, b })
    } else {
        None
    };
    Ok(CompareReport {
        a: of_a,
        b: of_b,
        kinship,
        common,
        fork,
    })
}

fn copy(store: &Store, head: Head) -> BookCopy {
    let entries = head.last.map_or(0, |(number, _)| number.0);
    BookCopy {
        file: store.path().display().to_string(),
        entries,
        head: head.fingerprint,
    }
}

/// How many entries at their start two chains have in common: a fingerprint covers all before it,
/// so a binary search finds the last.
fn common(a: &Store, b: &Store, shorter: u32) -> Result<u32, Error> {
    let (mut alike, mut apart) = (0, shorter + 1);
    while apart - alike > 1 {
        let middle = alike + (apart - alike) / 2;
        let (of_a, of_b) = (
            a.fingerprint_at(EntryNumber(middle))?,
            b.fingerprint_at(EntryNumber(middle))?,
        );
        if of_a.is_some() && of_a == of_b {
            alike = middle
        } else {
            apart = middle
        }
    }
    Ok(alike)
}
