//! Which reports that went out are changed by new entries. That is allowed, and worth knowing.

use std::collections::{BTreeMap, BTreeSet};

use crg::Error;
use crg::book::Book;
use crg::model::{Entry, EntryNumber, FinancialYear};
use crg::report::{Issued, IssuedPaper};

use crate::context::Context;

/// The most entries that are named one by one.
const MAX_NAMED: usize = 5;

/// A report that went out: a quarter's, or a paper under another title.
enum Sent {
    Quarter(Issued),
    Paper(IssuedPaper),
}

impl Sent {
    /// The reports of a year.
    fn of(book: &Book, year: FinancialYear) -> Result<Vec<Sent>, Error> {
        let quarters = book.issued(year)?.into_iter().map(Sent::Quarter);
        let papers = book.issued_papers(year)?.into_iter().map(Sent::Paper);
        Ok(quarters.chain(papers).collect())
    }

    fn is_changed_by(&self, entry: &Entry, named: Option<&Entry>) -> bool {
        match self {
            Sent::Quarter(issued) => issued.is_changed_by(entry, named),
            Sent::Paper(paper) => paper.is_changed_by(entry, named),
        }
    }

    /// What new entries do to it.
    fn note(&self, numbers: &[EntryNumber]) -> String {
        let listed: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        let entries = match &listed[..] {
            [one] => format!("entry {one} changes"),
            few if few.len() <= MAX_NAMED => format!("entries {} change", few.join(", ")),
            many => format!("{} entries, the first {}, change", many.len(), many[0]),
        };
        match self {
            Sent::Quarter(issued) => format!(
                "{entries} {} of {}, which was reported as at {} (entry {}); quarter reports now say so",
                issued.quarter,
                issued.year,
                issued.lens.as_at.long(),
                issued.entry
            ),
            Sent::Paper(paper) => format!(
                "{entries} what \"{}\" reported as at {} (entry {})",
                crg::format::visible(&paper.title),
                paper.as_at.long(),
                paper.entry
            ),
        }
    }
}

/// A note for each report that went out and that the entries change.
pub(crate) fn changed_by(book: &Book, entries: &[Entry]) -> Vec<String> {
    let years: BTreeSet<FinancialYear> = entries.iter().map(|entry| entry.year).collect();
    // The entries are recorded: if the reports cannot be read, there is nothing to note.
    let reports = years
        .into_iter()
        .flat_map(|year| Sent::of(book, year).unwrap_or_default());
    let named: BTreeMap<EntryNumber, Entry> = entries
        .iter()
        .filter_map(|entry| Some((entry.number, named(book, entry)?)))
        .collect();
    let mut notes = Vec::new();
    for report in reports {
        let changes = |entry: &&Entry| report.is_changed_by(entry, named.get(&entry.number));
        let changing = entries.iter().filter(changes);
        let numbers: Vec<EntryNumber> = changing.map(|entry| entry.number).collect();
        if !numbers.is_empty() {
            notes.push(report.note(&numbers));
        }
    }
    notes
}

/// The entry that a reversal or an explanation names.
fn named(book: &Book, entry: &Entry) -> Option<Entry> {
    let number = entry.event.refers_to()?;
    book.entry(number).ok().flatten()
}

/// Prints those notes.
pub(crate) fn print_changes_since(book: &Book, last: Option<EntryNumber>, context: &Context) {
    for note in changed_since(book, last) {
        context.output.note(&note);
    }
}

/// The same notes for all that a command recorded after an entry. It is recorded: if the book cannot
/// be read again, there is nothing to note.
pub(crate) fn changed_since(book: &Book, last: Option<EntryNumber>) -> Vec<String> {
    changed_by(book, &changing_since(book, last).unwrap_or_default())
}

fn changing_since(book: &Book, last: Option<EntryNumber>) -> Result<Vec<Entry>, Error> {
    let mut reported = Vec::new();
    for year in book.years()? {
        reported.extend(Sent::of(book, year)?);
    }
    let mut entries = Vec::new();
    if !reported.is_empty() {
        book.for_each_entry_after(last, |entry, _| {
            let named = named(book, &entry);
            let changes = |issued: &Sent| issued.is_changed_by(&entry, named.as_ref());
            if reported.iter().any(changes) {
                entries.push(entry);
            }
            Ok(())
        })?;
    }
    Ok(entries)
}
