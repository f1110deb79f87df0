//! A report's JSON, over which the fingerprint of an issued report is taken.

use serde::Serialize;

/// A report as an object with stable keys, indented, with a line end at its end. Amounts are
/// strings with two decimal places, days are ISO.
///
/// # Errors
///
/// None for this crate's reports; another type may have its own.
pub(crate) fn to_json(report: &impl Serialize) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(report).map(|text| text + "\n")
}
