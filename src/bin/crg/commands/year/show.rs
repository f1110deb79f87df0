//! `crg year show`.

use clap::Args;

use crate::context::Context;
use crate::failure::Stop;
use crate::options::query::YearQuery;

/// Where the allocation is, line by line, and the cash
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  crg year show 2025/26 --as-at 2026-03-31")]
pub(crate) struct Show {
    #[command(flatten)]
    asked: YearQuery,
}

impl Show {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let year = self.asked.year(context);
        self.asked
            .query
            .answer(context, |book, lens| book.year(year, lens))?;
        Ok(())
    }
}
