//! [`Line`]: what a figure is, how much, and what it means.

use crate::document::rows::rows;
use crate::model::Money;

rows! {
    /// One figure with its meaning.
    pub(crate) struct Line with LineColumns {
        /// What it is.
        pub(crate) line: &'static str => shown("Line"),
        /// How much.
        pub(crate) amount: Money => shown("Amount"),
        /// What that means.
        pub(crate) meaning: &'static str => shown("Meaning"),
    }
}

/// A line.
pub(crate) fn line(line: &'static str, amount: Money, meaning: &'static str) -> Line {
    Line {
        line,
        amount,
        meaning,
    }
}
