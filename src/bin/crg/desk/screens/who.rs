//! Who records: a name that each entry keeps, until the desk ends.

use crg::format::visible;
use crg::model::{Cells, Column};
use maud::html;

use crate::desk::answer::{Answer, Page};
use crate::desk::fields::{Control, Field, hidden};
use crate::desk::problem::Problem;
use crate::desk::values::address;
use crate::desk::visit::Visit;
use crate::failure::Stop;

/// Where it is asked for.
pub(crate) const PATH: &str = "/who";
/// The address from which somebody came, and to which the change leads back.
const BACK: &str = "back";
/// Characters of such an address.
const MAX_BACK: usize = 2000;

/// The address of the question, from the page of a visit.
pub(crate) fn asked(visit: &Visit) -> String {
    let here = match visit.path.as_str() {
        PATH => back(visit).to_owned(),
        _ => visit.address(),
    };
    address(PATH, &[(BACK, &here)])
}

/// Where the change leads: to the page from which somebody came, but to no other site.
fn back(visit: &Visit) -> &str {
    let given = visit.values.get(BACK);
    let path = given.strip_prefix('/');
    let is_own = path.is_some_and(|path| !path.starts_with(['/', '\\']))
        && given.bytes().all(|byte| byte.is_ascii_graphic())
        && given.len() <= MAX_BACK;
    if is_own { given } else { "/" }
}

pub(crate) fn show(visit: &Visit) -> Result<Answer, Stop> {
    Ok(page(visit, None).into())
}

pub(crate) fn send(visit: &Visit) -> Result<Answer, Stop> {
    let name = visit.values.get("by");
    let mut cells = Cells::default();
    cells.set(Column::By, name);
    let is_too_long = name.chars().count() > Column::By.max_chars();
    let is_plain = cells.new_text_faults().is_empty() && !name.chars().any(char::is_control);
    if name.is_empty() || is_too_long || !is_plain {
        let words = format!(
            "Please give a name of 1 to {} characters",
            Column::By.max_chars()
        );
        return Ok(page(visit, Some(Problem::of_field("by", words))).into());
    }
    visit.desk.session.set_by(name);
    Ok(Answer::Redirect(back(visit).to_owned()))
}

fn page(visit: &Visit, problem: Option<Problem>) -> Page {
    let field = Field::new("by", "Name", Control::Line(Vec::new()))
        .hint("A role or a team is enough, such as Community Safety Team.");
    let mut values = visit.values.clone();
    if visit.context.is_by_given {
        values.default_to("by", visit.context.by.clone());
    }
    let fields = [field];
    let body = html! {
        @if let Some(problem) = &problem { (problem.summary(&fields, visit)) }
        h1 id="title" { "Who records" }
        p { "Each entry keeps who recorded it. It is now " bdi { (visible(&visit.context.by)) } "." }
        form method="post" action=(PATH) {
            (hidden(BACK, back(visit)))
            @for field in &fields {
                (field.show(&values, problem.as_ref().and_then(|problem| problem.at(field))))
            }
            button class="main" { "Change" }
        }
    };
    Page::new("Who records", body)
}
