//! A first map for an extract, from its header and what stands below it.

mod guess;
mod map_text;
mod names;
mod sample;

use std::path::Path;

use crate::import::extract::kind::FileType;
use crate::import::extract::limits::MAX_BYTES;
use crate::import::extract::source::{Contents, read_file};
use crate::import::extract::suggest::guess::Guess;
use crate::import::extract::suggest::map_text::Sheets;
use crate::import::extract::workbook;
use crate::import::extract::workbook::sheet::WorkbookSheet;
use crate::import::fault::{FaultKind, FileFault, InputError};

pub use map_text::Candidate;

/// Writes a first [`Map`](crate::import::Map) for an extract, to be checked and completed. If only
/// one of the projects is of a year of the extract, every line is given to it.
///
/// # Errors
///
/// An [`InputError`] if the file cannot be read, or no row of it looks like the header of a ledger.
pub fn suggest(file: &Path, projects: &[Candidate]) -> Result<String, InputError> {
    let fail = |kind: FaultKind| InputError::one(file, None, kind);
    let bytes = read_file(file, MAX_BYTES).map_err(|fault| fail(fault.into()))?;
    let file_type = FileType::of(&bytes);
    if file_type.is_workbook() {
        let sheets = workbook::sheets(&bytes, file_type).map_err(fail)?;
        let (guess, sheets) = of_sheets(sheets).map_err(fail)?;
        return Ok(map_text::write(&guess, &sheets, projects));
    }
    let contents = Contents::text(&bytes, None).map_err(fail)?;
    let guess = guess(&contents).map_err(fail)?;
    Ok(map_text::write(&guess, &Sheets::default(), projects))
}

fn guess(contents: &Contents<'_>) -> Result<Guess, FaultKind> {
    Ok(Guess::read(contents)??)
}

/// A sheet that looks like a ledger.
struct LedgerSheet {
    name: String,
    is_hidden: bool,
    guess: Guess,
}

/// The sheet that looks most like a ledger: the first that is not hidden. Others with the same
/// columns are named.
fn of_sheets(sheets: Vec<WorkbookSheet>) -> Result<(Guess, Sheets), FaultKind> {
    let count = sheets.len();
    let (mut found, mut first_fault) = (Vec::new(), None);
    for sheet in sheets {
        let guessed = sheet.rows.and_then(|rows| guess(&Contents::Sheet(rows)));
        match guessed {
            Ok(guess) => found.push(LedgerSheet {
                name: sheet.name,
                is_hidden: sheet.is_hidden,
                guess,
            }),
            Err(fault) => first_fault = first_fault.or(Some(fault)),
        }
    }
    // The order of the sheets is kept.
    found.sort_by_key(|sheet| sheet.is_hidden);
    let mut found = found.into_iter();
    let Some(chosen) = found.next() else {
        let seen = Vec::new();
        return Err(first_fault.unwrap_or(FileFault::NoHeaderFound { seen }.into()));
    };
    let (alike, others): (Vec<_>, Vec<_>) = found
        .filter(|other| other.is_hidden == chosen.is_hidden)
        .partition(|other| other.guess.names == chosen.guess.names);
    let names = |sheets: Vec<LedgerSheet>| sheets.into_iter().map(|sheet| sheet.name).collect();
    let sheets = Sheets {
        chosen: Some(chosen.name).filter(|_| count > 1),
        is_hidden: chosen.is_hidden,
        alike: names(alike),
        others: names(others),
    };
    Ok((chosen.guess, sheets))
}
