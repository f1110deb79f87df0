//! Reports that go out, and what changes them later.

use std::collections::{BTreeMap, BTreeSet};

use crg::book::{Book, Commit, IssueQuarter};
use crg::error::Error;
use crg::model::{Entry, EntryNumber, FinancialYear, Quarter};
use crg::report::Issued;
use crg::store::Access;

use crate::args::Issue;
use crate::context::Context;
use crate::failure::Failure;
use crate::query::Ask;
use crate::render;

/// `crg report quarter --issue`: records that the report goes out, then shows it.
pub(crate) fn issue(
    year: FinancialYear,
    quarter: Quarter,
    issue: &Issue,
    ask: &Ask,
    context: &Context,
) -> Result<(), Failure> {
    ask.show.validate()?;
    let asked = IssueQuarter {
        year,
        quarter,
        as_at: ask.lens(context).as_at,
        by: context.by.clone(),
        reference: issue.reference.clone(),
        note: issue.note.clone(),
        override_reason: issue.override_reason.clone(),
    };
    let mut book = Book::open(&context.book, Access::Write)?;
    let issued = book.issue_quarter(
        &asked,
        context.now,
        if issue.dry_run {
            Commit::DryRun
        } else {
            Commit::Keep
        },
    )?;
    // As it will be known when it is asked for again: with its own entry, which its JSON alone
    // cannot speak of.
    let shown = book
        .origin(issued.report.lens.known_at)
        .map_err(Failure::from)
        .and_then(|origin| ask.show.paper(&issued.report, origin, context));
    let program = &context.program;
    for entry in &issued.recorded.entries {
        let title = Issued::title(year, quarter);
        render::note(&match issue.dry_run {
            true => format!("would record entry {}: issue of {title}", entry.number),
            false => {
                let again = again(year, quarter, entry).replacen("crg", program, 1);
                format!(
                    "recorded entry {}: issue of {title}; the same again: {again}",
                    entry.number
                )
            }
        });
    }
    let again = issued
        .recorded
        .entries
        .first()
        .map(|entry| again(year, quarter, entry))
        .unwrap_or_default();
    shown.map_err(|failure| {
        if issue.dry_run {
            failure
        } else {
            failure.after_recording(&again)
        }
    })
}

/// The command that makes an issued report again, as the file whose fingerprint is on record.
fn again(year: FinancialYear, quarter: Quarter, Entry { on, recorded, .. }: &Entry) -> String {
    format!("crg report quarter {year} {quarter} --as-at {on} --known-at {recorded} --format json")
}

/// What of the entries changes a quarter whose report went out: allowed, and worth knowing.
pub(crate) fn changes(book: &Book, entries: &[Entry]) -> Vec<String> {
    let mut changed: BTreeMap<(FinancialYear, Quarter), (Issued, Vec<String>)> = BTreeMap::new();
    let years: BTreeSet<FinancialYear> = entries.iter().map(|entry| entry.year).collect();
    // The entries are recorded: where the reports cannot be read, there is nothing to note.
    let reports = years
        .into_iter()
        .flat_map(|year| book.issued(year).unwrap_or_default());
    for issued in reports {
        for entry in entries
            .iter()
            .filter(|entry| issued.is_changed_by(entry, named(book, entry).as_ref()))
        {
            let changed = changed
                .entry((issued.year, issued.quarter))
                .or_insert_with(|| (issued.clone(), Vec::new()));
            changed.1.push(entry.number.to_string());
        }
    }
    let note = |((year, quarter), (issued, numbers)): (
        (FinancialYear, Quarter),
        (Issued, Vec<String>),
    )| {
        let entries = match &numbers[..] {
            [one] => format!("entry {one} changes"),
            few if few.len() <= MAX_NAMED => format!("entries {} change", few.join(", ")),
            many => format!("{} entries, the first {}, change", many.len(), many[0]),
        };
        let report = format!(
            "which was reported as at {} (entry {})",
            issued.lens.as_at, issued.entry
        );
        format!("{entries} {quarter} of {year}, {report}: quarter reports from now on say so")
    };
    changed.into_iter().map(note).collect()
}

/// The entry that a reversal or an explanation names.
fn named(book: &Book, entry: &Entry) -> Option<Entry> {
    entry
        .event
        .refers_to()
        .and_then(|number| book.entry(number).ok().flatten())
}

/// So many entries are named one by one.
const MAX_NAMED: usize = 5;

/// Notes the same of all that was recorded after an entry, by a command that records many. It is
/// recorded: where the book cannot be read again, there is nothing to note.
pub(crate) fn note_changes_since(book: &Book, last: Option<EntryNumber>) {
    let entries = changing_since(book, last).unwrap_or_default();
    changes(book, &entries)
        .iter()
        .for_each(|note| render::note(note));
}

fn changing_since(book: &Book, last: Option<EntryNumber>) -> Result<Vec<Entry>, Error> {
    let mut reported = Vec::new();
    for year in book.years()? {
        reported.extend(book.issued(year)?);
    }
    let mut entries = Vec::new();
    if !reported.is_empty() {
        book.for_each_entry_after(last, |entry, _| {
            let named = named(book, &entry);
            entries.extend(Some(entry).filter(|entry| {
                reported
                    .iter()
                    .any(|issued| issued.is_changed_by(entry, named.as_ref()))
            }));
            Ok(())
        })?;
    }
    Ok(entries)
}

/// The last entry of a book.
pub(crate) fn last(book: &Book) -> Result<Option<EntryNumber>, Failure> {
    Ok(book.last_entry()?)
}
