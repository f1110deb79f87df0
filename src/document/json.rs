//! A report's JSON, over which the fingerprint of an issued report is taken.

use serde::Serialize;

use crate::document::origin::Origin;

/// A report, with its origin as the last key.
#[derive(Serialize)]
struct Document<'a, R> {
    #[serde(flatten)]
    report: &'a R,
    #[serde(skip_serializing_if = "Option::is_none")]
    book: Option<&'a Origin>,
}

/// A report as an object with stable keys, indented, with a line end at its end. Amounts are
/// strings with two decimal places, days are ISO. Its last key is `book`, unless the book could not
/// be read.
///
/// # Errors
///
/// None for this crate's reports; another type may have its own.
pub(crate) fn to_json(
    report: &impl Serialize,
    book: Option<&Origin>,
) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(&Document { report, book }).map(|text| text + "\n")
}
