//! What is wrong with cells.

use std::fmt::Display;

use crate::model::shown;

/// A cell whose text is not what its column needs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{column}: found {}, expected {expected}", shown(.found))]
pub struct ValueFault {
    /// The column, by its name in the header.
    pub column: String,
    /// The cell's text; empty if the cell is.
    pub found: String,
    /// What would be right.
    pub expected: String,
}

impl ValueFault {
    /// What is wrong with a cell; space around its text is not shown.
    pub(crate) fn new(column: &str, found: &str, expected: impl Display) -> ValueFault {
        ValueFault {
            column: column.to_owned(),
            found: found.trim().to_owned(),
            expected: expected.to_string(),
        }
    }
}

/// A cell that is not text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{column}: is not UTF-8 text; save the file as CSV UTF-8")]
pub struct NotUtf8 {
    /// The column.
    pub column: String,
}

/// Why a line's project is not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProjectFault {
    /// No rule of the map takes the line.
    #[error("{}, expected what the map gives to a project", seen(.cells, *.more))]
    None {
        /// The columns that the map looks at, each with its text in the line: the first five.
        cells: Vec<(String, String)>,
        /// How many more columns it looks at.
        more: usize,
    },
    /// Rules of two projects take the line.
    #[error(
        "{} and {}: found {} and {}, which the map gives to two projects, expected one",
        .columns[0], .columns[1], shown(&.found[0]), shown(&.found[1])
    )]
    Two {
        /// The columns at which the two rules look.
        columns: [String; 2],
        /// Their texts in the line.
        found: [String; 2],
    },
}

fn seen(cells: &[(String, String)], more: usize) -> String {
    let cells: Vec<String> = cells
        .iter()
        .map(|(column, found)| format!("{column}: found {}", shown(found)))
        .collect();
    let more = if more > 0 {
        format!(" (and {more} more columns)")
    } else {
        String::new()
    };
    format!("{}{more}", cells.join(", "))
}
