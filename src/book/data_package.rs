//! `datapackage.json` of a dump: its files and columns, described in the Frictionless Data Package
//! standard, for programs that read CSV.

use std::io;
use std::path::Path;

use serde_json::{Value, json};

use crate::book::load::columns::{
    BOOK, BOOK_COLUMNS, ENTRIES, PRIORITIES, PRIORITY_COLUMNS, RECORD, RECORD_COLUMNS,
};
use crate::import::sha256;
use crate::model::{Column, Names};
use crate::report::DictionaryRow;

/// A column of a CSV file: its name, and the columns of a table that say what it means.
struct Field {
    name: &'static str,
    stored: &'static [&'static str],
}

/// The package of a dump. `place` gives the file that holds a resource now.
pub(super) fn data_package(
    names: &Names,
    dictionary: &[DictionaryRow],
    place: impl Fn(&str) -> std::path::PathBuf,
) -> io::Result<Value> {
    let entries = Column::ALL.iter().map(|column| Field {
        name: column.as_str(),
        stored: stored(*column),
    });
    let resources = [
        (ENTRIES, "entry", entries.collect()),
        (RECORD, "entry", own(&RECORD_COLUMNS)),
        (BOOK, "book", own(&BOOK_COLUMNS)),
        (PRIORITIES, "priority", own(&PRIORITY_COLUMNS)),
    ];
    let resources: io::Result<Vec<Value>> = resources
        .into_iter()
        .map(|(file, table, fields)| resource(file, &place(file), table, &fields, dictionary))
        .collect();
    Ok(json!({
        "profile": "tabular-data-package",
        "name": "crime-reduction-grant",
        "title": format!("{}: {}", names.partnership, names.grant),
        "resources": resources?,
    }))
}

/// Columns whose names are those of a table.
fn own(columns: &'static [&'static str]) -> Vec<Field> {
    let field = |column: &'static &'static str| Field {
        name: column,
        stored: std::slice::from_ref(column),
    };
    columns.iter().map(field).collect()
}

/// The columns of the table `entry` that hold a column of `entries.csv`.
fn stored(column: Column) -> &'static [&'static str] {
    match column {
        Column::On => &["on_date"],
        Column::Year => &["year"],
        Column::Kind => &["kind"],
        Column::Project => &["project"],
        Column::Pot => &["pot"],
        Column::Amount => &["amount_pence"],
        Column::Title => &["title"],
        Column::Lead => &["lead"],
        Column::Supplier => &["supplier"],
        Column::Reference => &["reference", "refers_to"],
        Column::Measure => &["measure"],
        Column::Value => &["value"],
        Column::Priorities => &["priorities"],
        Column::Vat => &["vat"],
        Column::Override => &["override_reason"],
        Column::Note => &["note"],
        Column::By => &["recorded_by"],
    }
}

fn resource(
    file: &str,
    path: &Path,
    table: &str,
    fields: &[Field],
    dictionary: &[DictionaryRow],
) -> io::Result<Value> {
    let meaning = |column: Option<&str>| {
        let mut rows = dictionary.iter();
        let row = rows.find(|row| row.object == table && row.column.as_deref() == column);
        row.map_or("", |row| row.meaning.as_str())
    };
    let field = |field: &Field| {
        let meanings: Vec<&str> = field.stored.iter().map(|of| meaning(Some(of))).collect();
        json!({
            "name": field.name,
            "type": field_type(field.name),
            "description": meanings.join("; "),
        })
    };
    Ok(json!({
        "profile": "tabular-data-resource",
        "name": file.trim_end_matches(".csv"),
        "path": file,
        "description": meaning(None),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.metadata()?.len(),
        "hash": format!("sha256:{}", sha256(path)?),
        "dialect": { "lineTerminator": "\r\n" },
        "schema": {
            "fields": fields.iter().map(field).collect::<Vec<_>>(),
            "missingValues": [""],
        },
    }))
}

/// The type of a column in the words of the standard.
fn field_type(column: &str) -> &'static str {
    match column {
        "on" => "date",
        "amount" => "number",
        "number" => "integer",
        _ => "string",
    }
}
