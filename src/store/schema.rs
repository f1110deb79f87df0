//! The schema of a book: the present one, and the frozen ones of the versions still read.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::Connection;

use crate::model::Kind;
use crate::store::error::{Change, StoreError};

/// The whole database; see the comments in it.
pub(crate) const SCHEMA: &str = include_str!("../../schema.sql");

/// The line of the schema before which the tables and views end.
const GUARDS: &str = "-- == Indexes ==";

/// What SQLite itself adds to a file, each with its text: the index of a primary key, and the
/// statistics that `ANALYZE` makes in other programs. A name that begins with `sqlite_` means no
/// more than any other: whoever can write the schema can give it to a trigger.
const OF_SQLITE: [(&str, Option<&str>); 3] = [
    ("index sqlite_autoindex_kind_1", None),
    (
        "table sqlite_stat1",
        Some("CREATE TABLE sqlite_stat1(tbl,idx,stat)"),
    ),
    (
        "table sqlite_stat4",
        Some("CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)"),
    ),
];

/// What a file of one version is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Version {
    /// `user_version` in the file.
    pub(crate) number: u32,
    pub(crate) schema: &'static str,
}

/// The way from one version to the next, whose tables it fills.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    pub(crate) from: Version,
    /// SQL that copies the rows. Each table of the version before has `old_` before its name, and
    /// is removed afterwards.
    pub(crate) copy: &'static str,
}

/// The versions that a program knows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Versions {
    /// Those it reads and upgrades, the oldest first and without a gap.
    pub(crate) past: &'static [Step],
    /// The one it writes.
    pub(crate) present: Version,
}

/// The versions that this program knows. The version before 2 was never released.
pub(crate) const VERSIONS: Versions = Versions {
    past: &[Step {
        from: Version {
            number: 2,
            schema: include_str!("schema_v2.sql"),
        },
        copy: include_str!("upgrade_v2.sql"),
    }],
    present: Version {
        number: 3,
        schema: SCHEMA,
    },
};

impl Versions {
    fn all(self) -> impl Iterator<Item = Version> {
        let past = self.past.iter().map(|step| step.from);
        past.chain([self.present])
    }

    pub(super) fn check(self, found: u32, path: &Path) -> Result<(), StoreError> {
        let (path, present) = (path.to_owned(), self.present.number);
        let oldest = self.all().next().map_or(present, |version| version.number);
        if found == 0 {
            let change = Change::NoSuchVersion(found);
            Err(StoreError::Altered { path, change })
        } else if found > present {
            Err(StoreError::Newer {
                path,
                found,
                present,
            })
        } else if found < oldest {
            Err(StoreError::TooOld {
                path,
                found,
                oldest,
            })
        } else {
            Ok(())
        }
    }

    /// The version that the open file says it has.
    pub(super) fn of(self, connection: &Connection, path: &Path) -> Result<Version, StoreError> {
        let found: u32 = connection
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .map_err(StoreError::sqlite(path))?;
        self.check(found, path)?;
        let known = self.all().find(|version| version.number == found);
        known.ok_or_else(|| StoreError::Altered {
            path: path.to_owned(),
            change: Change::NoSuchVersion(found),
        })
    }
}

impl Version {
    /// Returns `true` if a table of the schema has a column.
    pub(super) fn has_column(self, table: &str, column: &str) -> bool {
        let tables = self.schema.split("\nCREATE TABLE ").skip(1);
        tables
            .filter_map(|text| text.split_once(" ("))
            .filter(|(name, _)| *name == table)
            .filter_map(|(_, rest)| rest.split_once("\n) STRICT"))
            .any(|(columns, _)| columns.lines().any(|line| line.trim().starts_with(column)))
    }

    /// Returns `true` if the table of kinds has this one.
    pub(crate) fn has_kind(self, kind: Kind) -> bool {
        self.schema.contains(&format!("\n  ('{kind}',"))
    }

    /// What a file needs before there are rows: tables and views.
    pub(super) fn tables(self) -> &'static str {
        self.parts().0
    }

    /// What is made once the rows are there: indexes and triggers.
    pub(super) fn guards(self) -> &'static str {
        self.parts().1
    }

    fn parts(self) -> (&'static str, &'static str) {
        let text = self.schema;
        text.split_at(text.find(GUARDS).unwrap_or(text.len()))
    }

    pub(super) fn definitions(self) -> usize {
        let lines = self.schema.lines();
        lines.filter(|line| line.starts_with("CREATE ")).count()
    }

    /// Compares the definitions in the file with the schema, text by text.
    pub(super) fn verify(self, connection: &Connection, path: &Path) -> Result<(), StoreError> {
        let change = self.first_change(connection);
        let Some(change) = change.map_err(StoreError::sqlite(path))? else {
            return Ok(());
        };
        let path = path.to_owned();
        Err(StoreError::Altered { path, change })
    }

    fn first_change(self, connection: &Connection) -> rusqlite::Result<Option<Change>> {
        let mut statement = connection.prepare("SELECT type, name, sql FROM sqlite_schema")?;
        let mut rows = statement.query([])?;
        let mut missing = self.objects();
        while let Some(row) = rows.next()? {
            let (kind, name): (String, String) = (row.get(0)?, row.get(1)?);
            let text: Option<String> = row.get(2)?;
            let object = format!("{kind} {name}");
            if OF_SQLITE.contains(&(&object, text.as_deref())) {
                continue;
            }
            let rest = missing
                .remove(&object)
                .zip(text.as_deref())
                .and_then(|(built, text)| built.strip_prefix(text));
            if !rest.is_some_and(is_end_of_statement) {
                return Ok(Some(Change::Definition(object)));
            }
        }
        let missing = missing.into_keys().next();
        Ok(missing.map(Change::Missing))
    }

    /// The objects of the schema, each with the schema from its text on: finding a text there by
    /// searching all of it would be a quarter of the time that the shortest question takes.
    fn objects(self) -> BTreeMap<String, &'static str> {
        let text = self.schema;
        text.match_indices("\nCREATE ")
            .map(|(at, _)| &text[at + 1..])
            .map(|text| (object_name(&text["CREATE ".len()..]), text))
            .collect()
    }
}

/// Returns `true` if a statement of the schema ends where this begins: an empty line or the end of
/// the schema follows. A `;` alone may stand in a comment or inside a trigger.
fn is_end_of_statement(rest: &str) -> bool {
    rest.starts_with(";\n\n") || rest == ";\n"
}

/// `trigger entry_delete` from `TRIGGER entry_delete BEFORE …`, as `sqlite_schema` has it.
fn object_name(created: &str) -> String {
    let mut words = created.split([' ', '(']);
    let mut next = || words.next().unwrap_or_default();
    format!("{} {}", next().to_lowercase(), next())
}
