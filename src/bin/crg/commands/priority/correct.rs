use crate::context::Context;
use crate::failure::Stop;
use crate::options::write::WriteOptions;
use clap::Args;
use crg::model::Column;
use crg::{FinancialYear, Kind};

/// Record another name for a priority, from a year on
#[derive(Debug, Args)]
#[command(after_help = "Example:
  crg priority correct 2026/27 CRG-RETAIL \"Retail and business crime\"")]
pub(crate) struct Correct {
    /// The first grant year with that name
    year: FinancialYear,
    /// The priority's code
    code: String,
    /// Its name
    name: String,
    #[command(flatten)]
    write: WriteOptions,
}

impl Correct {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let priority = context.open()?.priority(self.year, &self.code)?;
        let form = self.write.form(Kind::Scheme, self.year, context);
        let form = form.set(Column::Measure, &priority.scheme);
        let form = form.set(Column::Priorities, &self.code);
        let form = form.set(Column::Title, &self.name);
        form.set(Column::Value, "begins").record()
    }
}
