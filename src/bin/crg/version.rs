//! What `crg --version` prints.

use crg::Book;

/// The version, the commit it was built from if that is known, and what books it writes.
pub(crate) fn long_version() -> String {
    let commit = option_env!("CRG_COMMIT").map(|commit| format!(" ({commit})"));
    format!(
        "{}{}\nSQLite {}, books of version {}",
        env!("CARGO_PKG_VERSION"),
        commit.unwrap_or_default(),
        Book::sqlite_version(),
        Book::file_version()
    )
}
