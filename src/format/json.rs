//! JSON: a report as an object with stable keys.

use serde::Serialize;

use crate::document::{Origin, to_json};

/// The report as JSON, with its origin as the last key, and a line end. Amounts are strings with two
/// decimal places, days are ISO. This crate's reports give no error.
pub fn json(report: &impl Serialize, book: Option<&Origin>) -> Result<String, serde_json::Error> {
    to_json(report, book)
}
