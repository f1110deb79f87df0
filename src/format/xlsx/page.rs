//! How a sheet looks on a screen and on paper.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::format::sheets::Sheet;
use crate::format::text_width;

/// ISO A4, as spreadsheets number papers.
const A4: u8 = 9;
/// The width of an upright page, in digits.
const PAGE_WIDTH: usize = 92;
/// A page's heading has at most 255 characters, and an ampersand counts twice.
const MAX_TITLE_CHARS: usize = 120;
/// The height of a line, in points.
const LINE_HEIGHT: u32 = 13;
/// The greatest height of a row, in points.
const MAX_ROW_HEIGHT: u32 = 409;

/// Sets the widths of columns, headings that stay in sight, filters, and pages of A4 with the title
/// at their head.
pub(super) fn set_up(
    worksheet: &mut Worksheet,
    sheet: &Sheet,
    title: &str,
) -> Result<(), XlsxError> {
    for (column, width) in (0..).zip(&sheet.widths) {
        worksheet.set_column_width(column, u32::try_from(*width).unwrap_or(u32::MAX))?;
    }
    worksheet.set_freeze_panes(1, 0)?;
    // Rows whose amounts are worked out from one another must not be sorted.
    if !sheet.has_formulas() {
        worksheet.autofilter(0, 0, sheet.last_row(), sheet.last_column())?;
    }
    worksheet.set_repeat_rows(0, 0)?;
    worksheet.set_paper_size(A4).set_print_fit_to_pages(1, 0);
    if sheet.width() > PAGE_WIDTH {
        worksheet.set_landscape();
    }
    let title: String = title.chars().take(MAX_TITLE_CHARS).collect();
    worksheet.set_header(format!("&L{}", title.replace('&', "&&")));
    // In inches: left, right, top, bottom, header, footer.
    worksheet.set_margins(0.4, 0.4, 0.75, 0.75, 0.3, 0.3);
    worksheet.set_footer("&L&A&RPage &P of &N");
    Ok(())
}

/// The height of a row, in points, if one of its texts needs more than one line in its width. Some
/// spreadsheets do not fit rows to their text on opening, and a row that is too low hides words.
pub(super) fn row_height<'a>(texts: impl IntoIterator<Item = (&'a str, usize)>) -> Option<u32> {
    let lines = texts
        .into_iter()
        .map(|(text, width)| text_width::lines(text, width))
        .max()
        .filter(|lines| *lines > 1)?;
    let lines = u32::try_from(lines).unwrap_or(u32::MAX);
    Some(LINE_HEIGHT.saturating_mul(lines).min(MAX_ROW_HEIGHT))
}
