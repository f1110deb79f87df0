//! The journal in one SQLite file. No other module speaks SQL.
//!
//! A function that returns a [`StoreError`] and says no more fails if the file cannot be read or
//! written. One that takes a closure fails as the closure does too, and then leaves the file as it
//! was.

mod commit;
mod conflicted;
mod constraints;
mod create;
mod dictionary;
mod error;
mod handle;
mod head;
mod header;
mod integrity;
mod journal;
mod open;
mod path;
mod private;
#[cfg(test)]
#[path = "../tests/unit/planted.rs"]
mod planted;
mod read;
mod row;
mod schema;
mod unfinished;
mod upgrade;
mod view;
mod write;
mod writer_note;

pub(crate) use dictionary::present_dictionary;
pub use error::StoreError;
pub use handle::Access;
pub(crate) use handle::Store;
pub(crate) use head::Head;
pub(crate) use header::may_be_database;
pub(crate) use integrity::Balance;
#[cfg(test)]
pub(crate) use planted::{NUMBERS, PLANTED, planted};
pub(crate) use private::{create_folder, create_new};
pub(crate) use rusqlite::version as sqlite_version;
pub(crate) use schema::{VERSIONS, Versions};
pub(crate) use view::View;
pub(crate) use write::Writing;
