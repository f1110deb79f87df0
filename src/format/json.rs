//! JSON: a report as an object with stable keys.

use serde::Serialize;

/// A report as JSON, the same bytes as those of an issued report.
///
/// # Errors
///
/// None for this crate's reports; another type's own.
pub fn json(report: &impl Serialize) -> Result<String, serde_json::Error> {
    crate::document::json(report)
}
