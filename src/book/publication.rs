//! What is published about a year's grants, and what is missing for it.

use crate::book::handle::Book;
use crate::book::view::moves_pots;
use crate::error::Error;
use crate::fold::{Lens, YearView};
use crate::model::{FinancialYear, Kind};
use crate::report::{
    Duty, DutyReport, GivingPrefix, GivingReport, SpecifiedInformationReport, TransparencyReport,
};

impl Book {
    /// What is missing to publish a year's grants as a duty asks.
    pub fn duty(&self, duty: Duty, year: FinancialYear, lens: Lens) -> Result<DutyReport, Error> {
        Ok(DutyReport::new(duty, &self.grants(year, lens)?))
    }

    /// A year's grants in the 360Giving Data Standard. Without a prefix, one is made from the
    /// partnership's name.
    ///
    /// # Errors
    ///
    /// [`Error::NoGrants`] if no project has an award, [`Error::FactsMissing`] if a fact that the
    /// standard or its quality checks ask for is missing.
    pub fn giving(
        &self,
        year: FinancialYear,
        prefix: Option<&GivingPrefix>,
        lens: Lens,
    ) -> Result<GivingReport, Error> {
        let view = self.grants(year, lens)?;
        let own = GivingPrefix::of_partnership(&view.names.partnership);
        match GivingReport::new(&view, prefix.unwrap_or(&own)) {
            Ok(report) if report.rows.is_empty() => Err(Error::NoGrants { year }),
            Ok(report) => Ok(report),
            Err(missing) => Err(Error::FactsMissing {
                year,
                duty: missing.duty,
                count: missing.rows.len(),
            }),
        }
    }

    /// A year's grants as the Local Government Transparency Code 2015 asks.
    pub fn transparency(
        &self,
        year: FinancialYear,
        lens: Lens,
    ) -> Result<TransparencyReport, Error> {
        Ok(TransparencyReport::new(&self.grants(year, lens)?))
    }

    /// A year's grants as the Specified Information Order 2011 asks.
    pub fn specified_information(
        &self,
        year: FinancialYear,
        lens: Lens,
    ) -> Result<SpecifiedInformationReport, Error> {
        Ok(SpecifiedInformationReport::new(&self.grants(year, lens)?))
    }

    fn grants(&self, year: FinancialYear, lens: Lens) -> Result<YearView, Error> {
        let is_needed = |kind| moves_pots(kind) || kind == Kind::Detail;
        self.view(year, is_needed, lens)
    }
}
