//! Certifying: the record that the chief finance officer certifies a report.

use crate::book::handle::Book;
use crate::book::once::Once;
use crate::book::origin::origin;
use crate::book::record::{Clerk, Commit};
use crate::book::returns::statement;
use crate::book::view::full_view;
use crate::document::{Report, to_json};
use crate::error::Error;
use crate::fold::{Lens, standing};
use crate::model::{Date, Draft, Entry, Event, FinancialYear, Fingerprint, Moment};
use crate::report::{CertifiedReport, MonitoringReport, YearEndReport};
use crate::store::Store;
use serde::Serialize;

/// A request to certify a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certify {
    /// Which report.
    pub report: CertifiedReport,
    /// The grant year.
    pub year: FinancialYear,
    /// The day the report speaks of; the entry takes effect on it.
    pub as_at: Date,
    /// Who records it.
    pub by: String,
}

impl Book {
    /// Records that a report is certified, as it is known at the moment of the entry, unless it was
    /// certified on the same day by the same officer and has not changed since. The same question
    /// with that `known_at` gives the same bytes at any later time.
    ///
    /// `make` makes the draft of the entry from the SHA-256 of the report's JSON, as
    /// `crg report … --format json --output FILE` writes it.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchYear`]; otherwise those of `make` and of [`Book::record`].
    pub fn certify(
        &mut self,
        asked: &Certify,
        make: impl FnOnce(Fingerprint) -> Result<Draft, Error>,
        now: Moment,
        commit: Commit,
    ) -> Result<Once, Error> {
        self.store.write(&asked.by, now, |writing, moment| {
            let store = writing.store();
            let report = asked.made(store, moment)?;
            let draft = make(report.fingerprint)?;
            let certified = store.entries(asked.year, &[draft.kind()])?;
            for entry in standing(certified, Lens::at(Date::MAX)) {
                let is_same = is_same(&entry, &draft)
                    && asked.made(store, entry.recorded)?.says == report.says;
                if is_same {
                    return Ok((Once::Known(entry), false));
                }
            }
            let mut clerk = Clerk::new(writing);
            let entry = clerk.record(draft, moment)?;
            let recorded = clerk.recorded(vec![entry])?;
            Ok((Once::Recorded(recorded), commit == Commit::Keep))
        })
    }
}

/// Returns `true` if an entry certifies the report that a draft certifies, of the same day and by
/// the same officer.
fn is_same(entry: &Entry, draft: &Draft) -> bool {
    let (Event::Certify { title, .. }, Event::Certify { title: asked, .. }) =
        (&entry.event, draft.event())
    else {
        return false;
    };
    title == asked && entry.note.as_deref() == draft.note() && Some(entry.on) == draft.on()
}

impl Certify {
    /// The report as it is known at a moment.
    fn made(&self, store: &Store, known_at: Moment) -> Result<Made, Error> {
        let lens = Lens {
            as_at: self.as_at,
            known_at: Some(known_at),
        };
        let view = || full_view(store, self.year, lens);
        match self.report {
            CertifiedReport::YearEnd => Made::new(store, &YearEndReport::new(&view()?), known_at),
            CertifiedReport::Monitoring(period) => {
                Made::new(store, &MonitoringReport::new(&view()?, period), known_at)
            }
            CertifiedReport::Remittance => {
                Made::new(store, &statement(store, self.year, None, lens)?, known_at)
            }
        }
    }
}

/// A report as it goes out.
struct Made {
    /// The SHA-256 of its file.
    fingerprint: Fingerprint,
    /// What it says, whenever that is known.
    says: serde_json::Value,
}

impl Made {
    fn new(
        store: &Store,
        report: &(impl Report + Serialize),
        known_at: Moment,
    ) -> Result<Made, Error> {
        let book = origin(store, report, Some(known_at))?;
        let file = to_json(report, Some(&book))?;
        let mut says = serde_json::to_value(report)?;
        if let Some(keys) = says.as_object_mut() {
            keys.remove("known_at");
        }
        Ok(Made {
            fingerprint: Fingerprint::of_file(file.as_bytes()),
            says,
        })
    }
}
