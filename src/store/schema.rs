//! The schema of a book: the present one, and the frozen past ones whose books are still read.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::Connection;

use crate::store::StoreError;

/// The whole database; see the comments in it.
pub const SCHEMA: &str = include_str!("../../schema.sql");

/// What a file of one version is made of.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Schema {
    /// `user_version` in the file.
    pub(super) version: u32,
    pub(super) text: &'static str,
}

/// The schema that new books have, and the only one that is written.
pub(super) const PRESENT: Schema = Schema {
    version: 2,
    text: SCHEMA,
};

/// The oldest first. Version 1 kept fingerprints as 64 letters, where there are now 32 bytes.
const PAST: [Schema; 1] = [Schema {
    version: 1,
    text: include_str!("../../fixtures/schema_v1.sql"),
}];

impl Schema {
    /// The schema that the open file says it has.
    pub(super) fn of(connection: &Connection, path: &Path) -> Result<&'static Schema, StoreError> {
        let version: u32 = connection
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .map_err(StoreError::sqlite(path))?;
        let known = PAST
            .iter()
            .chain([&PRESENT])
            .find(|schema| schema.version == version);
        known.ok_or_else(|| StoreError::Altered {
            path: path.to_owned(),
            what: format!("there is no version {version}"),
        })
    }

    /// What a file needs before there are rows: tables and views.
    pub(super) fn tables(&self) -> &'static str {
        self.parts().0
    }

    /// What is made when the rows are there: indexes and triggers.
    pub(super) fn guards(&self) -> &'static str {
        self.parts().1
    }

    fn parts(&self) -> (&'static str, &'static str) {
        self.text.split_at(
            self.text
                .find("-- == Indexes ==")
                .unwrap_or(self.text.len()),
        )
    }

    /// Holds what the file says it is made of against this schema, text by text.
    pub(super) fn verify(&self, connection: &Connection, path: &Path) -> Result<(), StoreError> {
        let fail = StoreError::sqlite(path);
        let altered = |what: String| StoreError::Altered {
            path: path.to_owned(),
            what,
        };
        let mut statement =
            connection.prepare("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'").map_err(&fail)?;
        let mut rows = statement.query([]).map_err(&fail)?;
        let mut missing = self.objects();
        while let Some(row) = rows.next().map_err(&fail)? {
            let (kind, name): (String, String) =
                (row.get(0).map_err(&fail)?, row.get(1).map_err(&fail)?);
            let text: Option<String> = row.get(2).map_err(&fail)?;
            let object = format!("{kind} {name}");
            let rest = missing
                .remove(&object)
                .zip(text.as_deref())
                .and_then(|(built, text)| built.strip_prefix(text));
            if !rest.is_some_and(|rest| rest.starts_with(';')) {
                return Err(altered(format!("the {object} was changed or added")));
            }
        }
        match missing.first_key_value() {
            Some((object, _)) => Err(altered(format!("the {object} is missing"))),
            None => Ok(()),
        }
    }

    /// The objects of the schema, each with the schema from its text on: finding a text there by
    /// searching all of it would be a quarter of the time that the shortest question takes.
    fn objects(&self) -> BTreeMap<String, &'static str> {
        let text = self.text;
        text.match_indices("\nCREATE ")
            .map(|(at, _)| &text[at + 1..])
            .map(|text| (named(&text["CREATE ".len()..]), text))
            .collect()
    }
}

/// `trigger entry_delete` of `TRIGGER entry_delete BEFORE …`, as `sqlite_schema` has it.
fn named(created: &str) -> String {
    let mut words = created.split([' ', '(']);
    format!(
        "{} {}",
        words.next().unwrap_or_default().to_lowercase(),
        words.next().unwrap_or_default()
    )
}
