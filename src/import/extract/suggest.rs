//! A first map for an extract, from its header and what stands below it.

mod candidate;
mod file;
mod guess;
mod names;
mod template;

pub use candidate::Candidate;
pub use file::suggest;
