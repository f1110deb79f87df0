//! Which entries depend on others: what a refusal names, what used their money, what must follow
//! them on the same day, and what was worked out from them.

use std::collections::{BTreeMap, BTreeSet};

use crate::fold::{Account, Flow};
use crate::model::{Column, Date, Entry, EntryNumber, FinancialYear, Holder, Kind, Money, Stage};
use crate::rules::checks::emptied_by;
use crate::rules::refusal::Refusal;
use crate::rules::trial::{OnRecord, Untenable, net};

/// Who reverses an entry, and why, while it is only tried.
const TRIED: &str = "tried";

/// The money that an account would be short of.
pub(super) struct Shortage {
    year: FinancialYear,
    account: Account,
    on: Date,
    amount: Money,
}

impl Shortage {
    /// The shortage because of which an entry was refused.
    pub(super) fn of(refusal: &Refusal) -> Option<Shortage> {
        let (account, [asked, there], on) = match refusal {
            Refusal::Overdrawn {
                account,
                asked,
                there,
                on,
                ..
            } => (account.clone(), [asked, there], on),
            Refusal::MoreThanReturned {
                holder,
                asked,
                there,
                on,
                ..
            } => {
                let holder = match holder {
                    Account::Pot(pot) => Holder::Pot(*pot),
                    Account::Project(project) => Holder::Project(project.clone()),
                    _ => return None,
                };
                (Account::Returned(Some(holder)), [asked, there], on)
            }
            _ => return None,
        };
        Some(Shortage {
            year: refusal.year(),
            account,
            on: *on,
            amount: *asked - *there,
        })
    }
}

impl OnRecord {
    /// These entries and whatever depends on them, newest first: in this order, every reversal is
    /// allowed.
    ///
    /// # Errors
    ///
    /// The refusal that no other reversal removes.
    pub fn with_dependants(&self, entries: &[EntryNumber]) -> Result<Vec<EntryNumber>, Untenable> {
        let mut all: BTreeSet<EntryNumber> = entries.iter().copied().collect();
        loop {
            let mut trial = self.trial();
            let mut newest_first = all.iter().rev();
            let tried = newest_first.try_for_each(|number| {
                let draft = self.reversal(*number, TRIED, TRIED)?;
                trial.record(draft).map(drop).map_err(Untenable::from)
            });
            let more = match &tried {
                Ok(()) => return Ok(all.into_iter().rev().collect()),
                Err(Untenable::Refused(refusal)) => self.in_the_way(&all, refusal),
                Err(Untenable::Invalid(_)) => Vec::new(),
            };
            if more.is_empty() {
                tried?;
            }
            all.extend(more);
        }
    }

    /// The entries outside `set` that must be reversed first, if a reversal of one in it is refused.
    pub(super) fn in_the_way(
        &self,
        set: &BTreeSet<EntryNumber>,
        refusal: &Refusal,
    ) -> Vec<EntryNumber> {
        match refusal {
            Refusal::BreaksLater { entry, .. } => self.broken(set, *entry),
            refusal => Shortage::of(refusal)
                .map(|shortage| self.users(set, shortage))
                .unwrap_or_default(),
        }
    }

    /// An entry that would no longer be allowed. If it is spend or a statement, so are all of its
    /// project from there on.
    fn broken(&self, set: &BTreeSet<EntryNumber>, number: EntryNumber) -> Vec<EntryNumber> {
        let Some(first) = self.others(set).find(|entry| entry.number == number) else {
            return Vec::new();
        };
        let (kind, project) = (first.event.kind(), first.event.project());
        let same = |entry: &&Entry| {
            let other = entry.event.kind();
            entry.number == number
                || kind.is_posting()
                    && entry.year == first.year
                    && entry.event.project() == project
                    && entry.position() > first.position()
                    && (kind != Kind::Spend || other == Kind::Spend)
        };
        self.others(set)
            .filter(same)
            .map(|entry| entry.number)
            .collect()
    }

    /// The latest entries that used the money which an account would be short of.
    fn users(&self, set: &BTreeSet<EntryNumber>, shortage: Shortage) -> Vec<EntryNumber> {
        let mut short = shortage.amount;
        let mut users = Vec::new();
        for entry in self.others(set).rev() {
            let change = self.change(entry.number, &shortage.account);
            if short <= Money::ZERO {
                break;
            }
            let is_in_time = entry.year == shortage.year && entry.on <= shortage.on;
            if is_in_time && change.is_negative() {
                short += change;
                users.push(entry.number);
            }
        }
        users
    }

    /// The entries outside `set` that left nothing of the money which an entry of it now needs: they
    /// are recorded again after it.
    pub(super) fn left_nothing(
        &self,
        set: &BTreeSet<EntryNumber>,
        number: EntryNumber,
        refusal: &Refusal,
    ) -> Vec<EntryNumber> {
        let Refusal::Overdrawn { year, account, .. } = refusal else {
            return Vec::new();
        };
        let emptied = |entry: &&Entry| {
            entry.number > number
                && entry.year == *year
                && emptied_by(&entry.event).as_ref() == Some(account)
        };
        self.others(set)
            .filter(emptied)
            .map(|entry| entry.number)
            .collect()
    }

    /// The entries that name one of `set`, or follow one on the day that it now has and say
    /// something else in another order. `now` has what `set` is to be.
    pub(super) fn followers(
        &self,
        set: &BTreeSet<EntryNumber>,
        now: &BTreeMap<EntryNumber, Entry>,
    ) -> Vec<EntryNumber> {
        let follows = |entry: &&Entry| {
            let named = entry.event.entries_named();
            named.iter().any(|named| set.contains(named))
                || now.iter().any(|(number, redone)| {
                    *number < entry.number
                        && (redone.year, redone.on) == (entry.year, entry.on)
                        && order_matters(redone, entry)
                })
        };
        self.others(set)
            .filter(follows)
            .map(|entry| entry.number)
            .collect()
    }

    /// The entries whose amount is what was left, if `set` changes what was left, and the entries
    /// that came after such an amount was worked out. `now` has what `set` is to be, and `flows`
    /// what everything would then move, both by the numbers on record.
    pub(super) fn worked_out_anew(
        &self,
        set: &BTreeSet<EntryNumber>,
        now: &BTreeMap<EntryNumber, Entry>,
        flows: &BTreeMap<EntryNumber, Vec<Flow>>,
    ) -> Vec<EntryNumber> {
        let nothing = BTreeSet::new();
        let mut found = Vec::new();
        for entry in self.others(&nothing) {
            let entry = now.get(&entry.number).unwrap_or(entry);
            let Some(account) = emptied_by(&entry.event) else {
                continue;
            };
            if set.contains(&entry.number) {
                let came_after = |other: &&Entry| {
                    other.number > entry.number
                        && (other.year, other.on <= entry.on) == (entry.year, true)
                        && !net(flows.get(&other.number), &account).is_zero()
                };
                found.extend(
                    self.others(set)
                        .filter(came_after)
                        .map(|other| other.number),
                );
            } else {
                let before = self.left(&BTreeMap::new(), &self.flows, entry, &account);
                let after = self.left(now, flows, entry, &account);
                if before != after {
                    found.push(entry.number);
                }
            }
        }
        found
    }

    /// What an entry found left in an account when it was recorded, had some entries been others.
    fn left(
        &self,
        now: &BTreeMap<EntryNumber, Entry>,
        flows: &BTreeMap<EntryNumber, Vec<Flow>>,
        finder: &Entry,
        account: &Account,
    ) -> Money {
        let earlier = self
            .flows
            .keys()
            .take_while(|number| **number < finder.number);
        let seen = earlier.filter(|number| {
            let entry = now.get(number).or_else(|| self.entries.get(number));
            entry.is_some_and(|entry| entry.year == finder.year && entry.on <= finder.on)
        });
        seen.map(|number| net(flows.get(number), account)).sum()
    }
}

/// Returns `true` if two entries of one day say something else in the other order.
fn order_matters(one: &Entry, other: &Entry) -> bool {
    let kinds = [one.event.kind(), other.event.kind()];
    let moves_a_pot = |kind: &Kind| kind.arrow().is_some() && !kind.is_spending();
    if kinds.contains(&Kind::Release) {
        return kinds.iter().all(moves_a_pot);
    }
    if kinds.iter().all(|kind| kind.is_statement()) {
        return subject(one) == subject(other) && kinds[0] != Kind::Receive;
    }
    if one.event.project().is_none() || one.event.project() != other.event.project() {
        return false;
    }
    let changes_stage = |kind: &Kind| Stage::brought_by(*kind).is_some();
    let steps = kinds.iter().filter(|kind| !kind.is_posting()).count();
    match steps {
        0 => false,
        1 => kinds.iter().any(|kind| kind.is_spending()) && kinds.iter().any(changes_stage),
        _ => true,
    }
}

/// What a statement is about: the last one on the same thing is the one that counts.
fn subject(entry: &Entry) -> (Kind, Vec<Option<String>>) {
    let cells = entry.cells();
    let columns = [Column::Project, Column::Measure, Column::Title];
    let mut subject: Vec<Option<String>> = columns
        .into_iter()
        .map(|column| cells.get(column).map(str::to_owned))
        .collect();
    subject.push(entry.event.refers_to().map(|number| number.to_string()));
    (entry.event.kind(), subject)
}
