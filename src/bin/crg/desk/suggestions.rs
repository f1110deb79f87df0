//! What is suggested while a form is filled in: what the year has already.

use std::collections::BTreeSet;

use crg::model::{Column, Entry, Input, Kind};
use crg::{Book, Date, Error, FinancialYear, Lens, ProjectRef, YearView};

use crate::desk::labels::label;

/// What a year has already.
#[derive(Debug)]
pub(crate) struct Suggestions {
    year: FinancialYear,
    entries: Vec<Entry>,
    /// Each project's ref, and how it is shown.
    pub(crate) projects: Vec<(String, String)>,
    /// The ref of the next proposal, if those of the year are numbered.
    pub(crate) next_project: Option<ProjectRef>,
    /// The code of each priority in force, and how it is shown.
    pub(crate) priorities: Vec<(String, String)>,
    years: Vec<FinancialYear>,
}

impl Suggestions {
    pub(crate) fn new(book: &Book, year: FinancialYear) -> Result<Suggestions, Error> {
        let years = book.years()?;
        let lens = Lens::at(Date::MAX);
        if !years.contains(&year) {
            return Ok(Suggestions {
                year,
                entries: Vec::new(),
                projects: Vec::new(),
                next_project: None,
                priorities: Vec::new(),
                years,
            });
        }
        let view = book.full_view(year, lens)?;
        let in_force = book.priorities_in(year, lens)?.into_iter();
        let in_force = in_force.filter(|priority| priority.is_in_force(year));
        let priorities = in_force.map(|priority| {
            let shown = format!("{} ({}, {})", priority.name, priority.code, priority.scheme);
            (priority.code, shown)
        });
        Ok(Suggestions {
            year,
            projects: projects(&view),
            next_project: next_project(&view),
            priorities: priorities.collect(),
            entries: view.standing,
            years,
        })
    }

    /// The years that an entry may be for.
    pub(crate) fn years(&self) -> Vec<(String, String)> {
        let next = self.years.last().map(|last| last.next());
        let mut years: Vec<FinancialYear> = self.years.iter().copied().chain(next).collect();
        years.push(self.year);
        years.sort();
        years.dedup();
        let years = years.into_iter().rev();
        years
            .map(|year| (year.to_string(), year.to_string()))
            .collect()
    }

    /// The texts that entries have in a column where it is called the same.
    pub(crate) fn texts(&self, kind: Kind, column: Column) -> Vec<String> {
        let called = label(kind, column);
        let alike = self.entries.iter().filter(|entry| {
            let kind = entry.event.kind();
            kind.input(column) == Input::Text && label(kind, column) == called
        });
        let texts: BTreeSet<String> = alike
            .filter_map(|entry| entry.cells().get(column).map(str::to_owned))
            .collect();
        texts.into_iter().collect()
    }
}

fn projects(view: &YearView) -> Vec<(String, String)> {
    let projects = view.portfolio.projects.iter();
    let shown = projects.map(|(reference, project)| {
        let shown = format!("{reference}, {}", project.title);
        (reference.to_string(), shown)
    });
    shown.collect()
}

/// The first free ref that counts on from that of the latest proposal.
fn next_project(view: &YearView) -> Option<ProjectRef> {
    let is_proposal = |entry: &&Entry| entry.event.kind() == Kind::Propose;
    let latest = view.standing.iter().rfind(is_proposal)?.event.project()?;
    let mut refs = std::iter::successors(latest.next(), ProjectRef::next);
    refs.find(|next| !view.portfolio.projects.contains_key(next))
}
