//! Projects, and the priorities they serve.

pub(crate) mod details;
pub(crate) mod measures;
pub(crate) mod priorities;
pub(crate) mod priority_gaps;
pub(crate) mod priority_list;
pub(crate) mod priority_notes;
pub(crate) mod priority_shares;
pub(crate) mod project;

pub use measures::MeasureRow;
pub use priorities::PrioritiesReport;
pub use priority_gaps::{Gap, Miss};
pub use priority_list::{PriorityListReport, PriorityRow};
pub use priority_notes::PriorityNote;
pub use priority_shares::{PriorityShare, SchemeShares, Share};
pub use project::{ProjectListReport, ProjectReport, ProjectRow};
