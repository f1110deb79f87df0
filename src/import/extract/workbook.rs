//! The sheets of a workbook, whatever program saved it.

mod biff;
mod compound;
pub(super) mod fenced;
mod hidden_rows;
mod html;
pub(super) mod markup;
mod number;
mod ods;
pub(super) mod rows;
pub(super) mod sheet;
mod xls;
pub(super) mod xlsx;

use crate::import::extract::kind::FileType;
use crate::import::extract::workbook::fenced::fenced;
use crate::import::extract::workbook::sheet::WorkbookSheet;
use crate::import::fault::{FaultKind, WorkbookFault};

/// Reads all sheets, in their order.
pub(super) fn sheets(bytes: &[u8], file_type: FileType) -> Result<Vec<WorkbookSheet>, FaultKind> {
    fenced(|| match file_type {
        FileType::Xlsx => xlsx::sheets(bytes),
        FileType::Xls => xls::sheets(bytes),
        FileType::Ods => ods::sheets(bytes),
        FileType::Html => html::sheets(bytes),
        FileType::Xml => {
            let format = "a workbook of Excel 2003 in XML";
            Err(WorkbookFault::OtherFormat { format }.into())
        }
        FileType::Text => Ok(Vec::new()),
    })
}

/// The position of the sheet of this name.
pub(super) fn position(sheets: &[WorkbookSheet], name: &str) -> Result<usize, WorkbookFault> {
    let is_named = |sheet: &WorkbookSheet| sheet.name.trim().eq_ignore_ascii_case(name.trim());
    sheets
        .iter()
        .position(is_named)
        .ok_or_else(|| WorkbookFault::NoSuchSheet {
            name: name.to_owned(),
            present: sheets.iter().map(|sheet| sheet.name.clone()).collect(),
        })
}
