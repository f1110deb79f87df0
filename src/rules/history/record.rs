//! Trying a draft against a history, and taking it in.

use std::collections::BTreeSet;

use crate::fold::{Account, Flow, Portfolio};
use crate::model::{
    Date, Draft, Entry, EntryNumber, Event, Kind, Moment, Money, Position, Pot, ProjectRef, Stage,
};
use crate::rules::days::Days;
use crate::rules::folded::Folded;
use crate::rules::history::{History, light, spend_key};
use crate::rules::order;
use crate::rules::refusal::Refusal;
use crate::rules::span::{Span, spans};

impl History {
    /// Tries a draft, and takes it in as the entry with this number where every rule allows it. A
    /// refusal leaves the history as it was.
    ///
    /// The draft is of this year. `named` is the entry that a `reverse` or `explain` names, where
    /// the year has it.
    ///
    /// # Errors
    ///
    /// The first [`Refusal`] that applies and is not overridden.
    pub fn record(
        &mut self,
        draft: Draft,
        number: EntryNumber,
        recorded: Moment,
        named: Option<&Entry>,
    ) -> Result<Entry, Refusal> {
        debug_assert_eq!(
            draft.year, self.year,
            "a draft is tried against its own year"
        );
        let kind = draft.event.kind();
        if self.closed && !kind.is_taken_when_closed() {
            return Err(Refusal::YearClosed {
                year: self.year,
                kind,
            });
        }
        if !self.closed && kind == Kind::Reopen {
            return Err(Refusal::NotClosed { year: self.year });
        }
        let on = self.named_entry(&draft, recorded, named)?;
        if let Some(last) = self
            .toggled
            .filter(|last| on < *last && matches!(kind, Kind::Close | Kind::Reopen))
        {
            return Err(Refusal::BeforeLastClose {
                year: self.year,
                kind,
                on,
                last,
            });
        }
        let Draft {
            year,
            by,
            event,
            reference,
            note,
            override_reason,
            ..
        } = draft;
        let entry = Entry {
            number,
            on,
            recorded,
            by,
            year,
            event,
            reference,
            note,
            override_reason,
        };
        let entry = match (kind, named) {
            (Kind::Reverse, Some(target)) => self.reverse(entry, target)?,
            (Kind::Spend | Kind::Refund, _) => self.spend(entry)?,
            (kind, _) if kind.is_statement() => self.state(entry)?,
            _ => self.step(entry)?,
        };
        if matches!(kind, Kind::Close | Kind::Reopen) {
            self.toggle(&entry);
        }
        Ok(entry)
    }

    /// Holds a draft against the entry it names, and settles its date: without one, the day it is
    /// recorded.
    fn named_entry(
        &self,
        draft: &Draft,
        recorded: Moment,
        named: Option<&Entry>,
    ) -> Result<Date, Refusal> {
        let (Some(number), reverses) =
            (draft.event.refers_to(), draft.event.kind() == Kind::Reverse)
        else {
            return Ok(draft.on.unwrap_or_else(|| recorded.date()));
        };
        let Some(named) = named.filter(|named| named.number == number && named.year == self.year)
        else {
            return Err(Refusal::NoSuchEntry {
                year: self.year,
                entry: number,
            });
        };
        let kind = named.event.kind();
        if !reverses && kind != Kind::Published {
            return Err(Refusal::NotPublished {
                entry: number,
                kind,
            });
        }
        if reverses && matches!(kind, Kind::Reverse | Kind::Close | Kind::Reopen) {
            return Err(Refusal::NotReversible {
                entry: number,
                kind,
            });
        }
        if let Some(by) = self.reversed.get(&number) {
            return Err(Refusal::AlreadyReversed {
                entry: number,
                by: *by,
            });
        }
        match draft.on {
            Some(asked) if reverses && asked != named.on => Err(Refusal::OnAnotherDay {
                entry: number,
                on: named.on,
                asked,
            }),
            on => Ok(on.unwrap_or(named.on)),
        }
    }

    /// Takes in spend or a refund.
    fn spend(&mut self, entry: Entry) -> Result<Entry, Refusal> {
        let position = entry.position();
        let span = entry
            .event
            .project()
            .map(|project| self.span(project))
            .unwrap_or_default();
        let mut found: Vec<Refusal> = order::window(&entry).into_iter().collect();
        let was_approved = span.approved.is_some_and(|approved| approved < position);
        if !(span.holds(position) || was_approved && entry.event.kind() == Kind::Refund) {
            // The slow way, taken when something is wrong: how things stood just before.
            found.extend(order::breaches(
                &self.folded_before(position).portfolio,
                &entry,
            ));
        }
        if let Event::Spend {
            project, amount, ..
        } = &entry.event
            && self.seen.contains_key(&spend_key(&entry))
        {
            found.push(Refusal::Duplicate {
                project: project.clone(),
                on: entry.on,
                amount: *amount,
            });
        }
        let moved = self.folded.portfolio.flows(&entry.event);
        found.extend(self.folded.overdrawn(entry.event.kind(), &moved, entry.on));
        refuse(found, &entry)?;
        self.take_follower(&entry);
        Ok(entry)
    }

    /// Takes in a statement: it needs its window, and its project where it has one.
    fn state(&mut self, entry: Entry) -> Result<Entry, Refusal> {
        let mut found: Vec<Refusal> = order::window(&entry).into_iter().collect();
        if let Some(project) = entry
            .event
            .project()
            .filter(|project| !self.span(project).knows(entry.position()))
        {
            found.push(Refusal::UnknownProject {
                year: self.year,
                project: project.clone(),
                on: entry.on,
            });
        }
        refuse(found, &entry)?;
        self.take_follower(&entry);
        Ok(entry)
    }

    /// Takes in any other entry.
    fn step(&mut self, mut entry: Entry) -> Result<Entry, Refusal> {
        let position = entry.position();
        let is_last = self
            .steps
            .last()
            .is_none_or(|step| step.position() < position);
        let earlier;
        let before = if is_last {
            &self.folded.portfolio
        } else {
            earlier = self.folded_before(position).portfolio;
            &earlier
        };
        let mut found: Vec<Refusal> = order::window(&entry).into_iter().collect();
        found.extend(order::breaches(before, &entry));
        found.extend(self.proposed_later(before, &entry));
        found.extend(self.nothing_to_release(before, &entry));
        found.extend(self.unready_to_close(&entry));
        found.extend(self.settle_amount(&mut entry));
        let project = entry.event.project();
        if is_last {
            let own: Vec<u8> = found.iter().map(Refusal::rank).collect();
            let mut span = project
                .map(|project| self.span(project))
                .unwrap_or_default();
            span.note(&entry);
            found.extend(self.folded.overdrawn(
                entry.event.kind(),
                &before.flows(&entry.event),
                entry.on,
            ));
            found.extend(project.and_then(|project| self.orphaned_by(project, span)));
            refuse(found, &entry)?;
            let step = light(&entry);
            self.folded.apply(&step);
            if let Some(project) = project {
                self.spans.insert(project.clone(), span);
            }
            self.tolerated
                .extend(own.into_iter().map(|rule| (entry.number, rule)));
            self.steps.push(step);
        } else {
            let mut steps = self.steps.clone();
            let place = steps.partition_point(|step| step.position() < position);
            steps.insert(place, light(&entry));
            self.rewrite(steps, found, &entry, project)?;
        }
        Ok(entry)
    }

    /// Strikes an entry.
    fn reverse(&mut self, entry: Entry, target: &Entry) -> Result<Entry, Refusal> {
        if target.event.kind().is_follower() {
            self.strike_follower(&entry, target)?;
        } else {
            let mut steps = self.steps.clone();
            steps.retain(|step| step.number != target.number);
            self.rewrite(steps, Vec::new(), &entry, target.event.project())?;
        }
        self.reversed.insert(target.number, entry.number);
        Ok(entry)
    }

    /// Strikes spend, a refund or a statement.
    fn strike_follower(&mut self, entry: &Entry, target: &Entry) -> Result<(), Refusal> {
        let moved = self.folded.portfolio.flows(&target.event);
        let back: Vec<Flow> = moved.iter().map(Flow::reversed).collect();
        refuse(
            self.folded
                .overdrawn(Kind::Reverse, &back, target.on)
                .into_iter()
                .collect(),
            entry,
        )?;
        self.folded.strike(&moved, target.on);
        if let Some(followers) = target
            .event
            .project()
            .and_then(|project| self.followers.get_mut(project))
        {
            followers.remove(&target.position());
        }
        let kind = target.event.kind();
        if let (Kind::Spend, std::collections::hash_map::Entry::Occupied(mut seen)) =
            (kind, self.seen.entry(spend_key(target)))
        {
            *seen.get_mut() -= 1;
            if *seen.get() == 0 {
                seen.remove();
            }
        }
        if let Some(count) = self
            .stated
            .get_mut(&target.on)
            .filter(|_| kind.is_statement() && !kind.is_taken_when_closed())
        {
            *count -= 1;
        }
        self.stated.retain(|_, count| *count > 0);
        Ok(())
    }

    /// Puts other steps in place of the present ones, where they leave every account and every
    /// later entry in order.
    fn rewrite(
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
                let breach = (step.number, refusal.rank());
                if step.number != entry.number && !self.tolerated.contains(&breach) {
                    found.push(Refusal::BreaksLater {
                        entry: step.number,
                        why: Box::new(refusal),
                    });
                }
                tolerated.insert(breach);
            }
            folded.apply(step);
        }
        folded.take_spent(&self.folded);
        found.extend(folded.newly_below_zero(entry.event.kind(), &self.folded, entry.on));
        let spans = spans(&steps);
        found.extend(project.and_then(|project| {
            self.orphaned_by(project, spans.get(project).copied().unwrap_or_default())
        }));
        refuse(found, entry)?;
        (self.steps, self.folded, self.spans, self.tolerated) = (steps, folded, spans, tolerated);
        Ok(())
    }

    /// The first follower that another span of a project would leave without its project, or the
    /// first spend outside it.
    fn orphaned_by(&self, project: &ProjectRef, span: Span) -> Option<Refusal> {
        let former = self.span(project);
        if span == former {
            return None;
        }
        let orphaned_by = |position: &Position, kind: Kind| {
            if !span.knows(*position) {
                return Some(Refusal::UnknownProject {
                    year: self.year,
                    project: project.clone(),
                    on: position.on,
                });
            }
            let strands = kind == Kind::Spend && former.holds(*position) && !span.holds(*position);
            strands.then(|| {
                let stage = self.stage_at(project, span, *position);
                Refusal::OutOfOrder {
                    kind,
                    project: project.clone(),
                    on: position.on,
                    stage,
                    needs: &[Stage::Approved],
                }
            })
        };
        let followers = self.followers.get(project)?;
        followers.iter().find_map(|(position, kind)| {
            Some(Refusal::BreaksLater {
                entry: position.number,
                why: Box::new(orphaned_by(position, *kind)?),
            })
        })
    }

    /// How a project stands where a span does not let it spend: as it ended, or as it was before
    /// approval.
    fn stage_at(&self, project: &ProjectRef, span: Span, position: Position) -> Stage {
        if let Some((_, stage)) = span.ended.filter(|(ended, _)| *ended < position) {
            return stage;
        }
        let before = self
            .steps
            .iter()
            .take_while(|step| step.position() < position)
            .filter(|step| step.event.project() == Some(project));
        let stages = before.filter_map(|step| Stage::brought_by(step.event.kind()));
        stages
            .filter(|stage| stage.is_pending())
            .last()
            .unwrap_or(Stage::Proposed)
    }

    /// A ref that is proposed again on an earlier day.
    fn proposed_later(&self, before: &Portfolio, entry: &Entry) -> Option<Refusal> {
        let Event::Propose { project, .. } = &entry.event else {
            return None;
        };
        let later = self.folded.portfolio.projects.contains_key(project)
            && !before.projects.contains_key(project);
        later.then(|| Refusal::ProjectExists {
            year: self.year,
            project: project.clone(),
        })
    }

    fn nothing_to_release(&self, before: &Portfolio, entry: &Entry) -> Option<Refusal> {
        let released_on = before
            .released_on
            .filter(|_| entry.event.kind() == Kind::Release)?;
        let left = self
            .folded
            .balance_at(&Account::Pot(Pot::Upfront), entry.on);
        left.is_zero().then_some(Refusal::NothingToRelease {
            year: self.year,
            released_on,
            on: entry.on,
        })
    }

    fn unready_to_close(&self, entry: &Entry) -> Vec<Refusal> {
        if entry.event.kind() != Kind::Close {
            return Vec::new();
        }
        let year = self.year;
        let stepped = self
            .steps
            .iter()
            .filter(|step| !step.event.kind().is_taken_when_closed())
            .map(|step| step.on)
            .max();
        let spent = self.folded.days.values().filter_map(Days::last_day).max();
        let stated = self.stated.last_key_value().map(|(on, _)| *on);
        let last = stepped
            .max(spent)
            .max(stated)
            .filter(|last| *last > entry.on);
        let held: Vec<_> = self
            .folded
            .days
            .iter()
            .filter(|(account, days)| {
                matches!(account, Account::Pot(_) | Account::Project(_)) && !days.total().is_zero()
            })
            .map(|(account, days)| (account.clone(), days.total()))
            .collect();
        let total = held.iter().map(|(_, amount)| *amount).sum();
        let late = last.map(|last| Refusal::DatedAfterClose {
            year,
            on: entry.on,
            last,
        });
        late.into_iter()
            .chain((!held.is_empty()).then_some(Refusal::Unaccounted { year, total, held }))
            .collect()
    }

    /// Works out what a `release` or `withdraw` moves.
    fn settle_amount(&self, entry: &mut Entry) -> Option<Refusal> {
        let (account, amount) = match &mut entry.event {
            Event::Release { amount } => (Account::Pot(Pot::Upfront), amount),
            Event::Withdraw { project, amount } => (Account::Project(project.clone()), amount),
            _ => return None,
        };
        let left = self.folded.balance_at(&account, entry.on);
        let given = amount.replace(left);
        if left > Money::LARGEST {
            return Some(Refusal::TooLarge {
                kind: entry.event.kind(),
                left,
            });
        }
        let given = given?;
        (given != left).then_some(Refusal::AmountDiffers {
            kind: entry.event.kind(),
            given,
            left,
        })
    }

    /// How things stood just before a position.
    fn folded_before(&self, position: Position) -> Folded {
        let mut folded = Folded::new(self.year);
        for step in self
            .steps
            .iter()
            .take_while(|step| step.position() < position)
        {
            folded.apply(step);
        }
        folded
    }
}

/// The first refusal in order that the entry does not override.
fn refuse(mut found: Vec<Refusal>, entry: &Entry) -> Result<(), Refusal> {
    found.sort_by_key(Refusal::rank);
    let overrides = entry.override_reason.is_some();
    match found
        .into_iter()
        .find(|refusal| !(overrides && refusal.can_be_overridden()))
    {
        Some(refusal) => Err(refusal),
        None => Ok(()),
    }
}
