//! [`FillDown`]: codes that stand only on the first row of their group.

use std::collections::HashMap;
use std::sync::Arc;

use crate::import::extract::columns::NamedColumn;

/// What was filled in, by row: the column and the text of each cell.
pub(super) type Filled = HashMap<u64, Vec<(usize, Arc<str>)>>;

/// Fills blank cells of some columns with what stands above them.
pub(super) struct FillDown {
    columns: Vec<(usize, Arc<str>)>,
    pub(super) filled: Filled,
}

impl FillDown {
    pub(super) fn new(columns: &[NamedColumn]) -> FillDown {
        let columns = columns.iter().map(|column| (column.index, "".into()));
        FillDown {
            columns: columns.collect(),
            filled: Filled::new(),
        }
    }

    /// Forgets what stands above.
    pub(super) fn forget(&mut self) {
        for (_, above) in &mut self.columns {
            *above = "".into();
        }
    }

    pub(super) fn fill(&mut self, row: u64, cells: &mut Vec<String>) {
        for (column, above) in &mut self.columns {
            let text = cells.get(*column).map_or("", |text| text.trim());
            if !text.is_empty() {
                if text != &**above {
                    *above = text.into();
                }
                continue;
            }
            if above.is_empty() {
                continue;
            }
            if cells.len() <= *column {
                cells.resize(*column + 1, String::new());
            }
            if let Some(cell) = cells.get_mut(*column) {
                cell.clear();
                cell.push_str(above);
            }
            let filled = self.filled.entry(row).or_default();
            filled.push((*column, Arc::clone(above)));
        }
    }
}
