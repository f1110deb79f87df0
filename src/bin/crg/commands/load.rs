use crg::book::load;
use crg::import::Folder;

use crate::context::Context;
use crate::failure::Stop;
use crate::notes::personal_rows;
use crate::options::write::commit;
use crate::reported_quarters;
use clap::Args;
use std::path::PathBuf;

/// Record all entries in a folder's entries.csv, or none; makes the book if there is none
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg load fixtures/kent
  crg --db new.db load backup-2026-03-31")]
pub(crate) struct Load {
    /// The folder
    folder: PathBuf,
    /// Try all of it, and record nothing
    #[arg(long)]
    dry_run: bool,
}

impl Load {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        // If there is no book yet, load says what is wrong with its path.
        let before = context.open().and_then(|book| book.last_entry()).ok();
        let (folder, kept) = (Folder::At(&self.folder), commit(self.dry_run));
        let loaded = load(&context.book, folder, &context.by, context.now, kept)?;
        let either = |is: bool, yes, no| if is { yes } else { no };
        let verb = either(self.dry_run, "Would record", "Recorded");
        let has_priorities = self.folder.join("priorities.csv").exists();
        let priorities = either(has_priorities, " and the folder's priorities", "");
        let place = either(loaded.created, "a new book", "the book");
        let verified = either(
            loaded.verified,
            " Every fingerprint matches the record.",
            "",
        );
        context.output.confirm(&format!(
            "{verb} {} entries{priorities} in {place}, {}.{verified}\n",
            loaded.entries,
            context.book.display()
        ));
        if let Some(note) = personal_rows(&loaded.contacts) {
            context.output.note(&note);
        }
        if let (Some(last), Ok(book)) = (before, context.open()) {
            reported_quarters::print_changes_since(&book, last, context);
        }
        Ok(())
    }
}
