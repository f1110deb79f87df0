//! Invisible characters, some of which would change the order in which text is shown.

use crate::model::is_invisible;

/// Returns the text with the code of each invisible character in its place.
///
/// ```
/// use crg::format::visible;
///
/// assert_eq!(visible("to pay \u{202e}00.1"), "to pay U+202E00.1");
/// ```
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_invisible(c) {
            shown.push_str(&format!("U+{:04X}", u32::from(c)));
        } else {
            shown.push(c);
        }
    }
    shown
}
