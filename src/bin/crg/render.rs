//! Tables for a terminal, and results to where they belong.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Width, presets};
use crg::document::{Align, Block, Report, Table, counted};
use crg::error::Error;
use crg::format::visible;

use crate::failure::{Failure, STORAGE};

/// A word longer than this may be broken.
const LONG_WORD: usize = 12;

/// So many rows are shown on a terminal; who wants them all asks for a file.
const MAX_ROWS: usize = 1000;

/// What stands between two columns.
const GAP: usize = 2;

/// A report as a terminal shows it.
pub(crate) fn text(report: &dyn Report, width: u16) -> String {
    let mut text = paragraph(&report.title().to_string(), width);
    for block in report.blocks() {
        match block {
            Block::Heading(heading) => {
                text.push_str(&format!("\n{}", paragraph(&heading.to_string(), width)));
            }
            Block::Paragraph(sentences) => {
                text.push_str(&paragraph(&sentences.to_string(), width));
            }
            Block::Table(table) if table.rows.is_empty() => {}
            Block::Table(table) => {
                if !table.caption.is_empty() {
                    text.push_str(&format!("\n{}\n", visible(&table.caption.to_string())));
                }
                text.push_str(&grid(&table, width));
                text.push_str(&more(table.rows.len().saturating_sub(MAX_ROWS), width));
            }
            Block::Points(points) => points
                .iter()
                .for_each(|point| text.push_str(&paragraph(&point.to_string(), width))),
        }
    }
    if let Some(origin) = report.origin() {
        text.push_str(&paragraph(&origin.to_string(), width));
    }
    text
}

/// Says how many rows are not shown.
fn more(rows: usize, width: u16) -> String {
    match rows {
        0 => String::new(),
        rows => paragraph(
            &format!(
                "… and {}: ask for --format csv --output FILE",
                counted(rows, "more row")
            ),
            width,
        ),
    }
}

/// A sentence, wrapped at the width of the terminal.
pub(crate) fn paragraph(sentence: &str, width: u16) -> String {
    let mut cell = comfy_table::Table::new();
    cell.load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width);
    cell.add_row([visible(sentence)]);
    for column in cell.column_iter_mut() {
        column.set_padding((0, 0));
    }
    trimmed(&cell)
}

/// A drawn table, line by line, without space at the ends.
fn trimmed(table: &comfy_table::Table) -> String {
    table
        .to_string()
        .lines()
        .map(|line| format!("{}\n", line.trim_end()))
        .collect()
}

/// Rows under a ruled heading, as wide as the terminal at most: amounts stay whole, words wrap.
fn grid(table: &Table, width: u16) -> String {
    let shown: Vec<usize> = table.shown().map(|(index, _)| index).collect();
    let mut grid = comfy_table::Table::new();
    grid.load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic);
    grid.style_mut().header_separator = LineStyle::none().fill('─').junction('─');
    grid.set_header(shown.iter().map(|place| table.columns[*place].heading()));
    for row in table.rows.iter().take(MAX_ROWS) {
        grid.add_row(shown.iter().map(|place| visible(&row[*place].to_string())));
    }
    // Words are whole where they are not long; a table whose amounts do not fit is wider than the
    // terminal.
    let words: Vec<usize> = shown
        .iter()
        .map(|place| longest_word(table, *place))
        .collect();
    let least = words.iter().map(|word| word + GAP).sum::<usize>();
    grid.set_width(width.max(u16::try_from(least).unwrap_or(u16::MAX)));
    for ((column, place), word) in grid.column_iter_mut().zip(&shown).zip(words) {
        column.set_padding((0, 1));
        if table.columns[*place].align() == Align::Right {
            column.set_cell_alignment(CellAlignment::Right);
            column.set_constraint(ColumnConstraint::ContentWidth);
        } else {
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(
                u16::try_from(word + 1).unwrap_or(u16::MAX),
            )));
        }
    }
    trimmed(&grid)
}

/// The longest word of a column; an amount is one word.
fn longest_word(table: &Table, place: usize) -> usize {
    let longest = |text: &str| {
        text.split([' ', '\n'])
            .map(|word| word.chars().count())
            .max()
            .unwrap_or(0)
    };
    let cells = table
        .rows
        .iter()
        .map(|row| longest(&row[place].to_string()))
        .max()
        .unwrap_or(0);
    let most = if table.columns[place].align() == Align::Right {
        usize::MAX
    } else {
        LONG_WORD
    };
    cells.min(most).max(longest(table.columns[place].heading()))
}

/// Writes a result to standard output. A closed pipe ends quietly.
pub(crate) fn out(result: impl AsRef<[u8]>) -> Result<(), Failure> {
    let mut stdout = std::io::stdout().lock();
    match stdout
        .write_all(result.as_ref())
        .and_then(|()| stdout.flush())
    {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Err(Failure::quiet()),
        Err(error) => Err(Failure::new(
            STORAGE,
            format!("storage: the output could not be written: {error}"),
        )),
    }
}

/// Is nothing to be said but results and errors?
static QUIET: AtomicBool = AtomicBool::new(false);

/// From here on nothing is said but results and errors.
pub(crate) fn be_quiet() {
    QUIET.store(true, Ordering::Relaxed);
}

fn is_quiet() -> bool {
    QUIET.load(Ordering::Relaxed)
}

/// Confirms what was done. Where it cannot be printed it was done all the same, and must not be
/// taken for a failure.
pub(crate) fn confirm(text: &str) {
    if !is_quiet() && out(text).is_err_and(|failure| !failure.message.is_empty()) {
        note(&format!(
            "standard output could not be written, and this was done all the same; do not repeat it:\n{text}"
        ));
    }
}

/// Says something worth knowing, beside the result.
pub(crate) fn note(text: &str) {
    if !is_quiet() {
        let _ = writeln!(std::io::stderr(), "note: {text}");
    }
}

/// Says what to do next, beside the result.
pub(crate) fn hint(next: &str) {
    // Where standard error is closed there is nobody to tell.
    if !is_quiet() {
        let _ = writeln!(std::io::stderr(), "next: {next}");
    }
}

/// Refuses a file that is there already, or whose folder is not, before anything is recorded that
/// is to be written to it.
pub(crate) fn must_be_new(path: &Path) -> Result<(), Failure> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let kind = match (path.exists(), folder.is_none_or(Path::is_dir)) {
        (true, _) => ErrorKind::AlreadyExists,
        (false, false) => ErrorKind::NotFound,
        (false, true) => return Ok(()),
    };
    Err(Error::Output {
        path: path.to_owned(),
        error: kind.into(),
    }
    .into())
}

/// Writes a result to a new file, whole or not at all.
pub(crate) fn to_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let fail = |error| {
        Failure::from(Error::Output {
            path: path.to_owned(),
            error,
        })
    };
    let mut file = File::create_new(path).map_err(fail)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    written.map_err(|error| {
        let _ = std::fs::remove_file(path);
        fail(error)
    })
}
