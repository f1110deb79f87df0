use crg::book::load;
use crg::document::counted;
use crg::import::{Entries, Folder, InputError};

use crate::context::Context;
use crate::failure::Stop;
use crate::notes::{clock, personal_rows};
use crate::options::write::{ConfirmOptions, commit};
use crate::recording::{Confirmation, confirm_file, print_all};
use crate::reported_quarters;
use clap::Args;
use std::path::{Path, PathBuf};

/// Record all entries of a folder or a file, or none; makes the book if there is none
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg load fixtures/kent
  crg load invoices.xlsx
  crg --db new.db load backup-2026-03-31

A folder has entries.csv, and may have book.csv and priorities.csv. A CSV file has the columns of
entries.csv, and so has the first sheet of a workbook. With - the entries are CSV on standard input.")]
pub(crate) struct Load {
    /// The folder, a CSV file, a workbook, or - for standard input
    folder: PathBuf,
    /// Try all of it, and record nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    confirm: ConfirmOptions,
}

impl Load {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        // If there is no book yet, load says what is wrong with its path.
        let before = context.open().and_then(|book| book.last_entry()).ok();
        let (entries, kept) = (
            self.entries().map_err(crg::Error::from)?,
            commit(self.dry_run),
        );
        let folder = entries.folder();
        let loaded = load(&context.book, folder, &context.by, context.now, kept)?;
        let either = |is: bool, yes, no| if is { yes } else { no };
        let verb = either(self.dry_run, "Would record", "Recorded");
        let has_priorities = matches!(folder, Folder::At(_)) && folder.has("priorities.csv");
        let priorities = either(has_priorities, " and the folder's priorities", "");
        let place = either(loaded.created, "a new book", "the book");
        let verified = either(
            loaded.verified,
            " Every fingerprint matches the record.",
            "",
        );
        let words = format!(
            "{verb} {}{priorities} in {place}, {}.{verified}\n",
            counted(loaded.entries, "entry"),
            context.book.display()
        );
        let mut notes = Vec::from_iter(personal_rows(&loaded.contacts));
        if let (Some(last), Ok(book)) = (before, context.open()) {
            notes.extend(reported_quarters::changed_since(&book, last));
            notes.extend(clock(&book, context));
        }
        let confirmation = self.confirm.confirmation();
        let report = loaded.report(kept, &context.book, notes);
        confirm_file(confirmation, &report, &words, context);
        if confirmation == Confirmation::Table {
            print_all(&report.notes, context);
        }
        Ok(())
    }

    fn entries(&self) -> Result<Entries, InputError> {
        if self.folder == Path::new("-") {
            let name = Path::new("standard input");
            return Entries::from_reader(name, std::io::stdin().lock());
        }
        Entries::at(&self.folder)
    }
}
