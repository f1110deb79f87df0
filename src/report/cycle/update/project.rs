//! The projects that have an award or were withdrawn, with what they have done.

use crate::document::{Text, declare, text};
use crate::fold::{Project, YearView};
use crate::model::{Date, Entry, Event, Money, ProjectRef, Stage};
use crate::report::cycle::outcome::Outcome;
use crate::report::cycle::update::decided::Since;
use crate::report::cycle::words::Words;
use crate::report::projects::project::ProjectRow;

declare! {
    /// A project that has an award.
    pub struct UpdateProject {
        /// What it is and where it stands.
        #[serde(flatten)]
        pub row: ProjectRow,
        /// What it has done.
        #[serde(flatten)]
        pub delivery: Delivery,
        /// Why it will not spend its award, in the words of whoever recorded it, if a reason is on
        /// record.
        pub reason: Option<String>,
    }

    /// What a project has done.
    pub row Delivery {
        /// The latest note on its progress.
        pub progress: Option<String> => shown("Progress"),
        /// What was promised and achieved.
        pub outcomes: Vec<Outcome> => shown("Outcomes"),
        /// The notes on its progress since the last paper; if there are none, the latest.
        pub notes: Vec<ProgressNote>,
    }

    /// A note on a project's progress.
    pub struct ProgressNote {
        /// The day it speaks of.
        pub on: Date,
        /// The note.
        pub note: String,
    }

    /// A project that was withdrawn.
    pub struct Withdrawn {
        /// Its ref.
        pub project: ProjectRef,
        /// Its title.
        pub title: String,
        /// What it keeps: what it had spent or returned.
        pub award: Money,
    }
}

impl UpdateProject {
    /// The projects that have an award, by ref.
    pub(super) fn all(view: &YearView, since: &Since) -> Vec<UpdateProject> {
        let projects = view.portfolio.projects.iter();
        let funded = projects.filter(|(_, project)| !project.award.is_zero());
        let project = |(reference, project): (&ProjectRef, &Project)| {
            let entries = view.standing.iter();
            let entries = entries.filter(|entry| entry.event.project() == Some(reference));
            let entries: Vec<&Entry> = entries.collect();
            UpdateProject {
                row: ProjectRow::new(view.pots, (reference, project)),
                delivery: Delivery::new(project, &entries, since),
                reason: Words::of_entries(&entries).reason(),
            }
        };
        funded.map(project).collect()
    }

    /// Its ref and title.
    pub(super) fn name(&self) -> Text {
        text![&self.row.project, ", ", &self.row.title]
    }
}

impl Delivery {
    fn new(project: &Project, entries: &[&Entry], since: &Since) -> Delivery {
        let is_progress = |entry: &Entry| matches!(entry.event, Event::Progress { .. });
        let reports = entries.iter().filter(|entry| is_progress(entry));
        let (new, old): (Vec<&Entry>, Vec<&Entry>) = reports.partition(|entry| since.has(entry));
        let shown = if new.is_empty() {
            old.last().copied().into_iter().collect()
        } else {
            new
        };
        let note = |entry: &&Entry| {
            let (on, note) = (entry.on, entry.note.clone()?);
            Some(ProgressNote { on, note })
        };
        let notes: Vec<ProgressNote> = shown.iter().filter_map(note).collect();
        Delivery {
            progress: notes.last().map(|last| last.note.clone()),
            outcomes: Outcome::all(project),
            notes,
        }
    }
}

impl Withdrawn {
    /// The projects that were withdrawn, by ref.
    pub(super) fn all(view: &YearView) -> Vec<Withdrawn> {
        let projects = view.portfolio.projects.iter();
        let withdrawn = projects.filter(|(_, project)| project.stage == Stage::Withdrawn);
        let withdrawn = withdrawn.map(|(reference, project)| Withdrawn {
            project: reference.clone(),
            title: project.title.clone(),
            award: project.award,
        });
        withdrawn.collect()
    }
}
