//! [`Formula`]: the cells that an amount adds up, so that a spreadsheet can work it out again.

use crate::document::column::ColumnId;

/// Figures added, and figures subtracted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// What is added.
    pub added: Vec<Term>,
    /// What is subtracted.
    pub subtracted: Vec<Term>,
}

impl Formula {
    /// The sum of some figures.
    pub(crate) fn sum(added: Vec<Term>) -> Formula {
        Formula {
            added,
            subtracted: Vec::new(),
        }
    }
}

/// A figure in other cells. A column says which table it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// The same column of another row of the same table, by the row's position.
    Row(usize),
    /// The total of a column.
    Total(ColumnId),
    /// The sum of a column over the rows that hold a word in another column of theirs.
    Part {
        /// The column that is added up.
        column: ColumnId,
        /// The column that holds the word.
        by: ColumnId,
        /// The word.
        word: &'static str,
    },
    /// The same row's cell in another column.
    Beside(ColumnId),
    /// The sum of a column over the rows that hold a word in another column of theirs, and the same
    /// texts as this row in others, to the letter.
    Shared {
        /// The column that is added up.
        column: ColumnId,
        /// A column of the rows that are added up, and the column of this row with the same text.
        shared: &'static [(ColumnId, ColumnId)],
        /// The column that holds the word.
        by: ColumnId,
        /// The word.
        word: &'static str,
    },
}
