//! `crg report`. Reports that need nothing but the year are here.

mod claim;
mod monitoring;
mod quarter;
mod remittance;
mod update;
mod year_end;

use crate::context::Context;
use crate::failure::Stop;
use crate::options::answer::Showing;
use crate::options::{NamedYearQuery, YearQuery};
use clap::Subcommand;
use crg::Book;

/// Reports for papers and for the OPCC
#[derive(Debug, Subcommand)]
#[command(defer = true)]
#[command(after_help = "Example:\n  crg report year-end 2025/26")]
pub(crate) enum Report {
    /// The pots, as crg pot shows them
    #[command(after_help = "Example:
  crg report pot 2025/26 --as-at 2025-11-20 --format html --output pot.html")]
    Pot(YearQuery),
    Quarter(quarter::Quarter),
    Update(update::Update),
    /// Every decision, and every movement of the year's money except spend
    #[command(after_help = "Examples:
  crg report decisions 2025/26
  crg report decisions 2025/26 --as-at 2025-11-20 --format md")]
    Decisions(NamedYearQuery),
    YearEnd(year_end::YearEnd),
    /// Awards, spend and outcomes by the priorities they serve
    #[command(after_help = "Examples:
  crg report priorities 2025/26
  crg report priorities 2025/26 --as-at 2026-03-31 --format csv

A project counts under every priority it names, so the figures of a scheme may overlap; the total
counts each project once. Schemes and codes are data of the book (priorities.csv of a folder).")]
    Priorities(NamedYearQuery),
    /// Where the year is heading: what is likely to be spent by 31 March, and to go back
    #[command(after_help = "Examples:
  crg report forecast 2025/26
  crg report forecast 2025/26 --as-at 2026-01-31 --format md

What is likely to be spent is the lead's latest forecast (crg project forecast), or else the rate of
spend so far, or the award while nothing is spent in the first half of the project's time. It is
never less than the spend or more than the award. From 31 March it is the spend.")]
    Forecast(NamedYearQuery),
    Monitoring(monitoring::Monitoring),
    Claim(claim::Claim),
    Remittance(remittance::Remittance),
}

impl Report {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        match self {
            Report::Pot(asked) => asked.show(Showing::Paper, context, Book::pot),
            Report::Quarter(quarter) => quarter.run(context),
            Report::Update(update) => update.run(context),
            Report::Decisions(asked) => asked.paper(context, Book::decisions),
            Report::YearEnd(year_end) => year_end.run(context),
            Report::Priorities(asked) => asked.paper(context, Book::priorities),
            Report::Forecast(asked) => asked.paper(context, Book::forecast),
            Report::Monitoring(monitoring) => monitoring.run(context),
            Report::Claim(claim) => claim.run(context),
            Report::Remittance(remittance) => remittance.run(context),
        }
    }
}
