//! [`History`]: one year's journal, kept so that an entry of any date can be tried against every later day.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sha2::{Digest, Sha256};

use crate::date::{Date, Moment};
use crate::entry::{Draft, Entry, Event, Position};
use crate::flow::{Account, Flow};
use crate::id::{EntryNumber, ProjectRef};
use crate::kind::{Kind, Pot};
use crate::money::Money;
use crate::portfolio::Portfolio;
use crate::rules::folded::Folded;
use crate::rules::order;
use crate::rules::span::{Span, spans};
use crate::rules::{Days, Refusal};
use crate::stage::Stage;
use crate::year::FinancialYear;

/// One year's journal as the rules see it.
///
/// Spend is most of a journal and touches only its own project, so it is kept as sums by day and as positions. All
/// else (the steps) is kept as entries without their texts: an entry dated before other steps is tried by folding
/// the steps again with it in its place.
///
/// ```
/// use crg::date::Moment;
/// use crg::entry::{Draft, Event};
/// use crg::id::EntryNumber;
/// use crg::kind::Pot;
/// use crg::rules::History;
///
/// let year = "2026/27".parse()?;
/// let mut history = History::new(year);
/// let event = Event::Allocate { pot: Pot::Tactical, amount: "13,100".parse()? };
/// let draft = Draft { on: Some("2026-04-01".parse()?), year, by: "KCST".into(), event, reference: None, note: None, override_reason: None };
/// let recorded: Moment = "2026-04-01T09:00:00Z".parse()?;
/// let entry = history.record(draft, EntryNumber(1), recorded, None)?;
/// assert_eq!(history.portfolio().tactical.remaining().to_string(), "13100.00");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct History {
    year: FinancialYear,
    closed: bool,
    /// The day of the last `close` or `reopen`.
    toggled: Option<Date>,
    steps: Vec<Entry>,
    folded: Folded,
    spans: BTreeMap<ProjectRef, Span>,
    /// Where each project's spend and refunds stand.
    spending: BTreeMap<ProjectRef, BTreeMap<Position, Kind>>,
    seen: HashMap<SpendKey, u32>,
    reversed: BTreeMap<EntryNumber, EntryNumber>,
    /// The rules of order that entries on record break, each excused when it came to be.
    tolerated: BTreeSet<(EntryNumber, u8)>,
}

/// A process rule that an entry on record breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The entry.
    pub entry: EntryNumber,
    /// What it breaks.
    pub refusal: Refusal,
}

/// What makes two spends the same: project, supplier, reference, date and amount, as a digest of all five.
type SpendKey = [u8; 16];

impl History {
    /// A year in which nothing happened yet.
    #[must_use]
    pub fn new(year: FinancialYear) -> History {
        History {
            year,
            closed: false,
            toggled: None,
            steps: Vec::new(),
            folded: Folded::new(year),
            spans: BTreeMap::new(),
            spending: BTreeMap::new(),
            seen: HashMap::new(),
            reversed: BTreeMap::new(),
            tolerated: BTreeSet::new(),
        }
    }

    /// A year's entries, as recorded and in the order recorded. They are taken as they are: what they break is
    /// told by [`History::breaches`] and [`History::below_zero`].
    pub fn of(year: FinancialYear, entries: impl IntoIterator<Item = Entry>) -> History {
        let (spending, others): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(|entry| entry.event.kind().is_spending());
        let mut history = History::without_spending(year, others);
        spending.iter().for_each(|entry| history.take(entry));
        history
    }

    /// A year's entries but for its spend and refunds, as recorded and in the order recorded; those are then taken in
    /// one by one with [`History::take`].
    pub fn without_spending(year: FinancialYear, entries: impl IntoIterator<Item = Entry>) -> History {
        let mut history = History::new(year);
        for entry in entries {
            match entry.event {
                Event::Reverse { entry: target } => {
                    history.reversed.insert(target, entry.number);
                }
                Event::Close | Event::Reopen => {
                    history.toggle(&entry);
                    history.steps.push(light(&entry));
                }
                _ => history.steps.push(light(&entry)),
            }
        }
        let reversed = &history.reversed;
        history.steps.retain(|step| !reversed.contains_key(&step.number));
        history.steps.sort_by_key(Entry::position);
        for step in &history.steps {
            for refusal in order::breaches(&history.folded.portfolio, step) {
                history.tolerated.insert((step.number, refusal.rank()));
            }
            history.folded.apply(step);
        }
        history.spans = spans(&history.steps);
        history
    }

    /// Takes in spend or a refund on record, as it is; one that was reversed does not count.
    pub fn take(&mut self, entry: &Entry) {
        if !self.reversed.contains_key(&entry.number) {
            self.take_spending(entry);
        }
    }

    /// The year.
    #[must_use]
    pub fn year(&self) -> FinancialYear {
        self.year
    }

    /// Where things stand after all entries. No rule reads a title, a lead, a measure or an
    /// override, so those are empty.
    #[must_use]
    pub fn portfolio(&self) -> &Portfolio {
        &self.folded.portfolio
    }

    /// What each account moved on each day.
    #[must_use]
    pub fn days(&self) -> &BTreeMap<Account, Days> {
        &self.folded.days
    }

    /// Every account that is below zero at the end of some day: the first such day, and the balance there.
    pub fn below_zero(&self) -> impl Iterator<Item = (&Account, Date, Money)> {
        self.folded
            .days
            .iter()
            .filter(|(account, _)| **account != Account::Opcc)
            .filter_map(|(account, days)| days.first_below(Date::MIN, Money::ZERO).map(|(on, balance)| (account, on, balance)))
    }

    /// Every rule of order that entries on record break, by entry.
    #[must_use]
    pub fn breaches(&self) -> Vec<Breach> {
        let mut folded = Folded::new(self.year);
        let mut found = Vec::new();
        for step in &self.steps {
            found.extend(order::breaches(&folded.portfolio, step).into_iter().map(|refusal| Breach { entry: step.number, refusal }));
            folded.apply(step);
        }
        found
    }

    /// Tries a draft, and takes it in as the entry with this number where every rule allows it. A refusal leaves the
    /// history as it was.
    ///
    /// The draft is of this year. `named` is the entry that a `reverse` or `explain` names, where the year has it.
    ///
    /// # Errors
    ///
    /// The first [`Refusal`] that applies and is not overridden.
    pub fn record(&mut self, draft: Draft, number: EntryNumber, recorded: Moment, named: Option<&Entry>) -> Result<Entry, Refusal> {
        debug_assert_eq!(draft.year, self.year, "a draft is tried against its own year");
        let kind = draft.event.kind();
        if self.closed && !kind.is_taken_when_closed() {
            return Err(Refusal::YearClosed { year: self.year, kind });
        }
        if !self.closed && kind == Kind::Reopen {
            return Err(Refusal::NotClosed { year: self.year });
        }
        let on = self.named_entry(&draft, recorded, named)?;
        if let Some(last) = self.toggled.filter(|last| on < *last && matches!(kind, Kind::Close | Kind::Reopen)) {
            return Err(Refusal::BeforeLastClose { year: self.year, kind, on, last });
        }
        let Draft { year, by, event, reference, note, override_reason, .. } = draft;
        let entry = Entry { number, on, recorded, by, year, event, reference, note, override_reason };
        let entry = match (kind, named) {
            (Kind::Reverse, Some(target)) => self.reverse(entry, target)?,
            (Kind::Spend | Kind::Refund, _) => self.spend(entry)?,
            _ => self.step(entry)?,
        };
        if matches!(kind, Kind::Close | Kind::Reopen) {
            self.toggle(&entry);
        }
        Ok(entry)
    }

    fn toggle(&mut self, entry: &Entry) {
        self.closed = entry.event.kind() == Kind::Close;
        self.toggled = Some(entry.on);
    }

    /// Holds a draft against the entry it names, and settles its date: without one, the day it is recorded.
    fn named_entry(&self, draft: &Draft, recorded: Moment, named: Option<&Entry>) -> Result<Date, Refusal> {
        let (Some(number), reverses) = (draft.event.refers_to(), draft.event.kind() == Kind::Reverse) else {
            return Ok(draft.on.unwrap_or_else(|| recorded.date()));
        };
        let Some(named) = named.filter(|named| named.number == number && named.year == self.year) else {
            return Err(Refusal::NoSuchEntry { year: self.year, entry: number });
        };
        let kind = named.event.kind();
        if !reverses && kind != Kind::Published {
            return Err(Refusal::NotPublished { entry: number, kind });
        }
        if reverses && matches!(kind, Kind::Reverse | Kind::Close | Kind::Reopen) {
            return Err(Refusal::NotReversible { entry: number, kind });
        }
        if let Some(by) = self.reversed.get(&number) {
            return Err(Refusal::AlreadyReversed { entry: number, by: *by });
        }
        match draft.on {
            Some(asked) if reverses && asked != named.on => Err(Refusal::OnAnotherDay { entry: number, on: named.on, asked }),
            on => Ok(on.unwrap_or(named.on)),
        }
    }

    /// Takes in spend or a refund.
    fn spend(&mut self, entry: Entry) -> Result<Entry, Refusal> {
        let position = entry.position();
        let span = entry.event.project().and_then(|project| self.spans.get(project)).copied().unwrap_or_default();
        let mut found: Vec<Refusal> = order::window(&entry).into_iter().collect();
        let was_approved = span.approved.is_some_and(|approved| approved < position);
        if !(span.holds(position) || was_approved && entry.event.kind() == Kind::Refund) {
            // The slow way, taken when something is wrong: how things stood just before.
            found.extend(order::breaches(&self.folded_before(position).portfolio, &entry));
        }
        if let Event::Spend { project, amount, .. } = &entry.event
            && self.seen.contains_key(&spend_key(&entry))
        {
            found.push(Refusal::Duplicate { project: project.clone(), on: entry.on, amount: *amount });
        }
        let moved = self.folded.portfolio.flows(&entry.event);
        found.extend(self.folded.overdrawn(entry.event.kind(), &moved, entry.on));
        refuse(found, &entry)?;
        self.take_spending(&entry);
        Ok(entry)
    }

    fn take_spending(&mut self, entry: &Entry) {
        self.folded.apply(entry);
        let kind = entry.event.kind();
        if let Some(project) = entry.event.project() {
            self.spending.entry(project.clone()).or_default().insert(entry.position(), kind);
        }
        if kind == Kind::Spend {
            *self.seen.entry(spend_key(entry)).or_default() += 1;
        }
    }

    /// Takes in any other entry.
    fn step(&mut self, mut entry: Entry) -> Result<Entry, Refusal> {
        let position = entry.position();
        let is_last = self.steps.last().is_none_or(|step| step.position() < position);
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
            let mut span = project.and_then(|project| self.spans.get(project)).copied().unwrap_or_default();
            span.note(&entry);
            found.extend(self.folded.overdrawn(entry.event.kind(), &before.flows(&entry.event), entry.on));
            found.extend(project.and_then(|project| self.stranded(project, span)));
            refuse(found, &entry)?;
            let step = light(&entry);
            self.folded.apply(&step);
            if let Some(project) = project {
                self.spans.insert(project.clone(), span);
            }
            self.tolerated.extend(own.into_iter().map(|rule| (entry.number, rule)));
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
        if target.event.kind().is_spending() {
            self.strike_spending(&entry, target)?;
        } else {
            let mut steps = self.steps.clone();
            steps.retain(|step| step.number != target.number);
            self.rewrite(steps, Vec::new(), &entry, target.event.project())?;
        }
        self.reversed.insert(target.number, entry.number);
        Ok(entry)
    }

    /// Strikes spend or a refund.
    fn strike_spending(&mut self, entry: &Entry, target: &Entry) -> Result<(), Refusal> {
        let moved = self.folded.portfolio.flows(&target.event);
        let back: Vec<Flow> = moved.iter().map(Flow::reversed).collect();
        refuse(self.folded.overdrawn(Kind::Reverse, &back, target.on).into_iter().collect(), entry)?;
        self.folded.strike(&moved, target.on);
        if let Some(spending) = target.event.project().and_then(|project| self.spending.get_mut(project)) {
            spending.remove(&target.position());
        }
        if let (Kind::Spend, std::collections::hash_map::Entry::Occupied(mut seen)) =
            (target.event.kind(), self.seen.entry(spend_key(target)))
        {
            *seen.get_mut() -= 1;
            if *seen.get() == 0 {
                seen.remove();
            }
        }
        Ok(())
    }

    /// Puts other steps in place of the present ones, where they leave every account and every later entry in order.
    fn rewrite(&mut self, steps: Vec<Entry>, mut found: Vec<Refusal>, entry: &Entry, project: Option<&ProjectRef>) -> Result<(), Refusal> {
        let mut folded = Folded::new(self.year);
        let mut tolerated = BTreeSet::new();
        for step in &steps {
            for refusal in order::breaches(&folded.portfolio, step) {
                let breach = (step.number, refusal.rank());
                if step.number != entry.number && !self.tolerated.contains(&breach) {
                    found.push(Refusal::BreaksLater { entry: step.number, why: Box::new(refusal) });
                }
                tolerated.insert(breach);
            }
            folded.apply(step);
        }
        folded.take_spent(&self.folded);
        found.extend(folded.newly_below_zero(entry.event.kind(), &self.folded, entry.on));
        let spans = spans(&steps);
        found.extend(project.and_then(|project| self.stranded(project, spans.get(project).copied().unwrap_or_default())));
        refuse(found, entry)?;
        (self.steps, self.folded, self.spans, self.tolerated) = (steps, folded, spans, tolerated);
        Ok(())
    }

    /// The first spend that another span of a project would leave outside, or without its project.
    fn stranded(&self, project: &ProjectRef, span: Span) -> Option<Refusal> {
        let former = self.spans.get(project).copied().unwrap_or_default();
        if span == former {
            return None;
        }
        let stranded = |position: &Position, kind: Kind| {
            if !span.knows(*position) {
                return Some(Refusal::UnknownProject { year: self.year, project: project.clone(), on: position.on });
            }
            let strands = kind == Kind::Spend && former.holds(*position) && !span.holds(*position);
            let stage = self.stage_at(project, span, *position);
            strands.then_some(Refusal::OutOfOrder { kind, project: project.clone(), on: position.on, stage, needs: &[Stage::Approved] })
        };
        let spending = self.spending.get(project)?;
        spending
            .iter()
            .find_map(|(position, kind)| Some(Refusal::BreaksLater { entry: position.number, why: Box::new(stranded(position, *kind)?) }))
    }

    /// How a project stands where a span does not let it spend: as it ended, or as it was before approval.
    fn stage_at(&self, project: &ProjectRef, span: Span, position: Position) -> Stage {
        if let Some((_, stage)) = span.ended.filter(|(ended, _)| *ended < position) {
            return stage;
        }
        let before = self.steps.iter().take_while(|step| step.position() < position).filter(|step| step.event.project() == Some(project));
        let stages = before.filter_map(|step| Stage::brought_by(step.event.kind()));
        stages.filter(|stage| stage.is_pending()).last().unwrap_or(Stage::Proposed)
    }

    /// A ref that is proposed again on an earlier day.
    fn proposed_later(&self, before: &Portfolio, entry: &Entry) -> Option<Refusal> {
        let Event::Propose { project, .. } = &entry.event else { return None };
        let later = self.folded.portfolio.projects.contains_key(project) && !before.projects.contains_key(project);
        later.then(|| Refusal::ProjectExists { year: self.year, project: project.clone() })
    }

    fn nothing_to_release(&self, before: &Portfolio, entry: &Entry) -> Option<Refusal> {
        let released_on = before.released_on.filter(|_| entry.event.kind() == Kind::Release)?;
        let left = self.folded.balance_at(&Account::Pot(Pot::Upfront), entry.on);
        left.is_zero().then_some(Refusal::NothingToRelease { year: self.year, released_on, on: entry.on })
    }

    fn unready_to_close(&self, entry: &Entry) -> Vec<Refusal> {
        if entry.event.kind() != Kind::Close {
            return Vec::new();
        }
        let year = self.year;
        let stepped = self.steps.iter().filter(|step| !step.event.kind().is_taken_when_closed()).map(|step| step.on).max();
        let spent = self.folded.days.values().filter_map(Days::last_day).max();
        let last = stepped.max(spent).filter(|last| *last > entry.on);
        let held: Vec<_> = self
            .folded
            .days
            .iter()
            .filter(|(account, days)| matches!(account, Account::Pot(_) | Account::Project(_)) && !days.total().is_zero())
            .map(|(account, days)| (account.clone(), days.total()))
            .collect();
        let total = held.iter().map(|(_, amount)| *amount).sum();
        let late = last.map(|last| Refusal::DatedAfterClose { year, on: entry.on, last });
        late.into_iter().chain((!held.is_empty()).then_some(Refusal::Unaccounted { year, total, held })).collect()
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
            return Some(Refusal::TooLarge { kind: entry.event.kind(), left });
        }
        let given = given?;
        (given != left).then_some(Refusal::AmountDiffers { kind: entry.event.kind(), given, left })
    }

    /// How things stood just before a position.
    fn folded_before(&self, position: Position) -> Folded {
        let mut folded = Folded::new(self.year);
        for step in self.steps.iter().take_while(|step| step.position() < position) {
            folded.apply(step);
        }
        folded
    }
}

/// The first refusal in order that the entry does not override.
fn refuse(mut found: Vec<Refusal>, entry: &Entry) -> Result<(), Refusal> {
    found.sort_by_key(Refusal::rank);
    let overrides = entry.override_reason.is_some();
    match found.into_iter().find(|refusal| !(overrides && refusal.can_be_overridden())) {
        Some(refusal) => Err(refusal),
        None => Ok(()),
    }
}

fn spend_key(entry: &Entry) -> SpendKey {
    let mut digest = Sha256::new();
    let supplier = match &entry.event {
        Event::Spend { supplier, .. } => supplier.as_deref(),
        _ => None,
    };
    let project = entry.event.project().map(ProjectRef::as_str);
    let amount = entry.event.amount().map(|amount| amount.to_string());
    let on = entry.on.to_string();
    for field in [project, supplier, entry.reference.as_deref(), Some(&on), amount.as_deref()] {
        digest.update(field.unwrap_or_default().len().to_le_bytes());
        digest.update(field.unwrap_or_default());
    }
    let mut key = SpendKey::default();
    key.copy_from_slice(&digest.finalize()[..16]);
    key
}

/// A step without the texts that no rule reads.
fn light(entry: &Entry) -> Entry {
    let mut step = entry.clone();
    (step.by, step.reference, step.note, step.override_reason) = (String::new(), None, None, None);
    match &mut step.event {
        Event::Propose { title, lead, .. } => (*title, *lead) = (String::new(), String::new()),
        Event::Amend { title, lead, .. } => (*title, *lead) = (None, None),
        Event::Published { title, .. } => title.clear(),
        Event::Issue { title, value } => {
            title.clear();
            value.clear();
        }
        Event::Target { measure, .. } | Event::Outcome { measure, .. } => measure.clear(),
        _ => {}
    }
    step
}
