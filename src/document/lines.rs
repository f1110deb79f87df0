//! [`Line`]: what a figure is, how much, and what it means.

use crate::document::declare::declare;
use crate::model::Money;

declare! {
    /// One figure with its meaning.
    pub(crate) row Line {
        pub(crate) line: &'static str => shown("Line"),
        pub(crate) amount: Money => shown("Amount"),
        pub(crate) meaning: &'static str => shown("Meaning"),
    }
}

/// Lines: `lines! { "Spent", amount, "less refunds"; … }`.
macro_rules! lines {
    ($($line:expr, $amount:expr, $meaning:expr);+ $(;)?) => {
        [$($crate::document::Line { line: $line, amount: $amount, meaning: $meaning }),+]
    };
}
pub(crate) use lines;
