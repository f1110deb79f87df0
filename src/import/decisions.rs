//! [`DecisionFile`]: what a person decided of the lines that wait.

use std::path::{Path, PathBuf};

use crate::document::{Column, Row};
use crate::import::entries::Entries;
use crate::import::fault::{DecisionFault, FileFault, InputError, ValueFault};
use crate::import::plain_file::open_plain;
use crate::import::sheet::{ENTRIES, Sheet};
use crate::model::{self, Fingerprint};
use crate::report::WaitingLine;
use crate::rules::Action;

/// What was decided of one waiting line.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The row of the file of decisions.
    pub row: u64,
    /// The fingerprint of the line.
    pub line: Fingerprint,
    /// What is to be done with it.
    pub action: Action,
    /// Why; may be empty.
    pub note: String,
}

/// A file of waiting lines with its column `action` filled in: CSV, or the first sheet of a
/// workbook.
#[derive(Debug, Clone)]
pub struct DecisionFile {
    /// The file.
    pub file: PathBuf,
    /// The decisions; lines without an action still wait.
    pub decisions: Vec<Decision>,
    /// The fingerprints of all its lines, with or without an action.
    pub lines: Vec<Fingerprint>,
}

impl DecisionFile {
    /// Reads a file of decisions.
    ///
    /// # Errors
    ///
    /// An [`InputError`] with every cell that is wrong.
    pub fn read(file: &Path) -> Result<DecisionFile, InputError> {
        must_be_file(file)
            .map_err(|error| InputError::one(file, None, FileFault::unreadable(error)))?;
        let entries = Entries::at(file)?;
        let columns: Vec<&str> = WaitingLine::COLUMNS.iter().map(Column::name).collect();
        let mut sheet = Sheet::open(entries.folder(), ENTRIES, &columns)?;
        let mut faults = InputError::default();
        let (mut decisions, mut lines) = (Vec::new(), Vec::new());
        loop {
            match sheet.read() {
                Ok(false) => break,
                Ok(true) => {
                    let row = sheet.row();
                    lines.extend(cell(&sheet, "line").parse::<Fingerprint>());
                    let decided =
                        decision(&sheet).map_err(|fault| InputError::one(file, Some(row), fault));
                    decisions.extend(faults.keep(decided).flatten());
                }
                Err(fault) => {
                    let ends_reading = fault.ends_reading();
                    faults.add(file, Some(sheet.row()), fault);
                    if ends_reading {
                        break;
                    }
                }
            }
        }
        faults.into_result()?;
        Ok(DecisionFile {
            file: file.to_owned(),
            decisions,
            lines,
        })
    }
}

/// The cell of the row last read in a column.
fn cell<'a>(sheet: &'a Sheet, name: &str) -> &'a str {
    let mut columns = WaitingLine::COLUMNS.iter();
    let column = columns.position(|column| column.name() == name);
    let text = column.and_then(|column| sheet.get(column));
    text.unwrap_or_default().trim()
}

/// Fails with the operating system's reason; a folder could be one of entries.
fn must_be_file(path: &Path) -> std::io::Result<()> {
    if open_plain(path)?.metadata()?.is_dir() {
        return Err(std::io::ErrorKind::IsADirectory.into());
    }
    Ok(())
}

/// What the row last read decides, if anything.
fn decision(sheet: &Sheet) -> Result<Option<Decision>, ValueFault> {
    let cell = |name: &str| cell(sheet, name);
    let (action, line, note) = (cell("action"), cell("line"), cell("note"));
    // Below the lines, a workbook says what they are, in the first column.
    let is_no_line = line.is_empty() && cell("row").is_empty() && cell("verdict").is_empty();
    if action.is_empty() || is_no_line {
        return Ok(None);
    }
    let action = action
        .parse()
        .map_err(|error| ValueFault::new("action", action, error))?;
    let line = line
        .parse()
        .map_err(|error| ValueFault::new("line", line, error))?;
    let limit = model::Column::Note.max_chars();
    if note.chars().count() > limit {
        let expected = format!("a note of at most {limit} characters");
        return Err(ValueFault::new("note", note, expected));
    }
    Ok(Some(Decision {
        row: sheet.row(),
        line,
        action,
        note: note.to_owned(),
    }))
}

impl DecisionFile {
    /// An error that lists what is wrong with decisions, by their rows.
    pub(crate) fn error(&self, faults: Vec<(u64, DecisionFault)>) -> InputError {
        let mut error = InputError::default();
        for (row, fault) in faults {
            error.add(&self.file, Some(row), fault);
        }
        error
    }
}
