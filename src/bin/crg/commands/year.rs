//! `crg year`. Commands that differ only in the kind of entry they record are here.

mod holding;
mod name;
mod open;
mod returns;
mod show;

use crate::context::Context;
use crate::failure::Stop;
use crate::options::detail::Detail;
use crate::options::write::Form;
use crate::options::write::WriteOptions;
use clap::{Args, Subcommand};
use crg::model::Column;
use crg::{FinancialYear, Kind};

/// Open, confirm, show and close a grant year
#[derive(Debug, Subcommand)]
#[command(defer = true)]
#[command(after_help = "Example:\n  crg year show 2025/26")]
pub(crate) enum Year {
    Show(show::Show),
    Open(open::Open),
    /// Record a fact about the grant that a duty of publication asks for
    #[command(after_help = "Example:
  crg year detail 2025/26 grant-reference \"OPCC/CRG/25\"")]
    Detail(YearDetail),
    Name(name::Name),
    /// Record a further allocation to a pot
    #[command(after_help = "Example:
  crg year allocate 2026/27 500 --pot tactical --reference \"OPCC letter\"")]
    Allocate(Allocation),
    /// Record the OPCC's formal confirmation
    #[command(after_help = "Example:
  crg year confirm 2026/27 --reference \"SUMs portal approval\"")]
    Confirm(Step),
    /// Record that the OPCC takes back part of an allocation
    #[command(after_help = "Example:
  crg year cut 2026/27 1000 --pot tactical --reference \"OPCC letter\"")]
    Cut(Allocation),
    /// Move what is left upfront to the tactical pot, and open that pot
    #[command(after_help = "Example:\n  crg year release 2026/27 --on 2026-07-23")]
    Release(Step),
    /// Record cash received from the OPCC
    #[command(after_help = "Example:\n  crg year receive 2026/27 19800 --reference \"BACS 4471\"")]
    Receive(Receipt),
    Return(returns::Return),
    /// Record that the OPCC pays back part of a return, for a late invoice
    #[command(after_help = "Examples:
  crg year repay 2025/26 120 --project M01 --reference \"BACS 7002\"
  crg year repay 2025/26 120 --pot tactical --reference \"BACS 7002\"

A pot or project gets back at most what it returned. For a late invoice of another project, repay
the pot that returned the money, then increase the project's award: crg project increase.")]
    Repay(holding::Holding),
    /// Record underspend that the OPCC had not paid out, and keeps
    #[command(after_help = "Example:
  crg year lapse 2025/26 5,000 --pot tactical --reference \"OPCC letter\"

To return all that was paid out and record the rest as lapsed: crg year return --lapse.")]
    Lapse(holding::Holding),
    /// Close the year when all its money is spent or returned
    #[command(after_help = "Example:\n  crg year close 2025/26 --on 2026-04-30")]
    Close(Step),
    /// Reopen a closed year, with the reason in --note
    #[command(after_help = "Example:
  crg year reopen 2025/26 --note \"Late credit note of £12.00\"")]
    Reopen(Step),
}

impl Year {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        match self {
            Year::Show(show) => show.run(context),
            Year::Open(open) => open.run(context),
            Year::Detail(detail) => detail.record(context),
            Year::Name(name) => name.run(context),
            Year::Allocate(allocation) => allocation.record(Kind::Allocate, context),
            Year::Confirm(step) => step.form(Kind::Confirm, context).record(),
            Year::Cut(allocation) => allocation.record(Kind::Cut, context),
            Year::Release(step) => step.form(Kind::Release, context).record(),
            Year::Receive(receipt) => receipt.record(context),
            Year::Return(returned) => returned.run(context),
            Year::Repay(holding) => holding.record(Kind::Repay, context),
            Year::Lapse(holding) => holding.record(Kind::Lapse, context),
            Year::Close(step) => step.form(Kind::Close, context).record(),
            Year::Reopen(step) => step.form(Kind::Reopen, context).record(),
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Step {
    /// The grant year
    year: FinancialYear,
    #[command(flatten)]
    write: WriteOptions,
}

impl Step {
    fn form<'a>(&'a self, kind: Kind, context: &'a Context) -> Form<'a> {
        self.write.form(kind, self.year, context)
    }
}

#[derive(Debug, Args)]
pub(crate) struct YearDetail {
    #[command(flatten)]
    step: Step,
    #[command(flatten)]
    detail: Detail,
}

impl YearDetail {
    fn record(&self, context: &Context) -> Result<(), Stop> {
        self.detail
            .fill_in(self.step.form(Kind::Detail, context), &self.detail.text())
            .record()
    }
}

#[derive(Debug, Args)]
pub(crate) struct Receipt {
    #[command(flatten)]
    step: Step,
    /// Pounds and pence, such as 1,250.00
    amount: String,
}

impl Receipt {
    fn record(&self, context: &Context) -> Result<(), Stop> {
        let form = self.step.form(Kind::Receive, context);
        form.set(Column::Amount, &self.amount).record()
    }
}

#[derive(Debug, Args)]
pub(crate) struct Allocation {
    #[command(flatten)]
    step: Step,
    /// Pounds and pence, such as 1,250.00
    amount: String,
    /// upfront or tactical
    #[arg(long, value_name = "POT")]
    pot: String,
}

impl Allocation {
    fn record(&self, kind: Kind, context: &Context) -> Result<(), Stop> {
        let form = self
            .step
            .form(kind, context)
            .set(Column::Amount, &self.amount);
        form.set(Column::Pot, &self.pot).record()
    }
}
