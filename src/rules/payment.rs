//! The council's ledger: how its lines compare with the book's spend.

mod compare;
mod line;
mod merge;

pub use compare::{Comparison, Verdict, compare};
pub use line::{Booked, GrandTotal, Line, Payment, Tally};
pub use merge::merge;
