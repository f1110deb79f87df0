//! How wide each column is, and whether the page is turned. All lengths are in twentieths of a
//! point.

use crate::document::{Align, Block, Table};

/// Two centimetres.
pub(super) const MARGIN: u32 = 1134;
/// The sides of A4.
const A4: (u32, u32) = (11906, 16838);
/// The most that a letter of a cell takes, but for a few.
const LETTER: u32 = 118;
/// The space beside a text.
const GAP: u32 = 230;
/// A word longer than this may be broken.
const LONG_WORD: usize = 16;
/// A text no longer than this stays on one line, such as `30 September 2025`.
const SHORT_TEXT: usize = 18;
/// A text longer than this takes no more room than one of so many letters: it wraps.
const LONG_TEXT: usize = 90;
/// Such a text has at least so many letters on a line.
const SENTENCE: usize = 24;

/// A page, upright or turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    Upright,
    Turned,
}

impl Page {
    pub(super) fn width(self) -> u32 {
        if self == Page::Turned { A4.1 } else { A4.0 }
    }

    pub(super) fn height(self) -> u32 {
        if self == Page::Turned { A4.0 } else { A4.1 }
    }

    /// The room between the margins.
    fn room(self) -> u32 {
        self.width() - 2 * MARGIN
    }
}

/// The page is turned where the columns of some table do not fit beside each other otherwise.
pub(super) fn page(blocks: &[Block]) -> Page {
    let least = |block: &Block| match block {
        Block::Table(table) => shown(table).iter().map(|place| least(table, *place)).sum(),
        _ => 0,
    };
    if blocks
        .iter()
        .map(least)
        .any(|least| least > Page::Upright.room())
    {
        Page::Turned
    } else {
        Page::Upright
    }
}

/// The columns that people see.
pub(super) fn shown(table: &Table) -> Vec<usize> {
    (0..table.fields.len())
        .filter(|place| !table.fields[*place].is_detail())
        .collect()
}

/// Each column has what it needs; what is left goes to texts that would wrap. A table that does not
/// fit at all is narrowed.
pub(super) fn widths(table: &Table, shown: &[usize], page: Page) -> Vec<u32> {
    let room = page.room();
    let least: Vec<u32> = shown.iter().map(|place| least(table, *place)).collect();
    let needed: u32 = least.iter().sum();
    if needed > room {
        return least
            .iter()
            .map(|width| share(*width, room, needed))
            .collect();
    }
    let wanted: Vec<u32> = shown
        .iter()
        .zip(&least)
        .map(|(place, least)| most(table, *place).saturating_sub(*least))
        .collect();
    let (left, all) = (room - needed, wanted.iter().sum::<u32>());
    least
        .iter()
        .zip(&wanted)
        .map(|(least, wanted)| {
            least
                + if all <= left {
                    *wanted
                } else {
                    share(*wanted, left, all)
                }
        })
        .collect()
}

/// That part of the room which a width has of all widths.
fn share(width: u32, room: u32, all: u32) -> u32 {
    let part = u64::from(width) * u64::from(room) / u64::from(all.max(1));
    u32::try_from(part).unwrap_or(room)
}

/// What it needs: an amount stays whole, however long, and a short text too; of others the longest
/// word does.
fn least(table: &Table, place: usize) -> u32 {
    let longest_word = |text: &str| {
        text.split([' ', '\n'])
            .map(|word| word.chars().count())
            .max()
            .unwrap_or(0)
    };
    let is_amount = table.fields[place].align == Align::Right;
    width(table, place, |text| match text.chars().count() {
        whole if is_amount || whole <= SHORT_TEXT => whole,
        whole if whole > LONG_TEXT => SENTENCE,
        _ => longest_word(text).min(LONG_WORD),
    })
}

/// As wide as its longest text, where that is not too long.
fn most(table: &Table, place: usize) -> u32 {
    width(table, place, |text| text.chars().count().min(LONG_TEXT))
}

/// As wide as the longest by some measure of its heading and its cells.
fn width(table: &Table, place: usize, letters: impl Fn(&str) -> usize) -> u32 {
    let cells = table
        .rows
        .iter()
        .filter_map(|row| row.get(place))
        .map(|cell| letters(&cell.to_string()))
        .max()
        .unwrap_or(0);
    let longest =
        u32::try_from(cells.max(letters(table.fields[place].heading))).unwrap_or(u32::MAX);
    longest.saturating_mul(LETTER).saturating_add(GAP)
}
