use crate::context::{Context, moment_or_day};
use crate::failure::Stop;
use crate::options::NamedYearQuery;
use crate::options::answer::Shown;
use crate::options::settings::SettingsOptions;
use clap::Args;
use crg::report::{CertifiedReport, Return, ReturnPaper};
use crg::{Book, Error, FinancialYear, Lens, Moment};

/// The year end: every project, and what was never committed; as a workbook, with everything
/// behind it
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg report year-end 2025/26
  crg report year-end 2025/26 --format xlsx --output year-end-2025-26.xlsx
  crg report year-end 2025/26 --for-excel --output year-end-2025-26.csv
  crg report year-end 2025/26 --since 2026-04-30

The workbook has sheets with the projects, all spend and all decisions. The summary, and spend by
cost category, net and gross apart, are calculated from them. The last sheets are signed.")]
pub(crate) struct YearEnd {
    #[command(flatten)]
    asked: NamedYearQuery,
    /// Show only what changed since what was known at this moment, in UTC; a day means its end
    #[arg(long, value_name = "MOMENT", value_parser = moment_or_day)]
    since: Option<Moment>,
    #[command(flatten)]
    settings: SettingsOptions,
}

impl YearEnd {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let asked = &self.asked;
        if let Some(since) = self.since {
            asked.paper(context, |book, year, lens| {
                book.year_end_since(year, since, lens, context.now)
            })
        } else if asked.query.answer.is_workbook() {
            self.signed(context, Book::year_end_workbook)
        } else {
            self.signed(context, Book::year_end)
        }
    }

    /// The report as it is signed.
    fn signed<R: Return + Shown>(
        &self,
        context: &Context,
        question: impl FnOnce(&Book, FinancialYear, Lens) -> Result<R, Error>,
    ) -> Result<(), Stop> {
        let settings = self.settings.read(context)?.unwrap_or_default();
        self.asked.paper(context, |book, year, lens| {
            let report = question(book, year, lens)?;
            let declaration = book.declaration(CertifiedReport::YearEnd, year, lens)?;
            Ok(ReturnPaper::new(report, declaration, settings))
        })
    }
}
