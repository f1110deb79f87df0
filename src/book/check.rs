//! The checks, in order: first the file, then the record, then the money, then lapses of process.

mod balances;
mod clock;
mod documents;
mod duties;
mod figures;
mod head;
mod lookalikes;
mod years;

pub use clock::CheckOptions;

use std::ffi::OsStr;

use crate::book::binding::{Bound, fingerprint};
use crate::book::chain::Chain;
use crate::book::chain::describe_without_path;
use crate::book::check::balances::balance_faults;
use crate::book::check::figures::Figures;
use crate::book::handle::Book;
use crate::book::history::history;
use crate::document::counted;
use crate::error::Error;
use crate::model::{Date, Fingerprint};
use crate::report::{CheckReport, Finding};
use crate::rules::{History, Refusal};

/// What is wrong with a conflicted copy of this name beside the book.
fn conflicted_copy(name: &OsStr) -> String {
    format!(
        "{}, beside the book, looks like a conflicted copy of it: it may hold entries that the book \
         does not",
        name.to_string_lossy()
    )
}

impl Book {
    /// Checks the whole book on the day of its last entry. What is wrong with it is in the report,
    /// and so is what cannot be read.
    pub fn check(&self) -> CheckReport {
        self.check_with(CheckOptions::default())
    }

    /// Checks the whole book, and that it still has the entry which was the last when this
    /// fingerprint was written down: if the chain is sound, nothing before it was changed.
    pub fn check_since(&self, head: Option<Fingerprint>) -> CheckReport {
        self.check_with(CheckOptions {
            head,
            ..CheckOptions::default()
        })
    }

    /// Checks the whole book, by the day, the clock and the fingerprint given.
    pub fn check_with(&self, options: CheckOptions) -> CheckReport {
        let note = options.note.as_ref();
        let head = note.map(|note| note.fingerprint).or(options.head);
        let mut report = CheckReport::default();
        let checked = self.store.read(|| {
            let chain = self.chain(head);
            if let Some(head) = head {
                self.check_head(head, note, &chain, &mut report)?;
            }
            self.check_file(&mut report)?;
            self.check_entries(chain, &options, &mut report)
        });
        if let Err(error) = checked {
            // What cannot be read ends the check, and is a fault; the chain may have shown it
            // already.
            let fault = describe_without_path(&error);
            if !report.rows.iter().any(|row| row.detail.ends_with(&fault)) {
                report.add("entries", Finding::Fault, String::new(), vec![fault]);
            }
        }
        report
    }

    /// The file: its pages, its schema's text, its constraints, its table of kinds.
    fn check_file(&self, report: &mut CheckReport) -> Result<(), Error> {
        let faults = self
            .store
            .sqlite_faults()
            .unwrap_or_else(|error| vec![describe_without_path(&error.into())]);
        let pages = counted(self.store.pages()?, "page");
        report.add("file", Finding::Fault, pages, faults);
        let conflicted = self.conflicted_copies().into_iter();
        let conflicted = conflicted.filter_map(|path| path.file_name().map(conflicted_copy));
        let folder = "every file beside the book".to_owned();
        report.add("copies", Finding::Warning, folder, conflicted.collect());
        let definitions = counted(self.store.definitions(), "definition");
        let faults = self.store.schema_faults();
        report.add("schema", Finding::Fault, definitions, faults);
        let (looked_at, faults) = match self.store.check_constraints() {
            Ok(checked) => {
                let constraints = counted(checked.constraints, "constraint");
                let rows = counted(checked.rows, "row");
                (format!("{constraints} on {rows}"), checked.faults)
            }
            // The chain, which is walked row by row, shows which entry it is.
            Err(error) => (String::new(), vec![describe_without_path(&error.into())]),
        };
        report.add("constraints", Finding::Fault, looked_at, faults);
        let kinds = "every kind of entry".to_owned();
        report.add("kinds", Finding::Fault, kinds, self.store.arrow_faults()?);
        Ok(())
    }

    fn check_entries(
        &self,
        chain: Chain,
        options: &CheckOptions,
        report: &mut CheckReport,
    ) -> Result<(), Error> {
        let entries = counted(self.store.entry_count()?, "entry");
        let is_sound = chain.broken.is_none();
        let broken = chain.broken.into_iter().collect();
        report.add("chain", Finding::Fault, entries.clone(), broken);
        self.check_schemes(is_sound, report)?;
        let histories = self.histories()?;
        let years = counted(histories.len(), "year");
        report.add("entries", Finding::Fault, years.clone(), Vec::new());
        let each = |faults: &dyn Fn(&History) -> Vec<String>| -> Vec<String> {
            histories.iter().flat_map(faults).collect()
        };
        let days = years::days(&histories);
        report.add("days", Finding::Fault, days, each(&years::below_zero));
        let identity = each(&|history| years::identity(history.portfolio()));
        report.add("identity", Finding::Fault, years.clone(), identity);
        let broken =
            each(&|history| years::breaches(history, |refusal| !refusal.can_be_overridden()));
        let folds = broken.is_empty();
        report.add("rules", Finding::Fault, entries.clone(), broken);
        let kept = self.store.balances()?;
        let balances = counted(kept.len(), "balance");
        let mut faults = balance_faults(kept, &histories);
        faults.extend(self.store.balances_out_of_step()?);
        report.add("balances", Finding::Fault, balances, faults);
        if !folds {
            return Ok(());
        }
        let today = options.today.map_or_else(|| self.last_day(), Ok)?;
        let figures = Figures::of(self, &histories, today)?;
        let compared = counted(figures.views.figures, "figure");
        report.add("views", Finding::Fault, compared, figures.views.faults);
        let lapses = each(&|history| years::breaches(history, Refusal::can_be_overridden));
        report.add("order", Finding::Warning, entries.clone(), lapses);
        let overrides = self.store.overrides()?;
        let reasons = overrides.iter();
        let reasons = reasons.map(|(entry, reason)| format!("entry {entry}: {reason}"));
        report.add(
            "overrides",
            Finding::Warning,
            entries.clone(),
            reasons.collect(),
        );
        for (name, found) in [
            ("confirmed", figures.unconfirmed),
            ("closed", figures.unclosed),
            ("accruals", figures.accruals),
            ("ahead", figures.ahead),
        ] {
            report.add(name, Finding::Warning, years.clone(), found);
        }
        let clock = self.recorded_ahead(options.now)?;
        report.add("clock", Finding::Warning, entries.clone(), clock);
        let mut alike = Vec::new();
        let overridden = overrides.iter().map(|(entry, _)| *entry).collect();
        for history in &histories {
            alike.extend(self.lookalikes(history.year(), &overridden)?);
        }
        report.add("lookalikes", Finding::Warning, entries, alike);
        let projects = counted(figures.projects, "project");
        report.add("priorities", Finding::Warning, projects, figures.gaps?);
        self.check_duties(&histories, today, report)
    }

    fn check_duties(
        &self,
        histories: &[History],
        today: Date,
        report: &mut CheckReport,
    ) -> Result<(), Error> {
        let (mut papers, mut late) = (Vec::new(), Vec::new());
        for history in histories {
            papers.extend(self.without_paper(history.year())?);
            late.extend(self.late(history.year(), today)?);
        }
        let years = counted(histories.len(), "year");
        report.add("papers", Finding::Warning, years.clone(), papers);
        report.add("due", Finding::Warning, years, late);
        Ok(())
    }

    /// The table of priorities: whether it holds what the last load of one recorded. In a broken chain
    /// that entry may be the one that was changed.
    fn check_schemes(&self, is_sound: bool, report: &mut CheckReport) -> Result<(), Error> {
        let known = match self.known_priorities() {
            Ok(known) => known,
            Err(error) => {
                let fault = describe_without_path(&error);
                report.add("schemes", Finding::Fault, String::new(), vec![fault]);
                return Ok(());
            }
        };
        let priorities = counted(known.len(), "priority");
        if let Some(Bound { entry, value }) = self.bound_priorities()? {
            let found = fingerprint(&known);
            let fault = (found != value).then(|| {
                format!(
                    "the priorities have fingerprint {found}, and entry {entry} says {value}: one \
                     was changed by another program"
                )
            });
            let faults = fault.into_iter().collect();
            report.add("schemes", Finding::Fault, priorities, faults);
        } else if is_sound && !known.is_empty() {
            let warning = "no entry says what the priorities are, so a change to them is not found; \
                           load the folder's priorities again to record one";
            let warnings = vec![warning.to_owned()];
            report.add("schemes", Finding::Warning, priorities, warnings);
        }
        Ok(())
    }

    fn histories(&self) -> Result<Vec<History>, Error> {
        self.years()?
            .into_iter()
            .map(|year| history(&self.store, year))
            .collect()
    }

    /// The day on which the last entry was recorded: what "by now" means for a check, which looks
    /// at no clock.
    fn last_day(&self) -> Result<Date, Error> {
        let last = self.store.head()?.last;
        Ok(last.map_or(Date::MIN, |(_, moment)| moment.date()))
    }
}
