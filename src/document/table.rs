//! [`Table`]: rows under columns, for any format.

use crate::document::cell::{Cell, CellValue};
use crate::document::column::{Align, Column, ColumnId};
use crate::document::drawing::Drawing;
use crate::document::formula::Formula;
use crate::document::text::Text;
use crate::model::{FinancialYear, Money};

/// A kind of row, with its columns declared once: see `declare!`.
pub trait Row {
    /// The columns, in the order of CSV.
    const COLUMNS: &'static [Column];

    /// A cell for each of the columns.
    fn cells(&self) -> Vec<Cell>;
}

/// Rows under columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What the rows are; empty if the report's title says it.
    pub caption: Text,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each with a cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// How it looks in a format that has pictures.
    pub drawing: Option<Drawing>,
    /// Whether people see the totals of its columns below its rows, as they do in every workbook.
    pub is_totalled: bool,
}

impl Table {
    /// A table with these rows, under the columns declared for their kind.
    pub fn of<'a, R: Row + 'a>(
        caption: impl Into<Text>,
        rows: impl IntoIterator<Item = &'a R>,
    ) -> Table {
        Table {
            caption: caption.into(),
            columns: R::COLUMNS.to_vec(),
            rows: rows.into_iter().map(Row::cells).collect(),
            drawing: None,
            is_totalled: false,
        }
    }

    /// The same table with only these of its columns, in this order.
    #[must_use]
    pub(crate) fn only(&self, columns: &[ColumnId]) -> Table {
        let kept: Vec<usize> = columns.iter().filter_map(|id| self.index(*id)).collect();
        let row = |cells: &Vec<Cell>| kept.iter().map(|index| cells[*index].clone()).collect();
        Table {
            columns: kept.iter().map(|index| self.columns[*index]).collect(),
            rows: self.rows.iter().map(row).collect(),
            ..self.clone()
        }
    }

    /// The same table without one of its columns.
    #[must_use]
    pub(crate) fn without(&self, column: ColumnId) -> Table {
        let ids = self.columns.iter().map(Column::id);
        let kept: Vec<ColumnId> = ids.filter(|id| *id != column).collect();
        self.only(&kept)
    }

    /// The same table without the columns that are empty in every row.
    #[must_use]
    pub(crate) fn without_empty(self) -> Table {
        let is_filled = |index: &usize| self.rows.iter().any(|row| row[*index] != Cell::Empty);
        let filled = (0..self.columns.len()).filter(is_filled);
        let kept: Vec<ColumnId> = filled.map(|index| self.columns[index].id).collect();
        self.only(&kept)
    }

    /// The same table with one of its columns right behind another.
    #[must_use]
    pub(crate) fn behind(self, before: ColumnId, column: ColumnId) -> Table {
        let ids = self.columns.iter().map(Column::id);
        let ids = ids.filter(|id| *id != column).flat_map(|id| {
            let behind = (id == before).then_some(column);
            [id].into_iter().chain(behind)
        });
        let order: Vec<ColumnId> = ids.collect();
        self.only(&order)
    }

    /// Returns `true` if a column holds no amount other than £0.00.
    pub(crate) fn is_zero(&self, column: ColumnId) -> bool {
        let mut amounts = self.column(column).filter_map(Cell::amount);
        amounts.all(Money::is_zero)
    }

    /// The same table with the columns of another after its own, row by row.
    #[must_use]
    pub(crate) fn beside(mut self, other: Table) -> Table {
        self.columns.extend(other.columns);
        for (row, cells) in self.rows.iter_mut().zip(other.rows) {
            row.extend(cells);
        }
        self
    }

    /// The same table with a column shown under another heading.
    #[must_use]
    pub(crate) fn headed(mut self, column: ColumnId, heading: &'static str) -> Table {
        if let Some(index) = self.index(column) {
            self.columns[index].heading = heading;
            self.columns[index].is_detail = false;
        }
        self
    }

    /// The same table with some columns left to scripts and workbooks.
    #[must_use]
    pub(crate) fn hidden(mut self, columns: &[ColumnId]) -> Table {
        for column in &mut self.columns {
            column.is_detail |= columns.contains(&column.id);
        }
        self
    }

    /// The same table for scripts and workbooks, which say the year in each row.
    #[must_use]
    pub(crate) fn of_year(self, year: FinancialYear) -> Table {
        self.led_by("year", &year)
    }

    /// The same table with a value before each of its rows, for scripts and workbooks.
    #[must_use]
    pub(crate) fn led_by<V: CellValue>(mut self, name: &'static str, value: &V) -> Table {
        let id = ColumnId { row: "", name };
        self.columns.insert(0, Column::detail(id, V::ALIGN, ""));
        for row in &mut self.rows {
            row.insert(0, value.cell());
        }
        self
    }

    /// The same table with a value after each of its rows, for scripts.
    #[must_use]
    pub(crate) fn followed_by<V: CellValue>(mut self, name: &'static str, value: &V) -> Table {
        let id = ColumnId { row: "", name };
        self.columns.push(Column::detail(id, V::ALIGN, ""));
        for row in &mut self.rows {
            row.push(value.cell());
        }
        self
    }

    /// The same table, if it has rows.
    pub(crate) fn filled(self) -> Option<Table> {
        (!self.rows.is_empty()).then_some(self)
    }

    /// The same table with a column on another side.
    #[must_use]
    pub(crate) fn aligned(mut self, column: ColumnId, align: Align) -> Table {
        if let Some(index) = self.index(column) {
            self.columns[index].align = align;
        }
        self
    }

    /// The same table with the amounts of a column worked out from other cells, in each row by the
    /// same formula.
    #[must_use]
    pub(crate) fn worked_out(mut self, column: ColumnId, formula: &Formula) -> Table {
        if let Some(index) = self.index(column) {
            for cell in self.rows.iter_mut().filter_map(|row| row.get_mut(index)) {
                if let Cell::Money(amount) = *cell {
                    *cell = Cell::Formula(amount, formula.clone());
                }
            }
        }
        self
    }

    /// The same table, drawn in formats that have pictures.
    #[must_use]
    pub fn drawn(self, drawing: Drawing) -> Table {
        Table {
            drawing: Some(drawing),
            ..self
        }
    }

    /// The same table with a row of totals, for people. CSV and JSON never have one.
    #[must_use]
    pub(crate) fn totalled(self) -> Table {
        Table {
            is_totalled: true,
            ..self
        }
    }

    /// The same table under another caption.
    #[must_use]
    pub(crate) fn captioned(self, caption: impl Into<Text>) -> Table {
        Table {
            caption: caption.into(),
            ..self
        }
    }

    /// The columns that people see, each with its position.
    pub fn shown(&self) -> impl Iterator<Item = (usize, &Column)> {
        let columns = self.columns.iter().enumerate();
        columns.filter(|(_, column)| !column.is_detail())
    }

    /// The position of a column in this table.
    pub fn index(&self, column: ColumnId) -> Option<usize> {
        self.columns.iter().position(|own| own.id == column)
    }

    /// The cells of one column; none if the table does not have it.
    pub fn column(&self, column: ColumnId) -> impl Iterator<Item = &Cell> {
        let index = self.index(column);
        self.rows.iter().filter_map(move |row| row.get(index?))
    }

    /// The sum of the column at a position, if its sum means something.
    pub fn total(&self, index: usize) -> Option<Money> {
        self.columns.get(index).filter(|column| column.is_summed)?;
        let cells = self.rows.iter().filter_map(|row| row.get(index));
        Some(cells.filter_map(Cell::amount).sum())
    }

    /// The row of totals that people see below the rows, with a cell for each column.
    pub fn total_row(&self) -> Option<Vec<Cell>> {
        if !self.is_totalled || self.rows.is_empty() {
            return None;
        }
        let first = self.shown().next().map(|(index, _)| index);
        let cell = |index| match self.total(index) {
            Some(total) => Cell::Money(total),
            None if Some(index) == first => Cell::Aside("Total"),
            None => Cell::Empty,
        };
        Some((0..self.columns.len()).map(cell).collect())
    }
}
