use crate::context::Context;
use crate::failure::Stop;
use crate::options::YearQuery;
use crate::options::answer::Showing;
use clap::Args;
use crg::Book;

/// The chair's page: what is left, what is late, what waits, where the money went
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg page 2025/26 --output page.html --open
  crg page 2025/26 --as-at 2025-11-30 --output november.html
  crg page 2025/26

With --output it is one HTML file with charts that needs nothing else: send it, print it, or paste
from it. Without --output it is printed here.")]
pub(crate) struct Page {
    #[command(flatten)]
    asked: YearQuery,
}

impl Page {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        self.asked.show(Showing::Page, context, Book::page)
    }
}
