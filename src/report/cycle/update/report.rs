//! [`UpdateReport`]: where a year's grant stands, as the working group reads it.

use std::collections::BTreeSet;

use crate::document::{ContactSettings, PaperSettings, Settings, declare};
use crate::fold::YearView;
use crate::model::{Date, EntryNumber, Money, Pot, ProjectRef};
use crate::report::cycle::due::DueRow;
use crate::report::cycle::forecast::ForecastReport;
use crate::report::cycle::update::decided::{self, Paper, Since, UpdateDecision};
use crate::report::cycle::update::project::{UpdateProject, Withdrawn};
use crate::report::cycle::update::proposal::{Proposal, ProposalSummary};
use crate::report::cycle::year_end::{YearEndReport, YearEndRow};
use crate::report::money::pot::PotReport;

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
        /// The pots and deadlines of the next year, if the book has that year.
        pub next: Option<NextYear>,
        /// The entries that set a process rule aside.
        pub overrides: BTreeSet<EntryNumber>,
        /// Where the year is heading.
        pub forecast: ForecastReport,
        /// The deadlines of the year that are not met, the earliest first.
        pub due: Vec<DueRow>,
        /// What each proposal of the year is for, by ref.
        pub summaries: Vec<ProposalSummary>,
        /// What the settings say of the paper.
        pub paper: PaperSettings,
        /// Whom the settings say to ask.
        pub contact: ContactSettings,
    }

    /// The pots and deadlines of the year after.
    pub struct NextYear {
        /// Its allocation, and where its pots stand.
        #[serde(flatten)]
        pub pots: PotReport,
        /// Its deadlines that are not met, the earliest first.
        pub due: Vec<DueRow>,
    }
}

impl NextYear {
    /// The year after, whose view holds at least what moves its pots, is due and was met.
    pub fn new(view: &YearView) -> NextYear {
        NextYear {
            pots: PotReport::new(view),
            due: DueRow::unmet(view),
        }
    }
}

impl UpdateReport {
    /// The update of a year, with the next year.
    ///
    /// It shows the decisions dated after a day. If no day is given, it shows those dated or
    /// recorded after the last paper before the day of the update: the last that has a printed
    /// figure or was issued, not counting quarter reports.
    pub fn new(view: &YearView, since: Option<Date>, next: Option<NextYear>) -> UpdateReport {
        let (portfolio, as_at) = (&view.portfolio, view.lens.as_at);
        let since = match (since, Paper::last(&view.standing, as_at)) {
            (Some(day), _) => Since::Day(day),
            (None, Some(paper)) => Since::Paper(paper),
            (None, None) => Since::Ever,
        };
        let decisions = decided::decisions(view, &since);
        let projects = UpdateProject::all(view, &since);
        let (since, since_paper) = match since {
            Since::Ever => (None, None),
            Since::Day(day) => (Some(day), None),
            Since::Paper(paper) => (Some(paper.on), Some(paper.title)),
        };
        let over = portfolio.closed || portfolio.year.last_day() <= as_at;
        let lines = YearEndReport::new(view).rows.into_iter();
        let underspends = lines.filter(|row| over && !row.underspend.is_zero());
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
            projects,
            withdrawn: Withdrawn::all(view),
            decisions,
            proposed: Proposal::all(view),
            underspends: underspends.collect(),
            next,
            overrides: portfolio.overrides.clone(),
            forecast: ForecastReport::new(view),
            due: DueRow::unmet(view),
            summaries: ProposalSummary::all(view),
            paper: PaperSettings::default(),
            contact: ContactSettings::default(),
        }
    }

    /// The same paper with what the settings say of it.
    #[must_use]
    pub fn with(self, settings: &Settings) -> UpdateReport {
        UpdateReport {
            paper: settings.paper.clone(),
            contact: settings.contact.clone(),
            ..self
        }
    }

    /// Returns `true` if the year has passed or is closed, so that nothing can be awarded any more.
    pub(super) fn has_ended(&self) -> bool {
        self.closed || self.pots.year.last_day() < self.pots.lens.as_at
    }

    /// Why a project will not spend its award, if a reason is on record.
    pub(super) fn reason(&self, project: &ProjectRef) -> Option<&String> {
        let mut projects = self.projects.iter();
        let found = projects.find(|found| found.row.project == *project);
        found.and_then(|found| found.reason.as_ref())
    }
}
