//! Where the money stands: entries in their order, the flow of each, and what they add up to.

pub(crate) mod flow;
pub(crate) mod portfolio;
pub(crate) mod journal;
pub(crate) mod view;

pub use flow::{Account, Flow, flows};
pub use journal::{Lens, standing};
pub use portfolio::{FoldError, Portfolio, Project};
pub use view::YearView;
