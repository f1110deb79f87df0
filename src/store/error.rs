//! [`StoreError`]: why a file could not be used.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::ErrorCode;
use rusqlite::ffi;

use crate::model::{CellFault, EntryNumber, Moment};
use crate::store::writer_note::{MAX_WAIT, holder};

/// Why a file could not be used.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the fields are what the sentences show")]
#[non_exhaustive]
pub enum StoreError {
    /// The name of a partnership or a funder is empty, too long or not plain text.
    #[error("{name:?} is not a name; use 1 to 200 characters")]
    Name { name: String },
    /// There is no such file.
    #[error("there is no book at {}", path.display())]
    NotFound { path: PathBuf },
    /// The file to be made exists.
    #[error("{} already exists, and is left as it is", path.display())]
    Exists { path: PathBuf },
    /// The path is one that SQLite would not take for a plain file.
    #[error("{path:?} is not the path of a plain file")]
    Path { path: PathBuf },
    /// The path leads to something other than one plain file of its own.
    #[error("{} is {what}; a book is one plain file of its own", path.display())]
    NotPlain { path: PathBuf, what: &'static str },
    /// The file is something else.
    #[error("{} is not a book: {why}", path.display())]
    NotABook { path: PathBuf, why: NotABook },
    /// The file's journal mode was changed.
    #[error("{} is not a book: its journal mode was changed to WAL, which does not work on a shared drive", path.display())]
    Wal { path: PathBuf },
    /// Something stands beside the file that SQLite must not take for part of it.
    #[error("{} {problem}", path.display())]
    SideFile { path: PathBuf, problem: SideFile },
    /// The end of the file is missing.
    #[error("{} is not a book: it is cut short: {found} bytes, expected {expected}", path.display())]
    CutShort {
        path: PathBuf,
        found: u64,
        expected: u64,
    },
    /// The folder does not exist.
    #[error("there is no folder {}", path.display())]
    NoFolder { path: PathBuf },
    /// The file was made by a later version.
    #[error("{} is a book of version {found}; this program knows version {present}", path.display())]
    Newer {
        path: PathBuf,
        found: u32,
        present: u32,
    },
    /// The file was made by an earlier version, and is to be written.
    #[error("{} is a book of version {found}, which this program reads; it writes version {present}", path.display())]
    Older {
        path: PathBuf,
        found: u32,
        present: u32,
    },
    /// The file was made by a version that this program no longer reads.
    #[error(
        "{} is a book of version {found}, made by a program that was never released; this program reads version {oldest} and later",
        path.display()
    )]
    TooOld {
        path: PathBuf,
        found: u32,
        oldest: u32,
    },
    /// The file, or its schema, is not what this program made.
    #[error("{} has been modified: {change}", path.display())]
    Altered { path: PathBuf, change: Change },
    /// The file cannot be written.
    #[error("{} can be read but not written", path.display())]
    ReadOnly { path: PathBuf },
    /// A crash left the file in the middle of a change, and this user cannot complete the recovery.
    #[error("{} was left in the middle of a change, and undoing that needs permission to write it", path.display())]
    NeedsRecovery { path: PathBuf },
    /// Another program holds the file.
    #[error("{} is held by {}; waited {} seconds", path.display(), held_by(.holder.as_deref()), waited.as_secs())]
    Busy {
        path: PathBuf,
        holder: Option<String>,
        waited: Duration,
    },
    /// Someone else recorded since the book was looked at.
    #[error("{} has changed since; {}", path.display(), ends_with(*.last))]
    MovedOn {
        path: PathBuf,
        last: Option<EntryNumber>,
    },
    /// An entry, or the grant year of one, cannot be read back.
    #[error("{} cannot be read: {}", unread(*.entry), .faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Damaged {
        path: PathBuf,
        entry: Option<i64>,
        faults: Vec<CellFault>,
    },
    /// A priority cannot be read back.
    #[error("the priority {code:?} cannot be read: {problem}")]
    Priority {
        path: PathBuf,
        code: String,
        problem: String,
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
    /// The last entry was recorded at the last moment that a book knows.
    #[error(
        "{}: the last entry was recorded at {last}, the last moment that a book can hold, so nothing can be recorded after it",
        path.display()
    )]
    EndOfTime { path: PathBuf, last: Moment },
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

/// Why a file is not a book.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NotABook {
    /// It is shorter than the header of a database.
    #[error("it has only {bytes} bytes")]
    TooShort { bytes: u64 },
    /// It does not begin like a database.
    #[error("it is not an SQLite file")]
    NotSqlite,
    /// Its header has the number of another program.
    #[error("it is an SQLite file of another program")]
    OtherProgram,
    /// SQLite refuses it.
    #[error("{0}")]
    Refused(rusqlite::Error),
}

/// Why SQLite must not see a file beside a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SideFile {
    /// It is not one plain file of its own.
    #[error("is {0}; SQLite keeps an unfinished change there")]
    NotPlain(&'static str),
    /// It is a write-ahead log, although the book uses none.
    #[error(
        "is a log of changes that are not in the book: another program left it, perhaps for another file of this name"
    )]
    Wal,
    /// It is the journal of another database.
    #[error(
        "is an unfinished change to another file of this name; undoing it would damage the book"
    )]
    OtherJournal,
}

/// How a file differs from what this program made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Change {
    /// It states a version that never was.
    #[error("there is no version {0}")]
    NoSuchVersion(u32),
    /// A definition differs from the schema, or is not in it.
    #[error("the {0} was changed or added")]
    Definition(String),
    /// A definition of the schema is missing.
    #[error("the {0} is missing")]
    Missing(String),
    /// The last entry does not follow from those before it.
    #[error(
        "entry {0}, the last, was changed or added by another program: its fingerprint does not match it"
    )]
    LastEntry(EntryNumber),
    /// The names are not such as this program writes.
    #[error("its name, or that of its funder, is not one that a book can have")]
    Names,
    /// A new entry was not in the file after it was written.
    #[error("entry {0} was not kept when it was recorded")]
    LostEntry(EntryNumber),
    /// A new priority was not in the file after it was written.
    #[error("the priority {0} was not kept when it was loaded")]
    LostPriority(String),
    /// An upgrade changed the end of the chain.
    #[error("its entries did not come through the upgrade")]
    LostEntries,
}

fn held_by(holder: Option<&str>) -> String {
    match holder {
        Some(holder) => format!("{holder} (as noted beside it)"),
        None => {
            "another program that reads it (Excel, Datasette, DB Browser, a backup) or writes it"
                .into()
        }
    }
}

fn unread(entry: Option<i64>) -> String {
    entry.map_or("a grant year".to_owned(), |entry| format!("entry {entry}"))
}

fn ends_with(last: Option<EntryNumber>) -> String {
    last.map_or("it is empty".to_owned(), |last| {
        format!("its last entry is {last}")
    })
}

fn saved(entry: Option<EntryNumber>) -> String {
    entry.map_or("the upgrade".to_owned(), |entry| format!("entry {entry}"))
}

impl StoreError {
    /// The one place that decides what an error of SQLite means for the file at `path`.
    pub(super) fn sqlite(path: &Path) -> impl Fn(rusqlite::Error) -> StoreError + use<> {
        let path = path.to_owned();
        move |error| {
            let path = path.clone();
            let Some(cause) = error.sqlite_error() else {
                return StoreError::Sqlite { path, error };
            };
            match (cause.code, cause.extended_code) {
                (_, ffi::SQLITE_READONLY_ROLLBACK | ffi::SQLITE_READONLY_RECOVERY) => {
                    StoreError::NeedsRecovery { path }
                }
                (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => StoreError::busy(path),
                (ErrorCode::NotADatabase, _) => StoreError::NotABook {
                    path,
                    why: NotABook::Refused(error),
                },
                (ErrorCode::DiskFull, _) => StoreError::DiskFull { path },
                (ErrorCode::CannotOpen, _) => StoreError::CannotOpen { path, error },
                (ErrorCode::ReadOnly, _) => StoreError::ReadOnly { path },
                _ => StoreError::Sqlite { path, error },
            }
        }
    }

    pub(super) fn busy(path: PathBuf) -> StoreError {
        StoreError::Busy {
            holder: holder(&path),
            path,
            waited: MAX_WAIT,
        }
    }

    pub(super) fn io(path: &Path) -> impl Fn(std::io::Error) -> StoreError + use<> {
        let path = path.to_owned();
        move |error| {
            let path = path.clone();
            match error.kind() {
                std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
                    StoreError::DiskFull { path }
                }
                _ => StoreError::Io { path, error },
            }
        }
    }
}
