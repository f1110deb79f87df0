//! [`UpdateReport`]: where a year's grant stands, as the working group reads it.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::declare;
use crate::fold::{PotName, PotNames, Project, YearView};
use crate::model::{Date, EntryNumber, Event, Money, Pot, ProjectRef, Stage};
use crate::report::cycle::outcome::Outcome;
use crate::report::cycle::update::decided::{self, Paper, Since, UpdateDecision};
use crate::report::cycle::year_end::{YearEndReport, YearEndRow};
use crate::report::money::pot::PotReport;
use crate::report::projects::project::ProjectRow;

declare! {
    /// Where a year's grant stands, as the working group reads it. Its sentences are composed from
    /// the values of its tables.
    pub struct UpdateReport {
        /// The year, the day, the allocation and its split, and where both pots stand.
        #[serde(flatten)]
        pub pots: PotReport,
        /// Whether the year is closed.
        pub closed: bool,
        /// The partnership that holds the grant.
        pub partnership: String,
        /// The funder that gives it.
        pub funder: String,
        /// What the grant is called.
        pub grant: String,
        /// Decisions after this day are shown; if there is none, all decisions of the year.
        pub since: Option<Date>,
        /// The paper of that day, unless a day was asked for. Decisions recorded after that paper
        /// are shown too, whatever their day.
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
        /// The part of the unspent awards and uncommitted money that is to be returned.
        pub to_return: Money,
        /// The part of them that the OPCC has not paid.
        pub not_drawn: Money,
        /// Whether 31 March has come or the year was closed: only then is what was not spent an
        /// underspend.
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
        /// The pots of the next year, if the book has that year.
        pub next: Option<PotReport>,
        /// The entries that set a process rule aside.
        pub overrides: BTreeSet<EntryNumber>,
    }

    /// A project that has an award.
    pub struct UpdateProject {
        /// What it is and where it stands.
        #[serde(flatten)]
        pub row: ProjectRow,
        /// What it has done.
        #[serde(flatten)]
        pub delivery: Delivery,
    }

    /// What a project has done.
    pub row Delivery {
        /// The latest note on its progress.
        pub progress: Option<String> => shown("Progress"),
        /// What was promised and achieved.
        pub outcomes: Vec<Outcome> => shown("Outcomes"),
    }

    /// A project that was withdrawn.
    pub struct Withdrawn {
        /// Its ref.
        pub project: ProjectRef,
        /// Its title.
        pub title: String,
        /// What it keeps: what it had spent or returned.
        pub award: Money,
    }

    /// A proposal still to be decided.
    pub row Proposal {
        /// Its ref.
        pub project: ProjectRef => shown("Project"),
        /// Its title.
        pub title: String => shown("Title"),
        /// Its lead.
        pub lead: String => shown("Lead"),
        /// Its pot.
        pub pot: PotName => shown("Pot"),
        /// How far it has come.
        pub status: Stage => shown("Status"),
        /// The latest amount asked for, recommended or submitted.
        pub asks: Money => total("Asked"),
    }
}

impl UpdateReport {
    /// The update of a year, whose view may leave out spend, with the pots of the next year.
    ///
    /// It shows the decisions dated after a day. If no day is given, it shows those dated or
    /// recorded after the last paper before the day of the update: the last that has a printed
    /// figure or was issued, not counting quarter reports.
    pub fn new(view: &YearView, since: Option<Date>, next: Option<PotReport>) -> UpdateReport {
        let (portfolio, as_at) = (&view.portfolio, view.lens.as_at);
        let since = match (since, Paper::last(&view.standing, as_at)) {
            (Some(day), _) => Since::Day(day),
            (None, Some(paper)) => Since::Paper(paper),
            (None, None) => Since::Ever,
        };
        let decisions = decided::decisions(view, &since);
        let (since, since_paper) = match since {
            Since::Ever => (None, None),
            Since::Day(day) => (Some(day), None),
            Since::Paper(paper) => (Some(paper.on), Some(paper.title)),
        };
        let over = portfolio.closed || portfolio.year.last_day() <= as_at;
        let lines = YearEndReport::new(view).rows.into_iter();
        let underspends = lines.filter(|row| over && !row.underspend.is_zero());
        let proposed = Pot::ALL.iter().flat_map(|pot| portfolio.pending(*pot));
        let withdrawn = portfolio.projects.iter();
        let withdrawn = withdrawn.filter(|(_, project)| project.stage == Stage::Withdrawn);
        UpdateReport {
            pots: PotReport::new(view),
            closed: portfolio.closed,
            partnership: view.names.partnership.clone(),
            funder: view.names.funder.clone(),
            grant: view.names.grant.clone(),
            since,
            since_paper,
            awards: portfolio.awards(),
            spent: portfolio.spent(),
            pipeline: Pot::ALL.iter().map(|pot| portfolio.pipeline(*pot)).sum(),
            uncommitted: portfolio.uncommitted(),
            uncommitted_if_all_approved: portfolio.uncommitted_if_all_approved(),
            unspent_awards: portfolio.unspent_awards(),
            returned: portfolio.returned(),
            to_return: portfolio.to_return(),
            not_drawn: portfolio.not_drawn(),
            over,
            projects: UpdateProject::all(view),
            withdrawn: withdrawn.map(Withdrawn::new).collect(),
            decisions,
            proposed: proposed
                .map(|project| Proposal::new(view.pots, project))
                .collect(),
            underspends: underspends.collect(),
            next,
            overrides: portfolio.overrides.clone(),
        }
    }

    /// Returns `true` if the year has passed or is closed, so that nothing can be awarded any more.
    pub(super) fn has_ended(&self) -> bool {
        self.closed || self.pots.year.last_day() < self.pots.lens.as_at
    }
}

impl UpdateProject {
    fn all(view: &YearView) -> Vec<UpdateProject> {
        let progress = view.standing.iter().filter_map(|entry| match entry.event {
            Event::Progress { .. } => Some((entry.number, entry.note.as_ref()?)),
            _ => None,
        });
        let notes: BTreeMap<EntryNumber, &String> = progress.collect();
        let projects = view.portfolio.projects.iter();
        let funded = projects.filter(|(_, project)| !project.award.is_zero());
        let project = |(reference, project): (&ProjectRef, &Project)| UpdateProject {
            row: ProjectRow::new(view.pots, (reference, project)),
            delivery: Delivery {
                progress: project
                    .progress
                    .and_then(|number| notes.get(&number).copied().cloned()),
                outcomes: Outcome::all(project),
            },
        };
        funded.map(project).collect()
    }
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
    fn new(pots: PotNames, (reference, project): (&ProjectRef, &Project)) -> Proposal {
        Proposal {
            project: reference.clone(),
            title: project.title.clone(),
            lead: project.lead.clone(),
            pot: pots.name(project.pot),
            status: project.stage,
            asks: project.asked,
        }
    }
}
