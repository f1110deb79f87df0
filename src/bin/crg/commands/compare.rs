use crg::report::Kinship;

use crate::context::Context;
use crate::failure::{Exit, Stop};
use crate::options::answer::{AnswerOptions, Showing};
use clap::Args;
use crg::{Access, Book};
use std::path::PathBuf;

/// Compare two copies of a book: the same, one ahead, or where they fork
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  crg compare crg.db backups/crg-20260511-093000.db")]
pub(crate) struct Compare {
    /// One copy
    a: PathBuf,
    /// The other copy
    b: PathBuf,
    #[command(flatten)]
    answer: AnswerOptions,
}

impl Compare {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let [a, b] = [&self.a, &self.b].map(|path| Book::open(path, Access::Read));
        let (a, b) = (a?, b?);
        let mut report = a.compare(&b)?;
        let origin = Some(a.origin(&report, None)?);
        // Named as they were asked for.
        report.a.file = self.a.display().to_string();
        report.b.file = self.b.display().to_string();
        self.answer
            .show(Showing::Answer, &report, origin, context)?;
        match report.kinship {
            Kinship::Same => Ok(()),
            _ => Err(Stop::Silent(Exit::Refused)),
        }
    }
}
