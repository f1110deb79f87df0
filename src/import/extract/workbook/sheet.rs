//! [`WorkbookSheet`]: a sheet as it was read.

use crate::import::extract::workbook::rows::SheetRow;
use crate::import::fault::FaultKind;

/// A sheet of a workbook, with its rows or why they cannot be read.
pub(crate) struct WorkbookSheet {
    pub(crate) name: String,
    pub(crate) is_hidden: bool,
    pub(crate) rows: Result<Vec<SheetRow>, FaultKind>,
    /// How many rows that hold something are hidden.
    pub(crate) hidden_rows: u64,
}
