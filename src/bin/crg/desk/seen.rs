//! What a person saw before sending a form, and what has changed since.

use crg::format::visible;
use crg::model::EntryNumber;
use crg::{Book, Fingerprint};
use maud::{Markup, html};

use crate::desk::values::address;
use crate::desk::visit::Visit;
use crate::failure::Stop;

/// The token with which a form records once.
pub(crate) const TOKEN: &str = "token";
/// The end of the book that the person saw.
pub(crate) const HEAD: &str = "head";
/// Who records, as the person saw it.
pub(crate) const BY: &str = "by";

/// Returns `true` if this run of the desk made the form, and it names the one who records now.
pub(crate) fn is_as_seen(visit: &Visit) -> bool {
    visit.desk.forms.is_own(visit.values.get(TOKEN))
        && visit.values.get(BY) == visit.context.by.trim()
}

/// What has changed since a person looked: the desk, who records, the book.
pub(crate) fn changes(visit: &Visit) -> Result<Markup, Stop> {
    let (seen, by) = (visit.values.get(BY), visit.context.by.trim());
    let book = visit.open()?;
    let head = visit.values.get(HEAD).parse::<Fingerprint>().ok();
    let head = head.filter(|head| book.head().is_ok_and(|now| now != *head));
    Ok(html! {
        div class="notice" role="alert" {
            h2 { "Please check again" }
            @if !visit.desk.forms.is_own(visit.values.get(TOKEN)) {
                p { "The desk was started again since you looked." }
            }
            @if seen != by {
                p {
                    "Who records has changed since you looked: it was "
                    bdi { (visible(seen)) } ", and is now " bdi { (visible(by)) } "."
                }
            }
            @if let Some(head) = head {
                p { "The book has changed since you looked" (recorded_since(&book, head)?) "." }
            }
            p { "Nothing of yours was recorded." }
        }
    })
}

/// The entries after the end of the book that a person saw, if the book still has that.
fn recorded_since(book: &Book, head: Fingerprint) -> Result<Markup, Stop> {
    let first = book.entry_with(head)?.and_then(EntryNumber::next);
    let Some((first, last)) = first.zip(book.last_entry()?) else {
        return Ok(Markup::default());
    };
    let log = address("/log", &[("from-entry", &first.to_string())]);
    Ok(html! {
        @if first == last {
            ": " a href=(log) { "entry " (first) } " was recorded meanwhile"
        } @else {
            ": " a href=(log) { "entries " (first) " to " (last) } " were recorded meanwhile"
        }
    })
}
