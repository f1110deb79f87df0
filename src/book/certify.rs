//! Certifying: the record that the chief finance officer certifies a report.

use crate::book::handle::Book;
use crate::book::made::made;
use crate::book::once::Once;
use crate::book::record::{Clerk, Commit};
use crate::error::Error;
use crate::fold::{Lens, standing};
use crate::model::{Date, Draft, Entry, Event, FinancialYear, Fingerprint, Kind, Moment};
use crate::report::{Certificate, CertifiedReport, Declaration};
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
            let store = writing.store();
            let made_at = |moment| {
                let lens = Lens {
                    as_at: asked.as_at,
                    known_at: Some(moment),
                };
                made(store, asked.report, asked.year, lens)
            };
            let report = made_at(moment)?;
            let draft = make(report.fingerprint)?;
            let certified = store.entries(asked.year, &[draft.kind()])?;
            for entry in standing(certified, Lens::at(Date::MAX)) {
                if is_same(&entry, &draft) && made_at(entry.recorded)?.says == report.says {
                    return Ok((Once::Known(entry), false));
                }
            }
            let mut clerk = Clerk::new(writing);
            let entry = clerk.record(draft, moment)?;
            let recorded = clerk.recorded(vec![entry])?;
            Ok((Once::Recorded(recorded), commit == Commit::Keep))
        })
    }

    /// The declaration at the foot of a report, with the certificate of exactly this report: of this
    /// day, of the bytes that were certified, and saying the same as now. Without one it has the
    /// last certificate of another state of the report.
    pub fn declaration(
        &self,
        report: CertifiedReport,
        year: FinancialYear,
        lens: Lens,
    ) -> Result<Declaration, Error> {
        self.store.read(|| {
            let mut certificates = certificates(&self.store, report, year, lens)?;
            let Some((last, _)) = certificates.last() else {
                return Ok(Declaration::unsigned(report));
            };
            let other = Certificate::new(last, false);
            let now = made(&self.store, report, year, lens)?;
            certificates.retain(|(entry, _)| entry.on == lens.as_at);
            for (entry, value) in certificates.iter().rev() {
                let certified = Lens {
                    as_at: entry.on,
                    known_at: Some(entry.recorded),
                };
                let certified = made(&self.store, report, year, certified)?;
                if certified.fingerprint == *value && certified.says == now.says {
                    let certificate = Some(Certificate::new(entry, true));
                    return Ok(Declaration {
                        report,
                        certificate,
                    });
                }
            }
            Ok(Declaration {
                report,
                certificate: Some(other),
            })
        })
    }
}

/// The `certify` entries of a report that count through a lens, whatever their day, each with its
/// fingerprint, in the order recorded.
fn certificates(
    store: &Store,
    report: CertifiedReport,
    year: FinancialYear,
    lens: Lens,
) -> Result<Vec<(Entry, Fingerprint)>, Error> {
    let (always, wanted) = (Date::MAX, report.title(year));
    let entries = store.entries(year, &[Kind::Certify])?;
    let entries = standing(
        entries,
        Lens {
            as_at: always,
            ..lens
        },
    )
    .into_iter();
    let of_report = entries.filter_map(|entry| match &entry.event {
        Event::Certify { title, value } if *title == wanted => {
            let value = *value;
            Some((entry, value))
        }
        _ => None,
    });
    let mut of_report: Vec<(Entry, Fingerprint)> = of_report.collect();
    of_report.sort_by_key(|(entry, _)| entry.number);
    Ok(of_report)
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
