//! The widths of columns, and whether the page is turned. All lengths are in twentieths of a point.

use crate::document::{Align, Block, Table};

/// Two centimetres.
pub(super) const MARGIN: u32 = 1134;
/// The sides of A4.
const A4: (u32, u32) = (11906, 16838);
/// The space beside a text.
const GAP: u32 = 230;
/// A longer word may be broken.
const MAX_WORD_CHARS: usize = 16;
/// A text no longer than this stays on one line, such as `30 September 2025`.
const SHORT_TEXT_CHARS: usize = 18;
/// A text of more letters wraps, and gets no more space than this.
const LONG_TEXT_CHARS: usize = 90;
const LONG_TEXT: u32 = 10_000;
/// The least width of a line of a long text: about 24 letters.
const LONG_TEXT_LINE: u32 = 2_700;

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
    pub(super) fn text_width(self) -> u32 {
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
/// text, and a heading, needs its longest word.
fn least(table: &Table, index: usize) -> u32 {
    let is_amount = table.columns[index].align() == Align::Right;
    let cell = |text: &str| match text.chars().count() {
        length if is_amount || length <= SHORT_TEXT_CHARS => text_width(text),
        length if length > LONG_TEXT_CHARS => LONG_TEXT_LINE,
        _ => longest_word(text),
    };
    width(table, index, longest_word, cell)
}

/// The width of a column whose texts do not wrap, unless they are long.
fn most(table: &Table, index: usize) -> u32 {
    width(table, index, text_width, |text| {
        text_width(text).min(LONG_TEXT)
    })
}

/// The width of a column, from what its heading and each of its cells need.
fn width(
    table: &Table,
    index: usize,
    heading: impl Fn(&str) -> u32,
    cell: impl Fn(&str) -> u32,
) -> u32 {
    let total = table.total_row();
    let rows = table.rows.iter().chain(&total);
    let cells = rows.filter_map(|row| row.get(index));
    let widest = cells
        .map(|value| cell(&value.to_string()))
        .chain([heading(table.columns[index].heading())])
        .max()
        .unwrap_or(0);
    widest.saturating_add(GAP)
}

fn longest_word(text: &str) -> u32 {
    let words = text.split([' ', '\n']);
    let width = |word: &str| word.chars().take(MAX_WORD_CHARS).map(letter_width).sum();
    words.map(width).max().unwrap_or(0)
}

fn text_width(text: &str) -> u32 {
    let widths = text.chars().map(letter_width);
    widths.fold(0, u32::saturating_add)
}

/// The width of a letter of a cell in bold Arial, rounded up.
fn letter_width(letter: char) -> u32 {
    match letter {
        ' ' | '.' | ',' | ':' | ';' | '-' | '\'' | '’' | '(' | ')' | '/' => 65,
        'f' | 'i' | 'j' | 'l' | 't' | 'I' => 65,
        '0'..='9' | '£' => 107,
        'm' | 'w' | 'M' | 'W' => 180,
        'A'..='Z' => 140,
        'a'..='z' => 118,
        // A whole em.
        _ => 190,
    }
}
