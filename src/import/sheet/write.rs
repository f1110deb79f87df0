//! CSV out.

use std::io::Write;

/// A writer of CSV: UTF-8, CRLF, RFC 4180.
pub fn writer<W: Write>(to: W) -> csv::Writer<W> {
    csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(to)
}
