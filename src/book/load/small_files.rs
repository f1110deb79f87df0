//! `book.csv`, with the names of the partnership and the funder, and `priorities.csv`.

use crate::book::load::columns::{BOOK, BOOK_COLUMNS, PRIORITIES, PRIORITY_COLUMNS};
use crate::import::fault::{FolderFault, RowFault, ValueFault};
use crate::import::{FaultKind, Folder, InputError, Sheet};
use crate::model::{Names, Priority};

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
        ..Names::default()
    })
}

pub(super) fn read_priorities(folder: Folder<'_>) -> Result<Vec<Priority>, InputError> {
    let mut sheet = Sheet::open(folder, PRIORITIES, &PRIORITY_COLUMNS)?;
    let file = &folder.path(PRIORITIES);
    let mut faults = InputError::default();
    let mut found: Vec<Priority> = Vec::new();
    loop {
        match sheet.read() {
            Ok(false) => break,
            Err(fault) => faults.add(file, Some(sheet.row()), fault),
            Ok(true) => match read_priority(&sheet) {
                Ok(priority) if found.iter().any(|p| p.code == priority.code) => {
                    let code = priority.code;
                    faults.add(file, Some(sheet.row()), FolderFault::RepeatedCode { code });
                }
                Ok(priority) => found.push(priority),
                Err(fault) => faults.add(file, Some(sheet.row()), fault),
            },
        }
    }
    faults.into_result()?;
    Ok(found)
}

fn read_priority(sheet: &Sheet) -> Result<Priority, ValueFault> {
    let cell = |column| sheet.get(column).unwrap_or_default();
    Priority::from_cells([0, 1, 2, 3, 4].map(cell)).map_err(|(column, expected)| {
        ValueFault::new(PRIORITY_COLUMNS[column], cell(column), expected)
    })
}

/// The text of a cell, which has at least one character and no more than the limit.
fn text(
    sheet: &Sheet,
    columns: &[&str],
    column: usize,
    limit: usize,
) -> Result<String, ValueFault> {
    let text = sheet.get(column).unwrap_or_default().trim();
    if (1..=limit).contains(&text.chars().count()) {
        Ok(text.to_owned())
    } else {
        let expected = format_args!("a text of 1 to {limit} characters");
        Err(ValueFault::new(columns[column], text, expected))
    }
}
