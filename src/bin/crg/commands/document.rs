//! `crg document`: the files that are evidence. They stay outside the book.

use crate::context::Context;
use crate::failure::Stop;
use crate::options::YearQuery;
use crate::options::answer::Showing;
use crate::options::write::WriteOptions;
use clap::{Args, Subcommand};
use crg::import::sha256;
use crg::model::Column;
use crg::{Book, EntryNumber, Error, FinancialYear, Kind};
use std::path::PathBuf;

/// Files that are evidence: letters, invoices, agreements; they stay outside the book
#[derive(Debug, Subcommand)]
#[command(defer = true)]
#[command(after_help = "Examples:
  crg document add letters/award.pdf --entry 12
  crg document list 2025/26
  crg check --documents letters")]
pub(crate) enum Document {
    Add(Add),
    /// The documents of a year
    #[command(after_help = "Example:\n  crg document list 2025/26")]
    List(YearQuery),
}

/// Record a file as evidence, by its SHA-256
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg document add letters/award.pdf --entry 12
  crg document add plan.docx --title \"Delivery plan\" --project P04

The file is only read. The book keeps its SHA-256, by which crg check --documents FOLDER finds it
again, whatever its name.")]
pub(crate) struct Add {
    /// The file
    file: PathBuf,
    /// What it is; defaults to the name of the file
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// The project that it is about
    #[arg(long, value_name = "PROJECT")]
    project: Option<String>,
    /// The number of the entry that it is evidence for
    #[arg(long, value_name = "ENTRY", conflicts_with = "reference")]
    entry: Option<EntryNumber>,
    /// The grant year; defaults to that of the entry, or the year containing the date
    #[arg(long, value_name = "YEAR")]
    year: Option<FinancialYear>,
    #[command(flatten)]
    write: WriteOptions,
}

impl Document {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        match self {
            Document::Add(add) => add.run(context),
            Document::List(asked) => asked.show(Showing::Answer, context, Book::documents),
        }
    }
}

impl Add {
    fn run(&self, context: &Context) -> Result<(), Stop> {
        let digest = sha256(&self.file).map_err(|error| Error::Document {
            path: self.file.clone(),
            error,
        })?;
        let digest = digest.to_string();
        let name = self.file.file_name().unwrap_or_default().to_string_lossy();
        let entry = self.entry.map(|entry| entry.to_string());
        let mut form = self
            .write
            .form(Kind::Document, self.year(context)?, context)
            .set(Column::Value, &digest)
            .set(Column::Title, self.title.as_deref().unwrap_or(&name))
            .set_if(Column::Project, &self.project)
            .set_if(Column::Reference, &entry);
        if self.title.is_some() && self.write.note.is_none() {
            // By its name a changed file is recognised.
            form = form.set(Column::Note, &name);
        }
        form.record_once()
    }

    fn year(&self, context: &Context) -> Result<FinancialYear, Error> {
        match (self.year, self.entry) {
            (Some(year), _) => Ok(year),
            (None, None) => Ok(FinancialYear::containing(self.write.on(context))),
            (None, Some(entry)) => match context.open()?.entry(entry)? {
                Some(entry) => Ok(entry.year),
                None => Err(Error::NoSuchEntry { entry }),
            },
        }
    }
}
