//! [`DraftBuilder`]: an entry being filled from the command line.

use crg::Error;
use crg::model::{Cells, Column, Draft, FinancialYear, Kind};

use crate::context::Context;
use crate::failure::Stop;
use crate::options::write::{ProjectOptions, WriteOptions};
use crate::recording::record;

/// An entry being filled from the command line. What was typed is read by the same rules as a row
/// of a file.
pub(crate) struct DraftBuilder<'a> {
    cells: Cells<'a>,
    write: &'a WriteOptions,
}

impl<'a> DraftBuilder<'a> {
    /// An entry of a kind, in a year, with what the shared options say.
    pub(crate) fn new(
        kind: Kind,
        year: FinancialYear,
        write: &'a WriteOptions,
        context: &'a Context,
    ) -> DraftBuilder<'a> {
        let mut cells = Cells::default();
        cells.set(Column::Kind, kind.as_str());
        cells.set(Column::Year, year.to_string());
        cells.set(Column::By, context.by.as_str());
        cells.set(Column::On, write.on(context).to_string());
        DraftBuilder { cells, write }
            .set_if(Column::Reference, &write.reference)
            .set_if(Column::Note, &write.note)
            .set_if(Column::Override, &write.override_reason)
    }

    /// An entry about a project.
    pub(crate) fn about(
        kind: Kind,
        options: &'a ProjectOptions,
        context: &'a Context,
    ) -> DraftBuilder<'a> {
        DraftBuilder::new(kind, options.year(context), &options.write, context)
            .set(Column::Project, &options.project)
    }

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

    /// The draft, or what is wrong with what was typed.
    pub(crate) fn draft(&self) -> Result<Draft, Error> {
        Draft::from_cells(&self.cells).map_err(Error::Invalid)
    }

    /// Records the entry and confirms it.
    pub(crate) fn record(self, context: &Context) -> Result<(), Stop> {
        let draft = self.draft()?;
        record(context, self.write, |book, commit| {
            book.record(vec![draft], context.now, commit)
        })
    }
}
