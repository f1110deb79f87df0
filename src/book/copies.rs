//! Copies of a book: made, and held against each other.

use std::path::Path;

use crate::book::Book;
use crate::error::Error;
use crate::model::EntryNumber;
use crate::report::{BookCopy, CompareReport, Finding, Fork, Kinship, LogRow};
use crate::store::{Head, Store};

impl Book {
    /// Makes a safety copy at `to`, which must not be there, and checks it in full before it has
    /// its name.
    ///
    /// # Errors
    ///
    /// [`Error::BadCopy`] where the copy, and so the book, has a fault; [`Error::Store`] where it
    /// cannot be made.
    pub fn back_up(&self, to: &Path) -> Result<(), Error> {
        self.store.copy_to(to, |copy| {
            let report = Book { store: copy }.check();
            match report
                .rows
                .into_iter()
                .find(|row| row.finding == Finding::Fault)
            {
                Some(row) => Err(Error::BadCopy {
                    check: row.check,
                    detail: row.detail,
                }),
                None => Ok(()),
            }
        })
    }

    /// Holds this book against another copy of it, by their chains, which are made again first: a
    /// changed entry keeps its fingerprint. The files are named as their paths are written.
    ///
    /// # Errors
    ///
    /// [`Error::BrokenChain`] where a chain does not hold; [`Error::Store`] where one of them
    /// cannot be read.
    pub fn compare(&self, other: &Book) -> Result<CompareReport, Error> {
        self.store.read(|| {
            other.store.read(|| {
                for book in [self, other] {
                    if let Some(what) = book.chain(None).broken {
                        return Err(Error::BrokenChain {
                            path: book.path().to_owned(),
                            what,
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
    let least = of_a.entries.min(of_b.entries);
    let related = a.names()? == b.names()?;
    let common = if related { common(a, b, least)? } else { 0 };
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

/// How many entries two chains have alike: a fingerprint speaks for all before it, so the place is
/// found by halves.
fn common(a: &Store, b: &Store, least: u32) -> Result<u32, Error> {
    let (mut alike, mut apart) = (0, least + 1);
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
