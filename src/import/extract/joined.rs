//! [`Joined`]: several sheets with the same header, read as one.

use std::sync::Arc;

use crate::import::extract::workbook::rows::SheetRow;
use crate::rules::Place;

/// Which sheets are read as one. The rows of further sheets follow those of the first, without their
/// headers and what stands above these; none if there is one sheet only.
#[derive(Debug, Clone, Default)]
pub(super) struct Joined(Vec<Part>);

/// A sheet among those.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) name: Arc<str>,
    /// How many rows at its beginning are left out.
    pub(super) left_out: u64,
    /// The last row before it.
    after: u64,
}

impl Joined {
    /// Adds a sheet to the rows so far, which are then numbered on.
    pub(super) fn add(
        &mut self,
        name: &str,
        left_out: u64,
        sheet: Vec<SheetRow>,
        rows: &mut Vec<SheetRow>,
    ) {
        let after = rows.last().map_or(0, |last| last.row);
        let sheet = sheet.into_iter().filter(|row| row.row > left_out);
        rows.extend(sheet.map(|row| SheetRow {
            row: row.row - left_out + after,
            cells: row.cells,
        }));
        self.0.push(Part {
            name: name.into(),
            left_out,
            after,
        });
    }

    /// Where a row stands.
    pub(super) fn place(&self, row: u64) -> Place {
        match self.0.iter().rfind(|part| part.after < row) {
            None => row.into(),
            Some(part) => Place {
                sheet: Some(part.name.clone()),
                row: row - part.after + part.left_out,
            },
        }
    }

    /// The sheets, in their order.
    pub(super) fn parts(&self) -> &[Part] {
        &self.0
    }
}
