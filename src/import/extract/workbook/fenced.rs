//! Reading a workbook in a thread of its own.

use crate::import::fault::{FaultKind, FileFault, WorkbookFault};

/// The name of the thread in which a workbook is read: a panic there is damage to the file.
pub const WORKBOOK_READER: &str = "workbook";

/// Reads in a thread of its own, so that a panic of a reader only means a damaged file.
pub(crate) fn fenced<T: Send>(
    read: impl FnOnce() -> Result<T, FaultKind> + Send,
) -> Result<T, FaultKind> {
    std::thread::scope(|scope| {
        let reader = std::thread::Builder::new()
            .name(WORKBOOK_READER.into())
            .spawn_scoped(scope, read);
        let reader = reader.map_err(FileFault::unreadable)?;
        reader
            .join()
            .unwrap_or_else(|_| Err(WorkbookFault::Damaged { detail: None }.into()))
    })
}
