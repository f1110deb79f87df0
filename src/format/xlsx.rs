//! XLSX: a report as a workbook, a sheet for each of its tables.
//!
//! A spreadsheet's numbers are floats. This is the one module that makes floats, and [`number`] the
//! one place: from the decimal text of an exact figure, of no more digits than a spreadsheet keeps.
//! It computes nothing with them.

mod page;
mod text_width;
mod sheets;
mod styles;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Formula, IgnoreError, Workbook, Worksheet, XlsxError,
};

use crate::document::{Cell, Origin, Report, Working};
use crate::import::is_active;
use crate::model::{Date, Money};

use crate::format::xml::clean;
use sheets::{Sheet, sheets};
use styles::Styles;

/// The most digits of a number that a spreadsheet keeps.
const MAX_DIGITS: usize = 15;

/// The size of a cell in the font of [`Styles::base`].
const ROW_PIXELS: u32 = 17;
const COLUMN_PIXELS: u32 = 64;

/// Why a report is not a workbook.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// A sheet has 1,048,576 rows: a heading, the rows, a blank one and a total.
    #[error(
        "sheet {sheet} would have {rows} rows, and a spreadsheet takes at most {}",
        sheets::MAX_ROWS
    )]
    TooManyRows {
        /// The sheet.
        sheet: String,
        /// How many it would have.
        rows: usize,
    },
    /// A spreadsheet would round a figure.
    #[error("{figure} has more than the {MAX_DIGITS} digits that a spreadsheet keeps")]
    TooManyDigits {
        /// The figure.
        figure: String,
    },
    /// A figure is worked out from cells that no sheet has.
    #[error("no cell for {figure}")]
    NoSuchCell {
        /// The figure.
        figure: String,
    },
    /// What the writer of workbooks says.
    #[error(transparent)]
    Writer(#[from] XlsxError),
}

/// A workbook: every table on a sheet of its own with all its columns, amounts and days as such,
/// sums as formulas beside what they come to, the notes below the first table. The same bytes for
/// the same report.
///
/// # Errors
///
/// [`WorkbookError`] where a spreadsheet cannot hold the report as it is.
pub fn xlsx(report: &dyn Report) -> Result<Vec<u8>, WorkbookError> {
    let sheets = sheets(report.tables(), &report.title())?;
    let mut workbook = Workbook::new();
    workbook.set_default_format(&Styles::base(), ROW_PIXELS, COLUMN_PIXELS)?;
    let made = day(report.as_at().unwrap_or(Date::MIN))?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title(clean(&report.title()))
            .set_creation_datetime(&made),
    );
    let styles = Styles::new();
    for sheet in &sheets {
        let page = workbook.add_worksheet().set_name(&sheet.name)?;
        write_rows(page, sheet, &sheets, &styles)?;
        page::set_up(page, sheet, &clean(&report.title()))?;
    }
    if let (Ok(first), Some(sheet)) = (workbook.worksheet_from_index(0), sheets.first()) {
        write_notes(first, sheet, report, &styles)?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// The heading, the rows, and where a column is summed a total below them.
fn write_rows(
    page: &mut Worksheet,
    sheet: &Sheet,
    sheets: &[Sheet],
    styles: &Styles,
) -> Result<(), WorkbookError> {
    for (column, field) in (0..).zip(&sheet.table.fields) {
        page.write_string_with_format(
            0,
            column,
            sheets::heading(field),
            styles.heading(field.align),
        )?;
    }
    for (row, cells) in (1..).zip(&sheet.table.rows) {
        for (column, cell) in (0..).zip(cells) {
            write_cell(page, (row, column), cell, styles, |working| {
                sheets::formula(working, sheet, column, sheets)
            })?;
        }
        if let Some(height) = page::height(sheet.texts(cells)) {
            page.set_row_height(row, height)?;
        }
    }
    write_total(page, sheet, styles)?;
    // An invoice's number is text, also where it has only digits.
    page.ignore_error_range(
        0,
        0,
        sheet.last_row(),
        sheet.last_column(),
        IgnoreError::NumberStoredAsText,
    )?;
    Ok(())
}

fn write_cell(
    page: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    styles: &Styles,
    worked: impl Fn(&Working) -> Result<String, WorkbookError>,
) -> Result<(), WorkbookError> {
    match cell {
        Cell::Empty | Cell::Aside(_) => page,
        Cell::Text(text) => {
            page.write_string_with_format(row, column, clean(text), styles.text(is_active(text)))?
        }
        Cell::Money(amount) => {
            page.write_number_with_format(row, column, number(&amount.to_string())?, &styles.money)?
        }
        Cell::Worked(amount, working) => page.write_formula_with_format(
            row,
            column,
            formula(worked(working)?, *amount)?,
            &styles.money,
        )?,
        Cell::Day(date) => {
            page.write_datetime_with_format(row, column, &day(*date)?, &styles.day)?
        }
        Cell::Number(count) => {
            page.write_number_with_format(row, column, number(&count.to_string())?, &styles.count)?
        }
    };
    Ok(())
}

fn write_total(page: &mut Worksheet, sheet: &Sheet, styles: &Styles) -> Result<(), WorkbookError> {
    let Some(row) = sheet.total_row() else {
        return Ok(());
    };
    for column in 0..=sheet.last_column() {
        page.write_blank(row, column, &styles.total)?;
    }
    page.write_string_with_format(row, 0, "Total", &styles.total_word)?;
    for (place, column) in (0..sheet.table.fields.len()).zip(0..) {
        if let Some(total) = sheet.table.total(place) {
            let sum = format!("ROUND(SUM({}),2)", sheet.range(column));
            page.write_formula_with_format(row, column, formula(sum, total)?, &styles.total)?;
        }
    }
    Ok(())
}

/// What the report is, what a reader must know and what it rests on, below the table.
fn write_notes(
    page: &mut Worksheet,
    sheet: &Sheet,
    report: &dyn Report,
    styles: &Styles,
) -> Result<(), WorkbookError> {
    let origin = report.origin();
    let notes = [report.title()]
        .into_iter()
        .chain(report.notes())
        .chain(origin.iter().flat_map(Origin::lines));
    let first = sheet.end() + 2;
    for (row, note) in (first..).zip(notes) {
        let style = styles.note(row == first, is_active(&note));
        match sheet.last_column() {
            0 => drop(page.write_string_with_format(row, 0, clean(&note), style)?),
            last => drop(page.merge_range(row, 0, row, last, &clean(&note), style)?),
        }
        if let Some(height) = page::height([(note, sheet.width())]) {
            page.set_row_height(row, height)?;
        }
    }
    Ok(())
}

/// A formula beside what it comes to, which a viewer that does not calculate shows.
fn formula(text: String, result: Money) -> Result<Formula, WorkbookError> {
    number(&result.to_string())?;
    Ok(Formula::new(text).set_result(result.to_string()))
}

fn day(date: Date) -> Result<ExcelDateTime, WorkbookError> {
    Ok(ExcelDateTime::parse_from_str(&date.to_string())?)
}

/// The float nearest to an exact figure: written out, it has the same digits.
#[expect(
    clippy::disallowed_types,
    reason = "a spreadsheet's numbers are floats"
)]
fn number(figure: &str) -> Result<f64, WorkbookError> {
    let digits = figure.chars().filter(char::is_ascii_digit).count();
    let number = figure.parse::<f64>().ok().filter(|_| digits <= MAX_DIGITS);
    number.ok_or_else(|| WorkbookError::TooManyDigits {
        figure: figure.into(),
    })
}
