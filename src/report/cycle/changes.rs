//! What changed in a year end between two moments of knowledge.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::english::labelled;
use crate::document::{
    Align, Block, Cell, CellValue, Column, ColumnId, Head, Report, Row, Table, Text, columns,
    counted, declare, tables_and_notes, text,
};
use crate::fold::{Lens, PotName};
use crate::model::{FinancialYear, Moment, Money, Pot, ProjectRef};
use crate::report::control::log::LogRow;
use crate::report::cycle::year_end::{YearEndReport, YearEndRow};
use crate::report::head::seen;

declare! {
    /// One year end as it was known at a moment, compared with the same one as it is known later.
    pub struct YearEndChanges {
        /// The year.
        pub year: FinancialYear,
        /// The day of both, and the moment of the later knowledge.
        #[serde(flatten)]
        pub lens: Lens,
        /// The moment of the earlier knowledge.
        pub since: Moment,
        /// One row per figure that changed: first those of the year, then in the order of the year
        /// end.
        pub rows: Vec<Change>,
        /// The year's entries recorded in between, whatever their day.
        pub entries: Vec<LogRow>,
        /// Projects that are not in the earlier year end.
        pub new: Vec<ProjectRef>,
        /// Projects that are not in the later one.
        pub gone: Vec<ProjectRef>,
        #[serde(skip)]
        totals: Vec<Text>,
    }

    /// One figure that changed.
    pub row Change {
        /// `year`, `project` or `uncommitted`.
        pub line: &'static str => shown("Line"),
        /// The project's ref.
        pub project: Option<ProjectRef> => shown("Project"),
        /// The pot.
        pub pot: Option<PotName> => shown("Pot"),
        /// The figure: the name of its column in the year end.
        pub figure: &'static str => shown("Figure"),
        /// What it was; none if the line is new.
        pub before: Option<Figure> => shown("Before"),
        /// What it is; none if the line is gone.
        pub after: Option<Figure> => shown("Now"),
        /// After less before, if it is an amount.
        pub change: Option<Money> => shown("Change"),
    }
}

/// The value of a figure.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Figure {
    /// Pounds and pence.
    Money(Money),
    /// A pot.
    Pot(PotName),
    /// Words.
    Text(String),
}

/// How the same line is found in both year ends: projects by ref, whatever their pot; then pots.
type Key<'a> = (&'static str, Option<&'a ProjectRef>, Option<Pot>);

/// The lines of a year end.
type Lines<'a> = BTreeMap<Key<'a>, &'a YearEndRow>;

/// The columns that say which line it is, and what is paid: a change in it is one in the spend or in
/// what is accrued.
const NOT_COMPARED: [ColumnId; 4] = columns![YearEndRow: year, line, project, paid];

impl YearEndChanges {
    /// What changed from one year end to another of the same year and day. The entries are those
    /// recorded in between.
    pub fn new(
        before: &YearEndReport,
        after: &YearEndReport,
        since: Moment,
        entries: Vec<LogRow>,
    ) -> YearEndChanges {
        let (old, new) = (lines(before), lines(after));
        let keys: BTreeSet<_> = old.keys().chain(new.keys()).collect();
        let changes = keys
            .into_iter()
            .flat_map(|key| Change::of_line(old.get(key).copied(), new.get(key).copied()));
        let pots = after.head.pots;
        let rows = Change::of_year(before, after).into_iter().chain(changes);
        YearEndChanges {
            year: after.head.year,
            lens: after.head.lens,
            since,
            rows: rows.collect(),
            entries: entries.into_iter().map(|row| row.with_pots(pots)).collect(),
            new: missing(&new, &old),
            gone: missing(&old, &new),
            totals: totals(before, after),
        }
    }
}

fn lines(report: &YearEndReport) -> Lines<'_> {
    let rows = report.rows.iter().map(|row| {
        let pot = row.project.is_none().then_some(row.pot.pot);
        ((row.line, row.project.as_ref(), pot), row)
    });
    rows.collect()
}

/// The projects of some lines that are not among others.
fn missing(lines: &Lines<'_>, others: &Lines<'_>) -> Vec<ProjectRef> {
    let missing = lines.iter().filter(|(key, _)| !others.contains_key(*key));
    missing
        .filter_map(|(_, line)| line.project.clone())
        .collect()
}

/// The totals that changed.
fn totals(before: &YearEndReport, after: &YearEndReport) -> Vec<Text> {
    let compared = |report: &YearEndReport| report.data().without(YearEndRow::COLUMN.paid);
    let (before, after) = (compared(before), compared(after));
    let total = |(index, column): (usize, &Column)| {
        let (before, after) = (before.total(index)?, after.total(index)?);
        (before != after).then(|| text![column.name(), " ", before, ", now ", after])
    };
    after.columns.iter().enumerate().filter_map(total).collect()
}

impl Change {
    /// The figures of the year itself that are not the same.
    fn of_year(before: &YearEndReport, after: &YearEndReport) -> Vec<Change> {
        let figures = [
            ("confirmed", before.head.confirmed, after.head.confirmed),
            ("closed", before.closed, after.closed),
        ];
        let changed = figures
            .into_iter()
            .filter(|(_, before, after)| before != after);
        let change = |(figure, before, after)| Change {
            line: "year",
            project: None,
            pot: None,
            figure,
            before: Some(Figure::yes_or_no(before)),
            after: Some(Figure::yes_or_no(after)),
            change: None,
        };
        changed.map(change).collect()
    }

    /// The figures of a line that are not the same. An amount that is £0.00 in a line that is new
    /// or gone did not change.
    fn of_line(before: Option<&YearEndRow>, after: Option<&YearEndRow>) -> Vec<Change> {
        let Some(line) = after.or(before) else {
            return Vec::new();
        };
        let figures = figures(before).zip(figures(after));
        YearEndRow::COLUMNS
            .iter()
            .zip(figures)
            .filter(|(column, _)| !NOT_COMPARED.contains(&column.id()))
            .map(|(column, (before, after))| Change {
                line: line.line,
                project: line.project.clone(),
                pot: Some(line.pot),
                figure: column.name(),
                change: Figure::change(before.as_ref(), after.as_ref()),
                before,
                after,
            })
            .filter(|row| row.before != row.after && row.change != Some(Money::ZERO))
            .collect()
    }
}

/// The figures of a line by column; none in any column of a line that does not exist.
fn figures(line: Option<&YearEndRow>) -> impl Iterator<Item = Option<Figure>> {
    let cells = line.map(Row::cells).unwrap_or_default().into_iter();
    cells
        .map(|cell| Figure::new(&cell))
        .chain(std::iter::repeat(None))
}

impl Figure {
    fn new(cell: &Cell) -> Option<Figure> {
        match cell {
            Cell::Empty | Cell::Aside(_) | Cell::Blank => None,
            Cell::Money(amount) => Some(Figure::Money(*amount)),
            Cell::Pot(name) => Some(Figure::Pot(*name)),
            words => Some(Figure::Text(words.to_string())),
        }
    }

    fn yes_or_no(is_true: bool) -> Figure {
        Figure::Text(if is_true { "yes" } else { "no" }.to_owned())
    }

    /// After less before, if they are amounts.
    fn change(before: Option<&Figure>, after: Option<&Figure>) -> Option<Money> {
        match (before, after) {
            (Some(Figure::Money(before)), Some(Figure::Money(after))) => Some(*after - *before),
            (Some(Figure::Money(before)), None) => Some(-*before),
            (None, Some(Figure::Money(after))) => Some(*after),
            _ => None,
        }
    }

    /// Returns `true` if it is text of several words, which a table wraps.
    fn is_long(&self) -> bool {
        matches!(self, Figure::Text(text) if text.contains(' '))
    }
}

impl CellValue for Figure {
    const ALIGN: Align = Align::Right;

    fn cell(&self) -> Cell {
        match self {
            Figure::Money(amount) => amount.cell(),
            Figure::Pot(pot) => pot.cell(),
            Figure::Text(text) => text.cell(),
        }
    }
}

impl Report for YearEndChanges {
    fn head(&self) -> Head {
        let changes = text!["Changes to the year end ", self.year, ", ", self.lens];
        seen(self.lens, text![changes, ", since ", self.since]).of(self.year)
    }

    fn data(&self) -> Table {
        let table = Table::of("", &self.rows).of_year(self.year);
        let mut figures = self.rows.iter().flat_map(|row| [&row.before, &row.after]);
        if !figures.any(|figure| figure.as_ref().is_some_and(Figure::is_long)) {
            return table;
        }
        // Text wraps on the left only.
        table
            .aligned(Change::COLUMN.before, Align::Left)
            .aligned(Change::COLUMN.after, Align::Left)
    }

    fn blocks(&self) -> Vec<Block> {
        let entries = Table::of("Entries recorded since", &self.entries);
        let entries = entries.hidden(&columns![LogRow: year]);
        let changed = match self.rows.len() {
            0 => "No figure of the year end changed.".into(),
            count => text![counted(count, "figure"), " changed."],
        };
        let is_one = self.entries.len() == 1;
        let were = if is_one { " was" } else { " were" };
        let recorded = counted(self.entries.len(), "entry");
        let recorded = text![recorded, " of ", self.year, were, " recorded since."];
        let totals = Text::join(&self.totals, "; ");
        let points = [
            Some(changed),
            labelled("New", &self.new),
            labelled("Gone", &self.gone),
            (!totals.is_empty()).then(|| text!["In total: ", totals, "."]),
            Some(recorded),
        ];
        tables_and_notes([self.data(), entries], points.into_iter().flatten())
    }
}
