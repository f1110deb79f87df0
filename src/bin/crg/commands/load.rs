use crg::book::load;
use crg::import::Folder;

use crate::prelude::*;
use crate::reported_quarters;

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
        let before = context
            .open()
            .and_then(|book| reported_quarters::last(&book))
            .ok();
        let loaded = load(
            &context.book,
            Folder::At(&self.folder),
            &context.by,
            context.now,
            commit(self.dry_run),
        )?;
        let verb = if self.dry_run {
            "Would record"
        } else {
            "Recorded"
        };
        let priorities = if self.folder.join("priorities.csv").exists() {
            " and the folder's priorities"
        } else {
            ""
        };
        let place = if loaded.created {
            "a new book"
        } else {
            "the book"
        };
        let verified = if loaded.verified {
            " Every fingerprint matches the record."
        } else {
            ""
        };
        context.output.confirm(&format!(
            "{verb} {} entries{priorities} in {place}, {}.{verified}\n",
            loaded.entries,
            context.book.display()
        ));
        if let (Some(last), Ok(book)) = (before, context.open()) {
            reported_quarters::print_changes_since(&book, last, context);
        }
        Ok(())
    }
}
