//! The file that takes the lines which an import leaves out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crg::import::Extract;
use crg::report::{ImportReport, LineOutcome};
use crg::rules::Place;

use crate::commands::spend::reserved::Reserved;
use crate::failure::Stop;

/// Makes the file for an extract's refused lines: `EXTRACT-refused.csv`, or the next number if that
/// exists.
pub(crate) fn reserve(extract: &Path, book: &Path) -> Result<Reserved, Stop> {
    Reserved::beside(extract, book, |number| {
        let mut name = extract.file_stem()?.to_owned();
        name.push(match number {
            1 => "-refused.csv".to_owned(),
            number => format!("-refused-{number}.csv"),
        });
        Some(name)
    })
}

/// Writes the refused lines, and returns the path if there are any.
pub(crate) fn write(
    file: Reserved,
    extract: &Extract,
    report: &ImportReport,
) -> Result<Option<PathBuf>, Stop> {
    let rows = report.rows.iter();
    let refused = rows.filter(|row| row.outcome == LineOutcome::Refused);
    let reasons = refused.map(|row| (row.place(), row.why.clone().unwrap_or_default()));
    let reasons: BTreeMap<Place, String> = reasons.collect();
    if reasons.is_empty() {
        return Ok(None);
    }
    let path = file.write(|file| {
        extract
            .write_refused(&reasons, file)
            .map_err(std::io::Error::from)
    })?;
    Ok(Some(path))
}
