//! [`Due`]: something to be done by a day, and [`Met`]: that it was done.

use crate::model::{Date, EntryNumber};

/// Something to be done by a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// What it is.
    pub title: String,
    /// The deadline.
    pub by: Date,
}

/// That something due was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Met {
    /// The `met` entry.
    pub entry: EntryNumber,
    /// The day it was done.
    pub on: Date,
}
