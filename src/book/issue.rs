//! Issuing: the record that a quarter's report went out, by which it can be made again and
//! recognised.

use crate::book::dispatch::Dispatch;
use crate::book::handle::Book;
use crate::book::origin::origin;
use crate::book::query::quarter_report;
use crate::book::record::{Clerk, Commit, Recorded};
use crate::book::view::must_know;
use crate::document::to_json;
use crate::error::Error;
use crate::fold::{Lens, standing};
use crate::model::{Date, Entry, FinancialYear, Fingerprint, Kind, Moment, Quarter};
use crate::report::{Issued, IssuedPaper, QuarterReport};
use crate::store::Store;

/// A request to issue a quarter's report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueQuarter {
    /// The grant year.
    pub year: FinancialYear,
    /// The quarter.
    pub quarter: Quarter,
    /// The day the report speaks of; the entry takes effect on it.
    pub as_at: Date,
    /// How it goes out.
    pub dispatch: Dispatch,
}

/// The `issue` entry, and the report as it went out.
#[derive(Debug)]
pub struct IssuedQuarter {
    /// The entry; its moment is the one at which the report is known. If the report went out before,
    /// there is none.
    pub recorded: Recorded,
    /// The report.
    pub report: QuarterReport,
    /// When it went out before, if nothing in it has changed since.
    pub before: Option<Issued>,
}

impl Book {
    /// Records that a quarter's report goes out, and makes it as known at the moment of the entry.
    /// The entry itself is not part of it, so that the same question with that `known_at` gives the
    /// same bytes at any later time.
    ///
    /// A report of the same day that went out before, and in which nothing has changed since, is not
    /// issued again: it is made as it went out.
    ///
    /// The entry's `value` is the SHA-256 of the report's JSON, as
    /// `crg report quarter … --format json --output FILE` writes it, with the line end at its end.
    ///
    /// # Errors
    ///
    /// [`Error::QuarterNotOver`] before the quarter's last day without a reason;
    /// [`Error::NoSuchYear`]; otherwise those of [`Book::record`].
    pub fn issue_quarter(
        &mut self,
        asked: &IssueQuarter,
        now: Moment,
        commit: Commit,
    ) -> Result<IssuedQuarter, Error> {
        self.store
            .write(&asked.dispatch.by, now, |writing, moment| {
                must_know(writing.store(), asked.year)?;
                asked.check_over(moment)?;
                let lens = Lens {
                    as_at: asked.as_at,
                    known_at: Some(moment),
                };
                let report = quarter_report(writing.store(), asked.year, asked.quarter, lens)?;
                if let Some((before, report)) = asked.issued_before(writing.store(), &report)? {
                    let recorded = Clerk::new(writing).recorded(Vec::new())?;
                    let before = Some(before);
                    return Ok((
                        IssuedQuarter {
                            recorded,
                            report,
                            before,
                        },
                        false,
                    ));
                }
                let fingerprint = fingerprint(writing.store(), &report)?;
                let mut clerk = Clerk::new(writing);
                let title = Issued::title(asked.year, asked.quarter);
                let dispatch = &asked.dispatch;
                let draft = dispatch.draft(asked.year, asked.as_at, title, fingerprint)?;
                let entry = clerk.record(draft, moment)?;
                let recorded = clerk.recorded(vec![entry])?;
                let before = None;
                let issued = IssuedQuarter {
                    recorded,
                    report,
                    before,
                };
                Ok((issued, commit == Commit::Keep))
            })
    }

    /// The `issue` entry with which a report went out, if this is one that did: one made as known at
    /// the moment of that entry.
    pub fn issue_of(&self, report: &QuarterReport) -> Result<Option<Issued>, Error> {
        let issues = issues(&self.store, report.year)?;
        let mut issued = Issued::all(report.year, &issues).into_iter();
        Ok(issued.find(|issued| issued.quarter == report.quarter && issued.lens == report.lens))
    }

    /// Returns `true` if a report that went out had the bytes that it has now: if it was not issued
    /// in an older format. Its figures are the same in any format.
    pub fn is_in_this_format(
        &self,
        issued: &Issued,
        report: &QuarterReport,
    ) -> Result<bool, Error> {
        Ok(fingerprint(&self.store, report)?.to_string() == issued.fingerprint)
    }

    /// The last report that went out for each quarter of a year.
    pub fn issued(&self, year: FinancialYear) -> Result<Vec<Issued>, Error> {
        Ok(Issued::latest(year, &issues(&self.store, year)?))
    }

    /// The last of each other paper of a year that went out, such as a Working Group Update.
    pub fn issued_papers(&self, year: FinancialYear) -> Result<Vec<IssuedPaper>, Error> {
        Ok(IssuedPaper::latest(year, &issues(&self.store, year)?))
    }
}

/// The `issue` entries of a year that count.
fn issues(store: &Store, year: FinancialYear) -> Result<Vec<Entry>, Error> {
    let issued = store.entries(year, &[Kind::Issue])?;
    Ok(standing(issued, Lens::at(Date::MAX)))
}

/// The fingerprint of a report's file.
fn fingerprint(store: &Store, report: &QuarterReport) -> Result<Fingerprint, Error> {
    let book = origin(store, report, report.lens.known_at)?;
    Ok(Fingerprint::of_file(
        to_json(report, Some(&book))?.as_bytes(),
    ))
}

impl IssueQuarter {
    /// Checks that the quarter is over: before its last day it is not, whatever day its report
    /// speaks of.
    fn check_over(&self, moment: Moment) -> Result<(), Error> {
        let on = self.as_at.min(moment.date());
        if on < self.year.quarter_end(self.quarter) && !self.dispatch.is_excused() {
            return Err(Error::QuarterNotOver {
                year: self.year,
                quarter: self.quarter,
                on,
            });
        }
        Ok(())
    }

    /// The last report of the quarter that went out, made again, if it is of the same day and says
    /// the same as this one.
    fn issued_before(
        &self,
        store: &Store,
        report: &QuarterReport,
    ) -> Result<Option<(Issued, QuarterReport)>, Error> {
        let issued = Issued::latest(self.year, &issues(store, self.year)?).into_iter();
        let mut issued = issued.filter(|issued| issued.quarter == self.quarter);
        let Some(issued) = issued.find(|issued| issued.lens.as_at == self.as_at) else {
            return Ok(None);
        };
        let before = quarter_report(store, self.year, self.quarter, issued.lens)?;
        let is_same = report.says_the_same(&before);
        Ok(is_same.then_some((issued, before)))
    }
}
