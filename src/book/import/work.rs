//! Recording the lines of an import.

use std::collections::BTreeMap;

use crate::book::record::Clerk;
use crate::error::Error;
use crate::import::Progress;
use crate::model::{Column, Draft, Entry, EntryNumber, Event, Moment};
use crate::report::Changes;
use crate::rules::{Line, Refusal, Verdict};

/// How often lines that found no money are tried again, after the credits that may bring it.
const MAX_PASSES: usize = 100;

/// A line to record, and the entry to reverse for it.
#[derive(Clone, Copy)]
pub(super) struct Task {
    line: usize,
    instead_of: Option<EntryNumber>,
}

/// What is to be recorded, in the order of the days.
pub(super) fn tasks(
    lines: &[Line],
    verdicts: &[Verdict],
    changes: Changes,
    left_out: &BTreeMap<usize, Refusal>,
) -> Vec<Task> {
    let mut tasks = Vec::new();
    for (line, verdict) in verdicts.iter().enumerate() {
        let instead_of = match (verdict, changes) {
            (Verdict::New, _) | (Verdict::Changed(_) | Verdict::Reversed(_), Changes::KeepBoth) => {
                None
            }
            (Verdict::Changed(entry), Changes::Accept) => Some(*entry),
            _ => continue,
        };
        if !left_out.contains_key(&line) {
            tasks.push(Task { line, instead_of });
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
    /// Changes of which only the first entry could be recorded.
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
    pub(super) by: &'a str,
    pub(super) moment: Moment,
    pub(super) outcome: Outcome,
}

impl Work<'_, '_, '_> {
    /// Records everything that the rules allow. What finds no money is tried again while other
    /// lines bring some.
    pub(super) fn run(
        &mut self,
        mut tasks: Vec<Task>,
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
                    Err(Stopped::Clean(refusal @ Refusal::Overdrawn { .. })) => {
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
                let refused = without_money.into_iter();
                let refused = refused.map(|(task, refusal)| (task.line, refusal));
                self.outcome.refused.extend(refused);
                break;
            }
            tasks = without_money.into_iter().map(|(task, _)| task).collect();
        }
        Ok(())
    }

    fn record(&mut self, task: Task) -> Result<Entry, Stopped> {
        let line = &self.lines[task.line];
        match task.instead_of {
            None => Ok(self.record_payment(line)?),
            Some(old) => self.record_change(line, old),
        }
    }

    /// Records a line. If the ledger has it more than once, that is the reason for recording it
    /// more than once.
    fn record_payment(&mut self, line: &Line) -> Result<Entry, Error> {
        let draft = line.draft(self.by).map_err(Error::Invalid)?;
        match self.clerk.record(draft.clone(), self.moment) {
            Err(Error::Refused {
                refusal: Refusal::Duplicate { .. },
            }) => {
                let reason = "The ledger has this line more than once.";
                let again = draft.edit().override_reason(reason).build();
                self.clerk
                    .record(again.map_err(Error::Invalid)?, self.moment)
            }
            recorded => recorded,
        }
    }

    /// Reverses an entry and records the line instead; if the money does not allow that order, in
    /// the other.
    fn record_change(&mut self, line: &Line, old: EntryNumber) -> Result<Entry, Stopped> {
        match self.reverse(line, old) {
            Ok(_) => self.record_payment(line).map_err(Stopped::half),
            Err(first @ Error::Refused { .. }) => match self.record_payment(line) {
                Ok(entry) => {
                    self.reverse(line, old).map_err(Stopped::half)?;
                    Ok(entry)
                }
                Err(Error::Refused { .. }) => Err(first.into()),
                Err(error) => Err(error.into()),
            },
            Err(error) => Err(error.into()),
        }
    }

    fn reverse(&mut self, line: &Line, old: EntryNumber) -> Result<Entry, Error> {
        let source = line.note.as_deref().unwrap_or_default();
        let mut note = format!("The ledger has it otherwise: {source}.");
        if note.chars().count() > Column::Note.max_chars() {
            note = "The ledger has it otherwise.".into();
        }
        let draft = Draft::builder(line.payment.year, Event::Reverse { entry: old }, self.by)
            .note(note)
            .build();
        self.clerk
            .record(draft.map_err(Error::Invalid)?, self.moment)
    }
}
