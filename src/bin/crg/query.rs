//! How a question is asked and its answer shown: on which day, in which format, where to.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use crg::book::Book;
use crg::document::{Origin, Paper, Report};
use crg::error::Error;
use crg::fold::Lens;
use crg::format as publish;
use crg::model::FinancialYear;
use crg::model::{Date, Moment};
use crg::store::Access;
use serde::Serialize;

use crate::context::Context;
use crate::failure::{BAD_COMMAND_LINE, Failure, OUR_BUG, STORAGE};
use crate::render;

/// The options of every question.
#[derive(Debug, Args)]
pub(crate) struct Ask {
    /// How things stood on this day; today where left out
    #[arg(long, value_name = "DATE")]
    pub(crate) as_at: Option<Date>,
    /// Only what was recorded by this moment (a day means its end), in UTC
    #[arg(long, value_name = "MOMENT")]
    pub(crate) known_at: Option<Moment>,
    #[command(flatten)]
    pub(crate) show: Answer,
}

/// The options of every answer.
#[derive(Debug, Args)]
pub(crate) struct Answer {
    /// How to show it; a table where left out
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    /// Put a byte order mark before CSV, as Excel wants it (means --format csv)
    #[arg(long)]
    for_excel: bool,
    /// Write it to a new file instead of the terminal
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Then open that file with the program that this computer has for it
    #[arg(long, requires = "output")]
    open: bool,
}

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
    /// A page for a browser, for paper or to paste from
    Html,
    /// A workbook, with --output
    Xlsx,
    /// A document for Word, with --output
    Docx,
}

impl Format {
    /// The ending of the file it makes, where no terminal can show it.
    fn ending(self) -> Option<&'static str> {
        match self {
            Format::Xlsx => Some("xlsx"),
            Format::Docx => Some("docx"),
            Format::Table | Format::Json | Format::Csv | Format::Md | Format::Html => None,
        }
    }
}

impl Ask {
    pub(crate) fn lens(&self, context: &Context) -> Lens {
        Lens {
            as_at: self.as_at.unwrap_or(context.today),
            known_at: self.known_at,
        }
    }

    /// Asks the book and shows its answer. What leaves the terminal says what it rests on.
    pub(crate) fn answer<R: Report + Serialize>(
        &self,
        context: &Context,
        question: impl FnOnce(&Book) -> Result<R, Error>,
    ) -> Result<R, Failure> {
        let (report, origin) = open(context)?.with_origin(self.known_at, question)?;
        self.show.answer(&report, origin, context)?;
        Ok(report)
    }

    /// Asks the book for a paper and shows it. It says what it rests on, on the terminal too.
    pub(crate) fn paper<R: Report + Serialize>(
        &self,
        context: &Context,
        question: impl FnOnce(&Book) -> Result<R, Error>,
    ) -> Result<R, Failure> {
        let (report, origin) = open(context)?.with_origin(self.known_at, question)?;
        self.show.paper(&report, origin, context)?;
        Ok(report)
    }

    /// The year asked about: where it is left out, the one that holds the day.
    pub(crate) fn year(&self, year: Option<FinancialYear>, context: &Context) -> FinancialYear {
        year.unwrap_or_else(|| FinancialYear::containing(self.lens(context).as_at))
    }
}

/// Opens the book to read it.
pub(crate) fn open(context: &Context) -> Result<Book, Failure> {
    Ok(Book::open(&context.book, Access::Read)?)
}

impl Answer {
    /// The format, where what was asked for can be.
    fn format(&self) -> Result<Format, Failure> {
        let format = self.format.unwrap_or(if self.for_excel {
            Format::Csv
        } else {
            Format::Table
        });
        if self.for_excel && format != Format::Csv {
            return Err(Failure::new(
                BAD_COMMAND_LINE,
                "--for-excel is for CSV: leave --format out, or give --format csv",
            ));
        }
        Ok(format)
    }

    /// Refuses what could not be shown, before anything is recorded that is to be shown.
    pub(crate) fn validate(&self) -> Result<(), Failure> {
        self.must_have_output(self.format()?)?;
        match &self.output {
            Some(path) => render::must_be_new(path),
            None => Ok(()),
        }
    }

    pub(crate) fn show<R: Report + Serialize>(
        &self,
        report: &R,
        context: &Context,
    ) -> Result<(), Failure> {
        self.show_as(self.format()?, report, None, context)
    }

    /// Shows the answer to a question of the book, which on the terminal is short.
    pub(crate) fn answer<R: Report + Serialize>(
        &self,
        report: &R,
        origin: Origin,
        context: &Context,
    ) -> Result<(), Failure> {
        let format = self.format()?;
        self.show_as(
            format,
            report,
            (format != Format::Table).then_some(origin),
            context,
        )
    }

    /// Shows a paper.
    pub(crate) fn paper<R: Report + Serialize>(
        &self,
        report: &R,
        origin: Origin,
        context: &Context,
    ) -> Result<(), Failure> {
        self.show_as(self.format()?, report, Some(origin), context)
    }

    /// Shows a report that is a page: in a file, where nothing else is asked for, as HTML.
    pub(crate) fn page<R: Report + Serialize>(
        &self,
        report: &R,
        origin: Origin,
        context: &Context,
    ) -> Result<(), Failure> {
        match (self.format, &self.output) {
            (None, Some(_)) if !self.for_excel => {
                self.show_as(Format::Html, report, Some(origin), context)
            }
            _ => self.paper(report, origin, context),
        }
    }

    fn show_as<R: Report + Serialize>(
        &self,
        format: Format,
        report: &R,
        origin: Option<Origin>,
        context: &Context,
    ) -> Result<(), Failure> {
        self.must_have_output(format)?;
        let paper = Paper { report, origin };
        let bytes = match format {
            Format::Table => render::text(&paper, context.width).into(),
            Format::Json => publish::json(report)
                .map_err(|error| Failure::new(OUR_BUG, format!("bug: no JSON: {error}")))?
                .into(),
            Format::Csv => publish::csv(report, self.for_excel).into(),
            Format::Md => publish::md(&paper).into(),
            Format::Html => publish::html(&paper).into(),
            Format::Xlsx => {
                publish::xlsx(&paper).map_err(|error| self.cannot_be_made(&error, "csv"))?
            }
            Format::Docx => {
                publish::docx(&paper).map_err(|error| self.cannot_be_made(&error, "md"))?
            }
        };
        self.write(&bytes)
    }

    /// Shows a text that is no report.
    pub(crate) fn text(&self, text: &str) -> Result<(), Failure> {
        self.write(text.as_bytes())
    }

    fn write(&self, bytes: &[u8]) -> Result<(), Failure> {
        match &self.output {
            Some(path) => self.file(path, bytes),
            None => render::out(bytes),
        }
    }

    fn must_have_output(&self, format: Format) -> Result<(), Failure> {
        let (Some(ending), None) = (format.ending(), &self.output) else {
            return Ok(());
        };
        let said =
            format!("--format {ending} makes a file, which no terminal shows: found no --output");
        Err(Failure::new(
            BAD_COMMAND_LINE,
            format!("{said}\nnext: say where to: --output FILE.{ending}"),
        ))
    }

    fn cannot_be_made(&self, error: &dyn std::fmt::Display, other: &str) -> Failure {
        let path = self
            .output
            .as_deref()
            .unwrap_or(Path::new("the file"))
            .display();
        Failure::new(
            STORAGE,
            format!("storage: {path} cannot be made: {error}\nnext: ask for --format {other}"),
        )
    }

    /// Writes the file, and opens it where that was asked. That no program opens it does not undo
    /// it.
    fn file(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        render::to_file(path, bytes)?;
        if self.open && opener::open(path).is_err() {
            render::note(&format!(
                "{} is written; this computer has no program to open it",
                path.display()
            ));
        }
        Ok(())
    }

    /// Is it to be a workbook?
    pub(crate) fn is_workbook(&self) -> bool {
        self.format == Some(Format::Xlsx)
    }

    /// Is it shown as a table on the terminal, where a hint may follow?
    pub(crate) fn is_for_people(&self) -> bool {
        self.output.is_none()
            && !self.for_excel
            && self.format.is_none_or(|format| format == Format::Table)
    }
}
