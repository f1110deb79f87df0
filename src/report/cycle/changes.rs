//! What changed in a year end between two moments of knowledge.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::document::{Cell, Field, Report, Table, counted};
use crate::fold::Lens;
use crate::model::{Date, FinancialYear, Moment, Money, Pot, ProjectRef};
use crate::report::control::log::LogRow;
use crate::report::cycle::year_end::{YearEndReport, YearEndRow};

/// One year end as it was known at a moment, held against the same one as it is known later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct YearEndChanges {
    /// The year.
    pub year: FinancialYear,
    /// The day both speak of, and the moment of the later knowledge.
    #[serde(flatten)]
    pub lens: Lens,
    /// The moment of the earlier knowledge.
    pub since: Moment,
    /// A row a figure that changed: of the year, then in the order of the year end.
    pub rows: Vec<Change>,
    /// The year's entries recorded in between, of whatever day.
    pub entries: Vec<LogRow>,
    /// Projects that the earlier year end has no line of.
    pub new: Vec<ProjectRef>,
    /// Projects that the later one has no line of.
    pub gone: Vec<ProjectRef>,
    #[serde(skip)]
    totals: Vec<String>,
}

/// One figure that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// `year`, `project` or `uncommitted`.
    pub line: &'static str,
    /// The project's ref.
    pub project: Option<ProjectRef>,
    /// The pot.
    pub pot: Option<Pot>,
    /// Which figure of the line: the name of its column.
    pub figure: &'static str,
    /// What it was; none where the line is new.
    pub before: Option<Figure>,
    /// What it is; none where the line is gone.
    pub after: Option<Figure>,
    /// After less before, of an amount.
    pub change: Option<Money>,
}

/// What a line says in one column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Figure {
    /// Pounds and pence.
    Money(Money),
    /// One word, such as a status.
    Word(&'static str),
    /// Words.
    Text(String),
}

/// The figures of one line, by column, in the order of the columns.
type Figures = Vec<(&'static str, Option<Figure>)>;

impl YearEndChanges {
    /// What changed from one year end to another of the same year and day; `entries` are those
    /// recorded in between.
    #[must_use]
    pub fn new(
        before: &YearEndReport,
        after: &YearEndReport,
        since: Moment,
        entries: Vec<LogRow>,
    ) -> YearEndChanges {
        let mut rows = compared(None, of_year(before), of_year(after));
        let (old, new) = (lines(before), lines(after));
        let all: Lines<'_> = old.clone().into_iter().chain(new.clone()).collect();
        for (key, line) in all {
            rows.extend(compared(
                Some(line),
                of_line(old.get(&key).copied()),
                of_line(new.get(&key).copied()),
            ));
        }
        let only_in = |these: &Lines<'_>, those: &Lines<'_>| {
            these
                .iter()
                .filter(|(key, _)| !those.contains_key(*key))
                .filter_map(|(_, line)| line.project.clone())
                .collect()
        };
        let (gone, new, totals) = (
            only_in(&old, &new),
            only_in(&new, &old),
            totals(before, after),
        );
        YearEndChanges {
            year: after.year,
            lens: after.lens,
            since,
            rows,
            entries,
            new,
            gone,
            totals,
        }
    }
}

/// The lines of a year end: projects by ref, a project being one line whatever its pot; then the
/// pots.
type Lines<'a> = BTreeMap<(&'static str, Option<&'a ProjectRef>, Option<Pot>), &'a YearEndRow>;

fn lines(report: &YearEndReport) -> Lines<'_> {
    report
        .rows
        .iter()
        .map(|row| {
            (
                (
                    row.line,
                    row.project.as_ref(),
                    row.project.is_none().then_some(row.pot),
                ),
                row,
            )
        })
        .collect()
}

fn of_year(report: &YearEndReport) -> Figures {
    let word = |is: bool| Some(Figure::Word(if is { "yes" } else { "no" }));
    vec![
        ("confirmed", word(report.confirmed)),
        ("closed", word(report.closed)),
    ]
}

fn of_line(row: Option<&YearEndRow>) -> Figures {
    let money = |amount: fn(&YearEndRow) -> Option<Money>| row.and_then(amount).map(Figure::Money);
    let text = |text: Option<String>| text.filter(|text| !text.is_empty()).map(Figure::Text);
    let project = row.filter(|row| row.project.is_some());
    vec![
        ("title", text(row.and_then(|row| row.title.clone()))),
        ("lead", text(row.and_then(|row| row.lead.clone()))),
        ("pot", project.map(|row| Figure::Word(row.pot.as_str()))),
        (
            "status",
            row.and_then(|row| row.status)
                .map(|status| Figure::Word(status.as_str())),
        ),
        ("requested", money(|row| row.requested)),
        ("approved", money(|row| Some(row.approved))),
        ("spent", money(|row| Some(row.spent))),
        ("underspend", money(|row| Some(row.underspend))),
        ("returned", money(|row| Some(row.returned))),
        (
            "priorities",
            text(
                row.and_then(|row| row.priorities.as_ref())
                    .map(ToString::to_string),
            ),
        ),
    ]
}

/// The figures of a line that are not the same; an amount that was not there and is £0.00 did not
/// change.
fn compared(line: Option<&YearEndRow>, before: Figures, after: Figures) -> Vec<Change> {
    let change =
        |((figure, before), (_, after)): ((&'static str, Option<Figure>), (_, Option<Figure>))| {
            Change {
                line: line.map_or("year", |line| line.line),
                project: line.and_then(|line| line.project.clone()),
                pot: line.map(|line| line.pot),
                figure,
                change: amount_changed(before.as_ref(), after.as_ref()),
                before,
                after,
            }
        };
    let differs = |row: &Change| row.before != row.after && row.change != Some(Money::ZERO);
    before
        .into_iter()
        .zip(after)
        .map(change)
        .filter(differs)
        .collect()
}

fn amount_changed(before: Option<&Figure>, after: Option<&Figure>) -> Option<Money> {
    let amount = |figure: Option<&Figure>| match figure {
        Some(Figure::Money(amount)) => Some(*amount),
        _ => None,
    };
    let (before, after) = (amount(before), amount(after));
    before
        .or(after)
        .map(|_| after.unwrap_or_default() - before.unwrap_or_default())
}

/// The sums that changed, in words.
fn totals(before: &YearEndReport, after: &YearEndReport) -> Vec<String> {
    type Total = fn(&YearEndRow) -> Money;
    let sums: [(&str, Total); 4] = [
        ("approved", |row| row.approved),
        ("spent", |row| row.spent),
        ("underspend", |row| row.underspend),
        ("returned", |row| row.returned),
    ];
    let changed = sums
        .iter()
        .map(|(name, amount)| (name, before.total(*amount), after.total(*amount)));
    changed
        .filter(|(_, old, new)| old != new)
        .map(|(name, old, new)| format!("{name} {}, now {}", old.pounds(), new.pounds()))
        .collect()
}

impl From<&Figure> for Cell {
    fn from(figure: &Figure) -> Cell {
        match figure {
            Figure::Money(amount) => (*amount).into(),
            Figure::Word(word) => (*word).into(),
            Figure::Text(text) => text.as_str().into(),
        }
    }
}

impl YearEndChanges {
    fn changes(&self) -> Table {
        let has_text = self.rows.iter().any(|row| {
            matches!(
                row.after.as_ref().or(row.before.as_ref()),
                Some(Figure::Text(_))
            )
        });
        // Words wrap on the left only.
        let value = if has_text { Field::left } else { Field::right };
        let mut table = Table::new(
            "",
            &[
                Field::left("year", ""),
                Field::left("line", "Line"),
                Field::left("project", "Project"),
                Field::left("pot", "Pot"),
                Field::left("figure", "Figure"),
                value("before", "Before"),
                value("after", "Now"),
                Field::right("change", "Change"),
            ],
        );
        for row in &self.rows {
            table.rows.push(vec![
                self.year.to_string().into(),
                row.line.into(),
                row.project.as_ref().map(ProjectRef::as_str).into(),
                row.pot.map(Pot::as_str).into(),
                row.figure.into(),
                row.before.as_ref().into(),
                row.after.as_ref().into(),
                row.change.into(),
            ]);
        }
        table
    }
}

impl Report for YearEndChanges {
    fn title(&self) -> String {
        format!(
            "Changes in the year end {}, {}, since it was known at {}",
            self.year, self.lens, self.since
        )
    }

    fn as_at(&self) -> Option<Date> {
        Some(self.lens.as_at)
    }

    fn tables(&self) -> Vec<Table> {
        let mut entries = crate::report::control::log::table("Entries recorded since", false);
        entries.rows = self.entries.iter().map(LogRow::cells).collect();
        vec![self.changes(), entries]
    }

    fn notes(&self) -> Vec<String> {
        let changed = match self.rows.len() {
            0 => "No figure of the year end changed.".to_owned(),
            count => format!("{} changed.", counted(count, "figure")),
        };
        let in_all =
            (!self.totals.is_empty()).then(|| format!("In all: {}.", self.totals.join("; ")));
        let recorded = match self.entries.len() {
            1 => format!("1 entry of {} was recorded since.", self.year),
            count => format!("{count} entries of {} were recorded since.", self.year),
        };
        let projects = |what: &str, projects: &[ProjectRef]| {
            let refs: Vec<&str> = projects.iter().map(ProjectRef::as_str).collect();
            (!refs.is_empty()).then(|| format!("{what}: {}.", refs.join(", ")))
        };
        let (new, gone) = (projects("New", &self.new), projects("Gone", &self.gone));
        [Some(changed), new, gone, in_all, Some(recorded)]
            .into_iter()
            .flatten()
            .collect()
    }
}
