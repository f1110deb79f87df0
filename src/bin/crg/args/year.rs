//! `crg year`.

use clap::Subcommand;
use crg::model::FinancialYear;

use crate::draft::Write;
use crate::query::Ask;

#[derive(Debug, Subcommand)]
pub(crate) enum YearCommand {
    /// Where the allocation is, line by line, and the cash
    #[command(after_help = "Example:\n  crg year show 2025/26 --as-at 2026-03-31")]
    Show {
        /// The year; the one that holds the day where left out
        year: Option<FinancialYear>,
        #[command(flatten)]
        ask: Ask,
    },
    /// Record the OPCC's allocation, split into the two pots
    #[command(
        after_help = "Example:\n  crg year open 2026/27 --upfront 26500 --tactical 13100 --reference \"OPCC letter\""
    )]
    Open {
        /// The grant year
        year: FinancialYear,
        /// To the upfront pot
        #[arg(long, value_name = "AMOUNT")]
        upfront: String,
        /// To the tactical pot
        #[arg(long, value_name = "AMOUNT")]
        tactical: String,
        #[command(flatten)]
        write: Write,
    },
    /// Record a further allocation to a pot
    #[command(
        after_help = "Example:\n  crg year allocate 2026/27 500 --pot tactical --reference \"OPCC letter\""
    )]
    Allocate {
        /// The grant year
        year: FinancialYear,
        /// Pounds and pence, such as 1,250.00
        amount: String,
        /// upfront or tactical
        #[arg(long, value_name = "POT")]
        pot: String,
        #[command(flatten)]
        write: Write,
    },
    /// Record the OPCC's formal confirmation
    #[command(
        after_help = "Example:\n  crg year confirm 2026/27 --reference \"SUMs portal approval\""
    )]
    Confirm {
        /// The grant year
        year: FinancialYear,
        #[command(flatten)]
        write: Write,
    },
    /// Record that the OPCC takes part of an allocation back
    #[command(
        after_help = "Example:\n  crg year cut 2026/27 1000 --pot tactical --reference \"OPCC letter\""
    )]
    Cut {
        /// The grant year
        year: FinancialYear,
        /// Pounds and pence, such as 1,250.00
        amount: String,
        /// upfront or tactical
        #[arg(long, value_name = "POT")]
        pot: String,
        #[command(flatten)]
        write: Write,
    },
    /// Move what is left upfront to the tactical pot, which opens
    #[command(after_help = "Example:\n  crg year release 2026/27 --on 2026-07-23")]
    Release {
        /// The grant year
        year: FinancialYear,
        #[command(flatten)]
        write: Write,
    },
    /// Record cash from the OPCC
    #[command(after_help = "Example:\n  crg year receive 2026/27 19800 --reference \"BACS 4471\"")]
    Receive {
        /// The grant year
        year: FinancialYear,
        /// Pounds and pence, such as 1,250.00
        amount: String,
        #[command(flatten)]
        write: Write,
    },
    /// Record underspend paid back to the OPCC: all that is left, or one amount
    #[command(after_help = "Examples:
  crg year return 2025/26 --reference \"BACS 5512\" --dry-run
  crg year return 2025/26 --reference \"BACS 5512\" --on 2026-04-20
  crg year return 2025/26 696 --project P05 --on 2026-04-20 --reference \"BACS 5512\"
  crg year return 2025/26 30.40 --pot tactical --on 2026-04-20 --reference \"BACS 5512\"

Without AMOUNT, each project's unspent award and each pot's remaining money is returned in one
payment, and the remittance statement that goes with it is shown. Print it again with
crg report remittance.")]
    Return {
        /// The grant year
        year: FinancialYear,
        /// Pounds and pence, such as 1,250.00, of one pot or project; all that is left where left
        /// out
        #[arg(requires = "Holder")]
        amount: Option<String>,
        #[command(flatten)]
        holder: Holder,
        #[command(flatten)]
        write: Write,
    },
    /// Shut the year, when all its money is spent or returned
    #[command(after_help = "Example:\n  crg year close 2025/26 --on 2026-04-30")]
    Close {
        /// The grant year
        year: FinancialYear,
        #[command(flatten)]
        write: Write,
    },
    /// Open a shut year again, with the reason in --note
    #[command(
        after_help = "Example:\n  crg year reopen 2025/26 --note \"Late credit note of £12.00\""
    )]
    Reopen {
        /// The grant year
        year: FinancialYear,
        #[command(flatten)]
        write: Write,
    },
}

/// Who holds the money that is returned: one of the two.
#[derive(Debug, clap::Args)]
#[group(multiple = false, requires = "amount")]
pub(crate) struct Holder {
    /// The pot whose uncommitted money it is
    #[arg(long, value_name = "POT")]
    pub(crate) pot: Option<String>,
    /// The project whose unspent award it is
    #[arg(long, value_name = "PROJECT")]
    pub(crate) project: Option<String>,
}
