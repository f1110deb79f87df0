//! What is fuzzed: for each kind of input that comes from outside, what must be true of any bytes
//! whatever.
//!
//! A target says more than that nothing panics: it holds what the program understood against an
//! oracle of its own, or against what it says when it reads its own answer back.
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

/// What is tried with the bytes of one input; it panics where something is not as it must be.
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

/// The target of that name.
#[must_use]
pub fn target(name: &str) -> Option<Target> {
    TARGETS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, run)| *run)
}
