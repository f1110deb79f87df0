//! [`kinds!`]: makes the kinds of entry, and what each says happened, from one table.

use crate::model::column::Column;

/// Makes `Kind` and `Event` from a table with one row for each kind:
///
/// ```text
/// /// The OPCC's award.
/// Approve = "approve" { project: ProjectRef, amount: Money }
///     => Decision.named("an approval").moves(Pot, Project),
/// ```
///
/// that is its documentation, its name, its keyword, the values it has in columns of its own, and
/// its [`Facts`](crate::model::facts::Facts). An `Option` may be left out. A value is read and
/// written as the [`Field`](crate::model::field::Field) that its type is, in the column that its
/// name stands for.
macro_rules! kinds {
    ($(
        $(#[doc = $doc:literal])*
        $kind:ident = $keyword:literal $({ $($field:ident: $type:ty),+ $(,)? })? => $facts:expr
    ),+ $(,)?) => {
        keywords! {
            /// What an entry says happened.
            Kind, KindError, "a kind of entry such as propose, approve or spend" {
                $($(#[doc = $doc])* $kind = $keyword),+
            }
        }

        impl Kind {
            pub(super) fn facts(self) -> &'static Facts {
                match self {
                    $(Kind::$kind => const {
                        &$facts$($(.has(column(stringify!($field)), <$type as Field>::NEED))+)?
                    }),+
                }
            }
        }

        impl Kind {
            /// What it has in a column.
            pub fn input(self, column: Column) -> Input {
                match self {
                    $(Kind::$kind => {
                        $($(if column == const { crate::model::kinds::column(stringify!($field)) } {
                            return <$type as Field>::INPUT;
                        })+)?
                    })+
                }
                Input::usual(column)
            }
        }

        /// What happened, with what its [`Kind`] needs.
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the fields are documented at `Column`")]
        pub enum Event {
            $($(#[doc = $doc])* $kind $({ $($field: $type),+ })?),+
        }

        impl Event {
            /// Its kind.
            pub fn kind(&self) -> Kind {
                match self { $(Event::$kind { .. } => Kind::$kind),+ }
            }

            /// The project that it names.
            pub fn project(&self) -> Option<&ProjectRef> {
                match self {
                    $(Event::$kind $({ $($field),+ })? => {
                        None $($(.or_else(|| Field::project($field)))+)?
                    }),+
                }
            }

            /// The pot that it names itself; a project's pot is known from its `propose`.
            pub fn pot(&self) -> Option<Pot> {
                match self {
                    $(Event::$kind $({ $($field),+ })? => {
                        None $($(.or_else(|| Field::pot($field)))+)?
                    }),+
                }
            }

            /// Its amount. What a `withdraw` or `release` moves is worked out when it is recorded.
            pub fn amount(&self) -> Option<Money> {
                match self {
                    $(Event::$kind $({ $($field),+ })? => {
                        None $($(.or_else(|| Field::amount($field)))+)?
                    }),+
                }
            }

            /// The other entry that it names.
            pub fn refers_to(&self) -> Option<EntryNumber> {
                match self {
                    $(Event::$kind $({ $($field),+ })? => {
                        None $($(.or_else(|| Field::entry($field)))+)?
                    }),+
                }
            }

            /// Counts the entries that it names from the start of a book, if they were counted from
            /// the start of a file that adds to a book with so many entries.
            pub(super) fn renumber_after(&mut self, entries: u32) {
                match self {
                    $(Event::$kind $({ $($field),+ })? => {
                        $($(Field::renumber_after($field, entries);)+)?
                    })+
                }
                // A kind without values names no entry.
                let _ = entries;
            }

            /// Reads what happened from its cells; every cell is tried before any is given up.
            pub(super) fn read(kind: Kind, reader: &mut RowReader<'_>) -> Option<Event> {
                let facts = kind.facts();
                match kind {
                    $(Kind::$kind => {
                        $($(
                            let cell = const { column(stringify!($field)) };
                            let $field = <$type as Field>::read(reader, cell, facts);
                        )+)?
                        Some(Event::$kind $({ $($field: $field?),+ })?)
                    })+
                }
            }

            /// Writes the cells that its kind has of its own.
            pub(super) fn write<'a>(&'a self, cells: &mut Cells<'a>) {
                match self {
                    $(Event::$kind $({ $($field),+ })? => {
                        $($($field.write(cells, const { column(stringify!($field)) });)+)?
                    })+
                }
            }
        }
    };
}

/// The column that the name of a value stands for. It is worked out when the table is compiled.
pub(super) const fn column(name: &str) -> Column {
    match name.as_bytes() {
        b"project" => Column::Project,
        b"pot" | b"holder" => Column::Pot,
        b"amount" => Column::Amount,
        b"title" => Column::Title,
        b"lead" => Column::Lead,
        b"supplier" => Column::Supplier,
        b"entry" | b"entries" => Column::Reference,
        b"measure" => Column::Measure,
        b"value" => Column::Value,
        b"priorities" | b"code" => Column::Priorities,
        b"vat" => Column::Vat,
        _ => panic!("no column has this name"),
    }
}

pub(super) use kinds;
