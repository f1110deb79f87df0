use crate::context::Context;
use crate::failure::Stop;
use crate::options::YearQuery;
use crate::options::answer::Showing;
use clap::Args;
use crg::Book;

/// Where the allocation is, line by line, and the cash
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  crg year show 2025/26 --as-at 2026-03-31")]
pub(crate) struct Show {
    #[command(flatten)]
    asked: YearQuery,
}

impl Show {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        self.asked.show(Showing::Answer, context, Book::year)
    }
}
