use crate::context::Context;
use crate::failure::Stop;
use crate::options::write::ProjectOptions;
use clap::Args;
use crg::Kind;
use crg::model::Column;

/// Record a new proposal
#[derive(Debug, Args)]
#[command(after_help = "Example:
  crg project propose P12 --pot tactical --amount 2,000 --title \"Bike marking\" \\
      --lead \"Kent Police\" --priorities \"PCP-PROPERTY;CSA26-1\"")]
pub(crate) struct Propose {
    #[command(flatten)]
    project: ProjectOptions,
    /// upfront or tactical
    #[arg(long, value_name = "POT")]
    pot: String,
    /// The amount it asks for
    #[arg(long, value_name = "AMOUNT")]
    amount: String,
    /// The project's title
    #[arg(long, value_name = "TEXT")]
    title: String,
    /// The agency that delivers it
    #[arg(long, value_name = "AGENCY")]
    lead: String,
    /// Codes of the priorities it serves, separated by ;
    #[arg(long, value_name = "CODES")]
    priorities: Option<String>,
}

impl Propose {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        self.project
            .form(Kind::Propose, context)
            .set(Column::Pot, &self.pot)
            .set(Column::Amount, &self.amount)
            .set(Column::Title, &self.title)
            .set(Column::Lead, &self.lead)
            .set_if(Column::Priorities, &self.priorities)
            .record()
    }
}
