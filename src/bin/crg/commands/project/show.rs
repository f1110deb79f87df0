use crate::context::Context;
use crate::failure::Stop;
use crate::options::QueryOptions;
use crate::options::answer::Showing;
use clap::Args;
use crg::{Book, FinancialYear, ProjectRef};

/// One project, with everything recorded about it
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  crg project show P05 --year 2025/26")]
pub(crate) struct Show {
    /// The project's ref
    project: ProjectRef,
    /// The grant year; defaults to the year containing the date
    #[arg(long, value_name = "YEAR")]
    year: Option<FinancialYear>,
    #[command(flatten)]
    query: QueryOptions,
}

impl Show {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let year = self.query.year(self.year, context);
        let question = |book: &Book, lens| book.project(year, &self.project, lens);
        self.query
            .show(Showing::Answer, context, question)
            .map(drop)
    }
}
