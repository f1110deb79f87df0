//! [`Words`]: what is recorded about a project's delivery in words.

use std::collections::BTreeMap;

use crate::document::{Cell, CellValue, Table, declare};
use crate::fold::{PotName, YearView};
use crate::model::{Entry, Kind, ProjectRef};
use crate::report::cycle::outcome::Outcome;

/// What the record says about a project, beside its figures.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    /// The note of the latest forecast.
    forecast: Option<String>,
    /// The latest note on its completion, reduction or withdrawal.
    ending: Option<String>,
    /// What has been done: the latest progress.
    pub(crate) outputs: Option<String>,
}

impl Words {
    /// The words about each project of a year, whose view holds the entries that have notes.
    pub(crate) fn of(view: &YearView) -> BTreeMap<&ProjectRef, Words> {
        let mut words: BTreeMap<&ProjectRef, Words> = BTreeMap::new();
        for entry in &view.standing {
            let Some(project) = entry.event.project() else {
                continue;
            };
            words.entry(project).or_default().add(entry);
        }
        words
    }

    /// The words of a project's entries.
    pub(crate) fn of_entries(entries: &[&Entry]) -> Words {
        let mut words = Words::default();
        entries.iter().for_each(|entry| words.add(entry));
        words
    }

    fn add(&mut self, entry: &Entry) {
        match entry.event.kind() {
            Kind::Forecast => self.forecast.clone_from(&entry.note),
            Kind::Progress => self.outputs.clone_from(&entry.note),
            Kind::Complete | Kind::Reduce | Kind::Withdraw if entry.note.is_some() => {
                self.ending.clone_from(&entry.note);
            }
            _ => {}
        }
    }

    /// Why the project does not spend its award.
    pub(crate) fn reason(&self) -> Option<String> {
        self.forecast.clone().or_else(|| self.ending.clone())
    }
}

declare! {
    /// What is recorded about a line of a return in words.
    pub(crate) row WordsRow {
        /// The project's ref.
        pub(crate) project: Option<ProjectRef> => shown("Project"),
        /// The pot.
        pub(crate) pot: PotName => shown("Pot"),
        /// Why it does not spend its award.
        pub(crate) reason: Option<String> => shown("Reason for the variance") from WordsRow::why,
        /// What has been done.
        pub(crate) outputs: Option<String> => shown("Outputs"),
        /// What was promised and achieved.
        pub(crate) outcomes: Vec<Outcome> => shown("Outcomes"),
        /// Whether it needs a reason.
        pub(crate) varies: bool,
    }
}

impl WordsRow {
    /// The lines about which there are words. A note names the projects without a reason.
    pub(crate) fn table(rows: impl IntoIterator<Item = WordsRow>) -> Table {
        let rows = rows.into_iter();
        let rows: Vec<WordsRow> = rows.filter(WordsRow::says_something).collect();
        Table::of("Reasons, outputs and outcomes", &rows).without_empty()
    }

    fn says_something(&self) -> bool {
        let has_words =
            self.reason.is_some() || self.outputs.is_some() || !self.outcomes.is_empty();
        self.pot.is_shown() && has_words
    }

    fn why(&self) -> Cell {
        match &self.reason {
            None if self.varies => Cell::Aside("No reason is recorded"),
            reason => reason.cell(),
        }
    }
}
