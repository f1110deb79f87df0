//! [`Field`]: how a value of an event is read from its cells and written back.

use crate::model::cells::{CellProblem, Cells};
use crate::model::column::{Column, Need};
use crate::model::date::Date;
use crate::model::detail::DetailField;
use crate::model::facts::Facts;
use crate::model::fingerprint::Fingerprint;
use crate::model::id::{EntryNumber, EntryNumbers, ProjectRef};
use crate::model::input::Input;
use crate::model::measure::Measure;
use crate::model::money::Money;
use crate::model::names::NameOf;
use crate::model::pot::{Pot, Source, Vat};
use crate::model::priority::Priorities;
use crate::model::quantity::Quantity;
use crate::model::reader::RowReader;
use crate::model::scheme::SchemeChange;

/// Whoever holds the money that is returned, repaid or lapses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// A pot: money that was never committed.
    Pot(Pot),
    /// A project: the unspent part of its award.
    Project(ProjectRef),
}

/// A value that a kind of entry has in a column of its own.
pub(crate) trait Field: Sized {
    /// Whether its cell must be filled.
    const NEED: Need = Need::Required;

    /// What a person is asked for.
    const INPUT: Input;

    /// Reads it; `None` if there is a fault, which the reader then knows.
    fn read(reader: &mut RowReader<'_>, column: Column, facts: &Facts) -> Option<Self>;

    /// Writes it, so that [`Field::read`] reads it back.
    fn write<'a>(&'a self, cells: &mut Cells<'a>, column: Column);

    // What it is of all that an event can name.
    fn project(&self) -> Option<&ProjectRef> {
        None
    }

    fn pot(&self) -> Option<Pot> {
        None
    }

    fn amount(&self) -> Option<Money> {
        None
    }

    fn entry(&self) -> Option<EntryNumber> {
        None
    }

    fn renumber_after(&mut self, _entries: u32) {}
}

/// A value that is read from its cell alone, by its grammar.
macro_rules! fields {
    ($($type:ty: $text:ident, $input:expr $(, { $($own:tt)+ })?);+ $(;)?) => {$(
        impl Field for $type {
            const INPUT: Input = $input;

            fn read(reader: &mut RowReader<'_>, column: Column, _: &Facts) -> Option<$type> {
                reader.required(column)
            }

            fn write<'a>(&'a self, cells: &mut Cells<'a>, column: Column) {
                cells.set(column, self.$text());
            }

            $($($own)+)?
        }
    )+};
}

fields! {
    ProjectRef: as_str, Input::Project, {
        fn project(&self) -> Option<&ProjectRef> { Some(self) }
    };
    Pot: as_str, Input::choice(Pot::MEANINGS), { fn pot(&self) -> Option<Pot> { Some(*self) } };
    EntryNumber: to_string, Input::Entries, {
        fn entry(&self) -> Option<EntryNumber> {
            Some(*self)
        }

        fn renumber_after(&mut self, entries: u32) {
            self.0 = self.0.saturating_add(entries);
        }
    };
    Quantity: to_string, Input::Number;
    Date: to_string, Input::Day;
    Fingerprint: to_string, Input::Fingerprint;
    NameOf: as_str, Input::choice(NameOf::MEANINGS);
    DetailField: as_str, Input::choice(DetailField::MEANINGS);
    Source: as_str, Input::Choice {
        words: Source::MEANINGS,
        if_empty: Some("typed from a paper"),
    };
}

impl Field for Money {
    const INPUT: Input = Input::Amount;

    fn read(reader: &mut RowReader<'_>, column: Column, facts: &Facts) -> Option<Money> {
        reader.amount(column, facts)
    }

    fn write<'a>(&'a self, cells: &mut Cells<'a>, column: Column) {
        cells.set(column, self.to_string());
    }

    fn amount(&self) -> Option<Money> {
        Some(*self)
    }
}

impl Field for String {
    const INPUT: Input = Input::Text;

    fn read(reader: &mut RowReader<'_>, column: Column, facts: &Facts) -> Option<String> {
        reader.required_text(column, facts)
    }

    fn write<'a>(&'a self, cells: &mut Cells<'a>, column: Column) {
        cells.set(column, self.as_str());
    }
}

impl Field for Measure {
    const INPUT: Input = Input::choice(Measure::MEANINGS);

    /// Some measures are only for a project, and most only for the year.
    fn read(reader: &mut RowReader<'_>, column: Column, _: &Facts) -> Option<Measure> {
        let measure: Measure = reader.required(column)?;
        let of_year = reader.is_empty(Column::Project);
        if of_year && !measure.is_for_a_year() {
            let wanted = format_args!("a project; {measure} is a figure for one project");
            reader.expected(Column::Project, wanted)
        } else if !of_year && !measure.is_for_a_project() {
            let why = format!("{measure} is a figure for the whole year");
            reader.fault(Column::Project, CellProblem::NotAllowed(why))
        } else {
            Some(measure)
        }
    }

    fn write<'a>(&'a self, cells: &mut Cells<'a>, column: Column) {
        cells.set(column, self.as_str());
    }
}

/// Empty means none.
impl Field for EntryNumbers {
    const INPUT: Input = Input::Entries;
    const NEED: Need = Need::Optional;

    fn read(reader: &mut RowReader<'_>, column: Column, _: &Facts) -> Option<EntryNumbers> {
        reader.or(column, EntryNumbers::default())
    }

    fn write<'a>(&'a self, cells: &mut Cells<'a>, column: Column) {
        cells.set(column, self.to_string());
    }

    fn renumber_after(&mut self, entries: u32) {
        for number in &mut self.0 {
            number.renumber_after(entries);
        }
    }
}

impl Field for SchemeChange {
    const INPUT: Input = Input::Text;

    /// A priority that begins has one code and a name.
    fn read(reader: &mut RowReader<'_>, column: Column, _: &Facts) -> Option<SchemeChange> {
        let change = reader.required(column)?;
        let codes: Priorities = reader.or(Column::Priorities, Priorities::default())?;
        if codes.codes().count() > 1 {
            return reader.expected(Column::Priorities, "one code; record an entry for each");
        }
        if change != SchemeChange::Begins {
            return Some(change);
        }
        if reader.is_empty(Column::Priorities) {
            return reader.expected(Column::Priorities, "the code of the priority that begins");
        }
        if reader.is_empty(Column::Title) {
            return reader.expected(Column::Title, "the name of the priority that begins");
        }
        Some(change)
    }

    fn write<'a>(&'a self, cells: &mut Cells<'a>, column: Column) {
        cells.set(column, self.to_string());
    }
}

/// Empty means net.
impl Field for Vat {
    const INPUT: Input = Input::Choice {
        words: Vat::MEANINGS,
        if_empty: Some(Vat::KEYWORDS[Vat::Net as usize]),
    };
    const NEED: Need = Need::Optional;

    fn read(reader: &mut RowReader<'_>, column: Column, _: &Facts) -> Option<Vat> {
        reader.or(column, Vat::Net)
    }

    fn write<'a>(&'a self, cells: &mut Cells<'a>, column: Column) {
        cells.set(column, self.as_str());
    }
}

/// Empty means none.
impl Field for Priorities {
    const INPUT: Input = Input::Priorities;
    const NEED: Need = Need::Optional;

    fn read(reader: &mut RowReader<'_>, column: Column, _: &Facts) -> Option<Priorities> {
        reader.or(column, Priorities::default())
    }

    fn write<'a>(&'a self, cells: &mut Cells<'a>, column: Column) {
        cells.set(column, self.to_string());
    }
}

/// A holder has two columns, and fills one of them.
impl Field for Holder {
    const INPUT: Input = Input::choice(Pot::MEANINGS);
    const NEED: Need = Need::Optional;

    fn read(reader: &mut RowReader<'_>, column: Column, facts: &Facts) -> Option<Holder> {
        let pot = reader.optional(column);
        let project = reader.optional(Column::Project);
        match (pot, project) {
            (Some(pot), None) => Some(Holder::Pot(pot)),
            (None, Some(project)) => Some(Holder::Project(project)),
            (Some(_), Some(_)) => {
                let noun = facts.noun;
                let why = format!("{noun} names a pot or a project; give one of the two");
                reader.fault(column, CellProblem::NotAllowed(why))
            }
            (None, None) => reader.expected(column, "a pot or a project"),
        }
    }

    fn write<'a>(&'a self, cells: &mut Cells<'a>, column: Column) {
        match self {
            Holder::Pot(pot) => pot.write(cells, column),
            Holder::Project(project) => project.write(cells, Column::Project),
        }
    }

    fn project(&self) -> Option<&ProjectRef> {
        match self {
            Holder::Project(project) => Some(project),
            Holder::Pot(_) => None,
        }
    }

    fn pot(&self) -> Option<Pot> {
        match self {
            Holder::Pot(pot) => Some(*pot),
            Holder::Project(_) => None,
        }
    }
}

/// A value whose cell may be empty.
impl<T: Field> Field for Option<T> {
    const INPUT: Input = T::INPUT;
    const NEED: Need = Need::Optional;

    fn read(reader: &mut RowReader<'_>, column: Column, facts: &Facts) -> Option<Option<T>> {
        if reader.is_empty(column) {
            return Some(None);
        }
        T::read(reader, column, facts).map(Some)
    }

    fn write<'a>(&'a self, cells: &mut Cells<'a>, column: Column) {
        if let Some(value) = self {
            value.write(cells, column);
        }
    }

    fn project(&self) -> Option<&ProjectRef> {
        self.as_ref().and_then(Field::project)
    }

    fn amount(&self) -> Option<Money> {
        self.as_ref().and_then(Field::amount)
    }

    fn entry(&self) -> Option<EntryNumber> {
        self.as_ref().and_then(Field::entry)
    }

    fn renumber_after(&mut self, entries: u32) {
        if let Some(value) = self {
            value.renumber_after(entries);
        }
    }
}
