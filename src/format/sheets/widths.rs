//! The widths of the columns of a sheet, in digits.

use crate::document::{Cell, Table};
use crate::format::sheets::names::heading;
use crate::format::text_width::{GAP, widest};

/// Titles and names are wrapped if they are wider.
const MAX_TITLE_WIDTH: usize = 36;
/// Words that nothing divides for people, such as codes, are wrapped if they are wider.
const MAX_WORD_WIDTH: usize = 54;
/// Sentences are wrapped if they are wider.
const MAX_SENTENCE_WIDTH: usize = 72;
/// A column with a wider text is taken to hold sentences.
const MAX_LINE_WIDTH: usize = 100;
/// The space beside a heading for the arrow of a filter.
const ARROW: usize = 4;

/// The width of each column: that of its widest line, within bounds. An amount is never cut.
pub(super) fn widths(table: &Table) -> Vec<usize> {
    (0..table.columns.len())
        .map(|index| width(table, index))
        .collect()
}

fn width(table: &Table, index: usize) -> usize {
    let cells = table.rows.iter().filter_map(|row| row.get(index));
    let texts: Vec<String> = cells.map(Cell::to_string).collect();
    let line = widest(texts.iter().flat_map(|text| text.lines()));
    let word = widest(texts.iter().flat_map(|text| text.split_whitespace()));
    let total = table
        .total(index)
        .map(|total| total.pounds().to_string())
        .map_or(0, |total| widest([total.as_str()]));
    let heading = widest([heading(&table.columns[index]).as_str()]);
    let most = if line > MAX_LINE_WIDTH {
        MAX_SENTENCE_WIDTH
    } else {
        MAX_TITLE_WIDTH.max(word.min(MAX_WORD_WIDTH))
    };
    (line.min(most).max(total) + GAP).max(heading + ARROW)
}
