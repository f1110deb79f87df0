//! [`DetailRow`]: a fact that a duty of publication asks for.

use std::collections::BTreeMap;

use crate::document::english::in_words;
use crate::document::{Table, declare};
use crate::model::DetailField;

declare! {
    /// A fact that a duty of publication asks for.
    pub(crate) row DetailRow {
        /// Which fact.
        pub(crate) detail: String => shown("Detail"),
        /// The fact, in words.
        pub(crate) text: String => shown("Text"),
    }
}

/// The details of a project or of a year, if it has any.
pub(crate) fn table(details: &BTreeMap<DetailField, String>) -> Option<Table> {
    let row = |(field, text): (&DetailField, &String)| DetailRow {
        detail: in_words(field.as_str()),
        text: text.clone(),
    };
    let rows: Vec<DetailRow> = details.iter().map(row).collect();
    Table::of("Details", &rows).filled()
}
