use crate::context::{Context, moment_or_day};
use crate::failure::Stop;
use crate::options::NamedYearQuery;
use clap::Args;
use crg::{Book, Moment};

/// The year end: every project, and what was never committed; as a workbook, with everything
/// behind it
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg report year-end 2025/26
  crg report year-end 2025/26 --format xlsx --output year-end-2025-26.xlsx
  crg report year-end 2025/26 --for-excel --output year-end-2025-26.csv
  crg report year-end 2025/26 --since 2026-04-30

The workbook has the sheets Summary, Projects, Spend, Categories, Categories by project and Decisions.
The summary, and spend by cost category, net and gross apart, are calculated from the other sheets.")]
pub(crate) struct YearEnd {
    #[command(flatten)]
    asked: NamedYearQuery,
    /// Show only what changed since what was known at this moment, in UTC; a day means its end
    #[arg(long, value_name = "MOMENT", value_parser = moment_or_day)]
    since: Option<Moment>,
}

impl YearEnd {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let asked = &self.asked;
        if let Some(since) = self.since {
            asked.paper(context, |book, year, lens| {
                book.year_end_since(year, since, lens, context.now)
            })
        } else if asked.query.answer.is_workbook() {
            asked.paper(context, Book::year_end_workbook)
        } else {
            asked.paper(context, Book::year_end)
        }
    }
}
