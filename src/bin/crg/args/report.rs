//! `crg report`.

use clap::Subcommand;
use crg::year::{FinancialYear, Quarter};

use crate::ask::Ask;

#[derive(Debug, Subcommand)]
pub(crate) enum ReportCommand {
    /// A quarter: opening, what moved, closing, of each pot and project
    #[command(after_help = "Example:\n  crg report quarter 2025/26 Q3")]
    Quarter {
        /// The grant year
        year: FinancialYear,
        /// Q1 (April to June) to Q4
        quarter: Quarter,
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
    /// The year end: every project and what was never committed; as a workbook, with all that makes it
    #[command(after_help = "Examples:
  crg report year-end 2025/26
  crg report year-end 2025/26 --format xlsx --output year-end-2025-26.xlsx
  crg report year-end 2025/26 --for-excel --output year-end-2025-26.csv

The workbook has the sheets Summary, Projects, Spend and Decisions; the summary is
worked out from the other sheets.")]
    YearEnd {
        /// The grant year
        year: FinancialYear,
        #[command(flatten)]
        ask: Ask,
    },
}
