//! The commands, in the order of the help. Each has one file, with its arguments and what it does.

mod backup;
mod certify;
mod check;
mod compare;
mod completions;
mod correct;
mod demo;
mod document;
mod due;
mod dump;
mod export;
pub(crate) mod help;
mod init;
mod load;
mod log;
mod man;
mod page;
mod pot;
mod priority;
mod project;
mod reconcile;
mod report;
mod reverse;
mod schema;
#[cfg(feature = "desk")]
mod serve;
mod spend;
mod status;
mod template;
mod upgrade;
mod year;

use clap::Subcommand;

use crate::context::Context;
use crate::failure::Stop;

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Command {
    Pot(pot::Pot),
    Page(page::Page),
    #[cfg(feature = "desk")]
    Serve(serve::Serve),
    Status(status::Status),
    Due(due::Due),
    #[command(subcommand)]
    Document(document::Document),
    #[command(subcommand)]
    Year(year::Year),
    #[command(subcommand)]
    Project(project::Project),
    #[command(subcommand)]
    Priority(priority::Priority),
    #[command(subcommand)]
    Spend(spend::Spend),
    #[command(subcommand)]
    Report(report::Report),
    Reconcile(reconcile::Reconcile),
    Certify(certify::Certify),
    Check(check::Check),
    Log(log::Log),
    Reverse(reverse::Reverse),
    Correct(correct::Correct),
    Template(template::Template),
    Load(load::Load),
    Dump(dump::Dump),
    #[command(subcommand)]
    Export(export::Export),
    Schema(schema::Schema),
    Backup(backup::Backup),
    Upgrade(upgrade::Upgrade),
    Compare(compare::Compare),
    Init(init::Init),
    Demo(demo::Demo),
    Completions(completions::Completions),
    Man(man::Man),
    Help(help::Help),
}

impl Command {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        macro_rules! run {
            ($($name:ident)*) => {
                match self {
                    $(Command::$name(it) => it.run(context),)*
                    #[cfg(feature = "desk")]
                    Command::Serve(it) => it.run(context),
                }
            };
        }
        run!(Pot Page Status Due Document Year Project Priority Spend Report Reconcile Certify
            Check Log Reverse Correct Template Load Dump Export Schema Backup Upgrade Compare Init
            Demo Completions Man Help)
    }
}
