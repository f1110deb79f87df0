use crate::context::Context;
use crate::failure::Stop;
use crate::options::write::WriteOptions;
use clap::Args;
use crg::model::Column;
use crg::{FinancialYear, Kind};

/// Record that a priority, or a whole scheme, ends with a year
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg priority end 2026/27 CRG-RETAIL
  crg priority end 2026/27 --scheme \"CRG areas 2025/26\"")]
pub(crate) struct End {
    /// The last grant year in which it is in force
    year: FinancialYear,
    #[command(flatten)]
    ending: Ending,
    #[command(flatten)]
    write: WriteOptions,
}

/// What ends: one of the two.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Ending {
    /// The priority's code
    code: Option<String>,
    /// The scheme, with all of its priorities
    #[arg(long, value_name = "NAME")]
    scheme: Option<String>,
}

impl End {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let scheme = self.scheme(context)?;
        let form = self.write.form(Kind::Scheme, self.year, context);
        let form = form.set(Column::Measure, &scheme);
        let form = form.set_if(Column::Priorities, &self.ending.code);
        form.set(Column::Value, "ends").record()
    }

    /// The scheme that ends, or that of the priority that ends. Both must be in force.
    fn scheme(&self, context: &Context) -> Result<String, Stop> {
        let book = context.open()?;
        if let Some(code) = &self.ending.code {
            return Ok(book.priority(self.year, code)?.scheme);
        }
        let scheme = self.ending.scheme.clone().unwrap_or_default();
        book.has_scheme(self.year, &scheme)?;
        Ok(scheme)
    }
}
