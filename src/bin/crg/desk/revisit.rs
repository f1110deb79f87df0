//! Coming back: every form has an address of its own, and so has every answer to one. A browser's
//! Back and Reload find what was typed and what was answered, and never ask to send a form again.

use crate::desk::answer::Answer;
use crate::desk::memory::Kept;
use crate::desk::problem;
use crate::desk::random::secret;
use crate::desk::values::address;
use crate::desk::visit::Visit;
use crate::failure::{Failure, Stop};

/// The name under which what is typed into a form is kept.
pub(crate) const FORM: &str = "form";
/// The name under which the answer to a form is kept.
const PAGE: &str = "page";

/// What a screen makes of a visit. It may block.
pub(crate) type Screen = fn(&Visit) -> Result<Answer, Stop>;

/// A form: as it was left, if it was sent before, or else as `show` makes it.
pub(crate) fn show(visit: &Visit, show: Screen) -> Result<Answer, Stop> {
    let values = &visit.values;
    let Some(name) = values.given(PAGE).or(values.given(FORM)) else {
        return start(visit, show);
    };
    match visit.desk.memory.get(name).as_deref() {
        Some(Kept::Page(page)) => Ok(page.clone().into()),
        Some(Kept::Typed(typed)) => {
            let mut visit = Visit::again(visit);
            visit.values = typed.clone();
            show(&visit)
        }
        None if values.has(PAGE) => {
            let words = "the page is no longer in the memory of the desk; please begin it again";
            Err(Failure::command_line(words).into())
        }
        None => show(visit),
    }
}

/// A form that nobody has typed into gets its address. At a desk to read only nobody will.
fn start(visit: &Visit, show: Screen) -> Result<Answer, Stop> {
    if visit.desk.is_read_only {
        return show(visit);
    }
    let form = secret()?;
    let asked = visit.values.all().chain([(FORM, form.as_str())]);
    let asked: Vec<(&str, &str)> = asked.collect();
    Ok(Answer::Redirect(address(&visit.path, &asked)))
}

/// The answer to a form that was sent: its address, unless it is too large to be kept.
pub(crate) fn send(visit: &Visit, send: Screen) -> Result<Answer, Stop> {
    let mut visit = Visit::again(visit);
    let memory = &visit.desk.memory;
    if let Some(form) = visit.values.given(FORM) {
        let typed = Kept::Typed(visit.values.clone());
        // What is too large to be kept is typed again.
        let _ = memory.keep(form, typed);
    }
    let name = secret()?;
    visit.values.set(FORM, name.as_str());
    let answer = send(&visit).unwrap_or_else(|stop| problem::page(&visit, stop).into());
    let Answer::Page(page) = answer else {
        return Ok(answer);
    };
    if let Err(Kept::Page(page)) = visit.desk.memory.keep(&name, Kept::Page(page)) {
        return Ok(page.into());
    }
    let year = visit.values.given("year").map(|year| ("year", year));
    let asked = year.into_iter().chain([(PAGE, name.as_str())]);
    let asked: Vec<(&str, &str)> = asked.collect();
    Ok(Answer::Redirect(address(&visit.path, &asked)))
}
