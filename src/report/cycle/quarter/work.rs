//! What projects spent, did and achieved in a quarter.

use crate::document::declare;
use crate::model::{Date, Entry, EntryNumber, Event, Kind, Money, ProjectRef, Quantity};
use crate::report::cycle::quarter::accounts::Accounts;

declare! {
    /// What a project spent in the quarter: `net = spent − refunded`.
    pub row QuarterSpend {
        /// The project.
        pub project: ProjectRef => shown("Project"),
        /// Its title.
        pub title: String => shown("Title"),
        /// How many entries of spend and refunds.
        pub entries: usize => shown("Entries"),
        /// Spent in the quarter.
        pub spent: Money => detail_total,
        /// Refunded in the quarter.
        pub refunded: Money => detail_total,
        /// Spent less refunded.
        pub net: Money => total("Spent"),
        /// Spent by the quarter's end, less refunds.
        pub to_date: Money => shown("To date"),
        /// Its net award at the quarter's end.
        pub award: Money => shown("Award"),
    }

    /// What has been done, as recorded in the quarter.
    pub row ProgressRow {
        /// The entry.
        pub entry: EntryNumber => detail,
        /// The day.
        pub on: Date => shown("Date"),
        /// The project.
        pub project: ProjectRef => shown("Project"),
        /// What has been done.
        pub note: String => shown("Progress"),
    }

    /// What was promised or achieved, as recorded in the quarter.
    pub row OutcomeRow {
        /// The entry.
        pub entry: EntryNumber => detail,
        /// The day.
        pub on: Date => shown("Date"),
        /// The project.
        pub project: ProjectRef => shown("Project"),
        /// `target` or `outcome`.
        pub kind: Kind => shown("Type"),
        /// What is counted.
        pub measure: String => shown("Measure"),
        /// How many; for an outcome, to date.
        pub value: Quantity => shown("Value"),
    }
}

impl QuarterSpend {
    /// One row per project with spend or a refund among the quarter's entries.
    pub(super) fn all(inside: &[Entry], accounts: &Accounts) -> Vec<QuarterSpend> {
        let mut rows = Vec::new();
        for (reference, project) in &accounts.portfolio.projects {
            let payments = inside.iter().filter(|entry| {
                entry.event.kind().is_spending() && entry.event.project() == Some(reference)
            });
            let entries = payments.count();
            if entries > 0 {
                let spent = -accounts.moved(reference, Kind::Spend);
                let refunded = accounts.moved(reference, Kind::Refund);
                rows.push(QuarterSpend {
                    project: reference.clone(),
                    title: project.title.clone(),
                    entries,
                    spent,
                    refunded,
                    net: spent - refunded,
                    to_date: project.spent,
                    award: project.award,
                });
            }
        }
        rows
    }
}

impl ProgressRow {
    pub(super) fn new(entry: &Entry) -> Option<ProgressRow> {
        let Event::Progress { project } = &entry.event else {
            return None;
        };
        Some(ProgressRow {
            entry: entry.number,
            on: entry.on,
            project: project.clone(),
            note: entry.note.clone().unwrap_or_default(),
        })
    }
}

impl OutcomeRow {
    pub(super) fn new(entry: &Entry) -> Option<OutcomeRow> {
        let (Event::Target {
            project,
            measure,
            value,
        }
        | Event::Outcome {
            project,
            measure,
            value,
        }) = &entry.event
        else {
            return None;
        };
        Some(OutcomeRow {
            entry: entry.number,
            on: entry.on,
            project: project.clone(),
            kind: entry.event.kind(),
            measure: measure.clone(),
            value: *value,
        })
    }
}
