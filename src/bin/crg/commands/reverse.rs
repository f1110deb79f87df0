//! `crg reverse`, and how an entry is recorded about another: as a reversal or an explanation.

use crate::context::Context;
use crate::failure::Stop;
use crate::options::write::WriteOptions;
use clap::Args;
use crg::model::Column;
use crg::{EntryNumber, Error, Kind};

/// Reverse an entry made by mistake; both stay on record
#[derive(Debug, Args)]
#[command(after_help = "Example:
  crg reverse 12 --note \"Typed twice\"

A reversal needs a note, and takes the date of the entry it reverses.")]
pub(crate) struct Reverse {
    /// The entry's number
    entry: EntryNumber,
    #[command(flatten)]
    write: WriteOptions,
}

impl Reverse {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        record_about(Kind::Reverse, self.entry, &self.write, context)
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
    let entry = entry.to_string();
    let on = write.on.unwrap_or(named.on).to_string();
    write
        .form(kind, named.year, context)
        .set(Column::Reference, &entry)
        .set(Column::On, &on)
        .record()
}
