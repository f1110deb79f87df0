//! [`Sheet`]: a table laid out on a sheet of a workbook. It knows no program's files or formulas.

use std::collections::BTreeSet;

use crate::document::english::in_words;
use crate::document::{Cell, Column, ColumnId, Table};
use crate::format::text_width::{GAP, widest};

/// The most rows of a sheet.
pub(super) const MAX_ROWS: usize = 1 << 20;
/// The most characters of a sheet's name.
const MAX_NAME_CHARS: usize = 31;
/// Titles and names are wrapped if they are wider.
const MAX_TITLE_WIDTH: usize = 36;
/// Words that nothing divides for people, such as codes, are wrapped if they are wider.
const MAX_WORD_WIDTH: usize = 54;
/// Sentences are wrapped if they are wider.
const MAX_SENTENCE_WIDTH: usize = 72;
/// A column with a wider text is taken to hold sentences.
const MAX_LINE_WIDTH: usize = 100;
/// The space beside a heading for the arrow of a filter.
const ARROW: usize = 4;

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
            name: sheet_name(&caption, taken),
            widths: (0..table.columns.len())
                .map(|index| width(&table, index))
                .collect(),
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
    pub(super) fn column(&self, column: ColumnId) -> Option<u16> {
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

/// A name that every spreadsheet accepts: letters, digits and spaces, not too long, and different
/// from every other by more than capitals.
fn sheet_name<'a>(caption: &str, taken: impl Iterator<Item = &'a str>) -> String {
    let taken: BTreeSet<String> = taken.map(str::to_lowercase).collect();
    let plain: String = caption
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == ' ')
        .collect();
    let plain = match plain.trim() {
        "" => format!("Sheet {}", taken.len() + 1),
        plain => plain.to_owned(),
    };
    let mut name = cut(&plain, MAX_NAME_CHARS);
    let mut number = 2;
    while taken.contains(&name.to_lowercase()) {
        let end = format!(" {number}");
        name = cut(&plain, MAX_NAME_CHARS - end.len()) + &end;
        number += 1;
    }
    name
}

/// As many whole words as fit; of a word that alone is too long, its beginning.
fn cut(text: &str, most: usize) -> String {
    let beginning: String = text.chars().take(most + 1).collect();
    if beginning.chars().count() <= most {
        return beginning;
    }
    match beginning.rsplit_once(' ') {
        Some((words, _)) => words.trim_end().to_owned(),
        None => beginning.chars().take(most).collect(),
    }
}

/// What stands above a column: its heading, or for a detail without one its name in words.
pub(super) fn heading(column: &Column) -> String {
    if !column.heading().is_empty() {
        return column.heading().to_owned();
    }
    in_words(column.name())
}

/// The width of a column: that of its widest line, within bounds. An amount is never cut.
fn width(table: &Table, index: usize) -> usize {
    let cells = table.rows.iter().filter_map(|row| row.get(index));
    let texts: Vec<String> = cells.map(Cell::to_string).collect();
    let line = widest(texts.iter().flat_map(|text| text.lines()));
    let word = widest(texts.iter().flat_map(|text| text.split_whitespace()));
    let total = table
        .total(index)
        .map(|total| total.pounds().to_string())
        .map_or(0, |total| widest([total.as_str()]));
    let heading = widest([heading(&table.columns[index]).as_str()]);
    let most = if line > MAX_LINE_WIDTH {
        MAX_SENTENCE_WIDTH
    } else {
        MAX_TITLE_WIDTH.max(word.min(MAX_WORD_WIDTH))
    };
    (line.min(most).max(total) + GAP).max(heading + ARROW)
}
