//! [`Working`]: how other cells make an amount, so that a spreadsheet can work it out again.

/// Figures added, and figures taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Working {
    /// What is added.
    pub added: Vec<Term>,
    /// What is taken away.
    pub taken: Vec<Term>,
}

/// A figure that stands in other cells. Tables are named by their caption, columns by their name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// The line of the same table that begins with these words.
    Line(&'static str),
    /// The total of a summed column.
    Total {
        /// Its table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// The sum of a column over the rows that hold a word in another.
    Part {
        /// Their table.
        table: &'static str,
        /// The column that is added up.
        column: &'static str,
        /// The column that holds the word.
        by: &'static str,
        /// The word.
        word: &'static str,
    },
}
