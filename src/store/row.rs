//! A row of the table `entry`, and the entry it holds.

use rusqlite::Row;
use rusqlite::types::ValueRef;

use crate::model::{CellFault, Cells, Column, Draft, Entry, EntryNumber, Fingerprint, Money};
use crate::store::error::StoreError;
use crate::store::handle::Store;

/// The columns of `entry`, in the order in which they are read here and bound by
/// [`Writing`](crate::store::write::Writing).
pub(super) const COLUMNS: &str = "number, recorded, on_date, year, kind, project, pot, \
    amount_pence, title, lead, supplier, reference, measure, value, priorities, vat, \
    override_reason, note, recorded_by, refers_to, fingerprint";

/// What is found where another program put something that is not text of the column.
const NOT_TEXT: &str = "another type, or bytes that are not text";

impl Store {
    /// Reads a row through the same gate that every entry came in by.
    pub(super) fn decode(&self, row: &Row<'_>) -> Result<(Entry, Fingerprint), StoreError> {
        let fail = StoreError::sqlite(&self.path);
        let number: i64 = row.get(0).map_err(&fail)?;
        let damaged = |faults| StoreError::Damaged {
            path: self.path.clone(),
            entry: Some(number),
            faults,
        };
        let cells = cells(row).map_err(&fail)?.map_err(&damaged)?;
        let draft = Draft::from_cells(&cells).map_err(&damaged)?;
        // These are read in more than one spelling, and written in one; a payment has none of them.
        let is_respelled = !draft.kind().is_spending();
        for column in [Column::Value, Column::Priorities, Column::Reference] {
            let text = cells.get(column).filter(|_| is_respelled);
            if let Some(text) = text.filter(|text| draft.cells().get(column) != Some(text)) {
                return Err(damaged(not_as_written(column, text)));
            }
        }
        let missing = || damaged(not_as_written(Column::On, ""));
        let recorded = row.get_ref(1).map_err(&fail)?.as_str().unwrap_or(NOT_TEXT);
        let number = u32::try_from(number)
            .map(EntryNumber)
            .map_err(|_| damaged(not_as_written(Column::Reference, &number.to_string())))?;
        let on = draft.on().ok_or_else(missing)?;
        let recorded = recorded
            .parse()
            .map_err(|_| damaged(not_as_written(Column::On, recorded)))?;
        let entry = Entry::from_draft(draft, number, on, recorded);
        let stored = row.get_ref(20).map_err(&fail)?;
        let fingerprint = fingerprint(stored)
            .ok_or_else(|| damaged(not_as_written(Column::Value, &format!("{stored:?}"))))?;
        Ok((entry, fingerprint))
    }
}

/// The cells of a row, or why one of them is not as this program writes it.
fn cells<'a>(row: &'a Row<'_>) -> rusqlite::Result<Result<Cells<'a>, Vec<CellFault>>> {
    let mut cells = Cells::default();
    // The row has the columns in the same order, after its number and the moment it was recorded.
    for (index, column) in (2..).zip(Column::ALL) {
        match row.get_ref(index)? {
            ValueRef::Null => {}
            ValueRef::Integer(pence) if *column == Column::Amount => {
                cells.set(*column, Money::from_pence(pence).to_string())
            }
            // Pence as text, or a text as a number, would read the same.
            value => {
                let text = value.as_str().ok().filter(|_| *column != Column::Amount);
                let Some(text) = text else {
                    return Ok(Err(not_as_written(*column, NOT_TEXT)));
                };
                cells.set(*column, text);
                if cells.get(*column) != Some(text) || !column.is_canonical(text) {
                    return Ok(Err(not_as_written(*column, text)));
                }
            }
        }
    }
    let refers_to: Option<i64> = row.get(19)?;
    if let Some(entry) = refers_to {
        cells.set(Column::Reference, entry.to_string());
    }
    Ok(Ok(cells))
}

/// A fingerprint as a file keeps it: 32 bytes.
pub(super) fn fingerprint(stored: ValueRef<'_>) -> Option<Fingerprint> {
    match stored {
        ValueRef::Blob(bytes) => bytes.try_into().ok().map(Fingerprint::from_bytes),
        _ => None,
    }
}

/// The fault of a text that this program would have written otherwise: another program changed it.
fn not_as_written(column: Column, found: &str) -> Vec<CellFault> {
    let expected = "the text as this program writes it";
    vec![CellFault::expected(column, found, expected)]
}
