//! What text must be to be recorded now. Text on record, which may be older, is read as it is.

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
