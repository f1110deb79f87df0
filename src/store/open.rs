//! Opening a file: what it must be before SQLite sees it, how SQLite is set, what it must be then.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

use crate::store::open_guard::OpenRegistry;
use crate::store::schema::{PRESENT, Schema};
use crate::store::{APPLICATION_ID, Access, Store, StoreError, WAIT_MS, unfinished};

impl Store {
    /// Opens a book. One of an older version can be read; it is written only when it was upgraded.
    ///
    /// # Errors
    ///
    /// A [`StoreError`] that says what the path leads to instead; the file is then as it was.
    pub fn open(path: &Path, access: Access) -> Result<Store, StoreError> {
        let store = Store::open_any(path, access)?;
        match store.schema == &PRESENT || access == Access::Read {
            true => Ok(store),
            false => Err(StoreError::Older {
                path: store.path,
                found: store.schema.version,
            }),
        }
    }

    /// Opens a book of any version known.
    pub(super) fn open_any(path: &Path, access: Access) -> Result<Store, StoreError> {
        let path = plain_path(path)?;
        let open_books = OpenRegistry::hold();
        let crashed = look(&path, open_books.has(&path))?;
        if access == Access::Write
            && fs::metadata(&path)
                .map_err(StoreError::io(&path))?
                .permissions()
                .readonly()
        {
            return Err(StoreError::ReadOnly { path });
        }
        // After a crash even a question needs a connection that may undo the unfinished change.
        let flags = if access == Access::Write || crashed {
            OpenFlags::SQLITE_OPEN_READ_WRITE
        } else {
            OpenFlags::SQLITE_OPEN_READ_ONLY
        };
        let connection = connect(&path, flags)?;
        let open = open_books.note(&path);
        let fail = StoreError::sqlite(&path);
        if access == Access::Read {
            connection
                .pragma_update(None, "query_only", true)
                .map_err(&fail)?;
        }
        let schema = Schema::of(&connection, &path)?;
        schema.verify(&connection, &path)?;
        if access == Access::Write && connection.is_readonly("main").map_err(&fail)? {
            return Err(StoreError::ReadOnly { path });
        }
        if access == Access::Write {
            unfinished::remove_stale(&path);
        }
        Ok(Store {
            path,
            connection,
            schema,
            unfinished: false,
            _open: open,
        })
    }
}

/// The absolute path of a plain file: SQLite must never see one it would take for a URI or for
/// memory.
pub(super) fn plain_path(path: &Path) -> Result<PathBuf, StoreError> {
    let text = path.to_string_lossy();
    if text.is_empty() || text == ":memory:" || text.starts_with("file:") {
        return Err(StoreError::Path {
            path: text.into_owned(),
        });
    }
    std::path::absolute(path).map_err(StoreError::io(path))
}

/// Looks at a file without SQLite; at what it holds only where this process has not `looked`
/// already and has it open. Says whether a crash left a journal beside it.
fn look(path: &Path, looked: bool) -> Result<bool, StoreError> {
    let is = |what| StoreError::NotPlain {
        path: path.to_owned(),
        what,
    };
    let not = |why: String| StoreError::NotABook {
        path: path.to_owned(),
        why,
    };
    let about = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(StoreError::NotFound {
                path: path.to_owned(),
            });
        }
        about => about.map_err(StoreError::io(path))?,
    };
    if about.is_symlink() {
        return Err(is("a link to another file"));
    }
    if about.is_dir() {
        return Err(is("a folder"));
    }
    if !about.is_file() {
        return Err(is("a device"));
    }
    if has_other_names(path, &about) {
        return Err(is("one of several names of the same file"));
    }
    let crashed = fs::metadata(beside(path, "-journal")).is_ok_and(|journal| journal.len() > 0);
    if looked {
        return Ok(crashed);
    }
    let mut header = [0u8; 100];
    File::open(path)
        .and_then(|mut file| file.read_exact(&mut header))
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::UnexpectedEof => not(format!("it has only {} bytes", about.len())),
            _ => StoreError::Io {
                path: path.to_owned(),
                error,
            },
        })?;
    let number = |at: usize| {
        u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
    };
    if !header.starts_with(b"SQLite format 3\0") {
        return Err(not("it is not an SQLite file".into()));
    }
    if number(68) != APPLICATION_ID {
        return Err(not("it is an SQLite file of another program".into()));
    }
    if header[18] != 1 || header[19] != 1 {
        return Err(StoreError::Wal {
            path: path.to_owned(),
        });
    }
    if number(60) > PRESENT.version {
        return Err(StoreError::Newer {
            path: path.to_owned(),
            found: number(60),
        });
    }
    let page_size = match u16::from_be_bytes([header[16], header[17]]) {
        1 => 65_536,
        size => u64::from(size),
    };
    let expected = page_size * u64::from(number(28));
    if !crashed && number(24) == number(92) && about.len() < expected {
        return Err(StoreError::CutShort {
            path: path.to_owned(),
            found: about.len(),
            expected,
        });
    }
    Ok(crashed)
}

/// The name under which the file was made is no other name: a crash may leave it.
#[cfg(unix)]
fn has_other_names(path: &Path, about: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same = |other: fs::Metadata| (other.dev(), other.ino()) == (about.dev(), about.ino());
    let made_as = || {
        unfinished::all(path)
            .iter()
            .filter(|draft| fs::symlink_metadata(draft).is_ok_and(same))
            .count()
    };
    about.nlink() > 1 && about.nlink() > 1 + u64::try_from(made_as()).unwrap_or(0)
}

/// Windows does not tell without opening the file.
#[cfg(not(unix))]
fn has_other_names(_: &Path, _: &fs::Metadata) -> bool {
    false
}

/// The path of a file that stands beside the book.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// A connection, set as every book needs it. A writer syncs more than SQLite's default: a commit
/// that was acknowledged survives a power cut.
pub(super) fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let fail = StoreError::sqlite(path);
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .map_err(&fail)?;
    connection
        .busy_timeout(Duration::from_millis(WAIT_MS.into()))
        .map_err(&fail)?;
    for (name, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
    ] {
        connection.set_db_config(name, on).map_err(&fail)?;
    }
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_LENGTH, 1 << 24),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 1 << 20),
        (Limit::SQLITE_LIMIT_ATTACHED, 1),
    ] {
        connection.set_limit(limit, most).map_err(&fail)?;
    }
    connection
        .execute_batch("PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA synchronous = EXTRA;")
        .map_err(&fail)?;
    Ok(connection)
}
