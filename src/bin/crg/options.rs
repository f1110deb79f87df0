//! Options that several commands share.

pub(crate) mod answer;
pub(crate) mod query;
pub(crate) mod write;
