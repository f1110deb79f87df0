//! Bringing a book of an older version to the present one.

use std::path::Path;

use rusqlite::Connection;

use crate::store::read::COLUMNS;
use crate::store::schema::{PRESENT, Schema};
use crate::store::{Access, Store, StoreError};

impl Store {
    /// The version of the file.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.schema.version
    }

    /// The version that this program writes.
    pub const PRESENT_VERSION: u32 = PRESENT.version;

    /// Gives a book of an older version the present schema, in one transaction. The entries stay as
    /// they are, and so does the chain. `keep_copy` is shown the book first, which nobody else
    /// writes meanwhile. `None` where it is of the present version already.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file cannot be written, or what `keep_copy` says; the book is then
    /// as it was.
    pub fn upgrade<T, E: From<StoreError>>(
        path: &Path,
        keep_copy: impl FnOnce(Store) -> Result<T, E>,
    ) -> Result<Option<T>, E> {
        let old = Store::open_any(path, Access::Write)?;
        let fail = StoreError::sqlite(&old.path);
        old.connection
            .execute_batch("BEGIN IMMEDIATE")
            .map_err(&fail)?;
        // Asked again: another may have upgraded it while this one waited.
        if Schema::of(&old.connection, &old.path)? == &PRESENT {
            return Ok(None);
        }
        let copied = keep_copy(Store::open(path, Access::Read)?)?;
        let before = old.head()?;
        rebuild(&old.connection).map_err(&fail)?;
        PRESENT.verify(&old.connection, &old.path)?;
        let after = old.head()?;
        if after != before {
            return Err(StoreError::Altered {
                path: old.path,
                what: "its entries did not come through the upgrade".into(),
            }
            .into());
        }
        old.finish_upgrade()?;
        Ok(Some(copied))
    }

    /// Commits. An error then does not mean "not saved": the file is looked at with a fresh
    /// connection.
    fn finish_upgrade(self) -> Result<(), StoreError> {
        let Err(error) = self.connection.execute_batch("COMMIT") else {
            return Ok(());
        };
        let (said, path) = (error.to_string(), self.path.clone());
        let error = StoreError::sqlite(&path)(error);
        drop(self);
        match Store::open(&path, Access::Write) {
            Ok(_) => Ok(()),
            Err(StoreError::Older { .. }) => Err(error),
            Err(_) => Err(StoreError::OutcomeUnknown {
                path,
                entry: None,
                error: said,
            }),
        }
    }
}

/// Makes everything anew, and takes the rows over.
fn rebuild(connection: &Connection) -> rusqlite::Result<()> {
    let objects = |kind: &str| -> rusqlite::Result<Vec<String>> {
        let mut statement = connection
            .prepare("SELECT name FROM sqlite_schema WHERE type = ?1 AND sql IS NOT NULL")?;
        statement.query_map([kind], |row| row.get(0))?.collect()
    };
    for kind in ["trigger", "view", "index"] {
        for name in objects(kind)? {
            connection.execute_batch(&format!("DROP {kind} {name}"))?;
        }
    }
    let tables = objects("table")?;
    for table in &tables {
        connection.execute_batch(&format!("ALTER TABLE {table} RENAME TO old_{table}"))?;
    }
    connection.execute_batch(PRESENT.tables())?;
    // Version 1 kept a fingerprint as letters. Nothing else changed.
    let taken = COLUMNS.replace("fingerprint", "unhex(fingerprint)");
    connection.execute_batch(&format!(
        "INSERT INTO book SELECT * FROM old_book;
         INSERT INTO priority SELECT * FROM old_priority;
         INSERT INTO entry ({COLUMNS}) SELECT {taken} FROM old_entry ORDER BY number;
         INSERT INTO balance SELECT * FROM old_balance;"
    ))?;
    // Those that name others go first.
    for table in tables.iter().rev() {
        connection.execute_batch(&format!("DROP TABLE old_{table}"))?;
    }
    connection.execute_batch(PRESENT.guards())
}
