//! What was decided since the last paper.

use std::collections::BTreeMap;

use crate::document::{capital, declare};
use crate::fold::{PotName, YearView};
use crate::model::{Date, Entry, EntryNumber, Event, Kind, Money, ProjectRef, Stage};
use crate::report::cycle::issued::goes_to_funder;

declare! {
    /// One decision. If a proposal is still pending, the last step towards its decision.
    pub row UpdateDecision {
        /// The entry's number.
        pub entry: EntryNumber => detail,
        /// The day it takes effect.
        pub on: Date => shown("Date"),
        /// What was decided.
        pub kind: Kind,
        /// The project it concerns.
        pub project: Option<ProjectRef> => shown("Ref"),
        /// The project's title.
        pub title: Option<String>,
        /// The pot it names, or the project's.
        pub pot: Option<PotName>,
        /// What it concerns: the project by title, a pot, or the year.
        #[serde(skip)]
        pub(crate) of: String => shown("Project, pot or year") from |row| capital(&row.of).into(),
        /// What was decided, in the words of a paper.
        #[serde(skip)]
        pub(crate) decision: &'static str => shown("Decision"),
        /// What it moved; for a step, what the proposal asks for.
        pub amount: Option<Money> => shown("Amount"),
        /// Where it is written down.
        pub reference: Option<String> => detail("Reference"),
        /// The reasons, in the words of whoever recorded it.
        pub note: Option<String> => detail("Reasons"),
    }
}

/// The last paper before a day.
#[derive(Debug, Clone)]
pub(super) struct Paper {
    /// Its day.
    pub(super) on: Date,
    /// Its title.
    pub(super) title: String,
    /// The last entry about it.
    entry: EntryNumber,
}

impl Paper {
    /// The last paper that has a printed figure, or report that was issued. What goes to the OPCC
    /// does not count.
    pub(super) fn last(standing: &[Entry], as_at: Date) -> Option<Paper> {
        let title = |entry: &Entry| match &entry.event {
            Event::Published { title, .. } => Some(title.clone()),
            Event::Issue { title, .. } if !goes_to_funder(entry.year, title) => Some(title.clone()),
            _ => None,
        };
        let before = standing.iter().filter(|entry| entry.on < as_at);
        let mut papers = before.filter_map(|entry| {
            Some(Paper {
                on: entry.on,
                title: title(entry)?,
                entry: entry.number,
            })
        });
        papers.next_back()
    }
}

/// Which decisions are shown.
#[derive(Debug, Clone)]
pub(super) enum Since {
    /// All of the year's.
    Ever,
    /// Those dated after a day.
    Day(Date),
    /// Those dated after the day of a paper, and those recorded after it, whatever their day.
    Paper(Paper),
}

impl Since {
    pub(super) fn has(&self, entry: &Entry) -> bool {
        match self {
            Since::Ever => true,
            Since::Day(day) => entry.on > *day,
            Since::Paper(paper) => entry.on > paper.on || entry.number > paper.entry,
        }
    }
}

/// The decisions since, in fold order: each one that is final, and the last step of a project that
/// is still pending.
pub(super) fn decisions(view: &YearView, since: &Since) -> Vec<UpdateDecision> {
    let shown = view.standing.iter().filter(|entry| since.has(entry));
    let shown: Vec<&Entry> = shown.collect();
    let last_steps: BTreeMap<&ProjectRef, EntryNumber> = shown
        .iter()
        .filter(|entry| is_step(entry.event.kind()))
        .filter_map(|entry| Some((entry.event.project()?, entry.number)))
        .collect();
    let is_last_step = |entry: &Entry| {
        entry.event.project().is_some_and(|project| {
            let is_last = last_steps.get(project) == Some(&entry.number);
            let found = view.portfolio.projects.get(project);
            is_last && found.is_some_and(|project| project.stage.is_pending())
        })
    };
    let is_decision = |entry: &&Entry| is_final(entry.event.kind()) || is_last_step(entry);
    let decided = shown.into_iter().filter(is_decision);
    decided
        .map(|entry| UpdateDecision::new(entry, view))
        .collect()
}

/// Returns `true` if it is a decision of its own. A proposal is shown with those that are pending,
/// a payment with the underspend, and a correction decides nothing.
fn is_final(kind: Kind) -> bool {
    kind.is_decision() && kind != Kind::Propose && !is_step(kind)
        || matches!(
            kind,
            Kind::Allocate | Kind::Cut | Kind::Confirm | Kind::Release | Kind::Close | Kind::Reopen
        )
}

/// Returns `true` if it brings a proposal nearer to its decision.
fn is_step(kind: Kind) -> bool {
    matches!(kind, Kind::Recommend | Kind::Endorse | Kind::Submit)
}

impl UpdateDecision {
    fn new(entry: &Entry, view: &YearView) -> UpdateDecision {
        let portfolio = &view.portfolio;
        let kind = entry.event.kind();
        let reference = entry.event.project();
        let project = reference.and_then(|reference| portfolio.projects.get(reference));
        let stepped = project.filter(|_| is_step(kind));
        let title = project.map(|project| project.title.clone());
        let pot = entry.event.pot().or(project.map(|project| project.pot));
        let pot = pot.map(|pot| view.pots.name(pot));
        UpdateDecision {
            entry: entry.number,
            on: entry.on,
            kind,
            project: reference.cloned(),
            of: match (&title, pot, kind) {
                (Some(title), ..) => title.clone(),
                (None, Some(pot), _) => format!("the {}", pot.in_sentence()),
                (None, None, Kind::Release) => "the upfront pot, to the tactical pot".to_owned(),
                (None, None, _) => format!("the year {}", portfolio.year),
            },
            title,
            pot,
            decision: decision(kind),
            amount: stepped
                .map(|project| project.asked)
                .or(entry.event.amount()),
            reference: entry.reference.clone(),
            note: entry.note.clone(),
        }
    }
}

/// What was decided, in the words of a paper.
fn decision(kind: Kind) -> &'static str {
    match kind {
        Kind::Allocate => "allocated",
        Kind::Cut => "allocation cut",
        Kind::Confirm => "confirmed",
        Kind::Increase => "award increased",
        Kind::Reduce => "award reduced",
        Kind::Release => "released",
        Kind::Close => "closed",
        Kind::Reopen => "reopened",
        kind => Stage::brought_by(kind).map_or(kind.as_str(), Stage::as_str),
    }
}
