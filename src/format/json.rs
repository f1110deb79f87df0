//! JSON: a report as an object with stable keys.

use serde::Serialize;

use crate::document::to_json;

/// The report as JSON, with a line end at its end. Amounts are strings with two decimal places,
/// days are ISO. This crate's reports give no error.
pub fn json(report: &impl Serialize) -> Result<String, serde_json::Error> {
    to_json(report)
}
