//! What the partnership, the funder and the grant are called in a year.

use crate::fold::journal::{Lens, standing};
use crate::model::{Entry, Event, Names};

/// The names in a year: those that the book began with, and what the `name` entries of that year
/// and earlier ones make of them. The entries are those and the reversals, in any order.
pub fn names(first: Names, entries: Vec<Entry>, lens: Lens) -> Names {
    let mut named = standing(entries, lens);
    named.sort_by_key(|entry| (entry.year, entry.position()));
    named
        .into_iter()
        .fold(first, |names, entry| match entry.event {
            Event::Name { measure, title } => names.with(measure, title),
            _ => names,
        })
}
