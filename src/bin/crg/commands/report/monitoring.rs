use crg::report::{CertifiedReport, Period, ReturnPaper};

use crate::context::Context;
use crate::failure::Stop;
use crate::hint::{REASON, command};
use crate::options::NamedYearQuery;
use crate::options::answer::Showing;
use crate::options::settings::SettingsOptions;
use clap::Args;
use crg::Lens;

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
    #[command(flatten)]
    settings: SettingsOptions,
}

impl Monitoring {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let NamedYearQuery { year, query } = &self.asked;
        let day = self.period.as_at(*year, context.today);
        let settings = self.settings.read(context)?.unwrap_or_default();
        let paper = query.show(Showing::Paper, context, |book, lens| {
            let as_at = query.lens.as_at.unwrap_or(day);
            let lens = Lens { as_at, ..lens };
            let report = book.monitoring(*year, self.period, lens)?;
            let certified = CertifiedReport::Monitoring(self.period);
            let declaration = book.declaration(certified, *year, lens)?;
            Ok(ReturnPaper::new(report, declaration, settings))
        })?;
        let unexplained = paper.report.unexplained().next();
        if let Some(project) = unexplained.filter(|_| query.answer.is_for_people()) {
            let forecast = command!("project forecast {} AMOUNT --year {}", project, year);
            let reason = format!("give the reason for the variance of {project}");
            context
                .output
                .next(&forecast.option("--note", REASON).because(reason));
        }
        Ok(())
    }
}
