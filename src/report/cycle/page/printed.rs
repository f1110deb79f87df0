//! Whether the papers' figures agree with the book.

use crate::document::{Report, Table, counted, text};
use crate::report::control::reconcile::{ReconcileReport, ReconcileRow};
use crate::report::cycle::page::section::Section;

/// The printed figures that do not agree.
pub(super) fn printed(printed: &ReconcileReport) -> Section {
    let rows = printed.rows.iter();
    let differing: Vec<&ReconcileRow> = rows.filter(|row| !row.difference.is_zero()).collect();
    let figures = |count| counted(count, "printed figure");
    Section {
        answer: match (printed.rows.len(), differing.len()) {
            (0, _) => "No printed figure is on record".into(),
            (1, 0) => "The one printed figure agrees with the book".into(),
            (all, 0) => text!["All ", figures(all), " agree with the book"],
            (_, 1) => "1 printed figure differs from the book".into(),
            (_, some) => text![figures(some), " differ from the book"],
        },
        table: Table::of("Printed figures that disagree", differing.iter().copied()),
        notes: printed.notes(),
    }
}
