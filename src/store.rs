//! [`Store`]: the journal in one SQLite file. No other module speaks SQL.

mod backup;
mod constraints;
mod create;
mod integrity;
mod open;
mod open_guard;
mod read;
mod schema;
mod unfinished;
mod upgrade;
mod write;
mod writer_note;

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::model::{CellFault, EntryNumber, Fingerprint, Moment};

pub use constraints::ConstraintReport;
pub use integrity::{Balance, View};
pub use schema::SCHEMA;
pub use write::Writing;

/// `CRG1` in the file's header: `application_id`.
const APPLICATION_ID: u32 = 0x4352_4731;
/// How long a writer waits for another, in milliseconds.
const WAIT_MS: u32 = 5000;

/// What a book is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Questions only: the file is opened read-only.
    Read,
    /// Questions and new entries.
    Write,
}

/// The end of the chain: the last entry's number, moment and fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The last entry, or `None` in a new book.
    pub last: Option<(EntryNumber, Moment)>,
    /// Its fingerprint, or that of the book's names.
    pub fingerprint: Fingerprint,
}

/// An open book file.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    connection: Connection,
    schema: &'static schema::Schema,
    /// Is it still being made, under another name? It is taken away where that fails.
    unfinished: bool,
    // Dropped after the connection.
    _open: open_guard::OpenGuard,
}

impl Store {
    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Why a file could not be used.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the fields are what the sentences show")]
pub enum StoreError {
    /// A partnership or a funder is called something that is no name.
    #[error("found {name:?}, expected a name of 1 to 200 characters")]
    Name { name: String },
    /// There is no such file.
    #[error("there is no book at {}", path.display())]
    NotFound { path: PathBuf },
    /// There is a file already.
    #[error("{} is already there, and is left as it is", path.display())]
    Exists { path: PathBuf },
    /// The path is one that SQLite would not take for a plain file.
    #[error("{path:?} is not the path of a plain file")]
    Path { path: String },
    /// The path leads to something other than one plain file of its own.
    #[error("{} is {what}; a book is one plain file of its own", path.display())]
    NotPlain { path: PathBuf, what: &'static str },
    /// The file is something else.
    #[error("{} is not a book: {why}", path.display())]
    NotABook { path: PathBuf, why: String },
    /// The file's journal mode was changed.
    #[error("{} is not a book: its journal mode was changed to WAL, which does not work on a shared drive", path.display())]
    Wal { path: PathBuf },
    /// The end of the file is missing.
    #[error("{} is not a book: it is cut short: {found} bytes, expected {expected}", path.display())]
    CutShort {
        path: PathBuf,
        found: u64,
        expected: u64,
    },
    /// The folder is not there.
    #[error("there is no folder {}", path.display())]
    NoFolder { path: PathBuf },
    /// The file was made by a later version.
    #[error("{} is a book of version {found}; this program knows version {}", path.display(), schema::PRESENT.version)]
    Newer { path: PathBuf, found: u32 },
    /// The file was made by an earlier version, and is to be written.
    #[error("{} is a book of version {found}, which this program reads; it writes version {}", path.display(), schema::PRESENT.version)]
    Older { path: PathBuf, found: u32 },
    /// The file's schema is not the one this program made.
    #[error("{} is not as it was made: {what}", path.display())]
    Altered { path: PathBuf, what: String },
    /// The file cannot be written.
    #[error("{} can be read but not written", path.display())]
    ReadOnly { path: PathBuf },
    /// A crash left the file in the middle of a change, and this user cannot complete the recovery.
    #[error("{} was left in the middle of a change, and undoing that needs permission to write it", path.display())]
    NeedsRecovery { path: PathBuf },
    /// Another program holds the file.
    #[error("{} is held by {holder}; waited {} seconds", path.display(), WAIT_MS / 1000)]
    Busy { path: PathBuf, holder: String },
    /// An entry cannot be read back.
    #[error("entry {entry} cannot be read: {}", .faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Damaged {
        path: PathBuf,
        entry: i64,
        faults: Vec<CellFault>,
    },
    /// The last step of saving an entry, or an upgrade, failed in a way that does not tell whether
    /// it was done.
    #[error("saving to {} ended with an error ({error}), and the book cannot be read to see whether {} was saved", path.display(), saved(*.entry))]
    OutcomeUnknown {
        path: PathBuf,
        entry: Option<EntryNumber>,
        error: String,
    },
    /// The disk is full.
    #[error("{}: the disk is full; nothing was recorded", path.display())]
    DiskFull { path: PathBuf },
    /// The folder or the file cannot be opened for what was asked.
    #[error("{} cannot be opened or made: {error}", path.display())]
    CannotOpen {
        path: PathBuf,
        error: rusqlite::Error,
    },
    /// A book can hold no more entries.
    #[error("{} holds as many entries as a book can", path.display())]
    Full { path: PathBuf },
    /// The file system.
    #[error("{}: {error}", path.display())]
    Io {
        path: PathBuf,
        error: std::io::Error,
    },
    /// SQLite.
    #[error("{}: {error}", path.display())]
    Sqlite {
        path: PathBuf,
        error: rusqlite::Error,
    },
}

fn saved(entry: Option<EntryNumber>) -> String {
    entry.map_or("the upgrade".to_owned(), |entry| format!("entry {entry}"))
}

impl StoreError {
    fn sqlite(path: &Path) -> impl Fn(rusqlite::Error) -> StoreError + use<> {
        let path = path.to_owned();
        move |error| {
            let path = path.clone();
            match error.sqlite_error() {
                Some(e)
                    if e.code == rusqlite::ErrorCode::DatabaseBusy
                        || e.code == rusqlite::ErrorCode::DatabaseLocked =>
                {
                    let holder = writer_note::holder(&path);
                    StoreError::Busy { path, holder }
                }
                Some(e) if e.code == rusqlite::ErrorCode::NotADatabase => StoreError::NotABook {
                    path,
                    why: error.to_string(),
                },
                Some(e)
                    if matches!(
                        e.extended_code,
                        rusqlite::ffi::SQLITE_READONLY_ROLLBACK
                            | rusqlite::ffi::SQLITE_READONLY_RECOVERY
                    ) =>
                {
                    StoreError::NeedsRecovery { path }
                }
                Some(e) if e.code == rusqlite::ErrorCode::DiskFull => StoreError::DiskFull { path },
                Some(e) if e.code == rusqlite::ErrorCode::CannotOpen => {
                    StoreError::CannotOpen { path, error }
                }
                Some(e) if e.code == rusqlite::ErrorCode::ReadOnly => StoreError::ReadOnly { path },
                _ => StoreError::Sqlite { path, error },
            }
        }
    }

    fn io(path: &Path) -> impl Fn(std::io::Error) -> StoreError + use<> {
        let path = path.to_owned();
        move |error| match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
                StoreError::DiskFull { path: path.clone() }
            }
            _ => StoreError::Io {
                path: path.clone(),
                error,
            },
        }
    }
}
