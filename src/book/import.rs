//! Importing a ledger's extract: what the book has not yet, through the rules, all or nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::book::handle::Book;
use crate::book::ledger::{booked, struck};
use crate::book::record::{Clerk, Commit};
use crate::error::Error;
use crate::fold::Lens;
use crate::import::{Extract, MAX_FAULTS, Progress};
use crate::model::{Column, Date, Draft, Entry, EntryNumber, Event, Moment};
use crate::report::{Changes, ImportReport, ImportRow, LineOutcome, PreviousEntry};
use crate::rules::compare;
use crate::rules::{Booked, Line, Refusal, Tally, Verdict};

/// How often lines that found no money are tried again, after the credits that may bring it.
const MAX_PASSES: usize = 100;

/// How an extract is imported.
#[derive(Debug, Clone, Copy)]
pub struct Import<'a> {
    /// The extract.
    pub extract: &'a Extract,
    /// Who records it.
    pub by: &'a str,
    /// What is done with lines that the book has otherwise.
    pub changes: Changes,
    /// Are bad lines left out, and the good ones recorded?
    pub skip_bad: bool,
}

impl Book {
    /// Records the lines of an extract that the book has not yet, as spend and refunds, in the
    /// order of their days.
    ///
    /// A line is the same as an entry by project, supplier, reference, day and amount; of one that
    /// the extract has n times and the book m times, n − m are new. See [`compare`] for what counts
    /// as changed.
    ///
    /// # Errors
    ///
    /// [`Error::Extract`] with every line that is bad in itself, [`Error::RefusedLines`] with those
    /// that a rule refuses, unless bad lines are skipped; else as [`Book::record`]. The book is
    /// then as it was.
    pub fn import(
        &mut self,
        import: Import<'_>,
        now: Moment,
        commit: Commit,
        progress: &mut dyn Progress,
    ) -> Result<ImportReport, Error> {
        if !import.skip_bad {
            import.extract.is_sound().map_err(Error::Extract)?;
        }
        let mut left_out = BTreeMap::new();
        loop {
            match self.try_import(import, &left_out, now, commit, progress)? {
                Tried::Done(report) => return Ok(*report),
                // A change that was refused half done is left out from the start.
                Tried::HalfDone(refused) => left_out.extend(refused),
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
    ) -> Result<Tried, Error> {
        self.store.write(import.by, now, |writing, moment| {
            let lines = &import.extract.lines;
            let years: BTreeSet<_> = lines
                .iter()
                .flat_map(|line| line.payment.year.and_neighbours())
                .collect();
            let mut there = Vec::new();
            for year in years {
                there.extend(booked(writing.store(), year, Lens::at(Date::MAX))?);
                there.extend(struck(writing.store(), year)?);
            }
            let verdicts = compare(lines, &there).verdicts;
            let mut done = Done {
                refused: left_out.clone(),
                ..Done::default()
            };
            let todo = todo(lines, &verdicts, import.changes, left_out);
            let mut work = Work {
                clerk: Clerk::new(writing),
                import,
                moment,
            };
            work.all(todo, &mut done, progress)?;
            if !done.half_done.is_empty() && import.skip_bad {
                return Ok((Tried::HalfDone(done.half_done), false));
            }
            done.refused.append(&mut done.half_done);
            if !done.refused.is_empty() && !import.skip_bad {
                return Err(refused_lines(import.extract, done.refused));
            }
            let report = report(import, &there, &verdicts, &done, commit);
            Ok((Tried::Done(Box::new(report)), commit == Commit::Keep))
        })
    }
}

/// What came of a try.
enum Tried {
    Done(Box<ImportReport>),
    /// Lines of changes whose one entry could be recorded and the other not.
    HalfDone(BTreeMap<usize, Refusal>),
}

/// What became of lines, by their place among the extract's.
#[derive(Default)]
struct Done {
    recorded: BTreeMap<usize, EntryNumber>,
    refused: BTreeMap<usize, Refusal>,
    half_done: BTreeMap<usize, Refusal>,
}

/// A line to record, and the entry to reverse for it.
#[derive(Clone, Copy)]
struct Todo {
    line: usize,
    instead_of: Option<EntryNumber>,
}

/// What is to be recorded, in the order of the days.
fn todo(
    lines: &[Line],
    verdicts: &[Verdict],
    changes: Changes,
    left_out: &BTreeMap<usize, Refusal>,
) -> Vec<Todo> {
    let of = |(line, verdict): (usize, &Verdict)| match (verdict, changes) {
        (Verdict::New, _) | (Verdict::Changed(_) | Verdict::Struck(_), Changes::KeepBoth) => {
            Some(Todo {
                line,
                instead_of: None,
            })
        }
        (Verdict::Changed(entry), Changes::Accept) => Some(Todo {
            line,
            instead_of: Some(*entry),
        }),
        _ => None,
    };
    let mut todo: Vec<Todo> = verdicts
        .iter()
        .enumerate()
        .filter_map(of)
        .filter(|todo| !left_out.contains_key(&todo.line))
        .collect();
    todo.sort_by_key(|todo| (lines[todo.line].payment.on, todo.line));
    todo
}

/// Why a line was not recorded.
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

/// An import under way.
struct Work<'a, 'b, 'c> {
    clerk: Clerk<'b, 'c>,
    import: Import<'a>,
    moment: Moment,
}

impl Work<'_, '_, '_> {
    /// Records all that the rules allow. What finds no money is tried again while other lines bring
    /// some.
    fn all(
        &mut self,
        mut todo: Vec<Todo>,
        done: &mut Done,
        progress: &mut dyn Progress,
    ) -> Result<(), Error> {
        let of = u64::try_from(todo.len()).unwrap_or(u64::MAX);
        let mut recorded = 0;
        for pass in 1.. {
            let before = todo.len();
            let mut again = Vec::new();
            for item in todo {
                match self.one(item) {
                    Ok(entry) => {
                        recorded += 1;
                        progress.recorded(recorded, of);
                        done.recorded.insert(item.line, entry.number);
                    }
                    Err(Stopped::Clean(refusal @ Refusal::Overdrawn { .. })) => {
                        again.push((item, refusal))
                    }
                    Err(Stopped::Clean(refusal)) => drop(done.refused.insert(item.line, refusal)),
                    Err(Stopped::Half(refusal)) => drop(done.half_done.insert(item.line, refusal)),
                    Err(Stopped::Failed(error)) => return Err(error),
                }
            }
            if again.is_empty() || again.len() == before || pass == MAX_PASSES {
                done.refused.extend(
                    again
                        .into_iter()
                        .map(|(item, refusal)| (item.line, refusal)),
                );
                break;
            }
            todo = again.into_iter().map(|(item, _)| item).collect();
        }
        Ok(())
    }

    fn one(&mut self, item: Todo) -> Result<Entry, Stopped> {
        let line = &self.import.extract.lines[item.line];
        match item.instead_of {
            None => Ok(self.payment(line)?),
            Some(old) => self.change(line, old),
        }
    }

    /// Records a line. That the ledger has it more than once is the reason for recording it more
    /// than once.
    fn payment(&mut self, line: &Line) -> Result<Entry, Error> {
        let mut draft =
            Draft::from_cells(&line.draft(self.import.by).cells()).map_err(Error::Invalid)?;
        match self.clerk.record(draft.clone(), self.moment) {
            Err(Error::Refused {
                refusal: Refusal::Duplicate { .. },
            }) => {
                draft.override_reason = Some("The ledger has this line more than once.".into());
                self.clerk.record(draft, self.moment)
            }
            recorded => recorded,
        }
    }

    /// Reverses an entry and records the line instead; where the money does not allow that order,
    /// in the other.
    fn change(&mut self, line: &Line, old: EntryNumber) -> Result<Entry, Stopped> {
        match self.reversal(line, old) {
            Ok(_) => self.payment(line).map_err(Stopped::half),
            Err(first @ Error::Refused { .. }) => match self.payment(line) {
                Ok(entry) => self
                    .reversal(line, old)
                    .map(|_| entry)
                    .map_err(Stopped::half),
                Err(Error::Refused { .. }) => Err(first.into()),
                Err(error) => Err(error.into()),
            },
            Err(error) => Err(error.into()),
        }
    }

    fn reversal(&mut self, line: &Line, old: EntryNumber) -> Result<Entry, Error> {
        let (event, by) = (Event::Reverse { entry: old }, self.import.by.to_owned());
        let note = format!(
            "The ledger has it otherwise: {}.",
            line.note.as_deref().unwrap_or_default()
        );
        let note = Some(if note.chars().count() > Column::Note.limit() {
            "The ledger has it otherwise.".into()
        } else {
            note
        });
        let draft = Draft {
            on: None,
            year: line.payment.year,
            by,
            event,
            reference: None,
            note,
            override_reason: None,
        };
        self.clerk.record(draft, self.moment)
    }
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

fn report(
    import: Import<'_>,
    there: &[Booked],
    verdicts: &[Verdict],
    done: &Done,
    commit: Commit,
) -> ImportReport {
    let Extract {
        lines,
        bad,
        nothing,
        outside,
        grand_total,
        blank,
        ..
    } = import.extract;
    let entries: HashMap<EntryNumber, &Booked> =
        there.iter().map(|booked| (booked.entry, booked)).collect();
    let mut report = ImportReport {
        file: import.extract.name(),
        recorded: commit == Commit::Keep,
        lines: Tally::default(),
        new: Tally::default(),
        same: Tally::default(),
        changed: Tally::default(),
        changes: import.changes,
        struck: Tally::default(),
        refused: Tally::default(),
        nothing: *nothing,
        outside: *outside,
        blank: *blank,
        grand_total: *grand_total,
        rows: Vec::new(),
    };
    for (place, (line, verdict)) in lines.iter().zip(verdicts).enumerate() {
        let amount = line.payment.amount;
        let (tally, outcome) = match (verdict, done.refused.contains_key(&place)) {
            (_, true) => (&mut report.refused, Some(LineOutcome::Refused)),
            (Verdict::New, _) => (&mut report.new, Some(LineOutcome::New)),
            (Verdict::Same(_), _) => (&mut report.same, None),
            (Verdict::Changed(_), _) => (&mut report.changed, Some(LineOutcome::Changed)),
            (Verdict::Struck(_), _) => (&mut report.struck, Some(LineOutcome::Struck)),
        };
        tally.add(amount);
        let was = match verdict {
            Verdict::Changed(entry) | Verdict::Struck(entry) => entries
                .get(entry)
                .map(|booked| PreviousEntry::from(*booked)),
            _ => None,
        };
        report.rows.extend(outcome.map(|outcome| ImportRow {
            entry: done.recorded.get(&place).copied(),
            why: done.refused.get(&place).map(ToString::to_string),
            was,
            ..ImportRow::of(line, outcome)
        }));
    }
    for line in bad {
        report.refused.add(line.amount.unwrap_or_default());
        report.rows.push(ImportRow::unread(line.row, line.amount, {
            let faults: Vec<String> = line.faults.iter().map(ToString::to_string).collect();
            faults.join("; ")
        }));
    }
    report.rows.sort_by_key(|row| row.row);
    report.lines = [
        report.new,
        report.same,
        report.changed,
        report.struck,
        report.refused,
        report.nothing,
        report.outside,
    ]
    .into_iter()
    .sum();
    report
}
