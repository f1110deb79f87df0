//! Projects, and the priorities they serve.

pub(crate) mod priorities;
pub(crate) mod priority_gaps;
pub(crate) mod project;

pub use priorities::{
    MeasureRow, PrioritiesReport, PriorityNote, PriorityShare, SchemeShares, Share,
};
pub use priority_gaps::{Gap, Miss};
pub use project::{ProjectListReport, ProjectReport, ProjectRow};
