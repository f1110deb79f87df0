use crate::context::Context;
use crate::failure::Stop;
use crate::options::YearQuery;
use crate::options::answer::Showing;
use clap::Args;
use crg::model::{Pot, Stage};
use crg::report::ProjectFilter;

/// Every project of a year
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  crg project list 2025/26")]
pub(crate) struct List {
    #[command(flatten)]
    asked: YearQuery,
    /// Only those with this status, such as approved
    #[arg(long, value_name = "STATUS")]
    status: Option<Stage>,
    /// Only those of this pot
    #[arg(long, value_name = "POT")]
    pot: Option<Pot>,
    /// Only those whose lead has this in its name
    #[arg(long, value_name = "NAME")]
    lead: Option<String>,
}

impl List {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let filter = ProjectFilter {
            status: self.status,
            pot: self.pot,
            lead: self.lead.clone(),
        };
        self.asked
            .show(Showing::Answer, context, |book, year, lens| {
                book.find_projects(year, &filter, lens)
            })
    }
}
