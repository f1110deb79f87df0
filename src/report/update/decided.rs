//! What was decided since the last paper.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::date::Date;
use crate::entry::{Entry, Event};
use crate::id::{EntryNumber, ProjectRef};
use crate::kind::{Kind, Pot};
use crate::money::Money;
use crate::portfolio::Portfolio;
use crate::stage::Stage;

/// One decision. Of a project's steps from proposal to decision, the last is shown; of what varies its award, each.
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
    /// What it moved; of a pending proposal, what that asks.
    pub amount: Option<Money>,
}

/// The last paper before a day, and its day: what a printed figure came from, or a report that was issued.
pub(super) fn last_paper(standing: &[Entry], as_at: Date) -> Option<(Date, String)> {
    let paper = |entry: &Entry| match &entry.event {
        Event::Published { title, .. } | Event::Issue { title, .. } => Some((entry.on, title.clone())),
        _ => None,
    };
    standing.iter().filter(|entry| entry.on < as_at).filter_map(paper).next_back()
}

/// The decisions after a day, in fold order.
pub(super) fn decisions(portfolio: &Portfolio, standing: &[Entry], since: Option<Date>) -> Vec<UpdateDecision> {
    let decided = standing.iter().filter(|entry| since.is_none_or(|since| entry.on > since) && is_shown(entry.event.kind()));
    let decided: Vec<&Entry> = decided.collect();
    let steps = decided.iter().filter(|entry| is_step(entry)).filter_map(|entry| Some((entry.event.project()?, entry.number)));
    let last: BTreeMap<&ProjectRef, EntryNumber> = steps.collect();
    let is_last = |entry: &&&Entry| entry.event.project().and_then(|project| last.get(project)) == Some(&entry.number);
    decided.iter().filter(|entry| !is_step(entry) || is_last(entry)).map(|entry| UpdateDecision::new(entry, portfolio)).collect()
}

/// A proposal stands with those that are pending, a payment with the underspend, and a correction is no decision either.
fn is_shown(kind: Kind) -> bool {
    kind.is_decision() && kind != Kind::Propose
        || matches!(kind, Kind::Allocate | Kind::Cut | Kind::Confirm | Kind::Release | Kind::Close | Kind::Reopen)
}

/// Does it bring a project one stage further?
fn is_step(entry: &Entry) -> bool {
    Stage::brought_by(entry.event.kind()).is_some()
}

impl UpdateDecision {
    fn new(entry: &Entry, portfolio: &Portfolio) -> UpdateDecision {
        let project = entry.event.project().and_then(|project| portfolio.projects.get(project));
        let asked = project.filter(|project| is_step(entry) && project.stage.is_pending()).map(|project| project.asked);
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
            kind => Stage::brought_by(kind).map_or(kind.word(), Stage::word),
        }
    }
}
