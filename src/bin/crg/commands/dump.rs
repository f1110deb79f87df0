use crate::context::Context;
use crate::failure::Stop;
use clap::Args;
use std::path::PathBuf;

/// Write the whole book as CSV files that crg load reads
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  crg dump backup-2026-03-31")]
pub(crate) struct Dump {
    /// The folder; made if it does not exist
    folder: PathBuf,
}

impl Dump {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let count = context.open()?.dump(&self.folder)?;
        let folder = self.folder.display();
        context
            .output
            .confirm(&format!("Wrote {count} entries to {folder}.\n"));
        Ok(())
    }
}
