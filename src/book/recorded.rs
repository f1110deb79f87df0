//! What was recorded, as a report for whoever recorded it.

use std::path::Path;

use crate::book::record::{Commit, Recorded};
use crate::fold::PotName;
use crate::model::{Entry, Names};
use crate::report::{PotsLeft, ProjectLeft, ProjectWaiting, RecordedEntry, RecordedReport};

impl Recorded {
    /// The entry that a `reverse` or `explain` names.
    pub fn named_by(&self, entry: &Entry) -> Option<&Entry> {
        let number = entry.event.refers_to()?;
        self.named.iter().find(|named| named.number == number)
    }

    /// The project that an entry concerns, or that the entry which it names concerns.
    pub fn project(&self, entry: &Entry) -> Option<&ProjectLeft> {
        let subject = self.named_by(entry).unwrap_or(entry);
        let reference = subject.event.project()?;
        let mut projects = self.projects.iter();
        projects.find(|left| left.year == subject.year && left.project == *reference)
    }

    /// The pot that an entry names, or that the entry which it names names.
    pub fn pot(&self, entry: &Entry) -> Option<PotName> {
        let subject = self.named_by(entry).unwrap_or(entry);
        let pot = subject.event.pot()?;
        let mut pots = self.pots.iter();
        let year = pots.find(|pots| pots.year == subject.year);
        Some(year.map(|pots| pots.names).unwrap_or_default().name(pot))
    }

    /// What a command recorded, with notes in words.
    pub fn report(
        &self,
        commit: Commit,
        names: Names,
        file: &Path,
        notes: Vec<String>,
    ) -> RecordedReport {
        let entries = self.entries.iter().zip(&self.fingerprints);
        let entries = entries.map(|(entry, fingerprint)| {
            let (named, project) = (self.named_by(entry), self.project(entry));
            RecordedEntry::new(entry, named, project, self.pot(entry), *fingerprint)
        });
        let waiting = self.waiting.iter().map(|waiting| ProjectWaiting {
            row: waiting.row,
            project: waiting.project.clone(),
            why: waiting.change.to_string(),
        });
        RecordedReport {
            dry_run: commit == Commit::DryRun,
            partnership: names.partnership,
            file: file.display().to_string(),
            entries: entries.collect(),
            projects: self.projects.clone(),
            pots: self.pots.iter().map(PotsLeft::new).collect(),
            waiting: waiting.collect(),
            notes,
        }
    }
}
