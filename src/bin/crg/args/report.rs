//! `crg report`.

use clap::Subcommand;
use crg::model::{Date, FinancialYear, Moment, Quarter};
use crg::report::Period;

use crate::query::Ask;

#[derive(Debug, Subcommand)]
pub(crate) enum ReportCommand {
    /// The pots, as crg pot shows them
    #[command(
        after_help = "Example:\n  crg report pot 2025/26 --as-at 2025-11-20 --format html --output pot.html"
    )]
    Pot {
        /// The year; the one that holds the day where left out
        year: Option<FinancialYear>,
        #[command(flatten)]
        ask: Ask,
    },
    /// A quarter: what moved, was decided, spent and done, where the year is heading; and its issue
    #[command(after_help = ISSUE_HELP)]
    Quarter {
        /// The grant year; with the quarter left out too, that of the last quarter that ended
        #[arg(requires = "quarter")]
        year: Option<FinancialYear>,
        /// Q1 (April to June) to Q4
        quarter: Option<Quarter>,
        #[command(flatten)]
        issue: Issue,
        #[command(flatten)]
        ask: Ask,
    },
    /// The Working Group Update: what is awarded, decided, left, proposed and to be returned, and
    /// next year
    #[command(after_help = "Examples:
  crg report update 2025/26
  crg report update 2025/26 --as-at 2026-03-31 --format docx --output update.docx
  crg report update 2025/26 --since 2025-11-20 --format md

Every decision since is shown, and the last step of each proposal that is still pending. With
--since, decisions are those dated after that day. Without it, they are those dated after the last
paper before the day asked about, and those recorded after it, whatever their day. The last paper is
the last that has a printed figure or was issued; a quarter report goes to the OPCC, and is none.
CSV holds the projects.")]
    Update {
        /// The grant year
        year: FinancialYear,
        /// Decisions after this day; after the last paper where left out
        #[arg(long, value_name = "DATE")]
        since: Option<Date>,
        #[command(flatten)]
        ask: Ask,
    },
    /// Every decision, and every movement of the year's money but spend
    #[command(after_help = "Examples:
  crg report decisions 2025/26
  crg report decisions 2025/26 --as-at 2025-11-20 --format md")]
    Decisions {
        /// The grant year
        year: FinancialYear,
        #[command(flatten)]
        ask: Ask,
    },
    /// The year end: every project and what was never committed; as a workbook, with all that makes
    /// it
    #[command(after_help = "Examples:
  crg report year-end 2025/26
  crg report year-end 2025/26 --format xlsx --output year-end-2025-26.xlsx
  crg report year-end 2025/26 --for-excel --output year-end-2025-26.csv
  crg report year-end 2025/26 --since 2026-04-30

The workbook has the sheets Summary, Projects, Spend and Decisions; the summary is
worked out from the other sheets.")]
    YearEnd {
        /// The grant year
        year: FinancialYear,
        /// Only what changed since it was known at this moment (a day means its end), in UTC
        #[arg(long, value_name = "MOMENT")]
        since: Option<Moment>,
        #[command(flatten)]
        ask: Ask,
    },
    /// Awards, spend and outcomes by the priorities they serve
    #[command(after_help = "Examples:
  crg report priorities 2025/26
  crg report priorities 2025/26 --as-at 2026-03-31 --format csv

A project counts in every priority it names, so the shares of a scheme may overlap; beside them
stands what they come to with each project once. Schemes and codes are data of the book
(priorities.csv of a folder).")]
    Priorities {
        /// The grant year
        year: FinancialYear,
        #[command(flatten)]
        ask: Ask,
    },
    /// Where the year is heading: projections to 31 March, and what would be returned
    #[command(after_help = "Examples:
  crg report forecast 2025/26
  crg report forecast 2025/26 --as-at 2026-01-31 --format md

A project's projection is its lead's latest forecast (crg project forecast), never below what is
spent nor above its award; without one, the award. From 31 March on it is what was spent.")]
    Forecast {
        /// The grant year
        year: FinancialYear,
        #[command(flatten)]
        ask: Ask,
    },
    /// The monitoring return to the OPCC: budget, actual, forecast, variance and why, outputs,
    /// outcomes
    #[command(after_help = "Examples:
  crg report monitoring 2025/26 --period mid-year
  crg report monitoring 2025/26 --period year-end --format md --output monitoring.md

Mid-year is as at 30 September; year-end as at 31 March, or today where that is later. The reason
for a variance is the note of the project's latest forecast, else of its completion, reduction or
withdrawal; outputs are its latest progress.")]
    Monitoring {
        /// The grant year
        year: FinancialYear,
        /// Which return
        #[arg(long, value_name = "mid-year|year-end")]
        period: Period,
        #[command(flatten)]
        ask: Ask,
    },
    /// The statement that goes with a payment of underspend to the OPCC
    #[command(after_help = "Examples:
  crg report remittance 2025/26
  crg report remittance 2025/26 --reference \"BACS 5512\" --format md --output remittance.md")]
    Remittance {
        /// The grant year
        year: FinancialYear,
        /// The payment's reference; every payment of the year where left out
        #[arg(long, value_name = "PAYMENT")]
        reference: Option<String>,
        #[command(flatten)]
        ask: Ask,
    },
}

const ISSUE_HELP: &str = "\
Examples:
  crg report quarter 2025/26 Q3
  crg report quarter 2025/26 Q3 --as-at 2026-01-15 --issue --format json --output q3.json
  crg report quarter 2025/26 Q3 --as-at 2026-01-15 --known-at 2026-01-15T09:30:00.000Z

--issue records that the report goes out, and prints it as known at that moment: asked for
again with that --as-at and --known-at it is the same to the byte. The entry's day is that of
--as-at, its value the SHA-256 of the report as --format json writes it (sha256sum q3.json).
What is recorded later of a day to the end of an issued quarter is noted when it is recorded,
and listed in the reports from then on, until the quarter is issued again.";

/// How a report goes out.
#[derive(Debug, clap::Args)]
pub(crate) struct Issue {
    /// Record that this report goes out, with its fingerprint
    #[arg(long, conflicts_with = "known_at")]
    pub(crate) issue: bool,
    /// A letter, a meeting (with --issue)
    #[arg(long, value_name = "TEXT", requires = "issue")]
    pub(crate) reference: Option<String>,
    /// Anything a reader should know (with --issue)
    #[arg(long, value_name = "TEXT", requires = "issue")]
    pub(crate) note: Option<String>,
    /// Issue it although the quarter is not over, with the reason
    #[arg(long = "override", value_name = "REASON", requires = "issue")]
    pub(crate) override_reason: Option<String>,
    /// Show what would go out, and record nothing (with --issue)
    #[arg(long, requires = "issue")]
    pub(crate) dry_run: bool,
}
