//! [`AnswerOptions`] of every answer: in which format, and where to.

use std::fmt::Display;
use std::path::Path;

use clap::{Args, ValueEnum};
use crg::document::{Origin, Paper, Report, Text};
use crg::format;
use serde::Serialize;

use crate::context::Context;
use crate::failure::{Exit, Failure, Stop};
use crate::hint::CommandLine;
use crate::options::file::FileOptions;
use crate::recording::Confirmation;
use crate::text_table;

#[derive(Debug, Args)]
pub(crate) struct AnswerOptions {
    /// How to show it; defaults to a table, or to CSV for an export
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Start CSV with a byte order mark, which Excel needs (implies --format csv)
    #[arg(long)]
    for_excel: bool,
    #[command(flatten)]
    file: FileOptions,
    /// Open the file afterwards in its default application
    #[arg(long, requires = "output")]
    open: bool,
}

/// How a report is shown: in short, as a paper that names the entry it rests on on the terminal too,
/// as a page, whose file is HTML unless another format is asked for, or as an export, which is CSV
/// without the columns of the book unless another format is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Showing {
    Answer,
    Paper,
    Page,
    Export,
}

/// What can be shown in every format.
pub(crate) trait Shown: Report + Serialize {}

impl<R: Report + Serialize> Shown for R {}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
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
    const ALL: [Format; 7] = [
        Format::Table,
        Format::Json,
        Format::Csv,
        Format::Md,
        Format::Html,
        Format::Xlsx,
        Format::Docx,
    ];

    /// How the name of its file ends.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Format::Table => "txt",
            Format::Json => "json",
            Format::Csv => "csv",
            Format::Md => "md",
            Format::Html => "html",
            Format::Xlsx => "xlsx",
            Format::Docx => "docx",
        }
    }

    /// Returns `true` if it is no text, so that no terminal shows it.
    fn is_binary(self) -> bool {
        matches!(self, Format::Xlsx | Format::Docx)
    }

    /// The format that the name of a file asks for, if it has an ending.
    fn of_file(path: &Path) -> Result<Option<Format>, Failure> {
        let Some(ending) = path.extension().map(|ending| ending.to_string_lossy()) else {
            return Ok(None);
        };
        let mut all = Format::ALL.into_iter();
        let format = all.find(|format| ending.eq_ignore_ascii_case(format.ending()));
        if format.is_some() {
            return Ok(format);
        }
        let endings = Format::ALL.map(|format| format!(".{}", format.ending()));
        let path = path.display();
        Err(Failure::command_line(format!(
            "{path} has an unknown ending; use one of {}",
            endings.join(", ")
        )))
    }
}

impl AnswerOptions {
    /// Refuses what could not be shown, before anything is recorded that is to be shown.
    pub(crate) fn validate(&self) -> Result<(), Stop> {
        self.require_output(self.format()?.unwrap_or(Format::Table))?;
        Ok(self.file.validate()?)
    }

    /// Shows a report. The origin is missing only if the book could not be read.
    pub(crate) fn show(
        &self,
        showing: Showing,
        report: &impl Shown,
        origin: Option<Origin>,
        context: &Context,
    ) -> Result<(), Stop> {
        self.show_with(showing, report, origin, Vec::new(), context)
    }

    /// Shows a report, and what lies ahead of the day it speaks of.
    pub(crate) fn show_with(
        &self,
        showing: Showing,
        report: &impl Shown,
        origin: Option<Origin>,
        ahead: Vec<Text>,
        context: &Context,
    ) -> Result<(), Stop> {
        let format = self.format()?.unwrap_or(match showing {
            Showing::Page if self.file.path().is_some() => Format::Html,
            Showing::Export => Format::Csv,
            _ => Format::Table,
        });
        self.require_output(format)?;
        let is_answer = matches!(showing, Showing::Answer | Showing::Export);
        let is_short = is_answer && format == Format::Table;
        let paper = Paper {
            report,
            origin: origin.as_ref(),
            ahead,
        };
        let width = context.output.width;
        let bytes = match format {
            Format::Table if is_short => text_table::answer(&paper, width).into(),
            Format::Csv if showing == Showing::Export => format::csv(report, self.for_excel).into(),
            format => {
                in_format(format, &paper, report, self.for_excel, width).map_err(|failed| {
                    let path = self.file.path().unwrap_or(Path::new("the file"));
                    failed.failure(path.display())
                })?
            }
        };
        self.write(&bytes, context)
    }

    /// How a command that records instead confirms it.
    pub(crate) fn confirmation(&self) -> Result<Option<Confirmation>, Failure> {
        match self.format()? {
            None => Ok(None),
            Some(Format::Table) => Ok(Some(Confirmation::Table)),
            Some(Format::Json) => Ok(Some(Confirmation::Json)),
            Some(_) => Err(Failure::command_line(
                "what is recorded is confirmed as a table or as JSON: use --format json, or omit it",
            )),
        }
    }

    pub(crate) fn is_workbook(&self) -> bool {
        matches!(self.format(), Ok(Some(Format::Xlsx)))
    }

    /// Returns `true` if it is a paper that people read, not rows for scripts or spreadsheets.
    pub(crate) fn is_read(&self) -> bool {
        let format = self
            .format()
            .ok()
            .map(|format| format.unwrap_or(Format::Table));
        format.is_some_and(|format| {
            matches!(
                format,
                Format::Table | Format::Md | Format::Html | Format::Docx
            )
        })
    }

    /// Returns `true` if it is a table on the terminal, which a hint may follow.
    pub(crate) fn is_for_people(&self) -> bool {
        let is_table = matches!(self.format(), Ok(None | Some(Format::Table)));
        is_table && self.file.path().is_none()
    }

    /// Returns `true` if JSON is asked for and goes to a file, so that standard output is free for
    /// another answer in JSON.
    pub(crate) fn is_json_elsewhere(&self) -> bool {
        let is_asked = self.json || self.format == Some(Format::Json);
        is_asked && self.file.path().is_some()
    }

    /// The format asked for, by its name, by another option or by the name of the file.
    fn format(&self) -> Result<Option<Format>, Failure> {
        let asked = match (self.format, self.for_excel) {
            (format, false) => format.or(self.json.then_some(Format::Json)),
            (None | Some(Format::Csv), true) if !self.json => Some(Format::Csv),
            (_, true) => {
                return Err(Failure::command_line(
                    "--for-excel is for CSV: omit --format, or use --format csv",
                ));
            }
        };
        let Some(path) = self.file.path() else {
            return Ok(asked);
        };
        match (asked, Format::of_file(path)?) {
            (Some(asked), Some(ending)) if asked != ending => {
                let (path, right) = (path.display(), asked.ending());
                Err(Failure::command_line(format!(
                    "{path} would hold {right}, which its name denies; end it in .{right}, or omit --format"
                )))
            }
            (asked, ending) => Ok(asked.or(ending)),
        }
    }

    fn require_output(&self, format: Format) -> Result<(), Failure> {
        if !format.is_binary() || self.file.is_given() {
            return Ok(());
        }
        let ending = format.ending();
        let message = format!("--format {ending} makes a file, so it needs --output");
        let again = CommandLine::again().option("--output", format!("FILE.{ending}"));
        Err(Failure::command_line(message).with(again.because("say where to save it")))
    }

    /// Writes the bytes of a report, or a text that is none.
    pub(crate) fn write(&self, bytes: &[u8], context: &Context) -> Result<(), Stop> {
        self.file.write(bytes, context)?;
        let Some(path) = self.file.path() else {
            return Ok(());
        };
        if self.open && opener::open(path).is_err() {
            context.output.note(&format!(
                "this computer has no application to open {}",
                path.display()
            ));
        }
        Ok(())
    }
}

/// Why a format cannot hold a report.
#[derive(Debug)]
pub(crate) enum Unfit {
    /// It is too large; another format can hold it.
    TooLarge(String, &'static str),
    /// It should never happen.
    NoJson(String),
}

impl Unfit {
    /// The failure, for a file of this name.
    pub(crate) fn failure(self, name: impl Display) -> Failure {
        match self {
            Unfit::NoJson(error) => {
                Failure::new(Exit::Bug, "json", format!("bug: no JSON: {error}"))
            }
            Unfit::TooLarge(error, other) => {
                let message = format!("storage: {name} cannot be made: {error}");
                let again = CommandLine::again().option("--format", other);
                let again = again.option("--output", "FILE");
                Failure::new(Exit::Storage, "format-limit", message).with(again)
            }
        }
    }
}

/// A report in a format, as the bytes of a file; a table is so many columns wide.
pub(crate) fn in_format(
    format: Format,
    paper: &Paper<'_>,
    report: &impl Shown,
    for_excel: bool,
    width: u16,
) -> Result<Vec<u8>, Unfit> {
    Ok(match format {
        Format::Table => text_table::text(paper, width).into(),
        Format::Json => format::json(report, paper.origin)
            .map_err(|error| Unfit::NoJson(error.to_string()))?
            .into(),
        Format::Csv => format::csv(paper, for_excel).into(),
        Format::Md => format::md(paper).into(),
        Format::Html => format::html(paper).into(),
        Format::Xlsx => {
            format::xlsx(paper).map_err(|error| Unfit::TooLarge(error.to_string(), "csv"))?
        }
        Format::Docx => {
            format::docx(paper).map_err(|error| Unfit::TooLarge(error.to_string(), "md"))?
        }
    })
}
