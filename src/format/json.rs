//! JSON: a report as an object with stable keys.

use serde::Serialize;

/// Amounts are strings with two places, dates are ISO.
///
/// # Errors
///
/// None for this crate's reports; another type's own.
pub fn json(report: &impl Serialize) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(report).map(|text| text + "\n")
}
