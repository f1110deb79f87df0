//! Claims: the record that one went out, from which the next one knows what was claimed before.

use crate::book::dispatch::Dispatch;
use crate::book::handle::Book;
use crate::book::made::made;
use crate::book::query::claim_report;
use crate::book::record::{Clerk, Commit, Recorded};
use crate::book::view::{entries, every_kind};
use crate::error::Error;
use crate::fold::Lens;
use crate::model::{Date, EntryNumber, FinancialYear, Moment};
use crate::report::{CertifiedReport, ClaimPeriod, ClaimReport, Claimed};
use crate::store::Store;

/// A request to issue a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueClaim {
    /// The grant year.
    pub year: FinancialYear,
    /// What it is for.
    pub period: ClaimPeriod,
    /// The day it speaks of; the entry takes effect on it.
    pub as_at: Date,
    /// How it goes out.
    pub dispatch: Dispatch,
}

/// The `issue` entry, and the claim as it went out.
#[derive(Debug)]
pub struct IssuedClaim {
    /// The entry; its moment is the one at which the claim is known. If it went out before, there is
    /// none.
    pub recorded: Recorded,
    /// The claim.
    pub report: ClaimReport,
    /// The entry with which it went out before, if nothing in it has changed since.
    pub before: Option<EntryNumber>,
}

impl Book {
    /// Records that a claim goes out, and makes it as known at the moment of the entry. The same
    /// question with that `known_at` gives the same bytes at any later time.
    ///
    /// # Errors
    ///
    /// [`Error::ClaimNotOver`] before the period's last day without a reason;
    /// [`Error::AlreadyClaimed`] if a claim on record goes as far, unless it is the same claim, in
    /// which nothing has changed; [`Error::NoSuchYear`]; otherwise those of [`Book::record`].
    pub fn issue_claim(
        &mut self,
        asked: &IssueClaim,
        now: Moment,
        commit: Commit,
    ) -> Result<IssuedClaim, Error> {
        let (year, period) = (asked.year, asked.period);
        self.store
            .write(&asked.dispatch.by, now, |writing, moment| {
                let store = writing.store();
                let claim = |known_at| claim_report(store, year, period, asked.lens(known_at));
                let report = claim(moment)?;
                asked.check_over(moment)?;
                let goes_out = made(store, asked.certified(), year, asked.lens(moment))?;
                if let Some(other) = asked.claimed_as_far(store, moment)? {
                    let is_same = other.period == period && other.on == asked.as_at;
                    if !is_same || asked.says(store, other.recorded)? != goes_out.says {
                        return Err(already(year, &other));
                    }
                    let (report, before) = (claim(other.recorded)?, Some(other.entry));
                    let recorded = Clerk::new(writing).recorded(Vec::new())?;
                    let known = IssuedClaim {
                        recorded,
                        report,
                        before,
                    };
                    return Ok((known, false));
                }
                let (title, dispatch) = (period.title(year), &asked.dispatch);
                let draft = dispatch.draft(year, asked.as_at, title, goes_out.fingerprint)?;
                let mut clerk = Clerk::new(writing);
                let entry = clerk.record(draft, moment)?;
                let issued = IssuedClaim {
                    recorded: clerk.recorded(vec![entry])?,
                    report,
                    before: None,
                };
                Ok((issued, commit == Commit::Keep))
            })
    }
}

impl IssueClaim {
    fn certified(&self) -> CertifiedReport {
        CertifiedReport::Claim(self.period)
    }

    fn lens(&self, known_at: Moment) -> Lens {
        Lens {
            as_at: self.as_at,
            known_at: Some(known_at),
        }
    }

    /// What the claim says, as it is known at a moment.
    fn says(&self, store: &Store, known_at: Moment) -> Result<serde_json::Value, Error> {
        Ok(made(store, self.certified(), self.year, self.lens(known_at))?.says)
    }

    /// Checks that the period is over: before its last day it is not, whatever day its claim speaks
    /// of.
    fn check_over(&self, moment: Moment) -> Result<(), Error> {
        let (year, period) = (self.year, self.period);
        let on = self.as_at.min(moment.date());
        if on < period.last_day(year) && !self.dispatch.is_excused() {
            return Err(Error::ClaimNotOver { year, period, on });
        }
        Ok(())
    }

    /// The same claim, if it is on record, or else the last one whose last day is this one's, or later.
    fn claimed_as_far(&self, store: &Store, moment: Moment) -> Result<Option<Claimed>, Error> {
        let entries = entries(store, self.year, every_kind)?;
        let counts_to = self.period.counts_to(self.year, self.as_at);
        let mut claims = Claimed::all(self.year, &entries, self.lens(moment));
        claims.retain(|claim| claim.counts_to >= counts_to);
        let same = claims.iter().find(|claim| self.is_same(claim)).cloned();
        Ok(same.or_else(|| claims.pop()))
    }

    /// Returns `true` if a claim is for the same period, and of the same day.
    fn is_same(&self, other: &Claimed) -> bool {
        other.period == self.period && other.on == self.as_at
    }
}

fn already(year: FinancialYear, other: &Claimed) -> Error {
    Error::AlreadyClaimed {
        year,
        claimed: other.period,
        entry: other.entry,
        amount: other.amount,
        to: other.counts_to,
    }
}
