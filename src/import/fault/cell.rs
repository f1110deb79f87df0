//! What is wrong with cells.

use std::fmt::Display;
use std::sync::Arc;

use crate::model::{ProjectRef, shown};

/// A cell whose text is not what its column needs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{column}: {}", described(.found, .expected))]
pub struct ValueFault {
    /// The column, by its name in the header.
    pub column: String,
    /// The cell's text; empty if the cell is.
    pub found: String,
    /// What would be right: a noun phrase, such as "a date such as 23/07/2025".
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

fn described(found: &str, expected: &str) -> String {
    if found.is_empty() {
        format!("please give {expected}")
    } else {
        format!("{} is not {expected}", shown(found))
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
#[expect(missing_docs, reason = "the fields are what the sentences show")]
#[non_exhaustive]
pub enum ProjectFault {
    /// No rule of the map takes the line.
    #[error("the map gives this line to no project ({})", seen(.cells, *.more))]
    None {
        cells: Vec<(Arc<str>, String)>,
        more: usize,
    },
    /// The code is one of a rule without its zeros, as a spreadsheet leaves them out.
    #[error(
        "{column} {} looks like {wanted:?} of {project} without its zeros; if it is, add it to that rule; if not, add an [[outside]] rule for it",
        shown(.found)
    )]
    Lookalike {
        column: String,
        found: String,
        wanted: String,
        project: ProjectRef,
    },
    /// The code is blank, in a file where it seems to stand on the first row of its group only.
    #[error(
        "{column} is empty, and each code stands only once; if a code holds for the rows below it, set fill_down = [{column:?}] in the map; if not, add an [[outside]] rule with is = \"\""
    )]
    Ungrouped { column: String },
    /// Rules of two projects take the line.
    #[error("the map gives this line to two projects: {} for {}, and {} for {}", .0[0], .0[0].project, .0[1], .0[1].project)]
    Two(Box<[RuleMatch; 2]>),
}

/// A rule that takes a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{column} {}", shown(.found))]
pub struct RuleMatch {
    /// The column at which the rule looks.
    pub column: String,
    /// Its text in the line.
    pub found: String,
    /// The project to which the rule gives the line.
    pub project: ProjectRef,
}

fn seen(cells: &[(Arc<str>, String)], more: usize) -> String {
    let mut cells: Vec<String> = cells
        .iter()
        .map(|(column, found)| {
            if found.is_empty() {
                format!("{column} is empty")
            } else {
                format!("{column} {}", shown(found))
            }
        })
        .collect();
    if more > 0 {
        cells.push(format!("and {more} more columns"));
    }
    cells.join(", ")
}
