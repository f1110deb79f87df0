//! The frame of a chart, and the values that it is drawn from: the rows of a table and nothing else.
//! It has a description in words, and its rows are below it.

use maud::{Markup, html as markup};

use crate::document::{Cell, ColumnId, Table};
use crate::model::visible;
use crate::model::{Date, Money};

/// The width of a chart, in units of its own.
pub(super) const WIDTH: i128 = 300;

/// A chart of some height, with its description in words.
pub(super) fn picture(height: i128, description: &str, drawn: &Markup) -> Markup {
    let view_box = format!("0 0 {WIDTH} {height}");
    markup! {
        figure {
            svg role="img" aria-label=(visible(description)) viewBox=(view_box) { (drawn) }
        }
    }
}

/// The amounts of a column; any other cell is zero.
pub(super) fn amounts(table: &Table, column: ColumnId) -> Vec<Money> {
    let amount = |cell: &Cell| match cell {
        Cell::Money(amount) | Cell::Formula(amount, _) => *amount,
        _ => Money::ZERO,
    };
    table.column(column).map(amount).collect()
}

/// The days of a column.
pub(super) fn days(table: &Table, column: ColumnId) -> Vec<Date> {
    let day = |cell: &Cell| match cell {
        Cell::Day(day) => Some(*day),
        _ => None,
    };
    table.column(column).filter_map(day).collect()
}
