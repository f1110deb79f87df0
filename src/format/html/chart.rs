//! Pictures of tables, drawn from their rows and nothing else. Each has a description in words, and
//! its rows are beside it.

mod bars;
mod picture;
mod steps;

use maud::Markup;

use crate::document::{Drawing, Table};

/// The picture of a table that has rows and a drawing.
pub(super) fn chart(table: &Table) -> Option<Markup> {
    if table.rows.is_empty() {
        return None;
    }
    match table.drawing? {
        Drawing::Large => None,
        Drawing::Parts { label, amount } => Some(bars::parts(table, label, amount)),
        Drawing::Within { label, part, whole } => Some(bars::within(table, label, part, whole)),
        Drawing::Steps {
            day,
            balance,
            year,
            until,
        } => Some(steps::steps(table, day, balance, year, until)),
    }
}
