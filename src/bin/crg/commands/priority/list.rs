use crate::context::Context;
use crate::failure::Stop;
use crate::options::YearQuery;
use crate::options::answer::Showing;
use clap::Args;
use crg::Book;

/// The priorities in force in a year, by scheme and code
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  crg priority list 2025/26")]
pub(crate) struct List {
    #[command(flatten)]
    asked: YearQuery,
}

impl List {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        self.asked
            .show(Showing::Answer, context, Book::priority_list)
    }
}
