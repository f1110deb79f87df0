//! Recording: a draft is tried against a history, and added to it.

use std::collections::BTreeSet;

use crate::model::{Date, Draft, Entry, EntryNumber, Event, Kind, Moment, Position, ProjectRef};
use crate::rules::folded::Folded;
use crate::rules::history::{History, without_texts};
use crate::rules::movement::Movement;
use crate::rules::order;
use crate::rules::refusal::{Refusal, Rule};
use crate::rules::span::spans;

impl History {
    /// Tries a draft of this year, and adds it as the entry with this number if every rule allows
    /// it. The first refusal that is not overridden is returned, and leaves the history as it was.
    ///
    /// `named` is the entry that a `reverse` or `explain` names, if the year has it.
    pub fn record(
        &mut self,
        draft: Draft,
        number: EntryNumber,
        recorded: Moment,
        named: Option<&Entry>,
    ) -> Result<Entry, Refusal> {
        self.admit(draft, number, recorded, named, History::lapses)
    }

    /// Takes back an entry that was recorded before, as [`History::record`] does, but without the
    /// rules that bind an entry only when it is first recorded.
    pub fn restore(
        &mut self,
        draft: Draft,
        number: EntryNumber,
        recorded: Moment,
        named: Option<&Entry>,
    ) -> Result<Entry, Refusal> {
        self.admit(draft, number, recorded, named, |_, _| Vec::new())
    }

    fn admit(
        &mut self,
        draft: Draft,
        number: EntryNumber,
        recorded: Moment,
        named: Option<&Entry>,
        lapses: impl FnOnce(&History, &Entry) -> Vec<Refusal>,
    ) -> Result<Entry, Refusal> {
        debug_assert_eq!(draft.year(), self.year, "a draft is tried in its own year");
        let (year, kind) = (self.year, draft.kind());
        if self.closed && !kind.is_allowed_when_closed() {
            return Err(Refusal::YearClosed { year, kind });
        }
        if !self.closed && kind == Kind::Reopen {
            return Err(Refusal::NotClosed { year });
        }
        let on = match draft.event().refers_to() {
            Some(entry) => self.date_by_named(&draft, entry, named)?,
            None => draft.on(),
        };
        let on = on.unwrap_or_else(|| recorded.date());
        if let Event::Match { entries, .. } = draft.event()
            && let Some(entry) = entries.0.iter().copied().find(|entry| *entry >= number)
        {
            return Err(Refusal::NoSuchEntry { year, entry });
        }
        self.check_close_date(kind, on)?;
        let entry = Entry::from_draft(draft, number, on, recorded);
        let entry = match (kind, named) {
            (Kind::Reverse, Some(target)) => self.record_reversal(entry, target)?,
            _ => {
                let mut found = lapses(self, &entry);
                found.extend(order::window(&entry));
                if kind.is_spending() {
                    self.record_spending(entry, found)?
                } else if kind.is_statement() {
                    self.record_statement(entry, found)?
                } else {
                    self.record_step(entry, found)?
                }
            }
        };
        self.note_close(&entry);
        Ok(entry)
    }

    /// Checks the entry that a draft names. The date is the draft's own; a reversal may leave it
    /// out, and takes that of the entry.
    fn date_by_named(
        &self,
        draft: &Draft,
        entry: EntryNumber,
        named: Option<&Entry>,
    ) -> Result<Option<Date>, Refusal> {
        let (year, by) = (self.year, draft.kind());
        let reverses = by == Kind::Reverse;
        let Some(named) = named.filter(|named| named.number == entry && named.year == year) else {
            return Err(Refusal::NoSuchEntry { year, entry });
        };
        let kind = named.event.kind();
        if by == Kind::Explain && kind != Kind::Published {
            return Err(Refusal::NotPublished { year, entry, kind });
        }
        if by == Kind::Met && kind != Kind::Due {
            return Err(Refusal::NotDue { year, entry, kind });
        }
        if reverses && !kind.is_reversible() {
            return Err(Refusal::NotReversible { year, entry, kind });
        }
        if let Some(by) = self.reversed.get(&entry).copied() {
            return Err(Refusal::AlreadyReversed { year, entry, by });
        }
        match draft.on() {
            Some(asked) if reverses && asked != named.on => Err(Refusal::OnAnotherDay {
                year,
                entry,
                on: named.on,
                asked,
            }),
            on => Ok(on.or(Some(named.on))),
        }
    }

    fn record_spending(&mut self, entry: Entry, mut found: Vec<Refusal>) -> Result<Entry, Refusal> {
        let position = entry.position();
        let kind = entry.event.kind();
        let project = entry.event.project();
        let span = project
            .map(|project| self.span(project))
            .unwrap_or_default();
        let was_approved = span.approved.is_some_and(|approved| approved < position);
        if !(span.may_spend_at(position) || was_approved && kind == Kind::Refund) {
            // Something is wrong: only now is it worth folding all that came before.
            let before = self.folded_before(position);
            found.extend(order::breaches(&before.portfolio, &entry));
        }
        let moved = self.folded.portfolio.flows(&entry.event);
        found.extend(self.folded.overdrawn(kind, &moved, entry.on));
        refuse(found, &entry)?;
        self.add_posting(&entry);
        Ok(entry)
    }

    /// Records a statement: its date must be in its window, and its project, if it names one, must
    /// exist.
    fn record_statement(
        &mut self,
        entry: Entry,
        mut found: Vec<Refusal>,
    ) -> Result<Entry, Refusal> {
        let project = entry.event.project();
        let unknown = project.filter(|project| !self.span(project).exists_at(entry.position()));
        found.extend(unknown.map(|project| self.unknown(project, entry.position())));
        refuse(found, &entry)?;
        self.add_posting(&entry);
        Ok(entry)
    }

    fn record_step(&mut self, mut entry: Entry, mut found: Vec<Refusal>) -> Result<Entry, Refusal> {
        let position = entry.position();
        let last = self.steps.last();
        let is_last = last.is_none_or(|step| step.position() < position);
        let earlier;
        let before = if is_last {
            &self.folded.portfolio
        } else {
            earlier = self.folded_before(position).portfolio;
            &earlier
        };
        found.extend(order::breaches(before, &entry));
        found.extend(self.proposed_later(before, &entry));
        found.extend(self.nothing_to_release(before, &entry));
        found.extend(self.unready_to_close(&entry));
        found.extend(self.work_out_amount(&mut entry));
        if is_last {
            self.append_step(found, &entry)?;
        } else {
            let mut steps = self.steps.clone();
            let index = steps.partition_point(|step| step.position() < position);
            steps.insert(index, without_texts(&entry));
            self.rewrite(steps, found, &entry, entry.event.project())?;
        }
        self.movements.add(Movement::of(&entry));
        Ok(entry)
    }

    /// Adds a step after all others, if it leaves every account and every posting in order.
    fn append_step(&mut self, mut found: Vec<Refusal>, entry: &Entry) -> Result<(), Refusal> {
        let own: Vec<Rule> = found.iter().map(Refusal::rule).collect();
        let flows = self.folded.portfolio.flows(&entry.event);
        found.extend(self.folded.overdrawn(entry.event.kind(), &flows, entry.on));
        let project = entry.event.project();
        let span = project.map(|project| {
            let mut span = self.span(project);
            span.apply(entry);
            (project.clone(), span)
        });
        if let Some((project, span)) = &span {
            found.extend(self.orphaned_by(project, *span));
        }
        refuse(found, entry)?;
        let step = without_texts(entry);
        self.folded.apply(&step);
        self.spans.extend(span);
        self.tolerated
            .extend(own.into_iter().map(|rule| (entry.number, rule)));
        self.steps.push(step);
        Ok(())
    }

    /// Puts other steps in place of the present ones, if they leave every account and every later
    /// entry in order.
    pub(super) fn rewrite(
        &mut self,
        steps: Vec<Entry>,
        mut found: Vec<Refusal>,
        entry: &Entry,
        project: Option<&ProjectRef>,
    ) -> Result<(), Refusal> {
        let mut folded = Folded::new(self.year);
        let mut tolerated = BTreeSet::new();
        for step in &steps {
            for refusal in order::breaches(&folded.portfolio, step) {
                let breach = (step.number, refusal.rule());
                if step.number != entry.number && !self.tolerated.contains(&breach) {
                    found.push(Refusal::BreaksLater {
                        year: self.year,
                        entry: step.number,
                        why: Box::new(refusal),
                    });
                }
                tolerated.insert(breach);
            }
            folded.apply(step);
        }
        folded.take_postings(&self.folded);
        found.extend(folded.newly_below_zero(entry.event.kind(), &self.folded, entry.on));
        let spans = spans(&steps);
        found.extend(project.and_then(|project| {
            self.orphaned_by(project, spans.get(project).copied().unwrap_or_default())
        }));
        refuse(found, entry)?;
        (self.steps, self.folded, self.spans, self.tolerated) = (steps, folded, spans, tolerated);
        Ok(())
    }

    /// The fold of all steps before a position.
    fn folded_before(&self, position: Position) -> Folded {
        let mut folded = Folded::new(self.year);
        let earlier = self.steps.iter();
        for step in earlier.take_while(|step| step.position() < position) {
            folded.apply(step);
        }
        folded
    }
}

/// The first refusal, in the order of the rules, that the entry does not override.
pub(super) fn refuse(mut found: Vec<Refusal>, entry: &Entry) -> Result<(), Refusal> {
    found.sort_by_key(Refusal::rule);
    let overrides = entry.override_reason.is_some();
    let stands = |refusal: &Refusal| !(overrides && refusal.can_be_overridden());
    found.into_iter().find(stands).map_or(Ok(()), Err)
}
