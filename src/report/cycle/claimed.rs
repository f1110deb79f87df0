//! [`Claimed`]: the claims that went out, and what each of them claimed.

use std::collections::BTreeMap;

use crate::document::declare;
use crate::fold::{Lens, standing};
use crate::model::{Date, Entry, EntryNumber, Event, FinancialYear, Moment, Money, ProjectRef};
use crate::report::cycle::claim_period::ClaimPeriod;

declare! {
    /// A claim that went out.
    pub row Claimed {
        /// Its period.
        pub period: ClaimPeriod => shown("Period"),
        /// The `issue` entry.
        pub entry: EntryNumber => shown("Entry"),
        /// The day it speaks of.
        pub on: Date => shown("As at"),
        /// What it claimed.
        pub amount: Money => total("Claimed"),
        /// When it went out.
        #[serde(skip)]
        pub(crate) recorded: Moment,
        /// The last day whose spend it has.
        #[serde(skip)]
        pub(crate) counts_to: Date,
        /// What it claimed, by project.
        #[serde(skip)]
        pub(crate) by_project: BTreeMap<ProjectRef, Money>,
    }
}

impl Claimed {
    /// The claims of a year that count through a lens, in the order they went out. An `issue` entry
    /// counts whatever its day.
    ///
    /// What each one claimed is worked out again, from the entries recorded before it: the spend up
    /// to its last day, less all claims that counted then and whose last day is earlier.
    pub(crate) fn all(year: FinancialYear, entries: &[Entry], lens: Lens) -> Vec<Claimed> {
        let always = Lens {
            as_at: Date::MAX,
            ..lens
        };
        let mut all: Vec<Claimed> = Vec::new();
        for entry in entries.iter().filter(|entry| lens.knows(entry)) {
            if let Event::Issue { title, .. } = &entry.event
                && let Some(period) = ClaimPeriod::of_title(year, title)
            {
                let before = entries.iter().filter(|other| other.number < entry.number);
                let before: Vec<Entry> = before.cloned().collect();
                let counted = of_standing(&all, &standing(before.clone(), Lens::at(Date::MAX)));
                let counts_to = period.counts_to(year, entry.on);
                let spent = spent(&standing(before, Lens::at(entry.on)), counts_to);
                let by_project = less(spent, &claimed_before(&counted, counts_to));
                all.push(Claimed {
                    period,
                    entry: entry.number,
                    on: entry.on,
                    amount: by_project.values().copied().sum(),
                    recorded: entry.recorded,
                    counts_to,
                    by_project,
                });
            }
        }
        of_standing(&all, &standing(entries.to_vec(), always))
    }
}

/// Those claims whose `issue` entry is among some that count.
fn of_standing(claims: &[Claimed], standing: &[Entry]) -> Vec<Claimed> {
    let counts = |claim: &&Claimed| standing.iter().any(|entry| entry.number == claim.entry);
    claims.iter().filter(counts).cloned().collect()
}

/// The claims whose last day is before another.
pub(crate) fn earlier(claims: &[Claimed], counts_to: Date) -> impl Iterator<Item = &Claimed> {
    claims
        .iter()
        .filter(move |claim| claim.counts_to < counts_to)
}

/// What the claims whose last day is before another claimed of each project.
pub(crate) fn claimed_before(claims: &[Claimed], counts_to: Date) -> BTreeMap<ProjectRef, Money> {
    let mut before: BTreeMap<ProjectRef, Money> = BTreeMap::new();
    for (project, amount) in earlier(claims, counts_to).flat_map(|claim| &claim.by_project) {
        *before.entry(project.clone()).or_default() += *amount;
    }
    before
}

/// What each project spent up to a day, less refunds.
pub(crate) fn spent(standing: &[Entry], to: Date) -> BTreeMap<ProjectRef, Money> {
    let mut spent: BTreeMap<ProjectRef, Money> = BTreeMap::new();
    for entry in standing.iter().filter(|entry| entry.on <= to) {
        match &entry.event {
            Event::Spend {
                project, amount, ..
            } => *spent.entry(project.clone()).or_default() += *amount,
            Event::Refund {
                project, amount, ..
            } => *spent.entry(project.clone()).or_default() -= *amount,
            _ => {}
        }
    }
    spent
}

/// Amounts less others, by project.
fn less(
    mut amounts: BTreeMap<ProjectRef, Money>,
    others: &BTreeMap<ProjectRef, Money>,
) -> BTreeMap<ProjectRef, Money> {
    for (project, amount) in others {
        *amounts.entry(project.clone()).or_default() -= *amount;
    }
    amounts
}
