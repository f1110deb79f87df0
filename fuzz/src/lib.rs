//! The fuzz targets: for each kind of input from outside, what must be true of any bytes.
//!
//! A target checks more than the absence of panics. It compares what the program understood with an
//! independent oracle, or with what the program understands when it reads its own output back.
#![forbid(unsafe_code)]

mod book;
mod day;
mod extract;
mod load;
mod map;
mod money;
mod rows;
mod scratch;
mod words;
mod workbook;
mod year;

/// Runs one input, and panics if something is wrong.
pub type Target = fn(&[u8]);

/// Every target, by the name of its folder in `corpus`.
pub const TARGETS: [(&str, Target); 9] = [
    ("money", money::run),
    ("day", day::run),
    ("year", year::run),
    ("words", words::run),
    ("rows", rows::run),
    ("load", load::run),
    ("map", map::run),
    ("workbook", workbook::run),
    ("book", book::run),
];

/// Returns the target with this name.
#[must_use]
pub fn target(name: &str) -> Option<Target> {
    TARGETS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, run)| *run)
}
