//! The sheets of an OpenDocument spreadsheet.
//!
//! calamine spreads every repeated cell out in memory, sheet by sheet, and does not say which rows
//! are hidden; so the one part that holds the cells is read here.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use crate::import::extract::limits::{MAX_COLUMNS, MAX_SHEETS, MAX_UNPACKED};
use crate::import::extract::workbook::markup::{Markup, Piece, attribute, decoded};
use crate::import::extract::workbook::rows::RowCollector;
use crate::import::extract::workbook::sheet::WorkbookSheet;
use crate::import::fault::{FaultKind, FileFault, WorkbookFault};

pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<WorkbookSheet>, FaultKind> {
    let content = content(bytes)?;
    let mut document = Document::default();
    for piece in Markup::new(&content) {
        document.take(&piece)?;
    }
    if document.sheets.is_empty() {
        return Err(WorkbookFault::NoSheets.into());
    }
    Ok(document.sheets)
}

fn content(bytes: &[u8]) -> Result<String, FaultKind> {
    let mut archive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(WorkbookFault::unreadable)?;
    let part = archive
        .by_name("content.xml")
        .map_err(WorkbookFault::unreadable)?;
    let mut content = String::new();
    part.take(MAX_UNPACKED + 1)
        .read_to_string(&mut content)
        .map_err(WorkbookFault::unreadable)?;
    match u64::try_from(content.len()) {
        Ok(length) if length <= MAX_UNPACKED => Ok(content),
        _ => Err(WorkbookFault::TooLarge {
            limit: MAX_UNPACKED,
        }
        .into()),
    }
}

/// What is read of a document.
#[derive(Default)]
struct Document {
    sheets: Vec<WorkbookSheet>,
    rows: RowCollector,
    /// The style whose properties are read, and those of sheets that are not shown.
    style: String,
    hidden_styles: BTreeSet<String>,
    /// The sheet that is read: its name, and whether it is hidden.
    sheet: Option<(String, bool)>,
    fault: Option<FaultKind>,
    row: u32,
    hidden_rows: u64,
    current: CurrentRow,
    /// How deep in notes, which are no text of a cell, the reader is.
    notes: usize,
}

#[derive(Default)]
struct CurrentRow {
    repeated: u32,
    is_hidden: bool,
    column: u32,
    cells: Vec<(u32, String)>,
    /// The cell that is read.
    cell: Option<CurrentCell>,
}

struct CurrentCell {
    repeated: u32,
    /// Its value, if that is a number or a day.
    value: Option<String>,
    text: String,
}

impl Document {
    fn take(&mut self, piece: &Piece<'_>) -> Result<(), FaultKind> {
        match piece {
            Piece::Open(name, attributes, is_closed) => {
                self.open(name, attributes)?;
                if *is_closed {
                    self.close(name)?;
                }
            }
            Piece::Close(name) => self.close(name)?,
            Piece::Text(text) => self.text(&decoded(text)),
            Piece::Verbatim(text) => self.text(text),
        }
        Ok(())
    }

    fn open(&mut self, name: &str, attributes: &str) -> Result<(), FaultKind> {
        let get = |name: &str| attribute(attributes, name).map(|value| value.into_owned());
        let repeated = |name: &str| get(name).map_or(Some(1), |count| count.trim().parse().ok());
        match name {
            "style:style" => self.style = get("style:name").unwrap_or_default(),
            "style:table-properties" if get("table:display").as_deref() == Some("false") => {
                self.hidden_styles.insert(self.style.clone());
            }
            "table:table" if self.sheet.is_none() => {
                if self.sheets.len() == MAX_SHEETS {
                    return Err(WorkbookFault::unreadable("it has too many sheets").into());
                }
                let style = get("table:style-name").unwrap_or_default();
                let is_hidden = self.hidden_styles.contains(&style);
                self.sheet = Some((get("table:name").unwrap_or_default(), is_hidden));
            }
            "table:table-row" => {
                let visibility = get("table:visibility").unwrap_or_default();
                self.current = CurrentRow {
                    repeated: repeated("table:number-rows-repeated").ok_or_else(|| {
                        WorkbookFault::damaged("the repeat count of a row is not a number")
                    })?,
                    is_hidden: matches!(visibility.as_str(), "collapse" | "filter"),
                    ..CurrentRow::default()
                };
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let repeated = repeated("table:number-columns-repeated").ok_or_else(|| {
                    WorkbookFault::damaged("the repeat count of a cell is not a number")
                })?;
                let value = match get("office:value-type").as_deref() {
                    Some("float" | "currency" | "percentage") => get("office:value"),
                    Some("date") => get("office:date-value").map(|day| plain_day(&day)),
                    _ => None,
                };
                self.current.cell = Some(CurrentCell {
                    repeated,
                    value,
                    text: String::new(),
                });
            }
            "office:annotation" => self.notes += 1,
            "text:p" | "text:tab" | "text:line-break" | "text:s" => self.text(" "),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.notes == 0
            && let Some(cell) = &mut self.current.cell
        {
            cell.text.push_str(text);
        }
    }

    fn close(&mut self, name: &str) -> Result<(), FaultKind> {
        match name {
            "office:annotation" => self.notes = self.notes.saturating_sub(1),
            "table:table-cell" | "table:covered-table-cell" => {
                let Some(cell) = self.current.cell.take() else {
                    return Ok(());
                };
                let text = cell.value.unwrap_or(cell.text);
                let (first, is_blank) = (self.current.column, text.trim().is_empty());
                self.current.column = first.saturating_add(cell.repeated);
                // What fills a row to its end is decoration, not a value for each column.
                let limit = u32::try_from(MAX_COLUMNS).map_err(FileFault::unreadable)?;
                let last = self.current.column.min(limit + 1);
                if !is_blank {
                    let cells = (first..last.max(first.saturating_add(1)))
                        .map(|column| (column, text.trim().to_owned()));
                    self.current.cells.extend(cells);
                }
            }
            "table:table-row" => self.end_row(),
            "table:table" => {
                if let Some((name, is_hidden)) = self.sheet.take() {
                    let rows = self.rows.end_sheet();
                    self.sheets.push(WorkbookSheet {
                        name,
                        is_hidden,
                        rows: self.fault.take().map_or(Ok(rows), Err),
                        hidden_rows: std::mem::take(&mut self.hidden_rows),
                    });
                }
                self.row = 0;
            }
            _ => {}
        }
        Ok(())
    }

    /// Adds the row as often as it is repeated. What is beyond a limit is a fault of its sheet.
    fn end_row(&mut self) {
        let row = std::mem::take(&mut self.current);
        if self.sheet.is_none() {
            return;
        }
        if !row.cells.is_empty() && self.fault.is_none() {
            for number in self.row..self.row.saturating_add(row.repeated) {
                let added = row
                    .cells
                    .iter()
                    .try_for_each(|(column, text)| self.rows.add(number, *column, text));
                if let Err(fault) = added {
                    self.fault = Some(fault);
                    break;
                }
            }
            if row.is_hidden {
                self.hidden_rows += u64::from(row.repeated);
            }
        }
        self.row = self.row.saturating_add(row.repeated);
    }
}

/// A day without the time of day that is midnight.
fn plain_day(day: &str) -> String {
    day.strip_suffix("T00:00:00").unwrap_or(day).to_owned()
}
