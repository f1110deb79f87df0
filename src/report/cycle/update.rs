//! The Working Group Update: the paper that goes to each meeting.

mod decided;
mod project;
mod proposal;
mod report;
mod sections;

pub use decided::UpdateDecision;
pub use project::{Delivery, ProgressNote, UpdateProject, Withdrawn};
pub use proposal::{Proposal, ProposalSummary};
pub use report::{NextYear, UpdateReport};
