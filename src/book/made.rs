//! A report that may be certified, made as it goes out.

use serde::Serialize;

use crate::book::origin::origin;
use crate::book::query::claim_report;
use crate::book::returns::statement;
use crate::book::view::full_view;
use crate::document::{Report, to_json};
use crate::error::Error;
use crate::fold::Lens;
use crate::model::{FinancialYear, Fingerprint};
use crate::report::{CertifiedReport, MonitoringReport, YearEndReport};
use crate::store::Store;

/// A report of a year as it goes out, seen through a lens.
pub(super) fn made(
    store: &Store,
    report: CertifiedReport,
    year: FinancialYear,
    lens: Lens,
) -> Result<Made, Error> {
    let view = || full_view(store, year, lens);
    match report {
        CertifiedReport::YearEnd => Made::new(store, &YearEndReport::new(&view()?), lens),
        CertifiedReport::Monitoring(period) => {
            Made::new(store, &MonitoringReport::new(&view()?, period), lens)
        }
        CertifiedReport::Remittance => Made::new(store, &statement(store, year, None, lens)?, lens),
        CertifiedReport::Claim(period) => {
            Made::new(store, &claim_report(store, year, period, lens)?, lens)
        }
    }
}

/// A report as it goes out.
pub(super) struct Made {
    /// The SHA-256 of its file.
    pub(super) fingerprint: Fingerprint,
    /// What it says, whenever that is known.
    pub(super) says: serde_json::Value,
}

impl Made {
    fn new(store: &Store, report: &(impl Report + Serialize), lens: Lens) -> Result<Made, Error> {
        let book = origin(store, report, lens.known_at)?;
        let file = to_json(report, Some(&book))?;
        let mut says = serde_json::to_value(report)?;
        if let Some(keys) = says.as_object_mut() {
            keys.remove("known_at");
        }
        Ok(Made {
            fingerprint: Fingerprint::of_file(file.as_bytes()),
            says,
        })
    }
}
