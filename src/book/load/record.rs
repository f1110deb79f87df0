//! `record.csv`: the moment and fingerprint of each entry.

use std::fmt::Display;

use crate::book::load::columns::{RECORD, RECORD_COLUMNS};
use crate::import::fault::{RowFault, ValueFault};
use crate::import::{Folder, InputError, Sheet};
use crate::model::{Fingerprint, Moment};

pub(super) struct Record {
    pub(super) sheet: Sheet,
    last: Option<Moment>,
}

impl Record {
    pub(super) fn open(folder: Folder<'_>) -> Result<Record, InputError> {
        Ok(Record {
            sheet: Sheet::open(folder, RECORD, &RECORD_COLUMNS)?,
            last: None,
        })
    }

    /// The moment and fingerprint of the entry with this number, which is the next.
    pub(super) fn next(&mut self, number: u64) -> Result<(Moment, Fingerprint), InputError> {
        let read = self.sheet.read();
        let (file, row) = (self.sheet.file(), self.sheet.row());
        if !read.map_err(|fault| InputError::one(file, Some(row), fault))? {
            let expected = format!("the moment and fingerprint of entry {number} of entries.csv");
            let fault = RowFault::Missing { expected };
            return Err(InputError::one(file, Some(row + 1), fault));
        }
        let text = |column: usize| self.sheet.get(column).unwrap_or_default();
        let fault = |column: usize, expected: &dyn Display| {
            let fault = ValueFault::new(RECORD_COLUMNS[column], text(column), expected);
            InputError::one(file, Some(row), fault)
        };
        if text(0) != number.to_string() {
            return Err(fault(0, &format_args!("{number}, the next number")));
        }
        let moment: Moment = text(1).parse().map_err(|error| fault(1, &error))?;
        if let Some(last) = self.last.filter(|last| moment < *last) {
            let expected = format!("a moment at or after {last}, that of the entry before it");
            return Err(fault(1, &expected));
        }
        let fingerprint = text(2).parse().map_err(|error| fault(2, &error))?;
        self.last = Some(moment);
        Ok((moment, fingerprint))
    }

    pub(super) fn end(&mut self, rows: u64) -> Result<(), InputError> {
        if self.sheet.read() == Ok(false) {
            return Ok(());
        }
        let (file, row) = (self.sheet.file(), self.sheet.row());
        let fault = RowFault::OneTooMany { entries: rows };
        Err(InputError::one(file, Some(row), fault))
    }
}
