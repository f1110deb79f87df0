//! A first map for an extract, from its header and what stands below it.

mod guess;
mod look;
mod map_text;
mod names;
mod sample;
mod sketch;

use std::path::Path;

use crate::import::extract::limits::MAX_BYTES;
use crate::import::extract::source::read_file;
use crate::import::extract::suggest::look::look;
use crate::import::fault::{FaultKind, InputError};

pub use map_text::Candidate;
pub use sketch::{COLUMN_KEYS, Choices, Sketch};

/// Writes a first [`Map`](crate::import::Map) for an extract, to be checked and completed. If only
/// one of the projects is of a year of the extract, every line is given to it.
///
/// # Errors
///
/// An [`InputError`] if the file cannot be read, or no row of it looks like the header of a ledger.
pub fn suggest(file: &Path, projects: &[Candidate]) -> Result<String, InputError> {
    let fail = |kind: FaultKind| InputError::one(file, None, kind);
    let bytes = read_file(file, MAX_BYTES).map_err(|fault| fail(fault.into()))?;
    let (guess, sheets) = look(&bytes).map_err(fail)?;
    Ok(map_text::write(&guess, &sheets, projects))
}
