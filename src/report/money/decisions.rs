//! Decisions: all that was decided in a year, and every movement of its money except spend.

use std::collections::BTreeMap;

use crate::document::{Block, Head, Report, Table, Text, declare, tables_and_notes, text};
use crate::fold::{PotName, YearView};
use crate::model::{Date, Entry, EntryNumber, Event, Kind, Money, ProjectRef};
use crate::report::head::YearHead;

declare! {
    /// A year's decisions, in fold order.
    pub struct DecisionsReport {
        /// The year.
        #[serde(flatten)]
        pub head: YearHead,
        /// One row per entry.
        pub rows: Vec<DecisionRow>,
    }

    /// One decision, or one movement of money.
    pub row DecisionRow {
        /// The entry's number.
        pub entry: EntryNumber => shown("Entry"),
        /// The day it takes effect.
        pub on: Date => shown("Date"),
        /// What was decided.
        pub kind: Kind => shown("Type"),
        /// The project it concerns.
        pub project: Option<ProjectRef> => shown("Project"),
        /// The pot it names, or the project's. A release concerns both.
        pub pot: Option<PotName> => shown("Pot"),
        /// Pounds and pence.
        pub amount: Option<Money> => shown("Amount"),
        /// A letter, an agreement, a payment.
        pub reference: Option<String> => shown("Reference"),
        /// Anything a reader should know.
        pub note: Option<String> => detail,
        /// Why a process rule was set aside.
        pub override_reason: Option<String> => detail named "override",
        /// Who recorded it.
        pub by: String => detail("Recorded by"),
    }
}

impl DecisionsReport {
    /// The decisions of a year.
    pub fn new(view: &YearView) -> DecisionsReport {
        let mut pots = BTreeMap::new();
        let mut rows = Vec::new();
        let decisions = view.standing.iter();
        for entry in decisions.filter(|entry| DecisionsReport::has(entry.event.kind())) {
            if let Event::Propose { project, pot, .. } = &entry.event {
                pots.insert(project, *pot);
            }
            let pot = entry.event.project().and_then(|project| pots.get(project));
            let pot = entry.event.pot().or(pot.copied());
            rows.push(DecisionRow::new(entry, pot.map(|pot| view.pots.name(pot))));
        }
        DecisionsReport {
            head: YearHead::new(view),
            rows,
        }
    }

    /// Returns `true` if it holds entries of that kind: those that decide something, and cash
    /// received.
    pub fn has(kind: Kind) -> bool {
        !kind.is_posting() || kind == Kind::Receive
    }
}

impl DecisionRow {
    fn new(entry: &Entry, pot: Option<PotName>) -> DecisionRow {
        DecisionRow {
            entry: entry.number,
            on: entry.on,
            kind: entry.event.kind(),
            project: entry.event.project().cloned(),
            pot,
            amount: entry.event.amount(),
            reference: entry.reference.clone(),
            note: entry.note.clone(),
            override_reason: entry.override_reason.clone(),
            by: entry.by.clone(),
        }
    }
}

impl Report for DecisionsReport {
    fn head(&self) -> Head {
        self.head.titled("Decisions of ")
    }

    fn data(&self) -> Table {
        Table::of("", &self.rows)
    }

    fn blocks(&self) -> Vec<Block> {
        let reason = |row: &DecisionRow| {
            let reason = row.override_reason.as_deref()?;
            let aside = " sets a process rule aside: ";
            Some(text!["Entry ", row.entry, aside, reason])
        };
        let mut notes: Vec<Text> = self.rows.iter().filter_map(reason).collect();
        notes.push("Spend and refunds are not included.".into());
        tables_and_notes([self.data()], notes)
    }
}
