//! `crg spend`.

use clap::Subcommand;
use crg::id::ProjectRef;
use crg::year::FinancialYear;

use crate::ask::Ask;
use crate::draft::{InYear, Write};

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
