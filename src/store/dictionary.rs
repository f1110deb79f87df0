//! What each table, view and column of the file means, from the comments inside its schema.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::Connection;

use crate::report::DictionaryRow;
use crate::store::error::StoreError;
use crate::store::handle::Store;
use crate::store::schema::SCHEMA;

/// The table whose columns mean the same wherever their names are met.
const JOURNAL: &str = "entry";

/// Its rowid order is the order of the schema.
const OBJECTS: &str = "SELECT name, type, sql FROM sqlite_schema \
    WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY rowid";

impl Store {
    /// The tables and views of the file, each followed by its columns. Books of version 2 say
    /// nothing of what they mean.
    pub(crate) fn dictionary(&self) -> Result<Vec<DictionaryRow>, StoreError> {
        self.ask(read)
    }
}

/// The dictionary of the version that this program writes.
pub(crate) fn present_dictionary() -> Result<Vec<DictionaryRow>, StoreError> {
    let present = || {
        let connection = Connection::open_in_memory()?;
        connection.execute_batch(SCHEMA)?;
        read(&connection)
    };
    present().map_err(StoreError::sqlite(Path::new("schema.sql")))
}

/// What the comments of a table or view say.
#[derive(Debug, Default)]
struct Comments {
    meaning: String,
    columns: BTreeMap<String, Comment>,
}

#[derive(Debug, Default)]
struct Comment {
    unit: Option<String>,
    meaning: String,
}

fn read(connection: &Connection) -> rusqlite::Result<Vec<DictionaryRow>> {
    let mut statement = connection.prepare(OBJECTS)?;
    let objects = statement.query_map([], |row| row.try_into())?;
    let objects: Vec<(String, String, String)> = objects.collect::<rusqlite::Result<_>>()?;
    let journal = objects.iter().find(|(name, ..)| name == JOURNAL);
    let journal = journal.map_or_else(Comments::default, |(.., sql)| Comments::of(sql));
    let mut rows = Vec::new();
    for (object, kind, sql) in &objects {
        let own = Comments::of(sql);
        rows.push(DictionaryRow {
            object: object.clone(),
            column: None,
            value_type: kind.clone(),
            unit: None,
            meaning: own.meaning.clone(),
        });
        let mut columns = connection.prepare("SELECT name, type FROM pragma_table_xinfo(?1)")?;
        let columns = columns.query_map([object], |row| row.try_into())?;
        let columns: Vec<(String, String)> = columns.collect::<rusqlite::Result<_>>()?;
        for (column, declared) in &columns {
            let comment = own.find(column).or_else(|| journal.find(column));
            let pence = format!("{column}_pence");
            let unit = if column.ends_with("_pence") {
                Some("pence".to_owned())
            } else if columns.iter().any(|(other, _)| *other == pence) {
                Some("pounds".to_owned())
            } else {
                comment.and_then(|comment| comment.unit.clone())
            };
            rows.push(DictionaryRow {
                object: object.clone(),
                column: Some(column.clone()),
                value_type: value_type(kind, declared, unit.as_deref()).to_owned(),
                unit,
                meaning: comment.map_or_else(String::new, |comment| comment.meaning.clone()),
            });
        }
    }
    Ok(rows)
}

/// The type of the values in a column. SQLite declares it for tables, and for the columns that views
/// take from them as they are. Pounds are the only numbers that are not whole; days and moments are
/// texts, and whatever else has a unit is a whole number; no view has bytes.
fn value_type<'a>(kind: &str, declared: &'a str, unit: Option<&str>) -> &'a str {
    match unit {
        Some("pounds") => "REAL",
        Some("day" | "moment") => "TEXT",
        Some(_) => "INTEGER",
        None if declared.contains("INT") => "INTEGER",
        None if kind == "view" => "TEXT",
        None => declared,
    }
}

impl Comments {
    /// Reads the lines after `CREATE …`: sentences, then `column (unit): meaning` for columns, which
    /// an indented line continues.
    fn of(sql: &str) -> Comments {
        let mut comments = Comments::default();
        let mut last: Option<String> = None;
        let lines = sql.lines().skip(1);
        for line in lines.map_while(|line| line.trim_start().strip_prefix("-- ")) {
            if let Some((column, unit, meaning)) = column(line) {
                let meaning = meaning.to_owned();
                let comment = Comment { unit, meaning };
                comments.columns.insert(column.to_owned(), comment);
                last = Some(column.to_owned());
                continue;
            }
            let text = match last
                .as_ref()
                .and_then(|name| comments.columns.get_mut(name))
            {
                Some(comment) => &mut comment.meaning,
                None => &mut comments.meaning,
            };
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(line.trim_start());
        }
        comments
    }

    /// The comment on a column. One on `spent` is on `spent_pence` too.
    fn find(&self, column: &str) -> Option<&Comment> {
        let amount = column.strip_suffix("_pence").unwrap_or(column);
        self.columns
            .get(column)
            .or_else(|| self.columns.get(amount))
    }
}

/// The parts of `column (unit): meaning`.
fn column(line: &str) -> Option<(&str, Option<String>, &str)> {
    let (head, meaning) = line.split_once(": ")?;
    let (name, unit) = match head
        .strip_suffix(')')
        .and_then(|head| head.split_once(" ("))
    {
        Some((name, unit)) => (name, Some(unit.to_owned())),
        None => (head, None),
    };
    let is_name = |letter: char| letter.is_ascii_lowercase() || letter == '_';
    (!name.is_empty() && name.chars().all(is_name)).then_some((name, unit, meaning))
}
