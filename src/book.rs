//! [`Book`]: the journal, the rules and the reports, joined over one file.
//!
//! A function that returns an [`Error`](crate::error::Error) and says no more fails only if the
//! file cannot be read. A function that writes leaves the book as it was when it fails, except with
//! [`StoreError::OutcomeUnknown`](crate::store::StoreError::OutcomeUnknown).

mod ahead;
mod categories;
mod certify;
mod chain;
mod check;
mod claim;
mod copies;
mod correct;
mod data_package;
mod dispatch;
mod dump;
mod binding;
mod handle;
mod history;
mod import;
mod issue;
mod ledger;
mod likeness;
mod load;
mod log;
mod made;
mod names;
mod once;
mod origin;
mod payments;
mod project;
mod publication;
mod query;
mod record;
mod recorded;
mod returns;
mod schemes;
mod several;
mod shared;
mod tracker;
mod tried;
mod upgrade;
mod view;
mod views;

pub use certify::Certify;
pub use check::CheckOptions;
pub use claim::{IssueClaim, IssuedClaim};
pub use copies::SafetyCopy;
pub use correct::Correct;
pub use dispatch::Dispatch;
pub use handle::Book;
pub use import::Import;
pub use issue::{IssueQuarter, IssuedQuarter};
pub use likeness::Likeness;
pub use load::{Loaded, load};
pub use log::LogFilter;
pub use once::Once;
pub use record::{Commit, Recorded};
pub use returns::{Remitted, ReturnAll};
pub use several::as_submitted;
pub use shared::{ClaimedTwice, GrantRows, shared_ledger};
pub use tracker::{TrackerChange, TrackerImport, WaitingProject};
pub use upgrade::Upgraded;
