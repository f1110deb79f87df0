//! [`Dispatch`]: how a report goes out.

use crate::book::record::is_excused;
use crate::error::Error;
use crate::model::{Date, Draft, Event, FinancialYear, Fingerprint};

/// How a report goes out, as its `issue` entry records it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dispatch {
    /// Who issues it.
    pub by: String,
    /// A letter, a meeting.
    pub reference: Option<String>,
    /// Anything a reader should know.
    pub note: Option<String>,
    /// Why it goes out before its period is over.
    pub override_reason: Option<String>,
}

impl Dispatch {
    /// Returns `true` if there is a reason to issue it early.
    pub(super) fn is_excused(&self) -> bool {
        is_excused(self.override_reason.as_deref())
    }

    /// The draft of the entry that records that a report of a day went out, with the fingerprint of
    /// its file.
    pub(super) fn draft(
        &self,
        year: FinancialYear,
        as_at: Date,
        title: String,
        fingerprint: Fingerprint,
    ) -> Result<Draft, Error> {
        let value = fingerprint.to_string();
        Draft::builder(year, Event::Issue { title, value }, self.by.as_str())
            .on(as_at)
            .reference(self.reference.as_deref().unwrap_or_default())
            .note(self.note.as_deref().unwrap_or_default())
            .override_reason(self.override_reason.as_deref().unwrap_or_default())
            .build()
            .map_err(Error::Invalid)
    }
}
