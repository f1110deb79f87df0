//! What is to be done by a day.

use crate::document::{Table, columns};
use crate::report::cycle::due::DueRow;
use crate::report::cycle::page::section::Section;

/// The deadlines that are not met, if there are any.
pub(super) fn due(unmet: &[DueRow]) -> Option<Section> {
    let table = Table::of("Deadlines", unmet).only(&columns![DueRow: title, deadline, status]);
    Some(Section {
        answer: "What is due".into(),
        table: table.filled()?,
        notes: Vec::new(),
    })
}
