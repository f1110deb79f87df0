//! The priorities of a year: those of `priorities.csv`, and what `scheme` entries make of them.

use crate::fold::journal::{Lens, standing};
use crate::model::{Entry, Event, FinancialYear, Priorities, Priority, SchemeChange};

/// The priorities as a year knows them, by scheme and code: those that were loaded, and what the
/// `scheme` entries of that year and earlier ones make of them. The entries are those and the
/// reversals, in any order.
pub fn priorities(loaded: Vec<Priority>, entries: Vec<Entry>, lens: Lens) -> Vec<Priority> {
    let mut changes = standing(entries, lens);
    changes.sort_by_key(|entry| (entry.year, entry.position()));
    let mut known = loaded;
    for entry in changes {
        let Event::Scheme {
            measure: scheme,
            code,
            title,
            value,
        } = entry.event
        else {
            continue;
        };
        match (value, code, title) {
            (SchemeChange::Begins, Some(code), Some(name)) => {
                let first_year = entry.year;
                begin(
                    &mut known,
                    Priority {
                        scheme,
                        code: code.to_string(),
                        name,
                        first_year,
                        last_year: None,
                    },
                );
            }
            (SchemeChange::Ends, code, _) => end(&mut known, &scheme, code.as_ref(), entry.year),
            (SchemeChange::Begins | SchemeChange::Holds(_), ..) => {}
        }
    }
    known.sort_by(|a, b| (&a.scheme, &a.code).cmp(&(&b.scheme, &b.code)));
    known
}

/// A priority begins. One that is in force already has another name from then on; one that would
/// have begun later begins now.
fn begin(known: &mut Vec<Priority>, new: Priority) {
    let year = new.first_year;
    let is_same = |one: &&mut Priority| {
        let has_ended = one.last_year.is_some_and(|last| last < year);
        one.scheme == new.scheme && one.code == new.code && !has_ended
    };
    match known.iter_mut().find(is_same) {
        Some(one) => {
            one.name = new.name;
            one.first_year = one.first_year.min(year);
        }
        None => known.push(new),
    }
}

/// A priority or, without a code, all of its scheme that are in force end with a year.
fn end(known: &mut [Priority], scheme: &str, code: Option<&Priorities>, year: FinancialYear) {
    for one in known {
        let is_meant = code.is_none_or(|code| code.has(&one.code));
        if one.scheme == scheme && is_meant && one.is_in_force(year) {
            one.last_year = Some(year);
        }
    }
}
