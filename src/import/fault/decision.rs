//! What is wrong with decisions on waiting lines.
#![expect(missing_docs, reason = "the fields are what the sentences show")]

use crate::model::{EntryNumber, Money};

/// What is wrong with a decision.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecisionFault {
    /// The extract has no such line.
    #[error("no line of {extract} matches this one; has the extract or the map changed since?")]
    NoSuchLine { extract: String },
    /// Two rows decide on one line.
    #[error("decides on the same line as row {row}")]
    Twice { row: u64 },
    /// It names an entry that is no payment on record, or was reversed.
    #[error("action: entry {entry} is not a payment that counts in these years")]
    NoPayment { entry: EntryNumber },
    /// Several lines are said to be one entry, and come to more: some of them would be lost.
    #[error(
        "action: {lines} lines are the same as entry {entry}, {} in all, and it is {}",
        sum.pounds(), there.pounds()
    )]
    TooMuch {
        entry: EntryNumber,
        lines: u64,
        sum: Money,
        there: Money,
    },
}
