//! What each project has spent of its award.

use crate::document::{Drawing, Table, columns};
use crate::report::cycle::forecast::{ForecastReport, ForecastRow};
use crate::report::cycle::page::section::Section;

/// Spend and award, in the order of the forecast: projects without spend come first.
pub(super) fn spending(forecast: &ForecastReport) -> Option<Section> {
    let table = Table::of("Spent against award", &forecast.rows)
        .only(&columns![ForecastRow: project, title, spent, award, marks])
        .drawn(Drawing::Within {
            label: ForecastRow::COLUMN.title,
            part: ForecastRow::COLUMN.spent,
            whole: ForecastRow::COLUMN.award,
        });
    Some(Section {
        answer: "What each project has spent of its award".into(),
        table: table.filled()?,
        notes: Vec::new(),
    })
}
