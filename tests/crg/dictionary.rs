//! The dictionary of the file: in the schema, in `crg schema`, in `docs/datasette.yaml` and in the
//! `datapackage.json` of a dump.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crg::book::Book;
use crg::model::Fingerprint;
use crg::report::DictionaryRow;
use crg::{Access, Names};
use rusqlite::Connection;
use serde_json::Value;

use crate::files::TempFolder;
use crate::views::kent;

fn dictionary(path: &Path) -> Vec<DictionaryRow> {
    let book = Book::open(path, Access::Read).unwrap();
    book.dictionary().unwrap().rows
}

fn find<'a>(rows: &'a [DictionaryRow], object: &str, column: &str) -> &'a DictionaryRow {
    rows.iter()
        .find(|row| row.object == object && row.column.as_deref() == Some(column))
        .unwrap_or_else(|| panic!("{object} has no {column}"))
}

#[test]
fn every_table_view_and_column_has_a_meaning() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    Book::init(&path, &Names::default()).unwrap();
    let rows = dictionary(&path);
    let objects = rows.iter().filter(|row| row.column.is_none()).count();
    assert_eq!(objects, 5 + 14, "tables and views");
    for row in &rows {
        assert!(!row.meaning.is_empty(), "{row:?}");
    }
    let remaining = find(&rows, "pot", "remaining_pence");
    assert_eq!(
        (
            &*remaining.value_type,
            remaining.unit.as_deref(),
            &*remaining.meaning
        ),
        ("INTEGER", Some("pence"), "What is left to award")
    );
    let pounds = find(&rows, "pot", "remaining");
    assert_eq!(
        (&*pounds.value_type, pounds.unit.as_deref(), &pounds.meaning),
        ("REAL", Some("pounds"), &remaining.meaning)
    );
    assert_eq!(find(&rows, "spend", "on_date").unit.as_deref(), Some("day"));
}

/// A line that describes a column that was renamed or removed is found.
#[test]
fn the_schema_describes_no_column_that_is_not_there() {
    let connection = Connection::open_in_memory().unwrap();
    connection
        .execute_batch(include_str!("../../schema.sql"))
        .unwrap();
    let query = "SELECT name, sql FROM sqlite_schema WHERE type IN ('table', 'view')";
    let mut statement = connection.prepare(query).unwrap();
    let objects = statement.query_map([], |row| row.try_into()).unwrap();
    let mut described = 0;
    for object in objects {
        let (name, sql): (String, String) = object.unwrap();
        let query = format!("SELECT name FROM pragma_table_xinfo('{name}')");
        let mut columns = connection.prepare(&query).unwrap();
        let columns = columns.query_map([], |row| row.get(0)).unwrap();
        let columns: BTreeSet<String> = columns.map(Result::unwrap).collect();
        let lines = sql.lines().skip(1).map(str::trim_start);
        for line in lines.take_while(|line| line.starts_with("-- ")) {
            let head = line[3..].split_once(": ").map(|(head, _)| head);
            let word = head.and_then(|head| head.split(" (").next());
            let is_name = |word: &&str| word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            if let Some(column) = word.filter(is_name) {
                let is_there =
                    columns.contains(column) || columns.contains(&format!("{column}_pence"));
                assert!(is_there, "{name}: {column}");
                described += 1;
            }
        }
    }
    assert!(described > 80, "{described}");
}

/// The types are those of the values that SQLite gives.
#[test]
fn the_values_have_the_types_that_the_dictionary_says() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    kent(&path);
    let connection = Connection::open(&path).unwrap();
    let mut seen = BTreeSet::new();
    for row in dictionary(&path) {
        let Some(column) = &row.column else { continue };
        let query = format!(
            "SELECT DISTINCT upper(typeof({column})) FROM {} WHERE {column} IS NOT NULL",
            row.object
        );
        let mut statement = connection.prepare(&query).unwrap();
        let types = statement.query_map([], |row| row.get(0)).unwrap();
        let types: Vec<String> = types.map(Result::unwrap).collect();
        assert!(
            types.iter().all(|found| *found == row.value_type),
            "{} {column}: {types:?}, not {}",
            row.object,
            row.value_type
        );
        seen.extend(types);
    }
    assert_eq!(seen.len(), 4, "{seen:?}");
}

/// What Datasette is told of tables and columns follows this line of the file.
const GENERATED: &str =
    "    # From schema.sql. UPDATE_DATASETTE=1 cargo test dictionary:: writes it again.\n";

#[test]
fn datasette_is_told_what_the_schema_says() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    Book::init(&path, &Names::default()).unwrap();
    let mut expected = String::from("    tables:\n");
    for row in dictionary(&path) {
        let text = |text: &str| Value::from(text).to_string();
        let line = match (&row.column, &row.unit) {
            (None, _) => format!(
                "      {}:\n        description: {}\n        columns:",
                row.object,
                text(&row.meaning)
            ),
            (Some(column), None) => format!("          {column}: {}", text(&row.meaning)),
            (Some(column), Some(unit)) => {
                format!(
                    "          {column}: {}",
                    text(&format!("{} ({unit})", row.meaning))
                )
            }
        };
        writeln!(expected, "{line}").unwrap();
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/datasette.yaml");
    let found = fs::read_to_string(&file).unwrap();
    let (head, generated) = found.split_once(GENERATED).unwrap();
    if std::env::var_os("UPDATE_DATASETTE").is_some() {
        fs::write(&file, format!("{head}{GENERATED}{expected}")).unwrap();
    } else {
        assert!(generated == expected, "docs/datasette.yaml is out of date");
    }
}

fn dump(folder: &TempFolder) -> PathBuf {
    let (path, dumped) = (folder.join("book.db"), folder.join("dumped"));
    kent(&path);
    Book::open(&path, Access::Read)
        .unwrap()
        .dump(&dumped)
        .unwrap();
    dumped
}

#[test]
fn a_dump_describes_its_files() {
    let folder = TempFolder::new();
    let dumped = dump(&folder);
    let package: Value =
        serde_json::from_slice(&fs::read(dumped.join("datapackage.json")).unwrap()).unwrap();
    let resources = package["resources"].as_array().unwrap();
    let paths: Vec<&str> = resources
        .iter()
        .map(|of| of["path"].as_str().unwrap())
        .collect();
    assert_eq!(
        paths,
        ["entries.csv", "record.csv", "book.csv", "priorities.csv"]
    );
    for resource in resources {
        let path = resource["path"].as_str().unwrap();
        let bytes = fs::read(dumped.join(path)).unwrap();
        assert_eq!(resource["bytes"], bytes.len(), "{path}");
        let hash = format!("sha256:{}", Fingerprint::of_file(&bytes));
        assert_eq!(resource["hash"], hash, "{path}");
        let text = String::from_utf8(bytes).unwrap();
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let names: Vec<&str> = fields
            .iter()
            .map(|of| of["name"].as_str().unwrap())
            .collect();
        assert_eq!(
            names.join(","),
            text.split("\r\n").next().unwrap(),
            "{path}"
        );
        for field in fields {
            assert!(
                field["description"].as_str().unwrap().len() > 5,
                "{path}: {field}"
            );
        }
    }
    let amount = &resources[0]["schema"]["fields"][5];
    assert_eq!(
        (&amount["name"], &amount["type"]),
        (&"amount".into(), &"number".into())
    );
    let refers = resources[0]["schema"]["fields"][9]["description"]
        .as_str()
        .unwrap();
    assert!(
        refers.contains("invoice") && refers.contains("reverse"),
        "{refers}"
    );
}
