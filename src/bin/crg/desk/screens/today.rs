//! Today: the chair's page, live.

use maud::html;

use crate::desk::answer::{Answer, Page};
use crate::desk::screens::question::{another_day, report};
use crate::desk::values::address;
use crate::desk::visit::Visit;
use crate::failure::Stop;
use crate::options::answered;

pub(crate) fn show(visit: &Visit) -> Result<Answer, Stop> {
    let book = visit.open()?;
    if book.years()?.is_empty() {
        return Ok(empty(visit).into());
    }
    let (year, lens) = (visit.year(&book)?, visit.lens()?);
    let answered = answered(&book, lens, |book, lens| book.page(year, lens))?;
    let body = html! {
        (report(&answered.paper()))
        (another_day(&book, year, "/", visit)?)
    };
    Ok(Page::new(format!("Today, {year}"), body).into())
}

/// A book in which no year is open.
fn empty(visit: &Visit) -> Page {
    let year = crg::FinancialYear::containing(visit.context.today).to_string();
    let body = html! {
        h1 id="title" { "An empty book" }
        p { "No grant year is open yet. A year begins with what the OPCC allocates." }
        @if !visit.desk.is_read_only {
            a class="button main" href=(address("/open", &[("year", &year)])) { "Open a year" }
        }
    };
    Page::new("An empty book", body)
}
