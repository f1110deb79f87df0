//! What an entry says, under the names that a form has for it.

use crg::Entry;
use crg::format::visible;
use crg::model::{Column, Date, Input};
use maud::{Markup, html};

use crate::desk::kind_form::columns;
use crate::desk::labels::label;

/// What a table of entries and their sentences tell already.
const TOLD: [Column; 5] = [
    Column::Project,
    Column::Pot,
    Column::Amount,
    Column::On,
    Column::Year,
];

/// Each value of an entry beside its kind and who recorded it, in the order of the form.
pub(crate) fn said(entry: &Entry) -> Vec<(Column, &'static str, String)> {
    let (kind, cells) = (entry.event.kind(), entry.cells());
    let columns = columns(kind).into_iter().chain([Column::Override]);
    let filled = columns.filter_map(|column| {
        let text = cells.get(column).filter(|text| !text.is_empty())?;
        let shown = match (kind.input(column), entry.event.amount()) {
            (Input::Day, _) => text.parse::<Date>().ok().map(|day| day.long().to_string()),
            (Input::Amount, Some(amount)) => Some(amount.pounds().to_string()),
            _ => None,
        };
        let shown = shown.unwrap_or_else(|| visible(text));
        Some((column, label(kind, column), shown))
    });
    filled.collect()
}

/// All of it, as a list.
pub(crate) fn list(entry: &Entry, more: &Markup) -> Markup {
    html! {
        dl {
            @for (_, label, text) in said(entry) {
                div { dt { (label) ":" } " " dd { bdi { (text) } } }
            }
            (more)
        }
    }
}

/// What several entries say beside what a table tells, each in a line.
pub(crate) fn lines(entries: &[Entry]) -> Markup {
    let line = |entry: &Entry| {
        let rest = said(entry)
            .into_iter()
            .filter(|(column, ..)| !TOLD.contains(column));
        let rest: Vec<String> = rest
            .map(|(_, label, text)| format!("{label}: {text}"))
            .collect();
        (!rest.is_empty()).then(|| (entry.number, rest.join("; ")))
    };
    let lines: Vec<_> = entries.iter().filter_map(line).collect();
    html! {
        @if !lines.is_empty() {
            ul { @for (number, words) in lines { li { "Entry " (number) ". " bdi { (words) } } } }
        }
    }
}
