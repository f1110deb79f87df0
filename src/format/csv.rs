//! CSV: a report's first table, for spreadsheets and scripts.

use crate::document::{Cell, Report, Table};
use crate::import::sheet::inert;
use crate::import::writer;

/// UTF-8, CRLF, RFC 4180, no total row. Amounts are plain (`15552.80`); text that a spreadsheet
/// would run is inert. `for_excel` puts a byte order mark in front, without which Excel takes UTF-8
/// for something else.
#[must_use]
pub fn csv(report: &dyn Report, for_excel: bool) -> String {
    let mut bytes = Vec::from(if for_excel { "\u{feff}" } else { "" });
    if let Some(table) = report.tables().first() {
        // Writing to memory does not fail.
        let _ = write(table, &mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn write(table: &Table, bytes: &mut Vec<u8>) -> Result<(), ::csv::Error> {
    let mut csv = writer(bytes);
    csv.write_record(table.fields.iter().map(|field| field.name))?;
    for row in &table.rows {
        csv.write_record(row.iter().map(text))?;
    }
    csv.flush()?;
    Ok(())
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Empty | Cell::Aside(_) => String::new(),
        Cell::Text(text) => inert(text).into_owned(),
        Cell::Money(amount) | Cell::Worked(amount, _) => amount.to_string(),
        Cell::Day(day) => day.to_string(),
        Cell::Number(number) => number.to_string(),
    }
}
