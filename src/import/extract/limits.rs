//! The limits of an extract.

/// The most bytes that an extract may have.
pub const MAX_BYTES: u64 = 64 << 20;
/// The most rows that an extract may have.
pub const MAX_LINES: u64 = 1_000_000;
/// The most columns that a row may have.
pub const MAX_COLUMNS: usize = 500;
