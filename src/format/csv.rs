//! CSV: the rows of a report, for spreadsheets and scripts.

use crate::document::{Cell, Column, Report, Table};
use crate::import::sheet::inert;
use crate::import::writer;

/// The report's data with all its columns: UTF-8, CRLF, RFC 4180, no row of totals.
///
/// Amounts are plain (`15552.80`), days are ISO, and text that a spreadsheet would run as a formula
/// is made inert. `for_excel` puts a byte order mark in front, without which Excel does not
/// recognise UTF-8.
pub fn csv(report: &dyn Report, for_excel: bool) -> String {
    let mut bytes = Vec::from(if for_excel { "\u{feff}" } else { "" });
    // Writing to memory does not fail.
    let _ = write(&report.data(), &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
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
        Cell::Empty | Cell::Aside(_) => String::new(),
        Cell::Text(text) => inert(text).into_owned(),
        Cell::Pot(name) => name.pot.to_string(),
        Cell::Money(amount) | Cell::Formula(amount, _) => amount.to_string(),
        Cell::Day(day) => day.to_string(),
        Cell::Number(number) => number.to_string(),
    }
}
