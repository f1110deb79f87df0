//! `crg spend`.

use std::path::PathBuf;

use clap::Subcommand;
use crg::model::{FinancialYear, ProjectRef};
use crg::report::Changes;

use crate::draft::{InYear, Write};
use crate::query::{Answer, Ask};

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
    #[command(
        after_help = "Example:\n  crg spend add P12 504.00 --supplier \"Smith & Sons\" --reference INV-0012 --on 2026-09-14"
    )]
    Add(Paid),
    /// Record money that came back to a project: a credit note
    #[command(
        after_help = "Example:\n  crg spend refund P12 12.00 --supplier \"Smith & Sons\" --reference CN-0003"
    )]
    Refund(Paid),
    /// Record what a council ledger's extract has and the book has not
    #[command(after_help = IMPORT_HELP)]
    Import(ImportArgs),
}

const IMPORT_HELP: &str = "\
Examples:
  crg spend import --suggest ledger-2026-05.csv --output ledger.toml
  crg spend import ledger-2026-05.csv --map ledger.toml --dry-run
  crg spend import ledger-2026-05.csv --map ledger.toml

A map says which columns are what, and how a line finds its project:
  vat = \"net\"
  unmatched = \"refuse\"              # or \"outside\" the grant, or a ref such as \"P01\"
  recurring = [\"STANDING ORDER\"]    # references that come again and are no invoices'
  [columns]
  date = \"Date\"
  amount = [\"Net amount\", \"Amount\"]
  supplier = \"Supplier name\"
  reference = \"Transaction number\"
  [[project]]
  ref = \"P08\"
  column = \"Cost code\"
  is = [\"A45015\"]                   # or: contains = [\"vape\"]

The same file, or the next that overlaps it, adds only what is new.";

#[derive(Debug, clap::Args)]
pub(crate) struct ImportArgs {
    /// The extract, CSV or XLSX
    pub(crate) file: PathBuf,
    /// How to read it
    #[arg(
        long,
        value_name = "MAP",
        required_unless_present = "suggest",
        conflicts_with = "suggest"
    )]
    pub(crate) map: Option<PathBuf>,
    /// Write a first map for it, to be completed, and import nothing
    #[arg(long, conflicts_with_all = ["year", "accept_changes", "keep_both", "skip_bad", "dry_run", "format", "for_excel"])]
    pub(crate) suggest: bool,
    /// The grant year of all lines; of each the one that holds its day where left out
    #[arg(long, value_name = "YEAR")]
    pub(crate) year: Option<FinancialYear>,
    /// Take over lines that the book has with another amount, day or project: reverse the old
    /// entry, record the new
    #[arg(long, conflicts_with = "keep_both")]
    pub(crate) accept_changes: bool,
    /// Record such lines, and those whose entries were reversed, beside what the book has, as
    /// further payments
    #[arg(long)]
    pub(crate) keep_both: bool,
    /// Leave bad lines out, and write them with the reasons to EXTRACT-refused.csv, to be mended
    /// and imported
    #[arg(long)]
    pub(crate) skip_bad: bool,
    /// Show what would be recorded, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) show: Answer,
}

impl ImportArgs {
    /// What is done with lines that the book has otherwise.
    pub(crate) fn changes(&self) -> Changes {
        match (self.accept_changes, self.keep_both) {
            (true, _) => Changes::Accept,
            (_, true) => Changes::KeepBoth,
            _ => Changes::Show,
        }
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct Paid {
    /// The project's ref
    pub(crate) project: String,
    /// Pounds and pence, such as 1,250.00
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
