//! [`Sheet`]: a table laid out on a sheet of a workbook. It knows no program's files or formulas.

mod names;
mod widths;

use crate::document::{Cell, ColumnId, Table};
pub(super) use names::heading;

/// The most rows of a sheet.
pub(super) const MAX_ROWS: usize = 1 << 20;

/// A table on its sheet: the headings in row 0, then the rows, a blank one, and the totals if there
/// are any.
///
/// The blank row keeps the totals out of the filter: a spreadsheet takes the row that touches the
/// last one for another.
pub(super) struct Sheet {
    /// Its name, which no other sheet of the workbook has.
    pub(super) name: String,
    pub(super) table: Table,
    /// The width of each column, in digits.
    pub(super) widths: Vec<usize>,
}

/// A sheet for each table, named by the table's caption or the first word of the workbook's title.
pub(super) fn sheets(tables: Vec<Table>, title: &str) -> Vec<Sheet> {
    let mut sheets: Vec<Sheet> = Vec::new();
    for table in tables {
        let caption = match table.caption.to_string() {
            caption if caption.is_empty() => title.split(' ').next().unwrap_or_default().to_owned(),
            caption => caption,
        };
        let taken = sheets.iter().map(|sheet| sheet.name.as_str());
        sheets.push(Sheet {
            name: names::sheet_name(&caption, taken),
            widths: widths::widths(&table),
            table,
        });
    }
    sheets
}

/// The first sheet whose table has all these columns, with their positions.
pub(super) fn find<const N: usize>(
    columns: [ColumnId; N],
    sheets: &[Sheet],
) -> Option<(&Sheet, [u16; N])> {
    sheets.iter().find_map(|sheet| {
        let positions = columns.map(|column| sheet.column(column));
        let found: Option<Vec<u16>> = positions.into_iter().collect();
        Some((sheet, found?.try_into().ok()?))
    })
}

impl Sheet {
    /// The row of the table's row at an index.
    pub(super) fn row(index: usize) -> u32 {
        u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// The last row of the table; if it has none, the blank one below the headings.
    pub(super) fn last_row(&self) -> u32 {
        Sheet::row(self.table.rows.len().max(1) - 1)
    }

    /// The last column.
    pub(super) fn last_column(&self) -> u16 {
        u16::try_from(self.table.columns.len())
            .unwrap_or(u16::MAX)
            .saturating_sub(1)
    }

    /// The row of the totals.
    pub(super) fn total_row(&self) -> Option<u32> {
        let mut columns = self.table.columns.iter();
        columns
            .any(|column| column.is_summed())
            .then(|| self.last_row().saturating_add(2))
    }

    /// The last row that is written.
    pub(super) fn end(&self) -> u32 {
        self.total_row().unwrap_or(self.last_row())
    }

    /// How many rows it takes, with those of headings and totals.
    pub(super) fn height(&self) -> usize {
        self.table.rows.len() + 3
    }

    /// The width of all columns, in digits.
    pub(super) fn width(&self) -> usize {
        self.widths.iter().sum()
    }

    /// The position of a column.
    fn column(&self, column: ColumnId) -> Option<u16> {
        u16::try_from(self.table.index(column)?).ok()
    }

    /// Returns `true` if an amount of the table is worked out from other cells.
    pub(super) fn has_formulas(&self) -> bool {
        let mut cells = self.table.rows.iter().flatten();
        cells.any(|cell| matches!(cell, Cell::Formula(..)))
    }

    /// The texts of a row, each with the width of its column.
    pub(super) fn texts<'a>(&'a self, row: &'a [Cell]) -> impl Iterator<Item = (&'a str, usize)> {
        let cells = row.iter().zip(&self.widths);
        cells.filter_map(|(cell, width)| match cell {
            Cell::Text(text) => Some((text.as_str(), *width)),
            _ => None,
        })
    }
}
