//! [`CertifiedReport`]: the reports that a chief finance officer certifies.

use crate::model::FinancialYear;
use crate::report::cycle::monitoring::Period;

/// A report that a chief finance officer certifies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertifiedReport {
    /// The year end.
    YearEnd,
    /// A monitoring return.
    Monitoring(Period),
    /// The statement of all payments of underspend.
    Remittance,
}

impl CertifiedReport {
    /// Its title in a `certify` entry: `Year end 2025/26`.
    pub fn title(self, year: FinancialYear) -> String {
        match self {
            CertifiedReport::YearEnd => format!("Year end {year}"),
            CertifiedReport::Monitoring(period) => format!("Monitoring return {year} {period}"),
            CertifiedReport::Remittance => format!("Remittance statement {year}"),
        }
    }
}
