//! The Working Group Update: the funding section of the paper that goes to each meeting.

mod decided;
mod paper;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::document::{Block, Report, Table};
use crate::fold::{Lens, Portfolio, Project};
use crate::model::{Date, Entry, EntryNumber, Kind, Money, Pot, ProjectRef, Stage};
use crate::report::cycle::monitoring::{Outcome, outcomes};
use crate::report::cycle::year_end::{YearEndReport, YearEndRow};
use crate::report::money::pot::PotReport;
use crate::report::projects::project::ProjectRow;

use decided::{Paper, Since};

pub use decided::UpdateDecision;

/// Where a year's grant stands, as the working group reads it. Its sentences are composed from the
/// values of its tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UpdateReport {
    /// The year, the day, the allocation, its split, and where both pots stand.
    #[serde(flatten)]
    pub pots: PotReport,
    /// Is the year shut?
    pub closed: bool,
    /// Who holds the grant.
    pub partnership: String,
    /// Who gives it.
    pub funder: String,
    /// Decisions after this day are shown; none where all of the year are.
    pub since: Option<Date>,
    /// The paper of that day, where it was not asked for. Decisions recorded after it are shown
    /// too, whatever their day.
    pub since_paper: Option<String>,
    /// The net awards of both pots' projects.
    pub awards: Money,
    /// What was spent, less refunds.
    pub spent: Money,
    /// What the pending proposals ask for.
    pub pipeline: Money,
    /// What is left in both pots.
    pub uncommitted: Money,
    /// What would be left in both pots if every pending proposal were approved.
    pub uncommitted_if_all_approved: Money,
    /// Award that projects still hold.
    pub unspent_awards: Money,
    /// What was returned to the OPCC.
    pub returned: Money,
    /// What of the allocation was neither spent nor returned.
    pub to_return: Money,
    /// Has 31 March come, or was the year shut? Only then is what was not spent an underspend.
    pub over: bool,
    /// The projects that have an award, by ref.
    pub projects: Vec<UpdateProject>,
    /// The projects that were withdrawn, with an award or without.
    pub withdrawn: Vec<Withdrawn>,
    /// What was decided since, in fold order.
    pub decisions: Vec<UpdateDecision>,
    /// The proposals still to be decided: upfront, then tactical.
    pub proposed: Vec<Proposal>,
    /// The lines of the year end that have an underspend; none while the year runs.
    pub underspends: Vec<YearEndRow>,
    /// The pots of the year after, where the book has that year.
    pub next: Option<PotReport>,
    /// The entries that set a process rule aside.
    pub overrides: BTreeSet<EntryNumber>,
}

/// A project that has an award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UpdateProject {
    /// What it is and where it stands.
    #[serde(flatten)]
    pub row: ProjectRow,
    /// What was last said of its progress.
    pub progress: Option<String>,
    /// What was promised and achieved.
    pub outcomes: Vec<Outcome>,
}

/// A project that was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Withdrawn {
    /// Its ref.
    pub project: ProjectRef,
    /// Its title.
    pub title: String,
    /// What it keeps: what it had spent or returned.
    pub award: Money,
}

/// A proposal still to be decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// Its ref.
    pub project: ProjectRef,
    /// Its title.
    pub title: String,
    /// Its lead.
    pub lead: String,
    /// Its pot.
    pub pot: Pot,
    /// How far it has come.
    pub status: Stage,
    /// The latest amount asked, recommended or submitted.
    pub asks: Money,
}

/// What an update is made of, beside the fold.
#[derive(Debug)]
pub struct UpdateInput<'a> {
    /// The partnership and the funder.
    pub names: (String, String),
    /// The year's standing entries in fold order; spend may be left out.
    pub standing: &'a [Entry],
    /// Show decisions dated after this day; where there is none, those dated or recorded after the
    /// last paper before the day asked about: the last that has a printed figure or was issued, but
    /// for quarter reports.
    pub since: Option<Date>,
    /// The pots of the year after.
    pub next: Option<PotReport>,
}

impl UpdateReport {
    /// The update of a folded year.
    #[must_use]
    pub fn new(portfolio: &Portfolio, of: UpdateInput<'_>, lens: Lens) -> UpdateReport {
        let since = match (of.since, Paper::last(of.standing, lens.as_at)) {
            (Some(day), _) => Since::Day(day),
            (None, Some(paper)) => Since::Paper(paper),
            (None, None) => Since::Ever,
        };
        let decisions = decided::decisions(portfolio, of.standing, &since);
        let (since, since_paper) = match since {
            Since::Ever => (None, None),
            Since::Day(day) => (Some(day), None),
            Since::Paper(paper) => (Some(paper.on), Some(paper.title)),
        };
        let over = portfolio.closed || portfolio.year.last_day() <= lens.as_at;
        let underspends = YearEndReport::new(portfolio, lens)
            .rows
            .into_iter()
            .filter(|row| over && !row.underspend.is_zero());
        let withdrawn = portfolio
            .projects
            .iter()
            .filter(|(_, project)| project.stage == Stage::Withdrawn);
        let pipeline = Pot::ALL.iter().map(|pot| portfolio.pipeline(*pot)).sum();
        let (partnership, funder) = of.names;
        UpdateReport {
            pots: PotReport::new(portfolio, lens),
            closed: portfolio.closed,
            partnership,
            funder,
            since,
            since_paper,
            awards: portfolio.awards(),
            spent: portfolio.spent(),
            pipeline,
            uncommitted: portfolio.uncommitted(),
            uncommitted_if_all_approved: portfolio.uncommitted_if_all_approved(),
            unspent_awards: portfolio.unspent_awards(),
            returned: portfolio.returned(),
            to_return: portfolio.to_return(),
            over,
            projects: funded(portfolio, of.standing),
            withdrawn: withdrawn.map(Withdrawn::new).collect(),
            decisions,
            proposed: Pot::ALL
                .iter()
                .flat_map(|pot| portfolio.pending(*pot))
                .map(Proposal::new)
                .collect(),
            underspends: underspends.collect(),
            next: of.next,
            overrides: portfolio.overrides.clone(),
        }
    }
}

fn funded(portfolio: &Portfolio, standing: &[Entry]) -> Vec<UpdateProject> {
    let progress = standing
        .iter()
        .filter(|entry| entry.event.kind() == Kind::Progress);
    let said: BTreeMap<EntryNumber, &Option<String>> =
        progress.map(|entry| (entry.number, &entry.note)).collect();
    let projects = portfolio
        .projects
        .iter()
        .filter(|(_, project)| !project.award.is_zero());
    projects
        .map(|(reference, project)| UpdateProject {
            row: ProjectRow::new((reference, project)),
            progress: project
                .progress
                .and_then(|number| said.get(&number).copied().cloned().flatten()),
            outcomes: outcomes(project),
        })
        .collect()
}

impl Withdrawn {
    fn new((reference, project): (&ProjectRef, &Project)) -> Withdrawn {
        Withdrawn {
            project: reference.clone(),
            title: project.title.clone(),
            award: project.award,
        }
    }
}

impl Proposal {
    fn new((reference, project): (&ProjectRef, &Project)) -> Proposal {
        Proposal {
            project: reference.clone(),
            title: project.title.clone(),
            lead: project.lead.clone(),
            pot: project.pot,
            status: project.stage,
            asks: project.asked,
        }
    }
}

impl Report for UpdateReport {
    fn title(&self) -> String {
        let lens = self.pots.lens;
        let known = lens
            .known_at
            .map(|moment| format!(", as known at {moment}"))
            .unwrap_or_default();
        let closed = if self.closed { ", closed" } else { "" };
        let unconfirmed = if self.pots.confirmed {
            ""
        } else {
            ", funding not yet confirmed"
        };
        format!(
            "Working Group Update {}, as at {}{known}{closed}{unconfirmed}",
            self.pots.year,
            lens.as_at.long()
        )
    }

    fn as_at(&self) -> Option<Date> {
        Some(self.pots.lens.as_at)
    }

    fn tables(&self) -> Vec<Table> {
        self.sections()
            .into_iter()
            .filter_map(|section| section.table)
            .collect()
    }

    fn notes(&self) -> Vec<String> {
        self.sections()
            .into_iter()
            .map(|section| section.said.join(" "))
            .collect()
    }

    fn blocks(&self) -> Vec<Block> {
        self.sections()
            .into_iter()
            .flat_map(paper::Section::blocks)
            .collect()
    }
}
