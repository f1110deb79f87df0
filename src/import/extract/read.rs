//! [`Extract`]: an extract as read, and [`Progress`]: how far a long import has come.

use std::path::{Path, PathBuf};

use crate::import::extract::layout::Layout;
use crate::import::extract::limits::MAX_BYTES;
use crate::import::extract::lines::{BadLine, LineReader};
use crate::import::extract::map::Map;
use crate::import::extract::source::{Source, is_workbook, read_file};
use crate::import::extract::text::file_name;
use crate::import::fault::{FaultKind, FileFault, HeaderFault, InputError};
use crate::model::{Date, FinancialYear};
use crate::rules::{GrandTotal, Line, Tally};

/// An extract as read.
#[derive(Debug)]
pub struct Extract {
    /// The file.
    pub file: PathBuf,
    /// The payments, in the order of the rows.
    pub lines: Vec<Line>,
    /// The lines that are bad.
    pub bad: Vec<BadLine>,
    /// The lines of £0.00, which are not recorded.
    pub nothing: Tally,
    /// The lines that are outside the grant.
    pub outside: Tally,
    /// The lines dated before or after the period that the map gives.
    pub outside_period: Tally,
    /// The first and the last day of all lines, whoever's they are.
    pub days: Option<(Date, Date)>,
    /// The last row, if it is a grand total.
    pub grand_total: Option<GrandTotal>,
    /// How many rows are blank.
    pub blank: u64,
    pub(super) bytes: Vec<u8>,
    pub(super) sheet: Option<String>,
    pub(super) header_row: u64,
}

impl Extract {
    /// Reads an extract. A line belongs to the year given, or else to that of the map, or else to
    /// that of its day.
    ///
    /// # Errors
    ///
    /// An [`InputError`] if the file cannot be read at all, or its header lacks a column that the
    /// map names. What is wrong with single lines is in [`Extract::bad`].
    pub fn read(
        file: &Path,
        map: &Map,
        year: Option<FinancialYear>,
        progress: &mut dyn Progress,
    ) -> Result<Extract, InputError> {
        let fail = |kind: FaultKind| InputError::one(file, None, kind);
        let bytes = read_file(file, MAX_BYTES).map_err(|fault| fail(fault.into()))?;
        let sheet = map.text.sheet.clone();
        let mut source = Source::new(&bytes, sheet.as_deref()).map_err(fail)?;
        let header_row = find_header(&mut source, map.text.header).map_err(fail)?;
        if let Some(mark) = separator(&source.cells) {
            return Err(fail(FileFault::Separated { mark }.into()));
        }
        let layout = Layout::find(&source.cells, map, file, header_row)?;
        let blank_above = source.blank;
        let mut reader = LineReader::new(
            layout,
            year.or(map.text.year.map(|year| year.0)),
            map.text.period(),
        );
        while source
            .read()
            .map_err(|fault| InputError::one(file, Some(source.row), fault))?
        {
            reader.take(source.row, &source.cells);
            progress.read(source.row);
        }
        let blank = source.blank - blank_above;
        drop(source);
        let (lines, grand_total) = reader.end();
        Ok(Extract {
            file: file.to_owned(),
            lines: lines.payments,
            bad: lines.bad,
            nothing: lines.nothing,
            outside: lines.outside,
            outside_period: lines.outside_period,
            days: lines.days,
            grand_total,
            blank,
            bytes,
            sheet,
            header_row,
        })
    }

    /// The file's name, without its folder.
    pub fn name(&self) -> String {
        file_name(&self.file)
    }

    /// Returns `true` if it is a workbook.
    pub fn is_workbook(&self) -> bool {
        is_workbook(&self.bytes)
    }

    /// Checks that no line is bad.
    pub fn check_lines(&self) -> Result<(), InputError> {
        let mut error = InputError::default();
        for line in &self.bad {
            for fault in &line.faults {
                error.add(&self.file, Some(line.row), fault.clone());
            }
        }
        error.into_result()
    }
}

/// Reads up to the header, which is this row or else the first that is not blank. Returns its row.
fn find_header(source: &mut Source<'_>, wanted: Option<u64>) -> Result<u64, FaultKind> {
    while source.read()? {
        let row = source.row;
        match wanted {
            Some(wanted) if row < wanted => {}
            Some(wanted) if row > wanted => {
                return Err(HeaderFault::BlankRow { row: wanted }.into());
            }
            _ => return Ok(row),
        }
    }
    Err(match wanted {
        Some(row) => HeaderFault::NoSuchRow { row }.into(),
        None => FileFault::Empty.into(),
    })
}

/// The name of the separator of a header that is not separated by commas.
fn separator(header: &[String]) -> Option<&'static str> {
    let [only] = header else { return None };
    [(';', "semicolons"), ('\t', "tabs")]
        .into_iter()
        .find(|(mark, _)| only.contains(*mark))
        .map(|(_, name)| name)
}

/// Receives how far a long import has come; `()` ignores it.
pub trait Progress {
    /// So many rows of the extract are read.
    fn read(&mut self, rows: u64);
    /// So many of all lines are recorded.
    fn recorded(&mut self, lines: u64, of: u64);
}

impl Progress for () {
    fn read(&mut self, _: u64) {}
    fn recorded(&mut self, _: u64, _: u64) {}
}
