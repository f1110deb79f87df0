//! [`RefusedLines`]: the file that takes the lines which an import leaves out.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::ErrorKind;

use crg::import::Extract;
use crg::report::{ImportReport, LineOutcome};

use crate::failure::{Failure, Stop};
use crg::{Book, Error};
use std::path::{Path, PathBuf};

/// The most files of refused lines that an extract may have beside it.
const MAX_FILES: u32 = 99;

/// The file for refused lines. It is made before anything is recorded, so that its name cannot fail
/// afterwards, and removed if nothing is written to it.
pub(crate) struct RefusedLines {
    path: PathBuf,
    file: File,
    written: bool,
}

impl RefusedLines {
    /// Makes the file for an extract's refused lines: `EXTRACT-refused.csv`, or the next number if
    /// that exists.
    pub(crate) fn reserve(extract: &Path, book: &Path) -> Result<RefusedLines, Stop> {
        let Some(stem) = extract.file_stem() else {
            return Err(Failure::command_line("name the extract's file").into());
        };
        let mut number = 1;
        loop {
            let mut name = stem.to_owned();
            name.push(match number {
                1 => "-refused.csv".to_owned(),
                number => format!("-refused-{number}.csv"),
            });
            let path = extract.with_file_name(name);
            match Book::create_file(&path, book) {
                Ok(file) => {
                    return Ok(RefusedLines {
                        path,
                        file,
                        written: false,
                    });
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists && number < MAX_FILES => {
                    number += 1;
                }
                Err(error) => return Err(Error::Output { path, error }.into()),
            }
        }
    }

    /// Writes the refused lines, and returns the path if there are any.
    pub(crate) fn write(
        mut self,
        extract: &Extract,
        report: &ImportReport,
    ) -> Result<Option<PathBuf>, Stop> {
        let rows = report.rows.iter();
        let refused = rows.filter(|row| row.outcome == LineOutcome::Refused);
        let reasons = refused.map(|row| (row.row, row.why.clone().unwrap_or_default()));
        let reasons: BTreeMap<u64, String> = reasons.collect();
        if reasons.is_empty() {
            return Ok(None);
        }
        let written = extract
            .write_refused(&reasons, &self.file)
            .map_err(std::io::Error::from)
            .and_then(|()| self.file.sync_all());
        let path = self.path.clone();
        if let Err(error) = written {
            return Err(Error::Output { path, error }.into());
        }
        self.written = true;
        Ok(Some(path))
    }
}

impl Drop for RefusedLines {
    fn drop(&mut self) {
        if !self.written {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}
