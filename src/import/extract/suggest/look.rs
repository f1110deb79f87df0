//! What a file shows of itself, whatever kind of file it is.

use crate::import::extract::kind::FileType;
use crate::import::extract::source::Contents;
use crate::import::extract::suggest::guess::Guess;
use crate::import::extract::suggest::map_text::Sheets;
use crate::import::extract::workbook;
use crate::import::extract::workbook::sheet::WorkbookSheet;
use crate::import::fault::{FaultKind, FileFault};

/// Looks at a file: of a workbook, at the sheet that looks most like a ledger.
pub(super) fn look(bytes: &[u8]) -> Result<(Guess, Sheets), FaultKind> {
    let file_type = FileType::of(bytes);
    if file_type.is_workbook() {
        return of_sheets(workbook::sheets(bytes, file_type)?);
    }
    let contents = Contents::text(bytes, None)?;
    Ok((guess(&contents)?, Sheets::default()))
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
