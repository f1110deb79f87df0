//! [`History`]: one year's journal, kept so that an entry of any date can be tried against every
//! later day.

mod record;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sha2::{Digest, Sha256};

use crate::fold::{Account, Portfolio};
use crate::model::{
    Date, Entry, EntryNumber, Event, FinancialYear, Kind, Money, Position, ProjectRef,
};
use crate::rules::days::Days;
use crate::rules::folded::Folded;
use crate::rules::order;
use crate::rules::refusal::Refusal;
use crate::rules::span::{Span, spans};

/// One year's journal as the rules see it.
///
/// Spend and refunds are most of a journal and touch only their own project, so they are kept as
/// sums by day and as positions; of statements only the positions are kept. All else (the steps) is
/// kept as entries without their texts: an entry dated before other steps is tried by folding the
/// steps again with it in its place.
///
/// ```
/// use crg::model::{Draft, EntryNumber, Event, Moment, Pot};
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
    /// Where each project's spend, refunds and statements stand.
    followers: BTreeMap<ProjectRef, BTreeMap<Position, Kind>>,
    /// The days of the statements that a closed year does not take, and how many there are.
    stated: BTreeMap<Date, u32>,
    seen: HashMap<SpendKey, u32>,
    reversed: BTreeMap<EntryNumber, EntryNumber>,
    /// The rules of order that entries on record break, each excused when it came to be.
    tolerated: BTreeSet<(EntryNumber, u8)>,
}

/// A rule that an entry on record breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The entry.
    pub entry: EntryNumber,
    /// What it breaks.
    pub refusal: Refusal,
}

/// What makes two spends the same: project, supplier, reference, date and amount, as a digest of
/// all five.
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
            followers: BTreeMap::new(),
            stated: BTreeMap::new(),
            seen: HashMap::new(),
            reversed: BTreeMap::new(),
            tolerated: BTreeSet::new(),
        }
    }

    /// A year's entries, as recorded and in the order recorded. They are taken as they are: what
    /// they break is told by [`History::breaches`] and [`History::below_zero`].
    pub fn of(year: FinancialYear, entries: impl IntoIterator<Item = Entry>) -> History {
        let (followers, steps): (Vec<Entry>, Vec<Entry>) = entries
            .into_iter()
            .partition(|entry| entry.event.kind().is_follower());
        let mut history = History::of_steps(year, steps);
        followers.iter().for_each(|entry| history.follow(entry));
        history
    }

    /// A year's steps and reversals, as recorded and in the order recorded; its followers are then
    /// taken in one by one with [`History::follow`].
    pub fn of_steps(year: FinancialYear, entries: impl IntoIterator<Item = Entry>) -> History {
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
        history
            .steps
            .retain(|step| !reversed.contains_key(&step.number));
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

    /// Takes in a follower on record, as it is; one that was reversed does not count.
    pub fn follow(&mut self, entry: &Entry) {
        if !self.reversed.contains_key(&entry.number) {
            self.take_follower(entry);
        }
    }

    /// The year.
    #[must_use]
    pub fn year(&self) -> FinancialYear {
        self.year
    }

    /// Where the money and the stages stand after all entries. What no rule reads is left out:
    /// texts, overrides, and all that statements say.
    #[must_use]
    pub fn portfolio(&self) -> &Portfolio {
        &self.folded.portfolio
    }

    /// What each account moved on each day.
    #[must_use]
    pub fn days(&self) -> &BTreeMap<Account, Days> {
        &self.folded.days
    }

    /// Every account that is below zero at the end of some day: the first such day, and the balance
    /// there.
    pub fn below_zero(&self) -> impl Iterator<Item = (&Account, Date, Money)> {
        self.folded
            .days
            .iter()
            .filter(|(account, _)| **account != Account::Opcc)
            .filter_map(|(account, days)| {
                days.first_below(Date::MIN, Money::ZERO)
                    .map(|(on, balance)| (account, on, balance))
            })
    }

    /// Every rule of order that entries on record break, by entry.
    #[must_use]
    pub fn breaches(&self) -> Vec<Breach> {
        let mut folded = Folded::new(self.year);
        let mut found = Vec::new();
        for step in &self.steps {
            found.extend(
                order::breaches(&folded.portfolio, step)
                    .into_iter()
                    .map(|refusal| Breach {
                        entry: step.number,
                        refusal,
                    }),
            );
            folded.apply(step);
        }
        for (project, followers) in &self.followers {
            let span = self.span(project);
            let unknown = |position: &&Position| !span.knows(**position);
            found.extend(followers.keys().filter(unknown).map(|position| Breach {
                entry: position.number,
                refusal: Refusal::UnknownProject {
                    year: self.year,
                    project: project.clone(),
                    on: position.on,
                },
            }));
        }
        found
    }

    fn span(&self, project: &ProjectRef) -> Span {
        self.spans.get(project).copied().unwrap_or_default()
    }

    fn toggle(&mut self, entry: &Entry) {
        self.closed = entry.event.kind() == Kind::Close;
        self.toggled = Some(entry.on);
    }

    fn take_follower(&mut self, entry: &Entry) {
        let kind = entry.event.kind();
        if kind.is_spending() {
            self.folded.apply(entry);
        } else if !kind.is_taken_when_closed() {
            *self.stated.entry(entry.on).or_default() += 1;
        }
        if kind == Kind::Spend {
            *self.seen.entry(spend_key(entry)).or_default() += 1;
        }
        if let Some(project) = entry.event.project() {
            self.followers
                .entry(project.clone())
                .or_default()
                .insert(entry.position(), kind);
        }
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
    for field in [
        project,
        supplier,
        entry.reference.as_deref(),
        Some(&on),
        amount.as_deref(),
    ] {
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
        _ => {}
    }
    step
}
