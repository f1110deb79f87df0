//! [`Column`]: the name, heading and side of the values of a table's column.

/// Which side of its column a value stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words and days.
    Left,
    /// Amounts and counts.
    Right,
}

/// Which column of which kind of row: how drawings and formulas name a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ColumnId {
    /// The kind of row.
    pub row: &'static str,
    /// The column's name in JSON and CSV.
    pub name: &'static str,
}

/// A column: its name for scripts, its heading for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    pub(crate) id: ColumnId,
    pub(crate) heading: &'static str,
    pub(crate) align: Align,
    pub(crate) is_summed: bool,
    pub(crate) is_detail: bool,
}

impl Column {
    /// A column with a heading for people.
    pub const fn shown(id: ColumnId, align: Align, heading: &'static str) -> Column {
        Column {
            id,
            heading,
            align,
            is_summed: false,
            is_detail: false,
        }
    }

    /// A column of amounts whose total means something.
    pub const fn total(id: ColumnId, align: Align, heading: &'static str) -> Column {
        Column {
            is_summed: true,
            ..Column::shown(id, align, heading)
        }
    }

    /// A column for scripts and workbooks only. Without a heading, a workbook shows its name in
    /// words.
    pub const fn detail(id: ColumnId, align: Align, heading: &'static str) -> Column {
        Column {
            is_detail: true,
            ..Column::shown(id, align, heading)
        }
    }

    /// A column of amounts whose total means something, for scripts and workbooks only.
    pub const fn detail_total(id: ColumnId, align: Align, heading: &'static str) -> Column {
        Column {
            is_detail: true,
            ..Column::total(id, align, heading)
        }
    }

    /// Which column it is.
    pub fn id(&self) -> ColumnId {
        self.id
    }

    /// The name in JSON and CSV.
    pub fn name(&self) -> &'static str {
        self.id.name
    }

    /// The heading for people; empty if a workbook shows the name in words.
    pub fn heading(&self) -> &'static str {
        self.heading
    }

    /// Its side.
    pub fn align(&self) -> Align {
        self.align
    }

    /// Returns `true` if its sum means something: a spreadsheet then has it below the rows.
    pub fn is_summed(&self) -> bool {
        self.is_summed
    }

    /// Returns `true` if only scripts and workbooks have it.
    pub fn is_detail(&self) -> bool {
        self.is_detail
    }
}
