//! [`Extract`]: an extract as read, and [`Progress`]: how far a long import has come.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use crate::import::extract::fill::Filled;
use crate::import::extract::joined::Joined;
use crate::import::extract::kind::FileType;
use crate::import::extract::layout::Layout;
use crate::import::extract::limits::MAX_BYTES;
use crate::import::extract::lines::{BadLine, LineReader, OutsideLine};
use crate::import::extract::map::Map;
use crate::import::extract::opened::{Opened, find_header};
use crate::import::extract::source::{Contents, Source, read_file};
use crate::import::extract::text::file_name;
use crate::import::fault::{FaultKind, InputError, WorkbookFault};
use crate::model::{Date, FinancialYear};
use crate::report::{OutsideCode, PassedOver, SheetsRead};
use crate::rules::{GrandTotal, Line, Place, Tally, occurrences};

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
    /// The same by their codes.
    pub outside_codes: Vec<OutsideCode>,
    /// Those that no rule names as such, if the map is that of a shared ledger.
    pub outside_lines: Vec<OutsideLine>,
    /// The lines dated before or after the period that the map gives.
    pub outside_period: Tally,
    /// The first and the last day of all lines, whoever's they are.
    pub days: Option<(Date, Date)>,
    /// The last row, if it is a grand total.
    pub grand_total: Option<GrandTotal>,
    /// The other totals that do not agree with the rows that they should sum up.
    pub wrong_totals: Vec<GrandTotal>,
    /// Other rows that are no payments.
    pub passed_over: PassedOver,
    /// How many rows are blank.
    pub blank: u64,
    /// The sheet that was read, and those that were not.
    pub sheets: SheetsRead,
    pub(super) bytes: Vec<u8>,
    /// What separates the cells of a CSV file.
    pub(super) separator: Option<u8>,
    pub(super) sheet: Option<String>,
    pub(super) joined: Joined,
    pub(super) header_row: u64,
    /// The cells that were filled from the rows above.
    pub(super) filled: Filled,
}

/// The rows below the header, as far as they are read.
struct Rows {
    header: u64,
    reader: LineReader,
    blank: u64,
}

impl Rows {
    /// Reads all rows; each may have so many cells more than the header.
    fn read(
        file: &Path,
        (contents, joined): (&Contents<'_>, &Joined),
        map: &Map,
        year: Option<FinancialYear>,
        excess: usize,
        progress: &mut dyn Progress,
    ) -> Result<Rows, InputError> {
        let mut source = Source::new(contents);
        let header = find_header(&mut source, map.text.header)
            .map_err(|kind| InputError::one(file, None, kind))?;
        let mut layout = Layout::find(&source.cells, map, file, header)?;
        layout.widen(excess);
        let blank_above = source.blank;
        let year = year.or(map.text.year.map(|year| year.0));
        let mut reader = LineReader::new(layout, year, map.text.period(), joined.clone());
        while source
            .read()
            .map_err(|fault| InputError::one(file, Some(source.row), fault))?
        {
            reader.take(source.row, &mut source.cells);
            progress.read(source.row);
        }
        Ok(Rows {
            header,
            reader,
            blank: source.blank - blank_above,
        })
    }
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
        let bytes =
            read_file(file, MAX_BYTES).map_err(|fault| InputError::one(file, None, fault))?;
        Extract::from_bytes(file, bytes, map, year, progress)
    }

    /// Does what [`read`](Extract::read) does with the bytes of a file; `file` is what it is called.
    ///
    /// # Errors
    ///
    /// As [`read`](Extract::read).
    pub fn from_bytes(
        file: &Path,
        bytes: Vec<u8>,
        map: &Map,
        year: Option<FinancialYear>,
        progress: &mut dyn Progress,
    ) -> Result<Extract, InputError> {
        let fail = |kind: FaultKind| InputError::one(file, None, kind);
        let opened = Opened::open(file, &bytes, map).map_err(fail)?;
        let (sheet, sheets, contents) = (opened.sheet, opened.choice, opened.contents);
        let joined = opened.joined;
        let mut rows = Rows::read(file, (&contents, &joined), map, year, 0, progress)?;
        if let Some(excess) = rows.reader.common_excess() {
            rows = Rows::read(file, (&contents, &joined), map, year, excess, progress)?;
        }
        if let Some(fault) = rows.reader.gross_fault() {
            return Err(InputError::one(file, None, fault));
        }
        let separator = contents.separator();
        drop(contents);
        let lines = rows.reader.end();
        if !sheets.together.is_empty()
            && let Some(place) = repeated_line(&lines.payments)
        {
            let (place, names) = (place.clone(), sheets.together);
            return Err(fail(WorkbookFault::RepeatedLine { place, names }.into()));
        }
        Ok(Extract {
            joined,
            file: file.to_owned(),
            lines: lines.payments,
            bad: lines.bad.into_iter().map(|(_, line)| line).collect(),
            nothing: lines.nothing,
            outside: lines.outside,
            outside_codes: lines.outside_codes,
            outside_lines: lines.outside_lines,
            outside_period: lines.outside_period,
            days: lines.days,
            grand_total: lines.totals.grand_total,
            wrong_totals: lines.totals.differing,
            passed_over: PassedOver {
                totals: lines.totals.agreeing,
                balances: lines.totals.balances,
                headers: lines.headers,
                headings: lines.headings,
                examples: lines.examples,
            },
            blank: rows.blank,
            sheets,
            bytes,
            separator,
            sheet,
            header_row: rows.header,
            filled: lines.filled,
        })
    }

    /// The file's name, without its folder.
    pub fn name(&self) -> String {
        file_name(&self.file)
    }

    /// Returns `true` if it is a workbook.
    pub fn is_workbook(&self) -> bool {
        FileType::of(&self.bytes).is_workbook()
    }

    /// The rows that the map gives to a project, whether they can be read or not.
    pub fn claimed_rows(&self) -> BTreeSet<Place> {
        let lines = self.lines.iter().map(|line| &line.place);
        let bad = self.bad.iter().map(|line| &line.place);
        lines.chain(bad).cloned().collect()
    }

    /// Checks that no line is bad.
    pub fn check_lines(&self) -> Result<(), InputError> {
        let mut error = InputError::default();
        for line in &self.bad {
            for fault in &line.faults {
                error.add_at(&self.file, &line.place, fault.clone());
            }
        }
        error.into_result()
    }
}

/// A line that one of several sheets has and an earlier one too.
fn repeated_line(lines: &[Line]) -> Option<&Place> {
    let mut earlier = HashSet::new();
    for sheet in lines.chunk_by(|one, next| one.place.sheet == next.place.sheet) {
        let fingerprints = occurrences(sheet);
        let mut found = sheet.iter().zip(&fingerprints);
        if let Some((line, _)) = found.find(|(_, fingerprint)| earlier.contains(*fingerprint)) {
            return Some(&line.place);
        }
        earlier.extend(fingerprints);
    }
    None
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
