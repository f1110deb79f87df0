//! `book.csv`: the names of the partnership and the funder.

use crate::book::load::cell::text;
use crate::book::load::columns::{BOOK, BOOK_COLUMNS};
use crate::import::fault::RowFault;
use crate::import::{FaultKind, Folder, InputError, Sheet};
use crate::model::Names;

pub(super) fn read_names(folder: Folder<'_>) -> Result<Names, InputError> {
    let mut sheet = Sheet::open(folder, BOOK, &BOOK_COLUMNS)?;
    let fault = |kind: FaultKind| InputError::one(&folder.path(BOOK), Some(2), kind);
    if !sheet.read().map_err(|row| fault(row.into()))? {
        let expected = "the names of the partnership and the funder".into();
        return Err(fault(RowFault::Missing { expected }.into()));
    }
    let name = |column| {
        text(&sheet, &BOOK_COLUMNS, column, Names::MAX_CHARS).map_err(|found| fault(found.into()))
    };
    Ok(Names {
        partnership: name(0)?,
        funder: name(1)?,
    })
}
