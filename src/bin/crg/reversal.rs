//! Which entries are to be reversed, as people name them, and the drafts that reverse them.

use std::cmp::Reverse;
use std::str::FromStr;

use crg::book::Book;
use crg::model::Moment;
use crg::{Entry, EntryNumber, Error, Refusal};

/// Entries from a number to another; both are included.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Range {
    first: EntryNumber,
    last: EntryNumber,
}

#[derive(Debug, thiserror::Error)]
#[error("an entry number such as 12, or a range such as 20-22")]
pub(crate) struct RangeError;

impl FromStr for Range {
    type Err = RangeError;

    fn from_str(text: &str) -> Result<Range, RangeError> {
        let number = |text: &str| text.trim().parse().map_err(|_| RangeError);
        let (first, last) = text.split_once(['-', '–']).unwrap_or((text, text));
        let (first, last) = (number(first)?, number(last)?);
        if first > last {
            Err(RangeError)
        } else {
            Ok(Range { first, last })
        }
    }
}

/// The entries of some ranges, newest first: what was recorded later may depend on what was recorded
/// earlier.
pub(crate) fn entries(book: &Book, ranges: &[Range]) -> Result<Vec<Entry>, Error> {
    let ranges = ranges.iter();
    let numbers = ranges.flat_map(|range| range.first.0..=range.last.0);
    newest_first(book, numbers.map(EntryNumber))
}

/// All entries that the command which recorded this one recorded, newest first.
pub(crate) fn of_command(book: &Book, entry: EntryNumber) -> Result<Vec<Entry>, Error> {
    newest_first(book, book.command_of(entry)?)
}

fn newest_first(
    book: &Book,
    numbers: impl IntoIterator<Item = EntryNumber>,
) -> Result<Vec<Entry>, Error> {
    let known = |entry| book.entry(entry)?.ok_or(Error::NoSuchEntry { entry });
    let entries: Result<Vec<Entry>, Error> = numbers.into_iter().map(known).collect();
    let mut entries = entries?;
    entries.sort_by_key(|entry| Reverse(entry.number));
    entries.dedup_by_key(|entry| entry.number);
    Ok(entries)
}

/// What must be reversed too, newest first, if a refusal is because of entries that depend on these.
pub(crate) fn with_dependants(
    book: &Book,
    entries: &[Entry],
    refusal: &Refusal,
    now: Moment,
) -> Option<Vec<EntryNumber>> {
    let is_in_the_way = matches!(
        refusal,
        Refusal::BreaksLater { .. } | Refusal::Overdrawn { .. } | Refusal::MoreThanReturned { .. }
    );
    let asked: Vec<EntryNumber> = entries.iter().map(|entry| entry.number).collect();
    let all = is_in_the_way.then(|| book.with_dependants(&asked, now));
    all?.ok()
}

/// Entries that are sorted newest first, as they are typed: `25 15-19`.
pub(crate) fn ranges(entries: &[EntryNumber]) -> Vec<String> {
    let runs = entries.chunk_by(|newer, older| newer.0 == older.0.saturating_add(1));
    runs.flat_map(|run| match run {
        [last, .., first] => vec![format!("{first}-{last}")],
        run => run.iter().map(ToString::to_string).collect(),
    })
    .collect()
}
