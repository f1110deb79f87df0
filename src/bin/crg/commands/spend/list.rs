use crate::context::Context;
use crate::failure::Stop;
use crate::options::YearQuery;
use crate::options::answer::Showing;
use clap::Args;
use crg::ProjectRef;

/// Every spend and refund of a year
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  crg spend list 2025/26 --project P05")]
pub(crate) struct List {
    #[command(flatten)]
    asked: YearQuery,
    /// Only this project
    #[arg(long, value_name = "PROJECT")]
    project: Option<ProjectRef>,
}

impl List {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        self.asked
            .show(Showing::Answer, context, |book, year, lens| {
                book.spend(year, self.project.as_ref(), lens)
            })
    }
}
