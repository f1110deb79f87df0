//! [`History`]: one year's journal, kept so that an entry of any date can be tried against every
//! later day.

use std::collections::{BTreeMap, BTreeSet};

use crate::fold::{Account, Met, Portfolio, PotNames};
use crate::model::{
    Date, Entry, EntryNumber, Event, FinancialYear, Kind, Money, Position, ProjectRef,
};
use crate::rules::days::Days;
use crate::rules::folded::Folded;
use crate::rules::movement::{Movement, Movements};
use crate::rules::order;
use crate::rules::refusal::{Refusal, Rule};
use crate::rules::span::{Span, spans};

/// One year's journal as the rules see it.
///
/// Spend and refunds are most of a journal and touch only their own project, so only their sums by
/// day and their positions are kept; of statements the positions, and the sum of
/// receipts. All other entries (the steps) are kept without their texts: an entry dated before
/// other steps is tried by folding the steps again with it among them.
///
/// ```
/// use crg::model::{Draft, EntryNumber, Event, Pot};
/// use crg::rules::History;
///
/// let year = "2026/27".parse()?;
/// let mut history = History::new(year);
/// let allocate = Event::Allocate { pot: Pot::Tactical, amount: "13,100".parse()? };
/// let draft = Draft::builder(year, allocate, "KCST").on("2026-04-01".parse()?).build().unwrap();
/// history.record(draft, EntryNumber(1), "2026-04-01T09:00:00Z".parse()?, None)?;
/// assert_eq!(history.portfolio().tactical.remaining().to_string(), "13100.00");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct History {
    pub(super) year: FinancialYear,
    pub(super) closed: bool,
    /// The day of the last `close` or `reopen`.
    pub(super) last_close: Option<Date>,
    pub(super) steps: Vec<Entry>,
    pub(super) folded: Folded,
    pub(super) spans: BTreeMap<ProjectRef, Span>,
    /// The positions of each project's spend, refunds and statements.
    pub(super) postings: BTreeMap<ProjectRef, BTreeMap<Position, Kind>>,
    /// What moved money or cash.
    pub(super) movements: Movements,
    pub(super) reversed: BTreeMap<EntryNumber, EntryNumber>,
    /// The deadlines that were met: the number of a `due` entry, and its `met`.
    pub(super) met: BTreeMap<EntryNumber, Met>,
    /// The rules of order that entries on record break: each was overridden when it was recorded.
    pub(super) tolerated: BTreeSet<(EntryNumber, Rule)>,
}

/// A rule that an entry on record breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The entry.
    pub entry: EntryNumber,
    /// The refusal that it would meet now.
    pub refusal: Refusal,
}

impl History {
    /// A year in which nothing has happened yet.
    pub fn new(year: FinancialYear) -> History {
        History {
            year,
            closed: false,
            last_close: None,
            steps: Vec::new(),
            folded: Folded::new(year),
            spans: BTreeMap::new(),
            postings: BTreeMap::new(),
            movements: Movements::default(),
            reversed: BTreeMap::new(),
            met: BTreeMap::new(),
            tolerated: BTreeSet::new(),
        }
    }

    /// A year's entries in the order recorded. They are accepted as they are:
    /// [`History::breaches`] and [`History::below_zero`] list what they break.
    pub fn from_entries(year: FinancialYear, entries: impl IntoIterator<Item = Entry>) -> History {
        let (postings, steps): (Vec<Entry>, Vec<Entry>) = entries
            .into_iter()
            .partition(|entry| entry.event.kind().is_posting());
        let mut history = History::from_steps(year, steps);
        for entry in &postings {
            history.post(entry);
        }
        history
    }

    /// A year's steps and reversals in the order recorded; [`History::post`] then adds its postings
    /// one by one.
    pub fn from_steps(year: FinancialYear, entries: impl IntoIterator<Item = Entry>) -> History {
        let mut history = History::new(year);
        let mut movements = Vec::new();
        for entry in entries {
            if let Event::Reverse { entry: target } = entry.event {
                history.reversed.insert(target, entry.number);
                continue;
            }
            history.note_close(&entry);
            movements.push((entry.number, Movement::of(&entry)));
            history.steps.push(without_texts(&entry));
        }
        for (number, movement) in movements {
            if !history.reversed.contains_key(&number) {
                history.movements.add(movement);
            }
        }
        let reversed = &history.reversed;
        history
            .steps
            .retain(|step| !reversed.contains_key(&step.number));
        history.steps.sort_by_key(Entry::position);
        for step in &history.steps {
            for refusal in order::breaches(&history.folded.portfolio, step) {
                history.tolerated.insert((step.number, refusal.rule()));
            }
            history.folded.apply(step);
        }
        history.spans = spans(&history.steps);
        history
    }

    /// Adds a posting on record: spend, a refund or a statement. One that was reversed is ignored.
    pub fn post(&mut self, entry: &Entry) {
        if !self.reversed.contains_key(&entry.number) {
            self.add_posting(entry);
        }
    }

    /// The year.
    pub fn year(&self) -> FinancialYear {
        self.year
    }

    /// The portfolio after all entries, but without what no rule reads: texts, overrides, and
    /// statements other than receipts.
    pub fn portfolio(&self) -> &Portfolio {
        &self.folded.portfolio
    }

    /// What the year's pots are called.
    pub fn pots(&self) -> PotNames {
        PotNames::of(&self.steps)
    }

    /// The movements of each account by day.
    pub fn days(&self) -> &BTreeMap<Account, Days> {
        &self.folded.days
    }

    /// Every account that is below zero at the end of some day, with the first such day and its
    /// balance.
    pub fn below_zero(&self) -> impl Iterator<Item = (&Account, Date, Money)> {
        self.folded
            .days
            .iter()
            .filter(|(account, _)| **account != Account::Opcc)
            .filter_map(|(account, days)| {
                let (on, balance) = days.first_below(Date::MIN, Money::ZERO)?;
                Some((account, on, balance))
            })
    }

    /// Every rule of order that entries on record break, by entry.
    pub fn breaches(&self) -> Vec<Breach> {
        let mut folded = Folded::new(self.year);
        let mut found = Vec::new();
        for step in &self.steps {
            let entry = step.number;
            let refusals = order::breaches(&folded.portfolio, step).into_iter();
            found.extend(refusals.map(|refusal| Breach { entry, refusal }));
            folded.apply(step);
        }
        for (project, postings) in &self.postings {
            let span = self.span(project);
            let orphans = postings
                .keys()
                .filter(|position| !span.exists_at(**position));
            found.extend(orphans.map(|position| Breach {
                entry: position.number,
                refusal: self.unknown(project, *position),
            }));
        }
        found
    }

    /// The refusal of an entry at a position, by which its project was not proposed.
    pub(super) fn unknown(&self, project: &ProjectRef, at: Position) -> Refusal {
        Refusal::UnknownProject {
            year: self.year,
            project: project.clone(),
            on: at.on,
        }
    }

    pub(super) fn span(&self, project: &ProjectRef) -> Span {
        self.spans.get(project).copied().unwrap_or_default()
    }

    pub(super) fn note_close(&mut self, entry: &Entry) {
        let kind = entry.event.kind();
        if matches!(kind, Kind::Close | Kind::Reopen) {
            self.closed = kind == Kind::Close;
            self.last_close = Some(entry.on);
        }
    }

    pub(super) fn add_posting(&mut self, entry: &Entry) {
        let kind = entry.event.kind();
        if kind.is_spending() || kind == Kind::Receive {
            self.folded.apply(entry);
        }
        self.movements.add(Movement::of(entry));
        if let Event::Met { entry: due } = entry.event {
            let (entry, on) = (entry.number, entry.on);
            self.met.insert(due, Met { entry, on });
        }
        if let Some(project) = entry.event.project() {
            self.postings
                .entry(project.clone())
                .or_default()
                .insert(entry.position(), kind);
        }
    }
}

/// A step without the texts that no rule reads.
pub(super) fn without_texts(entry: &Entry) -> Entry {
    let mut step = entry.clone();
    (step.by, step.reference, step.note, step.override_reason) = (String::new(), None, None, None);
    match &mut step.event {
        Event::Propose { title, lead, .. } => (*title, *lead) = (String::new(), String::new()),
        Event::Amend { title, lead, .. } => (*title, *lead) = (None, None),
        _ => {}
    }
    step
}
