//! `crg report monitoring`.

use clap::Args;
use crg::fold::Lens;
use crg::report::Period;

use crate::context::Context;
use crate::failure::Stop;
use crate::hint::{CommandLine, REASON};
use crate::options::query::NamedYearQuery;

/// The monitoring return to the OPCC: budget, actual, forecast, variance and why, outputs,
/// outcomes
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg report monitoring 2025/26 --period mid-year
  crg report monitoring 2025/26 --period year-end --format md --output monitoring.md

Mid-year is as at 30 September; year-end as at 31 March, or today if later. The reason for a variance
is the note of the project's latest forecast, or else of its completion, reduction or withdrawal;
outputs are its latest progress.")]
pub(crate) struct Monitoring {
    #[command(flatten)]
    asked: NamedYearQuery,
    /// Which return
    #[arg(long, value_name = "mid-year|year-end")]
    period: Period,
}

impl Monitoring {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let NamedYearQuery { year, query } = &self.asked;
        let lens = Lens {
            as_at: query
                .as_at
                .unwrap_or(self.period.as_at(*year, context.today)),
            known_at: query.known_at,
        };
        let (report, origin) =
            query.ask(context, |book, _| book.monitoring(*year, self.period, lens))?;
        query.answer.paper(&report, origin, context)?;
        let unexplained = report.unexplained().next();
        if let Some(project) = unexplained.filter(|_| query.answer.is_for_people()) {
            let forecast = CommandLine::new("project forecast")
                .word(project)
                .word("AMOUNT")
                .option("--year", year)
                .option("--note", REASON);
            context
                .output
                .next(&forecast.because(format!("give the reason for the variance of {project}")));
        }
        Ok(())
    }
}
