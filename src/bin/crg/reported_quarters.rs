//! Which quarters that were already reported are changed by new entries. That is allowed, and worth
//! knowing.

use std::collections::{BTreeMap, BTreeSet};

use crg::Error;
use crg::book::Book;
use crg::model::{Entry, EntryNumber, FinancialYear};
use crg::report::Issued;

use crate::context::Context;

/// The most entries that are named one by one.
const MAX_NAMED: usize = 5;

/// A note for each reported quarter that the entries change.
pub(crate) fn changed_by(book: &Book, entries: &[Entry]) -> Vec<String> {
    let years: BTreeSet<FinancialYear> = entries.iter().map(|entry| entry.year).collect();
    // The entries are recorded: if the reports cannot be read, there is nothing to note.
    let reports = years
        .into_iter()
        .flat_map(|year| book.issued(year).unwrap_or_default());
    let mut changed: BTreeMap<_, (Issued, Vec<EntryNumber>)> = BTreeMap::new();
    for issued in reports {
        let changes = |entry: &&Entry| issued.is_changed_by(entry, named(book, entry).as_ref());
        let changing = entries.iter().filter(changes);
        let numbers: Vec<EntryNumber> = changing.map(|entry| entry.number).collect();
        if !numbers.is_empty() {
            let quarter = (issued.year, issued.quarter);
            let (_, all) = changed
                .entry(quarter)
                .or_insert_with(|| (issued, Vec::new()));
            all.extend(numbers);
        }
    }
    changed
        .values()
        .map(|(issued, numbers)| note(issued, numbers))
        .collect()
}

fn note(issued: &Issued, numbers: &[EntryNumber]) -> String {
    let listed: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    let entries = match &listed[..] {
        [one] => format!("entry {one} changes"),
        few if few.len() <= MAX_NAMED => format!("entries {} change", few.join(", ")),
        many => format!("{} entries, the first {}, change", many.len(), many[0]),
    };
    format!(
        "{entries} {} of {}, which was reported as at {} (entry {}); quarter reports now say so",
        issued.quarter,
        issued.year,
        issued.lens.as_at.long(),
        issued.entry
    )
}

/// The entry that a reversal or an explanation names.
fn named(book: &Book, entry: &Entry) -> Option<Entry> {
    let number = entry.event.refers_to()?;
    book.entry(number).ok().flatten()
}

/// Prints the same notes for all that a command recorded after an entry. It is recorded: if the book
/// cannot be read again, there is nothing to note.
pub(crate) fn print_changes_since(book: &Book, last: Option<EntryNumber>, context: &Context) {
    let entries = changing_since(book, last).unwrap_or_default();
    for note in changed_by(book, &entries) {
        context.output.note(&note);
    }
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
            let changes = |issued: &Issued| issued.is_changed_by(&entry, named.as_ref());
            if reported.iter().any(changes) {
                entries.push(entry);
            }
            Ok(())
        })?;
    }
    Ok(entries)
}
