//! Recording: every draft through the rules, one transaction.

use std::collections::{BTreeMap, BTreeSet, btree_map};

use crate::book::handle::Book;
use crate::book::history::balances;
use crate::book::history::history;
use crate::book::likeness::{Likeness, likeness};
use crate::book::tracker::WaitingProject;
use crate::error::Error;
use crate::fold::{Lens, Portfolio, PotNames, YearView, standing};
use crate::model::{Date, Draft, Entry, FinancialYear, Fingerprint, Kind, Moment};
use crate::report::{PotReport, ProjectLeft};
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
#[derive(Debug, Default)]
pub struct Recorded {
    /// The entries, as numbered and worked out.
    pub entries: Vec<Entry>,
    /// The entries that a `reverse` or `explain` among them names.
    pub named: Vec<Entry>,
    /// The pots of each year they touched, after all entries.
    pub pots: Vec<PotReport>,
    /// The projects they concern, after all entries.
    pub projects: Vec<ProjectLeft>,
    /// The fingerprint of each entry.
    pub fingerprints: Vec<Fingerprint>,
    /// The payments among them that resemble others on record.
    pub likenesses: Vec<Likeness>,
    /// The projects of a tracker of which nothing was recorded until someone decides.
    pub waiting: Vec<WaitingProject>,
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
            let (mut entries, mut likenesses) = (Vec::new(), Vec::new());
            for draft in drafts {
                let found = likeness(clerk.writing.store(), &draft)?;
                let entry = clerk.record(draft, moment)?;
                likenesses.extend(found.map(|found| found.of(entry.number)));
                entries.push(entry);
            }
            let recorded = Recorded {
                likenesses,
                ..clerk.recorded(entries)?
            };
            Ok((recorded, commit == Commit::Keep))
        })
    }

    /// Opens a year: records what the OPCC allocated to each pot, or to the one that it has, once.
    ///
    /// # Errors
    ///
    /// [`Error::YearIsOpen`] if the year has an allocation; otherwise those of [`Book::record`].
    pub fn open_year(
        &mut self,
        year: FinancialYear,
        allocations: Vec<Draft>,
        now: Moment,
        commit: Commit,
    ) -> Result<Recorded, Error> {
        let is_new = |store: &Store| {
            let standing = standing(store.entries(year, &[Kind::Allocate])?, Lens::at(Date::MAX));
            if standing.is_empty() {
                return Ok(());
            }
            let allocation = standing
                .iter()
                .filter_map(|entry| entry.event.amount())
                .sum();
            let pot = PotNames::of(&standing).in_year().pot;
            Err(Error::YearIsOpen {
                year,
                allocation,
                pot,
            })
        };
        self.record_if(is_new, allocations, now, commit)
    }
}

/// Takes drafts through the rules into a transaction, with one history for each year.
pub(super) struct Clerk<'a, 'b> {
    pub(super) writing: &'a mut Writing<'b>,
    pub(super) histories: BTreeMap<FinancialYear, History>,
    /// True if there was no entry of any year before.
    is_first: bool,
    named: Vec<Entry>,
    fingerprints: Vec<Fingerprint>,
}

impl<'a, 'b> Clerk<'a, 'b> {
    pub(super) fn new(writing: &'a mut Writing<'b>) -> Clerk<'a, 'b> {
        let is_first = writing.head().last.is_none();
        Clerk {
            writing,
            histories: BTreeMap::new(),
            is_first,
            named: Vec::new(),
            fingerprints: Vec::new(),
        }
    }

    /// Records a draft, if the rules allow it.
    pub(super) fn record(&mut self, draft: Draft, moment: Moment) -> Result<Entry, Error> {
        let number = self.writing.next_number()?;
        let named = match draft.event().refers_to() {
            Some(named) => self.writing.store().entry_at(named)?,
            None => None,
        };
        let history = self.history(draft.year())?;
        let entry = history.record(draft, number, moment, named.as_ref())?;
        self.writing.append(&entry)?;
        self.fingerprints.push(self.writing.head().fingerprint);
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

    /// The projects that entries concern, or that the entries which these name concern.
    fn projects(&self, entries: &[Entry]) -> Result<Vec<ProjectLeft>, Error> {
        let mut found = Vec::new();
        for (year, history) in &self.histories {
            let of_year = entries.iter().chain(&self.named);
            let of_year = of_year.filter(|entry| entry.year == *year);
            let concerned: BTreeSet<_> =
                of_year.filter_map(|entry| entry.event.project()).collect();
            if concerned.is_empty() {
                continue;
            }
            // A history keeps no texts.
            let titles = self.writing.store();
            let titles = titles.entries(*year, &[Kind::Propose, Kind::Amend])?;
            let titles = Portfolio::fold(*year, &standing(titles, Lens::at(Date::MAX)))?;
            let projects = history.portfolio().projects.iter();
            let projects = projects.filter(|(reference, _)| concerned.contains(reference));
            found.extend(projects.map(|(reference, project)| {
                let titled = titles.projects.get(reference);
                let title = titled
                    .map(|titled| titled.title.clone())
                    .unwrap_or_default();
                ProjectLeft::new(*year, reference, title, project)
            }));
        }
        Ok(found)
    }

    pub(super) fn recorded(self, entries: Vec<Entry>) -> Result<Recorded, Error> {
        let names = self.writing.store().names()?;
        let pot = |history: &History| {
            PotReport::new(&YearView {
                lens: Lens::at(Date::MAX),
                portfolio: history.portfolio().clone(),
                standing: Vec::new(),
                names: names.clone(),
                pots: history.pots(),
            })
        };
        let pots = self.histories.values().map(pot).collect();
        Ok(Recorded {
            projects: self.projects(&entries)?,
            fingerprints: self.fingerprints,
            likenesses: Vec::new(),
            waiting: Vec::new(),
            entries,
            named: self.named,
            pots,
        })
    }
}
