//! `crg priority`: a priority scheme begins, ends and is corrected by the journal.

mod add;
mod correct;
mod end;
mod list;

use crate::context::Context;
use crate::failure::Stop;
use clap::Subcommand;

/// Begin, rename and end the priorities that projects serve
#[derive(Debug, Subcommand)]
#[command(defer = true)]
#[command(after_help = "Example:\n  crg priority end 2026/27 CRG-RETAIL")]
pub(crate) enum Priority {
    List(list::List),
    Add(add::Add),
    Correct(correct::Correct),
    End(end::End),
}

impl Priority {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        match self {
            Priority::List(list) => list.run(context),
            Priority::Add(add) => add.run(context),
            Priority::Correct(correct) => correct.run(context),
            Priority::End(end) => end.run(context),
        }
    }
}
