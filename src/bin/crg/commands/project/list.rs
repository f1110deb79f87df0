//! `crg project list`.

use clap::Args;

use crate::context::Context;
use crate::failure::Stop;
use crate::options::query::YearQuery;

/// Every project of a year
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  crg project list 2025/26")]
pub(crate) struct List {
    #[command(flatten)]
    asked: YearQuery,
}

impl List {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let year = self.asked.year(context);
        self.asked
            .query
            .answer(context, |book, lens| book.projects(year, lens))?;
        Ok(())
    }
}
