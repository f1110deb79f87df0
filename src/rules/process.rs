//! The rules of process that bind an entry when it is first recorded. What is on record already,
//! such as the entries of an older book, is only warned about.

use crate::model::{Entry, Event};
use crate::rules::history::History;
use crate::rules::movement::account;
use crate::rules::refusal::Refusal;

/// The most days that an entry may lie ahead of the clock.
pub const MAX_DAYS_AHEAD: u32 = 31;

impl History {
    /// The lapses of an entry that is recorded now.
    pub(super) fn lapses(&self, entry: &Entry) -> Vec<Refusal> {
        let found = [
            not_yet(entry),
            no_reference(entry),
            self.duplicate(entry),
            self.already_met(entry),
        ];
        found.into_iter().flatten().collect()
    }

    fn already_met(&self, entry: &Entry) -> Option<Refusal> {
        let Event::Met { entry: due } = entry.event else {
            return None;
        };
        self.met.get(&due).map(|met| Refusal::AlreadyMet {
            year: self.year,
            entry: due,
            by: met.entry,
            on: met.on,
        })
    }

    fn duplicate(&self, entry: &Entry) -> Option<Refusal> {
        self.movements.has(entry).then(|| Refusal::Duplicate {
            year: self.year,
            kind: entry.event.kind(),
            pots: self.folded.portfolio.pot_names(),
            account: account(entry),
            on: entry.on,
            amount: entry.event.amount().unwrap_or_default(),
        })
    }
}

fn not_yet(entry: &Entry) -> Option<Refusal> {
    let (kind, today) = (entry.event.kind(), entry.recorded.date());
    let days = today.days_until(entry.on);
    (days > MAX_DAYS_AHEAD && !kind.may_lie_ahead()).then_some(Refusal::NotYet {
        year: entry.year,
        kind,
        on: entry.on,
        today,
        max_days: MAX_DAYS_AHEAD,
    })
}

fn no_reference(entry: &Entry) -> Option<Refusal> {
    let kind = entry.event.kind();
    kind.agreement()
        .filter(|_| entry.reference.is_none())
        .map(|agreement| Refusal::NoReference {
            year: entry.year,
            kind,
            agreement,
        })
}
