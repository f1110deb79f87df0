//! [`declare!`]: what a report holds, with each key and each column declared once.

/// Declares structs, which are objects in JSON, and rows, whose fields say how they are shown
/// too. JSON, its schema, CSV and every table follow from it.
///
/// ```ignore
/// declare! {
///     /// All projects of a year.
///     pub struct ProjectListReport {
///         /// The projects, by ref.
///         pub rows: Vec<ProjectRow>,
///     }
///
///     /// One project.
///     pub row ProjectRow {
///         /// Its ref.
///         pub project: ProjectRef => shown("Project"),
///         /// Why a rule was set aside.
///         pub override_reason: Option<String> => detail named "override",
///         /// Its award.
///         pub award: Money => total("Award"),
///         /// What it says in a cell is worked out from the row.
///         pub title: Option<String> => shown("Title") from |row| title_cell(&row.title),
///         /// In JSON only.
///         pub stage: Stage,
///         /// An object in JSON, and columns of other names in a table.
///         pub was: Option<PreviousEntry> => {
///             was_entry: EntryNumber => detail("Book entry")
///                 from |row| row.was.as_ref().map(|was| was.entry).into(),
///         },
///     }
/// }
/// ```
///
/// A field is `shown` under a heading, a `total` (shown, and its sum means something), a `detail`
/// (for scripts and workbooks only) or a `detail_total`. Columns in braces are worked out from the
/// row and take the place of the field, which is then in JSON only. `ProjectRow::COLUMN.award`
/// names a column where a drawing or a formula needs it.
macro_rules! declare {
    () => {};
    (
        $(#[$meta:meta])*
        $vis:vis struct $Name:ident { $($fields:tt)* }
        $($rest:tt)*
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        #[non_exhaustive]
        $vis struct $Name { $($fields)* }

        declare! { $($rest)* }
    };
    (
        $(#[$meta:meta])*
        $vis:vis row $Row:ident {
            $(
                $(#[$field_meta:meta])*
                $field_vis:vis $field:ident : $type:ty
                $(=> $how:ident $(($heading:literal))? $(named $name:literal)? $(from $cell:expr)?)?
                $(=> {$(
                    $part:ident : $part_type:ty
                    => $part_how:ident $(($part_heading:literal))? from $part_cell:expr
                ),* $(,)?})?
            ),* $(,)?
        }
        $($rest:tt)*
    ) => {
        declare! {
            $(#[$meta])*
            $vis struct $Row {
                $(
                    $(#[$field_meta])* $($(#[serde(rename = $name)])?)?
                    $field_vis $field: $type
                ),*
            }
        }

        const _: () = {
            /// Names the columns.
            pub(crate) struct Columns {
                $(
                    $(pub(crate) $field: declare!(@id_type $how),)?
                    $($(pub(crate) $part: declare!(@id_type $part_how),)*)?
                )*
            }

            impl $Row {
                /// The columns by name.
                pub(crate) const COLUMN: Columns = Columns {
                    $(
                        $($field: declare!(@id $Row $field $($name)?),)?
                        $($($part: declare!(@id $Row $part),)*)?
                    )*
                };
            }
        };

        impl $crate::document::Row for $Row {
            const COLUMNS: &'static [$crate::document::Column] = &[
                $(
                    $($crate::document::Column::$how(
                        $Row::COLUMN.$field,
                        <$type as $crate::document::CellValue>::ALIGN,
                        concat!($($heading)?),
                    ),)?
                    $($($crate::document::Column::$part_how(
                        $Row::COLUMN.$part,
                        <$part_type as $crate::document::CellValue>::ALIGN,
                        concat!($($part_heading)?),
                    ),)*)?
                )*
            ];

            fn cells(&self) -> Vec<$crate::document::Cell> {
                vec![$(
                    $(declare!(@cell $how self $field $($cell)?),)?
                    $($(declare!(@cell $part_how self $part $part_cell),)*)?
                )*]
            }
        }

        declare! { $($rest)* }
    };
    (@id_type $how:ident) => { $crate::document::ColumnId };
    (@id $Row:ident $field:ident $name:literal) => {
        $crate::document::ColumnId { row: stringify!($Row), name: $name }
    };
    (@id $Row:ident $field:ident) => {
        $crate::document::ColumnId { row: stringify!($Row), name: stringify!($field) }
    };
    (@cell $how:ident $self:ident $field:ident $cell:expr) => {{
        let cell: fn(&Self) -> $crate::document::Cell = $cell;
        cell($self)
    }};
    (@cell $how:ident $self:ident $field:ident) => {
        $crate::document::CellValue::cell(&$self.$field)
    };
}
pub(crate) use declare;

/// Names columns of a kind of row: `columns![ProjectRow: project, title]`.
macro_rules! columns {
    ($Row:ident: $($column:ident),+ $(,)?) => { [$($Row::COLUMN.$column),+] };
}
pub(crate) use columns;
