//! A Community Safety Partnership's Crime Reduction Grant, to the penny, in one SQLite file.
//!
//! What happened is a journal of [entries](model::Entry); where the money stands is the
//! [fold](fold::Portfolio) of the entries; every figure anyone asks for is a [question](book::Book)
//! to that fold. Nothing is ever edited or deleted.
//!
//! The modules are in reading order, and a module uses only those listed above
//! it. Those above the line `// The shell` do no I/O. Begin with [`book::Book`] to use the library,
//! with [`model`] to read it.

// The core
pub mod model; // values, kinds of entry, entries
pub mod fold; // what the entries add up to
pub mod rules; // whether an entry may be recorded
pub mod document; // what any report is made of
pub mod report; // the reports, a file each

// The shell
pub mod import; // reads files of other programs
mod store; // the SQLite file
pub mod format; // writes any report in each format
mod error; // all errors, joined
pub mod book; // joins everything over one file

pub use book::{Book, Commit, Recorded, load};
pub use document::Report;
pub use error::Error;
pub use fold::{Lens, Portfolio, YearView};
pub use import::Folder;
pub use model::{
    Date, Draft, Entry, EntryNumber, Event, FinancialYear, Fingerprint, Kind, Moment, Money, Names,
    Pot, ProjectRef, Quarter,
};
pub use rules::Refusal;
pub use store::{Access, StoreError};

/// The sessions of the guide are run by the tests; its example of the library is run here.
#[cfg(doctest)]
#[doc = include_str!("../docs/developer.md")]
pub struct DeveloperGuide;
