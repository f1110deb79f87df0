use crate::context::Context;
use crate::failure::Stop;
use crate::options::NamedYearQuery;
use crate::options::settings::SettingsOptions;
use clap::Args;
use crg::report::{CertifiedReport, Declaration, ReturnPaper};

/// The statement that goes with a payment of underspend to the OPCC
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg report remittance 2025/26
  crg report remittance 2025/26 --reference \"BACS 5512\" --format docx --output remittance.docx

The statement of one payment is dated by that payment, and has the figures that stood when it was
recorded, however late it is printed; what was paid or repaid after it is listed as later.")]
pub(crate) struct Remittance {
    #[command(flatten)]
    asked: NamedYearQuery,
    /// The payment's reference; defaults to every payment of the year
    #[arg(long, value_name = "PAYMENT")]
    reference: Option<String>,
    #[command(flatten)]
    settings: SettingsOptions,
}

impl Remittance {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let reference = self.reference.as_deref();
        let settings = self.settings.read(context)?.unwrap_or_default();
        self.asked.paper(context, |book, year, lens| {
            let statement = book.remittance(year, reference, lens)?;
            // Only the statement of all payments is certified.
            let declaration = match reference {
                None => book.declaration(CertifiedReport::Remittance, year, lens)?,
                Some(_) => Declaration::unsigned(CertifiedReport::Remittance),
            };
            Ok(ReturnPaper::new(statement, declaration, settings))
        })
    }
}
