//! The fold: entries in their order, the flow of each, and the figures they add up to.

mod accruals;
pub(crate) mod flow;
mod pot;
pub(crate) mod pot_names;
mod project;
mod left;
mod due;
pub(crate) mod portfolio;
mod apply;
pub(crate) mod journal;
pub(crate) mod view;
mod names;
mod schemes;

pub use accruals::Accruals;
pub use apply::FoldError;
pub use due::{Due, Met};
pub use flow::{Account, Flow, flows};
pub use journal::{Lens, standing};
pub use left::Left;
pub use names::names;
pub use portfolio::Portfolio;
pub use pot::PotPosition;
pub use pot_names::{PotName, PotNames};
pub use project::Project;
pub use schemes::priorities;
pub use view::YearView;
