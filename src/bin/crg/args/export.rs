//! `crg export`.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use crg::format::Reader;
use crg::model::{Date, FinancialYear, Moment};

#[derive(Debug, Subcommand)]
pub(crate) enum ExportCommand {
    /// A plain-text journal that hledger, ledger or beancount accepts in its strictest mode
    #[command(after_help = "Examples:
  crg export journal 2025/26 --for hledger --output 2025-26.journal
  crg export journal 2025/26 --for beancount --as-at 2025-12-31")]
    Journal {
        /// The grant year
        year: FinancialYear,
        /// The program that is to read it
        #[arg(long = "for", value_enum, value_name = "PROGRAM")]
        reader: Program,
        /// How things stood on this day; today where left out
        #[arg(long, value_name = "DATE")]
        as_at: Option<Date>,
        /// Only what was recorded by this moment (a day means its end), in UTC
        #[arg(long, value_name = "MOMENT")]
        known_at: Option<Moment>,
        /// Write it to a new file instead of the terminal
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Program {
    Hledger,
    Ledger,
    Beancount,
}

impl Program {
    pub(crate) fn reader(self) -> Reader {
        match self {
            Program::Hledger => Reader::Hledger,
            Program::Ledger => Reader::Ledger,
            Program::Beancount => Reader::Beancount,
        }
    }
}
