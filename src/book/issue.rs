//! Issuing: the record that a quarter's report went out, by which it can be made again and
//! recognised.

use crate::book::handle::Book;
use crate::book::query::{must_know, quarter_report};
use crate::book::record::{Clerk, Commit, Recorded};
use crate::document::json;
use crate::error::Error;
use crate::fold::{Lens, standing};
use crate::model::{Date, Draft, Event, FinancialYear, Fingerprint, Kind, Moment, Quarter};
use crate::report::{Issued, QuarterReport};

/// A request to issue a quarter's report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueQuarter {
    /// The grant year.
    pub year: FinancialYear,
    /// The quarter.
    pub quarter: Quarter,
    /// The day the report speaks of; the entry takes effect on it.
    pub as_at: Date,
    /// Who issues it.
    pub by: String,
    /// A letter, a meeting.
    pub reference: Option<String>,
    /// Anything a reader should know.
    pub note: Option<String>,
    /// Why it goes out before the quarter is over.
    pub override_reason: Option<String>,
}

/// The `issue` entry, and the report as it went out.
#[derive(Debug)]
pub struct IssuedQuarter {
    /// The entry; its moment is the one at which the report is known.
    pub recorded: Recorded,
    /// The report.
    pub report: QuarterReport,
}

impl Book {
    /// Records that a quarter's report goes out, and makes it as known at the moment of the entry.
    /// The entry itself is not part of it, so that the same question with that `known_at` gives the
    /// same bytes at any later time.
    ///
    /// The entry's `value` is SHA-256 over the report as [`json`] writes it, the last line end
    /// included: that of the file which `crg report quarter … --format json --output FILE` writes.
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
        self.store.write(&asked.by, now, |writing, moment| {
            must_know(writing.store(), asked.year)?;
            asked.check_over(moment)?;
            let lens = Lens {
                as_at: asked.as_at,
                known_at: Some(moment),
            };
            let report = quarter_report(writing.store(), asked.year, asked.quarter, lens)?;
            let fingerprint = Fingerprint::of_file(json(&report)?.as_bytes());
            let mut clerk = Clerk::new(writing);
            let entry = clerk.record(asked.draft(fingerprint)?, moment)?;
            Ok((
                IssuedQuarter {
                    recorded: clerk.recorded(vec![entry]),
                    report,
                },
                commit == Commit::Keep,
            ))
        })
    }

    /// The last report that went out for each quarter of a year.
    pub fn issued(&self, year: FinancialYear) -> Result<Vec<Issued>, Error> {
        Ok(Issued::latest(
            year,
            &standing(
                self.store.entries(year, &[Kind::Issue])?,
                Lens::at(Date::MAX),
            ),
        ))
    }
}

impl IssueQuarter {
    /// Checks that the quarter is over: before its last day it is not, whatever day its report
    /// speaks of.
    fn check_over(&self, moment: Moment) -> Result<(), Error> {
        let on = self.as_at.min(moment.date());
        let excused = self
            .override_reason
            .as_deref()
            .is_some_and(|reason| !reason.trim().is_empty());
        if on < self.year.quarter_end(self.quarter) && !excused {
            return Err(Error::QuarterNotOver {
                year: self.year,
                quarter: self.quarter,
                on,
            });
        }
        Ok(())
    }

    fn draft(&self, fingerprint: Fingerprint) -> Result<Draft, Error> {
        let draft = Draft {
            on: Some(self.as_at),
            year: self.year,
            by: self.by.clone(),
            event: Event::Issue {
                title: Issued::title(self.year, self.quarter),
                value: fingerprint.to_string(),
            },
            reference: self.reference.clone(),
            note: self.note.clone(),
            override_reason: self.override_reason.clone(),
        };
        Draft::from_cells(&draft.cells()).map_err(Error::Invalid)
    }
}
