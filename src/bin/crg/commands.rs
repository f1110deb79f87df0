//! The commands, in the order of the help. Each has one file, with its arguments and what it does.

mod backup;
mod check;
mod compare;
mod demo;
mod dump;
mod export;
mod init;
mod load;
mod log;
mod page;
mod pot;
mod project;
mod reconcile;
mod report;
mod reverse;
mod spend;
mod status;
mod upgrade;
mod year;

use clap::Subcommand;

use crate::context::Context;
use crate::failure::Stop;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Pot(pot::Pot),
    Page(page::Page),
    Status(status::Status),
    #[command(subcommand)]
    Year(year::Year),
    #[command(subcommand)]
    Project(project::Project),
    #[command(subcommand)]
    Spend(spend::Spend),
    #[command(subcommand)]
    Report(report::Report),
    Reconcile(reconcile::Reconcile),
    Check(check::Check),
    Log(log::Log),
    Reverse(reverse::Reverse),
    Load(load::Load),
    Dump(dump::Dump),
    #[command(subcommand)]
    Export(export::Export),
    Backup(backup::Backup),
    Upgrade(upgrade::Upgrade),
    Compare(compare::Compare),
    Init(init::Init),
    Demo(demo::Demo),
}

impl Command {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        match self {
            Command::Pot(pot) => pot.run(context),
            Command::Page(page) => page.run(context),
            Command::Status(status) => status.run(context),
            Command::Year(year) => year.run(context),
            Command::Project(project) => project.run(context),
            Command::Spend(spend) => spend.run(context),
            Command::Report(report) => report.run(context),
            Command::Reconcile(reconcile) => reconcile.run(context),
            Command::Check(check) => check.run(context),
            Command::Log(log) => log.run(context),
            Command::Reverse(reverse) => reverse.run(context),
            Command::Load(load) => load.run(context),
            Command::Dump(dump) => dump.run(context),
            Command::Export(export) => export.run(context),
            Command::Backup(backup) => backup.run(context),
            Command::Upgrade(upgrade) => upgrade.run(context),
            Command::Compare(compare) => compare.run(context),
            Command::Init(init) => init.run(context),
            Command::Demo(demo) => demo.run(context),
        }
    }
}
