//! [`Rows`]: the rows of a CSV file, counted as a spreadsheet counts them.

use std::io::Read;

use crate::import::fault::RowFault;
use crate::import::sheet::blank_lines::BlankLines;

pub use crate::import::sheet::blank_lines::MAX_ROW_BYTES;

/// The most rows a file may have.
pub const MAX_ROWS: u64 = 10_000_000;

/// A CSV file being read row by row. A row all of whose cells are blank is counted and passed over.
pub struct Rows<'a> {
    reader: csv::Reader<BlankLines<Box<dyn Read + 'a>>>,
    row: u64,
    blank: u64,
    ended: bool,
    record: csv::ByteRecord,
}

impl<'a> Rows<'a> {
    /// The rows of these bytes, the header among them.
    pub fn new(from: Box<dyn Read + 'a>) -> Rows<'a> {
        Rows::separated_by(b',', from)
    }

    /// The rows of these bytes, in which this mark stands between cells.
    pub(in crate::import) fn separated_by(mark: u8, from: Box<dyn Read + 'a>) -> Rows<'a> {
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(mark)
            .from_reader(BlankLines::separated_by(mark, from));
        Rows {
            reader,
            row: 0,
            blank: 0,
            ended: false,
            record: csv::ByteRecord::new(),
        }
    }

    /// The number of the row last read, as a spreadsheet numbers it: the first is row 1.
    pub fn row(&self) -> u64 {
        self.row
    }

    /// How many blank rows were passed over so far.
    pub fn blank(&self) -> u64 {
        self.blank
    }

    /// The row last read.
    pub fn cells(&self) -> &csv::ByteRecord {
        &self.record
    }

    /// Reads the next row that is not blank; `false` at the end.
    ///
    /// # Errors
    ///
    /// A fault that [ends the reading](RowFault::ends_reading).
    pub fn read(&mut self) -> Result<bool, RowFault> {
        while !self.ended {
            self.row += 1;
            match self.reader.read_byte_record(&mut self.record) {
                // What cannot be read once is not read again.
                Err(error) => {
                    return self.end(if self.reader.get_ref().is_row_too_long() {
                        RowFault::TooLong {
                            limit: MAX_ROW_BYTES,
                        }
                    } else {
                        RowFault::Unreadable {
                            error: error.to_string(),
                        }
                    });
                }
                Ok(false) => {
                    self.row -= 1;
                    self.ended = true;
                }
                Ok(true) if self.row > MAX_ROWS => {
                    return self.end(RowFault::TooManyRows { limit: MAX_ROWS });
                }
                Ok(true) if self.has_swallowed_lines() => {
                    return self.end(RowFault::QuoteLeftOpen);
                }
                Ok(true) if self.record.iter().all(|cell| cell.trim_ascii().is_empty()) => {
                    self.blank += 1
                }
                Ok(true) => return Ok(true),
            }
        }
        Ok(false)
    }

    /// Returns `true` if the record holds lines that follow a quotation mark left open. What is
    /// behind it is not read: nobody knows where the cell should end.
    fn has_swallowed_lines(&self) -> bool {
        let left_open = self.reader.get_ref().left_open();
        left_open.is_some_and(|byte| self.reader.position().byte() >= byte)
    }

    fn end(&mut self, fault: RowFault) -> Result<bool, RowFault> {
        self.ended = true;
        Err(fault)
    }

    /// Checks that the row last read is as wide as the header.
    pub fn check_width(&self, width: usize) -> Result<(), RowFault> {
        if self.record.len() == width {
            return Ok(());
        }
        Err(RowFault::Width {
            found: self.record.len(),
            expected: width,
            spans_lines: self.record.iter().any(|cell| cell.contains(&b'\n')),
        })
    }
}
