//! The sentence about the grand total of an extract.

use crate::document::{Text, counted, text};
use crate::rules::GrandTotal;

/// What the grand total of an extract is, beside what the rows before it add up to; `row` says
/// which row it is.
pub(crate) fn about(row: Text, total: &GrandTotal) -> Text {
    let is = text! {
        row, " is a grand total of ", total.printed, ", not a payment"
    };
    let unread = match total.unread {
        0 => String::new(),
        rows => format!(", without {} that cannot be read", counted(rows, "amount")),
    };
    let difference = total.difference();
    if difference.is_zero() {
        return text![is, ": the rows before it add up to the same", unread, "."];
    }
    text! {
        is, ". Warning: the rows before it add up to ", total.computed, unread, ", ",
        difference.abs(), " apart. Is the file complete?"
    }
}
