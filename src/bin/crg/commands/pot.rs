use crate::context::Context;
use crate::failure::Stop;
use crate::options::YearQuery;
use crate::options::answer::Showing;
use clap::Args;
use crg::Book;

/// What is left in each pot, now and if every pending proposal is approved
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg pot
  crg pot 2025/26 --as-at 2025-07-23
  crg pot 2025/26 --format json")]
pub(crate) struct Pot {
    #[command(flatten)]
    asked: YearQuery,
}

impl Pot {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        self.asked.show(Showing::Answer, context, Book::pot)
    }
}
