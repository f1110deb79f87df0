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
    ///
    /// # Errors
    ///
    /// Those of `keep_copy`, or a [`StoreError`] if the file cannot be written; the book is then as
    /// it was.
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

/// Runs the steps from a version on.
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
mod tests {
    use super::*;
    use crate::store::planted::PLANTED;
    use crate::store::schema::VERSIONS;

    /// A database of a version, whose `book` has these values.
    fn database(version: Version, book: &str) -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(version.schema).unwrap();
        connection
            .execute_batch(&format!("INSERT INTO book VALUES (1, 'CSP', 'OPCC'{book})"))
            .unwrap();
        connection
    }

    /// What `motto` and `era` are after the steps from a version.
    fn after(from: Version, book: &str) -> (String, String) {
        let connection = database(from, book);
        run(&connection, *PLANTED, from).unwrap();
        PLANTED
            .present
            .verify(&connection, "memory".as_ref())
            .unwrap();
        let query = "SELECT motto, era FROM book";
        connection
            .query_row(query, [], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
    }

    #[test]
    fn steps_run_in_order_and_only_from_their_version() {
        let [two, three] = [PLANTED.past[0].from, PLANTED.past[1].from];
        let text = str::to_owned;
        assert_eq!(after(two, ""), (text("from 2"), text("from 3")));
        assert_eq!(after(three, ", 'kept'"), (text("kept"), text("from 3")));
        assert_eq!(
            after(PLANTED.present, ", 'kept', 'kept too'"),
            (text("kept"), text("kept too"))
        );
    }

    /// A step that was not written yet, or one in the wrong place, would leave books behind.
    #[test]
    fn every_past_version_has_a_step_in_its_place() {
        for versions in [VERSIONS, *PLANTED] {
            let past = versions.past.iter().map(|step| step.from);
            let numbers: Vec<u32> = past
                .chain([versions.present])
                .map(|version| version.number)
                .collect();
            let last = versions.present.number;
            let expected: Vec<u32> = (numbers[0]..=last).collect();
            assert_eq!(numbers, expected);
            for version in versions.past.iter().map(|step| step.from) {
                let states = format!("PRAGMA user_version = {};", version.number);
                assert!(version.schema.contains(&states));
            }
        }
    }
}
