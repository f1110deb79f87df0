use crate::context::Context;
use crate::failure::{Failure, Stop};
use crate::options::projects::ProjectAmounts;
use clap::Args;
use crg::Kind;
use crg::model::Column;

/// Correct proposals
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg project amend P12 --amount 1,800 --note \"Smaller order\"
  crg project amend P12 P13 --priorities \"PCP-PROPERTY;CSA26-1\"")]
pub(crate) struct Amend {
    #[command(flatten)]
    projects: ProjectAmounts,
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
        let pairs = self.projects.pairs(context)?;
        if self.title.is_some() && pairs.len() > 1 {
            let message = "--title is for one project; amend the titles one by one";
            return Err(Failure::command_line(message).into());
        }
        let decision = &self.projects.decision;
        decision.record(Kind::Amend, &pairs, context, |form| {
            form.set_if(Column::Title, &self.title)
                .set_if(Column::Lead, &self.lead)
                .set_if(Column::Priorities, &self.priorities)
        })
    }
}
