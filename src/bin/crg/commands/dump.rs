use crate::context::Context;
use crate::failure::{Failure, Stop};
use crate::options::write::ConfirmOptions;
use crate::recording::{Confirmation, confirm_file};
use clap::Args;
use crg::document::counted;
use crg::report::DumpReport;
use std::path::{Path, PathBuf};

/// Write the whole book as CSV files that crg load reads
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg dump backup-2026-03-31
  crg dump latest --replace
  crg dump - | crg --db copy.db load -

A folder gets entries.csv, record.csv, book.csv and priorities.csv, and datapackage.json, which
describes them to other programs. With - the entries alone are
printed as CSV, without the moments and fingerprints that record.csv keeps.")]
pub(crate) struct Dump {
    /// The folder, made if it does not exist, or - for standard output
    folder: PathBuf,
    /// Write over the files of an earlier dump in the folder
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    confirm: ConfirmOptions,
}

impl Dump {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let (book, confirmation) = (context.open()?, self.confirm.confirmation());
        if self.folder == Path::new("-") {
            if confirmation == Confirmation::Json {
                let message =
                    "dump - prints the entries as CSV; name a folder to get the answer as JSON";
                return Err(Failure::command_line(message).into());
            }
            return context.output.show(book.dump_entries()?);
        }
        let count = if self.replace {
            book.dump_again(&self.folder)?
        } else {
            book.dump(&self.folder)?
        };
        let words = format!(
            "Wrote {} to {}.\n",
            counted(count, "entry"),
            self.folder.display()
        );
        let report = DumpReport::new(context.book.display(), self.folder.display(), count);
        confirm_file(confirmation, &report, &words, context);
        Ok(())
    }
}
