//! What was recorded, after the button was pressed.

use crate::desk::answer::{Answer, Page};
use crate::desk::values::address;
use crate::desk::visit::Visit;
use crate::failure::Stop;

/// The page of what was recorded while this desk is open; after that, the record shows it.
pub(crate) fn show(visit: &Visit) -> Result<Answer, Stop> {
    let page = address("/recorded", &[("entry", visit.values.get("entry"))]);
    Ok(match visit.desk.results.get(&page) {
        Some(body) => Page::new("Recorded", body).into(),
        None => Answer::Redirect(address("/entry", &[("entry", visit.values.get("entry"))])),
    })
}
