//! Reports as text tables for a terminal.

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Width, presets};
use crg::document::{Align, Block, Cell, Column, Numbers, Report, Table, counted};
use crg::format::printable;

/// A word longer than this may be broken.
const LONG_WORD: usize = 12;

/// The most rows that are shown on a terminal; a file has them all.
const MAX_ROWS: usize = 1000;

/// The space between two columns.
const GAP: usize = 2;

/// A report, for a terminal of so many columns.
pub(crate) fn text(report: &dyn Report, width: u16) -> String {
    let mut text = paragraph(&report.title().to_string(), width);
    if let Some(holder) = report.holder() {
        text.push_str(&paragraph(&holder.to_string(), width));
    }
    text.push_str(&body(report, width));
    if let Some(origin) = report.origin() {
        text.push_str(&paragraph(&origin.to_string(), width));
    }
    text
}

/// The answer to a question in short: of its origin only the partnership.
pub(crate) fn answer(report: &dyn Report, width: u16) -> String {
    let mut text = paragraph(&report.title().to_string(), width);
    if let Some(origin) = report.origin() {
        text.push_str(&paragraph(&origin.partnership, width));
    }
    text + &body(report, width)
}

/// What a report says below its title.
fn body(report: &dyn Report, width: u16) -> String {
    let (mut text, mut numbers) = (String::new(), Numbers::default());
    let mut is_below_table = false;
    for block in report.blocks() {
        let is_table = matches!(block, Block::Table(_));
        let number = numbers.next(&block);
        let number = number.map_or(String::new(), |number| format!("{number} "));
        match block {
            Block::Answers(answers) => {
                let lines = answers.iter().map(|answer| answer.text().to_string());
                text.extend(lines.map(|line| paragraph(&line, width)));
            }
            Block::Heading(words) | Block::Subheading(words) | Block::Section(words) => text
                .push_str(&format!(
                    "\n{}",
                    paragraph(&format!("{number}{words}"), width)
                )),
            Block::Paragraph(words) | Block::Numbered(words) => {
                text.push_str(&paragraph(&format!("{number}{words}"), width))
            }
            Block::Fields(fields) => {
                let lines = fields
                    .iter()
                    .map(|(label, words)| format!("{label}: {words}"));
                text.extend(lines.map(|line| paragraph(&line, width)));
            }
            Block::Table(table) if table.rows.is_empty() => {}
            Block::Table(table) => {
                if !table.caption.is_empty() {
                    text.push_str(&format!("\n{}\n", printable(&table.caption.to_string())));
                } else if is_below_table {
                    text.push('\n');
                }
                text.push_str(&grid(&table, width));
                if table.rows.len() > MAX_ROWS {
                    let more = counted(table.rows.len() - MAX_ROWS, "more row");
                    let more =
                        format!("… and {more}: use --format csv --output FILE for all of them");
                    text.push_str(&paragraph(&more, width));
                }
            }
            Block::Points(points) => {
                text.extend(
                    points
                        .iter()
                        .map(|point| paragraph(&point.to_string(), width)),
                );
            }
        }
        is_below_table = is_table;
    }
    text
}

/// A sentence, wrapped at the width of the terminal.
pub(crate) fn paragraph(sentence: &str, width: u16) -> String {
    let mut cell = comfy_table::Table::new();
    cell.load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width);
    cell.add_row([printable(sentence)]);
    for column in cell.column_iter_mut() {
        column.set_padding((0, 0));
    }
    trimmed(&cell)
}

/// A drawn table without spaces at the ends of its lines.
fn trimmed(table: &comfy_table::Table) -> String {
    let drawn = table.to_string();
    drawn
        .lines()
        .map(|line| format!("{}\n", line.trim_end()))
        .collect()
}

/// Rows under a ruled heading. Words wrap at the width of the terminal; amounts stay whole.
fn grid(table: &Table, width: u16) -> String {
    let shown: Vec<usize> = (0..table.columns.len())
        .filter(|column| !table.columns[*column].is_detail())
        .collect();
    let mut grid = comfy_table::Table::new();
    grid.load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic);
    grid.style_mut().header_separator = LineStyle::none().fill('─').junction('─');
    grid.set_header(shown.iter().map(|column| table.columns[*column].heading()));
    let total = table.total_row();
    let rows: Vec<_> = table.rows.iter().take(MAX_ROWS).chain(&total).collect();
    for row in &rows {
        let cells = shown.iter().map(|column| row[*column].to_string());
        grid.add_row(cells.map(|cell| printable(&cell)));
    }
    // Short words stay whole too. A table whose amounts do not fit is wider than the terminal.
    let words = shown.iter().map(|column| {
        longest_word(
            &table.columns[*column],
            rows.iter().map(|row| &row[*column]),
        )
    });
    let words: Vec<usize> = words.collect();
    let least: usize = words.iter().map(|word| word + GAP).sum();
    grid.set_width(width.max(narrowed(least)));
    for ((drawn, column), word) in grid.column_iter_mut().zip(&shown).zip(words) {
        drawn.set_padding((0, 1));
        if table.columns[*column].align() == Align::Right {
            drawn.set_cell_alignment(CellAlignment::Right);
            drawn.set_constraint(ColumnConstraint::ContentWidth);
        } else {
            let least = Width::Fixed(narrowed(word + 1));
            drawn.set_constraint(ColumnConstraint::LowerBoundary(least));
        }
    }
    trimmed(&grid)
}

/// The longest word of a column; an amount is one word.
fn longest_word<'a>(column: &Column, cells: impl Iterator<Item = &'a Cell>) -> usize {
    let longest = |text: &str| {
        let words = text.split([' ', '\n']).map(|word| word.chars().count());
        words.max().unwrap_or(0)
    };
    let most = match column.align() {
        Align::Right => usize::MAX,
        Align::Left => LONG_WORD,
    };
    let words = cells.map(|cell| longest(&cell.to_string()));
    let words = words.max().unwrap_or(0).min(most);
    words.max(longest(column.heading()))
}

fn narrowed(width: usize) -> u16 {
    u16::try_from(width).unwrap_or(u16::MAX)
}
