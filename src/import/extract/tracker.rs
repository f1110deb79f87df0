//! [`Tracker`]: a spreadsheet with a row for each project, read as its [`TrackerMap`] says.

mod cells;
mod columns;
mod map;
mod read;
mod row;
mod status;
mod suggest;

pub use map::TrackerMap;
pub use read::Tracker;
pub use row::TrackerRow;
pub use suggest::suggest_tracker;
