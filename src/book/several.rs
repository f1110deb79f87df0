//! Recording about several projects at once: all or nothing, and the refusal names the project.

use crate::book::handle::Book;
use crate::book::record::{Clerk, Commit, Recorded};
use crate::error::Error;
use crate::fold::{Portfolio, Project};
use crate::model::{Date, Draft, FinancialYear, Moment, Money, ProjectRef};
use crate::rules::Refusal;

impl Book {
    /// Records drafts about projects of a year, all or none. Each is made inside the transaction,
    /// from the year's figures after those before it.
    ///
    /// # Errors
    ///
    /// [`Error::RefusedProject`] if a rule refuses one of several drafts; otherwise those of
    /// [`Book::record`] and of making a draft.
    pub fn record_each<M>(
        &mut self,
        year: FinancialYear,
        by: &str,
        drafts: Vec<M>,
        now: Moment,
        commit: Commit,
    ) -> Result<Recorded, Error>
    where
        M: FnOnce(&Portfolio) -> Result<Draft, Error>,
    {
        let several = drafts.len() > 1;
        self.store.write(by, now, |writing, moment| {
            let mut clerk = Clerk::new(writing);
            let mut entries = Vec::new();
            for make in drafts {
                let draft = make(clerk.history(year)?.portfolio())?;
                let project = draft.event().project().cloned();
                let entry = clerk.record(draft, moment);
                entries.push(entry.map_err(|error| match (error, project) {
                    (Error::Refused { refusal }, Some(project)) if several => {
                        Error::RefusedProject { project, refusal }
                    }
                    (error, _) => error,
                })?);
            }
            Ok((clerk.recorded(entries)?, commit == Commit::Keep))
        })
    }
}

/// The award of a project that is approved as submitted.
///
/// # Errors
///
/// [`Refusal::UnknownProject`] if the year has no such project.
pub fn as_submitted(figures: &Portfolio, project: &ProjectRef, on: Date) -> Result<Money, Refusal> {
    let found = figures.projects.get(project).map(Project::business_case);
    found.ok_or_else(|| Refusal::UnknownProject {
        year: figures.year,
        project: project.clone(),
        on,
    })
}
