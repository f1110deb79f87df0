//! [`Progress`]: how far a long import has come.

/// Receives how far a long import has come; `()` ignores it.
pub trait Progress {
    /// So many rows of the extract are read.
    fn read(&mut self, rows: u64);
    /// So many of all lines are recorded.
    fn recorded(&mut self, lines: u64, of: u64);
}

impl Progress for () {
    fn read(&mut self, _: u64) {}
    fn recorded(&mut self, _: u64, _: u64) {}
}
