use crate::context::Context;
use crate::failure::Stop;
use crate::options::NamedYearQuery;
use clap::Args;

/// The statement that goes with a payment of underspend to the OPCC
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg report remittance 2025/26
  crg report remittance 2025/26 --reference \"BACS 5512\" --format md --output remittance.md")]
pub(crate) struct Remittance {
    #[command(flatten)]
    asked: NamedYearQuery,
    /// The payment's reference; defaults to every payment of the year
    #[arg(long, value_name = "PAYMENT")]
    reference: Option<String>,
}

impl Remittance {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let reference = self.reference.as_deref();
        self.asked.paper(context, |book, year, lens| {
            book.remittance(year, reference, lens)
        })
    }
}
