use clap::Args;
use crg::Book;

use crate::context::Context;
use crate::failure::Stop;
use crate::options::answer::{AnswerOptions, Showing};

/// What the tables, views and columns of the book's file mean, for other programs
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg schema
  crg schema --format md --output schema.md

The file explains itself, too: sqlite3 crg.db .schema shows the same beside the SQL.")]
pub(crate) struct Schema {
    #[command(flatten)]
    answer: AnswerOptions,
}

impl Schema {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let (dictionary, origin) = context.open()?.with_origin(None, Book::dictionary)?;
        let origin = Some(origin);
        self.answer
            .show(Showing::Answer, &dictionary, origin, context)
    }
}
