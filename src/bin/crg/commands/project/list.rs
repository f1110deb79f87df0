use crate::context::Context;
use crate::failure::Stop;
use crate::options::YearQuery;
use crate::options::answer::Showing;
use clap::Args;
use crg::Book;

/// Every project of a year
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  crg project list 2025/26")]
pub(crate) struct List {
    #[command(flatten)]
    asked: YearQuery,
}

impl List {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        self.asked.show(Showing::Answer, context, Book::projects)
    }
}
