//! The limits of an extract.

/// The most bytes that an extract may have.
pub const MAX_BYTES: u64 = 64 << 20;
/// The most rows that an extract may have.
pub const MAX_LINES: u64 = 1_000_000;
/// The most columns that a row may have.
pub const MAX_COLUMNS: usize = 500;
/// The most bytes that a workbook may unpack to.
pub const MAX_UNPACKED: u64 = 128 << 20;
/// The most bytes of text that the cells of a workbook may hold.
pub(super) const MAX_TEXT: usize = 256 << 20;
/// The most sheets that a workbook may have.
pub(super) const MAX_SHEETS: usize = 1000;
/// The most cells that a workbook may have.
pub(super) const MAX_CELLS: usize = 10_000_000;
