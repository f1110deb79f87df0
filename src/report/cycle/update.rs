//! The Working Group Update: the funding section of the paper that goes to each meeting.

mod decided;
mod report;
mod sections;

pub use decided::UpdateDecision;
pub use report::{Delivery, Proposal, UpdateProject, UpdateReport, Withdrawn};
