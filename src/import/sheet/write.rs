//! CSV out, with no text that a spreadsheet would run.

use std::io::Write;

/// A writer of CSV: UTF-8, CRLF, RFC 4180.
pub fn writer<W: Write>(to: W) -> csv::Writer<W> {
    csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(to)
}

/// Returns `true` if a spreadsheet would run the text, or take its first quotation mark for itself.
pub(crate) fn is_active(text: &str) -> bool {
    let after = text
        .trim_start_matches('\'')
        .trim_start_matches([' ', '\u{a0}']);
    after.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠',
    ])
}

/// Text that no spreadsheet runs: one quotation mark before what it would. Never for numbers.
///
/// ```
/// use crg::import::plain;
/// use crg::import::sheet::inert;
///
/// assert_eq!(inert("=1+1"), "'=1+1");
/// assert_eq!(plain(&inert("'=1+1")), "'=1+1");
/// assert_eq!(inert("O'Brien"), "O'Brien");
/// ```
pub fn inert(text: &str) -> std::borrow::Cow<'_, str> {
    if is_active(text) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}

/// The text that [`inert`] was given.
pub fn plain(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_active(rest) => rest,
        _ => text,
    }
}
