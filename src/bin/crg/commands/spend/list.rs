use crate::context::Context;
use crate::failure::Stop;
use crate::options::YearQuery;
use crate::options::answer::Showing;
use crate::options::find::FindOptions;
use clap::Args;

/// Every spend and refund of a year
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg spend list 2025/26 --project P05
  crg spend list 2025/26 --supplier acme --from 2025-06-01")]
pub(crate) struct List {
    #[command(flatten)]
    asked: YearQuery,
    #[command(flatten)]
    find: FindOptions,
}

impl List {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let filter = self.find.filter()?;
        self.asked
            .show(Showing::Answer, context, |book, year, lens| {
                book.find_spend(year, &filter, lens)
            })
    }
}
