use crate::context::Context;
use crate::failure::Stop;
use clap::Args;
use crg::book::SafetyCopy;
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
}

impl Backup {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let name = context.book.file_stem().unwrap_or_default();
        let file = format!("{}-{}.db", name.to_string_lossy(), context.now.compact());
        let path = match &self.to {
            Some(folder) => folder.join(file),
            None => context.book.with_file_name(file),
        };
        let made = context.open()?.back_up(&path)?;
        let path = path.display();
        context.output.confirm(&match made {
            SafetyCopy::Made => format!("Made a safety copy and checked it: {path}.\n"),
            SafetyCopy::Existed => {
                format!("The same safety copy already exists, and is sound: {path}.\n")
            }
        });
        Ok(())
    }
}
