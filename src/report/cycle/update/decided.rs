//! What was decided since the last paper.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::fold::Portfolio;
use crate::model::{Date, Entry, EntryNumber, Event, Kind, Money, Pot, ProjectRef, Quarter, Stage};
use crate::report::cycle::issued::Issued;

/// One decision. Of the steps before it, the last of a proposal that is still pending is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UpdateDecision {
    /// The entry's number.
    pub entry: EntryNumber,
    /// The day it takes effect.
    pub on: Date,
    /// What was decided.
    pub kind: Kind,
    /// Of which project.
    pub project: Option<ProjectRef>,
    /// The project's title.
    pub title: Option<String>,
    /// The pot it names, or the project's.
    pub pot: Option<Pot>,
    /// What it moved; of a step, what the proposal asks.
    pub amount: Option<Money>,
}

/// The last paper before a day.
#[derive(Debug, Clone)]
pub(super) struct Paper {
    /// Its day.
    pub(super) on: Date,
    /// Its title.
    pub(super) title: String,
    /// The last entry that tells of it.
    entry: EntryNumber,
}

impl Paper {
    /// What a printed figure came from, or a report that was issued. A quarter report goes to the
    /// OPCC, and is none.
    pub(super) fn last(standing: &[Entry], as_at: Date) -> Option<Paper> {
        let title = |entry: &Entry| match &entry.event {
            Event::Published { title, .. } => Some(title.clone()),
            Event::Issue { title, .. } => {
                let is_of_a_quarter = Quarter::ALL
                    .iter()
                    .any(|quarter| *title == Issued::title(entry.year, *quarter));
                (!is_of_a_quarter).then(|| title.clone())
            }
            _ => None,
        };
        let paper = |entry: &Entry| {
            Some(Paper {
                on: entry.on,
                title: title(entry)?,
                entry: entry.number,
            })
        };
        standing
            .iter()
            .filter(|entry| entry.on < as_at)
            .filter_map(paper)
            .next_back()
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
    fn has(&self, entry: &Entry) -> bool {
        match self {
            Since::Ever => true,
            Since::Day(day) => entry.on > *day,
            Since::Paper(paper) => entry.on > paper.on || entry.number > paper.entry,
        }
    }
}

/// The decisions since, in fold order: each one that is final, and the last step of a project that
/// is still pending.
pub(super) fn decisions(
    portfolio: &Portfolio,
    standing: &[Entry],
    since: &Since,
) -> Vec<UpdateDecision> {
    let shown: Vec<&Entry> = standing.iter().filter(|entry| since.has(entry)).collect();
    let is_pending = |project: &&ProjectRef| {
        portfolio
            .projects
            .get(*project)
            .is_some_and(|project| project.stage.is_pending())
    };
    let steps = shown.iter().filter(|entry| is_step(entry.event.kind()));
    let steps =
        steps.filter_map(|entry| Some((entry.event.project().filter(is_pending)?, entry.number)));
    let last: BTreeMap<&ProjectRef, EntryNumber> = steps.collect();
    let is_last = |entry: &Entry| {
        entry.event.project().and_then(|project| last.get(project)) == Some(&entry.number)
    };
    let decided = shown
        .iter()
        .filter(|entry| is_final(entry.event.kind()) || is_last(entry));
    decided
        .map(|entry| UpdateDecision::new(entry, portfolio))
        .collect()
}

/// A proposal stands with those that are pending, a payment with the underspend, and a correction
/// is no decision either.
fn is_final(kind: Kind) -> bool {
    kind.is_decision() && kind != Kind::Propose && !is_step(kind)
        || matches!(
            kind,
            Kind::Allocate | Kind::Cut | Kind::Confirm | Kind::Release | Kind::Close | Kind::Reopen
        )
}

/// Does it bring a proposal nearer to the decision?
fn is_step(kind: Kind) -> bool {
    matches!(kind, Kind::Recommend | Kind::Endorse | Kind::Submit)
}

impl UpdateDecision {
    fn new(entry: &Entry, portfolio: &Portfolio) -> UpdateDecision {
        let project = entry
            .event
            .project()
            .and_then(|project| portfolio.projects.get(project));
        let asked = project
            .filter(|_| is_step(entry.event.kind()))
            .map(|project| project.asked);
        UpdateDecision {
            entry: entry.number,
            on: entry.on,
            kind: entry.event.kind(),
            project: entry.event.project().cloned(),
            title: project.map(|project| project.title.clone()),
            pot: entry.event.pot().or(project.map(|project| project.pot)),
            amount: asked.or(entry.event.amount()),
        }
    }

    /// What was decided, as a paper says it.
    pub(super) fn said(&self) -> &'static str {
        match self.kind {
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
}
