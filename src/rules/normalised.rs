//! [`normalised`]: a supplier or a reference as it is compared, whoever wrote it down.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

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
        let visible = text.nfkc().filter(|c| !is_invisible(*c)).map(plain);
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

/// Soft hyphens, joiners, marks of direction, byte order marks and the like.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}')
}
