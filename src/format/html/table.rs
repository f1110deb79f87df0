//! A table, with its picture if it has one.

use maud::{Markup, html as markup};

use crate::document::{Align, Cell, Column, Drawing, Table};
use crate::format::html::text::text;
use crate::format::html::{bars, steps};
use crate::model::visible;

/// A longer word may be broken.
const MAX_WORD_CHARS: usize = 20;

/// A table under its caption. One without a caption is labelled by the heading above it; one that
/// is drawn stands beside its picture.
pub(super) fn table(table: &Table, id: &str) -> Markup {
    let caption = text(&table.caption);
    match (picture(table), table.caption.is_empty()) {
        (Some(picture), false) => {
            let figures = markup! { caption { span { (caption) ", in figures" } } };
            markup! {
                section aria-labelledby=(id) {
                    h2 id=(id) { (caption) }
                    div class="drawn" { (picture) (scroller(table, id, &figures)) }
                }
            }
        }
        (None, false) => scroller(table, id, &markup! { caption { h2 id=(id) { (caption) } } }),
        (picture, true) => markup! {
            @if let Some(picture) = picture { (picture) }
            (scroller(table, id, &markup! {}))
        },
    }
}

/// The picture of a table that has rows and a drawing.
fn picture(table: &Table) -> Option<Markup> {
    match table.drawing.filter(|_| !table.rows.is_empty())? {
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

/// The rows, in a part of the page that scrolls sideways by itself, also by keyboard.
fn scroller(table: &Table, label: &str, caption: &Markup) -> Markup {
    let shown: Vec<(usize, &Column)> = table.shown().collect();
    let first = shown.first().map(|(index, _)| *index);
    let large = matches!(table.drawing, Some(Drawing::Large)).then_some("large");
    let table_label = table.caption.is_empty().then_some(label);
    markup! {
        div class="scroller" role="group" tabindex="0" aria-labelledby=(label) {
            table class=[large] aria-labelledby=[table_label] {
                (caption)
                thead {
                    tr {
                        @for (_, column) in &shown {
                            th scope="col" class=[right(column)] { (column.heading()) }
                        }
                    }
                }
                tbody {
                    @for row in &table.rows {
                        tr {
                            @for (index, column) in &shown {
                                (cell(&row[*index], column, Some(*index) == first))
                            }
                        }
                    }
                }
                @if let Some(total) = table.total_row() {
                    tfoot {
                        tr {
                            @for (index, column) in &shown {
                                (cell(&total[*index], column, Some(*index) == first))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A value; the first of a row is the heading of its row.
fn cell(cell: &Cell, column: &Column, is_first: bool) -> Markup {
    let class = match cell {
        Cell::Text(words) if has_long_word(words) => Some("long"),
        Cell::Day(_) if column.align() == Align::Left => Some("whole"),
        _ => right(column),
    };
    let words = visible(&cell.to_string());
    let value = match cell {
        // `bdi` isolates right-to-left text from its neighbours.
        Cell::Text(_) => markup! { bdi { (words) } },
        _ => markup! { (words) },
    };
    if is_first && *cell != Cell::Empty {
        markup! { th scope="row" class=[class] { (value) } }
    } else {
        markup! { td class=[class] { (value) } }
    }
}

fn has_long_word(text: &str) -> bool {
    text.split_whitespace()
        .any(|word| word.chars().count() > MAX_WORD_CHARS)
}

/// Amounts and counts stand on the right, and are not broken.
fn right(column: &Column) -> Option<&'static str> {
    (column.align() == Align::Right).then_some("right")
}
