//! The sheets of a workbook from before Excel 2007.
//!
//! calamine reserves what such a file states of its size and follows parts that run in a circle, so
//! the few records that hold cells are read here.

use std::collections::BTreeMap;

use crate::import::extract::limits::{MAX_CELLS, MAX_SHEETS, MAX_TEXT};
use crate::import::extract::workbook::biff::{Bytes, CONTINUE, Record, Records};
use crate::import::extract::workbook::compound::Compound;
use crate::import::extract::workbook::number;
use crate::import::extract::workbook::rows::{RowCollector, SheetRow, count_filled};
use crate::import::extract::workbook::sheet::WorkbookSheet;
use crate::import::fault::{FaultKind, WorkbookFault};

/// The version that a workbook of Excel 97 or later states.
const EXCEL_97: u16 = 0x0600;

/// The types of the records that are read, under the names of [MS-XLS].
///
/// [MS-XLS]: https://learn.microsoft.com/openspecs/office_file_formats/ms-xls/
mod kind {
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const EOF: u16 = 0x000A;
    pub(super) const DATE_1904: u16 = 0x0022;
    pub(super) const FILE_PASS: u16 = 0x002F;
    pub(super) const BOUND_SHEET: u16 = 0x0085;
    pub(super) const MUL_RK: u16 = 0x00BD;
    pub(super) const RSTRING: u16 = 0x00D6;
    pub(super) const XF: u16 = 0x00E0;
    pub(super) const SST: u16 = 0x00FC;
    pub(super) const LABEL_SST: u16 = 0x00FD;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const LABEL: u16 = 0x0204;
    pub(super) const BOOL_ERR: u16 = 0x0205;
    pub(super) const STRING: u16 = 0x0207;
    pub(super) const ROW: u16 = 0x0208;
    pub(super) const RK: u16 = 0x027E;
    pub(super) const FORMAT: u16 = 0x041E;
    pub(super) const BOF: u16 = 0x0809;
}

pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<WorkbookSheet>, FaultKind> {
    let file = Compound::open(bytes)?;
    if file.has("EncryptedPackage") {
        return Err(WorkbookFault::Protected.into());
    }
    let stream = file.stream(&["Workbook", "Book"])?;
    let globals = Globals::read(&stream)?;
    if globals.sheets.is_empty() {
        return Err(WorkbookFault::NoSheets.into());
    }
    let mut collector = RowCollector::default();
    let mut sheets = Vec::new();
    for (start, is_hidden, name) in &globals.sheets {
        let start = usize::try_from(*start).map_err(WorkbookFault::damaged)?;
        let rest = stream.get(start..).unwrap_or_default();
        let mut sheet = Sheet::new(&globals);
        let rows = sheet.read(rest, &mut collector);
        let hidden = rows
            .as_ref()
            .map_or(0, |rows| count_filled(rows, &sheet.hidden));
        sheets.push(WorkbookSheet {
            name: name.clone(),
            is_hidden: *is_hidden,
            rows,
            hidden_rows: hidden,
        });
    }
    Ok(sheets)
}

/// What all sheets share.
#[derive(Default)]
struct Globals {
    /// Where each sheet begins, whether it is hidden, and its name.
    sheets: Vec<(u32, bool, String)>,
    strings: Vec<Box<str>>,
    /// For each cell format, its number format; and those that show a day.
    formats: Vec<u16>,
    dates: BTreeMap<u16, bool>,
    is_1904: bool,
}

impl Globals {
    fn read(stream: &[u8]) -> Result<Globals, WorkbookFault> {
        let mut globals = Globals::default();
        let mut records = Records { rest: stream };
        match records.next() {
            Some(Record {
                kind: kind::BOF,
                bytes,
            }) if bytes.starts_with(&EXCEL_97.to_le_bytes()) => {}
            _ => return Err(WorkbookFault::Old),
        }
        while let Some(record) = records.next() {
            let mut bytes = records.whole(&record);
            match record.kind {
                kind::FILE_PASS => return Err(WorkbookFault::Protected),
                kind::DATE_1904 => globals.is_1904 = bytes.short()? == 1,
                kind::FORMAT => {
                    let number = bytes.short()?;
                    globals.dates.insert(number, shows_day(&bytes.text()?));
                }
                kind::XF => {
                    bytes.skip(2)?;
                    globals.formats.push(bytes.short()?);
                }
                kind::BOUND_SHEET => globals.add_sheet(&mut bytes)?,
                kind::SST => globals.read_strings(&mut bytes)?,
                kind::EOF => break,
                _ => {}
            }
        }
        Ok(globals)
    }

    fn add_sheet(&mut self, bytes: &mut Bytes<'_>) -> Result<(), WorkbookFault> {
        let (start, visibility, kind) = (bytes.long()?, bytes.byte()?, bytes.byte()?);
        let name = bytes.short_text()?;
        // Charts and macros hold no cells.
        if kind == 0 {
            self.sheets.push((start, visibility & 3 != 0, name));
        }
        if self.sheets.len() > MAX_SHEETS {
            return Err(WorkbookFault::unreadable("it has too many sheets"));
        }
        Ok(())
    }

    fn read_strings(&mut self, bytes: &mut Bytes<'_>) -> Result<(), WorkbookFault> {
        bytes.long()?;
        for _ in 0..bytes.long()? {
            self.strings.push(bytes.text()?.into());
        }
        Ok(())
    }

    /// Returns `true` if a cell of this format shows a day.
    fn is_date(&self, format: u16) -> bool {
        let Some(number) = self.formats.get(usize::from(format)) else {
            return false;
        };
        let built_in = matches!(number, 14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58);
        self.dates.get(number).copied().unwrap_or(built_in)
    }
}

/// Returns `true` if a number format shows a day, outside of what it quotes.
fn shows_day(format: &str) -> bool {
    let (mut is_quoted, mut is_bracketed, mut is_escaped) = (false, false, false);
    format.chars().any(|c| {
        let was_escaped = std::mem::take(&mut is_escaped);
        match c {
            _ if was_escaped => return false,
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => return false,
            '[' => is_bracketed = true,
            ']' => is_bracketed = false,
            _ if is_bracketed => return false,
            '\\' | '_' | '*' => is_escaped = true,
            _ => {}
        }
        matches!(c.to_ascii_lowercase(), 'd' | 'y')
    })
}

/// The cells of one sheet, as they are read.
struct Sheet<'a> {
    globals: &'a Globals,
    cells: Vec<(u16, u16, String)>,
    hidden: Vec<u64>,
    /// The cell whose formula gives a text, which the next record has.
    awaits_text: Option<(u16, u16)>,
    text_bytes: usize,
}

impl Sheet<'_> {
    fn new(globals: &Globals) -> Sheet<'_> {
        Sheet {
            globals,
            cells: Vec::new(),
            hidden: Vec::new(),
            awaits_text: None,
            text_bytes: 0,
        }
    }

    fn read(
        &mut self,
        stream: &[u8],
        collector: &mut RowCollector,
    ) -> Result<Vec<SheetRow>, FaultKind> {
        let mut depth = 0_u32;
        let mut records = Records { rest: stream };
        while let Some(record) = records.next() {
            match record.kind {
                kind::BOF => depth += 1,
                kind::EOF if depth <= 1 => break,
                kind::EOF => depth -= 1,
                // A chart within the sheet.
                _ if depth > 1 => {}
                CONTINUE => {}
                kind => {
                    let mut bytes = records.whole(&record);
                    self.take(kind, &mut bytes, record.bytes.len())?;
                }
            }
        }
        self.hidden.sort_unstable();
        // Excel writes them in order; other programs need not.
        let mut cells = std::mem::take(&mut self.cells);
        cells.sort_by_key(|(row, column, _)| (*row, *column));
        for (row, column, text) in cells {
            collector.add(row.into(), column.into(), &text)?;
        }
        Ok(collector.end_sheet())
    }

    fn take(
        &mut self,
        kind: u16,
        bytes: &mut Bytes<'_>,
        length: usize,
    ) -> Result<(), WorkbookFault> {
        if kind == kind::STRING {
            if let Some((row, column)) = self.awaits_text.take() {
                let text = bytes.text()?;
                self.push(row, column, text)?;
            }
            return Ok(());
        }
        if !matches!(
            kind,
            kind::FORMULA
                | kind::MUL_RK
                | kind::RSTRING
                | kind::LABEL_SST
                | kind::NUMBER
                | kind::LABEL
                | kind::BOOL_ERR
                | kind::ROW
                | kind::RK
        ) {
            return Ok(());
        }
        let row = bytes.short()?;
        if kind == kind::ROW {
            bytes.skip(10)?;
            if bytes.byte()? & 0x20 != 0 {
                self.hidden.push(u64::from(row) + 1);
            }
            return Ok(());
        }
        let column = bytes.short()?;
        if kind == kind::MUL_RK {
            return self.take_numbers(row, column, bytes, length);
        }
        let format = bytes.short()?;
        let text = match kind {
            kind::NUMBER => self.number(&number::long(eight(bytes)?), format),
            kind::RK => self.short_number(bytes.long()?, format),
            kind::LABEL_SST => self.string(bytes.long()?)?,
            kind::LABEL | kind::RSTRING => {
                let (count, flags) = (bytes.short()?, bytes.byte()?);
                bytes.letters(count, flags)?
            }
            kind::BOOL_ERR => special(bytes.byte()?, bytes.byte()? != 0).into(),
            _ => {
                let result = eight(bytes)?;
                // The last two of the eight bytes say that it is no number.
                match result.to_le_bytes() {
                    [0, .., 0xFF, 0xFF] => {
                        self.awaits_text = Some((row, column));
                        return Ok(());
                    }
                    [kind @ (1 | 2), _, value, .., 0xFF, 0xFF] => special(value, kind == 2).into(),
                    [.., 0xFF, 0xFF] => return Ok(()),
                    _ => self.number(&number::long(result), format),
                }
            }
        };
        self.push(row, column, text)?;
        Ok(())
    }

    fn push(&mut self, row: u16, column: u16, text: String) -> Result<(), WorkbookFault> {
        self.text_bytes += text.len();
        if self.text_bytes > MAX_TEXT {
            return Err(WorkbookFault::TooMuchText { limit: MAX_TEXT });
        }
        if self.cells.len() == MAX_CELLS {
            return Err(WorkbookFault::TooManyCells { limit: MAX_CELLS });
        }
        self.cells.push((row, column, text));
        Ok(())
    }

    /// Several short numbers side by side.
    fn take_numbers(
        &mut self,
        row: u16,
        first: u16,
        bytes: &mut Bytes<'_>,
        length: usize,
    ) -> Result<(), WorkbookFault> {
        // The row, the first and the last column take six bytes.
        let count = u16::try_from(length.saturating_sub(6) / 6).map_err(WorkbookFault::damaged)?;
        for column in first..first.saturating_add(count) {
            let (format, number) = (bytes.short()?, bytes.long()?);
            let text = self.short_number(number, format);
            self.push(row, column, text)?;
        }
        Ok(())
    }

    fn string(&self, number: u32) -> Result<String, WorkbookFault> {
        let number = usize::try_from(number).map_err(WorkbookFault::damaged)?;
        let string = self.globals.strings.get(number);
        let string = string.ok_or_else(|| WorkbookFault::damaged("a text is missing"))?;
        Ok(string.to_string())
    }

    fn short_number(&self, number: u32, format: u16) -> String {
        self.number(&number::short(number), format)
    }

    fn number(&self, number: &str, format: u16) -> String {
        if self.globals.is_date(format) {
            number::day(number, self.globals.is_1904)
        } else {
            number.to_owned()
        }
    }
}

fn eight(bytes: &mut Bytes<'_>) -> Result<u64, WorkbookFault> {
    let low = bytes.long()?;
    Ok(u64::from(low) | u64::from(bytes.long()?) << 32)
}

/// A cell that is true, false or an error.
fn special(value: u8, is_error: bool) -> &'static str {
    match (is_error, value) {
        (false, 0) => "FALSE",
        (false, _) => "TRUE",
        (true, 0x07) => "#DIV/0!",
        (true, 0x0F) => "#VALUE!",
        (true, 0x17) => "#REF!",
        (true, 0x1D) => "#NAME?",
        (true, 0x24) => "#NUM!",
        (true, 0x2A) => "#N/A",
        (true, _) => "#NULL!",
    }
}
