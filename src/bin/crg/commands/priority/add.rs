use crate::context::Context;
use crate::failure::Stop;
use crate::options::write::WriteOptions;
use clap::Args;
use crg::model::Column;
use crg::{FinancialYear, Kind};

/// Record that a priority begins
#[derive(Debug, Args)]
#[command(after_help = "Example:
  crg priority add 2026/27 CRG-VEHICLE \"Vehicle crime\" --scheme \"CRG areas 2026/27\"")]
pub(crate) struct Add {
    /// The first grant year in which it is in force
    year: FinancialYear,
    /// Its code, by which projects name it: capital letters, digits and hyphens
    code: String,
    /// Its name
    name: String,
    /// The scheme that it belongs to
    #[arg(long, value_name = "NAME")]
    scheme: String,
    #[command(flatten)]
    write: WriteOptions,
}

impl Add {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        context.open()?.has_no_priority(self.year, &self.code)?;
        let form = self.write.form(Kind::Scheme, self.year, context);
        let form = form.set(Column::Measure, &self.scheme);
        let form = form.set(Column::Priorities, &self.code);
        let form = form.set(Column::Title, &self.name);
        form.set(Column::Value, "begins").record()
    }
}
