//! Recording: every draft through the rules, one transaction.

use std::collections::{BTreeMap, btree_map};

use crate::book::handle::Book;
use crate::book::history::balances;
use crate::book::history::history;
use crate::error::Error;
use crate::fold::{Lens, YearView, standing};
use crate::model::{Date, Draft, Entry, FinancialYear, Kind, Moment, Names};
use crate::report::PotReport;
use crate::rules::History;
use crate::store::{Balance, Store, Writing};

/// Whether what is recorded is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Commit {
    /// It is kept.
    Keep,
    /// It is tried in full, and the book is left as it was.
    DryRun,
}

/// Returns `true` if a rule of process is set aside for this reason.
pub(super) fn is_excused(reason: Option<&str>) -> bool {
    reason.is_some_and(|reason| !reason.trim().is_empty())
}

/// What was recorded, and where that leaves the pots.
#[derive(Debug)]
pub struct Recorded {
    /// The entries, as numbered and worked out.
    pub entries: Vec<Entry>,
    /// The entries that a `reverse` or `explain` among them names.
    pub named: Vec<Entry>,
    /// The pots of each year they touched, after all entries.
    pub pots: Vec<PotReport>,
}

impl Book {
    /// Records drafts, all or none. All but the first are made inside the transaction, if the
    /// iterator makes them as it goes.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] if a rule refuses a draft.
    pub fn record(
        &mut self,
        drafts: impl IntoIterator<Item = Draft>,
        now: Moment,
        commit: Commit,
    ) -> Result<Recorded, Error> {
        self.record_if(|_| Ok(()), drafts, now, commit)
    }

    /// Records drafts if `precondition` holds, checked inside the write transaction.
    fn record_if(
        &mut self,
        precondition: impl FnOnce(&Store) -> Result<(), Error>,
        drafts: impl IntoIterator<Item = Draft>,
        now: Moment,
        commit: Commit,
    ) -> Result<Recorded, Error> {
        let mut drafts = drafts.into_iter().peekable();
        let by = drafts.peek().map(|draft| draft.by().to_owned());
        let by = by.unwrap_or_default();
        self.store.write(&by, now, |writing, moment| {
            precondition(writing.store())?;
            let mut clerk = Clerk::new(writing);
            let mut entries = Vec::new();
            for draft in drafts {
                entries.push(clerk.record(draft, moment)?);
            }
            Ok((clerk.recorded(entries)?, commit == Commit::Keep))
        })
    }

    /// Opens a year: records what the OPCC allocated to each pot, once.
    ///
    /// # Errors
    ///
    /// [`Error::YearIsOpen`] if the year has an allocation; otherwise those of [`Book::record`].
    pub fn open_year(
        &mut self,
        allocations: [Draft; 2],
        now: Moment,
        commit: Commit,
    ) -> Result<Recorded, Error> {
        let year = allocations[0].year();
        let is_new = |store: &Store| {
            let standing = standing(store.entries(year, &[Kind::Allocate])?, Lens::at(Date::MAX));
            if standing.is_empty() {
                return Ok(());
            }
            let allocation = standing
                .iter()
                .filter_map(|entry| entry.event.amount())
                .sum();
            Err(Error::YearIsOpen { year, allocation })
        };
        self.record_if(is_new, allocations, now, commit)
    }
}

/// Takes drafts through the rules into a transaction, with one history for each year.
pub(super) struct Clerk<'a, 'b> {
    pub(super) writing: &'a mut Writing<'b>,
    histories: BTreeMap<FinancialYear, History>,
    /// True if there was no entry of any year before.
    is_first: bool,
    named: Vec<Entry>,
}

impl<'a, 'b> Clerk<'a, 'b> {
    pub(super) fn new(writing: &'a mut Writing<'b>) -> Clerk<'a, 'b> {
        let is_first = writing.head().last.is_none();
        Clerk {
            writing,
            histories: BTreeMap::new(),
            is_first,
            named: Vec::new(),
        }
    }

    /// Records a draft, if the rules allow it.
    pub(super) fn record(&mut self, draft: Draft, moment: Moment) -> Result<Entry, Error> {
        let number = self.writing.next_number()?;
        let named = match draft.event().refers_to() {
            Some(named) => self.writing.store().entry_at(named)?,
            None => None,
        };
        let entry = self
            .history(draft.year())?
            .record(draft, number, moment, named.as_ref())?;
        self.writing.append(&entry)?;
        self.named.extend(named);
        Ok(entry)
    }

    /// A year's history, with what was recorded so far.
    pub(super) fn history(&mut self, year: FinancialYear) -> Result<&mut History, Error> {
        match self.histories.entry(year) {
            btree_map::Entry::Occupied(known) => Ok(known.into_mut()),
            btree_map::Entry::Vacant(unknown) => {
                let history = if self.is_first {
                    History::new(year)
                } else {
                    history(self.writing.store(), year)?
                };
                Ok(unknown.insert(history))
            }
        }
    }

    pub(super) fn balances(&self) -> Vec<Balance> {
        self.histories.values().flat_map(balances).collect()
    }

    pub(super) fn recorded(self, entries: Vec<Entry>) -> Result<Recorded, Error> {
        let names = self.writing.store().names()?;
        let pot = |history: &History| {
            PotReport::new(&YearView {
                lens: Lens::at(Date::MAX),
                portfolio: history.portfolio().clone(),
                standing: Vec::new(),
                names: names.clone(),
                grant: Names::GRANT.to_owned(),
            })
        };
        Ok(Recorded {
            entries,
            named: self.named,
            pots: self.histories.values().map(pot).collect(),
        })
    }
}
