//! What was recorded, after the button was pressed.

use crate::desk::answer::Answer;
use crate::desk::memory::Kept;
use crate::desk::values::address;
use crate::desk::visit::Visit;
use crate::failure::Stop;

/// The page of what was recorded while this desk is open; after that, the record shows it.
pub(crate) fn show(visit: &Visit) -> Result<Answer, Stop> {
    let page = address("/recorded", &[("entry", visit.values.get("entry"))]);
    Ok(match visit.desk.memory.get(&page).as_deref() {
        Some(Kept::Page(page)) => page.clone().into(),
        _ => Answer::Redirect(address("/entry", &[("entry", visit.values.get("entry"))])),
    })
}
