//! Bidirectional control characters, which would change the order in which text is shown.

/// Returns the text with U+FFFD in place of each bidirectional control character.
///
/// ```
/// use crg::format::visible;
///
/// assert_eq!(visible("to pay \u{202e}00.1"), "to pay \u{fffd}00.1");
/// ```
pub fn visible(text: &str) -> String {
    text.chars()
        .map(|c| if is_reordering(c) { '\u{fffd}' } else { c })
        .collect()
}

/// Returns `true` if the character changes the order in which the text after it is shown.
pub fn is_reordering(c: char) -> bool {
    matches!(
        c,
        '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{061c}'
    )
}
