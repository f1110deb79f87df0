//! Health: whether the book is sound, its safety copies, and how to make one.

use std::path::Path;

use crg::book::CheckOptions;
use crg::format::visible;
use crg::report::{CheckReport, Finding};
use crg::{Access, Book, Error};
use maud::{Markup, html};

use crate::desk::answer::{Answer, Page};
use crate::desk::fields::hidden;
use crate::desk::safety_copies::beside;
use crate::desk::screens::question::{figures, heading};
use crate::desk::seen::TOKEN;
use crate::desk::values::address;
use crate::desk::visit::Visit;
use crate::failure::Stop;
use crate::safety_copy::name;

/// How many copies are opened to be compared.
const MAX_SHOWN: usize = 12;

/// A file beside the book, and what of the book is in it.
struct Copy {
    name: String,
    holds: String,
}

pub(crate) fn show(visit: &Visit) -> Result<Answer, Stop> {
    Ok(page(visit, &Markup::default())?.into())
}

/// Makes a safety copy, once for each time that its button was shown.
pub(crate) fn send(visit: &Visit) -> Result<Answer, Stop> {
    let given = visit.values.get(TOKEN);
    if !visit.desk.forms.is_own(given) {
        let notice = html! {
            div class="notice" role="alert" { p { "No copy was made. Please press the button again." } }
        };
        return Ok(page(visit, &notice)?.into());
    }
    let made = visit.desk.forms.once(given, || {
        let name = name(&visit.desk.book, visit.context.now);
        visit
            .open()?
            .back_up(&visit.desk.book.with_file_name(&name))?;
        Ok::<_, Error>(address("/health", &[("made", &name)]))
    });
    Ok(Answer::Redirect(made?))
}

fn page(visit: &Visit, notice: &Markup) -> Result<Page, Stop> {
    let book = visit.open()?;
    let checked = book.check_with(CheckOptions {
        head: None,
        note: None,
        today: Some(visit.context.today),
        now: Some(visit.context.now),
    });
    let copies = beside(&visit.desk.book);
    let made = visit.values.get("made");
    let is_made = copies.iter().any(|copy| file_name(copy) == made);
    let shown = copies.iter().take(MAX_SHOWN).map(|copy| of(&book, copy));
    let shown = shown.collect::<Result<Vec<_>, Error>>()?;
    let conflicted = book.conflicted_copies();
    let body = html! {
        (notice)
        @if is_made {
            div class="notice done" role="status" {
                p { "The safety copy " strong { (visible(made)) } " is made and checked. It is beside the book." }
            }
        }
        (heading(&checked))
        (checks(checked))
        h2 id="copies" { "Safety copies beside the book" }
        @if copies.is_empty() { p { "There is none." } }
        @else { (table(&shown)) }
        @if copies.len() > shown.len() { p { "The folder has " (copies.len()) "; these are the newest." } }
        @if !conflicted.is_empty() {
            div class="notice" {
                h2 { "Another copy of the book may hold entries that the book does not" }
                p { "A program that keeps folders alike has left it. Please have the two compared before you go on." }
                ul { @for copy in &conflicted { li { bdi { (visible(&file_name(copy))) } } } }
            }
        }
        @if !visit.desk.is_read_only {
            form method="post" action="/health" {
                (hidden(TOKEN, &visit.desk.forms.mint()?))
                button class="main" { "Make a safety copy" }
                p { "It gets its name from the day and the time. Keep one in another place too." }
            }
        }
    };
    Ok(Page::new("Health", body))
}

/// What the checks found, the most serious first; then, folded, those that found nothing.
fn checks(checked: CheckReport) -> Markup {
    let worst = checked.worst();
    let (found, passed) = checked.parted();
    html! {
        @match worst {
            Finding::Ok => p { "The book is in order: no faults and no warnings." },
            Finding::Warning => p { "The book is in order: no faults. Please look at the warnings." },
            Finding::Fault => p { "The book is not in order. Please look at the faults." },
        }
        @if worst != Finding::Ok { (figures(&found)) }
        details {
            summary { (passed.len()) " checks found nothing wrong" }
            ul { @for row in &passed { li { (row.check) ": " (visible(&row.looked_at)) } } }
        }
    }
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// What of the book is in a copy.
fn of(book: &Book, path: &Path) -> Result<Copy, Error> {
    let name = file_name(path);
    let copy =
        Book::open(path, Access::Read).and_then(|copy| Ok((copy.last_entry()?, copy.head()?)));
    let holds = match copy {
        Err(_) => "It cannot be read".to_owned(),
        Ok((None, _)) => "No entry".to_owned(),
        Ok((Some(last), head)) => {
            let known = book.entry_with(head)?;
            match (known, book.last_entry()?) {
                (Some(_), Some(newest)) if newest == last => format!("All {last} entries"),
                (Some(_), Some(newest)) => format!("Entries 1 to {last} of {newest}"),
                _ => "Other entries than the book".to_owned(),
            }
        }
    };
    Ok(Copy { name, holds })
}

fn table(copies: &[Copy]) -> Markup {
    html! {
        table aria-labelledby="copies" {
            thead role="rowgroup" {
                tr role="row" {
                    th role="columnheader" scope="col" { "File" }
                    th role="columnheader" scope="col" { "Holds" }
                }
            }
            tbody role="rowgroup" {
                @for copy in copies {
                    tr role="row" {
                        th role="rowheader" scope="row" class="long" { bdi { (visible(&copy.name)) } }
                        td role="cell" data-heading="Holds" { (copy.holds) }
                    }
                }
            }
        }
    }
}
