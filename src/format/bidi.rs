//! Text as it is, for whoever reads it.

/// Text without the marks that would change the order in which what follows is shown: in the place
/// of each stands U+FFFD.
///
/// ```
/// use crg::format::bidi;
///
/// assert_eq!(visible("to pay \u{202e}00.1"), "to pay \u{fffd}00.1");
/// ```
#[must_use]
pub fn visible(text: &str) -> String {
    text.chars()
        .map(|c| if is_reordering(c) { '\u{fffd}' } else { c })
        .collect()
}

/// Does it change the order in which what follows is shown?
#[must_use]
pub fn is_reordering(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{061c}')
}
