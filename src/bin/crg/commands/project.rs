//! `crg project`. Commands that differ only in the kind of entry they record are here.

mod amend;
mod list;
mod move_award;
mod propose;
mod show;

use crate::context::Context;
use crate::failure::Stop;
use crate::options::write::ProjectOptions;
use clap::{Args, Subcommand};
use crg::Kind;
use crg::model::Column;

/// Projects, from proposal to outcome
#[derive(Debug, Subcommand)]
#[command(after_help = "Example:\n  crg project list 2025/26")]
pub(crate) enum Project {
    List(list::List),
    Show(show::Show),
    Propose(propose::Propose),
    Amend(amend::Amend),
    /// Record that the working group supports it, perhaps at another amount
    #[command(after_help = "Example:\n  crg project recommend P12 --on 2026-04-27")]
    Recommend(MaybeAmount),
    /// Record that the working group or the chair says no
    #[command(after_help = "Example:\n  crg project decline P12 --note \"Outside the priorities\"")]
    Decline(ProjectOptions),
    /// Record that the chair agrees
    #[command(after_help = "Example:\n  crg project endorse P12")]
    Endorse(ProjectOptions),
    /// Record that the business case goes to the OPCC
    #[command(after_help = "Example:\n  crg project submit P12 --amount 1,800")]
    Submit(MaybeAmount),
    /// Record the OPCC's award
    #[command(after_help = "Example:
  crg project approve P12 1,800 --on 2026-07-23 --reference \"OPCC letter\"")]
    Approve(Amount),
    /// Record that the OPCC says no
    #[command(after_help = "Example:
  crg project reject P12 --note \"Another fund pays for it\"")]
    Reject(ProjectOptions),
    /// Increase an award, with the OPCC's agreement
    #[command(after_help = "Example:
  crg project increase P12 150 --reference \"OPCC email of 3 Nov\"")]
    Increase(Amount),
    /// Reduce an award, with the OPCC's agreement
    #[command(after_help = "Example:
  crg project reduce P12 200 --reference \"OPCC email of 3 Nov\"")]
    Reduce(Amount),
    Move(move_award::MoveAward),
    /// End a proposal or award; what is unspent goes back to its pot
    #[command(after_help = "Example:
  crg project withdraw P12 --note \"The lead cannot deliver it\"")]
    Withdraw(ProjectOptions),
    /// Record that it is delivered; no more spend
    #[command(after_help = "Example:\n  crg project complete P12")]
    Complete(ProjectOptions),
    /// Record what has been done, in --note
    #[command(after_help = "Example:
  crg project progress P12 --note \"Two of five events held\"")]
    Progress(ProjectOptions),
    /// Record what was promised
    #[command(after_help = "Example:\n  crg project target P12 \"bikes marked\" 300")]
    Target(Measured),
    /// Record what has been achieved so far
    #[command(after_help = "Example:\n  crg project outcome P12 \"bikes marked\" 214")]
    Outcome(Measured),
    /// Record the lead's projection of spend to 31 March
    #[command(after_help = "Example:\n  crg project forecast P12 1,650")]
    Forecast(Amount),
}

impl Project {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let plain = |kind, project: &ProjectOptions| project.form(kind, context).record();
        match self {
            Project::List(list) => list.run(context),
            Project::Show(show) => show.run(context),
            Project::Propose(propose) => propose.run(context),
            Project::Amend(amend) => amend.run(context),
            Project::Recommend(given) => given.record(Kind::Recommend, context),
            Project::Decline(project) => plain(Kind::Decline, project),
            Project::Endorse(project) => plain(Kind::Endorse, project),
            Project::Submit(given) => given.record(Kind::Submit, context),
            Project::Approve(given) => given.record(Kind::Approve, context),
            Project::Reject(project) => plain(Kind::Reject, project),
            Project::Increase(given) => given.record(Kind::Increase, context),
            Project::Reduce(given) => given.record(Kind::Reduce, context),
            Project::Move(moved) => moved.run(context),
            Project::Withdraw(project) => plain(Kind::Withdraw, project),
            Project::Complete(project) => plain(Kind::Complete, project),
            Project::Progress(project) => plain(Kind::Progress, project),
            Project::Target(given) => given.record(Kind::Target, context),
            Project::Outcome(given) => given.record(Kind::Outcome, context),
            Project::Forecast(given) => given.record(Kind::Forecast, context),
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Amount {
    #[command(flatten)]
    project: ProjectOptions,
    /// Pounds and pence, such as 1,250.00
    amount: String,
}

impl Amount {
    fn record(&self, kind: Kind, context: &Context) -> Result<(), Stop> {
        let form = self.project.form(kind, context);
        form.set(Column::Amount, &self.amount).record()
    }
}

#[derive(Debug, Args)]
pub(crate) struct MaybeAmount {
    #[command(flatten)]
    project: ProjectOptions,
    /// The amount, if it is not the same as before
    #[arg(long, value_name = "AMOUNT")]
    amount: Option<String>,
}

impl MaybeAmount {
    fn record(&self, kind: Kind, context: &Context) -> Result<(), Stop> {
        let form = self.project.form(kind, context);
        form.set_if(Column::Amount, &self.amount).record()
    }
}

#[derive(Debug, Args)]
pub(crate) struct Measured {
    #[command(flatten)]
    project: ProjectOptions,
    /// What is counted
    measure: String,
    /// How many
    value: String,
}

impl Measured {
    fn record(&self, kind: Kind, context: &Context) -> Result<(), Stop> {
        self.project
            .form(kind, context)
            .set(Column::Measure, &self.measure)
            .set(Column::Value, &self.value)
            .record()
    }
}
