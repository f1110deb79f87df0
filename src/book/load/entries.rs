//! `entries.csv`: one row for each entry.

use crate::book::load::columns::ENTRIES;
use crate::import::fault::NotUtf8;
use crate::import::{FaultKind, Folder, InputError, Sheet};
use crate::model::{Cells, Column, Draft};

/// Opens the file.
pub(super) fn open_entries(folder: Folder<'_>) -> Result<Sheet, InputError> {
    let columns: Vec<&str> = Column::ALL.iter().map(|column| column.as_str()).collect();
    Sheet::open(folder, ENTRIES, &columns)
}

/// The row last read, as a draft; or everything that is wrong with its cells. `by` recorded it if
/// it does not say.
pub(super) fn draft(sheet: &Sheet, by: &str) -> Result<Draft, Vec<FaultKind>> {
    let mut cells = Cells::default();
    let mut faults = Vec::new();
    for column in Column::ALL {
        match sheet.get(*column as usize) {
            Some(text) => cells.set(*column, text),
            None => {
                let column = column.to_string();
                faults.push(NotUtf8 { column }.into());
            }
        }
    }
    if cells.get(Column::By).is_none() {
        cells.set(Column::By, by);
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Draft::from_cells(&cells).map_err(|faults| faults.into_iter().map(FaultKind::from).collect())
}
