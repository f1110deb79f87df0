//! A table, with its chart if it has one.

use maud::{Markup, html as markup};

use crate::document::{Align, Cell, Column, Drawing, Table};
use crate::format::html::text::text;
use crate::format::html::{bars, steps};
use crate::model::{EntryNumber, visible};

/// A longer word may be broken.
const MAX_WORD_CHARS: usize = 20;

/// The address of the page of an entry, for a page that can link to it.
pub type EntryLink = fn(EntryNumber) -> String;

/// A table under its caption. One without a caption is labelled by the heading above it.
pub(super) fn table(table: &Table, id: &str, entry_link: Option<EntryLink>) -> Markup {
    let rows = |caption: &Markup| scroller(table, id, caption, entry_link);
    let caption = text(&table.caption);
    match (chart(table), table.caption.is_empty()) {
        (Some(chart), false) => markup! {
            section aria-labelledby=(id) { h2 id=(id) { (caption) } (chart) (behind(&rows(&markup! {}))) }
        },
        (Some(chart), true) => markup! { (chart) (behind(&rows(&markup! {}))) },
        (None, false) => {
            let caption = markup! { caption { h2 id=(id) { (caption) } } };
            rows(&caption)
        }
        (None, true) => rows(&markup! {}),
    }
}

/// The chart that stands above a table, if it has one and there are rows.
fn chart(table: &Table) -> Option<Markup> {
    match table.drawing.filter(|_| !table.rows.is_empty())? {
        Drawing::Parts { .. } | Drawing::Within { .. } => None,
        Drawing::Steps {
            day,
            balance,
            year,
            opened,
            until,
        } => Some(steps::steps(table, day, balance, year, opened, until)),
    }
}

/// The rows behind a chart: to be opened on a screen, and there on paper.
fn behind(rows: &Markup) -> Markup {
    markup! {
        details {
            summary { "The figures behind this chart" }
            (rows)
        }
    }
}

/// The bars that stand in the cells of a column, one for each row.
struct Bars {
    column: Option<usize>,
    bars: Vec<Markup>,
}

impl Bars {
    fn of(table: &Table) -> Bars {
        let (label, bars) = match table.drawing {
            Some(Drawing::Parts { label, amount }) => (label, bars::parts(table, amount)),
            Some(Drawing::Within { label, part, whole }) => {
                (label, bars::within(table, part, whole))
            }
            Some(Drawing::Steps { .. }) | None => {
                return Bars {
                    column: None,
                    bars: Vec::new(),
                };
            }
        };
        Bars {
            column: table.index(label),
            bars,
        }
    }

    fn at(&self, row: usize, column: usize) -> Option<&Markup> {
        self.bars.get(row).filter(|_| self.column == Some(column))
    }
}

/// The rows, in a part of the page that scrolls sideways by itself, also by keyboard. On a narrow
/// screen each row is a list of its values; the roles keep it a row of a table to a screen reader.
/// A table without rows must not have them.
fn scroller(table: &Table, label: &str, caption: &Markup, entry_link: Option<EntryLink>) -> Markup {
    let shown: Vec<(usize, &Column)> = table.shown().collect();
    let first = shown.first().map(|(index, _)| *index);
    let bars = Bars::of(table);
    let has_bars = bars.column.map(|_| "bars");
    let table_label = caption.0.is_empty().then_some(label);
    let role = |role: &'static str| (!table.rows.is_empty()).then_some(role);
    markup! {
        div class="scroller" role="group" tabindex="0" aria-labelledby=(label) {
            table class=[has_bars] aria-labelledby=[table_label] {
                (caption)
                thead role=[role("rowgroup")] {
                    tr role=[role("row")] {
                        @for (_, column) in &shown {
                            th role=[role("columnheader")] scope="col" class=[right(column)] {
                                (column.heading())
                            }
                        }
                    }
                }
                tbody role=[role("rowgroup")] {
                    @for (row, cells) in table.rows.iter().enumerate() {
                        tr role="row" {
                            @for (index, column) in &shown {
                                @let value = value(&cells[*index], entry_link, bars.at(row, *index));
                                (cell(&cells[*index], &value, column, Some(*index) == first))
                            }
                        }
                    }
                }
                @if let Some(total) = table.total_row() {
                    tfoot role=[role("rowgroup")] {
                        tr role="row" {
                            @for (index, column) in &shown {
                                @let value = value(&total[*index], None, None);
                                (cell(&total[*index], &value, column, Some(*index) == first))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A value as it is shown, with its bar if it has one.
fn value(cell: &Cell, entry_link: Option<EntryLink>, bar: Option<&Markup>) -> Markup {
    let words = visible(&cell.to_string());
    let value = match (cell, entry_link) {
        // `bdi` isolates right-to-left text from its neighbours.
        (Cell::Text(_), _) => markup! { bdi { (words) } },
        (Cell::Entry(number), Some(link)) => markup! { a href=(link(*number)) { (words) } },
        _ => markup! { (words) },
    };
    markup! { (value) @if let Some(bar) = bar { (bar) } }
}

/// A cell with its value; the first of a row is the heading of its row.
fn cell(cell: &Cell, value: &Markup, column: &Column, is_first: bool) -> Markup {
    let class = match cell {
        Cell::Text(words) if has_long_word(words) => Some("long"),
        Cell::Blank => Some("blank"),
        Cell::Day(_) if column.align() == Align::Left => Some("whole"),
        _ => right(column),
    };
    if is_first && *cell != Cell::Empty {
        markup! { th role="rowheader" scope="row" class=[class] { (value) } }
    } else {
        markup! { td role="cell" class=[class] data-heading=(column.heading()) { (value) } }
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
