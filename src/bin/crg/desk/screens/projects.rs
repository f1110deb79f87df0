//! Projects: by stage, with what each asks and waits for.

use crg::format::visible;
use crg::model::{Kind, Stage};
use crg::report::ProjectRow;
use maud::{Markup, html};

use crate::desk::answer::{Answer, Page};
use crate::desk::problem::capital;
use crate::desk::screens::question::another_year;
use crate::desk::values::address;
use crate::desk::visit::Visit;
use crate::failure::Stop;

pub(crate) fn show(visit: &Visit) -> Result<Answer, Stop> {
    let book = visit.open()?;
    let (year, lens) = (visit.year(&book)?, visit.lens()?);
    let projects = book.projects(year, lens)?.rows;
    let year_text = year.to_string();
    let propose = address("/enter", &[("kind", "propose"), ("year", &year_text)]);
    let body = html! {
        h1 id="title" { "Projects of " (year) }
        @if !visit.desk.is_read_only {
            p {
                a class="button main" href=(propose) { "Record a proposal" }
                @if projects.iter().any(|project| project.status.is_pending()) {
                    a class="button" href=(address("/meeting", &[("year", &year_text)])) { "Decide what waits" }
                }
            }
        }
        @for stage in Stage::ALL {
            @let of_stage: Vec<&ProjectRow> =
                projects.iter().filter(|project| project.status == *stage).collect();
            @if !of_stage.is_empty() { (stage_table(*stage, &of_stage, &year_text)) }
        }
        @if projects.is_empty() { p { "No project has been proposed." } }
        (another_year(&book, year, "/projects")?)
    };
    Ok(Page::new(format!("Projects, {year}"), body).into())
}

fn stage_table(stage: Stage, projects: &[&ProjectRow], year: &str) -> Markup {
    let id = format!("stage-{stage}");
    html! {
        h2 id=(id) { (capital(stage.as_str())) }
        @if let Some(waits) = waits_for(stage) { p { (waits) } }
        div class="scroller" role="group" tabindex="0" aria-labelledby=(id) {
            table aria-labelledby=(id) {
                thead role="rowgroup" {
                    tr role="row" {
                        @for heading in ["Project", "Lead", "Pot"] {
                            th role="columnheader" scope="col" { (heading) }
                        }
                        @for heading in ["Asked", "Award", "Spent", "Unspent"] {
                            th role="columnheader" scope="col" class="right" { (heading) }
                        }
                    }
                }
                tbody role="rowgroup" { @for project in projects { (row(project, year)) } }
            }
        }
    }
}

fn row(project: &ProjectRow, year: &str) -> Markup {
    let reference = project.project.to_string();
    let link = address("/project", &[("project", &reference), ("year", year)]);
    html! {
        tr role="row" {
            th role="rowheader" scope="row" {
                a href=(link) { (reference) ", " bdi { (visible(&project.title)) } }
            }
            td role="cell" data-heading="Lead" { bdi { (visible(&project.lead)) } }
            td role="cell" data-heading="Pot" { (project.pot.in_column()) }
            @for (heading, amount) in [
                ("Asked", project.requested), ("Award", project.award), ("Spent", project.spent),
                ("Unspent", project.unspent),
            ] {
                td role="cell" class="right" data-heading=(heading) { (amount.pounds()) }
            }
        }
    }
}

/// What the projects of a stage wait for: the steps that the stage allows.
fn waits_for(stage: Stage) -> Option<String> {
    let is_next =
        |kind: &&Kind| Stage::before(**kind).is_some_and(|stages| stages.contains(&stage));
    let next: Vec<&str> = Kind::ALL
        .iter()
        .filter(is_next)
        .map(|kind| kind.noun())
        .collect();
    let (last, others) = next.split_last()?;
    stage.is_pending().then(|| match others {
        [] => format!("Waiting for {last}."),
        others => format!("Waiting for {} or {last}.", others.join(", ")),
    })
}
