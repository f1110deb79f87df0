//! Numbers and days as a spreadsheet has them.
//!
//! A spreadsheet's numbers are floats. This is the one module that makes floats, and [`number`] the
//! one function: from the decimal text of an exact figure, with no more digits than a spreadsheet
//! keeps. Nothing is computed with them.

use rust_xlsxwriter::{ExcelDateTime, XlsxError};

use crate::format::sheets::MAX_ROWS;
use crate::model::Date;

/// The most digits of a number that a spreadsheet keeps.
const MAX_DIGITS: usize = 15;

/// A spreadsheet cannot hold a report as it is.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// A sheet would be too long, with its headings, a blank row and the totals.
    #[error("sheet {sheet} would have {rows} rows, and a spreadsheet takes at most {MAX_ROWS}")]
    TooManyRows {
        /// The sheet.
        sheet: String,
        /// How many rows it would have.
        rows: usize,
    },
    /// A spreadsheet would round a figure.
    #[error("{figure} has more than the {MAX_DIGITS} digits that a spreadsheet keeps")]
    TooManyDigits {
        /// The figure.
        figure: String,
    },
    /// The workbook could not be written.
    #[error(transparent)]
    Writer(#[from] XlsxError),
}

pub(super) fn day(date: Date) -> Result<ExcelDateTime, WorkbookError> {
    Ok(ExcelDateTime::parse_from_str(&date.to_string())?)
}

/// The float nearest to an exact figure: written out, it has the same digits.
#[expect(
    clippy::disallowed_types,
    reason = "a spreadsheet's numbers are floats"
)]
pub(super) fn number(figure: &str) -> Result<f64, WorkbookError> {
    let digits = figure.chars().filter(char::is_ascii_digit).count();
    let number = figure.parse::<f64>().ok().filter(|_| digits <= MAX_DIGITS);
    number.ok_or_else(|| WorkbookError::TooManyDigits {
        figure: figure.into(),
    })
}
