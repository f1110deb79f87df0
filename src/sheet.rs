//! [`Sheet`]: CSV in, with a place for everything that is wrong, and CSV out, with no text that a spreadsheet would run.

use std::fmt::Display;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// The most rows a file may have.
pub const MOST_ROWS: u64 = 10_000_000;
/// The most bytes that a row may have: one that is longer has a quote left open.
pub const LONGEST_ROW: usize = 1 << 20;
/// The most faults that are listed; the rest are counted.
pub const MOST_FAULTS: usize = 100;

/// One thing wrong with a file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetFault {
    /// The file.
    pub file: PathBuf,
    /// The row as a spreadsheet numbers it: the header is row 1.
    pub row: Option<u64>,
    /// What is wrong there.
    pub what: String,
}

impl Display for SheetFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.row {
            Some(row) => write!(f, "{}, row {row}: {}", self.file.display(), self.what),
            None => write!(f, "{}: {}", self.file.display(), self.what),
        }
    }
}

/// What is wrong with a file: the first hundred faults, and how many more.
#[derive(Debug, Clone, Default, PartialEq, Eq, thiserror::Error)]
#[error("{}", listed(.faults, *.more))]
pub struct SheetError {
    /// The first faults, in the order of the rows.
    pub faults: Vec<SheetFault>,
    /// How many more there are.
    pub more: usize,
}

fn listed(faults: &[SheetFault], more: usize) -> String {
    let mut lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    if more > 0 {
        lines.push(format!("… and {more} more"));
    }
    lines.join("\n")
}

impl SheetError {
    /// One fault.
    #[must_use]
    pub fn one(file: &Path, row: Option<u64>, what: impl Display) -> SheetError {
        let mut error = SheetError::default();
        error.add(file, row, what);
        error
    }

    /// One more fault.
    pub fn add(&mut self, file: &Path, row: Option<u64>, what: impl Display) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(SheetFault { file: file.to_owned(), row, what: what.to_string() });
        } else {
            self.more += 1;
        }
    }

    /// Takes in what is wrong with one of several files; gives on what was right.
    pub fn keep<T>(&mut self, result: Result<T, SheetError>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                error.faults.iter().for_each(|fault| self.add(&fault.file, fault.row, &fault.what));
                self.more += error.more;
                None
            }
        }
    }

    /// Nothing wrong, or this.
    ///
    /// # Errors
    ///
    /// Itself, where it holds a fault.
    pub fn into_result(self) -> Result<(), SheetError> {
        if self.faults.is_empty() { Ok(()) } else { Err(self) }
    }
}

/// A folder of CSV files: on disk, or built into the program.
#[derive(Debug, Clone, Copy)]
pub enum Folder<'a> {
    /// On disk.
    At(&'a Path),
    /// Built in: the texts of files, by name.
    BuiltIn(&'a [(&'a str, &'static str)]),
}

impl Folder<'_> {
    /// The path of one of its files, for errors.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        match self {
            Folder::At(path) => path.join(name),
            Folder::BuiltIn(_) => name.into(),
        }
    }

    /// Does it have such a file?
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        match self {
            Folder::At(path) => path.join(name).exists(),
            Folder::BuiltIn(files) => files.iter().any(|(n, _)| *n == name),
        }
    }

    fn read(&self, name: &str) -> std::io::Result<Box<dyn Read>> {
        match self {
            Folder::At(path) => Ok(Box::new(std::io::BufReader::with_capacity(1 << 16, File::open(path.join(name))?))),
            Folder::BuiltIn(files) => match files.iter().find(|(n, _)| *n == name) {
                Some((_, text)) => Ok(Box::new(text.as_bytes())),
                None => Err(std::io::ErrorKind::NotFound.into()),
            },
        }
    }
}

/// A CSV file being read, row by row, its columns found by name.
pub struct Sheet {
    file: PathBuf,
    reader: csv::Reader<Box<dyn Read>>,
    /// For each expected column its place in the file.
    places: Vec<Option<usize>>,
    width: usize,
    row: u64,
    ended: bool,
    record: csv::ByteRecord,
}

impl Sheet {
    /// Opens a file of a folder, whose header names some of the columns, in any order.
    ///
    /// # Errors
    ///
    /// A [`SheetError`] where the file cannot be read, or its header has an unknown column or one twice.
    pub fn open(folder: Folder<'_>, name: &str, columns: &[&str]) -> Result<Sheet, SheetError> {
        let file = &folder.path(name);
        let fail = |what: &dyn Display| SheetError::one(file, None, what);
        let bytes = folder.read(name).map_err(|error| fail(&format_args!("cannot be read: {error}")))?;
        let bytes: Box<dyn Read> = Box::new(BlankLines::new(bytes));
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
        let header = reader.byte_headers().map_err(|error| fail(&format_args!("cannot be read: {error}")))?.clone();
        let mut faults = SheetError::default();
        let mut places = vec![None; columns.len()];
        for (place, name) in header.iter().enumerate() {
            let name = String::from_utf8_lossy(name);
            let name = name.trim_start_matches('\u{feff}').trim();
            match columns.iter().position(|column| *column == name) {
                None => faults.add(file, Some(1), format_args!("unknown column {name:?}; expected some of {}", columns.join(", "))),
                Some(column) if places[column].is_some() => faults.add(file, Some(1), format_args!("column {name:?} is there twice")),
                Some(column) => places[column] = Some(place),
            }
        }
        if header.is_empty() {
            faults.add(file, Some(1), format_args!("no header; expected {}", columns.join(",")));
        }
        faults.into_result()?;
        let width = header.len();
        Ok(Sheet { file: file.to_owned(), reader, places, width, row: 1, ended: false, record: csv::ByteRecord::new() })
    }

    /// The file's path.
    #[must_use]
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// The number of the row last read, as a spreadsheet numbers it.
    #[must_use]
    pub fn row(&self) -> u64 {
        self.row
    }

    /// Reads the next row that is not blank; `false` at the end.
    ///
    /// # Errors
    ///
    /// What is wrong with the row as a row; the next can still be read.
    pub fn read(&mut self) -> Result<bool, String> {
        loop {
            if self.ended {
                return Ok(false);
            }
            let more = self.reader.read_byte_record(&mut self.record).map_err(|error| {
                // What cannot be read once is not read again.
                self.ended = true;
                self.row += 1;
                format!("cannot be read: {error}")
            })?;
            if !more {
                return Ok(false);
            }
            self.row += 1;
            if self.row > MOST_ROWS {
                return Err(format!("more than {MOST_ROWS} rows"));
            }
            if self.record.iter().all(|cell| cell.trim_ascii().is_empty()) {
                continue;
            }
            if self.record.len() != self.width {
                let open = if self.record.iter().any(|cell| cell.contains(&b'\n')) { "; is a quote left open?" } else { "" };
                return Err(format!("found {} cells, expected {} as in the header{open}", self.record.len(), self.width));
            }
            return Ok(true);
        }
    }

    /// The text of a column of the row last read; `None` where it is not UTF-8.
    #[must_use]
    pub fn get(&self, column: usize) -> Option<&str> {
        let Some(cell) = self.places[column].and_then(|place| self.record.get(place)) else { return Some("") };
        std::str::from_utf8(cell).ok().map(plain)
    }
}

/// Puts a comma into every blank line, so that the CSV reader, which passes over them, counts them as a spreadsheet does.
struct BlankLines<R> {
    from: R,
    read: Vec<u8>,
    ready: std::collections::VecDeque<u8>,
    place: Place,
    line_begins: bool,
    after_cr: bool,
    row_length: usize,
}

/// Where in a cell the bytes are, as the CSV reader sees it: a quotation mark within an unquoted cell is only a mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    CellBegins,
    InCell,
    Quoted,
    AfterQuote,
}

impl<R: Read> BlankLines<R> {
    fn new(from: R) -> BlankLines<R> {
        BlankLines {
            from,
            read: vec![0; 1 << 16],
            ready: std::collections::VecDeque::new(),
            place: Place::CellBegins,
            line_begins: false,
            after_cr: false,
            row_length: 0,
        }
    }

    fn take(&mut self, byte: u8) {
        let ends_crlf = byte == b'\n' && self.after_cr;
        let ends_line = self.place != Place::Quoted && matches!(byte, b'\r' | b'\n');
        if ends_line && !ends_crlf && self.line_begins {
            self.ready.push_back(b',');
        }
        self.ready.push_back(byte);
        self.place = match (self.place, byte) {
            (Place::Quoted, b'"') => Place::AfterQuote,
            (Place::Quoted, _) | (Place::CellBegins | Place::AfterQuote, b'"') => Place::Quoted,
            (_, b',' | b'\r' | b'\n') => Place::CellBegins,
            _ => Place::InCell,
        };
        self.row_length = if ends_line { 0 } else { self.row_length + 1 };
        self.line_begins = ends_line;
        self.after_cr = ends_line && byte == b'\r';
    }
}

impl<R: Read> Read for BlankLines<R> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        if self.ready.is_empty() {
            let mut bytes = std::mem::take(&mut self.read);
            let count = self.from.read(&mut bytes);
            bytes.iter().take(*count.as_ref().unwrap_or(&0)).for_each(|byte| self.take(*byte));
            self.read = bytes;
            count?;
            if self.row_length > LONGEST_ROW {
                return Err(std::io::Error::other(format!("a row of more than {LONGEST_ROW} bytes; is a quote left open?")));
            }
        }
        self.ready.read(to)
    }
}

/// A writer of CSV: UTF-8, CRLF, RFC 4180.
pub fn writer<W: Write>(to: W) -> csv::Writer<W> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(to)
}

/// Would a spreadsheet run it, or take its first quotation mark for itself?
pub(crate) fn is_active(text: &str) -> bool {
    let after = text.trim_start_matches('\'').trim_start_matches([' ', '\u{a0}']);
    after.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'])
}

/// Text that no spreadsheet runs: one quotation mark before what it would. Never for numbers.
///
/// ```
/// use crg::sheet::{inert, plain};
///
/// assert_eq!(inert("=1+1"), "'=1+1");
/// assert_eq!(plain(&inert("'=1+1")), "'=1+1");
/// assert_eq!(inert("O'Brien"), "O'Brien");
/// ```
#[must_use]
pub fn inert(text: &str) -> std::borrow::Cow<'_, str> {
    if is_active(text) { format!("'{text}").into() } else { text.into() }
}

/// The text that [`inert`] was given.
#[must_use]
pub fn plain(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_active(rest) => rest,
        _ => text,
    }
}
