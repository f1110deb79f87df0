//! A table, with its picture where it has one.

use maud::{Markup, html as markup};

use crate::document::{Align, Cell, Drawing, Field, Table};
use crate::format::bidi::visible;
use crate::format::html::chart;
use crate::format::html::no_wrap::whole;

/// A longer word may be broken.
const LONG_WORD: usize = 20;

/// A table under its name. One without a caption goes by the heading above it, one that is drawn
/// stands beside its picture.
pub(super) fn table(table: &Table, id: &str) -> Markup {
    let caption = visible(&table.caption);
    let picture = chart::chart(table);
    markup! {
        @match (picture, table.caption.is_empty()) {
            (Some(picture), false) => {
                section aria-labelledby=(id) {
                    h2 id=(id) { (whole(&caption)) }
                    div class="drawn" {
                        (picture)
                        (scroller(table, id, markup! { caption { span { (whole(&caption)) ", in figures" } } }))
                    }
                }
            }
            (None, false) => (scroller(table, id, markup! { caption { h2 id=(id) { (whole(&caption)) } } })),
            (picture, true) => { @if let Some(picture) = picture { (picture) } (scroller(table, id, markup! {})) }
        }
    }
}

/// The rows, in a part of the page that can be moved sideways by itself, also by keyboard.
fn scroller(table: &Table, named_by: &str, caption: Markup) -> Markup {
    let shown: Vec<(usize, &Field)> = table
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| !field.is_detail())
        .collect();
    let large = matches!(table.drawing, Some(Drawing::Large));
    markup! {
        div class="scroller" role="group" tabindex="0" aria-labelledby=(named_by) {
            table class=[large.then_some("large")] aria-labelledby=[table.caption.is_empty().then_some(named_by)] {
                (caption)
                thead { tr { @for (_, field) in &shown { th scope="col" class=[right(field)] { (field.heading) } } } }
                tbody {
                    @for row in &table.rows {
                        tr { @for (column, (place, field)) in shown.iter().enumerate() { (cell(row.get(*place).unwrap_or(&Cell::Empty), field, column == 0)) } }
                    }
                }
            }
        }
    }
}

/// A value; the first of a row says what the row is.
fn cell(cell: &Cell, field: &Field, first: bool) -> Markup {
    let text = visible(&cell.to_string());
    let class = match cell {
        Cell::Day(_) | Cell::Money(_) | Cell::Worked(..) if field.align == Align::Left => {
            Some("whole")
        }
        Cell::Text(text)
            if text
                .split_whitespace()
                .any(|word| word.chars().count() > LONG_WORD) =>
        {
            Some("long")
        }
        _ => right(field),
    };
    // Whatever way a text of the book runs, it does not turn what stands beside it.
    let value = match cell {
        Cell::Text(_) => markup! { bdi { (whole(&text)) } },
        _ => markup! { (text) },
    };
    match first && *cell != Cell::Empty {
        true => markup! { th scope="row" class=[class] { (value) } },
        false => markup! { td class=[class] { (value) } },
    }
}

fn right(field: &Field) -> Option<&'static str> {
    (field.align == Align::Right).then_some("right")
}
