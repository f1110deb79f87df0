use crate::context::Context;
use crate::failure::{Failure, Stop};
use crate::hint::command;
use crate::options::projects::ProjectAmounts;
use clap::Args;
use crg::model::Column;
use crg::{Kind, Pot};

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
    /// Not amended: it is corrected where it was proposed
    #[arg(long, hide = true)]
    pot: Option<Pot>,
}

impl Amend {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let pairs = self.projects.pairs(context)?;
        if let (Some(pot), [first, ..]) = (self.pot, &pairs[..]) {
            return Err(pot_is_corrected(pot, &first.project).into());
        }
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

/// The failure of amending a pot: everything that was recorded about the project goes with it.
fn pot_is_corrected(pot: Pot, project: &str) -> Failure {
    let find = command!("log --project {} --kind propose", project);
    let correct = command!("correct ENTRY --pot {}", pot);
    let message = "the pot of a project is not amended; correct the entry that proposed it";
    Failure::command_line(message)
        .with(find.because("to find its number"))
        .with(correct.because("to correct it, with all that was recorded about the project"))
}
