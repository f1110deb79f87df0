use crate::context::Context;
use crate::failure::Stop;
use crate::options::write::ConfirmOptions;
use crate::recording::confirm_file;
use crate::safety_copy;
use clap::Args;
use crg::book::SafetyCopy;
use crg::report::BackupReport;
use std::path::PathBuf;

/// Make a dated safety copy and check all of it
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg backup
  crg backup --to /mnt/share/backups")]
pub(crate) struct Backup {
    /// The folder for it; defaults to the book's folder
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
    /// Write over an earlier copy of the same name; any other file is left as it is
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    confirm: ConfirmOptions,
}

impl Backup {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let file = safety_copy::name(&context.book, context.now);
        let path = match &self.to {
            Some(folder) => folder.join(file),
            None => context.book.with_file_name(file),
        };
        let book = context.open()?;
        let made = if self.replace {
            book.back_up_again(&path)?
        } else {
            book.back_up(&path)?
        };
        let done = match made {
            SafetyCopy::Made => "Made a safety copy and checked it",
            SafetyCopy::Existed => "The same safety copy already exists, and is sound",
        };
        let words = format!("{done}: {}.\n", path.display());
        let report = BackupReport::new(
            context.book.display(),
            path.display(),
            made == SafetyCopy::Made,
        );
        confirm_file(self.confirm.confirmation(), &report, &words, context);
        Ok(())
    }
}
