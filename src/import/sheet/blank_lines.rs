//! The bytes of a CSV file, with every blank line kept countable.

use std::io::Read;

/// The most bytes that a row may have: in a longer one a quotation mark is left open.
pub const MAX_ROW_BYTES: usize = 1 << 20;

const MARK: &[u8] = "\u{feff}".as_bytes();

/// Puts a separator into every blank line, so that the CSV reader, which skips them, counts them as a
/// spreadsheet does.
pub(super) struct BlankLines<R> {
    from: R,
    /// What separates cells.
    mark: u8,
    read: Vec<u8>,
    /// What is ready, and how much of it was taken.
    ready: Vec<u8>,
    taken: usize,
    position: Position,
    line_begins: bool,
    after_cr: bool,
    /// How much of a byte order mark the file begins with.
    marked: usize,
    row_length: usize,
    /// Bytes made ready so far.
    made: u64,
    /// True if the quoted cell goes over the end of a line.
    quoted_lines: bool,
    /// The byte at which it showed that a quotation mark was left open: there are lines in its
    /// cell, and the end of the file or text right behind the end of the cell.
    left_open: Option<u64>,
}

/// The position of a byte in a cell, as the CSV reader sees it: a quotation mark within an unquoted
/// cell is only a mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    CellBegins,
    InCell,
    Quoted,
    AfterQuote,
}

impl<R: Read> BlankLines<R> {
    #[cfg(test)]
    pub(super) fn new(from: R) -> BlankLines<R> {
        BlankLines::separated_by(b',', from)
    }

    pub(super) fn separated_by(mark: u8, from: R) -> BlankLines<R> {
        BlankLines {
            from,
            mark,
            read: vec![0; 1 << 16],
            ready: Vec::new(),
            taken: 0,
            position: Position::CellBegins,
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

    pub(super) fn is_row_too_long(&self) -> bool {
        self.row_length > MAX_ROW_BYTES
    }

    /// The byte at which it showed that a quotation mark was left open.
    pub(super) fn left_open(&self) -> Option<u64> {
        self.left_open
    }

    fn note_left_open(&mut self) {
        self.left_open = self.left_open.or(Some(self.made));
    }

    /// Takes what was read. Text without quotation marks, outside of any, is taken a line
    /// at a time.
    fn take_all(&mut self, bytes: &[u8]) {
        // A byte order mark may stand before the first.
        let is_after_mark = usize::try_from(self.made).is_ok_and(|made| made > MARK.len());
        let is_plain = is_after_mark
            && matches!(self.position, Position::CellBegins | Position::InCell)
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
                (self.position, self.line_begins) = (Position::InCell, false);
            }
        }
        let ends_crlf = byte == b'\n' && self.after_cr;
        let ends_line = self.position != Position::Quoted && matches!(byte, b'\r' | b'\n');
        if ends_line && !ends_crlf && self.line_begins {
            self.make(self.mark);
        }
        self.make(byte);
        self.position = match (self.position, byte) {
            (Position::Quoted, b'"') => Position::AfterQuote,
            (Position::Quoted, _) | (Position::CellBegins | Position::AfterQuote, b'"') => {
                Position::Quoted
            }
            (_, b'\r' | b'\n') => Position::CellBegins,
            (_, byte) if byte == self.mark => Position::CellBegins,
            _ => Position::InCell,
        };
        self.quoted_lines = match self.position {
            Position::Quoted | Position::AfterQuote => {
                self.quoted_lines || byte == b'\n' || byte == b'\r'
            }
            Position::InCell if self.quoted_lines => {
                self.note_left_open();
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
            if count? == 0 && self.position == Position::Quoted {
                self.note_left_open();
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
#[path = "../../../tests/unit/blank_lines.rs"]
mod tests;
