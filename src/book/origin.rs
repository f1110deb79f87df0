//! Whose book a report is made of, and how far the book went.

use crate::book::handle::Book;
use crate::book::names::names;
use crate::document::{Origin, Report};
use crate::error::Error;
use crate::fold::Lens;
use crate::model::{Date, Kind, Moment};
use crate::store::{Head, Store};

impl Book {
    /// Whose book a report was made of, and how far the book went, as known at a moment.
    pub fn origin(&self, report: &impl Report, known_at: Option<Moment>) -> Result<Origin, Error> {
        origin(&self.store, report, known_at)
    }

    /// Whose book it is, by the names of its latest year, and how far it goes.
    pub fn latest_origin(&self) -> Result<Origin, Error> {
        self.store.read(|| {
            let names = self.latest_names(Lens::at(Date::MAX))?;
            let head = self.store.head()?;
            let entry = head.last.map(|(number, _)| number);
            Ok(Origin::new(names, entry, head.fingerprint, None))
        })
    }

    /// Asks a question, and the [origin](Book::origin) of the answer, of one state of the file,
    /// whatever others write meanwhile.
    pub fn with_origin<R: Report>(
        &self,
        known_at: Option<Moment>,
        question: impl FnOnce(&Book) -> Result<R, Error>,
    ) -> Result<(R, Origin), Error> {
        self.store.read(|| {
            let report = question(self)?;
            let origin = self.origin(&report, known_at)?;
            Ok((report, origin))
        })
    }
}

/// The names of the report's year, or else of the latest, and the last entry known. The entry that
/// records at that moment that the report went out is no part of it.
pub(super) fn origin(
    store: &Store,
    report: &impl Report,
    known_at: Option<Moment>,
) -> Result<Origin, Error> {
    let as_at = report.as_at().unwrap_or(Date::MAX);
    let year = match report.head().year {
        Some(year) => Some(year),
        None => store.years()?.last().copied(),
    };
    let names = match year {
        Some(year) => names(store, year, Lens { as_at, known_at })?,
        None => store.names()?,
    };
    let head = head(store, known_at, report.may_be_issued())?;
    let entry = head.last.map(|(number, _)| number);
    Ok(Origin::new(names, entry, head.fingerprint, known_at))
}

fn head(store: &Store, known_at: Option<Moment>, may_be_issued: bool) -> Result<Head, Error> {
    let Some(moment) = known_at else {
        return Ok(store.head()?);
    };
    let head = store.head_known_at(moment)?;
    let Some((number, recorded)) = head.last.filter(|_| may_be_issued) else {
        return Ok(head);
    };
    let last = store.entry_at(number)?;
    let is_issue =
        last.is_some_and(|entry| matches!(entry.event.kind(), Kind::Issue | Kind::Certify));
    if recorded == moment && is_issue {
        return Ok(store.head_before(number)?);
    }
    Ok(head)
}
