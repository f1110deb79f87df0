//! Importing a ledger's extract: what the book does not have yet, through the rules, all or
//! nothing.

mod report;
mod work;

use std::collections::{BTreeMap, BTreeSet};

use crate::book::handle::Book;
use crate::book::import::report::report;
use crate::book::import::work::{Outcome, Work, tasks};
use crate::book::ledger::{booked, reversed_payments};
use crate::book::record::{Clerk, Commit};
use crate::error::Error;
use crate::fold::Lens;
use crate::import::{Extract, MAX_FAULTS, Progress};
use crate::model::{Date, Moment};
use crate::report::{Changes, ImportReport};
use crate::rules::{Refusal, compare};

/// How an extract is imported.
#[derive(Debug, Clone, Copy)]
pub struct Import<'a> {
    /// The extract.
    pub extract: &'a Extract,
    /// Who records it.
    pub by: &'a str,
    /// What is done with lines that differ from the book.
    pub changes: Changes,
    /// Whether bad lines are left out and the good ones recorded.
    pub skip_bad: bool,
}

impl Book {
    /// Records the lines of an extract that the book does not have yet, as spend and refunds, in
    /// the order of their days.
    ///
    /// A line is the same as an entry by project, supplier, reference, day and amount; of one that
    /// the extract has n times and the book m times, n − m are new. See [`compare`] for what counts
    /// as changed.
    ///
    /// # Errors
    ///
    /// [`Error::Extract`] with every bad line and [`Error::RefusedLines`] with those that a rule
    /// refuses, unless bad lines are skipped; otherwise those of [`Book::record`].
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
            let years: BTreeSet<_> = lines
                .iter()
                .flat_map(|line| line.payment.year.and_neighbours())
                .collect();
            let mut known = Vec::new();
            for year in years {
                known.extend(booked(writing.store(), year, Lens::at(Date::MAX))?);
                known.extend(reversed_payments(writing.store(), year)?);
            }
            let verdicts = compare(lines, &known).verdicts;
            let tasks = tasks(lines, &verdicts, import.changes, left_out);
            let mut work = Work {
                clerk: Clerk::new(writing),
                lines,
                by: import.by,
                moment,
                outcome: Outcome {
                    refused: left_out.clone(),
                    ..Outcome::default()
                },
            };
            work.run(tasks, progress)?;
            let mut outcome = work.outcome;
            if !outcome.half_done.is_empty() && import.skip_bad {
                return Ok((Attempt::HalfDone(outcome.half_done), false));
            }
            outcome.refused.append(&mut outcome.half_done);
            if !outcome.refused.is_empty() && !import.skip_bad {
                return Err(refused_lines(import.extract, outcome.refused));
            }
            let mut report = report(import.extract, import.changes, &known, &verdicts, &outcome);
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
        .map(|(line, refusal)| (extract.lines[line].row, refusal))
        .collect();
    Error::RefusedLines {
        file: extract.file.clone(),
        refusals,
        more,
    }
}
