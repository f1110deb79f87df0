//! Bars: a whole and the parts that make it, or parts each within a whole of its own.

use maud::{Markup, html as markup};

use crate::document::{ColumnId, Table};
use crate::format::html::picture::{WIDTH, amounts, picture, texts};
use crate::format::html::scale::Scale;
use crate::model::Money;

/// The height of an item: its words, and the bars below them.
const ITEM_HEIGHT: i128 = 36;
const TEXT_HEIGHT: i128 = 14;
const BAR_HEIGHT: i128 = 12;

/// What is drawn for one row of the table: its words, and its bars.
struct Item {
    label: String,
    figures: String,
    bars: Vec<Bar>,
}

/// A bar from `start` on.
struct Bar {
    class: &'static str,
    start: i128,
    length: i128,
}

/// A whole, and the parts that make it, each beginning where the last one ends.
pub(super) fn parts(table: &Table, label: ColumnId, amount: ColumnId) -> Markup {
    let (labels, amounts) = (texts(table, label), amounts(table, amount));
    let scale = Scale::over(amounts.iter().copied(), WIDTH);
    let mut before = Money::ZERO;
    let mut items = Vec::new();
    for (index, (label, amount)) in labels.into_iter().zip(amounts).enumerate() {
        let length = scale.length(amount);
        let start = scale.position(before).min(WIDTH - length);
        let class = if index == 0 { "whole-bar" } else { "part-bar" };
        items.push(Item {
            label,
            figures: amount.pounds().to_string(),
            bars: vec![Bar {
                class,
                start,
                length,
            }],
        });
        if index > 0 {
            before += amount;
        }
    }
    drawn(&items, "A bar for the whole and one for each part")
}

/// For each row, a part within a whole.
pub(super) fn within(table: &Table, label: ColumnId, part: ColumnId, whole: ColumnId) -> Markup {
    let (part_name, whole_name) = (part.name, whole.name);
    let (parts, wholes) = (amounts(table, part), amounts(table, whole));
    let scale = Scale::over(wholes.iter().copied(), WIDTH);
    let bar = |class, amount| Bar {
        class,
        start: 0,
        length: scale.length(amount),
    };
    let amounts = parts.into_iter().zip(wholes);
    let item = |(label, (part, whole)): (String, (Money, Money))| Item {
        label,
        figures: format!("{} of {}", part.pounds(), whole.pounds()),
        bars: vec![bar("whole-bar", whole), bar("part-bar", part)],
    };
    let items: Vec<Item> = texts(table, label)
        .into_iter()
        .zip(amounts)
        .map(item)
        .collect();
    drawn(
        &items,
        &format!("For each row, a bar for {part_name} within a bar for {whole_name}"),
    )
}

/// The items one below the other, described by what they are and by their words.
fn drawn(items: &[Item], what: &str) -> Markup {
    let tops = (0..).map(|index| index * ITEM_HEIGHT);
    let placed: Vec<(i128, &Item)> = tops.zip(items).collect();
    let height = placed.last().map_or(0, |(top, _)| top + ITEM_HEIGHT);
    let drawn = markup! {
        @for (top, item) in placed {
            text x="0" y=(top + TEXT_HEIGHT - 2) { (item.label) }
            text x=(WIDTH) y=(top + TEXT_HEIGHT - 2) text-anchor="end" { (item.figures) }
            @for bar in &item.bars {
                rect class=(bar.class) x=(bar.start) y=(top + TEXT_HEIGHT + 3)
                    width=(bar.length) height=(BAR_HEIGHT) {}
            }
        }
    };
    let words: Vec<String> = items
        .iter()
        .map(|item| format!("{} {}", item.label, item.figures))
        .collect();
    picture(height, &format!("{what}: {}.", words.join("; ")), &drawn)
}
