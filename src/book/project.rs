//! Questions about one project.
//!
//! They fail with [`Error::NoSuchProject`], or [`Error::NoSuchYear`], if there is no such project or
//! year, and with [`Error::Store`] if the file cannot be read.

use std::collections::BTreeMap;

use crate::book::handle::Book;
use crate::book::view::{each_payment, entries, moves_pots};
use crate::error::Error;
use crate::fold::{Lens, YearView, standing};
use crate::model::{Column, Date, FinancialYear, Kind, ProjectRef};
use crate::report::{EntryFilter, ProjectReport, SpendReport};

/// How many projects are suggested for a ref that is not known; more would be no help.
const MAX_SIMILAR: usize = 2;

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
        let filter = EntryFilter {
            project: project.cloned(),
            ..EntryFilter::default()
        };
        self.find_spend(year, &filter, lens)
    }

    /// The spend of a year that a filter shows.
    pub fn find_spend(
        &self,
        year: FinancialYear,
        filter: &EntryFilter,
        lens: Lens,
    ) -> Result<SpendReport, Error> {
        let project = filter.project.as_ref();
        self.store.read(|| {
            let mut entries = entries(&self.store, year, moves_pots)?;
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
            let view = YearView::new(year, entries, lens, self.names_in(year, lens)?)?;
            Ok(SpendReport::filtered(&view, filter))
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
            similar: self.projects_like(year, project)?,
        })
    }

    /// Fails if no year, or not the one given, has such a project. The error is that of the latest
    /// year with a project whose ref looks like this one.
    pub(super) fn must_know_project(
        &self,
        year: Option<FinancialYear>,
        project: &ProjectRef,
    ) -> Result<(), Error> {
        let mut years = match year {
            Some(year) => vec![year],
            None => self.years()?,
        };
        let proposals = self.proposals(project)?;
        if proposals.iter().any(|(known, _)| years.contains(known)) {
            return Ok(());
        }
        let latest = years.last().copied();
        years.reverse();
        for year in years {
            if !self.projects_like(year, project)?.is_empty() {
                return Err(self.no_such_project(year, project)?);
            }
        }
        match latest {
            Some(year) => Err(self.no_such_project(year, project)?),
            None => Ok(()),
        }
    }

    /// The refs and titles of the year's projects whose refs look most like this one.
    fn projects_like(
        &self,
        year: FinancialYear,
        project: &ProjectRef,
    ) -> Result<Vec<(ProjectRef, String)>, Error> {
        let proposals = self.store.entries(year, &[Kind::Propose, Kind::Amend])?;
        let mut similar: [BTreeMap<ProjectRef, String>; 2] = Default::default();
        for entry in standing(proposals, Lens::at(Date::MAX)) {
            let known = entry.event.project();
            let distance = known.and_then(|known| known.distance(project));
            if let (Some(known), Some(distance)) = (known, distance)
                && let Some(title) = entry.cells().get(Column::Title)
            {
                similar[usize::from(distance)].insert(known.clone(), title.to_owned());
            }
        }
        let nearest = similar.into_iter().find(|similar| !similar.is_empty());
        let nearest = nearest.filter(|similar| similar.len() <= MAX_SIMILAR);
        Ok(nearest.into_iter().flatten().collect())
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
