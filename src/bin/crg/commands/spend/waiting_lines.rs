//! The file of the lines that wait, to be filled in and given back with `--decisions`.

use std::path::{Path, PathBuf};

use crg::format;
use crg::import::Extract;
use crg::report::{ImportReport, WaitingReport};

use crate::commands::spend::reserved::Reserved;
use crate::failure::{Exit, Failure, Stop};

/// Makes the file for an extract's waiting lines: where it is asked for, or `EXTRACT.waiting.csv`,
/// or the next number if that exists. Those of a workbook are a workbook, so that a spreadsheet
/// shows them as they are.
pub(crate) fn reserve(
    extract: &Extract,
    asked: Option<&Path>,
    book: &Path,
) -> Result<Reserved, Stop> {
    if let Some(path) = asked {
        return Reserved::at(path, book);
    }
    let ending = if extract.is_workbook() { "xlsx" } else { "csv" };
    Reserved::beside(&extract.file, book, |number| {
        let mut name = extract.file.file_name()?.to_owned();
        name.push(match number {
            1 => format!(".waiting.{ending}"),
            number => format!(".waiting-{number}.{ending}"),
        });
        Some(name)
    })
}

/// Writes the waiting lines, and returns the path if there are any.
pub(crate) fn write(file: Reserved, report: &ImportReport) -> Result<Option<PathBuf>, Stop> {
    let waiting = WaitingReport::new(report);
    if waiting.rows.is_empty() {
        return Ok(None);
    }
    let is_workbook = file.path.extension().is_some_and(|ending| ending == "xlsx");
    let bytes = if is_workbook {
        format::xlsx(&waiting).map_err(|error| {
            let path = file.path.display();
            let message = format!("storage: {path} cannot be made: {error}");
            Failure::new(Exit::Storage, "format-limit", message)
        })?
    } else {
        format::csv(&waiting, true).into_bytes()
    };
    file.write_bytes(&bytes).map(Some)
}
