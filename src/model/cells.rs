//! [`Cells`]: one entry as a row of text, and [`CellFault`]: what is wrong with one cell of it.

use std::borrow::Cow;
use std::fmt;

use crate::model::column::Column;

/// The greatest number of characters of a cell that an error shows.
const MAX_SHOWN_CHARS: usize = 60;

/// One row of `entries.csv`: the text of each [`Column`], or nothing.
///
/// ```
/// use crg::model::{Cells, Column};
///
/// let mut cells = Cells::default();
/// cells.set(Column::Kind, " confirm ");
/// assert_eq!(cells.get(Column::Kind), Some("confirm"));
/// assert_eq!(cells.get(Column::Note), None);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells<'a>([Option<Cow<'a, str>>; Column::ALL.len()]);

impl<'a> Cells<'a> {
    /// Fills a cell. Space around the text is dropped, a line end is `\n`, and empty text is
    /// nothing.
    pub fn set(&mut self, column: Column, text: impl Into<Cow<'a, str>>) {
        let text = match text.into() {
            text if text.contains('\r') => Cow::Owned(text.trim().replace("\r\n", "\n")),
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) if text.trim().len() == text.len() => Cow::Owned(text),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        };
        self.0[column as usize] = (!text.is_empty()).then_some(text);
    }

    /// The cell's text, if there is any.
    pub fn get(&self, column: Column) -> Option<&str> {
        self.0[column as usize].as_deref()
    }

    /// The filled cells.
    pub fn filled(&self) -> impl Iterator<Item = (Column, &str)> {
        let columns = Column::ALL.iter();
        columns.filter_map(|column| Some((*column, self.get(*column)?)))
    }
}

/// What is wrong with one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellFault {
    /// The column.
    pub column: Column,
    /// The cell's text; empty if the cell is.
    pub found: String,
    /// What is wrong with it.
    pub problem: CellProblem,
}

/// The ways in which a cell can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CellProblem {
    /// It is empty, or holds something else than this: a noun phrase, such as "an entry number
    /// such as 12".
    Expected(String),
    /// It must be empty, for this reason.
    NotAllowed(String),
    /// It has more characters than this.
    TooLong(usize),
    /// It holds characters that nobody sees.
    ControlCharacters,
    /// It is new, and holds this character that nobody sees.
    Invisible(char),
}

impl CellFault {
    /// The fault of a cell that is empty, or holds something else than was expected: a noun phrase.
    pub fn expected(column: Column, found: &str, expected: impl fmt::Display) -> CellFault {
        let problem = CellProblem::Expected(expected.to_string());
        CellFault {
            column,
            found: found.to_owned(),
            problem,
        }
    }
}

impl std::error::Error for CellFault {}

impl fmt::Display for CellFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let column = self.column;
        let found = shown(&self.found);
        match &self.problem {
            CellProblem::Expected(expected) if self.found.is_empty() => {
                write!(f, "{column}: please give {expected}")
            }
            CellProblem::Expected(expected) => write!(f, "{column}: {found} is not {expected}"),
            CellProblem::NotAllowed(why) => write!(f, "{column}: {found} is not allowed; {why}"),
            CellProblem::TooLong(max) => {
                write!(
                    f,
                    "{column}: {found} is too long; use at most {max} characters"
                )
            }
            CellProblem::ControlCharacters => {
                write!(f, "{column}: {found} has control characters; remove them")
            }
            CellProblem::Invisible(c) => {
                let code = u32::from(*c);
                write!(
                    f,
                    "{column}: {found} has the invisible character U+{code:04X}; remove it"
                )
            }
        }
    }
}

/// The found text as an error shows it: quoted, control characters escaped, and cut after
/// [`MAX_SHOWN_CHARS`].
pub(crate) fn shown(text: &str) -> String {
    match text.char_indices().nth(MAX_SHOWN_CHARS) {
        None => format!("{text:?}"),
        Some((cut, _)) => format!("{:?} … ({} characters)", &text[..cut], text.chars().count()),
    }
}
