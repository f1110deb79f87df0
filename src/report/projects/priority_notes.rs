//! [`PriorityNote`]: what was recorded about the priorities of some projects.

use std::collections::BTreeMap;

use crate::document::declare;
use crate::model::{Entry, EntryNumber, Event, ProjectRef};

declare! {
    /// What was recorded about the priorities of some projects.
    pub row PriorityNote {
        /// The projects.
        pub projects: Vec<ProjectRef> => shown("Projects"),
        /// The entries that gave them their priorities, with this note.
        pub entries: Vec<EntryNumber>,
        /// The note.
        pub note: String => shown("Note"),
    }
}

impl PriorityNote {
    /// The notes of the entries that gave projects the priorities they name, each note once.
    pub(crate) fn all(standing: &[Entry]) -> Vec<PriorityNote> {
        let giving = standing.iter().filter(|entry| gives_priorities(entry));
        let giving = giving.filter_map(|entry| Some((entry.event.project()?, entry)));
        let latest: BTreeMap<&ProjectRef, &Entry> = giving.collect();
        let mut notes: Vec<PriorityNote> = Vec::new();
        for (project, entry) in latest {
            let Some(note) = &entry.note else { continue };
            match notes.iter_mut().find(|known| known.note == *note) {
                Some(known) => {
                    known.projects.push(project.clone());
                    known.entries.push(entry.number);
                }
                None => notes.push(PriorityNote {
                    projects: vec![project.clone()],
                    entries: vec![entry.number],
                    note: note.clone(),
                }),
            }
        }
        notes
    }
}

fn gives_priorities(entry: &Entry) -> bool {
    match &entry.event {
        Event::Propose { priorities, .. } => priorities.codes().next().is_some(),
        Event::Amend { priorities, .. } => priorities.is_some(),
        _ => false,
    }
}
