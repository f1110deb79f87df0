//! [`PublishedGrant`]: a project that has an award, with the facts on record about it.

use std::collections::BTreeMap;

use crate::fold::{Project, YearView};
use crate::model::{Date, DetailField, Kind, Money, ProjectRef};

/// A project that has an award, with the facts on record about it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PublishedGrant<'a> {
    pub(crate) reference: &'a ProjectRef,
    pub(crate) project: &'a Project,
    /// The day it was approved.
    pub(crate) awarded_on: Date,
    details_of_year: &'a BTreeMap<DetailField, String>,
}

impl<'a> PublishedGrant<'a> {
    /// The grants of a year, by ref. The view holds at least what moves pots, and the details.
    pub(crate) fn all(view: &'a YearView) -> Vec<PublishedGrant<'a>> {
        let approvals = view.standing.iter();
        let approvals = approvals.filter(|entry| entry.event.kind() == Kind::Approve);
        let awarded_on: BTreeMap<&ProjectRef, Date> = approvals
            .filter_map(|entry| Some((entry.event.project()?, entry.on)))
            .collect();
        let grant = |(reference, project): (&'a ProjectRef, &'a Project)| {
            Some(PublishedGrant {
                reference,
                project,
                awarded_on: *awarded_on.get(reference)?,
                details_of_year: &view.portfolio.details,
            })
        };
        let projects = view.portfolio.projects.iter();
        let awarded = projects.filter(|(_, project)| project.award > Money::ZERO);
        awarded.filter_map(grant).collect()
    }

    /// A fact on record about the project itself. The funder is the same for all of a year.
    pub(crate) fn own_fact(&self, field: DetailField) -> Option<&'a str> {
        let own = self.project.details.get(&field);
        own.filter(|_| field != DetailField::FunderId)
            .map(String::as_str)
    }

    /// A fact on record about the project, or else about the year.
    pub(crate) fn fact(&self, field: DetailField) -> Option<&'a str> {
        let of_year = self.details_of_year.get(&field).map(String::as_str);
        self.own_fact(field).or(of_year)
    }

    /// The same as a text that a row may own.
    pub(crate) fn text(&self, field: DetailField) -> Option<String> {
        self.fact(field).map(str::to_owned)
    }

    /// A fact that is a day.
    pub(crate) fn day(&self, field: DetailField) -> Option<Date> {
        self.fact(field)?.parse().ok()
    }
}
