//! The draft of a decision about a project. An approval without an amount is of what was submitted,
//! so that it is made from the figures that it will be recorded on.

use std::fmt::Display;
use std::str::FromStr;

use crg::book::as_submitted;
use crg::model::{CellFault, Cells, Column, Kind, ProjectRef};
use crg::{Date, Draft, Error, Portfolio};

/// Makes the draft when the figures are known.
pub(crate) fn maker(
    kind: Kind,
    mut cells: Cells<'static>,
) -> impl FnOnce(&Portfolio) -> Result<Draft, Error> {
    move |figures| {
        let is_as_submitted =
            kind == Kind::Approve && cells.get(Column::Amount).unwrap_or_default().is_empty();
        if is_as_submitted {
            let project: ProjectRef = parsed(&cells, Column::Project)?;
            let on: Date = parsed(&cells, Column::On)?;
            let amount = as_submitted(figures, &project, on)?;
            cells.set(Column::Amount, amount.to_string());
        }
        Draft::from_new_cells(&cells).map_err(Error::Invalid)
    }
}

/// What a cell holds.
pub(crate) fn parsed<T: FromStr<Err: Display>>(
    cells: &Cells<'_>,
    column: Column,
) -> Result<T, Error> {
    let text = cells.get(column).unwrap_or_default();
    let fault = |error| Error::Invalid(vec![CellFault::expected(column, text, error)]);
    text.parse().map_err(fault)
}
