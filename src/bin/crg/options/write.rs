//! [`WriteOptions`] of every command that records, [`ProjectOptions`] of those that record something
//! about a project, and the [`Form`] that is filled in from them.

use std::ops::Deref;

use clap::Args;
use crg::Error;
use crg::book::Commit;
use crg::model::{Cells, Column, Date, Draft, FinancialYear, Kind};

use crate::context::{Context, day};
use crate::failure::Stop;
use crate::recording::{Confirmation, Recording, record, record_once};

// What every entry may have, and how it is confirmed.
#[derive(Debug, Args)]
pub(crate) struct WriteOptions {
    #[command(flatten)]
    pub(crate) entry: EntryOptions,
    #[command(flatten)]
    pub(crate) confirm: ConfirmOptions,
}

// How a command that records confirms it.
#[derive(Debug, Args)]
pub(crate) struct ConfirmOptions {
    /// How to confirm it; defaults to words
    #[arg(long, value_enum, value_name = "table|json")]
    format: Option<Confirmation>,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

impl From<Option<Confirmation>> for ConfirmOptions {
    fn from(format: Option<Confirmation>) -> ConfirmOptions {
        let json = false;
        ConfirmOptions { format, json }
    }
}

impl ConfirmOptions {
    pub(crate) fn recording(&self, dry_run: bool) -> Recording {
        Recording {
            commit: commit(dry_run),
            confirmation: self.confirmation(),
        }
    }

    pub(crate) fn confirmation(&self) -> Confirmation {
        let format = self.format.or(self.json.then_some(Confirmation::Json));
        format.unwrap_or(Confirmation::Table)
    }
}

impl Deref for WriteOptions {
    type Target = EntryOptions;

    fn deref(&self) -> &EntryOptions {
        &self.entry
    }
}

#[derive(Debug, Clone, Args)]
pub(crate) struct EntryOptions {
    /// The day it takes effect; defaults to today
    #[arg(long, value_name = "DATE", value_parser = day)]
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

impl EntryOptions {
    pub(crate) fn is_used(&self) -> bool {
        let texts = [&self.reference, &self.note, &self.override_reason];
        self.on.is_some() || self.dry_run || texts.iter().any(|text| text.is_some())
    }

    pub(crate) fn on(&self, context: &Context) -> Date {
        self.on.unwrap_or(context.today)
    }
}

impl WriteOptions {
    pub(crate) fn recording(&self) -> Recording {
        self.confirm.recording(self.dry_run)
    }

    /// An entry of a kind, in a year, with what these options say.
    pub(crate) fn form<'a>(
        &'a self,
        kind: Kind,
        year: FinancialYear,
        context: &'a Context,
    ) -> Form<'a> {
        let mut cells = Cells::default();
        cells.set(Column::Kind, kind.as_str());
        cells.set(Column::Year, year.to_string());
        cells.set(Column::By, context.by.as_str());
        cells.set(Column::On, self.on(context).to_string());
        Form {
            cells,
            recording: self.recording(),
            on: self.on(context),
            context,
        }
        .set_if(Column::Reference, &self.reference)
        .set_if(Column::Note, &self.note)
        .set_if(Column::Override, &self.override_reason)
    }
}

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
    pub(crate) fn form<'a>(&'a self, kind: Kind, context: &'a Context) -> Form<'a> {
        let on = self.write.on(context);
        let year = self.year.unwrap_or_else(|| FinancialYear::containing(on));
        self.write
            .form(kind, year, context)
            .set(Column::Project, &self.project)
    }
}

/// An entry being filled in from the command line. What was typed is read by the same rules as a row
/// of a file.
pub(crate) struct Form<'a> {
    cells: Cells<'a>,
    on: Date,
    recording: Recording,
    context: &'a Context,
}

impl<'a> Form<'a> {
    pub(crate) fn set(mut self, column: Column, text: &'a str) -> Self {
        self.cells.set(column, text);
        self
    }

    /// Sets a column if its option was given.
    pub(crate) fn set_if(self, column: Column, text: &'a Option<String>) -> Self {
        match text {
            Some(text) => self.set(column, text),
            None => self,
        }
    }

    /// The day it takes effect.
    pub(crate) fn on(&self) -> Date {
        self.on
    }

    /// The draft, or what is wrong with what was typed.
    pub(crate) fn draft(&self) -> Result<Draft, Error> {
        Draft::from_new_cells(&self.cells).map_err(Error::Invalid)
    }

    /// Records the entry and confirms it.
    pub(crate) fn record(self) -> Result<(), Stop> {
        let (draft, now) = (self.draft()?, self.context.now);
        record(self.context, self.recording, |book| {
            book.record(vec![draft], now, self.recording.commit)
        })
    }

    /// Records the entry and confirms it, unless the book says the same already.
    pub(crate) fn record_once(self) -> Result<(), Stop> {
        let (draft, now) = (self.draft()?, self.context.now);
        record_once(self.context, self.recording, |book| {
            book.record_once(draft, now, self.recording.commit)
        })
        .map(drop)
    }
}
