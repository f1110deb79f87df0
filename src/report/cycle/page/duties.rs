//! What is to be done by a day.

use crate::document::{Table, columns, counted, text};
use crate::report::cycle::due::DueRow;
use crate::report::cycle::page::section::Section;

/// The deadlines that are not met, if there are any.
pub(super) fn due(unmet: &[DueRow]) -> Option<Section> {
    let next = unmet.iter().find(|row| !row.is_late());
    let late = unmet.iter().filter(|row| row.is_late()).count();
    let answer = match (late, next) {
        (0, None) => return None,
        (0, Some(next)) => text!["The next deadline is ", next.deadline],
        (1, _) => "1 deadline has passed unmet".into(),
        (late, _) => text![counted(late, "deadline"), " have passed unmet"],
    };
    let table = Table::of("Deadlines", unmet);
    Some(Section {
        answer,
        table: table.only(&columns![DueRow: title, deadline, status]),
        notes: Vec::new(),
    })
}
