//! The priority schemes, as `scheme` entries change what a file of priorities held.

use crate::fold::journal::{Lens, standing};
use crate::model::{Entry, Event, FinancialYear, Priorities, Priority, SchemeChange};

/// The priorities that were loaded, as the `scheme` entries that count through the lens change
/// them, by scheme and code. Entries are taken by grant year, then in fold order.
pub fn priorities(mut known: Vec<Priority>, entries: Vec<Entry>, lens: Lens) -> Vec<Priority> {
    let mut changes = standing(entries, lens);
    changes.sort_by_key(|entry| (entry.year, entry.position()));
    for entry in changes {
        if let Event::Scheme {
            measure,
            code,
            title,
            value,
        } = entry.event
        {
            match value {
                SchemeChange::Begins => begin(&mut known, entry.year, measure, code, title),
                SchemeChange::Ends => end(&mut known, entry.year, &measure, code.as_ref()),
                SchemeChange::Holds(_) => {}
            }
        }
    }
    known.sort_by(|one, other| (&one.scheme, &one.code).cmp(&(&other.scheme, &other.code)));
    known
}

/// Adds a priority from its first year on, in place of the one that had its code.
fn begin(
    known: &mut Vec<Priority>,
    first_year: FinancialYear,
    scheme: String,
    code: Option<Priorities>,
    name: Option<String>,
) {
    let (Some(code), Some(name)) = (code, name) else {
        return;
    };
    let code = code.to_string();
    known.retain(|priority| priority.code != code);
    known.push(Priority {
        scheme,
        code,
        name,
        first_year,
        last_year: None,
    });
}

/// Gives a priority of a scheme, or all of them, their last year.
fn end(known: &mut [Priority], last_year: FinancialYear, scheme: &str, code: Option<&Priorities>) {
    let ending = known.iter_mut().filter(|priority| {
        priority.scheme == scheme && code.is_none_or(|code| code.has(&priority.code))
    });
    for priority in ending {
        priority.last_year = Some(last_year);
    }
}
