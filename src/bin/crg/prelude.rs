//! What almost every command needs, so that its file begins with what is its own.

pub(crate) use std::path::{Path, PathBuf};

pub(crate) use clap::{Args, Subcommand, ValueEnum};
pub(crate) use crg::book::Book;
pub(crate) use crg::document::counted;
pub(crate) use crg::error::Error;
pub(crate) use crg::fold::Lens;
pub(crate) use crg::model::{Column, Date, EntryNumber, FinancialYear, Fingerprint, Kind};
pub(crate) use crg::model::{Moment, ProjectRef};
pub(crate) use crg::store::{Access, StoreError};

pub(crate) use crate::context::Context;
pub(crate) use crate::failure::{Exit, Failure, Stop};
pub(crate) use crate::hint::{CommandLine, Hint, REASON, Unwanted, command};
pub(crate) use crate::options::answer::{AnswerOptions, Showing};
pub(crate) use crate::options::write::{ProjectOptions, WriteOptions, commit};
pub(crate) use crate::options::{NamedYearQuery, QueryOptions, YearQuery};
