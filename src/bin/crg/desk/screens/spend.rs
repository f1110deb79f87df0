//! Spend: what was paid, and the way to enter more.

use maud::html;

use crate::desk::answer::{Answer, Page};
use crate::desk::screens::question::{another_year, report};
use crate::desk::values::address;
use crate::desk::visit::{Visit, unreadable};
use crate::failure::Stop;
use crate::options::answered;

pub(crate) fn show(visit: &Visit) -> Result<Answer, Stop> {
    let book = visit.open()?;
    let (year, lens) = (visit.year(&book)?, visit.lens()?);
    let project = visit.values.given("project").map(|given| {
        let project = given.parse();
        project.map_err(|error| unreadable(given, error))
    });
    let project: Option<crg::ProjectRef> = project.transpose()?;
    let answered = answered(&book, lens, |book, lens| {
        book.spend(year, project.as_ref(), lens)
    })?;
    let year_text = year.to_string();
    let enter = |kind: &str| {
        let project = project
            .as_ref()
            .map(|project| ("project", project.as_str()));
        let values = [("kind", kind), ("year", year_text.as_str())]
            .into_iter()
            .chain(project);
        address("/enter", &values.collect::<Vec<_>>())
    };
    let body = html! {
        (report(&answered.paper()))
        @if !visit.desk.is_read_only {
            p {
                a class="button main" href=(enter("spend")) { "Record spend" }
                a class="button" href=(enter("refund")) { "Record a refund" }
                a class="button" href="/import" { "Import from a ledger" }
            }
        }
        p {
            "To put an entry right, "
            a href=(address("/log", &[("year", &year_text), ("kind", "spend")])) { "find it in the record" } "."
        }
        (another_year(&book, year, "/spend")?)
    };
    Ok(Page::new(format!("Spend, {year}"), body).into())
}
