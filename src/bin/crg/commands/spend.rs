//! `crg spend`. A payment and a refund differ only in the kind of entry, so both are here.

mod also_in;
mod import;
mod list;
mod refused_lines;
mod reserved;
mod waiting_lines;

use crate::context::Context;
use crate::failure::Stop;
use crate::options::write::ProjectOptions;
use clap::{Args, Subcommand};
use crg::Kind;
use crg::model::{Column, Source};

/// Spend and refunds
#[derive(Debug, Subcommand)]
#[command(defer = true)]
#[command(after_help = "Example:\n  crg spend list 2025/26")]
pub(crate) enum Spend {
    List(list::List),
    /// Record money spent by a project
    #[command(after_help = "Example:
  crg spend add P12 504.00 --supplier \"Smith & Sons\" --reference INV-0012 --on 2026-09-14
  crg spend add P12 500.00 --supplier \"Smith & Sons\" --accrued --on 2027-03-31

With --accrued the cost is of this year, and its invoice is still to come. When the ledger has the
invoice, crg spend import suggests that it replace the accrual; to do it by hand, use
crg correct ENTRY --paid.")]
    Add(Payment),
    /// Record money that came back to a project, such as a credit note
    #[command(after_help = "Example:
  crg spend refund P12 12.00 --supplier \"Smith & Sons\" --reference CN-0003")]
    Refund(Payment),
    Import(import::Import),
}

impl Spend {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        match self {
            Spend::List(list) => list.run(context),
            Spend::Add(payment) => payment.record(Kind::Spend, context),
            Spend::Refund(payment) => payment.record(Kind::Refund, context),
            Spend::Import(import) => import.run(context),
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Payment {
    #[command(flatten)]
    project: ProjectOptions,
    /// Pounds and pence, such as 1,250.00
    amount: String,
    /// Who was paid
    #[arg(long, value_name = "NAME")]
    supplier: Option<String>,
    /// Whether the amount is net (of VAT that the lead recovers) or gross
    #[arg(long, value_name = "net|gross")]
    vat: Option<String>,
    /// The cost category, such as venue hire
    #[arg(long, value_name = "CATEGORY")]
    category: Option<String>,
    /// Its invoice or credit note is still to come
    #[arg(long)]
    accrued: bool,
}

impl Payment {
    fn record(&self, kind: Kind, context: &Context) -> Result<(), Stop> {
        let form = self
            .project
            .form(kind, context)
            .set(Column::Amount, &self.amount)
            .set_if(Column::Supplier, &self.supplier)
            .set_if(Column::Vat, &self.vat)
            .set_if(Column::Measure, &self.category);
        if self.accrued {
            form.set(Column::Value, Source::Accrued.as_str()).record()
        } else {
            form.record()
        }
    }
}
