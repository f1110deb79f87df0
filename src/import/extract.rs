//! [`Extract`]: a council ledger's extract, CSV or XLSX, read line by line as its [`Map`] says.
//!
//! Every line ends up in one of five places: a payment, a line of the grant that is bad, one that
//! is nothing (£0.00), one that is outside the grant, or the grand total in the last row. Reading
//! takes at most about 1 GiB of memory: a file may have 64 MiB (a workbook may unpack to 128 MiB),
//! a million rows and five hundred columns; a map 1 MiB.

pub(crate) mod map;
pub(crate) mod places;
pub(crate) mod source;
pub(crate) mod suggest;
pub(crate) mod xlsx;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::import::amount::AmountError;
use crate::import::extract::map::Unmatched;
use crate::import::extract::places::Places;
use crate::import::extract::source::Source;
use crate::import::fault::{FaultKind, FileFault, HeaderFault, InputError, ValueFault};
use crate::import::sheet::inert;
use crate::import::{amount, day};
use crate::model::{FinancialYear, Money, ProjectRef, Vat};
use crate::rules::{GrandTotal, Line, Payment, Tally};

pub use map::Map;
pub use source::{MAX_BYTES, MAX_COLUMNS, MAX_LINES};
pub use suggest::{Candidate, suggest};
pub use xlsx::{MAX_UNPACKED, WORKBOOK_READER};

/// Told how far a long work has come; `()` is told and says nothing.
pub trait Progress {
    /// So many rows of the extract are read.
    fn read(&mut self, rows: u64);
    /// So many lines of all are recorded.
    fn recorded(&mut self, lines: u64, of: u64);
}

impl Progress for () {
    fn read(&mut self, _: u64) {}
    fn recorded(&mut self, _: u64, _: u64) {}
}

/// A line of the grant that cannot be recorded, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// The row.
    pub row: u64,
    /// The cost to the grant, where it can be read.
    pub amount: Option<Money>,
    /// What is wrong, column by column.
    pub faults: Vec<FaultKind>,
}

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
    /// The lines that are none of the grant's.
    pub outside: Tally,
    /// The last row, where it is a grand total.
    pub grand_total: Option<GrandTotal>,
    /// The blank rows.
    pub blank: u64,
    bytes: Vec<u8>,
    sheet: Option<String>,
    header_row: u64,
}

impl Extract {
    /// Reads an extract. A line is of the year given, or else of the one that holds its day.
    ///
    /// # Errors
    ///
    /// A [`InputError`] where the file cannot be read at all, or its header has not the columns
    /// that the map names. What is wrong with single lines is in [`Extract::bad`].
    pub fn read(
        file: &Path,
        map: &Map,
        year: Option<FinancialYear>,
        progress: &mut dyn Progress,
    ) -> Result<Extract, InputError> {
        let fail = |kind: FaultKind| InputError::one(file, None, kind);
        let bytes = source::read(file, MAX_BYTES).map_err(|fault| fail(fault.into()))?;
        let mut source = Source::new(&bytes, map.text.sheet.as_deref()).map_err(fail)?;
        let header_row = find_header(&mut source, map.text.header).map_err(fail)?;
        if let Some(mark) = separated_by(source.cells()) {
            return Err(fail(FileFault::Separated { mark }.into()));
        }
        let places = Places::find(source.cells(), map, file, header_row)?;
        let blank = source.blank();
        let mut reader = Reader {
            map,
            year,
            places,
            found: Found::default(),
            sum: Tally::default(),
            unread: 0,
            held: None,
        };
        loop {
            match source.read() {
                Ok(false) => break,
                Ok(true) => reader.take(source.row(), source.cells()),
                Err(fault) => return Err(InputError::one(file, Some(source.row()), fault)),
            }
            progress.read(source.row());
        }
        let (found, grand_total) = reader.end();
        let Found {
            lines,
            bad,
            nothing,
            outside,
        } = found;
        let (blank, sheet) = (source.blank() - blank, map.text.sheet.clone());
        drop(source);
        Ok(Extract {
            file: file.to_owned(),
            lines,
            bad,
            nothing,
            outside,
            grand_total,
            blank,
            bytes,
            sheet,
            header_row,
        })
    }

    /// The file's name, without its folder.
    #[must_use]
    pub fn name(&self) -> String {
        name(&self.file)
    }

    /// All that is wrong with single lines, as one error.
    ///
    /// # Errors
    ///
    /// A [`InputError`], where there is a bad line.
    pub fn is_sound(&self) -> Result<(), InputError> {
        let mut error = InputError::default();
        for line in &self.bad {
            for fault in &line.faults {
                error.add(&self.file, Some(line.row), fault.clone());
            }
        }
        error.into_result()
    }

    /// Writes the rows of these numbers, each with the reason, as CSV that can be mended and
    /// imported with the same map.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn write_refused(
        &self,
        reasons: &BTreeMap<u64, String>,
        to: impl Write,
    ) -> Result<(), csv::Error> {
        let broken = |kind: FaultKind| csv::Error::from(std::io::Error::other(kind));
        let mut source = Source::new(&self.bytes, self.sheet.as_deref()).map_err(broken)?;
        let mut csv = csv::WriterBuilder::new()
            .flexible(true)
            .terminator(csv::Terminator::CRLF)
            .from_writer(to);
        // The header stands where the map looks for it, and every row is as wide.
        for _ in 1..self.header_row {
            csv.write_record([""])?;
        }
        let mut width = 0;
        while source.read().map_err(|fault| broken(fault.into()))? {
            let why = match source.row() {
                row if row == self.header_row => {
                    width = source.cells().len();
                    Some(("Row in the extract".to_owned(), "Refused because"))
                }
                row => reasons.get(&row).map(|why| (row.to_string(), why.as_str())),
            };
            if let Some((row, why)) = why {
                let kept = source.cells().iter().map(|text| {
                    if amount(text).is_ok() {
                        text.as_str().into()
                    } else {
                        inert(text)
                    }
                });
                let missing =
                    std::iter::repeat_n("".into(), width.saturating_sub(source.cells().len()));
                csv.write_record(
                    kept.chain(missing)
                        .chain([row.into(), inert(why)])
                        .map(|text| text.into_owned()),
                )?;
            }
        }
        csv.flush()?;
        Ok(())
    }
}

/// Reads to the header.
fn find_header(source: &mut Source<'_>, row: Option<u64>) -> Result<u64, FaultKind> {
    loop {
        if !source.read()? {
            return Err(match row {
                Some(row) => HeaderFault::NoSuchRow { row }.into(),
                None => FileFault::Empty.into(),
            });
        }
        match row {
            None => return Ok(source.row()),
            Some(row) if source.row() == row => return Ok(row),
            Some(row) if source.row() > row => {
                return Err(HeaderFault::BlankRow { row }.into());
            }
            Some(_) => {}
        }
    }
}

/// What stands between the cells of a header that commas do not part.
fn separated_by(header: &[String]) -> Option<&'static str> {
    let [only] = header else { return None };
    [(';', "semicolons"), ('\t', "tabs")]
        .into_iter()
        .find(|(mark, _)| only.contains(*mark))
        .map(|(_, name)| name)
}

/// What the lines read so far are.
#[derive(Default)]
struct Found {
    lines: Vec<Line>,
    bad: Vec<BadLine>,
    nothing: Tally,
    outside: Tally,
}

/// Takes an extract's rows one by one.
struct Reader<'a> {
    map: &'a Map,
    year: Option<FinancialYear>,
    places: Places,
    found: Found,
    /// The amounts of all rows, whoever's they are, and how many cannot be read.
    sum: Tally,
    unread: u64,
    /// A row that is the grand total if it is the last.
    held: Option<(u64, Vec<String>)>,
}

impl Reader<'_> {
    fn take(&mut self, row: u64, cells: &[String]) {
        if let Some((row, cells)) = self.held.take() {
            self.judge(row, &cells);
        }
        if self.places.is_total(cells) {
            self.held = Some((row, cells.to_vec()));
        } else {
            self.judge(row, cells);
        }
    }

    fn end(self) -> (Found, Option<GrandTotal>) {
        let total = self
            .held
            .and_then(|(row, cells)| Some((row, amount(self.places.amount(&cells)).ok()?)));
        let total = total.map(|(row, printed)| GrandTotal {
            row,
            printed,
            computed: self.sum.amount,
            unread: self.unread,
        });
        (self.found, total)
    }

    /// Puts a row in its place.
    fn judge(&mut self, row: u64, cells: &[String]) {
        let printed = amount(self.places.amount(cells));
        match &printed {
            Ok(amount) => self.sum.add(*amount),
            Err(_) => self.unread += 1,
        }
        let mut faults: Vec<FaultKind> = Vec::new();
        if let Err(fault) = self.places.is_within_the_header(cells) {
            faults.push(fault.into());
        }
        let (rule, project) = match self.places.project(cells) {
            Ok(Some((rule, project))) => (rule, Some(project)),
            Ok(None) => match &self.map.text.unmatched {
                Unmatched::Of(project) => (None, Some(project.clone())),
                Unmatched::Outside if faults.is_empty() => {
                    return self.found.outside.add(printed.unwrap_or_default());
                }
                _ => {
                    faults.push(self.places.unmatched(cells).into());
                    (None, None)
                }
            },
            Err(fault) => {
                faults.push(fault);
                (None, None)
            }
        };
        let cost = rule
            .and_then(|rule| self.places.amount_of(rule, cells))
            .map_or(printed, amount);
        match (&cost, faults.is_empty()) {
            (Ok(cost), true) if cost.is_zero() => return self.found.nothing.add(*cost),
            _ => {}
        }
        match self.line(row, cells, rule, project, cost, &mut faults) {
            Some(line) if faults.is_empty() => self.found.lines.push(line),
            _ => self.found.bad.push(BadLine {
                row,
                amount: cost.ok(),
                faults,
            }),
        }
    }

    /// The payment of a row, or what is wrong with its cells.
    fn line(
        &self,
        row: u64,
        cells: &[String],
        rule: Option<usize>,
        project: Option<ProjectRef>,
        cost: Result<Money, AmountError>,
        faults: &mut Vec<FaultKind>,
    ) -> Option<Line> {
        let on = match day(self.places.date(cells)) {
            Ok(on) => Some(on),
            Err(expected) => {
                let (name, text) = (&self.places.names.date, self.places.date(cells));
                faults.push(ValueFault::new(name, text, expected).into());
                None
            }
        };
        if let Err(expected) = &cost {
            let (name, text) = self.places.named_amount(rule, cells);
            faults.push(ValueFault::new(name, text, expected).into());
        }
        let (on, amount, project) = (on?, cost.ok()?, project?);
        let year = self.year.unwrap_or_else(|| FinancialYear::containing(on));
        let vat: Vat = rule
            .and_then(|rule| self.map.text.project[rule].vat)
            .unwrap_or(self.map.text.vat)
            .0;
        let supplier = self.places.supplier(cells);
        let reference = self.places.reference(cells);
        let payment = Payment {
            year,
            project,
            on,
            amount,
            supplier,
            reference,
        };
        let recurring = self.places.is_recurring(&payment);
        let line = Line {
            row,
            payment,
            vat,
            note: self.places.note(cells, row),
            recurring,
        };
        // Whoever records it: the limits of the other cells are those of any entry.
        if let Err(found) = line.draft("-") {
            faults.extend(found.into_iter().map(FaultKind::from));
        }
        Some(line)
    }
}

/// A file's name, without its folder.
fn name(file: &Path) -> String {
    file.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}
