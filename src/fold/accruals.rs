//! [`Accruals`]: the spend whose invoices are still to come.

use std::collections::BTreeMap;

use crate::model::{Entry, EntryNumber, Money, ProjectRef};

/// The accrued entries of a year that count: each stands until its invoice replaces it, or until it
/// is reversed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Accruals(BTreeMap<ProjectRef, BTreeMap<EntryNumber, Money>>);

impl Accruals {
    /// Adds an entry of spend or a refund, if it is accrued.
    pub(super) fn add(&mut self, entry: &Entry) {
        if let Some(project) = entry.event.project()
            && entry.event.is_accrued()
        {
            let of_project = self.0.entry(project.clone()).or_default();
            of_project.insert(entry.number, entry.event.cost());
        }
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The part of a project's spend that is accrued; an expected credit note counts below zero.
    pub fn of(&self, project: &ProjectRef) -> Money {
        let of_project = self.0.get(project).into_iter().flatten();
        of_project.map(|(_, amount)| *amount).sum()
    }

    /// The accrued part of the year's spend.
    pub fn total(&self) -> Money {
        self.0.values().flatten().map(|(_, amount)| *amount).sum()
    }

    /// Their number.
    pub fn count(&self) -> usize {
        self.0.values().map(BTreeMap::len).sum()
    }
}
