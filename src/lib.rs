//! A Community Safety Partnership's Crime Reduction Grant, to the penny, in one SQLite file.
//!
//! What happened is a journal of [entries](entry::Entry); where the money stands is the [fold](portfolio::Portfolio) of the
//! entries; every figure anyone asks for is a [question](book::Book) to that fold. Nothing is ever edited or deleted.
//!
//! The modules are in reading order, and their order is law: a module names only those listed above it. Those above the
//! line `// The shell` do no I/O. Begin with [`book::Book`] to use the library, with [`money`] to read it.

// The core
pub mod money;
pub mod quantity;
pub mod date;
pub mod year;
pub mod id;
pub mod kind;
pub mod measure;
pub mod priority;
pub mod cells;
pub mod entry;
mod row;
pub mod fingerprint;
pub mod stage;
pub mod flow;
pub mod portfolio;
pub mod journal;
pub mod rules;
pub mod ledger;
pub mod report;

// The shell
pub mod sheet;
pub mod extract;
pub mod store;
pub mod publish;
pub mod error;
pub mod book;

/// The transcripts of the README are run by the tests; its example of the library is run here.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
