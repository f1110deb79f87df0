//! Certifying: the record that the chief finance officer certifies a report.

use crate::book::handle::Book;
use crate::book::once::Once;
use crate::book::record::{Clerk, Commit};
use crate::book::returns::statement;
use crate::book::view::full_view;
use crate::document::to_json;
use crate::error::Error;
use crate::fold::{Lens, standing};
use crate::model::{Date, Draft, Entry, Event, FinancialYear, Fingerprint, Moment};
use crate::report::{CertifiedReport, MonitoringReport, YearEndReport};
use crate::store::Store;

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
            let lens = Lens {
                as_at: asked.as_at,
                known_at: Some(moment),
            };
            let json = json(writing.store(), asked.report, asked.year, lens)?;
            let draft = make(Fingerprint::of_file(json.as_bytes()))?;
            let certified = writing.store().entries(asked.year, &[draft.kind()])?;
            let mut certified = standing(certified, Lens::at(Date::MAX)).into_iter();
            if let Some(entry) = certified.find(|entry| is_same(entry, &draft, &json, moment)) {
                return Ok((Once::Known(entry), false));
            }
            let mut clerk = Clerk::new(writing);
            let entry = clerk.record(draft, moment)?;
            let recorded = clerk.recorded(vec![entry])?;
            Ok((Once::Recorded(recorded), commit == Commit::Keep))
        })
    }
}

/// Returns `true` if an entry certifies what a draft certifies: if the JSON has its fingerprint but
/// for the moment of knowledge.
fn is_same(entry: &Entry, draft: &Draft, json: &str, moment: Moment) -> bool {
    let (Event::Certify { title, value }, Event::Certify { title: asked, .. }) =
        (&entry.event, draft.event())
    else {
        return false;
    };
    let then = json.replace(&moment.to_string(), &entry.recorded.to_string());
    title == asked
        && entry.note.as_deref() == draft.note()
        && Some(entry.on) == draft.on()
        && *value == Fingerprint::of_file(then.as_bytes())
}

fn json(
    store: &Store,
    report: CertifiedReport,
    year: FinancialYear,
    lens: Lens,
) -> Result<String, Error> {
    let view = || full_view(store, year, lens);
    Ok(match report {
        CertifiedReport::YearEnd => to_json(&YearEndReport::new(&view()?))?,
        CertifiedReport::Monitoring(period) => to_json(&MonitoringReport::new(&view()?, period))?,
        CertifiedReport::Remittance => to_json(&statement(store, year, None, lens)?)?,
    })
}
