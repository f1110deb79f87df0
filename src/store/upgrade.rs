//! Bringing a book of an older version to the present one, a step for each version.

use std::path::Path;

use rusqlite::Connection;

use crate::store::error::{Change, StoreError};
use crate::store::handle::{Access, Store};
use crate::store::schema::{Step, Version, Versions};

impl Store {
    /// Brings a book of an older version to the present one, in one transaction. The entries stay
    /// as they are, and so does the chain. `keep_copy` is given the book first, while nobody else
    /// writes. `None` if the book is of the present version.
    pub(crate) fn upgrade<T, E: From<StoreError>>(
        path: &Path,
        versions: Versions,
        keep_copy: impl FnOnce(Store) -> Result<T, E>,
    ) -> Result<Option<T>, E> {
        let old = Store::open_any(path, Access::Write, versions)?;
        old.ask(|connection| connection.execute_batch("BEGIN IMMEDIATE"))?;
        // Asked again: another may have upgraded it while this one waited.
        let from = versions.of(&old.connection, &old.path)?;
        if from == versions.present {
            return Ok(None);
        }
        let copied = keep_copy(Store::open_current(path, Access::Read, versions)?)?;
        let before = old.verified_head()?;
        old.ask(|connection| run(connection, versions, from))?;
        versions.present.verify(&old.connection, &old.path)?;
        if old.verified_head()? != before {
            let (path, change) = (old.path, Change::LostEntries);
            return Err(StoreError::Altered { path, change }.into());
        }
        old.finish_upgrade()?;
        Ok(Some(copied))
    }

    /// Commits. An error then does not mean "not saved": the file is opened again to see.
    fn finish_upgrade(self) -> Result<(), StoreError> {
        let Err(error) = self.connection.execute_batch("COMMIT") else {
            return Ok(());
        };
        let (path, versions) = (self.path.clone(), self.versions);
        drop(self);
        match Store::open_current(&path, Access::Write, versions) {
            Ok(_) => Ok(()),
            Err(StoreError::Older { .. }) => Err(StoreError::sqlite(&path)(error)),
            Err(_) => Err(StoreError::OutcomeUnknown {
                path,
                entry: None,
                error: error.to_string(),
            }),
        }
    }
}

fn run(connection: &Connection, versions: Versions, from: Version) -> rusqlite::Result<()> {
    let next = versions.past.iter().skip(1).map(|step| step.from);
    let steps = versions.past.iter().zip(next.chain([versions.present]));
    for (step, to) in steps.skip_while(|(step, _)| step.from != from) {
        rebuild(connection, step, to)?;
    }
    Ok(())
}

/// Makes every object of the next version and copies the rows into it: SQLite keeps the text of an
/// altered table differently from that of a new one.
fn rebuild(connection: &Connection, step: &Step, to: Version) -> rusqlite::Result<()> {
    for kind in ["trigger", "view", "index"] {
        for name in objects(connection, kind)? {
            connection.execute_batch(&format!("DROP {kind} {name}"))?;
        }
    }
    let tables = objects(connection, "table")?;
    for table in &tables {
        connection.execute_batch(&format!("ALTER TABLE {table} RENAME TO old_{table}"))?;
    }
    connection.execute_batch(to.tables())?;
    connection.execute_batch(step.copy)?;
    // Those that refer to others go first.
    for table in tables.iter().rev() {
        connection.execute_batch(&format!("DROP TABLE old_{table}"))?;
    }
    connection.execute_batch(to.guards())
}

/// The names of the file's objects of a kind, in the order in which they were made.
fn objects(connection: &Connection, kind: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement =
        connection.prepare("SELECT name FROM sqlite_schema WHERE type = ?1 AND sql IS NOT NULL")?;
    statement.query_map([kind], |row| row.get(0))?.collect()
}

#[cfg(test)]
#[path = "../../tests/unit/store_upgrade.rs"]
mod tests;
