//! [`normalised`]: a supplier or a reference as it is compared, whoever wrote it down.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use crate::model::is_invisible;

/// The text as it is compared with others: in one case, with plain quotes and dashes, one space
/// between words, and without characters that nobody sees.
///
/// ```
/// use crg::rules::normalised;
///
/// assert_eq!(normalised("  O’Brien  & SONS "), normalised("o'brien & sons"));
/// ```
pub fn normalised(text: &str) -> String {
    let text = if text.is_ascii() {
        Cow::Borrowed(text)
    } else {
        let visible = text.nfkc().filter(|c| !is_ignored(*c)).map(plain);
        // Capitals first: some small letters, such as ß, have no capital of their own.
        Cow::Owned(visible.collect::<String>().to_uppercase())
    };
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(&word.to_lowercase());
    }
    folded
}

/// Quotes and dashes of every form become the ones on a keyboard.
fn plain(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' | '`' | '´' => '\'',
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        c => c,
    }
}

/// Returns `true` if a character makes no difference to what is read: soft hyphens, variants of a
/// character, and what nobody sees.
fn is_ignored(c: char) -> bool {
    is_invisible(c) || matches!(c, '\u{ad}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}')
}
