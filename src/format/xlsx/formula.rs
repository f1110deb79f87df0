//! Formulas as Excel and LibreOffice read them.

use rust_xlsxwriter::utility::{cell_range, row_col_to_cell, worksheet_range_absolute};

use crate::document::{Formula, Term};
use crate::format::sheets::{Sheet, find};

/// The sum of a column's cells, on their own sheet.
pub(super) fn sum(sheet: &Sheet, column: u16) -> String {
    let cells = cell_range(Sheet::row(0), column, sheet.last_row(), column);
    rounded(&format!("SUM({cells})"))
}

/// The formula of a cell in a row and column of a sheet; `None` if it adds up cells that the workbook
/// does not have.
pub(super) fn formula(
    formula: &Formula,
    sheet: &Sheet,
    cell: (u32, u16),
    sheets: &[Sheet],
) -> Option<String> {
    let figures = |terms: &[Term]| -> Option<Vec<String>> {
        let figure = |term: &Term| figure(term, sheet, cell, sheets);
        terms.iter().map(figure).collect()
    };
    let added = figures(&formula.added)?.join("+");
    let subtracted = figures(&formula.subtracted)?;
    let subtracted: String = subtracted.iter().map(|cell| format!("-{cell}")).collect();
    Some(rounded(&format!("{added}{subtracted}")))
}

/// Rounds to the penny: floats that add up to zero may leave a trace, which would be shown as
/// -£0.00.
fn rounded(formula: &str) -> String {
    format!("ROUND({formula},2)")
}

fn figure(
    term: &Term,
    sheet: &Sheet,
    (row, column): (u32, u16),
    sheets: &[Sheet],
) -> Option<String> {
    match term {
        Term::Row(index) => {
            sheet.table.rows.get(*index)?;
            Some(row_col_to_cell(Sheet::row(*index), column))
        }
        Term::Beside(other) => Some(row_col_to_cell(row, sheet.column(*other)?)),
        Term::Total(total) => {
            let (sheet, [column]) = find([*total], sheets)?;
            let row = sheet.total_row()?;
            let name = &sheet.name;
            Some(worksheet_range_absolute(name, row, column, row, column))
        }
        Term::Part { column, by, word } => {
            let (sheet, [column, by]) = find([*column, *by], sheets)?;
            let (by, column) = (cells(sheet, by), cells(sheet, column));
            Some(format!("SUMIF({by},\"{word}\",{column})"))
        }
        Term::Shared {
            column,
            shared,
            by,
            word,
        } => {
            let (other, [column, by]) = find([*column, *by], sheets)?;
            // EXACT knows neither wildcards nor comparisons, unlike SUMIFS.
            let mut factors = vec![format!("EXACT({},\"{word}\")", cells(other, by))];
            for (theirs, own) in *shared {
                let theirs = cells(other, other.column(*theirs)?);
                let own = row_col_to_cell(row, sheet.column(*own)?);
                factors.push(format!("EXACT({theirs},{own})"));
            }
            factors.push(cells(other, column));
            Some(format!("SUMPRODUCT({})", factors.join("*")))
        }
    }
}

/// The cells of a column, on whichever sheet.
fn cells(sheet: &Sheet, column: u16) -> String {
    let (first, last) = (Sheet::row(0), sheet.last_row());
    worksheet_range_absolute(&sheet.name, first, column, last, column)
}
