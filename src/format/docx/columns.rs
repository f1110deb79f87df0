//! The widths of columns, and whether the page is turned. All lengths are in twentieths of a point.

use crate::document::{Align, Block, Table};

/// Two centimetres.
pub(super) const MARGIN: u32 = 1134;
/// The sides of A4.
const A4: (u32, u32) = (11906, 16838);
/// The width of a letter in a cell: hardly any is wider.
const LETTER: u32 = 118;
/// The space beside a text.
const GAP: u32 = 230;
/// A longer word may be broken.
const MAX_WORD_CHARS: usize = 16;
/// A text no longer than this stays on one line, such as `30 September 2025`.
const SHORT_TEXT_CHARS: usize = 18;
/// A longer text gets no more space than one of this length: it wraps.
const LONG_TEXT_CHARS: usize = 90;
/// A long text has at least so many letters on a line.
const LINE_CHARS: usize = 24;

/// A page, upright or turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    Upright,
    Turned,
}

impl Page {
    pub(super) fn width(self) -> u32 {
        match self {
            Page::Upright => A4.0,
            Page::Turned => A4.1,
        }
    }

    pub(super) fn height(self) -> u32 {
        match self {
            Page::Upright => A4.1,
            Page::Turned => A4.0,
        }
    }

    /// The width between the margins.
    fn text_width(self) -> u32 {
        self.width() - 2 * MARGIN
    }
}

/// The page is turned if the columns of some table do not fit on an upright one.
pub(super) fn page(blocks: &[Block]) -> Page {
    let needed = |block: &Block| match block {
        Block::Table(table) => least_widths(table).iter().sum(),
        _ => 0,
    };
    let fits = |block: &Block| needed(block) <= Page::Upright.text_width();
    if blocks.iter().all(fits) {
        Page::Upright
    } else {
        Page::Turned
    }
}

/// The width of each column that people see. A column has what it needs; what is left goes to texts
/// that would wrap. A table that does not fit at all is narrowed.
pub(super) fn widths(table: &Table, page: Page) -> Vec<u32> {
    let available = page.text_width();
    let least = least_widths(table);
    let needed: u32 = least.iter().sum();
    if needed > available {
        let narrowed = least.iter().map(|width| share(*width, available, needed));
        return narrowed.collect();
    }
    let columns = table.shown().zip(&least);
    let wanted: Vec<u32> = columns
        .map(|((index, _), least)| most(table, index).saturating_sub(*least))
        .collect();
    let all: u32 = wanted.iter().sum();
    let left = all.min(available - needed);
    let columns = least.iter().zip(&wanted);
    columns
        .map(|(least, wanted)| least + share(*wanted, left, all))
        .collect()
}

/// A width's share of the available width, in proportion to all widths.
fn share(width: u32, available: u32, all: u32) -> u32 {
    let share = u64::from(width) * u64::from(available) / u64::from(all.max(1));
    u32::try_from(share).unwrap_or(available)
}

fn least_widths(table: &Table) -> Vec<u32> {
    let columns = table.shown();
    columns.map(|(index, _)| least(table, index)).collect()
}

/// What a column needs: an amount is never broken, however long, nor is a short text; any other
/// text needs its longest word.
fn least(table: &Table, index: usize) -> u32 {
    let longest_word = |text: &str| {
        let words = text.split([' ', '\n']);
        words.map(|word| word.chars().count()).max().unwrap_or(0)
    };
    let is_amount = table.columns[index].align() == Align::Right;
    width(table, index, |text| match text.chars().count() {
        length if is_amount || length <= SHORT_TEXT_CHARS => length,
        length if length > LONG_TEXT_CHARS => LINE_CHARS,
        _ => longest_word(text).min(MAX_WORD_CHARS),
    })
}

/// The width of a column whose texts do not wrap, unless they are long.
fn most(table: &Table, index: usize) -> u32 {
    width(table, index, |text| {
        text.chars().count().min(LONG_TEXT_CHARS)
    })
}

/// The width of a column, from the letters that its heading and each of its cells need.
fn width(table: &Table, index: usize, letters: impl Fn(&str) -> usize) -> u32 {
    let total = table.total_row();
    let rows = table.rows.iter().chain(&total);
    let cells = rows.filter_map(|row| row.get(index));
    let widest = cells
        .map(|cell| letters(&cell.to_string()))
        .chain([letters(table.columns[index].heading())])
        .max()
        .unwrap_or(0);
    u32::try_from(widest)
        .unwrap_or(u32::MAX)
        .saturating_mul(LETTER)
        .saturating_add(GAP)
}
