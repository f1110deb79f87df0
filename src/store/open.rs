//! Opening a book.

use std::fs;
use std::path::Path;

use rusqlite::OpenFlags;

use crate::store::connect::connect;
use crate::store::error::StoreError;
use crate::store::handle::{Access, Store};
use crate::store::header;
use crate::store::open_guard::OpenRegistry;
use crate::store::path::plain_path;
use crate::store::schema::{VERSIONS, Versions};
use crate::store::unfinished;

impl Store {
    /// Opens a book. One of an older version can be read; it can be written once it is upgraded.
    ///
    /// # Errors
    ///
    /// A [`StoreError`] that says what the path leads to instead; the file is then as it was.
    pub fn open(path: &Path, access: Access) -> Result<Store, StoreError> {
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
            Ok(store)
        } else {
            Err(StoreError::Older {
                path: store.path,
                found,
                present,
            })
        }
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
            _open: open,
        })
    }
}
