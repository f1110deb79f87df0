//! `crg project`. Commands that differ only in the kind of entry they record are here.

mod amend;
mod import;
mod list;
mod move_award;
mod propose;
mod show;

use crate::context::Context;
use crate::failure::Stop;
use crate::options::detail::Detail;
use crate::options::projects::{ProjectAmounts, Projects};
use crate::options::write::ProjectOptions;
use clap::{Args, Subcommand};
use crg::Kind;
use crg::model::Column;

/// Projects, from proposal to outcome
#[derive(Debug, Subcommand)]
#[command(defer = true)]
#[command(after_help = "Example:\n  crg project list 2025/26")]
pub(crate) enum Project {
    List(list::List),
    Show(show::Show),
    Propose(propose::Propose),
    Amend(amend::Amend),
    Import(import::Import),
    /// Record that the working group supports it, perhaps at another amount
    #[command(after_help = "Examples:
  crg project recommend P12 --on 2026-04-27
  crg project recommend P12 P13=900 P14 --on 2026-04-27")]
    Recommend(ProjectAmounts),
    /// Record that the working group or the chair says no
    #[command(after_help = "Example:\n  crg project decline P12 --note \"Outside the priorities\"")]
    Decline(Projects),
    /// Record that the chair agrees
    #[command(after_help = "Example:\n  crg project endorse P12 P13 P14")]
    Endorse(Projects),
    /// Record that the business case goes to the OPCC
    #[command(after_help = "Example:\n  crg project submit P12=1,800 P13")]
    Submit(ProjectAmounts),
    /// Record the OPCC's award; without an amount, what was submitted
    #[command(after_help = "Examples:
  crg project approve P12 1,800 --on 2026-07-23 --reference \"OPCC letter\"
  crg project approve P12=1,800 P13 P14 --on 2026-07-23 --reference \"OPCC letter\"")]
    Approve(ProjectAmounts),
    /// Record that the OPCC says no
    #[command(after_help = "Example:
  crg project reject P12 --note \"Another fund pays for it\"")]
    Reject(Projects),
    /// Increase an award, with the OPCC's agreement
    #[command(after_help = "Example:
  crg project increase P12 150 --reference \"OPCC email of 3 Nov\"")]
    Increase(ProjectAmounts),
    /// Reduce an award, with the OPCC's agreement
    #[command(after_help = "Example:
  crg project reduce P12 200 --reference \"OPCC email of 3 Nov\"")]
    Reduce(ProjectAmounts),
    Move(move_award::MoveAward),
    /// End a proposal or award; what is unspent goes back to its pot
    #[command(after_help = "Example:
  crg project withdraw P12 --note \"The lead cannot deliver it\"")]
    Withdraw(Projects),
    /// Record that it is delivered; no more spend
    #[command(after_help = "Example:\n  crg project complete P12")]
    Complete(Projects),
    /// Record what has been done, in --note
    #[command(after_help = "Example:
  crg project progress P12 --note \"Two of five events held\"")]
    Progress(Projects),
    /// Record a fact about it that a duty of publication asks for
    #[command(after_help = "Example:
  crg project detail P12 purpose \"Fewer bicycle thefts at stations\"")]
    Detail(ProjectDetail),
    /// Record what was promised
    #[command(after_help = "Example:\n  crg project target P12 \"bikes marked\" 300")]
    Target(Measured),
    /// Record what has been achieved so far
    #[command(after_help = "Example:\n  crg project outcome P12 \"bikes marked\" 214")]
    Outcome(Measured),
    /// Record the lead's projection of spend to 31 March
    #[command(after_help = "Example:\n  crg project forecast P12 1,650")]
    Forecast(ProjectAmounts),
}

impl Project {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        match self {
            Project::List(list) => list.run(context),
            Project::Show(show) => show.run(context),
            Project::Propose(propose) => propose.run(context),
            Project::Amend(amend) => amend.run(context),
            Project::Import(import) => import.run(context),
            Project::Recommend(given) => given.record(Kind::Recommend, context),
            Project::Decline(projects) => projects.record(Kind::Decline, context),
            Project::Endorse(projects) => projects.record(Kind::Endorse, context),
            Project::Submit(given) => given.record(Kind::Submit, context),
            Project::Approve(given) => given.record(Kind::Approve, context),
            Project::Reject(projects) => projects.record(Kind::Reject, context),
            Project::Increase(given) => given.record(Kind::Increase, context),
            Project::Reduce(given) => given.record(Kind::Reduce, context),
            Project::Move(moved) => moved.run(context),
            Project::Withdraw(projects) => projects.record(Kind::Withdraw, context),
            Project::Complete(projects) => projects.record(Kind::Complete, context),
            Project::Progress(projects) => projects.record(Kind::Progress, context),
            Project::Detail(detail) => detail.record(context),
            Project::Target(given) => given.record(Kind::Target, context),
            Project::Outcome(given) => given.record(Kind::Outcome, context),
            Project::Forecast(given) => given.record(Kind::Forecast, context),
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct ProjectDetail {
    #[command(flatten)]
    project: ProjectOptions,
    #[command(flatten)]
    detail: Detail,
}

impl ProjectDetail {
    fn record(&self, context: &Context) -> Result<(), Stop> {
        self.detail
            .fill_in(
                self.project.form(Kind::Detail, context),
                &self.detail.text(),
            )
            .record()
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
