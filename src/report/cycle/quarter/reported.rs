//! Quarters already reported, and what was recorded since that changes them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::document::{Field, Table, counted};
use crate::fold::{Account, FoldError, Lens, standing};
use crate::model::{Date, Entry, EntryNumber, Event, Kind, Moment, Money};
use crate::report::cycle::issued::{Issued, day_changed};
use crate::report::cycle::quarter::accounts::{Accounts, name};

/// A quarter whose report went out, and what changed since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportedQuarter {
    /// The report that went out last.
    #[serde(flatten)]
    pub issued: Issued,
    /// The entries that count now and did not then, and those that were reversed since, by number.
    pub changes: Vec<ReportedChange>,
    /// The pots and projects of which the quarter's closing figure is another now.
    pub closing: Vec<ClosingChange>,
}

/// An entry that changes a quarter already reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportedChange {
    /// The entry.
    pub entry: EntryNumber,
    /// The day it takes effect.
    pub on: Date,
    /// Its kind.
    pub kind: Kind,
    /// The project or pot it speaks of.
    pub of: Option<String>,
    /// Its amount.
    pub amount: Option<Money>,
    /// When the change was recorded: the entry, or its reversal.
    pub recorded: Moment,
    /// The entry that struck it since the report.
    pub reversed_by: Option<EntryNumber>,
}

/// One pot or project at the end of a quarter already reported: `reported + change = now`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClosingChange {
    /// `upfront`, `tactical`, or a project's ref.
    pub account: String,
    /// As the report had it.
    pub reported: Money,
    /// As it is now.
    pub now: Money,
    /// What changed.
    pub change: Money,
}

impl ReportedQuarter {
    /// What changed since the report went out. `entries` are all of the year, `now` those that
    /// count, in fold order.
    pub(super) fn new(
        issued: Issued,
        entries: &[Entry],
        now: &[Entry],
    ) -> Result<ReportedQuarter, FoldError> {
        let before = entries
            .iter()
            .filter(|entry| entry.number < issued.entry)
            .cloned()
            .collect();
        let then = standing(before, Lens::at(issued.lens.as_at));
        let named = |entry: &Entry| {
            entry
                .event
                .refers_to()
                .and_then(|number| entries.iter().find(|entry| entry.number == number))
        };
        let inside = |entry: &&Entry| {
            day_changed(entry, named(entry))
                .is_some_and(|on| issued.year.quarter_of(on) <= issued.quarter)
        };
        let numbers = |of: &[Entry]| {
            of.iter()
                .filter(inside)
                .map(|entry| entry.number)
                .collect::<BTreeSet<_>>()
        };
        let (counted_then, counted_now) = (numbers(&then), numbers(now));
        let change = |entry: &Entry| {
            ReportedChange::new(
                entry,
                (!counted_now.contains(&entry.number)).then_some(entries),
            )
        };
        let changes = entries.iter().filter(|entry| {
            counted_then.contains(&entry.number) != counted_now.contains(&entry.number)
        });
        let closing = |of: &[Entry]| Ok(Accounts::new(issued.year, issued.quarter, of)?.closing());
        let closing = ClosingChange::all(&closing(&then)?, &closing(now)?);
        Ok(ReportedQuarter {
            changes: changes.map(change).collect(),
            closing,
            issued,
        })
    }

    /// Which report it was, and how much was recorded since.
    pub(super) fn said(&self) -> String {
        let Issued {
            quarter,
            entry,
            lens,
            ..
        } = &self.issued;
        let count = counted(self.changes.len(), "change");
        format!("{quarter} was reported {lens} (entry {entry}); {count} since.")
    }
}

impl ReportedChange {
    /// An entry that counts now and did not; or, with the year's entries, one that was struck by
    /// one of them.
    fn new(entry: &Entry, struck_by_one_of: Option<&[Entry]>) -> ReportedChange {
        let strikes = |by: &&Entry| {
            by.event
                == Event::Reverse {
                    entry: entry.number,
                }
        };
        let reversal = struck_by_one_of.and_then(|entries| entries.iter().find(strikes));
        ReportedChange {
            entry: entry.number,
            on: entry.on,
            kind: entry.event.kind(),
            of: entry
                .event
                .project()
                .map(ToString::to_string)
                .or(entry.event.pot().map(|pot| pot.to_string())),
            amount: entry.event.amount(),
            recorded: reversal.unwrap_or(entry).recorded,
            reversed_by: reversal.map(|reversal| reversal.number),
        }
    }
}

impl ClosingChange {
    /// The accounts that differ; one that is not there holds nothing.
    fn all(
        reported: &BTreeMap<Account, Money>,
        now: &BTreeMap<Account, Money>,
    ) -> Vec<ClosingChange> {
        let accounts: BTreeSet<&Account> = reported.keys().chain(now.keys()).collect();
        let held = |of: &BTreeMap<Account, Money>, account: &Account| {
            of.get(account).copied().unwrap_or_default()
        };
        let change = |account: &Account| {
            let (reported, now) = (held(reported, account), held(now, account));
            Some(ClosingChange {
                account: name(account)?,
                reported,
                now,
                change: now - reported,
            })
        };
        accounts
            .into_iter()
            .filter_map(change)
            .filter(|row| !row.change.is_zero())
            .collect()
    }
}

/// The entries, for people.
pub(super) fn changes(reported: &[ReportedQuarter]) -> Table {
    let mut table = Table::new(
        "Entry by entry",
        &[
            Field::left("quarter", "Quarter"),
            Field::right("entry", "Entry"),
            Field::left("on", "On"),
            Field::left("kind", "Kind"),
            Field::left("of", "Of"),
            Field::right("amount", "Amount"),
            Field::left("recorded", "Recorded"),
            Field::right("reversed_by", "Reversed by"),
        ],
    );
    for (quarter, row) in reported.iter().flat_map(|reported| {
        reported
            .changes
            .iter()
            .map(|row| (reported.issued.quarter, row))
    }) {
        table.rows.push(vec![
            quarter.to_string().into(),
            row.entry.into(),
            row.on.into(),
            row.kind.as_str().into(),
            row.of.as_deref().into(),
            row.amount.into(),
            row.recorded.date().into(),
            row.reversed_by.into(),
        ]);
    }
    table
}

/// What they did to the closing figures, for people.
pub(super) fn closing(reported: &[ReportedQuarter]) -> Table {
    let mut table = Table::new(
        "Closing figures reported and now",
        &[
            Field::left("quarter", "Quarter"),
            Field::left("account", "Account"),
            Field::right("reported", "Reported"),
            Field::right("now", "Now"),
            Field::right("change", "Change"),
        ],
    );
    for (quarter, row) in reported.iter().flat_map(|reported| {
        reported
            .closing
            .iter()
            .map(|row| (reported.issued.quarter, row))
    }) {
        table.rows.push(vec![
            quarter.to_string().into(),
            row.account.as_str().into(),
            row.reported.into(),
            row.now.into(),
            row.change.into(),
        ]);
    }
    table
}
