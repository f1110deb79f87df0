//! The reports: plain rows, made from the fold, the same in every format.

pub(crate) mod accrued;
pub(crate) mod head;
pub(crate) mod ahead;
pub(crate) mod money;
pub(crate) mod projects;
pub(crate) mod control;
pub(crate) mod cycle;
pub(crate) mod publication;
pub(crate) mod filter;
mod schema;

pub(crate) use accrued::LateAccruals;
pub use ahead::Ahead;
pub use control::*;
pub use cycle::*;
pub use filter::{EntryFilter, ProjectFilter};
pub use head::YearHead;
pub use money::*;
pub use projects::*;
pub use publication::*;
pub use schema::json_schema;
