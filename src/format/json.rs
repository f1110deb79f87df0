//! JSON: a report as an object with stable keys.

use serde::Serialize;

use crate::document::to_json;

/// The report as JSON, with a line end at its end. Amounts are strings with two decimal places,
/// days are ISO.
///
/// # Errors
///
/// None for this crate's reports; another type may have its own.
pub fn json(report: &impl Serialize) -> Result<String, serde_json::Error> {
    to_json(report)
}
