use crate::context::Context;
use crate::failure::Stop;
use crate::options::write::ConfirmOptions;
use crate::recording::confirm_file;
use clap::Args;
use crg::Book;
use crg::book::Upgraded;
use crg::report::UpgradeReport;

/// Upgrade a book of an older version, after a safety copy beside it
#[derive(Debug, Args)]
#[command(after_help = "Example:
  crg upgrade

An older book can be read as it is; it must be upgraded before anything is recorded in it.")]
pub(crate) struct Upgrade {
    #[command(flatten)]
    confirm: ConfirmOptions,
}

impl Upgrade {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let file = context.book.display();
        let (report, words) = match Book::upgrade(&context.book)? {
            None => (
                UpgradeReport::up_to_date(&file),
                format!("{file} is up to date; nothing was changed.\n"),
            ),
            Some(Upgraded { from, to, copy, .. }) => (
                UpgradeReport::upgraded(&file, from, to, copy.display()),
                format!(
                    "Upgraded {file} from version {from} to {to}; every entry is unchanged. The book as it was is beside it: {}.\n",
                    copy.file_name().unwrap_or_default().display()
                ),
            ),
        };
        confirm_file(self.confirm.confirmation(), &report, &words, context);
        Ok(())
    }
}
