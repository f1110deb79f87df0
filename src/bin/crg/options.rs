//! Options that several commands share: of every question, about which day, as known when, and how
//! to answer it. What they are is said in comments: clap takes a doc comment of theirs for the
//! description of the command that has them.

pub(crate) mod answer;
pub(crate) mod detail;
pub(crate) mod find;
pub(crate) mod issue;
pub(crate) mod projects;
pub(crate) mod settings;
pub(crate) mod file;
pub(crate) mod noted_head;
pub(crate) mod write;

use std::mem::ManuallyDrop;

use clap::Args;
use crg::Error;
use crg::book::Book;
#[cfg(feature = "desk")]
use crg::document::Paper;
use crg::document::{Origin, Text};
use crg::fold::Lens;
use crg::model::{Date, FinancialYear, Moment};
use crg::report::Ahead;

use crate::context::{Context, day, moment_or_day};
use crate::failure::Stop;
use crate::options::answer::{AnswerOptions, Showing, Shown};

#[derive(Debug, Args)]
pub(crate) struct LensOptions {
    /// How things stood on this day; defaults to today
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) as_at: Option<Date>,
    /// Only what was recorded by this moment, in UTC; a day means its end
    #[arg(long, value_name = "MOMENT", value_parser = moment_or_day)]
    pub(crate) known_at: Option<Moment>,
}

impl LensOptions {
    pub(crate) fn lens(&self, context: &Context) -> Lens {
        Lens {
            as_at: self.as_at.unwrap_or(context.today),
            known_at: self.known_at,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct QueryOptions {
    #[command(flatten)]
    pub(crate) lens: LensOptions,
    #[command(flatten)]
    pub(crate) answer: AnswerOptions,
}

impl QueryOptions {
    pub(crate) fn lens(&self, context: &Context) -> Lens {
        self.lens.lens(context)
    }

    /// The year given, or else the one containing the day asked about.
    pub(crate) fn year(&self, given: Option<FinancialYear>, context: &Context) -> FinancialYear {
        given.unwrap_or_else(|| FinancialYear::containing(self.lens(context).as_at))
    }

    /// Asks the book, and shows its answer with the entry it rests on.
    pub(crate) fn show<R: Shown>(
        &self,
        showing: Showing,
        context: &Context,
        question: impl FnOnce(&Book, Lens) -> Result<R, Error>,
    ) -> Result<R, Stop> {
        // Never closed: that would only free memory, for a tenth of the time of the shortest question.
        // Nothing was written, no lock is held, and the program ends with this answer.
        let book = ManuallyDrop::new(context.open()?);
        let Answered {
            report,
            origin,
            ahead,
        } = answered(&book, self.lens(context), question)?;
        self.answer
            .show_with(showing, &report, Some(origin), ahead, context)?;
        Ok(report)
    }
}

/// A question's answer, with the entry it rests on and what lies ahead of its day.
pub(crate) struct Answered<R> {
    pub(crate) report: R,
    pub(crate) origin: Origin,
    pub(crate) ahead: Vec<Text>,
}

/// Asks the book, of one state of the file.
pub(crate) fn answered<R: Shown>(
    book: &Book,
    lens: Lens,
    question: impl FnOnce(&Book, Lens) -> Result<R, Error>,
) -> Result<Answered<R>, Error> {
    let mut ahead = Vec::new();
    let (report, origin) = book.with_origin(lens.known_at, |book| {
        let report = question(book, lens)?;
        ahead = match report.head().year {
            Some(year) => book.ahead(year, lens)?,
            None => book.ahead_in_all_years(lens)?,
        };
        Ok(report)
    })?;
    Ok(Answered {
        report,
        origin,
        ahead: Ahead::sentences(&ahead),
    })
}

#[cfg(feature = "desk")]
impl<R: Shown> Answered<R> {
    /// The report with what stands beside it, as every format shows it.
    pub(crate) fn paper(&self) -> Paper<'_> {
        Paper {
            report: &self.report,
            origin: Some(&self.origin),
            ahead: self.ahead.clone(),
        }
    }
}

// A question about one year, which may be omitted.
#[derive(Debug, Args)]
pub(crate) struct YearQuery {
    /// The grant year; defaults to the year containing the date
    year: Option<FinancialYear>,
    #[command(flatten)]
    query: QueryOptions,
}

impl YearQuery {
    pub(crate) fn show<R: Shown>(
        &self,
        showing: Showing,
        context: &Context,
        question: impl FnOnce(&Book, FinancialYear, Lens) -> Result<R, Error>,
    ) -> Result<(), Stop> {
        let year = self.query.year(self.year, context);
        let question = |book: &Book, lens| question(book, year, lens);
        self.query.show(showing, context, question).map(drop)
    }
}

// A question about one year, which must be named.
#[derive(Debug, Args)]
pub(crate) struct NamedYearQuery {
    /// The grant year
    pub(crate) year: FinancialYear,
    #[command(flatten)]
    pub(crate) query: QueryOptions,
}

impl NamedYearQuery {
    pub(crate) fn paper<R: Shown>(
        &self,
        context: &Context,
        question: impl FnOnce(&Book, FinancialYear, Lens) -> Result<R, Error>,
    ) -> Result<(), Stop> {
        let question = |book: &Book, lens| question(book, self.year, lens);
        self.query.show(Showing::Paper, context, question).map(drop)
    }
}
