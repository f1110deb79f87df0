//! Bars: a whole and the parts that make it, or parts each within a whole of its own. Each stands
//! in its row of the table, whose figures say the same.

use maud::{Markup, html as markup};

use crate::document::{ColumnId, Table};
use crate::format::html::picture::amounts;
use crate::format::html::scale::Scale;
use crate::model::Money;

/// The length of the longest bar, in units of its own. It is stretched to the width of its cell.
const LENGTH: i128 = 1000;
const HEIGHT: i128 = 10;

/// A bar from `start` on.
struct Bar {
    class: &'static str,
    start: i128,
    length: i128,
}

/// A whole, and the parts that make it, each beginning where the last one ends: one for each row.
pub(super) fn parts(table: &Table, amount: ColumnId) -> Vec<Markup> {
    let amounts = amounts(table, amount);
    let scale = Scale::over(amounts.iter().copied(), LENGTH);
    let mut before = Money::ZERO;
    let mut bars = Vec::new();
    for (index, amount) in amounts.into_iter().enumerate() {
        let length = scale.length(amount);
        let start = scale.position(before).min(LENGTH - length);
        let class = if index == 0 { "whole-bar" } else { "part-bar" };
        bars.push(drawn(&[Bar {
            class,
            start,
            length,
        }]));
        if index > 0 {
            before += amount;
        }
    }
    bars
}

/// A part within a whole, for each row.
pub(super) fn within(table: &Table, part: ColumnId, whole: ColumnId) -> Vec<Markup> {
    let (parts, wholes) = (amounts(table, part), amounts(table, whole));
    let scale = Scale::over(wholes.iter().copied(), LENGTH);
    let bar = |class, amount| Bar {
        class,
        start: 0,
        length: scale.length(amount),
    };
    let pairs = parts.into_iter().zip(wholes);
    pairs
        .map(|(part, whole)| drawn(&[bar("whole-bar", whole), bar("part-bar", part)]))
        .collect()
}

fn drawn(bars: &[Bar]) -> Markup {
    let view_box = format!("0 0 {LENGTH} {HEIGHT}");
    markup! {
        svg class="bar" aria-hidden="true" viewBox=(view_box) preserveAspectRatio="none" {
            @for bar in bars {
                rect class=(bar.class) x=(bar.start) width=(bar.length) height=(HEIGHT) {}
            }
        }
    }
}
