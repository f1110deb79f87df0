//! The records of a workbook from before Excel 2007: numbers, and texts that may go on in the next
//! record.

use crate::import::fault::WorkbookFault;

/// A record: its type and its bytes.
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) bytes: &'a [u8],
}

/// The records of a stream, one after another.
pub(super) struct Records<'a> {
    pub(super) rest: &'a [u8],
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (head, rest) = self.rest.split_at_checked(4)?;
        let kind = u16::from_le_bytes([head[0], head[1]]);
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let (bytes, rest) = rest.split_at_checked(length)?;
        self.rest = rest;
        Some(Record { kind, bytes })
    }
}

impl<'a> Records<'a> {
    /// The bytes of the record last read, with those of the records that continue it.
    pub(super) fn whole(&mut self, record: &Record<'a>) -> Bytes<'a> {
        let mut parts = vec![record.bytes];
        // A record that is cut short ends the stream.
        while self.rest.starts_with(&CONTINUE.to_le_bytes())
            && let Some(record) = self.next()
        {
            parts.push(record.bytes);
        }
        Bytes::new(parts)
    }
}

/// The type of a record that continues the one before it.
pub(super) const CONTINUE: u16 = 0x003C;

/// Reads the bytes of a record and of those that continue it.
pub(super) struct Bytes<'a> {
    parts: std::vec::IntoIter<&'a [u8]>,
    part: &'a [u8],
}

impl<'a> Bytes<'a> {
    pub(super) fn new(parts: Vec<&'a [u8]>) -> Bytes<'a> {
        let mut parts = parts.into_iter();
        let part = parts.next().unwrap_or_default();
        Bytes { parts, part }
    }

    pub(super) fn byte(&mut self) -> Result<u8, WorkbookFault> {
        while self.part.is_empty() {
            self.part = self.parts.next().ok_or_else(cut_short)?;
        }
        let (first, rest) = self.part.split_first().ok_or_else(cut_short)?;
        self.part = rest;
        Ok(*first)
    }

    pub(super) fn short(&mut self) -> Result<u16, WorkbookFault> {
        Ok(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    pub(super) fn long(&mut self) -> Result<u32, WorkbookFault> {
        let low = self.short()?;
        Ok(u32::from(low) | u32::from(self.short()?) << 16)
    }

    /// Passes over so many bytes.
    pub(super) fn skip(&mut self, mut count: usize) -> Result<(), WorkbookFault> {
        while count > 0 {
            if self.part.is_empty() {
                self.part = self.parts.next().ok_or_else(cut_short)?;
            }
            let taken = count.min(self.part.len());
            (self.part, count) = (&self.part[taken..], count - taken);
        }
        Ok(())
    }

    /// Reads so many letters behind their flags. Where they go on in another record, that begins
    /// with flags of its own.
    pub(super) fn letters(&mut self, count: u16, flags: u8) -> Result<String, WorkbookFault> {
        let mut is_wide = flags & 1 != 0;
        let mut units = Vec::new();
        for _ in 0..count {
            if self.part.is_empty() {
                is_wide = self.byte()? & 1 != 0;
            }
            let unit = if is_wide {
                self.short()?
            } else {
                self.byte()?.into()
            };
            units.push(unit);
        }
        Ok(String::from_utf16_lossy(&units))
    }

    /// A text with its length before it, of two bytes.
    pub(super) fn text(&mut self) -> Result<String, WorkbookFault> {
        let (count, flags) = (self.short()?, self.byte()?);
        let runs = if flags & 8 != 0 { self.short()? } else { 0 };
        let extra = if flags & 4 != 0 { self.long()? } else { 0 };
        let text = self.letters(count, flags)?;
        self.skip(usize::from(runs) * 4)?;
        self.skip(usize::try_from(extra).map_err(WorkbookFault::damaged)?)?;
        Ok(text)
    }

    /// A text with its length before it, of one byte.
    pub(super) fn short_text(&mut self) -> Result<String, WorkbookFault> {
        let (count, flags) = (self.byte()?, self.byte()?);
        self.letters(count.into(), flags)
    }
}

fn cut_short() -> WorkbookFault {
    WorkbookFault::damaged("a record is cut short")
}

#[cfg(test)]
#[path = "../../../../tests/unit/workbook_record.rs"]
mod tests;
