//! A first map for an extract, from its header and what stands below it.

mod guess;
mod template;

use std::path::Path;

use crate::import::extract::limits::MAX_BYTES;
use crate::import::extract::source::{Source, is_workbook, read_file};
use crate::import::extract::suggest::guess::Guess;
use crate::import::extract::xlsx;
use crate::import::fault::{FaultKind, FileFault, InputError};

pub use template::Candidate;

/// Writes a first [`Map`](crate::import::Map) for an extract, to be checked and completed. If only
/// one of the projects is of a year of the extract, every line is given to it.
pub fn suggest(file: &Path, projects: &[Candidate]) -> Result<String, InputError> {
    let fail = |kind: FaultKind| InputError::one(file, None, kind);
    let bytes = read_file(file, MAX_BYTES).map_err(|fault| fail(fault.into()))?;
    let sheets = if is_workbook(&bytes) {
        let names = xlsx::sheet_names(&bytes).map_err(fail)?;
        names.into_iter().map(Some).collect()
    } else {
        vec![None]
    };
    for (index, sheet) in sheets.iter().enumerate() {
        let source = Source::new(&bytes, sheet.as_deref()).map_err(fail)?;
        if let Some(mut guess) = Guess::read(source).map_err(|fault| fail(fault.into()))? {
            guess.sheet = sheet.clone().filter(|_| index > 0);
            return Ok(template::write(&guess, projects));
        }
    }
    Err(fail(FileFault::NoHeaderFound.into()))
}
