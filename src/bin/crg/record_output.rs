//! What is said after something is recorded: what was done, where that leaves the pots, and what is
//! worth a second look.

use crg::book::{Book, Commit, Recorded, ReturnAll};
use crg::error::Error;
use crg::model::{Entry, FinancialYear, Kind, Pot, Quarter};
use crg::report::{PotReport, PotRow};
use crg::rules::Refusal;
use crg::store::Access;

use crate::context::Context;
use crate::draft::Write;
use crate::failure::Failure;
use crate::{issued, render};

/// Records with the book open for writing, and says what was done and where that leaves the pots.
pub(crate) fn record(
    context: &Context,
    write: &Write,
    work: impl FnOnce(&mut Book, Commit) -> Result<Recorded, Error>,
) -> Result<(), Failure> {
    let mut book = Book::open(&context.book, Access::Write)?;
    let recorded = match work(
        &mut book,
        if write.dry_run {
            Commit::DryRun
        } else {
            Commit::Keep
        },
    ) {
        Err(Error::Refused {
            refusal: Refusal::UnknownProject { year, project, .. },
        }) => {
            return Err(book.no_such_project(year, &project)?.into());
        }
        recorded => recorded?,
    };
    let mut text = String::new();
    for entry in &recorded.entries {
        let named = recorded
            .named
            .iter()
            .find(|named| Some(named.number) == entry.event.refers_to());
        text.push_str(&line(entry, named, write.dry_run));
    }
    if recorded
        .entries
        .iter()
        .any(|entry| moves_or_decides(entry.event.kind()))
    {
        recorded
            .pots
            .iter()
            .for_each(|pots| text.push_str(&position(pots)));
    }
    render::confirm(&text);
    notes(&book, &recorded, context)
        .iter()
        .for_each(|note| render::note(note));
    Ok(())
}

/// Returns all of a year's underspend, and shows the statement that goes with the payment.
pub(crate) fn return_all(
    asked: &ReturnAll,
    write: &Write,
    context: &Context,
) -> Result<(), Failure> {
    let mut book = Book::open(&context.book, Access::Write)?;
    let commit = if write.dry_run {
        Commit::DryRun
    } else {
        Commit::Keep
    };
    let Some(remitted) = book.return_all(asked, context.now, commit)? else {
        render::confirm(&format!(
            "Nothing of {} is left to return; nothing was recorded.\n",
            asked.year
        ));
        return Ok(());
    };
    render::confirm(&render::text(&remitted.statement, context.width));
    notes(&book, &remitted.recorded, context)
        .iter()
        .for_each(|note| render::note(note));
    if !write.dry_run {
        let left = remitted
            .statement
            .payments
            .last()
            .map(|payment| payment.to_return)
            .filter(|left| !left.is_zero());
        render::hint(&match left {
            None => format!("{} year close {}", context.program, asked.year),
            // What is spent on a day after the payment's is not in its statement.
            Some(left) => format!(
                "{} is not accounted for on {}: {} log --year {}",
                left.pounds(),
                asked.on,
                context.program,
                asked.year
            ),
        });
    }
    Ok(())
}

/// What is worth a second look: often a slip of the keyboard.
fn notes(book: &Book, recorded: &Recorded, context: &Context) -> Vec<String> {
    let mut notes = Vec::new();
    for entry in &recorded.entries {
        if entry.on > context.today {
            notes.push(format!(
                "{} is after today: questions as at an earlier day do not count entry {}",
                entry.on, entry.number
            ));
        }
        notes.extend(other_year(book, entry));
    }
    notes.extend(issued::changes(book, &recorded.entries));
    for pots in recorded
        .pots
        .iter()
        .filter(|pots| pots.allocation.is_zero())
    {
        notes.push(format!("{} has no allocation on record", pots.year));
    }
    notes
}

/// In the first quarter a late invoice may be meant for the year before.
fn other_year(book: &Book, entry: &Entry) -> Option<String> {
    let project = entry.event.project().filter(|_| {
        entry.event.kind().is_spending() && entry.year.quarter_of(entry.on) == Quarter::Q1
    })?;
    let years = book.proposals(project).ok()?;
    let before = years
        .iter()
        .map(|(year, _)| *year)
        .find(|year: &FinancialYear| year.next() == entry.year)?;
    Some(format!(
        "{before} has a project {project} too; this was recorded in {}",
        entry.year
    ))
}

/// Does what is left in a pot, or what waits for it, change with this kind?
fn moves_or_decides(kind: Kind) -> bool {
    kind.arrow().is_some() || kind.is_decision() || matches!(kind, Kind::Amend | Kind::Reverse)
}

fn line(entry: &Entry, named: Option<&Entry>, dry_run: bool) -> String {
    let did = if dry_run { "Would record" } else { "Recorded" };
    let named = named
        .map(|named| format!(" of entry {} ({})", named.number, what(named)))
        .unwrap_or_default();
    format!(
        "{did} entry {}: {}{named}, {}, on {}.\n",
        entry.number,
        what(entry),
        entry.year,
        entry.on
    )
}

/// An entry in a few words: its kind, what it is of, its amount.
fn what(entry: &Entry) -> String {
    let of = entry
        .event
        .project()
        .map(ToString::to_string)
        .or(entry.event.pot().map(|pot| pot.to_string()));
    let amount = entry
        .event
        .amount()
        .map(|amount| amount.pounds().to_string());
    [Some(entry.event.kind().to_string()), of, amount]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Where that leaves the pots: the one that is open first, and the other where it holds anything.
fn position(pots: &PotReport) -> String {
    let confirmed = if pots.confirmed {
        ""
    } else {
        ", not yet confirmed"
    };
    let rows = [
        (Pot::Tactical, &pots.tactical),
        (Pot::Upfront, &pots.upfront),
    ];
    let mut shown: Vec<_> = rows
        .into_iter()
        .filter(|(_, row)| row.open || !row.remaining.is_zero())
        .collect();
    shown.sort_by_key(|(_, row)| !row.open);
    let held = |(pot, row): &(Pot, &PotRow)| match row.remaining == row.remaining_if_all_approved {
        true => format!("{pot} pot {}", row.remaining.pounds()),
        false => format!(
            "{pot} pot {} ({} if all pending were approved)",
            row.remaining.pounds(),
            row.remaining_if_all_approved.pounds()
        ),
    };
    format!(
        "{}{confirmed}: {}.\n",
        pots.year,
        shown.iter().map(held).collect::<Vec<_>>().join(", ")
    )
}
