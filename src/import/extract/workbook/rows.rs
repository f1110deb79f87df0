//! [`RowCollector`]: the rows of a sheet as they are read, within the limits.

use crate::import::extract::limits::{MAX_CELLS, MAX_COLUMNS, MAX_LINES, MAX_TEXT};
use crate::import::fault::{FaultKind, RowFault, WorkbookFault};

/// One row: its number, and the column and text of each cell that holds something.
pub(crate) struct SheetRow {
    pub(crate) row: u64,
    pub(crate) cells: Vec<(u32, Box<str>)>,
}

/// Collects the cells of one sheet after another, and refuses what is beyond the limits.
#[derive(Default)]
pub(crate) struct RowCollector {
    rows: Vec<SheetRow>,
    /// The bytes of text of all sheets so far.
    text_bytes: usize,
    /// The cells of all sheets so far.
    cells: usize,
}

impl RowCollector {
    /// Adds a cell; row and column count from 0, and come in order. A blank one is left out.
    pub(crate) fn add(&mut self, row: u32, column: u32, text: &str) -> Result<(), FaultKind> {
        if text.trim().is_empty() {
            return Ok(());
        }
        self.text_bytes += text.len();
        if self.text_bytes > MAX_TEXT {
            return Err(WorkbookFault::TooMuchText { limit: MAX_TEXT }.into());
        }
        self.cells += 1;
        if self.cells > MAX_CELLS {
            return Err(WorkbookFault::TooManyCells { limit: MAX_CELLS }.into());
        }
        let row = u64::from(row) + 1;
        if row > MAX_LINES {
            return Err(RowFault::TooManyRows { limit: MAX_LINES }.into());
        }
        if usize::try_from(column).is_ok_and(|column| column >= MAX_COLUMNS) {
            return Err(RowFault::TooManyColumns { limit: MAX_COLUMNS }.into());
        }
        match self.rows.last_mut() {
            Some(last) if last.row > row => {
                let detail = format!("row {row} comes after row {}", last.row);
                return Err(WorkbookFault::damaged(detail).into());
            }
            Some(last) if last.row == row => match last.cells.last() {
                Some((before, _)) if *before >= column => {
                    let detail = format!("the cells of row {row} are not in order");
                    return Err(WorkbookFault::damaged(detail).into());
                }
                _ => last.cells.push((column, text.into())),
            },
            _ => self.rows.push(SheetRow {
                row,
                cells: vec![(column, text.into())],
            }),
        }
        Ok(())
    }

    /// The rows of the sheet that ends here.
    pub(crate) fn end_sheet(&mut self) -> Vec<SheetRow> {
        std::mem::take(&mut self.rows)
    }
}

/// How many of these rows, by their numbers from 1, hold something.
pub(crate) fn count_filled(rows: &[SheetRow], hidden: &[u64]) -> u64 {
    let is_filled = |number: &&u64| rows.binary_search_by_key(*number, |row| row.row).is_ok();
    u64::try_from(hidden.iter().filter(is_filled).count()).unwrap_or(u64::MAX)
}
