//! [`rows!`]: a kind of row, with each of its columns declared once.

/// Declares a kind of row: a struct whose fields say how they are shown. JSON, its schema, CSV and
/// every table follow from it.
///
/// ```ignore
/// rows! {
///     /// One project.
///     pub struct ProjectRow with ProjectColumns {
///         /// Its ref.
///         pub project: ProjectRef => shown("Project"),
///         /// Why a rule was set aside.
///         pub override_reason: Option<String> => detail named "override",
///         /// Its award.
///         pub award: Money => total("Award"),
///         /// What it says in a cell is worked out from the row.
///         pub difference: Money => shown("Difference") from ReconcileRow::difference_cell,
///         /// In JSON only.
///         pub stage: Stage,
///         /// An object in JSON, and columns of other names in a table.
///         pub was: Option<PreviousEntry> => {
///             was_entry: EntryNumber => detail from ImportRow::was_entry,
///         },
///     }
/// }
/// ```
///
/// A field is `shown` under a heading, a `total` (shown, and its sum means something), or a
/// `detail` (for scripts and workbooks only). Columns in braces are worked out from the row and
/// take the place of the field, which is then in JSON only. `ProjectRow::COLUMN.award` names a
/// column where a drawing or a formula needs it.
macro_rules! rows {
    (
        $(#[$meta:meta])*
        $vis:vis struct $Row:ident with $Columns:ident {
            $(
                $(#[$field_meta:meta])*
                $field_vis:vis $field:ident : $type:ty
                $(=> $how:ident $(($heading:literal))? $(named $name:literal)? $(from $cell:path)?)?
                $(=> {$(
                    $part:ident : $part_type:ty
                    => $part_how:ident $(($part_heading:literal))? from $part_cell:path
                ),* $(,)?})?
            ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        #[non_exhaustive]
        $vis struct $Row {
            $($(#[$field_meta])* $($(#[serde(rename = $name)])?)? $field_vis $field: $type),*
        }

        #[doc = concat!("Names the columns of [`", stringify!($Row), "`].")]
        #[derive(Debug, Clone, Copy)]
        pub(crate) struct $Columns {
            $(
                $(pub(crate) $field: rows!(@id_type $how),)?
                $($(pub(crate) $part: rows!(@id_type $part_how),)*)?
            )*
        }

        impl $Row {
            /// The columns by name.
            pub(crate) const COLUMN: $Columns = $Columns {
                $(
                    $($field: rows!(@id $how $Row $field $($name)?),)?
                    $($($part: rows!(@id $part_how $Row $part),)*)?
                )*
            };
        }

        impl $crate::document::Row for $Row {
            const COLUMNS: &'static [$crate::document::Column] = &[
                $(
                    $($crate::document::Column::$how(
                        $Row::COLUMN.$field,
                        <$type as $crate::document::CellValue>::ALIGN,
                        $($heading)?
                    ),)?
                    $($($crate::document::Column::$part_how(
                        $Row::COLUMN.$part,
                        <$part_type as $crate::document::CellValue>::ALIGN,
                        $($part_heading)?
                    ),)*)?
                )*
            ];

            fn cells(&self) -> Vec<$crate::document::Cell> {
                vec![$(
                    $(rows!(@cell $how self $field $($cell)?),)?
                    $($($part_cell(self),)*)?
                )*]
            }
        }
    };
    (@id_type $how:ident) => { $crate::document::ColumnId };
    (@id $how:ident $Row:ident $field:ident $name:literal) => {
        $crate::document::ColumnId { row: stringify!($Row), name: $name }
    };
    (@id $how:ident $Row:ident $field:ident) => {
        $crate::document::ColumnId { row: stringify!($Row), name: stringify!($field) }
    };
    (@cell $how:ident $self:ident $field:ident $cell:path) => { $cell($self) };
    (@cell $how:ident $self:ident $field:ident) => {
        $crate::document::CellValue::cell(&$self.$field)
    };
}
pub(crate) use rows;
