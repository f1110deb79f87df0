//! What was recorded, or would be, and where that leaves project, pot and year.

use crg::book::{Book, Commit, Recorded};
use crg::format::{html_blocks, visible};
use crg::{Date, Lens};
use maud::{Markup, PreEscaped, html};

use crate::desk::entry_values;
use crate::desk::visit::Visit;
use crate::recording::{line, pots_left};

/// A sentence and all that it says for one entry, a table for several; then what is left.
pub(crate) fn confirmation(
    book: &Book,
    recorded: &Recorded,
    commit: Commit,
    visit: &Visit,
) -> Markup {
    let left = pots_left(recorded);
    let several = || {
        // It is recorded: a name that cannot be read is no reason to fail.
        let names = book.latest_names(Lens::at(Date::MAX)).unwrap_or_default();
        let report = recorded.report(commit, names, &visit.desk.book, Vec::new());
        let verb = if commit == Commit::Keep {
            "Recorded"
        } else {
            "Would record"
        };
        let entries = recorded.entries.len();
        html! {
            p { (verb) " " (entries) " entries." }
            (PreEscaped(html_blocks(&report, None)))
            (entry_values::lines(&recorded.entries))
        }
    };
    html! {
        @match &recorded.entries[..] {
            [entry] => {
                (sentences(&line(entry, recorded, commit)))
                (entry_values::list(entry, &Markup::default()))
            },
            _ => (several()),
        }
        (sentences(&left))
    }
}

fn sentences(lines: &str) -> Markup {
    html! { @for line in lines.lines() { p { (visible(line)) } } }
}
