//! [`Cell`]: one value of a row, and how values become cells.

use std::fmt;

use crate::document::column::Align;
use crate::document::formula::Formula;
use crate::fold::{Account, PotName};
use crate::model::{
    Date, EntryNumber, FinancialYear, Fingerprint, Kind, Measure, Moment, Money, Pot, Priorities,
    ProjectRef, Quantity, Quarter, Stage, Vat,
};

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// Words for people, where CSV has nothing.
    Aside(&'static str),
    /// A line for people to write on, where CSV has nothing.
    Blank,
    /// A pot: people see its name, CSV has its keyword.
    Pot(PotName),
    /// Pounds and pence.
    Money(Money),
    /// Pounds and pence that other cells add up to: a spreadsheet works them out again.
    Formula(Money, Formula),
    /// A day.
    Day(Date),
    /// A count.
    Number(u64),
    /// The number of an entry.
    Entry(EntryNumber),
}

/// A value that can stand in a cell.
pub trait CellValue {
    /// The side of its column on which it stands.
    const ALIGN: Align = Align::Left;

    /// The value as a cell.
    fn cell(&self) -> Cell;
}

/// Where something is written by hand.
const BLANK_LINE: &str = "........................................";

impl Cell {
    /// The amount in it, if it holds one.
    pub(crate) fn amount(&self) -> Option<Money> {
        match self {
            Cell::Money(amount) | Cell::Formula(amount, _) => Some(*amount),
            _ => None,
        }
    }
}

impl fmt::Display for Cell {
    /// As people read it in a table.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Empty => Ok(()),
            Cell::Text(text) => f.write_str(text),
            Cell::Aside(text) => f.write_str(text),
            Cell::Blank => f.write_str(BLANK_LINE),
            Cell::Pot(name) => f.write_str(name.in_column()),
            Cell::Money(amount) | Cell::Formula(amount, _) => write!(f, "{}", amount.pounds()),
            Cell::Day(day) => write!(f, "{}", day.short()),
            Cell::Number(number) => write!(f, "{number}"),
            Cell::Entry(number) => write!(f, "{number}"),
        }
    }
}

impl CellValue for Money {
    const ALIGN: Align = Align::Right;

    fn cell(&self) -> Cell {
        Cell::Money(*self)
    }
}

impl CellValue for Date {
    fn cell(&self) -> Cell {
        Cell::Day(*self)
    }
}

impl CellValue for EntryNumber {
    const ALIGN: Align = Align::Right;

    fn cell(&self) -> Cell {
        Cell::Entry(*self)
    }
}

impl CellValue for PotName {
    fn cell(&self) -> Cell {
        Cell::Pot(*self)
    }
}

impl CellValue for str {
    fn cell(&self) -> Cell {
        if self.is_empty() {
            Cell::Empty
        } else {
            Cell::Text(self.to_owned())
        }
    }
}

impl<T: CellValue> CellValue for Option<T> {
    const ALIGN: Align = T::ALIGN;

    fn cell(&self) -> Cell {
        self.as_ref().map_or(Cell::Empty, T::cell)
    }
}

impl<T: CellValue + ?Sized> CellValue for &T {
    const ALIGN: Align = T::ALIGN;

    fn cell(&self) -> Cell {
        T::cell(self)
    }
}

impl CellValue for Vec<ProjectRef> {
    fn cell(&self) -> Cell {
        let projects: Vec<&str> = self.iter().map(ProjectRef::as_str).collect();
        projects.join(", ").as_str().cell()
    }
}

/// Values that are words as they are displayed.
macro_rules! displayed {
    ($($type:ty),* $(,)?) => {$(
        impl $crate::document::CellValue for $type {
            fn cell(&self) -> $crate::document::Cell {
                self.to_string().as_str().into()
            }
        }
    )*};
}
pub(crate) use displayed;

displayed! {
    String, FinancialYear, Quarter, Moment, Kind, Measure, Pot, Stage, Vat, ProjectRef, Priorities,
    Fingerprint, Account,
}

impl CellValue for Quantity {
    const ALIGN: Align = Align::Right;

    fn cell(&self) -> Cell {
        Cell::Text(self.to_string())
    }
}

/// Values that are counts.
macro_rules! numbers {
    ($($type:ty => $number:expr),* $(,)?) => {$(
        impl CellValue for $type {
            const ALIGN: Align = Align::Right;

            fn cell(&self) -> Cell {
                let number: fn(&$type) -> u64 = $number;
                Cell::Number(number(self))
            }
        }
    )*};
}

numbers! {
    u32 => |count| u64::from(*count),
    u64 => |count| *count,
    usize => |count| u64::try_from(*count).unwrap_or(u64::MAX),
}

impl<T: CellValue> From<T> for Cell {
    fn from(value: T) -> Cell {
        value.cell()
    }
}
