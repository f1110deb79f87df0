//! XLSX: a report as a workbook, with a sheet for each of its tables.
//!
//! Templates to be filled in are workbooks too, and are made here.

mod formula;
mod page;
mod styles;
mod template;
mod value;

use rust_xlsxwriter::{DocProperties, Formula, IgnoreError, Workbook, Worksheet};

use crate::document::{Cell, Origin, Report};
use crate::format::sheets::{MAX_ROWS, Sheet, heading, sheets};
use crate::format::xlsx::styles::{COLUMN_PIXELS, ROW_PIXELS, Styles};
use crate::format::xlsx::value::{day, number};
use crate::format::xml::clean;
use crate::import::is_active;
use crate::model::{Date, Money};

pub use template::template;
pub use value::WorkbookError;

/// A workbook: each table on a sheet of its own with all its columns, and the notes and the origin
/// below the first one.
///
/// Amounts are numbers and days are dates. Totals, and amounts that other cells add up to, are
/// formulas beside their results. The same report gives the same bytes.
pub fn xlsx(report: &dyn Report) -> Result<Vec<u8>, WorkbookError> {
    let title = report.title().to_string();
    let sheets = sheets(report.tables(), &title);
    if let Some(sheet) = sheets.iter().find(|sheet| sheet.height() > MAX_ROWS) {
        return Err(WorkbookError::TooManyRows {
            sheet: sheet.name.clone(),
            rows: sheet.height(),
        });
    }
    let title = clean(&title);
    let made = day(report.as_at().unwrap_or(Date::MIN))?;
    let mut workbook = Workbook::new();
    workbook.set_default_format(&Styles::base(), ROW_PIXELS, COLUMN_PIXELS)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title(&title)
            .set_creation_datetime(&made),
    );
    let styles = Styles::new();
    for sheet in &sheets {
        let worksheet = workbook.add_worksheet().set_name(&sheet.name)?;
        write_table(worksheet, sheet, &sheets, &styles)?;
        page::set_up(worksheet, sheet, &title)?;
    }
    if let (Ok(worksheet), Some(sheet)) = (workbook.worksheet_from_index(0), sheets.first()) {
        write_notes(worksheet, sheet, report, &styles)?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// Writes the headings, the rows, and the totals.
fn write_table(
    worksheet: &mut Worksheet,
    sheet: &Sheet,
    sheets: &[Sheet],
    styles: &Styles,
) -> Result<(), WorkbookError> {
    for (index, column) in (0..).zip(&sheet.table.columns) {
        let style = styles.heading(column.align());
        worksheet.write_string_with_format(0, index, heading(column), style)?;
    }
    for (index, cells) in sheet.table.rows.iter().enumerate() {
        let row = Sheet::row(index);
        for (column, cell) in (0..).zip(cells) {
            let formula = match cell {
                Cell::Formula(_, formula) => {
                    formula::formula(formula, sheet, (row, column), sheets)
                }
                _ => None,
            };
            write_cell(worksheet, (row, column), cell, formula, styles)?;
        }
        if let Some(height) = page::row_height(sheet.texts(cells)) {
            worksheet.set_row_height(row, height)?;
        }
    }
    write_totals(worksheet, sheet, styles)?;
    // The number of an invoice is text, even if it has only digits.
    let text = IgnoreError::NumberStoredAsText;
    worksheet.ignore_error_range(0, 0, sheet.last_row(), sheet.last_column(), text)?;
    Ok(())
}

/// Writes one cell. An amount that adds up cells which the workbook does not have is a number.
fn write_cell(
    worksheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    formula: Option<String>,
    styles: &Styles,
) -> Result<(), WorkbookError> {
    match cell {
        Cell::Empty | Cell::Aside(_) | Cell::Blank => {}
        Cell::Text(text) => {
            let style = styles.text(is_active(text));
            worksheet.write_string_with_format(row, column, clean(text), style)?;
        }
        Cell::Pot(name) => {
            let style = styles.text(false);
            worksheet.write_string_with_format(row, column, name.in_column(), style)?;
        }
        Cell::Money(amount) | Cell::Formula(amount, _) => match formula {
            Some(formula) => {
                let formula = with_result(formula, *amount)?;
                worksheet.write_formula_with_format(row, column, formula, &styles.money)?;
            }
            None => {
                let amount = number(&amount.to_string())?;
                worksheet.write_number_with_format(row, column, amount, &styles.money)?;
            }
        },
        Cell::Day(date) => {
            worksheet.write_datetime_with_format(row, column, &day(*date)?, &styles.day)?;
        }
        Cell::Number(_) | Cell::Entry(_) => {
            let count = number(&cell.to_string())?;
            worksheet.write_number_with_format(row, column, count, &styles.count)?;
        }
    }
    Ok(())
}

/// Writes the totals of the columns that have one.
fn write_totals(
    worksheet: &mut Worksheet,
    sheet: &Sheet,
    styles: &Styles,
) -> Result<(), WorkbookError> {
    let Some(row) = sheet.total_row() else {
        return Ok(());
    };
    for column in 0..=sheet.last_column() {
        worksheet.write_blank(row, column, &styles.total)?;
    }
    worksheet.write_string_with_format(row, 0, "Total", &styles.total_word)?;
    for (index, column) in (0..sheet.table.columns.len()).zip(0..) {
        if let Some(total) = sheet.table.total(index) {
            let sum = with_result(formula::sum(sheet, column), total)?;
            worksheet.write_formula_with_format(row, column, sum, &styles.total)?;
        }
    }
    Ok(())
}

/// Writes the report's title, holder, notes and origin below the table.
fn write_notes(
    worksheet: &mut Worksheet,
    sheet: &Sheet,
    report: &dyn Report,
    styles: &Styles,
) -> Result<(), WorkbookError> {
    let origin = report.origin();
    let head = [report.title()].into_iter().chain(report.holder());
    let texts = head.chain(report.notes());
    let notes = texts
        .map(|text| text.to_string())
        .chain(origin.into_iter().flat_map(Origin::lines));
    let first = sheet.end() + 2;
    let last_column = sheet.last_column();
    for (row, note) in (first..).zip(notes) {
        let style = styles.note(row == first, is_active(&note));
        // A range of one cell cannot be merged.
        if last_column == 0 {
            worksheet.write_string_with_format(row, 0, clean(&note), style)?;
        } else {
            worksheet.merge_range(row, 0, row, last_column, &clean(&note), style)?;
        }
        if let Some(height) = page::row_height([(note.as_str(), sheet.width())]) {
            worksheet.set_row_height(row, height)?;
        }
    }
    Ok(())
}

/// A formula beside its result, which is shown by viewers that do not calculate.
fn with_result(formula: String, result: Money) -> Result<Formula, WorkbookError> {
    let result = result.to_string();
    number(&result)?;
    Ok(Formula::new(formula).set_result(result))
}
