//! `crg template`.

use std::path::Path;

use clap::{Args, ValueEnum};
use crg::fold::Lens;
use crg::format;
use crg::import::{INVOICES, SETTINGS_EXAMPLE, TRACKER, Template as Workbook};
use crg::model::{Date, ProjectRef};
use crg::{Error, FinancialYear};

use crate::context::Context;
use crate::failure::{Exit, Failure, Stop};
use crate::options::file::FileOptions;

/// Write a file to be filled in by people who do not use crg
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg template tracker.xlsx --year 2025/26
  crg template invoices.xlsx --output invoices-june.xlsx
  crg template paper --output paper.toml

A filled-in template needs no map:
  crg project import tracker.xlsx
  crg spend import invoices-june.xlsx")]
pub(crate) struct Template {
    /// Which template
    #[arg(value_enum, value_name = "TEMPLATE")]
    name: Name,
    /// The grant year, whose projects are listed in it; defaults to the year containing today
    #[arg(long, value_name = "YEAR")]
    year: Option<FinancialYear>,
    #[command(flatten)]
    file: FileOptions,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Name {
    /// A row for each project, for crg project import
    #[value(name = "tracker.xlsx", alias = "tracker")]
    Tracker,
    /// A row for each invoice, for crg spend import
    #[value(name = "invoices.xlsx", alias = "invoices")]
    Invoices,
    /// The settings of papers: whom to ask, recommendations, addresses
    #[value(alias = "paper.toml")]
    Paper,
}

impl Template {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        match self.name {
            Name::Tracker => self.workbook(&TRACKER, "tracker.xlsx", context),
            Name::Invoices => self.workbook(&INVOICES, "invoices.xlsx", context),
            Name::Paper => self.file.write(SETTINGS_EXAMPLE.as_bytes(), context),
        }
    }

    /// Saves a workbook under this name, or under the one that was given.
    fn workbook(&self, template: &Workbook, name: &str, context: &Context) -> Result<(), Stop> {
        let year = self
            .year
            .unwrap_or(FinancialYear::containing(context.today));
        let projects = projects(year, context)?;
        let workbook = format::template(template, year, &projects).map_err(|error| {
            Failure::new(Exit::Storage, "workbook", format!("storage: {error}"))
        })?;
        self.file.write_or_save(&workbook, Path::new(name), context)
    }
}

/// The refs and titles of a year's projects; none without a book, which a template does not need.
fn projects(year: FinancialYear, context: &Context) -> Result<Vec<(ProjectRef, String)>, Error> {
    if !context.book.exists() {
        return Ok(Vec::new());
    }
    match context.open()?.projects(year, Lens::at(Date::MAX)) {
        Ok(report) => {
            let rows = report.rows.into_iter();
            Ok(rows.map(|row| (row.project, row.title)).collect())
        }
        Err(Error::NoSuchYear { .. }) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}
