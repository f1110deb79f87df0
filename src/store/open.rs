//! Opening a book, with the settings that every connection needs.

use std::fs;
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

use crate::store::error::StoreError;
use crate::store::handle::{Access, OpenRegistry, Store};
use crate::store::path::plain_path;
use crate::store::schema::{VERSIONS, Versions};
use crate::store::writer_note::MAX_WAIT;
use crate::store::{header, unfinished};

impl Store {
    /// Opens a book. One of an older version can be read; it can be written once it is upgraded.
    pub(crate) fn open(path: &Path, access: Access) -> Result<Store, StoreError> {
        Store::open_current(path, access, VERSIONS)
    }

    /// Opens a book as a program that knows these versions does.
    pub(crate) fn open_current(
        path: &Path,
        access: Access,
        versions: Versions,
    ) -> Result<Store, StoreError> {
        let store = Store::open_any(path, access, versions)?;
        let (found, present) = (store.version.number, versions.present.number);
        if found == present || access == Access::Read {
            return Ok(store);
        }
        let path = store.path;
        Err(StoreError::Older {
            path,
            found,
            present,
        })
    }

    /// Opens a book of any version known.
    pub(super) fn open_any(
        path: &Path,
        access: Access,
        versions: Versions,
    ) -> Result<Store, StoreError> {
        let path = plain_path(path)?;
        let registry = OpenRegistry::lock();
        let crashed = header::examine(&path, registry.contains(&path), versions)?;
        if access == Access::Write {
            let metadata = fs::metadata(&path).map_err(StoreError::io(&path))?;
            if metadata.permissions().readonly() {
                return Err(StoreError::ReadOnly { path });
            }
        }
        // After a crash even a question needs a connection that may undo the unfinished change.
        let flags = if access == Access::Write || crashed {
            OpenFlags::SQLITE_OPEN_READ_WRITE
        } else {
            OpenFlags::SQLITE_OPEN_READ_ONLY
        };
        let connection = connect(&path, flags)?;
        let open = registry.register(&path);
        let fail = StoreError::sqlite(&path);
        if access == Access::Read {
            connection
                .pragma_update(None, "query_only", true)
                .map_err(&fail)?;
        }
        let version = versions.of(&connection, &path)?;
        version.verify(&connection, &path)?;
        if access == Access::Write {
            if connection.is_readonly("main").map_err(&fail)? {
                return Err(StoreError::ReadOnly { path });
            }
            unfinished::remove_stale(&path);
        }
        Ok(Store {
            path,
            connection,
            version,
            versions,
            unfinished: false,
            only_after: None,
            _open: open,
        })
    }
}

/// A connection. A writer syncs more than SQLite's default: a commit that was acknowledged survives
/// a power cut.
pub(super) fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    set(path, flags).map_err(StoreError::sqlite(path))
}

pub(super) fn connect_new(path: &Path) -> Result<Connection, StoreError> {
    connect(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
    )
}

fn set(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(MAX_WAIT)?;
    for (name, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        // Otherwise SQLite plans a query anew for every year that it is asked about.
        (DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true),
    ] {
        connection.set_db_config(name, on)?;
    }
    for (limit, max) in [
        (Limit::SQLITE_LIMIT_LENGTH, 1 << 24),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 1 << 20),
        (Limit::SQLITE_LIMIT_ATTACHED, 1),
    ] {
        connection.set_limit(limit, max)?;
    }
    // Sixteen megabytes of pages: a question reads the rows of a year in the order of an index.
    connection.execute_batch(
        "PRAGMA foreign_keys = ON;
         PRAGMA recursive_triggers = ON;
         PRAGMA cell_size_check = ON;
         PRAGMA mmap_size = 0;
         PRAGMA cache_size = -16384;
         PRAGMA synchronous = EXTRA;",
    )?;
    Ok(connection)
}
