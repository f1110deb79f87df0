//! [`Drawing`]: how a table looks where a format has pictures.

use crate::model::{Date, FinancialYear};

/// How a format that has pictures shows a table, beside its rows. Columns go by their name. A
/// drawing adds no figure: all it shows is in the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawing {
    /// The first row is the answer: it is written large.
    Large,
    /// The first row is a whole, and the others the parts that make it: a bar a row, each part
    /// where the last one ends.
    Parts {
        /// What each row is.
        label: &'static str,
        /// How much.
        amount: &'static str,
    },
    /// Of each row a part within a whole: a bar within a bar.
    Within {
        /// What each row is.
        label: &'static str,
        /// The part.
        part: &'static str,
        /// The whole.
        whole: &'static str,
    },
    /// What there is from the day of each row on, in the course of a year.
    Steps {
        /// The day.
        day: &'static str,
        /// What there is from then on.
        balance: &'static str,
        /// The year.
        year: FinancialYear,
        /// The last day that is known.
        until: Date,
    },
}
