//! [`RowCells`]: the cells of one row of a tracker, each read by its grammar; what is wrong with
//! them is collected.

use std::fmt::Display;
use std::str::FromStr;

use crate::import::amount::amount;
use crate::import::day::day;
use crate::import::extract::columns::NamedColumn;
use crate::import::extract::text::on_one_line;
use crate::import::fault::ValueFault;
use crate::model::{Column, Date, Money, is_invisible};

pub(super) struct RowCells<'a> {
    cells: &'a [String],
    pub(super) faults: Vec<ValueFault>,
}

impl<'a> RowCells<'a> {
    pub(super) fn new(cells: &'a [String]) -> RowCells<'a> {
        RowCells {
            cells,
            faults: Vec::new(),
        }
    }

    /// The text of a cell; empty if there is none.
    pub(super) fn text(&self, column: &NamedColumn) -> &'a str {
        column.of(self.cells).trim()
    }

    pub(super) fn fault(&mut self, column: &str, found: &str, expected: impl Display) {
        self.faults.push(ValueFault::new(column, found, expected));
    }

    /// A value that a row must have.
    pub(super) fn value<T: FromStr<Err: Display>>(&mut self, column: &NamedColumn) -> Option<T> {
        let text = self.text(column);
        let value = text.parse();
        value
            .map_err(|error| self.fault(&column.name, text, error))
            .ok()
    }

    /// A value that a row may have.
    pub(super) fn optional<T: FromStr<Err: Display>>(
        &mut self,
        column: Option<&NamedColumn>,
    ) -> Option<T> {
        let column = column.filter(|column| !self.text(column).is_empty())?;
        self.value(column)
    }

    /// A text that a row must have, on one line.
    pub(super) fn words(&mut self, column: &NamedColumn, what: Column) -> Option<String> {
        let text = on_one_line(self.text(column));
        let max = what.max_chars();
        if text.is_empty() {
            self.fault(&column.name, "", format!("the {what}"));
        } else if text.chars().count() > max
            || text.chars().any(|c| c.is_control() || is_invisible(c))
        {
            let expected = format!("a text of at most {max} characters, all of them visible");
            self.fault(&column.name, &text, expected);
        } else {
            return Some(text);
        }
        None
    }

    /// An amount above zero, if the row has one.
    pub(super) fn amount(&mut self, column: Option<&NamedColumn>) -> Option<Money> {
        let column = column.filter(|column| !self.text(column).is_empty())?;
        let text = self.text(column);
        match amount(text) {
            Ok(amount) if amount < Money::ZERO => {
                self.fault(&column.name, text, "an amount of £0.00 or more");
                None
            }
            Ok(amount) => Some(amount).filter(|amount| !amount.is_zero()),
            Err(error) => {
                self.fault(&column.name, text, error);
                None
            }
        }
    }

    /// A day, if the row has one.
    pub(super) fn day(&mut self, column: Option<&NamedColumn>) -> Option<Date> {
        let column = column.filter(|column| !self.text(column).is_empty())?;
        let text = self.text(column);
        day(text)
            .map_err(|error| self.fault(&column.name, text, error))
            .ok()
    }
}
