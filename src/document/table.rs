//! [`Table`]: rows for any format, and [`Report`]: what every report can say of itself.

use std::collections::BTreeSet;

use crate::document::block::Block;
use crate::document::drawing::Drawing;
use crate::document::formula::Working;
use crate::document::origin::Origin;
use crate::model::{Date, EntryNumber, Money};

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// Words for people, where CSV has nothing.
    Aside(&'static str),
    /// Pounds and pence.
    Money(Money),
    /// Pounds and pence that other cells make: a spreadsheet works them out again.
    Worked(Money, Working),
    /// A day.
    Day(Date),
    /// A count or an entry's number.
    Number(u64),
}

/// Which side of its column a value stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words and days.
    Left,
    /// Amounts and counts.
    Right,
}

/// A column: its name for scripts, its heading for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The name in CSV.
    pub name: &'static str,
    /// The heading in tables; where it is empty, the column is for CSV only.
    pub heading: &'static str,
    /// Its side.
    pub align: Align,
    /// Does its sum mean something? A spreadsheet then has it below the rows.
    pub is_summed: bool,
}

impl Field {
    /// A column of words.
    #[must_use]
    pub const fn left(name: &'static str, heading: &'static str) -> Field {
        Field {
            name,
            heading,
            align: Align::Left,
            is_summed: false,
        }
    }

    /// A column of amounts or counts.
    #[must_use]
    pub const fn right(name: &'static str, heading: &'static str) -> Field {
        Field {
            name,
            heading,
            align: Align::Right,
            is_summed: false,
        }
    }

    /// A column of amounts whose sum means something.
    #[must_use]
    pub const fn sum(name: &'static str, heading: &'static str) -> Field {
        Field {
            name,
            heading,
            align: Align::Right,
            is_summed: true,
        }
    }

    /// Is it for CSV only?
    #[must_use]
    pub fn is_detail(&self) -> bool {
        self.heading.is_empty()
    }
}

/// Rows under columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What the rows are; empty where the report's title says it.
    pub caption: String,
    /// The columns.
    pub fields: Vec<Field>,
    /// The rows, each as long as `fields`.
    pub rows: Vec<Vec<Cell>>,
    /// How it looks where a format has pictures.
    pub drawing: Option<Drawing>,
}

impl Table {
    /// A table of those columns, without rows.
    #[must_use]
    pub fn new(caption: impl Into<String>, fields: &[Field]) -> Table {
        Table {
            caption: caption.into(),
            fields: fields.to_vec(),
            rows: Vec::new(),
            drawing: None,
        }
    }

    /// Lines of amounts: what each is, its amount, and what that means.
    #[must_use]
    pub fn of_lines<'a>(
        caption: impl Into<String>,
        lines: impl IntoIterator<Item = (&'a str, Money, &'a str)>,
    ) -> Table {
        let fields = [
            Field::left("line", "Line"),
            Field::right("amount", "Amount"),
            Field::left("meaning", "Meaning"),
        ];
        let row = |(line, amount, meaning): (&str, Money, &str)| {
            vec![line.into(), amount.into(), meaning.into()]
        };
        Table {
            rows: lines.into_iter().map(row).collect(),
            ..Table::new(caption, &fields)
        }
    }

    /// The same table, to be drawn where a format has pictures.
    #[must_use]
    pub fn drawn(self, drawing: Drawing) -> Table {
        Table {
            drawing: Some(drawing),
            ..self
        }
    }

    /// The cells of one column, or none where there is no such column.
    pub fn column(&self, name: &str) -> impl Iterator<Item = &Cell> {
        let place = self.fields.iter().position(|field| field.name == name);
        self.rows.iter().filter_map(move |row| row.get(place?))
    }

    /// The sum of a column, where its sum means something.
    #[must_use]
    pub fn total(&self, place: usize) -> Option<Money> {
        self.fields.get(place).filter(|field| field.is_summed)?;
        let amount = |row: &Vec<Cell>| match row.get(place) {
            Some(Cell::Money(amount) | Cell::Worked(amount, _)) => Some(*amount),
            _ => None,
        };
        Some(self.rows.iter().filter_map(amount).sum())
    }
}

/// What every report can say of itself.
pub trait Report {
    /// What it is, of which year and day.
    fn title(&self) -> String;

    /// The day it speaks of, where it speaks of one.
    fn as_at(&self) -> Option<Date> {
        None
    }

    /// Its tables. CSV holds the first; the others repeat or explain it.
    fn tables(&self) -> Vec<Table>;

    /// What a reader must know beside the figures.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }

    /// The whole of it in the order it is read: its tables, then its notes, where it does not say
    /// otherwise.
    fn blocks(&self) -> Vec<Block> {
        let tables = self.tables().into_iter().map(Block::Table);
        let notes = self.notes();
        tables
            .chain((!notes.is_empty()).then_some(Block::Points(notes)))
            .collect()
    }

    /// What its figures rest on, said at the foot of a [`Paper`](crate::document::origin::Paper).
    fn origin(&self) -> Option<Origin> {
        None
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        if text.is_empty() {
            Cell::Empty
        } else {
            Cell::Text(text.to_owned())
        }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        if text.is_empty() {
            Cell::Empty
        } else {
            Cell::Text(text)
        }
    }
}

impl From<Money> for Cell {
    fn from(amount: Money) -> Cell {
        Cell::Money(amount)
    }
}

impl From<Date> for Cell {
    fn from(day: Date) -> Cell {
        Cell::Day(day)
    }
}

impl From<EntryNumber> for Cell {
    fn from(number: EntryNumber) -> Cell {
        Cell::Number(number.0.into())
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Cell {
        value.map_or(Cell::Empty, Into::into)
    }
}

/// `1 difference`, `2 differences`.
#[must_use]
pub fn counted<N: std::fmt::Display + PartialEq + From<u8>>(count: N, what: &str) -> String {
    format!(
        "{count} {what}{}",
        if count == N::from(1) { "" } else { "s" }
    )
}

/// Says which entries set a process rule aside.
pub(crate) fn overrides(entries: &BTreeSet<EntryNumber>) -> Option<String> {
    let numbers: Vec<String> = entries.iter().map(ToString::to_string).collect();
    (!numbers.is_empty()).then(|| {
        format!(
            "Process rules were set aside, with reasons on record, in: {}.",
            numbers.join(", ")
        )
    })
}

/// Says that a year is not confirmed, wherever its figures are shown.
pub(crate) fn unless_confirmed(confirmed: bool) -> &'static str {
    if confirmed {
        ""
    } else {
        ", not yet confirmed by the OPCC"
    }
}

impl std::fmt::Display for Cell {
    /// As people read it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Cell::Empty => Ok(()),
            Cell::Text(text) => f.write_str(text),
            Cell::Aside(text) => f.write_str(text),
            Cell::Money(amount) | Cell::Worked(amount, _) => write!(f, "{}", amount.pounds()),
            Cell::Day(day) => write!(f, "{day}"),
            Cell::Number(number) => write!(f, "{number}"),
        }
    }
}
