//! [`Input`]: what a person is asked for in a column, so that a form can be made for any kind.

use crate::model::column::Column;

/// What a column holds for a kind of entry, as far as a form must know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Input {
    /// Words on one line.
    Text,
    /// Words, perhaps on several lines.
    LongText,
    /// A day.
    Day,
    /// A grant year.
    Year,
    /// Pounds and pence.
    Amount,
    /// A count.
    Number,
    /// The ref of a project.
    Project,
    /// Codes of priorities.
    Priorities,
    /// The numbers of entries.
    Entries,
    /// The SHA-256 of a file.
    Fingerprint,
    /// One of these words, each with what it means.
    Choice {
        /// The words.
        words: &'static [(&'static str, &'static str)],
        /// What it means if none is chosen; `None` if it means nothing.
        if_empty: Option<&'static str>,
    },
}

impl Input {
    /// One of these words; none means nothing.
    pub(super) const fn choice(words: &'static [(&'static str, &'static str)]) -> Input {
        Input::Choice {
            words,
            if_empty: None,
        }
    }

    /// What a column holds, unless a kind of entry has a value of its own in it.
    pub(super) fn usual(column: Column) -> Input {
        match column {
            Column::On => Input::Day,
            Column::Year => Input::Year,
            Column::Project => Input::Project,
            Column::Note => Input::LongText,
            _ => Input::Text,
        }
    }
}
