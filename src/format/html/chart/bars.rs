//! Bars: a whole and the parts that make it, or parts each within a whole of its own.

use maud::{Markup, html as markup};

use crate::document::Table;
use crate::format::html::chart::{WIDTH, amounts, picture, texts};
use crate::format::html::scale::Scale;
use crate::model::Money;

/// The height of a row: its words, and the bar below them.
const ROW: i128 = 36;
const WORDS: i128 = 14;
const BAR: i128 = 12;

/// One row: the words over it, and its bars.
struct Row {
    left: String,
    right: String,
    bars: Vec<Bar>,
}

/// A bar from a place on, so long.
struct Bar {
    class: &'static str,
    from: i128,
    long: i128,
}

/// A whole, and the parts that make it, each where the last one ends.
pub(super) fn parts(table: &Table, label: &str, amount: &str) -> Markup {
    let (labels, amounts) = (texts(table, label), amounts(table, amount));
    let scale = Scale::over(amounts.iter().copied(), WIDTH);
    let mut before = Money::ZERO;
    let mut rows = Vec::new();
    for (place, (label, amount)) in labels.iter().zip(&amounts).enumerate() {
        let class = if place == 0 { "whole-bar" } else { "part-bar" };
        let long = scale.length(*amount);
        let from = scale.place(before).min(WIDTH - long);
        rows.push(Row {
            left: label.clone(),
            right: amount.pounds().to_string(),
            bars: vec![Bar { class, from, long }],
        });
        if place > 0 {
            before += *amount;
        }
    }
    let said: Vec<String> = labels
        .iter()
        .zip(&amounts)
        .map(|(label, amount)| format!("{label} {}", amount.pounds()))
        .collect();
    drawn(
        &rows,
        &format!("Bars of a whole and its parts: {}.", said.join("; ")),
    )
}

/// Of each row, a part within a whole.
pub(super) fn within(table: &Table, label: &str, part: &str, whole: &str) -> Markup {
    let (labels, parts, wholes) = (
        texts(table, label),
        amounts(table, part),
        amounts(table, whole),
    );
    let scale = Scale::over(wholes.iter().copied(), WIDTH);
    let of = |(part, whole): (&Money, &Money)| format!("{} of {}", part.pounds(), whole.pounds());
    let said: Vec<String> = parts.iter().zip(&wholes).map(of).collect();
    let row = |((label, right), (part, whole)): ((&String, &String), (&Money, &Money))| Row {
        left: label.clone(),
        right: right.clone(),
        bars: vec![
            Bar {
                class: "whole-bar",
                from: 0,
                long: scale.length(*whole),
            },
            Bar {
                class: "part-bar",
                from: 0,
                long: scale.length(*part),
            },
        ],
    };
    let rows: Vec<Row> = labels
        .iter()
        .zip(&said)
        .zip(parts.iter().zip(&wholes))
        .map(row)
        .collect();
    let said: Vec<String> = labels
        .iter()
        .zip(&said)
        .map(|(label, said)| format!("{label} {said}"))
        .collect();
    drawn(
        &rows,
        &format!("A bar a row, {part} within {whole}: {}.", said.join("; ")),
    )
}

fn drawn(rows: &[Row], said: &str) -> Markup {
    let placed = || (0..).map(|place| place * ROW).zip(rows);
    let height = placed().last().map_or(0, |(top, _): (i128, _)| top + ROW);
    let bars = markup! {
        @for (top, row) in placed() {
            text x="0" y=(top + WORDS - 2) { (row.left) }
            text x=(WIDTH) y=(top + WORDS - 2) text-anchor="end" { (row.right) }
            @for bar in &row.bars { rect class=(bar.class) x=(bar.from) y=(top + WORDS + 3) width=(bar.long) height=(BAR) {} }
        }
    };
    picture(height, said, &bars)
}
