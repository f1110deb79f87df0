//! One entry: all that it says, and the ways to put it right.

use crg::Error;
use crg::format::visible;
use crg::model::EntryNumber;
use maud::html;

use crate::desk::answer::{Answer, Page};
use crate::desk::entry_values;
use crate::desk::values::address;
use crate::desk::visit::{Visit, unreadable};
use crate::failure::Stop;

pub(crate) fn show(visit: &Visit) -> Result<Answer, Stop> {
    let (book, given) = (visit.open()?, visit.values.get("entry"));
    let number: EntryNumber = given.parse().map_err(|error| unreadable(given, error))?;
    let entry = book.entry(number)?;
    let entry = entry.ok_or(Error::NoSuchEntry { entry: number })?;
    let (kind, number) = (entry.event.kind(), number.to_string());
    let recorded = html! {
        div { dt { "Recorded by:" } " " dd { bdi { (visible(&entry.by)) } } }
        div { dt { "Recorded on:" } " " dd { (entry.recorded.date().long()) } }
    };
    let body = html! {
        h1 id="title" { "Entry " (number) ": " (kind) }
        (entry_values::list(&entry, &recorded))
        @if kind.is_reversible() && !visit.desk.is_read_only {
            p {
                a class="button" href=(address("/correct", &[("entry", &number)])) { "Correct it" }
                a class="button" href=(address("/reverse", &[("entries", &number)])) { "Reverse it" }
            }
        }
        @if let Some(project) = entry.event.project() {
            @let year = entry.year.to_string();
            p {
                a href=(address("/project", &[("project", project.as_str()), ("year", &year)])) {
                    "See " (project)
                }
            }
        }
        p { a href="/log" { "Back to the record" } }
    };
    Ok(Page::new(format!("Entry {number}"), body).into())
}
