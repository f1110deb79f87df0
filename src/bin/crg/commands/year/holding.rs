use crate::context::Context;
use crate::failure::Stop;
use crate::options::write::WriteOptions;
use clap::Args;
use crg::model::Column;
use crg::{FinancialYear, Kind};

// An amount that one pot or project has, or had.
#[derive(Debug, Args)]
pub(crate) struct Holding {
    /// The grant year
    year: FinancialYear,
    /// Pounds and pence, such as 1,250.00
    #[arg(requires = "Holder")]
    amount: String,
    #[command(flatten)]
    holder: Holder,
    #[command(flatten)]
    write: WriteOptions,
}

// Who holds the money: one of the two.
#[derive(Debug, Args)]
#[group(multiple = false, requires = "amount")]
pub(super) struct Holder {
    /// The pot whose uncommitted money it is
    #[arg(long, value_name = "POT")]
    pub(super) pot: Option<String>,
    /// The project whose award it is
    #[arg(long, value_name = "PROJECT")]
    pub(super) project: Option<String>,
}

impl Holding {
    pub(super) fn record(&self, kind: Kind, context: &Context) -> Result<(), Stop> {
        self.write
            .form(kind, self.year, context)
            .set(Column::Amount, &self.amount)
            .set_if(Column::Pot, &self.holder.pot)
            .set_if(Column::Project, &self.holder.project)
            .record()
    }
}
