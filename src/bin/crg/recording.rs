//! Recording, and its confirmation: what was understood, what is left of the projects' awards and in
//! the pots, in which book; in words or as JSON.

use clap::ValueEnum;
use crg::Error;
use crg::book::{Book, Commit, Once, Recorded};
use crg::document::Origin;
use crg::fold::{Lens, PotName};
use crg::format::{self, visible};
use crg::model::{Date, Entry, Event, Kind, Pot, SchemeChange};
use crg::report::{PotReport, PotRow, ProjectLeft, RecordedReport};
use crg::rules::Refusal;
use serde::Serialize;

use crate::context::Context;
use crate::failure::Stop;
use crate::notes::{notes, of_payments};
use crate::text_table;

/// How a command that records confirms it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Confirmation {
    /// In words
    Table,
    /// As one JSON document
    Json,
}

/// How a command records: for good or for trial, and how it confirms it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Recording {
    pub(crate) commit: Commit,
    pub(crate) confirmation: Confirmation,
}

impl From<Commit> for Recording {
    fn from(commit: Commit) -> Recording {
        Recording {
            commit,
            confirmation: Confirmation::Table,
        }
    }
}

/// Records with the book open for writing, then confirms what was done.
pub(crate) fn record(
    context: &Context,
    how: impl Into<Recording>,
    work: impl FnOnce(&mut Book) -> Result<Recorded, Error>,
) -> Result<(), Stop> {
    record_once(context, how.into(), |book| work(book).map(Once::Recorded)).map(drop)
}

/// Records what a person may record again by mistake, then confirms what was done, or names the
/// entry that says the same.
pub(crate) fn record_once(
    context: &Context,
    how: Recording,
    work: impl FnOnce(&mut Book) -> Result<Once, Error>,
) -> Result<Once, Stop> {
    let mut book = context.open_to_write()?;
    let done = work(&mut book).map_err(|error| explained(&book, error))?;
    match &done {
        Once::Recorded(recorded) => confirm(&book, recorded, how, context),
        Once::Known(entry) => confirm_known(&book, entry, how, context),
    }
    Ok(done)
}

/// The error of recording, which says more of a project that is not known.
pub(crate) fn explained(book: &Book, error: Error) -> Error {
    match &error {
        Error::Refused {
            refusal: Refusal::UnknownProject { year, project, .. },
        }
        | Error::RefusedProject {
            refusal: Refusal::UnknownProject { year, project, .. },
            ..
        } => match book.no_such_project(*year, project) {
            Ok(explained) | Err(explained) => explained,
        },
        _ => error,
    }
}

/// Says that nothing was recorded, because an entry says the same.
fn confirm_known(book: &Book, entry: &Entry, how: Recording, context: &Context) {
    let (number, on) = (entry.number, entry.on.long());
    let what = summary(entry, None, None);
    let text = format!("Already on record: entry {number}, {what}, on {on}. Nothing was recorded.");
    match how.confirmation {
        Confirmation::Table => context.output.confirm(&(text + "\n")),
        Confirmation::Json => answer_nothing(book, &Recorded::default(), text, how.commit, context),
    }
}

/// Answers in JSON that nothing was recorded, and why.
pub(crate) fn answer_nothing(
    book: &Book,
    nothing: &Recorded,
    why: String,
    commit: Commit,
    context: &Context,
) {
    let names = book.names().unwrap_or_default();
    let report = nothing.report(commit, names, &context.book, vec![why]);
    answer(&report, book.latest_origin().ok().as_ref(), context);
}

/// Confirms what a command did with the file of a book: in words, or as JSON.
pub(crate) fn confirm_file(
    how: Confirmation,
    report: &impl Serialize,
    words: &str,
    context: &Context,
) {
    match how {
        Confirmation::Table => context.output.confirm(words),
        Confirmation::Json => {
            // A trial leaves no book where there was none.
            let book = context.open().ok();
            let origin = book.and_then(|book| book.latest_origin().ok());
            answer(report, origin.as_ref(), context);
        }
    }
}

fn answer(report: &impl Serialize, book: Option<&Origin>, context: &Context) {
    match format::json(report, book) {
        Ok(json) => context.output.answer(&json),
        Err(error) => context.output.note(&format!("bug: no JSON: {error}")),
    }
}

/// Confirms what was recorded.
pub(crate) fn confirm(book: &Book, recorded: &Recorded, how: Recording, context: &Context) {
    let notes = notes(book, recorded, context);
    // It is recorded: a name that cannot be read is no reason to fail.
    let names = book.latest_names(Lens::at(Date::MAX)).unwrap_or_default();
    let report = recorded.report(how.commit, names, &context.book, notes);
    match how.confirmation {
        Confirmation::Json => answer(&report, book.latest_origin().ok().as_ref(), context),
        Confirmation::Table => {
            context
                .output
                .confirm(&words(&report, recorded, how.commit, context));
            print_all(&report.notes, context);
            if how.commit == Commit::Keep {
                let notes = of_payments(book, recorded).into_iter();
                notes.for_each(|note| context.output.next(&note.next));
            }
        }
    }
}

/// Prints the notes on what was recorded, after a confirmation of another kind.
pub(crate) fn print_notes(book: &Book, recorded: &Recorded, context: &Context) {
    print_all(&notes(book, recorded, context), context);
}

/// Prints notes.
pub(crate) fn print_all(notes: &[String], context: &Context) {
    notes.iter().for_each(|note| context.output.note(note));
}

/// The confirmation in words: a sentence for one entry, a table for several; then what is left.
fn words(
    report: &RecordedReport,
    recorded: &Recorded,
    commit: Commit,
    context: &Context,
) -> String {
    let mut text = match &recorded.entries[..] {
        [entry] => line(entry, recorded, commit),
        _ => text_table::text(report, context.output.width),
    };
    text.push_str(&pots_left(recorded));
    text + &book_line(report)
}

/// What is left in the pots, if that may have changed: a line for each year.
pub(crate) fn pots_left(recorded: &Recorded) -> String {
    let mut kinds = recorded.entries.iter().map(|entry| entry.event.kind());
    if kinds.any(changes_a_pot) {
        recorded.pots.iter().map(balances).collect()
    } else {
        String::new()
    }
}

/// Which book it is in.
fn book_line(report: &RecordedReport) -> String {
    format!("Book: {}, {}.\n", report.partnership, report.file)
}

/// Returns `true` if an entry of the kind may change what is left in a pot, or what is pending.
fn changes_a_pot(kind: Kind) -> bool {
    kind.arrow().is_some() || kind.is_decision() || matches!(kind, Kind::Amend | Kind::Reverse)
}

/// What was recorded, in a sentence, and what is left of the project's award.
pub(crate) fn line(entry: &Entry, recorded: &Recorded, commit: Commit) -> String {
    let verb = match commit {
        Commit::DryRun => "Would record",
        Commit::Keep => "Recorded",
    };
    let project = recorded.project(entry);
    let (Entry { number, year, .. }, on) = (entry, entry.on.long());
    let named = recorded.named_by(entry);
    let what = match named {
        None => summary(entry, project, recorded.pot(entry)),
        Some(named) => {
            let (number, named) = (named.number, summary(named, project, recorded.pot(entry)));
            let what = subject(entry).map(|what| format!(" {what}, for"));
            let (kind, what) = (entry.event.kind(), what.unwrap_or_default());
            format!("{kind}{what} entry {number} ({named})")
        }
    };
    let to_come = if entry.event.is_accrued() {
        accrued(entry.event.kind())
    } else {
        ""
    };
    let text = format!("{verb} entry {number}: {what}, {year}, on {on}.\n{to_come}");
    let is_reversal = entry.event.kind() == Kind::Reverse;
    let moved = named.filter(|_| is_reversal).unwrap_or(entry);
    let moved = moved.event.kind().arrow().is_some();
    let left = project.filter(|_| moved).map(award_left);
    text + &left.unwrap_or_default()
}

/// What is still to come of an accrued entry.
fn accrued(kind: Kind) -> &'static str {
    match kind {
        Kind::Refund => "It is accrued: its credit note is to come.\n",
        _ => "It is accrued: its invoice is to come.\n",
    }
}

/// An entry in a few words: its kind, its project with the title or its pot, its amount.
fn summary(entry: &Entry, project: Option<&ProjectLeft>, pot: Option<PotName>) -> String {
    let event = &entry.event;
    let mut words = vec![event.kind().to_string()];
    if let Some(project) = event.project() {
        words.push(project.to_string());
    } else if let Some(pot) = pot.filter(|pot| !pot.is_only()) {
        words.push(pot.in_column().to_owned());
    }
    if let Some(project) = project {
        words.push(format!("({})", visible(&project.title)));
    }
    words.extend(subject(entry));
    words.extend(event.amount().map(|amount| amount.pounds().to_string()));
    words.join(" ")
}

/// What an entry that moves no money is about.
fn subject(entry: &Entry) -> Option<String> {
    match &entry.event {
        Event::Due { title, value } => Some(format!("{}, by {}", visible(title), value.long())),
        Event::Document { title, .. } | Event::Certify { title, .. } => Some(visible(title)),
        Event::Detail { measure, .. } => {
            let text = entry.note.as_deref().unwrap_or_default();
            Some(format!("{measure}: {}", visible(text)))
        }
        Event::Name { measure, title } => Some(format!("of the {measure}, {}", visible(title))),
        Event::Scheme {
            value: SchemeChange::Holds(_),
            ..
        } => Some("of the priorities loaded".to_owned()),
        Event::Scheme {
            measure,
            title,
            code,
            value,
        } => {
            let code = code.as_ref().map(|code| format!(" {code}"));
            let title = title.as_ref().map(|title| format!(" ({})", visible(title)));
            let (code, title) = (code.unwrap_or_default(), title.unwrap_or_default());
            Some(format!("{}{code}{title}: {value}", visible(measure)))
        }
        _ => None,
    }
}

/// What is left of a project's award.
fn award_left(left: &ProjectLeft) -> String {
    let (project, award) = (&left.project, left.award.pounds());
    if left.award.is_zero() {
        return format!("{project} has no award left.\n");
    }
    format!(
        "{project} has {} left of its award of {award}.\n",
        left.left.pounds()
    )
}

/// What is left in the pots: first the open one, then the other if it holds anything.
fn balances(pots: &PotReport) -> String {
    let confirmed = if pots.confirmed {
        ""
    } else {
        ", not yet confirmed"
    };
    let (tactical, upfront) = (&pots.tactical, &pots.upfront);
    let mut shown = vec![(Pot::Tactical, tactical), (Pot::Upfront, upfront)];
    let name = |pot: &Pot| pots.name(*pot);
    shown.retain(|(pot, row)| {
        let name = name(pot);
        name.is_only() || name.is_shown() && (row.open || !row.remaining.is_zero())
    });
    shown.sort_by_key(|(_, row)| !row.open);
    let shown: Vec<String> = shown
        .iter()
        .map(|(pot, row)| balance(name(pot), row))
        .collect();
    format!("{}{confirmed}: {}.\n", pots.year, shown.join(", "))
}

fn balance(pot: PotName, row: &PotRow) -> String {
    let (name, the) = (pot.in_sentence(), if pot.is_only() { "the " } else { "" });
    let remaining = row.remaining.pounds();
    if row.remaining == row.remaining_if_all_approved {
        return format!("{the}{name} {remaining}");
    }
    let then = row.remaining_if_all_approved.pounds();
    format!("{the}{name} {remaining} ({then} if every pending proposal is approved)")
}
