use crate::context::Context;
use crate::failure::Stop;
use crate::options::write::ConfirmOptions;
use crate::recording::confirm_file;
use clap::Args;
use crg::report::DumpReport;
use std::path::PathBuf;

/// Write the whole book as CSV files that crg load reads
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  crg dump backup-2026-03-31")]
pub(crate) struct Dump {
    /// The folder; made if it does not exist
    folder: PathBuf,
    #[command(flatten)]
    confirm: ConfirmOptions,
}

impl Dump {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let count = context.open()?.dump(&self.folder)?;
        let words = format!("Wrote {count} entries to {}.\n", self.folder.display());
        let report = DumpReport::new(context.book.display(), self.folder.display(), count);
        confirm_file(self.confirm.confirmation(), &report, &words, context);
        Ok(())
    }
}
