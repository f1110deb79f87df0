//! The command line, as clap reads it. Texts here are the help.

mod project;
mod export;
mod report;
mod spend;
mod year;

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use crg::model::{EntryNumber, FinancialYear, Fingerprint, ProjectRef};

use crate::draft::Write;
use crate::query::{Answer, Ask};

pub(crate) use export::ExportCommand;
pub(crate) use project::{Measured, Plain, ProjectCommand, WithAmount};
pub(crate) use report::{Issue, ReportCommand};
pub(crate) use spend::{ImportArgs, Paid, SpendCommand};
pub(crate) use year::YearCommand;

/// A Community Safety Partnership's Crime Reduction Grant, to the penny, in one file
#[derive(Debug, Parser)]
#[command(
    name = "crg",
    version,
    after_help = "Exit codes:
  0 done; 1 refused by a rule, not found, or a check that fails; 2 bad command line;
  3 bad input file; 4 storage; 5 the book is busy, try again; 6 outcome unknown;
  70 a bug of crg

Examples:
  crg demo                     a book from the published figures of Kent
  crg pot 2025/26              what is left, and if all pending were approved
  crg reconcile 2025/26        printed figures beside computed ones"
)]
pub(crate) struct Cli {
    /// The book; $CRG_DB, or crg.db in this folder, where left out
    #[arg(long, global = true, value_name = "PATH", help_heading = "Everywhere")]
    pub(crate) db: Option<PathBuf>,
    /// Who records it; $CRG_BY, or the user of this computer, where left out
    #[arg(long, global = true, value_name = "NAME", help_heading = "Everywhere")]
    pub(crate) by: Option<String>,
    /// Say nothing but results and errors: no confirmations, notes or next steps
    #[arg(long, short, global = true, help_heading = "Everywhere")]
    pub(crate) quiet: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// What is left in each pot, and what would be if all pending were approved
    #[command(
        after_help = "Examples:\n  crg pot\n  crg pot 2025/26 --as-at 2025-07-23\n  crg pot 2025/26 --format json"
    )]
    Pot {
        /// The year; the one that holds the day where left out
        year: Option<FinancialYear>,
        #[command(flatten)]
        ask: Ask,
    },
    /// The chair's page: what is left, where the money has gone, what waits, what would be lost
    #[command(after_help = "Examples:
  crg page 2025/26 --output page.html --open
  crg page 2025/26 --as-at 2025-11-30 --output november.html
  crg page 2025/26

With --output it is one HTML file, with pictures, that needs nothing else: send it, print it, or
paste from it. Without, it is shown here.")]
    Page {
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
    /// Printed figures beside computed ones, or spend beside the ledger's; fails while they differ
    #[command(after_help = "Examples:
  crg reconcile 2025/26
  crg reconcile 2025/26 --extract april.csv may.csv june.csv --map ledger.toml
  crg reconcile 2025/26 --explain 45 --note \"The paper's table adds a rounded figure\"")]
    Reconcile {
        /// The year; the one that holds the day where left out
        year: Option<FinancialYear>,
        /// Record why the printed figure in this entry differs (with --note)
        #[arg(long, value_name = "ENTRY", requires = "note", conflicts_with_all = ["as_at", "known_at", "format", "for_excel", "output", "open"])]
        explain: Option<EntryNumber>,
        /// Hold the book's spend against these extracts of the council's ledger, CSV or XLSX; they
        /// may overlap
        #[arg(long, value_name = "FILE", num_args = 1.., requires = "map", conflicts_with = "explain")]
        extract: Vec<PathBuf>,
        /// How to read the extract (see: crg spend import --help)
        #[arg(long, value_name = "MAP", requires = "extract")]
        map: Option<PathBuf>,
        #[command(flatten)]
        ask: Ask,
        #[command(flatten)]
        write: Write,
    },
    /// Check the file, the record, the money and the process, in that order
    #[command(after_help = "Examples:
  crg check
  crg check backups/crg-20260511-093000.db
  crg check --head FINGERPRINT     from minutes, from the foot of a paper, of crg log --head")]
    Check {
        /// A copy to check instead of the book
        file: Option<PathBuf>,
        /// That nothing was changed before this fingerprint was written down: all 64 letters of it,
        /// in quotes where they have spaces
        #[arg(long, value_name = "FINGERPRINT", value_parser = Fingerprint::copied)]
        head: Option<Fingerprint>,
        /// Fail on warnings too
        #[arg(long)]
        strict: bool,
        #[command(flatten)]
        show: Answer,
    },
    /// The journal, entry by entry in the order recorded
    #[command(
        after_help = "Examples:\n  crg log --last 10\n  crg log --year 2025/26 --project P05"
    )]
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
        known_at: Option<crg::model::Moment>,
        /// Only the fingerprint of the last entry, to write into minutes
        #[arg(long, conflicts_with_all = ["year", "project", "last", "known_at", "format", "for_excel", "output", "open"])]
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
    #[command(
        after_help = "Examples:\n  crg load fixtures/kent\n  crg --db new.db load backup-2026-03-31"
    )]
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
    /// A year's money for other programs
    #[command(
        subcommand,
        after_help = "Example:\n  crg export journal 2025/26 --for hledger --output 2025-26.journal"
    )]
    Export(ExportCommand),
    /// Make a dated safety copy, checked in full
    #[command(after_help = "Examples:\n  crg backup\n  crg backup --to /mnt/share/backups")]
    Backup {
        /// The folder for it; that of the book where left out
        #[arg(long, value_name = "FOLDER")]
        to: Option<PathBuf>,
    },
    /// Bring a book of an older version to this one, after a safety copy beside it
    #[command(
        after_help = "Example:\n  crg upgrade\n\nAn older book can be read as it is; only writing in it needs this."
    )]
    Upgrade,
    /// Hold two copies of a book against each other: same, one ahead, or where they fork
    #[command(after_help = "Example:\n  crg compare crg.db backups/crg-20260511-093000.db")]
    Compare {
        /// One
        a: PathBuf,
        /// The other
        b: PathBuf,
        #[command(flatten)]
        show: Answer,
    },
    /// Make an empty book
    #[command(
        after_help = "Example:\n  crg init --partnership \"Kent Community Safety Partnership\""
    )]
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
