//! Recording: every draft through the rules, one transaction.

use std::collections::BTreeMap;

use crate::book::Book;
use crate::book::check::balances;
use crate::error::Error;
use crate::fold::{Lens, YearView, standing};
use crate::model::{Date, Draft, Entry, FinancialYear, Kind, Moment};
use crate::report::PotReport;
use crate::rules::History;
use crate::store::{Balance, Store, Writing};

/// Is what was recorded to be kept?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Commit {
    /// It is.
    Keep,
    /// It is tried in full, and the book is left as it was.
    DryRun,
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
    /// Records drafts, all or none.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] where a rule refuses a draft, [`Error::Store`] where the file cannot be written. The book is then as it was, but for
    /// [`StoreError::OutcomeUnknown`](crate::store::StoreError::OutcomeUnknown).
    pub fn record(
        &mut self,
        drafts: Vec<Draft>,
        now: Moment,
        commit: Commit,
    ) -> Result<Recorded, Error> {
        self.record_where(|_| Ok(()), drafts, now, commit)
    }

    /// Records drafts where the book, which nobody else writes meanwhile, is as `is_fit` wants it.
    fn record_where(
        &mut self,
        is_fit: impl FnOnce(&Store) -> Result<(), Error>,
        drafts: Vec<Draft>,
        now: Moment,
        commit: Commit,
    ) -> Result<Recorded, Error> {
        let by = drafts
            .first()
            .map(|draft| draft.by().to_owned())
            .unwrap_or_default();
        self.store.write(&by, now, |writing, moment| {
            is_fit(writing.store())?;
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
    /// [`Error::YearIsOpen`] where the year has an allocation, else as [`Book::record`].
    pub fn open_year(
        &mut self,
        allocations: [Draft; 2],
        now: Moment,
        commit: Commit,
    ) -> Result<Recorded, Error> {
        let year = allocations[0].year();
        let is_fit = |store: &Store| {
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
        self.record_where(is_fit, allocations.into(), now, commit)
    }
}

/// Takes drafts through the rules into a transaction, with one history a year.
pub(super) struct Clerk<'a, 'b> {
    pub(super) writing: &'a mut Writing<'b>,
    histories: BTreeMap<FinancialYear, History>,
    /// Was there no entry of any year before?
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
        Ok(match self.histories.entry(year) {
            std::collections::btree_map::Entry::Occupied(history) => history.into_mut(),
            std::collections::btree_map::Entry::Vacant(place) if self.is_first => {
                place.insert(History::new(year))
            }
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(history(self.writing.store(), year)?)
            }
        })
    }

    /// What the entries of the years it recorded in come to.
    pub(super) fn balances(&self) -> Vec<Balance> {
        self.histories.values().flat_map(balances).collect()
    }

    /// What was recorded, and where that leaves the pots.
    pub(super) fn recorded(self, entries: Vec<Entry>) -> Result<Recorded, Error> {
        let names = self.writing.store().names()?;
        let pot = |history: &History| {
            PotReport::new(&YearView {
                lens: Lens::at(Date::MAX),
                portfolio: history.portfolio().clone(),
                standing: Vec::new(),
                names: names.clone(),
            })
        };
        Ok(Recorded {
            entries,
            named: self.named,
            pots: self.histories.values().map(pot).collect(),
        })
    }
}

/// A year's history. Its postings are read one at a time: they are most of a journal, and only
/// sums of them are kept.
pub(super) fn history(store: &Store, year: FinancialYear) -> Result<History, Error> {
    let (postings, steps): (Vec<Kind>, Vec<Kind>) =
        Kind::ALL.iter().partition(|kind| kind.is_posting());
    let mut history = History::from_steps(year, store.entries(year, &steps)?);
    store.for_each_of_kind(year, &postings, None, |entry| {
        history.post(&entry);
        Ok::<(), Error>(())
    })?;
    Ok(history)
}
