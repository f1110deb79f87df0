//! How a sheet looks on a screen and on paper.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::format::xlsx::sheets::Sheet;
use crate::format::xlsx::text_width;

/// ISO A4, as spreadsheets number papers.
const A4: u8 = 9;
/// As many digits as stand beside each other on an upright page.
const PAGE_WIDTH: usize = 92;
/// A spreadsheet takes no longer heading of a page than 255 characters, and an ampersand counts
/// twice.
const MAX_TITLE_BYTES: usize = 120;
/// The height of a line, in points.
const LINE: u32 = 13;
/// The greatest height that a spreadsheet gives a row.
const MAX_HEIGHT: u32 = 409;

/// Widths, a heading that stays in sight, filters, and pages of A4 that say what they are.
pub(super) fn set_up(page: &mut Worksheet, sheet: &Sheet, title: &str) -> Result<(), XlsxError> {
    for (column, width) in (0..).zip(&sheet.widths) {
        page.set_column_width(column, u32::try_from(*width).unwrap_or(u32::MAX))?;
    }
    page.set_freeze_panes(1, 0)?;
    // Rows whose amounts are worked out from one another are not to be sorted.
    if !sheet.is_worked() {
        page.autofilter(0, 0, sheet.last_row(), sheet.last_column())?;
    }
    page.set_repeat_rows(0, 0)?;
    page.set_paper_size(A4).set_print_fit_to_pages(1, 0);
    if sheet.width() > PAGE_WIDTH {
        page.set_landscape();
    }
    let title: String = title.chars().take(MAX_TITLE_BYTES).collect();
    page.set_header(format!("&L{}", title.replace('&', "&&")));
    // In inches: left, right, top, bottom, header, footer.
    page.set_margins(0.4, 0.4, 0.75, 0.75, 0.3, 0.3);
    page.set_footer("&L&A&RPage &P of &N");
    Ok(())
}

/// The height of a row, in points, where its text needs more than one line. Spreadsheets differ in
/// which rows they fit to their text on opening; one that is too low hides words.
pub(super) fn height(cells: impl IntoIterator<Item = (String, usize)>) -> Option<u32> {
    let lines = cells
        .into_iter()
        .map(|(text, width)| text_width::lines(&text, width))
        .max()
        .filter(|lines| *lines > 1)?;
    Some(
        LINE.saturating_mul(u32::try_from(lines).unwrap_or(u32::MAX))
            .min(MAX_HEIGHT),
    )
}
