//! The checks of single kinds: `propose`, `release`, `withdraw`, `close` and `reopen`.

use crate::fold::{Account, Portfolio};
use crate::model::{Date, Entry, Event, Kind, Money, Position, Pot};
use crate::rules::history::History;
use crate::rules::refusal::Refusal;

impl History {
    /// A `close` or `reopen` is not dated before the last one.
    pub(super) fn check_close_date(&self, kind: Kind, on: Date) -> Result<(), Refusal> {
        match self.last_close {
            Some(last) if on < last && matches!(kind, Kind::Close | Kind::Reopen) => {
                Err(Refusal::BeforeLastClose {
                    year: self.year,
                    kind,
                    on,
                    last,
                })
            }
            _ => Ok(()),
        }
    }

    /// The refusal of a proposal whose ref is proposed again on a later day.
    pub(super) fn proposed_later(&self, before: &Portfolio, entry: &Entry) -> Option<Refusal> {
        let Event::Propose { project, .. } = &entry.event else {
            return None;
        };
        let later = self.folded.portfolio.projects.contains_key(project)
            && !before.projects.contains_key(project);
        later.then(|| Refusal::ProjectExists {
            year: self.year,
            project: project.clone(),
        })
    }

    /// The refusal of another release, if the upfront pot has nothing left.
    pub(super) fn nothing_to_release(&self, before: &Portfolio, entry: &Entry) -> Option<Refusal> {
        let released_on = before
            .released_on
            .filter(|_| entry.event.kind() == Kind::Release)?;
        let left = self
            .folded
            .balance_at(&Account::Pot(Pot::Upfront), entry.on);
        left.is_zero().then_some(Refusal::NothingToRelease {
            year: self.year,
            released_on,
            on: entry.on,
        })
    }

    /// The refusals of a `close`: there are later entries, or money that is neither spent nor
    /// returned.
    pub(super) fn unready_to_close(&self, entry: &Entry) -> Vec<Refusal> {
        if entry.event.kind() != Kind::Close {
            return Vec::new();
        }
        let (year, on) = (self.year, entry.on);
        let mut found = Vec::new();
        if let Some(last) = self.last_entry().filter(|last| last.on > on) {
            found.push(Refusal::DatedAfterClose {
                year,
                on,
                last: last.on,
                entry: last.number,
            });
        }
        let held: Vec<(Account, Money)> = self
            .folded
            .days
            .iter()
            .filter(|(account, _)| matches!(account, Account::Pot(_) | Account::Project(_)))
            .map(|(account, days)| (account.clone(), days.total()))
            .filter(|(_, held)| !held.is_zero())
            .collect();
        if !held.is_empty() {
            let total = held.iter().map(|(_, amount)| *amount).sum();
            found.push(Refusal::Unaccounted {
                year,
                pots: self.folded.portfolio.pot_names(),
                total,
                held,
            });
        }
        found
    }

    /// The last entry, by day, that a closed year would not take.
    fn last_entry(&self) -> Option<Position> {
        let is_bound = |kind: Kind| !kind.is_allowed_when_closed();
        let steps = self.steps.iter();
        let steps = steps
            .filter(|step| is_bound(step.event.kind()))
            .map(Entry::position);
        let postings = self.postings.values().flatten();
        let postings = postings
            .filter(|(_, kind)| is_bound(**kind))
            .map(|(position, _)| *position);
        steps.chain(postings).max()
    }

    /// Works out what a `release` or `withdraw` moves; refused if another amount is given.
    pub(super) fn work_out_amount(&self, entry: &mut Entry) -> Option<Refusal> {
        let account = emptied_by(&entry.event)?;
        let (Event::Release { amount } | Event::Withdraw { amount, .. }) = &mut entry.event else {
            return None;
        };
        let left = self.folded.balance_at(&account, entry.on);
        let given = amount.replace(left);
        let (year, kind) = (self.year, entry.event.kind());
        if left > Money::MAX_ENTRY {
            return Some(Refusal::TooLarge { year, kind, left });
        }
        let given = given.filter(|given| *given != left)?;
        Some(Refusal::AmountDiffers {
            year,
            kind,
            given,
            left,
        })
    }
}

/// The account whose balance a `release` or `withdraw` moves.
pub(super) fn emptied_by(event: &Event) -> Option<Account> {
    match event {
        Event::Release { .. } => Some(Account::Pot(Pot::Upfront)),
        Event::Withdraw { project, .. } => Some(Account::Project(project.clone())),
        _ => None,
    }
}
