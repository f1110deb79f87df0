//! Which table stands on which sheet, and where its cells are.

use std::collections::BTreeSet;

use rust_xlsxwriter::utility::{cell_range, row_col_to_cell, worksheet_range_absolute};

use crate::document::{Cell, Field, Table, Term, Working};
use crate::format::xlsx::WorkbookError;
use crate::format::xlsx::text_width::{GAP, widest};

/// The most rows that a sheet may have.
pub(super) const MAX_ROWS: usize = 1 << 20;
/// The most characters of a sheet's name.
const MAX_NAME_CHARS: usize = 31;
/// Titles and names are wrapped where they are wider, in digits.
const MAX_TITLE_WIDTH: usize = 36;
/// Words that nothing divides for people, such as codes, where they are wider.
const MAX_WORD_WIDTH: usize = 54;
/// Sentences where they are wider.
const MAX_SENTENCE_WIDTH: usize = 72;
/// A column with a wider text has sentences.
const MAX_LINE_CHARS: usize = 100;
/// Room beside a heading, for the arrow of a filter.
const ARROW: usize = 4;

/// A table on its sheet: the heading in row 0, then the rows, a blank one, and the total where
/// there is one.
///
/// The blank one keeps the total out of the filter: a spreadsheet takes the row that touches the
/// last one for another.
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) table: Table,
    /// How many digits wide each column is.
    pub(super) widths: Vec<usize>,
    rows: u32,
    columns: u16,
}

/// Each table with the name of its sheet: its caption, or the first word of what the workbook calls
/// itself.
pub(super) fn sheets(tables: Vec<Table>, title: &str) -> Result<Vec<Sheet>, WorkbookError> {
    let mut sheets: Vec<Sheet> = Vec::new();
    for table in tables {
        let caption = if table.caption.is_empty() {
            title.split(' ').next().unwrap_or_default()
        } else {
            &table.caption
        };
        let name = name(caption, &sheets);
        let (rows, columns) = (table.rows.len(), table.fields.len());
        if rows + 3 > MAX_ROWS {
            return Err(WorkbookError::TooManyRows {
                sheet: name,
                rows: rows + 3,
            });
        }
        let (rows, columns) = (
            u32::try_from(rows).unwrap_or(u32::MAX),
            u16::try_from(columns).unwrap_or(u16::MAX),
        );
        let widths = (0..table.fields.len())
            .map(|place| width(&table, place))
            .collect();
        sheets.push(Sheet {
            name,
            table,
            widths,
            rows,
            columns,
        });
    }
    Ok(sheets)
}

/// A name that a spreadsheet takes: letters, digits and spaces, not too many, and no other sheet's,
/// whatever its capitals.
fn name(caption: &str, sheets: &[Sheet]) -> String {
    let plain: String = caption
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == ' ')
        .collect();
    let plain = if plain.trim().is_empty() {
        format!("Sheet {}", sheets.len() + 1)
    } else {
        plain.trim().to_owned()
    };
    let taken: BTreeSet<String> = sheets
        .iter()
        .map(|sheet| sheet.name.to_lowercase())
        .collect();
    let numbers = (2..).map(|number| format!(" {number}"));
    let names = [String::new()]
        .into_iter()
        .chain(numbers)
        .map(|end| cut(&plain, MAX_NAME_CHARS - end.len()) + &end);
    names
        .skip_while(|name| taken.contains(&name.to_lowercase()))
        .take(1)
        .collect()
}

/// As many whole words as fit; of a word that alone is too long, its beginning.
fn cut(text: &str, most: usize) -> String {
    let begin: String = text.chars().take(most + 1).collect();
    match begin.rsplit_once(' ') {
        _ if begin.chars().count() <= most => begin,
        Some((words, _)) => words.trim_end().to_owned(),
        None => begin.chars().take(most).collect(),
    }
}

/// What stands above a column: its heading, or for one that only CSV has its name.
pub(super) fn heading(field: &Field) -> String {
    if !field.is_detail() {
        return field.heading.to_owned();
    }
    let mut letters = field.name.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first
        .into_iter()
        .chain(letters)
        .collect::<String>()
        .replace('_', " ")
}

/// As its widest line, within bounds; an amount is never cut.
fn width(table: &Table, place: usize) -> usize {
    let texts: Vec<String> = table
        .rows
        .iter()
        .filter_map(|row| row.get(place))
        .map(Cell::to_string)
        .collect();
    let line = widest(texts.iter().flat_map(|text| text.lines()));
    let word = widest(texts.iter().flat_map(|text| text.split_whitespace()));
    let total = table
        .total(place)
        .map_or(0, |total| widest([&*total.pounds().to_string()]));
    let heading = table
        .fields
        .get(place)
        .map_or(0, |field| widest([&*heading(field)]));
    let most = if line > MAX_LINE_CHARS {
        MAX_SENTENCE_WIDTH
    } else {
        MAX_TITLE_WIDTH.max(word.min(MAX_WORD_WIDTH))
    };
    (line.min(most).max(total) + GAP).max(heading + ARROW)
}

impl Sheet {
    /// The last row of the table; where it has none, the blank one below the heading.
    pub(super) fn last_row(&self) -> u32 {
        self.rows.max(1)
    }

    pub(super) fn last_column(&self) -> u16 {
        self.columns.saturating_sub(1)
    }

    /// The row of the total.
    pub(super) fn total_row(&self) -> Option<u32> {
        self.table
            .fields
            .iter()
            .any(|field| field.is_summed)
            .then(|| self.last_row() + 2)
    }

    /// The last row that is written.
    pub(super) fn end(&self) -> u32 {
        self.total_row().unwrap_or(self.last_row())
    }

    /// Does it work an amount out?
    pub(super) fn is_worked(&self) -> bool {
        self.table
            .rows
            .iter()
            .flatten()
            .any(|cell| matches!(cell, Cell::Worked(..)))
    }

    /// A column's cells, as formulas on the same sheet call them.
    pub(super) fn range(&self, column: u16) -> String {
        cell_range(1, column, self.last_row(), column)
    }

    /// How many digits wide it is.
    pub(super) fn width(&self) -> usize {
        self.widths.iter().sum()
    }

    /// The texts of a row, with the width of their columns.
    pub(super) fn texts(&self, row: &[Cell]) -> impl Iterator<Item = (String, usize)> {
        row.iter()
            .zip(&self.widths)
            .filter_map(|(cell, width)| match cell {
                Cell::Text(text) => Some((text.clone(), *width)),
                _ => None,
            })
    }

    fn column(&self, name: &str) -> Option<u16> {
        (0..)
            .zip(&self.table.fields)
            .find(|(_, field)| field.name == name)
            .map(|(column, _)| column)
    }

    fn line(&self, words: &str) -> Option<u32> {
        let begins = |row: &Vec<Cell>| row.first().is_some_and(|cell| cell.to_string() == words);
        (1..)
            .zip(&self.table.rows)
            .find(|(_, row)| begins(row))
            .map(|(row, _)| row)
    }
}

/// A formula, rounded to the penny: floats that add up to nothing may leave a trace, which would be
/// shown as -£0.00.
pub(super) fn formula(
    working: &Working,
    sheet: &Sheet,
    column: u16,
    sheets: &[Sheet],
) -> Result<String, WorkbookError> {
    let cell = |figure: &Term| {
        reference(figure, sheet, column, sheets).ok_or_else(|| WorkbookError::NoSuchCell {
            figure: format!("{figure:?}"),
        })
    };
    let added = working
        .added
        .iter()
        .map(cell)
        .collect::<Result<Vec<_>, _>>()?;
    let taken = working
        .taken
        .iter()
        .map(cell)
        .collect::<Result<Vec<_>, _>>()?;
    let taken: String = taken.iter().map(|cell| format!("-{cell}")).collect();
    Ok(format!("ROUND({}{taken},2)", added.join("+")))
}

fn reference(figure: &Term, sheet: &Sheet, column: u16, sheets: &[Sheet]) -> Option<String> {
    let named = |table: &str| sheets.iter().find(|sheet| sheet.table.caption == table);
    match figure {
        Term::Line(words) => Some(row_col_to_cell(sheet.line(words)?, column)),
        Term::Total { table, column } => {
            let sheet = named(table)?;
            let (row, column) = (sheet.total_row()?, sheet.column(column)?);
            Some(worksheet_range_absolute(
                &sheet.name,
                row,
                column,
                row,
                column,
            ))
        }
        Term::Part {
            table,
            column,
            by,
            word,
        } => {
            let sheet = named(table)?;
            let range = |name| {
                Some(worksheet_range_absolute(
                    &sheet.name,
                    1,
                    sheet.column(name)?,
                    sheet.last_row(),
                    sheet.column(name)?,
                ))
            };
            Some(format!(
                "SUMIF({},\"{word}\",{})",
                range(by)?,
                range(column)?
            ))
        }
    }
}
