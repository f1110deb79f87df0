//! [`Span`]: the entries between which a project may spend.

use std::collections::BTreeMap;

use crate::model::{Entry, Event, Position, ProjectRef, Stage};

/// The positions between which a project may spend.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) proposed: Option<Position>,
    pub(super) approved: Option<Position>,
    pub(super) ended: Option<(Position, Stage)>,
}

impl Span {
    /// Takes a step of the project into account.
    pub(super) fn apply(&mut self, step: &Entry) {
        let at = step.position();
        match step.event {
            Event::Propose { .. } => self.proposed = self.proposed.or(Some(at)),
            Event::Approve { .. } => {
                self.approved = self.approved.or(Some(at));
                self.ended = None;
            }
            Event::Complete { .. } => self.ended = self.ended.or(Some((at, Stage::Complete))),
            Event::Withdraw { .. } => self.ended = self.ended.or(Some((at, Stage::Withdrawn))),
            _ => {}
        }
    }

    /// Returns `true` if the project exists at a position.
    pub(super) fn exists_at(&self, position: Position) -> bool {
        self.proposed.is_some_and(|proposed| proposed < position)
    }

    /// Returns `true` if the project may spend at a position.
    pub(super) fn may_spend_at(&self, position: Position) -> bool {
        self.approved.is_some_and(|approved| approved < position)
            && self.ended.is_none_or(|(ended, _)| position < ended)
    }
}

/// The span of each project, by a year's steps.
pub(super) fn spans(steps: &[Entry]) -> BTreeMap<ProjectRef, Span> {
    let mut spans: BTreeMap<ProjectRef, Span> = BTreeMap::new();
    for step in steps {
        if let Some(project) = step.event.project() {
            spans.entry(project.clone()).or_default().apply(step);
        }
    }
    spans
}
