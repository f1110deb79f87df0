//! [`CertifiedReport`]: the reports that a chief finance officer certifies.

use crate::model::FinancialYear;
use crate::report::cycle::claim_period::ClaimPeriod;
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
    /// A claim in arrears.
    Claim(ClaimPeriod),
}

impl CertifiedReport {
    /// Its title in a `certify` entry: `Year end 2025/26`.
    pub fn title(self, year: FinancialYear) -> String {
        match self {
            CertifiedReport::YearEnd => format!("Year end {year}"),
            CertifiedReport::Monitoring(period) => format!("Monitoring return {year} {period}"),
            CertifiedReport::Remittance => format!("Remittance statement {year}"),
            CertifiedReport::Claim(period) => period.title(year),
        }
    }

    /// What it calls itself.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            CertifiedReport::YearEnd | CertifiedReport::Monitoring(_) => "return",
            CertifiedReport::Remittance => "statement",
            CertifiedReport::Claim(_) => "claim",
        }
    }
}
