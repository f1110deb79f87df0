//! [`Candidate`]: a project whose spend lines may be.

use crate::model::{FinancialYear, ProjectRef};

/// A project whose spend the lines of an extract may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The grant year.
    pub year: FinancialYear,
    /// Its ref.
    pub project: ProjectRef,
    /// Its title.
    pub title: String,
}
