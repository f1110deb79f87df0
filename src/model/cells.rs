//! [`Cells`]: one entry as a row of text, and [`CellFault`]: what is wrong with one cell of it.

use std::borrow::Cow;

use crate::model::kind::Column;

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

    /// The cell's text, where there is any.
    #[must_use]
    pub fn get(&self, column: Column) -> Option<&str> {
        self.0[column as usize].as_deref()
    }

    /// The filled cells.
    pub fn filled(&self) -> impl Iterator<Item = (Column, &str)> {
        Column::ALL
            .iter()
            .filter_map(|column| self.get(*column).map(|text| (*column, text)))
    }
}

/// What is wrong with one cell.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{column}: found {}, expected {expected}", shown(.found))]
pub struct CellFault {
    /// The column.
    pub column: Column,
    /// The cell's text; empty where the cell is.
    pub found: String,
    /// What would be right.
    pub expected: String,
}

/// The found text as an error shows it: quoted, control characters escaped, and cut after sixty
/// characters.
pub(crate) fn shown(text: &str) -> String {
    match text.char_indices().nth(60) {
        _ if text.is_empty() => "nothing".to_owned(),
        None => format!("{text:?}"),
        Some((cut, _)) => format!("{:?} … ({} characters)", &text[..cut], text.chars().count()),
    }
}
