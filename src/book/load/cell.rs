//! Cells of text in the small files.

use crate::import::Sheet;
use crate::import::fault::ValueFault;

/// The text of a cell, which has at least one character and no more than the limit.
pub(super) fn text(
    sheet: &Sheet,
    columns: &[&str],
    column: usize,
    limit: usize,
) -> Result<String, ValueFault> {
    let text = sheet.get(column).unwrap_or_default().trim();
    if (1..=limit).contains(&text.chars().count()) {
        Ok(text.to_owned())
    } else {
        let expected = format_args!("a text of 1 to {limit} characters");
        Err(ValueFault::new(columns[column], text, expected))
    }
}
