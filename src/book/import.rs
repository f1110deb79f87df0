//! Importing a ledger's extract: what the book does not have yet, through the rules, all or
//! nothing. What may be in the book already waits for a decision.

mod decided;
mod report;
mod work;

use std::collections::BTreeMap;

use crate::book::handle::Book;
use crate::book::import::decided::Decided;
use crate::book::import::report::report;
use crate::book::import::work::{Outcome, Work, tasks};
use crate::book::payments::{OnRecord, years_around};
use crate::book::record::{Clerk, Commit};
use crate::error::Error;
use crate::fold::Lens;
use crate::import::{DecisionFile, Extract, MAX_FAULTS, Progress};
use crate::model::{Date, Moment};
use crate::report::ImportReport;
use crate::rules::{Incoming, Refusal, recognise};

/// How an extract is imported.
#[derive(Debug, Clone, Copy)]
pub struct Import<'a> {
    /// The extract.
    pub extract: &'a Extract,
    /// Who records it.
    pub by: &'a str,
    /// What was decided of lines that wait, if anything.
    pub decisions: Option<&'a DecisionFile>,
    /// Whether bad lines are left out and the good ones recorded.
    pub skip_bad: bool,
}

impl Book {
    /// Records the lines of an extract that the book does not have yet, as spend and refunds, in
    /// the order of their days, and carries out what was decided of lines that wait.
    ///
    /// See [`recognise`] for which lines are new, and which wait. A decision is remembered by a
    /// `match` entry, so that its line does not wait again.
    ///
    /// # Errors
    ///
    /// [`Error::Extract`] with every bad line and [`Error::RefusedLines`] with those that a rule
    /// refuses, unless bad lines are skipped; [`Error::Decisions`] if a decision is about another
    /// line or entry; otherwise those of [`Book::record`].
    pub fn import(
        &mut self,
        import: Import<'_>,
        now: Moment,
        commit: Commit,
        progress: &mut dyn Progress,
    ) -> Result<ImportReport, Error> {
        if !import.skip_bad {
            import.extract.check_lines().map_err(Error::Extract)?;
        }
        let mut left_out = BTreeMap::new();
        loop {
            match self.try_import(import, &left_out, now, commit, progress)? {
                Attempt::Done(report) => return Ok(*report),
                // A change that was refused half done is left out from the start.
                Attempt::HalfDone(refused) => left_out.extend(refused),
            }
        }
    }

    fn try_import(
        &mut self,
        import: Import<'_>,
        left_out: &BTreeMap<usize, Refusal>,
        now: Moment,
        commit: Commit,
        progress: &mut dyn Progress,
    ) -> Result<Attempt, Error> {
        self.store.write(import.by, now, |writing, moment| {
            let lines = &import.extract.lines;
            let lens = Lens::at(Date::MAX);
            let known = OnRecord::read(writing.store(), years_around(lines), lens)?;
            let incoming = Incoming {
                lines,
                days: import.extract.days,
                decisions: &known.decisions,
            };
            let verdicts = recognise(incoming, &known.booked).verdicts;
            let decided = match import.decisions {
                Some(file) => Decided::new(file, import.extract, &verdicts, &known.booked)?,
                None => Decided::default(),
            };
            let tasks = tasks(lines, &verdicts, &decided, left_out);
            let mut work = Work {
                clerk: Clerk::new(writing),
                lines,
                known: &known.booked,
                by: import.by,
                moment,
                reversed: Default::default(),
                outcome: Outcome {
                    refused: left_out.clone(),
                    ..Outcome::default()
                },
            };
            work.run(tasks, progress)?;
            work.remember(&decided)?;
            let mut outcome = work.outcome;
            if !outcome.half_done.is_empty() && import.skip_bad {
                return Ok((Attempt::HalfDone(outcome.half_done), false));
            }
            outcome.refused.append(&mut outcome.half_done);
            if !outcome.refused.is_empty() && !import.skip_bad {
                return Err(refused_lines(import.extract, outcome.refused));
            }
            let mut report = report(import.extract, &known.booked, &verdicts, &decided, &outcome);
            report.recorded = commit == Commit::Keep;
            Ok((Attempt::Done(Box::new(report)), commit == Commit::Keep))
        })
    }
}

enum Attempt {
    Done(Box<ImportReport>),
    /// Lines of changes of which one entry could be recorded and the other not.
    HalfDone(BTreeMap<usize, Refusal>),
}

fn refused_lines(extract: &Extract, refused: BTreeMap<usize, Refusal>) -> Error {
    let more = refused.len().saturating_sub(MAX_FAULTS);
    let refusals = refused
        .into_iter()
        .take(MAX_FAULTS)
        .map(|(line, refusal)| (extract.lines[line].place.clone(), refusal))
        .collect();
    Error::RefusedLines {
        file: extract.file.clone(),
        refusals,
        more,
    }
}
