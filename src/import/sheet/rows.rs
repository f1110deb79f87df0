//! [`Rows`]: the rows of a CSV file, counted as a spreadsheet counts them.

use std::io::Read;

use crate::import::fault::RowFault;

/// The most rows a file may have.
pub const MAX_ROWS: u64 = 10_000_000;
/// The most bytes that a row may have: one that is longer has a quote left open.
pub const MAX_ROW_BYTES: usize = 1 << 20;

/// The byte order mark of UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

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
    #[must_use]
    pub fn new(from: Box<dyn Read + 'a>) -> Rows<'a> {
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(BlankLines::new(from));
        Rows {
            reader,
            row: 0,
            blank: 0,
            ended: false,
            record: csv::ByteRecord::new(),
        }
    }

    /// The number of the row last read, as a spreadsheet numbers it: the first is row 1.
    #[must_use]
    pub fn row(&self) -> u64 {
        self.row
    }

    /// How many blank rows were passed over so far.
    #[must_use]
    pub fn blank(&self) -> u64 {
        self.blank
    }

    /// The row last read.
    #[must_use]
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

    /// Does the record hold lines that a quote left open took in? What is behind it is not read:
    /// nobody knows where it ends.
    fn has_swallowed_lines(&self) -> bool {
        self.reader
            .get_ref()
            .left_open
            .is_some_and(|at| self.reader.position().byte() >= at)
    }

    fn end(&mut self, fault: RowFault) -> Result<bool, RowFault> {
        self.ended = true;
        Err(fault)
    }

    /// Checks that the row last read is as wide as the header.
    ///
    /// # Errors
    ///
    /// [`RowFault::Width`] if it has more or fewer cells.
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

/// Puts a comma into every blank line, so that the CSV reader, which passes over them, counts them
/// as a spreadsheet does.
struct BlankLines<R> {
    from: R,
    read: Vec<u8>,
    /// What is ready, and how much of it was taken.
    ready: Vec<u8>,
    taken: usize,
    place: Place,
    line_begins: bool,
    after_cr: bool,
    /// How much of a byte order mark the file begins with.
    marked: usize,
    row_length: usize,
    /// Bytes made ready so far.
    made: u64,
    /// Does the quoted cell go over a line's end?
    quoted_lines: bool,
    /// Where it showed that a quote was left open: lines in it, and the end of the file or text
    /// right behind its end.
    left_open: Option<u64>,
}

/// Where in a cell the bytes are, as the CSV reader sees it: a quotation mark within an unquoted
/// cell is only a mark.
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
            ready: Vec::new(),
            taken: 0,
            place: Place::CellBegins,
            line_begins: true,
            after_cr: false,
            marked: 0,
            row_length: 0,
            made: 0,
            quoted_lines: false,
            left_open: None,
        }
    }

    fn make(&mut self, byte: u8) {
        self.ready.push(byte);
        self.made += 1;
    }

    fn is_row_too_long(&self) -> bool {
        self.row_length > MAX_ROW_BYTES
    }

    fn is_left_open(&mut self) {
        self.left_open = self.left_open.or(Some(self.made));
    }

    /// Takes what was read. Text without quotation marks, outside of any, is taken a line
    /// at a time.
    fn take_all(&mut self, bytes: &[u8]) {
        // A byte order mark may stand before the first.
        let is_after_mark = usize::try_from(self.made).is_ok_and(|made| made > MARK.len());
        let is_plain = is_after_mark
            && matches!(self.place, Place::CellBegins | Place::InCell)
            && !bytes.contains(&b'"');
        if !is_plain {
            return bytes.iter().for_each(|byte| self.take(*byte));
        }
        for line in bytes.split_inclusive(|byte| matches!(byte, b'\r' | b'\n')) {
            let Some((last, start)) = line.split_last() else {
                continue;
            };
            if !start.is_empty() {
                self.ready.extend_from_slice(start);
                self.made += u64::try_from(start.len()).unwrap_or(u64::MAX);
                self.row_length += start.len();
                self.line_begins = false;
            }
            self.take(*last);
        }
    }

    fn take(&mut self, byte: u8) {
        // The reader passes over the mark, and begins the first cell behind it.
        if usize::try_from(self.made) == Ok(self.marked) {
            if MARK.get(self.marked) == Some(&byte) {
                self.marked += 1;
                return self.make(byte);
            }
            if !matches!(self.marked, 0 | 3) {
                (self.place, self.line_begins) = (Place::InCell, false);
            }
        }
        let ends_crlf = byte == b'\n' && self.after_cr;
        let ends_line = self.place != Place::Quoted && matches!(byte, b'\r' | b'\n');
        if ends_line && !ends_crlf && self.line_begins {
            self.make(b',');
        }
        self.make(byte);
        self.place = match (self.place, byte) {
            (Place::Quoted, b'"') => Place::AfterQuote,
            (Place::Quoted, _) | (Place::CellBegins | Place::AfterQuote, b'"') => Place::Quoted,
            (_, b',' | b'\r' | b'\n') => Place::CellBegins,
            _ => Place::InCell,
        };
        self.quoted_lines = match self.place {
            Place::Quoted | Place::AfterQuote => {
                self.quoted_lines || byte == b'\n' || byte == b'\r'
            }
            Place::InCell if self.quoted_lines => {
                self.is_left_open();
                false
            }
            _ => false,
        };
        self.row_length = if ends_line { 0 } else { self.row_length + 1 };
        self.line_begins = ends_line;
        self.after_cr = ends_line && byte == b'\r';
    }
}

impl<R: Read> Read for BlankLines<R> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        if self.taken == self.ready.len() {
            self.ready.clear();
            self.taken = 0;
            let mut bytes = std::mem::take(&mut self.read);
            let count = self.from.read(&mut bytes);
            self.take_all(&bytes[..*count.as_ref().unwrap_or(&0)]);
            self.read = bytes;
            if count? == 0 && self.place == Place::Quoted {
                self.is_left_open();
            }
            if self.is_row_too_long() {
                return Err(std::io::ErrorKind::InvalidData.into());
            }
        }
        let count = (&self.ready[self.taken..]).read(to)?;
        self.taken += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Everything that is made of these bytes, and where a quote was left open: as read in pieces
    /// of so many bytes.
    fn made(text: &[u8], piece: usize) -> (Vec<u8>, Option<u64>) {
        let mut lines = BlankLines::new(text);
        lines.read = vec![0; piece];
        let mut made = Vec::new();
        lines.read_to_end(&mut made).unwrap();
        (made, lines.left_open)
    }

    proptest! {
        /// Taking a line at a time comes to the same as taking a byte at a time.
        #[test]
        fn lines_are_taken_as_their_bytes_are(text in "[a, \"\r\n]{0,40}", piece in 1usize..9) {
            let mut slow = BlankLines::new(text.as_bytes());
            text.bytes().for_each(|byte| BlankLines::take(&mut slow, byte));
            if slow.place == Place::Quoted {
                slow.is_left_open();
            }
            let expected = (slow.ready, slow.left_open);
            prop_assert_eq!(made(text.as_bytes(), piece), expected.clone());
            prop_assert_eq!(made(text.as_bytes(), 1 << 16), expected);
        }
    }

    /// The mark before a file is no part of its first cell, nor of its first line.
    #[test]
    fn a_byte_order_mark_changes_nothing() {
        let read = |text: &str| {
            let mut rows = Rows::new(Box::new(std::io::Cursor::new(text.to_owned().into_bytes())));
            let mut found = Vec::new();
            while rows.read().unwrap() {
                found.push((
                    rows.row(),
                    rows.cells()
                        .iter()
                        .map(|cell| String::from_utf8_lossy(cell).into_owned())
                        .collect::<Vec<_>>(),
                ));
            }
            (found, rows.blank())
        };
        for text in [
            "\"line one\n\nline three\",b\n1,2\n",
            "\r\na,b\r\n",
            "\n\na,b\n",
            "a,b\n\n1,2\n",
            "",
        ] {
            assert_eq!(read(&format!("\u{feff}{text}")), read(text), "{text:?}");
        }
    }
}
