//! The command line, as clap reads it. Texts here are the help.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use crg::id::{EntryNumber, ProjectRef};
use crg::year::{FinancialYear, Quarter};

use crate::ask::{Answer, Ask};
use crate::draft::{InYear, Write};

/// A Community Safety Partnership's Crime Reduction Grant, to the penny, in one file
#[derive(Debug, Parser)]
#[command(
    name = "crg",
    version,
    propagate_version = true,
    after_help = "Exit codes: 0 done; 1 refused by a rule, or a check that fails; 2 bad command line; 3 bad input file;
4 storage; 5 the book is busy, try again; 6 outcome unknown; 70 a bug of crg.

Examples:
  crg demo                     a book from the published figures of Kent
  crg pot 2025/26              what is left, and if all pending were approved
  crg reconcile 2025/26        printed figures beside computed ones"
)]
pub(crate) struct Cli {
    /// The book; $CRG_DB, or crg.db in this folder, where left out
    #[arg(long, global = true, value_name = "PATH")]
    pub(crate) db: Option<PathBuf>,
    /// Who records it; $CRG_BY, or the user of this computer, where left out
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) by: Option<String>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// What is left in each pot, and what would be if all pending were approved
    #[command(after_help = "Examples:\n  crg pot\n  crg pot 2025/26 --as-at 2025-07-23\n  crg pot 2025/26 --format json")]
    Pot {
        /// The year; the one that holds the day where left out
        year: Option<FinancialYear>,
        #[command(flatten)]
        ask: Ask,
    },
    /// The book at a glance, and what wants doing
    #[command(after_help = "Example:\n  crg status")]
    Status {
        #[command(flatten)]
        ask: Ask,
    },
    /// A year: its identity, and all that the OPCC does with it
    #[command(subcommand, after_help = "Example:\n  crg year show 2025/26")]
    Year(YearCommand),
    /// Projects, from proposal to outcome
    #[command(subcommand, after_help = "Example:\n  crg project list 2025/26")]
    Project(ProjectCommand),
    /// Spend and refunds
    #[command(subcommand, after_help = "Example:\n  crg spend list 2025/26")]
    Spend(SpendCommand),
    /// Reports for papers and for the OPCC
    #[command(subcommand, after_help = "Example:\n  crg report year-end 2025/26")]
    Report(ReportCommand),
    /// Printed figures beside computed ones; fails while a difference is unexplained
    #[command(after_help = "Examples:
  crg reconcile 2025/26
  crg reconcile 2025/26 --explain 45 --note \"The paper's table adds a rounded figure\"")]
    Reconcile {
        /// The year; the one that holds the day where left out
        year: Option<FinancialYear>,
        /// Record why the printed figure in this entry differs (with --note)
        #[arg(long, value_name = "ENTRY", requires = "note", conflicts_with_all = ["as_at", "known_at", "format", "for_excel", "output"])]
        explain: Option<EntryNumber>,
        #[command(flatten)]
        ask: Ask,
        #[command(flatten)]
        write: Write,
    },
    /// Check the file, the record, the money and the process, in that order
    #[command(after_help = "Examples:\n  crg check\n  crg check --strict")]
    Check {
        /// Fail on warnings too
        #[arg(long)]
        strict: bool,
        #[command(flatten)]
        show: Answer,
    },
    /// The journal, entry by entry in the order recorded
    #[command(after_help = "Examples:\n  crg log --last 10\n  crg log --year 2025/26 --project P05")]
    Log {
        /// Of one year
        #[arg(long, value_name = "YEAR")]
        year: Option<FinancialYear>,
        /// Of one project
        #[arg(long, value_name = "PROJECT")]
        project: Option<ProjectRef>,
        /// Only the last so many
        #[arg(long, value_name = "COUNT")]
        last: Option<usize>,
        /// Only what was recorded by this moment (a day means its end), in UTC
        #[arg(long, value_name = "MOMENT")]
        known_at: Option<crg::date::Moment>,
        /// Only the fingerprint of the last entry, to write into minutes
        #[arg(long, conflicts_with_all = ["year", "project", "last", "known_at", "format", "for_excel", "output"])]
        head: bool,
        #[command(flatten)]
        show: Answer,
    },
    /// Strike an entry that should not have been; both stay on record
    #[command(
        after_help = "Example:\n  crg reverse 12 --note \"Typed twice\"\n\nA reversal needs a note, and takes the day of the entry it strikes."
    )]
    Reverse {
        /// The entry's number
        entry: EntryNumber,
        #[command(flatten)]
        write: Write,
    },
    /// Record all of a folder's entries.csv, or nothing; makes the book where there is none
    #[command(after_help = "Examples:\n  crg load fixtures/kent\n  crg --db new.db load backup-2026-03-31")]
    Load {
        /// The folder
        folder: PathBuf,
        /// Try it in full, and write nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Write the whole book as CSV files that load reads back
    #[command(after_help = "Example:\n  crg dump backup-2026-03-31")]
    Dump {
        /// The folder; made where there is none
        folder: PathBuf,
    },
    /// Make an empty book
    #[command(after_help = "Example:\n  crg init --partnership \"Kent Community Safety Partnership\"")]
    Init {
        /// Who holds the grant
        #[arg(long, value_name = "NAME")]
        partnership: Option<String>,
        /// Who gives it
        #[arg(long, value_name = "NAME")]
        funder: Option<String>,
    },
    /// Make a book from the published figures of Kent, and show what it tells
    #[command(after_help = "Example:\n  crg demo")]
    Demo {
        /// The book to make
        #[arg(default_value = "crg-demo.db")]
        file: PathBuf,
    },
}

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
    #[command(after_help = "Example:\n  crg year open 2026/27 --upfront 26500 --tactical 13100 --reference \"OPCC letter\"")]
    Open {
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
    #[command(after_help = "Example:\n  crg year allocate 2026/27 500 --pot tactical --reference \"OPCC letter\"")]
    Allocate {
        year: FinancialYear,
        amount: String,
        /// upfront or tactical
        #[arg(long, value_name = "POT")]
        pot: String,
        #[command(flatten)]
        write: Write,
    },
    /// Record the OPCC's formal confirmation
    #[command(after_help = "Example:\n  crg year confirm 2026/27 --reference \"SUMs portal approval\"")]
    Confirm {
        year: FinancialYear,
        #[command(flatten)]
        write: Write,
    },
    /// Record that the OPCC takes part of an allocation back
    #[command(after_help = "Example:\n  crg year cut 2026/27 1000 --pot tactical --reference \"OPCC letter\"")]
    Cut {
        year: FinancialYear,
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
        year: FinancialYear,
        #[command(flatten)]
        write: Write,
    },
    /// Record cash from the OPCC
    #[command(after_help = "Example:\n  crg year receive 2026/27 19800 --reference \"BACS 4471\"")]
    Receive {
        year: FinancialYear,
        amount: String,
        #[command(flatten)]
        write: Write,
    },
    /// Record underspend paid back to the OPCC, by a pot or by a project
    #[command(after_help = "Examples:
  crg year return 2025/26 696 --project P05 --on 2026-04-20 --reference \"BACS 5512\"
  crg year return 2025/26 30.40 --pot tactical --on 2026-04-20 --reference \"BACS 5512\"")]
    Return {
        year: FinancialYear,
        amount: String,
        #[command(flatten)]
        holder: Holder,
        #[command(flatten)]
        write: Write,
    },
    /// Shut the year, when all its money is spent or returned
    #[command(after_help = "Example:\n  crg year close 2025/26 --on 2026-04-30")]
    Close {
        year: FinancialYear,
        #[command(flatten)]
        write: Write,
    },
    /// Open a shut year again, with the reason in --note
    #[command(after_help = "Example:\n  crg year reopen 2025/26 --note \"Late credit note of £12.00\"")]
    Reopen {
        year: FinancialYear,
        #[command(flatten)]
        write: Write,
    },
}

/// Who holds the money that is returned: one of the two.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Holder {
    /// The pot whose uncommitted money it is
    #[arg(long, value_name = "POT")]
    pub(crate) pot: Option<String>,
    /// The project whose unspent award it is
    #[arg(long, value_name = "PROJECT")]
    pub(crate) project: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ProjectCommand {
    /// Every project of a year
    #[command(after_help = "Example:\n  crg project list 2025/26")]
    List {
        /// The year; the one that holds the day where left out
        year: Option<FinancialYear>,
        #[command(flatten)]
        ask: Ask,
    },
    /// One project, with all that was recorded of it
    #[command(after_help = "Example:\n  crg project show P05 --year 2025/26")]
    Show {
        project: ProjectRef,
        /// The year; the one that holds the day where left out
        #[arg(long, value_name = "YEAR")]
        year: Option<FinancialYear>,
        #[command(flatten)]
        ask: Ask,
    },
    /// Record a new proposal
    #[command(after_help = "Example:
  crg project propose P12 --pot tactical --amount 2,000 --title \"Bike marking\" \\
      --lead \"Kent Police\" --priorities \"PCP-PROPERTY;CSA26-1\"")]
    Propose {
        project: String,
        /// upfront or tactical
        #[arg(long, value_name = "POT")]
        pot: String,
        /// What it asks for
        #[arg(long, value_name = "AMOUNT")]
        amount: String,
        #[arg(long, value_name = "TEXT")]
        title: String,
        /// The agency that delivers it
        #[arg(long, value_name = "AGENCY")]
        lead: String,
        /// Codes of the priorities it serves, separated by ;
        #[arg(long, value_name = "CODES")]
        priorities: Option<String>,
        #[command(flatten)]
        of: InYear,
        #[command(flatten)]
        write: Write,
    },
    /// Correct what a proposal said
    #[command(after_help = "Example:\n  crg project amend P12 --amount 1,800 --note \"Smaller order\"")]
    Amend {
        project: String,
        /// What it asks for, before approval
        #[arg(long, value_name = "AMOUNT")]
        amount: Option<String>,
        #[arg(long, value_name = "TEXT")]
        title: Option<String>,
        /// The agency that delivers it
        #[arg(long, value_name = "AGENCY")]
        lead: Option<String>,
        /// Codes of the priorities it serves, separated by ;
        #[arg(long, value_name = "CODES")]
        priorities: Option<String>,
        #[command(flatten)]
        of: InYear,
        #[command(flatten)]
        write: Write,
    },
    /// The working group supports it, perhaps at another amount
    #[command(after_help = "Example:\n  crg project recommend P12 --on 2026-04-27")]
    Recommend(MaybeAmount),
    /// The group or the chair says no
    #[command(after_help = "Example:\n  crg project decline P12 --note \"Outside the priorities\"")]
    Decline(Plain),
    /// The chair agrees
    #[command(after_help = "Example:\n  crg project endorse P12")]
    Endorse(Plain),
    /// The business case goes to the OPCC
    #[command(after_help = "Example:\n  crg project submit P12 --amount 1,800")]
    Submit(MaybeAmount),
    /// The OPCC's award
    #[command(after_help = "Example:\n  crg project approve P12 1,800 --on 2026-07-23 --reference \"OPCC letter\"")]
    Approve(WithAmount),
    /// The OPCC says no
    #[command(after_help = "Example:\n  crg project reject P12 --note \"Another fund pays for it\"")]
    Reject(Plain),
    /// Vary an award up, with the OPCC's agreement
    #[command(after_help = "Example:\n  crg project increase P12 150 --reference \"OPCC email of 3 Nov\"")]
    Increase(WithAmount),
    /// Vary an award down, with the OPCC's agreement
    #[command(after_help = "Example:\n  crg project reduce P12 200 --reference \"OPCC email of 3 Nov\"")]
    Reduce(WithAmount),
    /// End a proposal or award; what is unspent goes back to its pot
    #[command(after_help = "Example:\n  crg project withdraw P12 --note \"The lead cannot deliver it\"")]
    Withdraw(Plain),
    /// It is delivered; no more spend
    #[command(after_help = "Example:\n  crg project complete P12")]
    Complete(Plain),
    /// What has been done, in --note
    #[command(after_help = "Example:\n  crg project progress P12 --note \"Two of five events held\"")]
    Progress(Plain),
    /// What was promised
    #[command(after_help = "Example:\n  crg project target P12 \"bikes marked\" 300")]
    Target(Measured),
    /// What was achieved to date
    #[command(after_help = "Example:\n  crg project outcome P12 \"bikes marked\" 214")]
    Outcome(Measured),
    /// The lead's projection of spend to 31 March
    #[command(after_help = "Example:\n  crg project forecast P12 1,650")]
    Forecast(WithAmount),
}

#[derive(Debug, clap::Args)]
pub(crate) struct Plain {
    pub(crate) project: String,
    #[command(flatten)]
    pub(crate) of: InYear,
    #[command(flatten)]
    pub(crate) write: Write,
}

#[derive(Debug, clap::Args)]
pub(crate) struct WithAmount {
    pub(crate) project: String,
    pub(crate) amount: String,
    #[command(flatten)]
    pub(crate) of: InYear,
    #[command(flatten)]
    pub(crate) write: Write,
}

#[derive(Debug, clap::Args)]
pub(crate) struct MaybeAmount {
    pub(crate) project: String,
    /// The amount, where it is another than before
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) amount: Option<String>,
    #[command(flatten)]
    pub(crate) of: InYear,
    #[command(flatten)]
    pub(crate) write: Write,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Measured {
    pub(crate) project: String,
    /// What is counted
    pub(crate) measure: String,
    /// How many
    pub(crate) value: String,
    #[command(flatten)]
    pub(crate) of: InYear,
    #[command(flatten)]
    pub(crate) write: Write,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SpendCommand {
    /// Every spend and refund of a year
    #[command(after_help = "Example:\n  crg spend list 2025/26 --project P05")]
    List {
        /// The year; the one that holds the day where left out
        year: Option<FinancialYear>,
        /// Of one project
        #[arg(long, value_name = "PROJECT")]
        project: Option<ProjectRef>,
        #[command(flatten)]
        ask: Ask,
    },
    /// Record money spent by a project
    #[command(after_help = "Example:\n  crg spend add P12 504.00 --supplier \"Smith & Sons\" --reference INV-0012 --on 2026-09-14")]
    Add(Paid),
    /// Record money that came back to a project: a credit note
    #[command(after_help = "Example:\n  crg spend refund P12 12.00 --supplier \"Smith & Sons\" --reference CN-0003")]
    Refund(Paid),
}

#[derive(Debug, clap::Args)]
pub(crate) struct Paid {
    pub(crate) project: String,
    pub(crate) amount: String,
    /// Who was paid
    #[arg(long, value_name = "NAME")]
    pub(crate) supplier: Option<String>,
    /// What the amount is: net (of VAT that the lead recovers) or gross
    #[arg(long, value_name = "net|gross")]
    pub(crate) vat: Option<String>,
    #[command(flatten)]
    pub(crate) of: InYear,
    #[command(flatten)]
    pub(crate) write: Write,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ReportCommand {
    /// A quarter: opening, what moved, closing, of each pot and project
    #[command(after_help = "Example:\n  crg report quarter 2025/26 Q3")]
    Quarter {
        year: FinancialYear,
        /// Q1 (April to June) to Q4
        quarter: Quarter,
        #[command(flatten)]
        ask: Ask,
    },
    /// The year end: every project and what was never committed
    #[command(after_help = "Examples:
  crg report year-end 2025/26
  crg report year-end 2025/26 --for-excel --output year-end-2025-26.csv")]
    YearEnd {
        year: FinancialYear,
        #[command(flatten)]
        ask: Ask,
    },
}
