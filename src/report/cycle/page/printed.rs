//! Whether the papers' figures agree with the book.

use crate::document::english::in_words;
use crate::document::{Table, Text, counted, declare, text};
use crate::model::Money;
use crate::report::control::reconcile::{ReconcileReport, ReconcileRow};
use crate::report::cycle::page::section::Section;

declare! {
    /// A printed figure that differs from the book.
    row PrintedFigure {
        figure: String => shown("Figure"),
        paper: String => shown("Paper"),
        printed: Money => shown("Printed"),
        computed: Money => shown("In the book"),
        difference: Money => shown("Difference"),
        explanation: String => shown("Explanation"),
    }
}

impl PrintedFigure {
    fn new(row: &ReconcileRow) -> PrintedFigure {
        let measure = in_words(row.measure.as_str());
        let explanation = row.explanation.as_deref().unwrap_or("not explained");
        PrintedFigure {
            figure: match &row.project {
                Some(project) => format!("{measure}, {project}"),
                None => measure,
            },
            paper: row.paper.clone(),
            printed: row.printed,
            computed: row.computed,
            difference: row.difference,
            explanation: explanation.to_owned(),
        }
    }
}

/// The printed figures that do not agree, if any figure was printed.
pub(super) fn printed(printed: &ReconcileReport) -> Option<Section> {
    let rows = printed.rows.iter();
    let differing = rows.filter(|row| !row.difference.is_zero());
    let differing: Vec<PrintedFigure> = differing.map(PrintedFigure::new).collect();
    Some(Section {
        answer: answer(printed.rows.len(), differing.len(), printed.unexplained)?,
        table: Table::of("Printed figures that disagree", &differing),
        notes: Vec::new(),
    })
}

fn answer(all: usize, differing: usize, unexplained: usize) -> Option<Text> {
    let figures = |count| counted(count, "printed figure");
    let differ = match differing {
        0 if all == 0 => return None,
        0 if all == 1 => return Some("The one printed figure agrees with the book".into()),
        0 => return Some(text!["All ", figures(all), " agree with the book"]),
        1 => text![figures(1), " differs from the book"],
        some => text![figures(some), " differ from the book"],
    };
    let unexplained = match unexplained {
        0 => ", with an explanation".to_owned(),
        all if all == differing => ", without an explanation".to_owned(),
        some => format!(", {some} of them without an explanation"),
    };
    Some(text![differ, unexplained])
}
