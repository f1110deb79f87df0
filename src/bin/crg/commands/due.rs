//! `crg due`: what is to be done by a day, and that it was done.

use crate::context::{Context, day};
use crate::failure::Stop;
use crate::options::YearQuery;
use crate::options::answer::Showing;
use crate::options::write::WriteOptions;
use clap::{Args, Subcommand};
use crg::model::Column;
use crg::{Book, Date, EntryNumber, Error, FinancialYear, Kind};

/// What is due: returns, deadlines and meetings, with the days left or late
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:
  crg due 2025/26
  crg due add 2025/26 30/10/2025 \"Half-year monitoring return\"
  crg due met 12 --on 28/10/2025"
)]
pub(crate) struct Due {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    asked: YearQuery,
}

#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum Action {
    /// Record something to be done by a day
    #[command(after_help = "Example:
  crg due add 2025/26 30/10/2025 \"Half-year monitoring return\"")]
    Add(Add),
    /// Record that it was done
    #[command(after_help = "Example:\n  crg due met 12 --on 28/10/2025")]
    Met(Met),
}

#[derive(Debug, Args)]
struct Add {
    /// The grant year
    year: FinancialYear,
    /// The day by which it is to be done, such as 30/10/2025
    #[arg(value_name = "DATE", value_parser = day)]
    deadline: Date,
    /// What is to be done
    #[arg(required = true)]
    title: Vec<String>,
    #[command(flatten)]
    write: WriteOptions,
}

#[derive(Debug, Args)]
struct Met {
    /// The number of the entry that says what is due
    entry: EntryNumber,
    #[command(flatten)]
    write: WriteOptions,
}

impl Due {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        match &self.action {
            None => self.asked.show(Showing::Answer, context, Book::due),
            Some(Action::Add(add)) => add.run(context),
            Some(Action::Met(met)) => met.run(context),
        }
    }
}

impl Add {
    fn run(&self, context: &Context) -> Result<(), Stop> {
        let title = self.title.join(" ");
        self.write
            .form(Kind::Due, self.year, context)
            .set(Column::Value, &self.deadline.to_string())
            .set(Column::Title, &title)
            .record()
    }
}

impl Met {
    fn run(&self, context: &Context) -> Result<(), Stop> {
        let entry = self.entry;
        let due = context.open()?.entry(entry)?;
        let due = due.ok_or(Error::NoSuchEntry { entry })?;
        self.write
            .form(Kind::Met, due.year, context)
            .set(Column::Reference, &entry.to_string())
            .record()
    }
}
