use crg::book::IssueQuarter;
use crg::model::{self, Entry};
use crg::report::{Ahead, Issued, QuarterReport};

use crate::context::Context;
use crate::failure::Stop;
use crate::hint::command;
use crate::options::QueryOptions;
use crate::options::answer::Showing;
use crate::options::issue::IssueOptions;
use clap::Args;
use crg::{Book, FinancialYear};

/// A quarter: what moved, was decided, spent and done, and where the year is heading; and its issue
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  crg report quarter 2025/26 Q3
  crg report quarter 2025/26 Q3 --as-at 2026-01-15 --issue --output q3.json
  crg report quarter 2025/26 Q3 --as-at 2026-01-15 --known-at 2026-01-15T09:30:00.000Z

--issue records that the report goes out, and prints it as known at that moment: with the same
--as-at and --known-at it is the same later, to the byte. The entry is dated --as-at, and its value
is the SHA-256 of the report as --format json writes it (sha256sum q3.json). With --json --output
q3.json, standard output says in JSON what was recorded. If something recorded
later changes an issued quarter, that is noted at the time, and quarter reports list it until the
quarter is issued again.")]
pub(crate) struct Quarter {
    /// The grant year; defaults, with the quarter, to the last quarter that ended
    #[arg(requires = "quarter")]
    year: Option<FinancialYear>,
    /// Q1 (April to June) to Q4
    quarter: Option<model::Quarter>,
    #[command(flatten)]
    issue: IssueOptions,
    #[command(flatten)]
    query: QueryOptions,
}

impl Quarter {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let lens = self.query.lens(context);
        let asked = self.year.zip(self.quarter);
        let (year, quarter) =
            asked.unwrap_or_else(|| FinancialYear::last_quarter_before(lens.as_at));
        if self.issue.issue {
            return self.issue(year, quarter, context);
        }
        let question = |book: &Book, lens| book.quarter(year, quarter, lens);
        let report = self.query.show(Showing::Paper, context, question)?;
        if lens.known_at.is_some() {
            note_older_format(&report, context)?;
        }
        Ok(())
    }

    /// Records that the report goes out, then shows it.
    fn issue(
        &self,
        year: FinancialYear,
        quarter: model::Quarter,
        context: &Context,
    ) -> Result<(), Stop> {
        let (issue, answer) = (&self.issue, &self.query.answer);
        answer.validate()?;
        let asked = IssueQuarter {
            year,
            quarter,
            as_at: self.query.lens(context).as_at,
            dispatch: issue.dispatch(context),
        };
        let mut book = context.open_to_write()?;
        let issued = book.issue_quarter(&asked, context.now, issue.commit())?;
        let shown = self.show_issued(&book, &issued.report, context);
        let title = Issued::title(year, quarter);
        if let Some(before) = &issued.before {
            let (entry, fingerprint) = (before.entry, &before.fingerprint);
            let on = before
                .lens
                .known_at
                .map(|moment| moment.date().long().to_string())
                .unwrap_or_default();
            let format = if book.is_in_this_format(before, &issued.report)? {
                format!("its fingerprint is still {fingerprint}")
            } else {
                format!("it went out in an older format, with the fingerprint {fingerprint}")
            };
            let known = format!(
                "{title} was issued on {on} by entry {entry}, and nothing in it has changed since: \
                 {format}; nothing new was recorded"
            );
            issue.known(known, &book, answer, context);
            return shown;
        }
        // As the file whose fingerprint is on record.
        let again = |entry: &Entry| {
            command!(
                "report quarter {} {} --as-at {} --known-at {} --format json",
                year,
                quarter,
                entry.on,
                entry.recorded
            )
        };
        let recorded = (&book, &issued.recorded);
        issue.confirm(&title, recorded, again, (answer, shown), context)
    }

    fn show_issued(
        &self,
        book: &Book,
        report: &QuarterReport,
        context: &Context,
    ) -> Result<(), Stop> {
        let origin = Some(book.origin(report, report.lens.known_at)?);
        let ahead = Ahead::sentences(&book.ahead(report.year, report.lens)?);
        let answer = &self.query.answer;
        answer.show_with(Showing::Paper, report, origin, ahead, context)
    }
}

/// Says so if the report went out with the same figures in an older format, whose bytes were others.
fn note_older_format(report: &QuarterReport, context: &Context) -> Result<(), Stop> {
    let book = context.open()?;
    let Some(issued) = book.issue_of(report)? else {
        return Ok(());
    };
    if !book.is_in_this_format(&issued, report)? {
        context.output.note(&format!(
            "this report was issued by entry {} in an older format, with the fingerprint {}: \
             its figures are the same, but its file is not",
            issued.entry, issued.fingerprint
        ));
    }
    Ok(())
}
