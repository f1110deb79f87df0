//! [`RowReader`]: reads typed values from a row of [`Cells`], and keeps all that is wrong with it.

use std::fmt::Display;
use std::str::FromStr;

use crate::model::cells::{CellFault, CellProblem, Cells};
use crate::model::column::{Column, Need};
use crate::model::facts::Facts;
use crate::model::money::Money;

/// A row being read, and what is wrong with it so far.
pub(crate) struct RowReader<'a> {
    cells: &'a Cells<'a>,
    faults: Vec<CellFault>,
}

impl<'a> RowReader<'a> {
    pub(crate) fn new(cells: &'a Cells<'a>) -> RowReader<'a> {
        RowReader {
            cells,
            faults: Vec::new(),
        }
    }

    /// The value read, or every cell that is wrong, in the order of the columns.
    pub(crate) fn finish<T>(mut self, value: Option<T>) -> Result<T, Vec<CellFault>> {
        match value {
            Some(value) if self.faults.is_empty() => Ok(value),
            _ => {
                self.faults.sort_by_key(|fault| fault.column);
                self.faults.dedup_by_key(|fault| fault.column);
                Err(self.faults)
            }
        }
    }

    /// Notes a fault of a cell; what is noted first of a cell counts.
    pub(crate) fn fault<T>(&mut self, column: Column, problem: CellProblem) -> Option<T> {
        let found = self.cells.get(column).unwrap_or_default().to_owned();
        self.faults.push(CellFault {
            column,
            found,
            problem,
        });
        None
    }

    /// Notes that a cell should hold something else: a noun phrase.
    pub(crate) fn expected<T>(&mut self, column: Column, expected: impl Display) -> Option<T> {
        self.fault(column, CellProblem::Expected(expected.to_string()))
    }

    /// Checks what holds for any text of a row, and that a kind's row has only columns it takes.
    pub(crate) fn check_cells(&mut self, facts: Option<&Facts>) {
        let cells = self.cells;
        for (column, text) in cells.filled() {
            if let Some(facts) = facts.filter(|facts| facts.need(column) == Need::Never) {
                let why = format!("{} has no {column}", facts.noun);
                self.fault(column, CellProblem::NotAllowed(why))
            } else if is_longer(text, column.max_chars()) {
                self.fault(column, CellProblem::TooLong(column.max_chars()))
            } else if text.chars().any(|c| c.is_control() && c != '\n') {
                self.fault(column, CellProblem::ControlCharacters)
            } else {
                Some(())
            };
        }
    }

    pub(crate) fn is_empty(&self, column: Column) -> bool {
        self.cells.get(column).is_none()
    }

    /// The cell's value, if it is filled.
    pub(crate) fn optional<T: FromStr<Err: Display>>(&mut self, column: Column) -> Option<T> {
        self.cells.get(column)?;
        self.required(column)
    }

    /// The cell's value, or another if it is empty.
    pub(crate) fn or<T: FromStr<Err: Display>>(&mut self, column: Column, empty: T) -> Option<T> {
        if self.is_empty(column) {
            return Some(empty);
        }
        self.required(column)
    }

    /// The cell's value; that there is none is a fault.
    pub(crate) fn required<T: FromStr<Err: Display>>(&mut self, column: Column) -> Option<T> {
        match self.cells.get(column).unwrap_or_default().parse() {
            Ok(value) => Some(value),
            Err(error) => self.expected(column, error),
        }
    }

    /// The cell's text, if it is filled.
    pub(crate) fn text(&self, column: Column) -> Option<String> {
        self.cells.get(column).map(str::to_owned)
    }

    /// The cell's text; that there is none is a fault.
    pub(crate) fn required_text(&mut self, column: Column, facts: &Facts) -> Option<String> {
        match self.text(column) {
            Some(text) => Some(text),
            None => self.expected(column, format_args!("a {column}; {} needs one", facts.noun)),
        }
    }

    /// The amount, from a penny (or nothing, for some kinds) to what an entry may hold.
    pub(crate) fn amount(&mut self, column: Column, facts: &Facts) -> Option<Money> {
        let amount = self.required(column)?;
        let least = if facts.may_be_zero {
            Money::ZERO
        } else {
            Money::PENNY
        };
        let most = Money::MAX_ENTRY;
        if (least..=most).contains(&amount) {
            return Some(amount);
        }
        if amount.is_negative() && !facts.may_be_zero {
            return self.expected(column, "an amount above zero");
        }
        let (least, most) = (least.pounds(), most.pounds());
        self.expected(column, format_args!("an amount from {least} to {most}"))
    }
}

/// Returns `true` if the text has more characters than this. Most texts have fewer bytes.
fn is_longer(text: &str, max_chars: usize) -> bool {
    text.len() > max_chars && text.chars().count() > max_chars
}
