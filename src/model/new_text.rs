//! What text must be to be recorded now. Text on record, which may be older, is read as it is, and
//! shown without what nobody sees.

use crate::model::cells::{CellFault, CellProblem, Cells};
use crate::model::column::Column;

/// The most characters of a new reference or note. The file has room for a longer note.
const MAX_CHARS: usize = 500;

/// Returns `true` if nobody sees the character, or it changes the order in which others are shown.
///
/// ```
/// use crg::model::is_invisible;
///
/// assert!(is_invisible('\u{202e}') && is_invisible('\u{feff}'));
/// assert!(!is_invisible('é') && !is_invisible(' '));
/// ```
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
    )
}

/// Returns the text with the code of each invisible character in its place.
///
/// ```
/// use crg::format::visible;
///
/// assert_eq!(visible("to pay \u{202e}00.1"), "to pay U+202E00.1");
/// ```
pub fn visible(text: &str) -> String {
    with_codes(text, is_invisible)
}

/// Returns the text with the code of each invisible or control character in its place, so that a
/// terminal does nothing but show it; lines stay.
///
/// ```
/// use crg::format::printable;
///
/// assert_eq!(printable("\u{1b}[2J\n"), "U+001B[2J\n");
/// ```
pub fn printable(text: &str) -> String {
    with_codes(text, |c| is_invisible(c) || c.is_control() && c != '\n')
}

fn with_codes(text: &str, is_hidden: impl Fn(char) -> bool) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) {
            shown.push_str(&format!("U+{:04X}", u32::from(c)));
        } else {
            shown.push(c);
        }
    }
    shown
}

impl Cells<'_> {
    /// What is wrong with the text of a new entry, beside what is wrong with any.
    pub fn new_text_faults(&self) -> Vec<CellFault> {
        let problem = |column: Column, text: &str| {
            // Most text is plain, and known to be so at once.
            let invisible = if text.is_ascii() {
                None
            } else {
                text.chars().find(|c| is_invisible(*c))
            };
            let is_limited = matches!(column, Column::Reference | Column::Note);
            match invisible {
                Some(c) => Some(CellProblem::Invisible(c)),
                None if is_limited && text.chars().nth(MAX_CHARS).is_some() => {
                    Some(CellProblem::TooLong(MAX_CHARS))
                }
                None => None,
            }
        };
        let fault = |(column, text): (Column, &str)| {
            let found = text.to_owned();
            problem(column, text).map(|problem| CellFault {
                column,
                found,
                problem,
            })
        };
        self.filled().filter_map(fault).collect()
    }
}
