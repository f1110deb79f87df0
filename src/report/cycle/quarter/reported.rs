//! Quarters already reported, and what was recorded since that changes them.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{CellValue, Text, counted, declare, text};
use crate::fold::{Account, FoldError, Lens, PotName, PotNames, standing};
use crate::model::{Date, Entry, EntryNumber, Event, Kind, Moment, Money, Quarter};
use crate::report::control::log::{concerned_pot, concerns};
use crate::report::cycle::issued::{Issued, day_changed};
use crate::report::cycle::quarter::accounts::{Accounts, cell, name, pot};

declare! {
    /// A quarter whose report went out, and what changed since.
    pub struct ReportedQuarter {
        /// The report that went out last.
        #[serde(flatten)]
        pub issued: Issued,
        /// The entries that count now and did not then, and those that were reversed since, by
        /// number.
        pub changes: Vec<ReportedChange>,
        /// The pots and projects whose closing figure has changed.
        pub closing: Vec<ClosingChange>,
    }

    /// An entry that changes a quarter already reported.
    pub row ReportedChange {
        /// The quarter.
        #[serde(skip)]
        pub(crate) quarter: Quarter => shown("Quarter"),
        /// The entry.
        pub entry: EntryNumber => shown("Entry"),
        /// The day it takes effect.
        pub on: Date => shown("Date"),
        /// Its kind.
        pub kind: Kind => shown("Type"),
        /// The project or the pot it concerns.
        pub of: Option<String> => shown("Project or pot")
            from |row| cell(row.pot, row.of.as_deref().unwrap_or_default()),
        /// Its amount.
        pub amount: Option<Money> => shown("Amount"),
        /// When the change was recorded: the entry, or its reversal.
        pub recorded: Moment => shown("Recorded") from |row| row.recorded.date().cell(),
        /// The entry that reversed it since the report.
        pub reversed_by: Option<EntryNumber> => shown("Reversed by"),
        #[serde(skip)]
        pot: Option<PotName>,
    }

    /// One pot or project at the end of a quarter already reported: `reported + change = now`.
    pub row ClosingChange {
        /// The quarter.
        #[serde(skip)]
        pub(crate) quarter: Quarter => shown("Quarter"),
        /// `upfront`, `tactical`, or a project's ref.
        pub account: String => shown("Account") from |row| cell(row.pot, &row.account),
        /// The figure in the report.
        pub reported: Money => shown("Reported"),
        /// The figure now.
        pub now: Money => shown("Now"),
        /// The difference.
        pub change: Money => shown("Change"),
        #[serde(skip)]
        pot: Option<PotName>,
    }
}

impl ReportedQuarter {
    /// What changed since the report went out, from all entries of the year, and from those that
    /// count now, in fold order.
    pub(super) fn new(
        issued: Issued,
        entries: &[Entry],
        now: &[Entry],
    ) -> Result<ReportedQuarter, FoldError> {
        let (year, quarter) = (issued.year, issued.quarter);
        let pots = PotNames::of(now);
        let before = entries.iter().filter(|entry| entry.number < issued.entry);
        let then = standing(before.cloned().collect(), Lens::at(issued.lens.as_at));
        let named = |entry: &Entry| {
            let number = entry.event.refers_to()?;
            entries.iter().find(|entry| entry.number == number)
        };
        let is_inside = |entry: &&Entry| {
            day_changed(entry, named(entry)).is_some_and(|on| year.quarter_of(on) <= quarter)
        };
        let numbers = |entries: &[Entry]| -> BTreeSet<EntryNumber> {
            let inside = entries.iter().filter(is_inside);
            inside.map(|entry| entry.number).collect()
        };
        let (counted_then, counted_now) = (numbers(&then), numbers(now));
        let mut changes = Vec::new();
        for entry in entries {
            let counts_now = counted_now.contains(&entry.number);
            if counted_then.contains(&entry.number) != counts_now {
                let reversal = (!counts_now).then(|| reversal(entry, entries)).flatten();
                changes.push(ReportedChange::new(quarter, pots, entry, reversal));
            }
        }
        let then = Accounts::new(year, quarter, &then)?.closing();
        let now = Accounts::new(year, quarter, now)?.closing();
        Ok(ReportedQuarter {
            issued,
            changes,
            closing: ClosingChange::all(quarter, pots, &then, &now),
        })
    }

    /// Which report it was, and how much was recorded since.
    pub(super) fn summary(&self) -> Text {
        let Issued {
            quarter,
            entry,
            lens,
            ..
        } = self.issued;
        let changes = counted(self.changes.len(), "change");
        let reported = text![quarter, " was reported ", lens, " (entry ", entry, "); "];
        text![reported, changes, " since."]
    }
}

/// The entry that reverses another.
fn reversal<'a>(entry: &Entry, entries: &'a [Entry]) -> Option<&'a Entry> {
    let reverse = Event::Reverse {
        entry: entry.number,
    };
    entries.iter().find(|entry| entry.event == reverse)
}

impl ReportedChange {
    fn new(
        quarter: Quarter,
        pots: PotNames,
        entry: &Entry,
        reversal: Option<&Entry>,
    ) -> ReportedChange {
        ReportedChange {
            quarter,
            entry: entry.number,
            on: entry.on,
            kind: entry.event.kind(),
            of: concerns(entry),
            amount: entry.event.amount(),
            recorded: reversal.unwrap_or(entry).recorded,
            reversed_by: reversal.map(|reversal| reversal.number),
            pot: concerned_pot(entry).map(|pot| pots.name(pot)),
        }
    }
}

impl ClosingChange {
    /// The accounts that differ. An account that does not exist holds nothing.
    fn all(
        quarter: Quarter,
        pots: PotNames,
        reported: &BTreeMap<Account, Money>,
        now: &BTreeMap<Account, Money>,
    ) -> Vec<ClosingChange> {
        let accounts: BTreeSet<&Account> = reported.keys().chain(now.keys()).collect();
        let change = |account: &Account| {
            let reported = reported.get(account).copied().unwrap_or_default();
            let now = now.get(account).copied().unwrap_or_default();
            Some(ClosingChange {
                quarter,
                account: name(account)?,
                reported,
                now,
                change: now - reported,
                pot: pot(account).map(|pot| pots.name(pot)),
            })
        };
        let changes = accounts.into_iter().filter_map(change);
        changes.filter(|row| !row.change.is_zero()).collect()
    }
}
