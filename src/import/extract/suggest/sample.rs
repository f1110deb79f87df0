//! [`Sample`]: what the columns of an extract hold, by its first rows.

use crate::import::extract::amounts::{Sign, sign};
use crate::import::{amount, day};

/// What one column holds.
#[derive(Debug, Default, Clone)]
pub(super) struct ColumnContent {
    pub(super) filled: u32,
    days: u32,
    /// Days that are no bare numbers, which might be codes.
    written_days: u32,
    amounts: u32,
    debits: u32,
    credits: u32,
}

/// What the columns hold.
#[derive(Debug, Default)]
pub(super) struct Sample {
    columns: Vec<ColumnContent>,
    pub(super) rows: u32,
}

impl Sample {
    pub(super) fn take(&mut self, cells: &[String]) {
        self.rows += 1;
        if self.columns.len() < cells.len() {
            self.columns.resize(cells.len(), ColumnContent::default());
        }
        for (content, text) in self.columns.iter_mut().zip(cells) {
            content.take(text.trim());
        }
    }

    pub(super) fn column(&self, column: usize) -> ColumnContent {
        self.columns.get(column).cloned().unwrap_or_default()
    }
}

impl ColumnContent {
    fn take(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.filled += 1;
        let is_day = day(text).is_ok();
        let is_number = text.bytes().all(|it| it.is_ascii_digit() || it == b'.');
        self.days += u32::from(is_day);
        self.written_days += u32::from(is_day && !is_number);
        self.amounts += u32::from(amount(text).is_ok());
        match sign(text) {
            Some(Sign::Debit) => self.debits += 1,
            Some(Sign::Credit) => self.credits += 1,
            None => {}
        }
    }

    fn is_mostly(&self, count: u32) -> bool {
        self.filled > 0 && count * 5 >= self.filled * 4
    }

    pub(super) fn has_days(&self) -> bool {
        self.is_mostly(self.days)
    }

    /// Returns `true` if it has days that cannot be taken for codes.
    pub(super) fn has_written_days(&self) -> bool {
        self.is_mostly(self.written_days)
    }

    pub(super) fn has_amounts(&self) -> bool {
        self.is_mostly(self.amounts)
    }

    /// Returns `true` if it has nothing but signs, credits among them.
    pub(super) fn has_signs(&self) -> bool {
        self.credits > 0 && self.credits + self.debits == self.filled
    }
}
