//! All integration tests, in one binary.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "tests fail loudly, and look at their surroundings"
)]

mod architecture;
mod files;
mod forecast;
mod histories;
mod html;
mod kent;
mod load_dump;
mod machine;
mod page;
mod properties;
mod raw_sql;
mod rules;
mod transcripts;
mod views;
mod workbook;
mod year_end;
