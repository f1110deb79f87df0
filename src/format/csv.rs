//! CSV: the rows of a report, for spreadsheets and scripts.

use crate::document::{Cell, Column, Report, Table};
use crate::import::sheet::inert;
use crate::import::writer;

/// The report's data with all its columns: UTF-8, CRLF, RFC 4180, no row of totals. Each row ends
/// with whose book it is, so that the files of several partnerships can be put together.
///
/// Amounts are plain (`15552.80`), days are ISO, and text that a spreadsheet would run as a formula
/// is made inert. `for_excel` puts a byte order mark in front, without which Excel does not
/// recognise UTF-8.
pub fn csv(report: &dyn Report, for_excel: bool) -> String {
    let mut bytes = Vec::from(if for_excel { "\u{feff}" } else { "" });
    // Writing to memory does not fail.
    let _ = write(&with_origin(report), &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The report's data, with its origin in the last columns.
fn with_origin(report: &dyn Report) -> Table {
    let data = report.data();
    let Some(origin) = report.origin() else {
        return data;
    };
    data.followed_by("partnership", &origin.partnership)
        .followed_by("as_at", &report.as_at())
        .followed_by("known_at", &origin.known_at)
        .followed_by("entry", &origin.entry)
        .followed_by("fingerprint", &origin.fingerprint)
}

fn write(table: &Table, bytes: &mut Vec<u8>) -> Result<(), ::csv::Error> {
    let mut csv = writer(bytes);
    csv.write_record(table.columns.iter().map(Column::name))?;
    for row in &table.rows {
        csv.write_record(row.iter().map(text))?;
    }
    csv.flush()?;
    Ok(())
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Empty | Cell::Aside(_) | Cell::Blank => String::new(),
        Cell::Text(text) => inert(text).into_owned(),
        Cell::Pot(name) => name.pot.to_string(),
        Cell::Money(amount) | Cell::Formula(amount, _) => amount.to_string(),
        Cell::Day(day) => day.to_string(),
        Cell::Number(_) | Cell::Entry(_) => cell.to_string(),
    }
}
