//! The sentence about the grand total of an extract.

use crate::document::{Text, counted, text};
use crate::rules::GrandTotal;

/// What the grand total of an extract is, beside what the rows before it add up to.
pub(crate) fn about(total: &GrandTotal) -> Text {
    let (row, printed) = (total.row, total.printed);
    let is = text![
        "Row ",
        row,
        " is a grand total of ",
        printed,
        ", not a payment"
    ];
    let unread = match total.unread {
        0 => String::new(),
        rows => format!(", without {} that cannot be read", counted(rows, "amount")),
    };
    let difference = total.difference();
    if difference.is_zero() {
        return text![is, ": the rows before it add up to the same", unread, "."];
    }
    text![
        "Warning: ",
        is,
        ": the rows before it add up to ",
        total.computed,
        unread,
        ", ",
        difference.abs(),
        " apart. Is the file complete?"
    ]
}
