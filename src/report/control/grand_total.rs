//! The sentence about the grand total of an extract.

use crate::document::{Text, counted, text};
use crate::rules::GrandTotal;

/// What the grand total of an extract is, beside what the rows before it add up to; `row` says
/// which row it is.
pub(crate) fn about(row: Text, total: &GrandTotal) -> Text {
    compared(row, " is a grand total of ", "before it", total)
}

/// What another total is, beside the rows that it should sum up.
pub(crate) fn about_total(total: &GrandTotal) -> Text {
    compared(place(total), " is a total of ", "it should sum up", total)
}

fn compared(row: Text, name: &'static str, which: &'static str, total: &GrandTotal) -> Text {
    let is = text![row, name, total.printed, ", not a payment"];
    let unread = match total.unread {
        0 => String::new(),
        rows => format!(", without {} that cannot be read", counted(rows, "amount")),
    };
    let difference = total.difference();
    if difference.is_zero() {
        return text![is, ": the rows ", which, " add up to the same", unread, "."];
    }
    text! {
        is, ". Warning: the rows ", which, " add up to ", total.computed, unread, ", ",
        difference.abs(), " apart. Is the file complete?"
    }
}

/// Where a total stands, at the beginning of a sentence.
pub(crate) fn place(total: &GrandTotal) -> Text {
    match &total.sheet {
        Some(sheet) => text!["Sheet ", sheet, ", row ", total.row],
        None => text!["Row ", total.row],
    }
}
