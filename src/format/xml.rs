//! Text inside XML.

/// Text without the characters that XML cannot hold.
pub(super) fn clean(text: &str) -> String {
    let is_held =
        |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..) && !matches!(c, '\u{fffe}' | '\u{ffff}');
    text.chars()
        .map(|c| if is_held(c) { c } else { '\u{fffd}' })
        .collect()
}

/// Clean text with the marks of XML written out, for an element or an attribute.
pub(super) fn escape(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            c => written.push(c),
        }
    }
    written
}
