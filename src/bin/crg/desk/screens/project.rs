//! A project: its story, and what can be recorded about it now.

use crg::ProjectRef;
use crg::format::visible;
use maud::html;

use crate::desk::answer::{Answer, Page};
use crate::desk::screens::question::{figures, heading};
use crate::desk::steps;
use crate::desk::values::address;
use crate::desk::visit::{Visit, unreadable};
use crate::failure::Stop;
use crate::options::answered;

pub(crate) fn show(visit: &Visit) -> Result<Answer, Stop> {
    let book = visit.open()?;
    let (year, lens) = (visit.year(&book)?, visit.lens()?);
    let given = visit.values.get("project");
    let project: ProjectRef = given.parse().map_err(|error| unreadable(given, error))?;
    let answered = answered(&book, lens, |book, lens| book.project(year, &project, lens))?;
    let values = [("project", project.as_str()), ("year", &year.to_string())];
    let paper = answered.paper();
    let body = html! {
        (heading(&paper))
        @if !visit.desk.is_read_only {
            h2 { "What can be recorded now" }
            (steps::show(&steps::of_project(&book, year, project.as_str(), visit)?, &values))
            p { a href=(address("/move", &values)) { "Move money from its award to another" } }
            p {
                "To put an entry right, " a href=(address("/log", &values)) { "find it in the record" } "."
            }
            h2 id="story" { "Its story" }
        }
        (figures(&paper))
    };
    let title = visible(&answered.report.project.title);
    Ok(Page::new(format!("{project}, {title}"), body).into())
}
