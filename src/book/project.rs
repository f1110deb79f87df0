//! Questions about one project.
//!
//! They fail with [`Error::NoSuchProject`], or [`Error::NoSuchYear`], if there is no such project or
//! year, and with [`Error::Store`] if the file cannot be read.

use crate::book::handle::Book;
use crate::book::view::{each_payment, entries, year_view};
use crate::error::Error;
use crate::fold::{Lens, standing};
use crate::model::{Date, FinancialYear, Kind, ProjectRef};
use crate::report::{ProjectReport, SpendReport};

impl Book {
    /// One project, with everything that was recorded about it.
    pub fn project(
        &self,
        year: FinancialYear,
        project: &ProjectRef,
        lens: Lens,
    ) -> Result<ProjectReport, Error> {
        match ProjectReport::new(&self.full_view(year, lens)?, project) {
            Some(report) => Ok(report),
            None => Err(self.no_such_project(year, project)?),
        }
    }

    /// A year's spend, of one project or of all.
    pub fn spend(
        &self,
        year: FinancialYear,
        project: Option<&ProjectRef>,
        lens: Lens,
    ) -> Result<SpendReport, Error> {
        self.store.read(|| {
            let is_needed = |kind| matches!(kind, Kind::Propose | Kind::Confirm);
            let mut entries = entries(&self.store, year, is_needed)?;
            let is_known = |project: &ProjectRef| {
                let mut projects = entries.iter().map(|entry| entry.event.project());
                projects.any(|known| known == Some(project))
            };
            if let Some(unknown) = project.filter(|project| !is_known(project)) {
                return Err(self.no_such_project(year, unknown)?);
            }
            each_payment(&self.store, year, project, lens, |payment| {
                entries.push(payment);
                Ok(())
            })?;
            Ok(SpendReport::new(&year_view(
                &self.store,
                year,
                entries,
                lens,
            )?))
        })
    }

    /// The error for a project that is not where it was looked for. It names the other years that
    /// have it, or the later day on which it is proposed.
    pub fn no_such_project(
        &self,
        year: FinancialYear,
        project: &ProjectRef,
    ) -> Result<Error, Error> {
        let (here, elsewhere): (Vec<_>, Vec<_>) = self
            .proposals(project)?
            .into_iter()
            .partition(|(proposed_in, _)| *proposed_in == year);
        Ok(Error::NoSuchProject {
            year,
            project: project.clone(),
            proposed_on: here.first().map(|(_, on)| *on),
            elsewhere: elsewhere.into_iter().map(|(year, _)| year).collect(),
        })
    }

    /// The years that have such a project, each with the day on which it is proposed.
    pub fn proposals(&self, project: &ProjectRef) -> Result<Vec<(FinancialYear, Date)>, Error> {
        let mut found = Vec::new();
        for year in self.years()? {
            let proposals = self.store.entries(year, &[Kind::Propose])?;
            let proposals = standing(proposals, Lens::at(Date::MAX));
            let mut proposals = proposals.iter();
            let proposal = proposals.find(|entry| entry.event.project() == Some(project));
            found.extend(proposal.map(|entry| (year, entry.on)));
        }
        Ok(found)
    }
}
