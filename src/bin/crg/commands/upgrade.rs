use crate::context::Context;
use crate::failure::Stop;
use clap::Args;
use crg::Book;

/// Upgrade a book of an older version, after a safety copy beside it
#[derive(Debug, Args)]
#[command(after_help = "Example:
  crg upgrade

An older book can be read as it is; it must be upgraded before anything is recorded in it.")]
pub(crate) struct Upgrade {}

impl Upgrade {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let book = context.book.display();
        let text = match Book::upgrade(&context.book)? {
            None => format!("{book} is up to date; nothing was changed.\n"),
            Some(upgraded) => format!(
                "Upgraded {book} from version {} to {}; every entry is unchanged. The book as it was is beside it: {}.\n",
                upgraded.from,
                upgraded.to,
                upgraded.copy.file_name().unwrap_or_default().display()
            ),
        };
        context.output.confirm(&text);
        Ok(())
    }
}
