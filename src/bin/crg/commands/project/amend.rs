use crate::context::Context;
use crate::failure::Stop;
use crate::options::write::ProjectOptions;
use clap::Args;
use crg::Kind;
use crg::model::Column;

/// Correct a proposal
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  crg project amend P12 --amount 1,800 --note \"Smaller order\"")]
pub(crate) struct Amend {
    #[command(flatten)]
    project: ProjectOptions,
    /// The amount it asks for, before approval
    #[arg(long, value_name = "AMOUNT")]
    amount: Option<String>,
    /// The project's title
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// The agency that delivers it
    #[arg(long, value_name = "AGENCY")]
    lead: Option<String>,
    /// Codes of the priorities it serves, separated by ;
    #[arg(long, value_name = "CODES")]
    priorities: Option<String>,
}

impl Amend {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        self.project
            .form(Kind::Amend, context)
            .set_if(Column::Amount, &self.amount)
            .set_if(Column::Title, &self.title)
            .set_if(Column::Lead, &self.lead)
            .set_if(Column::Priorities, &self.priorities)
            .record()
    }
}
