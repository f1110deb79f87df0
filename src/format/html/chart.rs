//! Pictures of tables, drawn from their rows and nothing else. Each says in words what it shows,
//! and its rows are beside it.

mod bars;
mod steps;

use maud::{Markup, html as markup};

use crate::document::{Cell, Drawing, Table};
use crate::format::bidi::visible;
use crate::model::{Date, Money};

/// How wide every picture is, in units of its own; a letter is twelve high.
const WIDTH: i128 = 300;

/// The picture of a table that has rows and says how it is drawn.
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

/// A picture of a height, with what it shows in words.
fn picture(height: i128, said: &str, drawn: &Markup) -> Markup {
    markup! {
        figure {
            svg role="img" aria-label=(visible(said)) viewBox=(format!("0 0 {WIDTH} {height}")) { (drawn) }
        }
    }
}

fn texts(table: &Table, column: &str) -> Vec<String> {
    table
        .column(column)
        .map(|cell| visible(&cell.to_string()))
        .collect()
}

fn amounts(table: &Table, column: &str) -> Vec<Money> {
    let amount = |cell: &Cell| match cell {
        Cell::Money(amount) | Cell::Worked(amount, _) => *amount,
        _ => Money::ZERO,
    };
    table.column(column).map(amount).collect()
}

fn days(table: &Table, column: &str) -> Vec<Date> {
    let day = |cell: &Cell| match cell {
        Cell::Day(day) => Some(*day),
        _ => None,
    };
    table.column(column).filter_map(day).collect()
}
