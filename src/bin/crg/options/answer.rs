//! [`AnswerOptions`] of every answer: in which format, and where to.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use crg::document::{Origin, Paper, Report};
use crg::format;
use serde::Serialize;

use crate::context::Context;
use crate::failure::{Exit, Failure, Stop};
use crate::hint::CommandLine;
use crate::recording::Confirmation;
use crate::{output, text_table};

#[derive(Debug, Args)]
pub(crate) struct AnswerOptions {
    /// How to show it; defaults to a table
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    /// Start CSV with a byte order mark, which Excel needs (implies --format csv)
    #[arg(long)]
    for_excel: bool,
    /// Save it as a new file instead of printing it
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Open the file afterwards in its default application
    #[arg(long, requires = "output")]
    open: bool,
}

/// How a report is shown: in short, as a paper that names the entry it rests on on the terminal too,
/// or as a page, whose file is HTML unless another format is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Showing {
    Answer,
    Paper,
    Page,
}

/// What can be shown in every format.
pub(crate) trait Shown: Report + Serialize {}

impl<R: Report + Serialize> Shown for R {}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For the terminal
    Table,
    /// For scripts
    Json,
    /// For spreadsheets
    Csv,
    /// For papers
    Md,
    /// A page to view in a browser, print or paste from
    Html,
    /// A workbook, with --output
    Xlsx,
    /// A Word document, with --output
    Docx,
}

impl Format {
    /// The ending of a file that no terminal can show.
    fn ending(self) -> Option<&'static str> {
        match self {
            Format::Xlsx => Some("xlsx"),
            Format::Docx => Some("docx"),
            Format::Table | Format::Json | Format::Csv | Format::Md | Format::Html => None,
        }
    }
}

impl AnswerOptions {
    /// Refuses what could not be shown, before anything is recorded that is to be shown.
    pub(crate) fn validate(&self) -> Result<(), Stop> {
        self.require_output(self.format()?)?;
        Ok(self.output.as_deref().map_or(Ok(()), output::must_be_new)?)
    }

    /// Shows a report. One that rests on no entry, such as a comparison of two books, has no origin.
    pub(crate) fn show(
        &self,
        showing: Showing,
        report: &impl Shown,
        origin: Option<Origin>,
        context: &Context,
    ) -> Result<(), Stop> {
        let format = match (showing, self.format, &self.output) {
            (Showing::Page, None, Some(_)) if !self.for_excel => Format::Html,
            _ => self.format()?,
        };
        self.require_output(format)?;
        let is_short = showing == Showing::Answer && format == Format::Table;
        let origin = origin.filter(|_| !is_short);
        let paper = Paper { report, origin };
        let bytes = match format {
            Format::Table => text_table::text(&paper, context.output.width).into(),
            Format::Json => format::json(report)
                .map_err(|error| Failure::new(Exit::Bug, "json", format!("bug: no JSON: {error}")))?
                .into(),
            Format::Csv => format::csv(report, self.for_excel).into(),
            Format::Md => format::md(&paper).into(),
            Format::Html => format::html(&paper).into(),
            Format::Xlsx => format::xlsx(&paper).map_err(|error| self.too_large(&error, "csv"))?,
            Format::Docx => format::docx(&paper).map_err(|error| self.too_large(&error, "md"))?,
        };
        self.write(&bytes, context)
    }

    /// How a command that records instead confirms it.
    pub(crate) fn confirmation(&self) -> Result<Option<Confirmation>, Failure> {
        match self.format {
            None => Ok(None),
            Some(Format::Table) => Ok(Some(Confirmation::Table)),
            Some(Format::Json) => Ok(Some(Confirmation::Json)),
            Some(_) => Err(Failure::command_line(
                "what is recorded is confirmed as a table or as JSON: use --format json, or omit it",
            )),
        }
    }

    pub(crate) fn is_workbook(&self) -> bool {
        self.format == Some(Format::Xlsx)
    }

    /// Returns `true` if it is a table on the terminal, which a hint may follow.
    pub(crate) fn is_for_people(&self) -> bool {
        let table = self.format.is_none_or(|format| format == Format::Table);
        table && self.output.is_none() && !self.for_excel
    }

    fn format(&self) -> Result<Format, Failure> {
        match (self.format, self.for_excel) {
            (format, false) => Ok(format.unwrap_or(Format::Table)),
            (None | Some(Format::Csv), true) => Ok(Format::Csv),
            (Some(_), true) => Err(Failure::command_line(
                "--for-excel is for CSV: omit --format, or use --format csv",
            )),
        }
    }

    fn require_output(&self, format: Format) -> Result<(), Failure> {
        let (Some(ending), None) = (format.ending(), &self.output) else {
            return Ok(());
        };
        let message = format!("--format {ending} makes a file, so it needs --output");
        let again = CommandLine::again().option("--output", format!("FILE.{ending}"));
        Err(Failure::command_line(message).with(again.because("say where to save it")))
    }

    /// The failure of a report that the format cannot hold; another format can.
    fn too_large(&self, error: &dyn Display, other: &'static str) -> Failure {
        let path = self.output.as_deref().unwrap_or(Path::new("the file"));
        let message = format!("storage: {} cannot be made: {error}", path.display());
        let again = CommandLine::again().option("--format", other);
        Failure::new(Exit::Storage, "format-limit", message).with(again.option("--output", "FILE"))
    }

    /// Writes the bytes of a report, or a text that is none.
    pub(crate) fn write(&self, bytes: &[u8], context: &Context) -> Result<(), Stop> {
        let Some(path) = &self.output else {
            return output::print(bytes);
        };
        output::to_file(path, bytes)?;
        if self.open && opener::open(path).is_err() {
            context.output.note(&format!(
                "{} is saved; this computer has no application to open it",
                path.display()
            ));
        }
        Ok(())
    }
}
