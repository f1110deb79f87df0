//! [`WriteOptions`] of every command that records, and [`ProjectOptions`] of those that record
//! something about a project.

use clap::Args;
use crg::book::Commit;
use crg::model::{Date, FinancialYear};

use crate::context::Context;

#[derive(Debug, Args)]
pub(crate) struct WriteOptions {
    /// The day it takes effect; defaults to today
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<Date>,
    /// An invoice, a letter, an agreement
    #[arg(long, value_name = "TEXT")]
    pub(crate) reference: Option<String>,
    /// Anything a reader should know
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<String>,
    /// Record it although a rule of process does not allow it, with the reason
    #[arg(long = "override", value_name = "REASON")]
    pub(crate) override_reason: Option<String>,
    /// Show what would change, and record nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

impl WriteOptions {
    /// Returns `true` if any of them was given.
    pub(crate) fn is_used(&self) -> bool {
        let texts = [&self.reference, &self.note, &self.override_reason];
        self.on.is_some() || self.dry_run || texts.iter().any(|text| text.is_some())
    }

    pub(crate) fn on(&self, context: &Context) -> Date {
        self.on.unwrap_or(context.today)
    }

    pub(crate) fn commit(&self) -> Commit {
        commit(self.dry_run)
    }
}

/// Whether what a command records is kept.
pub(crate) fn commit(dry_run: bool) -> Commit {
    if dry_run {
        Commit::DryRun
    } else {
        Commit::Keep
    }
}

#[derive(Debug, Args)]
pub(crate) struct ProjectOptions {
    /// The project's ref
    pub(crate) project: String,
    /// The grant year; defaults to the year containing the date
    #[arg(long, value_name = "YEAR")]
    year: Option<FinancialYear>,
    #[command(flatten)]
    pub(crate) write: WriteOptions,
}

impl ProjectOptions {
    pub(crate) fn year(&self, context: &Context) -> FinancialYear {
        self.year
            .unwrap_or_else(|| FinancialYear::containing(self.write.on(context)))
    }
}
