//! [`TrackerImport`]: what is imported, into which year, by whom.

use crate::import::Tracker;
use crate::model::{Date, FinancialYear};

/// How a tracker is imported.
#[derive(Debug, Clone, Copy)]
pub struct TrackerImport<'a> {
    /// The tracker.
    pub tracker: &'a Tracker,
    /// The grant year of its projects.
    pub year: FinancialYear,
    /// The day of what the tracker gives no day for.
    pub on: Date,
    /// Who records it.
    pub by: &'a str,
}
