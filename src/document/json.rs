//! The bytes of a report as JSON: what is written to a file, and what an issued report's
//! fingerprint is computed from.

use serde::Serialize;

/// A report as a JSON object with stable keys, and a line end. Amounts are strings with two places,
/// dates are ISO.
///
/// # Errors
///
/// None for this crate's reports; another type's own.
pub fn json(report: &impl Serialize) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(report).map(|text| text + "\n")
}
