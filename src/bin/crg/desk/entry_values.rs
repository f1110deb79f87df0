//! The values of an entry, under the names that a form has for them.

use crg::Entry;
use crg::format::visible;
use crg::model::{Column, Date, Input};
use maud::{Markup, html};

use crate::desk::kind_form::columns;
use crate::desk::labels::label;

/// The columns that a table of entries shows already.
const IN_TABLE: [Column; 5] = [
    Column::Project,
    Column::Pot,
    Column::Amount,
    Column::On,
    Column::Year,
];

/// Each value of an entry beside its kind and who recorded it, in the order of the form.
pub(crate) fn values(entry: &Entry) -> Vec<(Column, &'static str, String)> {
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

/// All values of an entry, and more after them, as a list.
pub(crate) fn list(entry: &Entry, more: &Markup) -> Markup {
    html! {
        dl {
            @for (_, label, text) in values(entry) {
                div { dt { (label) ":" } " " dd { bdi { (text) } } }
            }
            (more)
        }
    }
}

/// The values of several entries that a table does not show, each entry on a line.
pub(crate) fn lines(entries: &[Entry]) -> Markup {
    let line = |entry: &Entry| {
        let rest = values(entry)
            .into_iter()
            .filter(|(column, ..)| !IN_TABLE.contains(column));
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
