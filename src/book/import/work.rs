//! Recording the lines of an import.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::import::decided::{Decided, named};
use crate::book::record::Clerk;
use crate::error::Error;
use crate::fold::Account;
use crate::import::{Decision, Progress};
use crate::model::{
    Column, Date, Draft, Entry, EntryNumber, EntryNumbers, Event, FinancialYear, Moment,
};
use crate::rules::{Action, Booked, Line, Refusal, Verdict};

/// How often lines that found no money are tried again, after the credits that may bring it.
const MAX_PASSES: usize = 100;

/// A line to record, and the entries to reverse for it.
#[derive(Clone, Copy)]
pub(super) struct Task<'a> {
    line: usize,
    instead_of: &'a [EntryNumber],
    /// Why it is recorded although an entry says the same.
    reason: &'static str,
    is_decided: bool,
}

/// What is to be recorded, in the order of the days.
pub(super) fn tasks<'a>(
    lines: &[Line],
    verdicts: &[Verdict],
    decided: &'a Decided,
    left_out: &BTreeMap<usize, Refusal>,
) -> Vec<Task<'a>> {
    let mut tasks = Vec::new();
    for (line, verdict) in verdicts.iter().enumerate() {
        let action = decided.get(line).map(|decision| &decision.action);
        let (instead_of, reason): (&[EntryNumber], _) = match (verdict, action) {
            (Verdict::New, None) => (&[], "The ledger has this line more than once."),
            (_, Some(action @ (Action::Add | Action::Replace(_)))) => {
                (named(action), "Decided when it was imported.")
            }
            _ => continue,
        };
        if !left_out.contains_key(&line) {
            tasks.push(Task {
                line,
                instead_of,
                reason,
                is_decided: action.is_some(),
            });
        }
    }
    tasks.sort_by_key(|task| (lines[task.line].payment.on, task.line));
    tasks
}

/// What became of lines, by their index in the extract.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) recorded: BTreeMap<usize, EntryNumber>,
    pub(super) refused: BTreeMap<usize, Refusal>,
    /// Credits of more than their project had spent by their day, which wait.
    pub(super) early: BTreeMap<usize, Refusal>,
    /// The `match` of each decision that was carried out.
    pub(super) remembered: BTreeMap<usize, EntryNumber>,
    /// Changes of which only part could be recorded.
    pub(super) half_done: BTreeMap<usize, Refusal>,
}

enum Stopped {
    /// Nothing of it was.
    Clean(Refusal),
    /// One of the two entries of a change was.
    Half(Refusal),
    Failed(Error),
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Stopped {
        match error {
            Error::Refused { refusal } => Stopped::Clean(refusal),
            error => Stopped::Failed(error),
        }
    }
}

impl Stopped {
    /// What stops a change after the first of its entries.
    fn half(error: Error) -> Stopped {
        match error.into() {
            Stopped::Clean(refusal) => Stopped::Half(refusal),
            other => other,
        }
    }
}

pub(super) struct Work<'a, 'b, 'c> {
    pub(super) clerk: Clerk<'b, 'c>,
    pub(super) lines: &'a [Line],
    pub(super) known: &'a [Booked],
    pub(super) by: &'a str,
    pub(super) moment: Moment,
    /// The entries reversed so far.
    pub(super) reversed: BTreeSet<EntryNumber>,
    pub(super) outcome: Outcome,
}

impl Work<'_, '_, '_> {
    /// Records everything that the rules allow. What finds no money is tried again while other
    /// lines bring some.
    pub(super) fn run(
        &mut self,
        mut tasks: Vec<Task<'_>>,
        progress: &mut dyn Progress,
    ) -> Result<(), Error> {
        let of = u64::try_from(tasks.len()).unwrap_or(u64::MAX);
        let mut recorded = 0;
        for pass in 1.. {
            let before = tasks.len();
            let mut without_money = Vec::new();
            for task in tasks {
                match self.record(task) {
                    Ok(entry) => {
                        recorded += 1;
                        progress.recorded(recorded, of);
                        self.outcome.recorded.insert(task.line, entry.number);
                    }
                    Err(Stopped::Clean(refusal)) if short_of_money(&refusal).is_some() => {
                        without_money.push((task, refusal))
                    }
                    Err(Stopped::Clean(refusal)) => {
                        self.outcome.refused.insert(task.line, refusal);
                    }
                    Err(Stopped::Half(refusal)) => {
                        self.outcome.half_done.insert(task.line, refusal);
                    }
                    Err(Stopped::Failed(error)) => return Err(error),
                }
            }
            let is_stuck = without_money.len() == before || pass == MAX_PASSES;
            if without_money.is_empty() || is_stuck {
                for (task, refusal) in without_money {
                    self.record_later(task, refusal)?;
                }
                break;
            }
            tasks = without_money.into_iter().map(|(task, _)| task).collect();
        }
        Ok(())
    }

    /// Lets a credit that comes before its cost wait, or, if it was decided to add it, records it on
    /// the first later day that allows it. Anything else is refused.
    fn record_later(&mut self, task: Task<'_>, refusal: Refusal) -> Result<(), Error> {
        let is_early = self.lines[task.line].payment.amount.is_negative()
            && matches!(short_of_money(&refusal), Some(Account::Spent(_)));
        let (line, outcome) = (task.line, &mut self.outcome);
        if !is_early || !task.instead_of.is_empty() {
            outcome.refused.insert(line, refusal);
        } else if !task.is_decided {
            outcome.early.insert(line, refusal);
        } else if let Some(entry) = self.record_on_first_day(&self.lines[line], task.reason)? {
            self.outcome.recorded.insert(line, entry.number);
        } else {
            self.outcome.refused.insert(line, refusal);
        }
        Ok(())
    }

    /// Records a credit on the first later day of a payment by its project that allows it.
    fn record_on_first_day(&mut self, line: &Line, reason: &str) -> Result<Option<Entry>, Error> {
        let known = self.known.iter().map(|booked| &booked.payment);
        let payments = self.lines.iter().map(|line| &line.payment).chain(known);
        let later = payments.filter(|other| {
            other.project == line.payment.project
                && other.year == line.payment.year
                && other.on > line.payment.on
        });
        let days: BTreeSet<Date> = later.map(|other| other.on).collect();
        for day in days {
            let mut moved = line.clone();
            moved.payment.on = day;
            let source = line.note.as_deref().unwrap_or_default();
            let dated = format!("Dated {} in the ledger", line.payment.on.long());
            moved.note = Some(fitting(format!("{dated}: {source}."), &dated));
            match self.record_payment(&moved, reason) {
                Ok(entry) => return Ok(Some(entry)),
                Err(Error::Refused { refusal }) if short_of_money(&refusal).is_some() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    fn record(&mut self, task: Task<'_>) -> Result<Entry, Stopped> {
        let line = &self.lines[task.line];
        let old: Vec<EntryNumber> = task
            .instead_of
            .iter()
            .copied()
            .filter(|entry| !self.reversed.contains(entry))
            .collect();
        if old.is_empty() {
            Ok(self.record_payment(line, task.reason)?)
        } else {
            let replaced = self.known.iter();
            let replaced = replaced.filter(|booked| old.contains(&booked.entry));
            let line = line.in_place_of(replaced);
            self.record_change(&line, task.reason, &old)
        }
    }

    /// Records a line, with a reason if an entry says the same.
    fn record_payment(&mut self, line: &Line, reason: &str) -> Result<Entry, Error> {
        let draft = line.draft(self.by).map_err(Error::Invalid)?;
        match self.clerk.record(draft.clone(), self.moment) {
            Err(Error::Refused {
                refusal: Refusal::Duplicate { .. },
            }) => {
                let again = draft.edit().override_reason(reason).build();
                self.clerk
                    .record(again.map_err(Error::Invalid)?, self.moment)
            }
            recorded => recorded,
        }
    }

    /// Reverses entries and records the line instead; if the money does not allow that order, in
    /// the other.
    fn record_change(
        &mut self,
        line: &Line,
        reason: &str,
        old: &[EntryNumber],
    ) -> Result<Entry, Stopped> {
        let entry = match self.reverse(line, old[0]) {
            Ok(_) => self.record_payment(line, reason).map_err(Stopped::half)?,
            Err(first @ Error::Refused { .. }) => match self.record_payment(line, reason) {
                Ok(entry) => {
                    self.reverse(line, old[0]).map_err(Stopped::half)?;
                    entry
                }
                Err(Error::Refused { .. }) => return Err(first.into()),
                Err(error) => return Err(error.into()),
            },
            Err(error) => return Err(error.into()),
        };
        for other in &old[1..] {
            self.reverse(line, *other).map_err(Stopped::half)?;
        }
        self.reversed.extend(old);
        Ok(entry)
    }

    /// Reverses an entry in its own year.
    fn reverse(&mut self, line: &Line, old: EntryNumber) -> Result<Entry, Error> {
        let source = line.note.as_deref().unwrap_or_default();
        let mut known = self.known.iter();
        let is_accrued = known.any(|booked| booked.entry == old && booked.is_accrued());
        let why = if is_accrued {
            "The ledger has what was accrued"
        } else {
            "The ledger has it otherwise"
        };
        let note = fitting(format!("{why}: {source}."), &format!("{why}."));
        let year = self.year_of(&[old]).unwrap_or(line.payment.year);
        let draft = Draft::builder(year, Event::Reverse { entry: old }, self.by)
            .note(note)
            .build();
        self.clerk
            .record(draft.map_err(Error::Invalid)?, self.moment)
    }

    fn year_of(&self, entries: &[EntryNumber]) -> Option<FinancialYear> {
        let mut known = self.known.iter();
        let found = known.find(|booked| entries.contains(&booked.entry));
        found.map(|booked| booked.payment.year)
    }

    /// Remembers each decision that was carried out, so that its line does not wait again.
    pub(super) fn remember(&mut self, decided: &Decided) -> Result<(), Error> {
        for (line, decision) in decided.iter() {
            let is_refused = |refused: &BTreeMap<usize, Refusal>| refused.contains_key(&line);
            if is_refused(&self.outcome.refused) || is_refused(&self.outcome.half_done) {
                continue;
            }
            let entries = match &decision.action {
                Action::SameAs(entries) => entries.clone(),
                _ => self
                    .outcome
                    .recorded
                    .get(&line)
                    .copied()
                    .into_iter()
                    .collect(),
            };
            let draft = self.match_draft(&self.lines[line], decision, entries)?;
            match self.clerk.record(draft, self.moment) {
                Ok(entry) => self.outcome.remembered.insert(line, entry.number),
                Err(Error::Refused { refusal }) => {
                    self.outcome.half_done.insert(line, refusal);
                    None
                }
                Err(error) => return Err(error),
            };
        }
        Ok(())
    }

    fn match_draft(
        &self,
        line: &Line,
        decision: &Decision,
        entries: Vec<EntryNumber>,
    ) -> Result<Draft, Error> {
        let source = line.note.as_deref().unwrap_or_default();
        let action = decision.action.to_string();
        let note = match decision.note.as_str() {
            "" => fitting(format!("Decided: {action} ({source})."), &action),
            note => note.to_owned(),
        };
        let year = self.year_of(&entries).unwrap_or(line.payment.year);
        let event = Event::Match {
            value: decision.line,
            title: line.payment.in_words(Column::Title.max_chars()),
            entries: EntryNumbers(entries),
        };
        let draft = Draft::builder(year, event, self.by)
            .on(self.moment.date())
            .note(note)
            .build();
        draft.map_err(Error::Invalid)
    }
}

/// The account that has too little, that day or later, if that is why an entry is refused.
fn short_of_money(refusal: &Refusal) -> Option<&Account> {
    match refusal {
        Refusal::Overdrawn { account, .. } => Some(account),
        Refusal::BreaksLater { why, .. } => short_of_money(why),
        _ => None,
    }
}

/// A note, or a shorter one if it is too long.
fn fitting(note: String, shorter: &str) -> String {
    if note.chars().count() > Column::Note.max_chars() {
        shorter.to_owned()
    } else {
        note
    }
}
