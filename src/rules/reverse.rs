//! Reversing: an entry is removed, if what was recorded later can do without it.

use crate::fold::Flow;
use crate::model::{Entry, Event, Kind, Position, ProjectRef, Stage};
use crate::rules::history::History;
use crate::rules::movement::Movement;
use crate::rules::record::refuse;
use crate::rules::refusal::Refusal;
use crate::rules::span::Span;

impl History {
    pub(super) fn record_reversal(
        &mut self,
        entry: Entry,
        target: &Entry,
    ) -> Result<Entry, Refusal> {
        if target.event.kind().is_posting() {
            self.reverse_posting(&entry, target)?;
        } else {
            let mut steps = self.steps.clone();
            steps.retain(|step| step.number != target.number);
            self.rewrite(steps, Vec::new(), &entry, target.event.project())?;
        }
        self.movements.remove(Movement::of(target));
        self.reversed.insert(target.number, entry.number);
        Ok(entry)
    }

    /// Removes spend, a refund or a statement.
    fn reverse_posting(&mut self, entry: &Entry, target: &Entry) -> Result<(), Refusal> {
        let moved = self.folded.portfolio.flows(&target.event);
        let back: Vec<Flow> = moved.iter().map(Flow::reversed).collect();
        let overdrawn = self.folded.overdrawn(Kind::Reverse, &back, target.on);
        refuse(overdrawn.into_iter().collect(), entry)?;
        self.folded.remove(&moved, target.on);
        if let Event::Receive { amount } = target.event {
            self.folded.portfolio.received -= amount;
        }
        let project = target.event.project();
        if let Some(postings) = project.and_then(|project| self.postings.get_mut(project)) {
            postings.remove(&target.position());
        }
        if let Event::Met { entry: due } = target.event {
            self.met.remove(&due);
        }
        Ok(())
    }

    /// The first posting that another span of a project would leave without its project, or the
    /// first spend that it would leave out.
    pub(super) fn orphaned_by(&self, project: &ProjectRef, span: Span) -> Option<Refusal> {
        let former = self.span(project);
        if span == former {
            return None;
        }
        let broken = |position: &Position, kind: Kind| {
            if !span.exists_at(*position) {
                return Some(self.unknown(project, *position));
            }
            let orphaned = kind == Kind::Spend
                && former.may_spend_at(*position)
                && !span.may_spend_at(*position);
            orphaned.then(|| Refusal::OutOfOrder {
                year: self.year,
                kind,
                project: project.clone(),
                on: position.on,
                stage: self.stage_at(project, span, *position),
                needs: &[Stage::Approved],
            })
        };
        let postings = self.postings.get(project)?;
        postings.iter().find_map(|(position, kind)| {
            Some(Refusal::BreaksLater {
                year: self.year,
                entry: position.number,
                why: Box::new(broken(position, *kind)?),
            })
        })
    }

    /// The stage of a project at a position at which a span does not let it spend: the one in which
    /// it ended, or the last one before approval.
    fn stage_at(&self, project: &ProjectRef, span: Span, position: Position) -> Stage {
        if let Some((_, stage)) = span.ended.filter(|(ended, _)| *ended < position) {
            return stage;
        }
        self.steps
            .iter()
            .take_while(|step| step.position() < position)
            .filter(|step| step.event.project() == Some(project))
            .filter_map(|step| Stage::brought_by(step.event.kind()))
            .filter(|stage| stage.is_pending())
            .last()
            .unwrap_or(Stage::Proposed)
    }
}
