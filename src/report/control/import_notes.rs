//! The sentences of an import about rows and sheets that were not read as payments.

use crate::document::{Text, counted, text};
use crate::report::control::import_file::{OutsideCode, PassedOver, SheetsRead};

/// The rows that are no payments.
pub(crate) fn passed_over(rows: &PassedOver) -> Vec<Text> {
    let several = |count: u64, one: &'static str, is: &'static str, are: &'static str| {
        (count > 0).then(|| text![counted(count, one), if count == 1 { is } else { are }, "."])
    };
    let notes = [
        several(
            rows.totals,
            "row",
            " is a total that agrees with its rows, not a payment",
            " are totals that agree with their rows, not payments",
        ),
        several(
            rows.balances,
            "row",
            " is a balance, not a payment",
            " are balances, not payments",
        ),
        several(
            rows.headers,
            "row",
            " repeats the header",
            " repeat the header",
        ),
        several(
            rows.headings,
            "row",
            " has neither a date nor an amount and was skipped",
            " have neither a date nor an amount and were skipped",
        ),
        several(
            rows.examples,
            "row",
            " shows how to fill in the template, and is not imported",
            " show how to fill in the template, and are not imported",
        ),
    ];
    notes.into_iter().flatten().collect()
}

/// The sheets that were read and those that were not, and the hidden rows.
pub(crate) fn sheets(sheets: &SheetsRead) -> Vec<Text> {
    let list = |names: &[String]| names.join(", ");
    let read = sheets.read.as_ref();
    let read = read.map(|name| text!["The sheet that was read is ", name, "."]);
    let together = (!sheets.together.is_empty())
        .then(|| text!["Read as one, sheets: ", list(&sheets.together), "."]);
    let others = |names: &[String], which: &'static str| {
        (!names.is_empty()).then(|| text!["Not read, ", which, ": ", list(names), "."])
    };
    let hidden_rows = (sheets.hidden_rows > 0).then(|| {
        let are = if sheets.hidden_rows == 1 {
            " is"
        } else {
            " are"
        };
        let rows = counted(sheets.hidden_rows, "row");
        text![rows, are, " hidden in the sheet, and read like the others."]
    });
    [
        read,
        together,
        others(&sheets.unused, "other sheets"),
        others(&sheets.hidden, "hidden sheets"),
        hidden_rows,
    ]
    .into_iter()
    .flatten()
    .collect()
}

impl SheetsRead {
    /// The same as notes in words.
    pub fn notes(&self) -> Vec<String> {
        sheets(self).iter().map(ToString::to_string).collect()
    }
}

/// The amounts outside the grant that cannot be read.
pub(crate) fn unread_outside(codes: &[OutsideCode]) -> Option<Text> {
    let unread: u64 = codes.iter().map(|code| code.unread).sum();
    let cannot = " outside the grant cannot be read and is not in its sum.";
    let cannot_several = " outside the grant cannot be read and are not in its sum.";
    let cannot = if unread == 1 { cannot } else { cannot_several };
    (unread > 0).then(|| text![counted(unread, "amount"), cannot])
}
