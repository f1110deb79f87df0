use crg::book::{IssueQuarter, Recorded};
use crg::model;
use crg::report::{Ahead, Issued, QuarterReport};

use crate::context::Context;
use crate::failure::Stop;
use crate::hint::command;
use crate::notes::print_clock;
use crate::options::QueryOptions;
use crate::options::answer::Showing;
use crate::options::write::commit;
use crate::recording::{Confirmation, Recording, answer_nothing, confirm};
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
    issue: Issue,
    #[command(flatten)]
    query: QueryOptions,
}

/// How a report goes out.
#[derive(Debug, Args)]
struct Issue {
    /// Record that this report goes out, with its fingerprint
    #[arg(long, conflicts_with = "known_at")]
    issue: bool,
    /// A letter, a meeting (with --issue)
    #[arg(long, value_name = "TEXT", requires = "issue")]
    reference: Option<String>,
    /// Anything a reader should know (with --issue)
    #[arg(long, value_name = "TEXT", requires = "issue")]
    note: Option<String>,
    /// Issue it although the quarter is not over, with the reason
    #[arg(long = "override", value_name = "REASON", requires = "issue")]
    override_reason: Option<String>,
    /// Show what would go out, and record nothing (with --issue)
    #[arg(long, requires = "issue")]
    dry_run: bool,
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
        let (issue, answer, output) = (&self.issue, &self.query.answer, &context.output);
        answer.validate()?;
        let asked = IssueQuarter {
            year,
            quarter,
            as_at: self.query.lens(context).as_at,
            by: context.by.clone(),
            reference: issue.reference.clone(),
            note: issue.note.clone(),
            override_reason: issue.override_reason.clone(),
        };
        let mut book = context.open_to_write()?;
        let how = Recording {
            commit: commit(issue.dry_run),
            confirmation: Confirmation::Json,
        };
        let issued = book.issue_quarter(&asked, context.now, how.commit)?;
        let shown = self.show_issued(&book, &issued.report, context);
        let title = Issued::title(year, quarter);
        let is_answered = answer.is_json_elsewhere();
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
            if is_answered {
                answer_nothing(&book, &Recorded::default(), known, how.commit, context);
            } else {
                output.note(&known);
            }
            return shown;
        }
        let Some(entry) = issued.recorded.entries.first() else {
            return shown;
        };
        let number = entry.number;
        if is_answered {
            confirm(&book, &issued.recorded, how, context);
        } else {
            let verb = if issue.dry_run {
                "would record"
            } else {
                "recorded"
            };
            output.note(&format!("{verb} entry {number}: issue of {title}"));
        }
        if issue.dry_run {
            return shown;
        }
        // As the file whose fingerprint is on record.
        let again = command!(
            "report quarter {} {} --as-at {} --known-at {} --format json",
            year,
            quarter,
            entry.on,
            entry.recorded
        );
        output.next(&again.clone().because("to print the same report later"));
        if !is_answered {
            print_clock(&book, context);
        }
        shown.map_err(|stop| stop.after_recording(again))
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
