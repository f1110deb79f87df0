//! [`Detail`]: a fact that a duty of publication asks for, of a project or of a year.

use clap::Args;
use crg::model::{Column, DetailField};

use crate::options::write::Form;

#[derive(Debug, Args)]
pub(crate) struct Detail {
    /// Which fact: purpose, recipient, recipient-id, funder-id, provider, starts, ends, place,
    /// conditions, reasons, agreement, grant-reference, department or capital-share
    #[arg(value_name = "DETAIL")]
    detail: DetailField,
    /// The fact, in words
    #[arg(required = true, value_name = "TEXT", conflicts_with = "note")]
    text: Vec<String>,
}

impl Detail {
    /// The fact, in words.
    pub(crate) fn text(&self) -> String {
        self.text.join(" ")
    }

    /// Fills in which fact it is, and what it says.
    pub(crate) fn fill_in<'a>(&'a self, form: Form<'a>, text: &'a str) -> Form<'a> {
        form.set(Column::Measure, self.detail.as_str())
            .set(Column::Note, text)
    }
}
