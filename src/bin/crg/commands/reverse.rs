//! `crg reverse`, and how an entry is recorded about another: as a reversal or an explanation.

use clap::Args;
use crg::book::Book;
use crg::model::Column;
use crg::{Draft, Entry, EntryNumber, Error, Kind, Refusal};

use crate::context::Context;
use crate::errors;
use crate::failure::Stop;
use crate::hint::{CommandLine, REASON, command};
use crate::options::write::{Form, WriteOptions};
use crate::recording::record;
use crate::reversal::{self, Range, ranges};

/// Reverse entries made by mistake, all or none; they stay on record
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg reverse 12 --note \"Typed twice\"
  crg reverse 20-22 --note \"Wrong file\"
  crg reverse --command-of 20 --note \"Wrong file\"

A reversal needs a note, and takes the date of the entry it reverses. To change something in an
entry, use crg correct.")]
pub(crate) struct Reverse {
    /// The entries' numbers, such as 12 or 20-22
    #[arg(value_name = "ENTRY", required_unless_present = "command_of")]
    entries: Vec<Range>,
    /// All entries that the command which recorded this one recorded
    #[arg(long, value_name = "ENTRY", conflicts_with = "entries")]
    command_of: Option<EntryNumber>,
    #[command(flatten)]
    write: WriteOptions,
}

impl Reverse {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let book = context.open()?;
        let entries = match self.command_of {
            Some(entry) => reversal::of_command(&book, entry)?,
            None => reversal::entries(&book, &self.entries)?,
        };
        let drafts: Result<Vec<Draft>, Error> = entries
            .iter()
            .map(|entry| {
                about(Kind::Reverse, entry, &self.write, context, |form| {
                    form.draft()
                })
            })
            .collect();
        let (drafts, how) = (drafts?, self.write.recording());
        let done = record(context, how, |book| {
            book.record(drafts, context.now, how.commit)
        });
        match done {
            Err(Stop::Error(Error::Refused { refusal })) => {
                Err(self.refused(&book, &entries, refusal, context))
            }
            done => done,
        }
    }

    /// The refusal, with the command that reverses what stands in the way too.
    fn refused(&self, book: &Book, entries: &[Entry], refusal: Refusal, context: &Context) -> Stop {
        let all = reversal::with_dependants(book, entries, &refusal, context.now);
        let mut failure = errors::failure(&Error::Refused { refusal }, context);
        if let (Some(all), Some(first)) = (all, failure.hints.first_mut()) {
            *first = self
                .reversing(&all)
                .because("reverse what depends on it too");
        }
        failure.into()
    }

    fn reversing(&self, entries: &[EntryNumber]) -> CommandLine {
        let mut command = command!("reverse");
        command.words.extend(ranges(entries));
        let note = self.write.note.as_deref().unwrap_or(REASON);
        let command = command.option("--note", note);
        if self.write.dry_run {
            command.flag("--dry-run")
        } else {
            command
        }
    }
}

/// Records an entry about another: in its year, and on its date unless one is given.
pub(crate) fn record_about(
    kind: Kind,
    entry: EntryNumber,
    write: &WriteOptions,
    context: &Context,
) -> Result<(), Stop> {
    let named = context.open()?.entry(entry)?;
    let named = named.ok_or(Error::NoSuchEntry { entry })?;
    about(kind, &named, write, context, |form| form.record())
}

/// Fills in an entry about another, for what is done with it.
fn about<T>(
    kind: Kind,
    named: &Entry,
    write: &WriteOptions,
    context: &Context,
    done: impl FnOnce(Form<'_>) -> T,
) -> T {
    let (number, on) = (
        named.number.to_string(),
        write.on.unwrap_or(named.on).to_string(),
    );
    done(
        write
            .form(kind, named.year, context)
            .set(Column::Reference, &number)
            .set(Column::On, &on),
    )
}
