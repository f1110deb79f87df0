//! [`Drawing`]: how a table looks in a format that has pictures.

use crate::document::column::ColumnId;
use crate::model::{Date, FinancialYear};

/// How a format that has pictures shows a table, beside its rows. A drawing adds no figure: all it
/// shows is in the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawing {
    /// A bar for each row: the first is the whole, the others are its parts, each beginning where
    /// the last one ends.
    Parts {
        /// What each row is.
        label: ColumnId,
        /// How much.
        amount: ColumnId,
    },
    /// A bar within a bar for each row: a part within its whole.
    Within {
        /// What each row is.
        label: ColumnId,
        /// The part.
        part: ColumnId,
        /// The whole.
        whole: ColumnId,
    },
    /// A step chart of the balance over the year.
    Steps {
        /// The day of each step.
        day: ColumnId,
        /// The balance from that day on.
        balance: ColumnId,
        /// The year.
        year: FinancialYear,
        /// The day the pot opened, if it was not open from the beginning.
        opened: Option<Date>,
        /// The last day that is known.
        until: Date,
    },
}
