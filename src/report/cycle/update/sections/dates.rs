//! The section on what is due.

use crate::document::{Block, text};
use crate::report::cycle::due::DueRow;
use crate::report::cycle::update::report::UpdateReport;
use crate::report::cycle::update::sections::section::Section;

impl UpdateReport {
    /// The deadlines of the year that are not met, if there are any.
    pub(super) fn dates(&self) -> Option<Section> {
        let due = due(&self.due);
        let heading = text!["What is due in ", self.pots.year];
        (!due.is_empty()).then(|| Section::new(heading).with(due))
    }
}

/// Deadlines, one below the other, if there are any.
pub(super) fn due(rows: &[DueRow]) -> Vec<Block> {
    let late = rows.iter().filter(|row| row.is_late()).count();
    let lead = match (rows.len(), late) {
        (0, _) => return Vec::new(),
        (1, 0) => "The deadline to come is:",
        (_, 0) => "The deadlines to come are:",
        (1, _) => "A deadline has passed:",
        (all, late) if all == late => "Deadlines have passed:",
        _ => "The deadlines, the earliest first, are:",
    };
    let points = rows.iter().map(|row| row.sentence().sentence());
    vec![
        Block::Numbered(lead.into()),
        Block::Points(points.collect()),
    ]
}
