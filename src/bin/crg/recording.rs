//! What is printed after something is recorded: what was done, what is left in the pots, and what
//! deserves a second look.

use crg::Error;
use crg::book::{Book, Commit, Recorded};
use crg::model::{Entry, FinancialYear, Kind, Pot, ProjectRef, Quarter};
use crg::report::{PotReport, PotRow};
use crg::rules::Refusal;

use crate::context::Context;
use crate::failure::Stop;
use crate::reported_quarters;

/// Records with the book open for writing, then prints what was done and what is left in the pots.
pub(crate) fn record(
    context: &Context,
    commit: Commit,
    work: impl FnOnce(&mut Book) -> Result<Recorded, Error>,
) -> Result<(), Stop> {
    let mut book = context.open_to_write()?;
    let recorded = match work(&mut book) {
        Err(Error::Refused {
            refusal: Refusal::UnknownProject { year, project, .. },
        }) => return Err(book.no_such_project(year, &project)?.into()),
        recorded => recorded?,
    };
    let mut text = String::new();
    for entry in &recorded.entries {
        let mut named = recorded.named.iter();
        let named = named.find(|named| Some(named.number) == entry.event.refers_to());
        text.push_str(&line(entry, named, commit));
    }
    let mut kinds = recorded.entries.iter().map(|entry| entry.event.kind());
    if kinds.any(changes_a_pot) {
        text.extend(recorded.pots.iter().map(balances));
    }
    context.output.confirm(&text);
    print_notes(&book, &recorded, context);
    Ok(())
}

/// Prints what deserves a second look: it is often a slip of the keyboard.
pub(crate) fn print_notes(book: &Book, recorded: &Recorded, context: &Context) {
    let note = |text: String| context.output.note(&text);
    for entry in &recorded.entries {
        let (number, on, year) = (entry.number, entry.on.long(), entry.year);
        if entry.on > context.today {
            note(format!(
                "entry {number} is dated in the future: not in figures before {on}"
            ));
        }
        if let Some((before, project)) = same_project_in_year_before(book, entry) {
            note(format!(
                "{before} has a project {project} too; this was recorded in {year}"
            ));
        }
    }
    let changed = reported_quarters::changed_by(book, &recorded.entries);
    changed.into_iter().for_each(note);
    for pots in &recorded.pots {
        if pots.allocation.is_zero() {
            note(format!("{} has no allocation on record", pots.year));
        }
    }
}

/// The year before, if it has a project of the same ref: in the first quarter a late invoice may be
/// meant for that one.
fn same_project_in_year_before<'a>(
    book: &Book,
    entry: &'a Entry,
) -> Option<(FinancialYear, &'a ProjectRef)> {
    let first_quarter = entry.year.quarter_of(entry.on) == Quarter::Q1;
    if !(entry.event.kind().is_spending() && first_quarter) {
        return None;
    }
    let project = entry.event.project()?;
    let years = book.proposals(project).ok()?;
    let mut years = years.iter().map(|(year, _)| *year);
    let before = years.find(|year| year.next() == entry.year)?;
    Some((before, project))
}

/// Returns `true` if an entry of the kind may change what is left in a pot, or what is pending.
fn changes_a_pot(kind: Kind) -> bool {
    kind.arrow().is_some() || kind.is_decision() || matches!(kind, Kind::Amend | Kind::Reverse)
}

fn line(entry: &Entry, named: Option<&Entry>, commit: Commit) -> String {
    let verb = match commit {
        Commit::DryRun => "Would record",
        Commit::Keep => "Recorded",
    };
    let (Entry { number, year, .. }, what, on) = (entry, summary(entry), entry.on.long());
    let named = named.map(|named| format!(" entry {} ({})", named.number, summary(named)));
    let named = named.unwrap_or_default();
    format!("{verb} entry {number}: {what}{named}, {year}, on {on}.\n")
}

/// An entry in a few words: its kind, its project or pot, its amount.
fn summary(entry: &Entry) -> String {
    let event = &entry.event;
    let mut words = vec![event.kind().to_string()];
    if let Some(project) = event.project() {
        words.push(project.to_string());
    } else if let Some(pot) = event.pot() {
        words.push(pot.to_string());
    }
    words.extend(event.amount().map(|amount| amount.pounds().to_string()));
    words.join(" ")
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
    shown.retain(|(_, row)| row.open || !row.remaining.is_zero());
    shown.sort_by_key(|(_, row)| !row.open);
    let shown: Vec<String> = shown.iter().map(|(pot, row)| balance(*pot, row)).collect();
    format!("{}{confirmed}: {}.\n", pots.year, shown.join(", "))
}

fn balance(pot: Pot, row: &PotRow) -> String {
    let remaining = row.remaining.pounds();
    if row.remaining == row.remaining_if_all_approved {
        return format!("{pot} pot {remaining}");
    }
    let then = row.remaining_if_all_approved.pounds();
    format!("{pot} pot {remaining} ({then} if every pending proposal is approved)")
}
