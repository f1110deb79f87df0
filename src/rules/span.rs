//! [`Span`]: between which entries a project may spend.

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
    pub(super) fn note(&mut self, step: &Entry) {
        match step.event {
            Event::Propose { .. } => self.proposed = self.proposed.or(Some(step.position())),
            Event::Approve { .. } => {
                *self = Span {
                    approved: self.approved.or(Some(step.position())),
                    ended: None,
                    ..*self
                }
            }
            Event::Complete { .. } => {
                self.ended = self.ended.or(Some((step.position(), Stage::Complete)))
            }
            Event::Withdraw { .. } => {
                self.ended = self.ended.or(Some((step.position(), Stage::Withdrawn)))
            }
            _ => {}
        }
    }

    /// Is the project there at this position?
    pub(super) fn knows(&self, position: Position) -> bool {
        self.proposed.is_some_and(|proposed| proposed < position)
    }

    /// May the project spend at this position?
    pub(super) fn holds(&self, position: Position) -> bool {
        self.approved.is_some_and(|approved| approved < position)
            && self.ended.is_none_or(|(ended, _)| position < ended)
    }
}

/// The spans that a year's steps give its projects.
pub(super) fn spans(steps: &[Entry]) -> BTreeMap<ProjectRef, Span> {
    let mut spans: BTreeMap<ProjectRef, Span> = BTreeMap::new();
    for step in steps {
        if let Some(project) = step.event.project() {
            spans.entry(project.clone()).or_default().note(step);
        }
    }
    spans
}
