//! How an entry is asked for: the options of every writing command, and a row of cells filled from
//! the command line.

use clap::Args;
use crg::book::ReturnAll;
use crg::error::Error;
use crg::model::{Cells, Column, Date, Draft, FinancialYear, Kind};

use crate::context::Context;
use crate::failure::Failure;
use crate::record_output::record;

/// The options of every command that records.
#[derive(Debug, Args)]
pub(crate) struct Write {
    /// The day it takes effect; today where left out
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<Date>,
    /// An invoice, a letter, an agreement
    #[arg(long, value_name = "TEXT")]
    reference: Option<String>,
    /// Anything a reader should know
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Record it although a process rule says no, with the reason
    #[arg(long = "override", value_name = "REASON")]
    override_reason: Option<String>,
    /// Show what would change, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

impl Write {
    /// Was any of them given?
    pub(crate) fn is_used(&self) -> bool {
        let texts = [&self.reference, &self.note, &self.override_reason];
        self.on.is_some() || self.dry_run || texts.iter().any(|text| text.is_some())
    }

    /// The payment that returns all of a year's underspend.
    pub(crate) fn return_all(&self, year: FinancialYear, context: &Context) -> ReturnAll {
        ReturnAll {
            year,
            on: self.on.unwrap_or(context.today),
            by: context.by.clone(),
            reference: self.reference.clone().unwrap_or_default(),
            note: self.note.clone(),
            override_reason: self.override_reason.clone(),
        }
    }
}

/// A year for commands that speak of a project.
#[derive(Debug, Args)]
pub(crate) struct InYear {
    /// The grant year; the one that holds the day where left out
    #[arg(long, value_name = "YEAR")]
    year: Option<FinancialYear>,
}

/// A row being filled from the command line.
pub(crate) struct RowOf<'a> {
    cells: Cells<'a>,
    write: &'a Write,
}

impl<'a> RowOf<'a> {
    pub(crate) fn new(
        kind: Kind,
        year: FinancialYear,
        write: &'a Write,
        context: &'a Context,
    ) -> RowOf<'a> {
        let mut cells = Cells::default();
        cells.set(Column::Kind, kind.as_str());
        cells.set(Column::Year, year.to_string());
        cells.set(Column::By, context.by.as_str());
        let on = write
            .on
            .or((kind != Kind::Reverse).then_some(context.today));
        cells.set(Column::On, on.map(|on| on.to_string()).unwrap_or_default());
        let row = RowOf { cells, write };
        row.text(Column::Reference, &write.reference)
            .text(Column::Note, &write.note)
            .text(Column::Override, &write.override_reason)
    }

    pub(crate) fn set(mut self, column: Column, text: &'a str) -> Self {
        self.cells.set(column, text);
        self
    }

    pub(crate) fn text(self, column: Column, text: &'a Option<String>) -> Self {
        match text {
            Some(text) => self.set(column, text),
            None => self,
        }
    }

    /// The draft, or what is wrong with what was typed.
    pub(crate) fn draft(&self) -> Result<Draft, Failure> {
        Ok(Draft::from_cells(&self.cells).map_err(Error::Invalid)?)
    }

    /// Gives the entry a day of its own, where the person gave none.
    pub(crate) fn on(self, on: &'a str) -> Self {
        if self.write.on.is_some() {
            self
        } else {
            self.set(Column::On, on)
        }
    }

    /// Records it and says so.
    pub(crate) fn record(self, context: &Context) -> Result<(), Failure> {
        let draft = self.draft()?;
        record(context, self.write, |book, commit| {
            book.record(vec![draft], context.now, commit)
        })
    }
}

impl InYear {
    pub(crate) fn year(&self, write: &Write, context: &Context) -> FinancialYear {
        self.year
            .unwrap_or_else(|| FinancialYear::containing(write.on.unwrap_or(context.today)))
    }
}
