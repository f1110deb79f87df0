//! All integration tests, in one binary.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "tests fail loudly, and look at their surroundings"
)]

mod architecture;
mod extracts;
mod files;
mod histories;
mod hostile;
mod import;
mod kent;
mod ledger;
mod load_dump;
mod machine;
mod properties;
mod raw_sql;
mod rules;
mod transcripts;
mod views;
mod workbooks;
