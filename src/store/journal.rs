//! What stands beside a book under the names that SQLite uses: a file that it would take for part
//! of the book.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use crate::store::error::{SideFile, StoreError};
use crate::store::path::not_plain;
use crate::store::writer_note::beside;

/// The change that SQLite has not finished.
pub(super) const JOURNAL: &str = "-journal";
/// The changes of a database in WAL mode.
pub(super) const WAL: &str = "-wal";

/// How a rollback journal begins. Positions are those of <https://sqlite.org/fileformat.html>.
const MAGIC: [u8; 8] = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];
const HEADER_BYTES: usize = 28;
/// The most bytes of a journal that are read, to find the first page of the database in it.
const MAX_BYTES: u64 = 1 << 20;

/// Returns `true` if there is a journal beside a book: a crash left it, or another program is
/// writing.
///
/// # Errors
///
/// [`StoreError::SideFile`] if SQLite must not see what is there: something other than one plain
/// file, which it may wait for or write to, or a write-ahead log, which it would take in although
/// the book uses none.
pub(super) fn is_left(book: &Path) -> Result<bool, StoreError> {
    let wal = beside(book, WAL);
    if fs::symlink_metadata(&wal).is_ok() {
        let (path, problem) = (wal, SideFile::Wal);
        return Err(StoreError::SideFile { path, problem });
    }
    let path = beside(book, JOURNAL);
    let Ok(metadata) = fs::symlink_metadata(&path) else {
        return Ok(false);
    };
    match not_plain(&metadata, 1) {
        Some(what) => {
            let problem = SideFile::NotPlain(what);
            Err(StoreError::SideFile { path, problem })
        }
        None => Ok(metadata.len() > 0),
    }
}

/// What a journal says of the database to which it belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Journal {
    /// A number drawn for each change.
    nonce: u32,
    /// The pages of the database before the change.
    pages: u32,
    /// How often the database had been changed before; `None` if the journal does not say so.
    changes: Option<u32>,
    /// No page of the database was written yet.
    is_unused: bool,
}

impl Journal {
    /// Reads a journal; `None` if SQLite would not use it.
    fn read(book: &Path) -> Option<Journal> {
        let file = File::open(beside(book, JOURNAL)).ok()?;
        let mut bytes = Vec::new();
        file.take(MAX_BYTES).read_to_end(&mut bytes).ok()?;
        let number = |at: usize| {
            let four = bytes.get(at..at.checked_add(4)?)?;
            Some(u32::from_be_bytes(four.try_into().ok()?))
        };
        let size = |at: usize| number(at).and_then(|size| usize::try_from(size).ok());
        if bytes.get(..MAGIC.len())? != MAGIC || bytes.len() < HEADER_BYTES {
            return None;
        }
        let (records, header, page) = (size(8)?, size(20)?, size(24)?);
        // Each record has the number of a page, the page as it was, and a checksum.
        let starts = (header..bytes.len()).step_by(page.checked_add(8)?);
        let first = starts.take(records).find(|start| number(*start) == Some(1));
        Some(Journal {
            nonce: number(12)?,
            pages: number(16)?,
            changes: first.and_then(|start| number(start.checked_add(4 + 24)?)),
            is_unused: records == 0,
        })
    }

    /// Returns `true` if it can be of a database that has been changed so often and has so many
    /// pages.
    fn can_be_of(self, changes: u32, pages: u32) -> bool {
        match self.changes {
            Some(before) => changes.wrapping_sub(before) <= 1,
            None => !self.is_unused || self.pages == pages,
        }
    }
}

/// Refuses a journal that belongs to another database, such as one that stood under this name
/// before: SQLite would put back pages of that one. `state` reads how often the database was
/// changed and how many pages it has, if it says so.
pub(super) fn must_be_of_this(
    book: &Path,
    state: impl Fn() -> Result<Option<(u32, u32)>, StoreError>,
) -> Result<(), StoreError> {
    let Some((journal, (changes, pages))) = Journal::read(book).zip(state()?) else {
        return Ok(());
    };
    if journal.can_be_of(changes, pages) {
        return Ok(());
    }
    // A program that is writing goes on meanwhile: only what stayed the same says something.
    if Journal::read(book) != Some(journal) {
        return Ok(());
    }
    Err(StoreError::SideFile {
        path: beside(book, JOURNAL),
        problem: SideFile::OtherJournal,
    })
}
