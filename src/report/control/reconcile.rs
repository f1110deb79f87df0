//! Reconciliation: figures that papers printed, beside what the book computes.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::document::{Cell, Field, Report, Table, counted, unless_confirmed};
use crate::fold::{FoldError, Lens, Portfolio};
use crate::model::{Date, Entry, EntryNumber, Event, FinancialYear, Measure, Money, ProjectRef};

/// A year's printed figures beside computed ones.
///
/// A figure is computed where its `published` entry stands in the fold: after what stands before it
/// on its day, and before what follows. So a paper's figure can be held against the position before
/// that meeting's decisions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReconcileReport {
    /// The year.
    pub year: FinancialYear,
    /// The day, and the moment of knowledge.
    #[serde(flatten)]
    pub lens: Lens,
    /// Has the OPCC confirmed the year?
    pub confirmed: bool,
    /// How many figures differ and have no `explain`.
    pub unexplained: usize,
    /// A row a printed figure, in fold order.
    pub rows: Vec<ReconcileRow>,
}

/// One printed figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReconcileRow {
    /// The `published` entry.
    pub entry: EntryNumber,
    /// The day it speaks of.
    pub on: Date,
    /// The paper.
    pub paper: String,
    /// What it counts.
    pub measure: Measure,
    /// Of which project.
    pub project: Option<ProjectRef>,
    /// What the paper printed.
    pub printed: Money,
    /// What the book computes.
    pub computed: Money,
    /// Printed less computed.
    pub difference: Money,
    /// What the book computes at the end of that day, where that is another figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_of_day: Option<Money>,
    /// Why it differs, as recorded.
    pub explanation: Option<String>,
}

impl ReconcileRow {
    /// Does it differ without an explanation?
    #[must_use]
    pub fn is_unexplained(&self) -> bool {
        !self.difference.is_zero() && self.explanation.is_none()
    }

    fn verdict(&self) -> &'static str {
        match (self.difference.is_zero(), &self.explanation) {
            (true, _) => "agrees",
            (false, Some(_)) => "explained",
            (false, None) => "unexplained",
        }
    }
}

impl ReconcileReport {
    /// The printed figures among a year's entries as known: an explanation counts whatever day it
    /// was given.
    ///
    /// # Errors
    ///
    /// [`FoldError`], which no book that the rules guarded holds.
    pub fn new(
        year: FinancialYear,
        known: &[Entry],
        lens: Lens,
    ) -> Result<ReconcileReport, FoldError> {
        let mut portfolio = Portfolio::new(year);
        let mut rows: Vec<ReconcileRow> = Vec::new();
        let explains = |entry: &Entry| match entry.event {
            Event::Explain { entry: published } => {
                Some((published, entry.note.clone().unwrap_or_default()))
            }
            _ => None,
        };
        let mut explained: BTreeMap<EntryNumber, String> =
            known.iter().filter_map(explains).collect();
        let mut today = 0;
        for entry in known.iter().filter(|entry| entry.on <= lens.as_at) {
            if rows.get(today).is_some_and(|row| row.on < entry.on) {
                end_day(&mut rows[today..], &portfolio);
                today = rows.len();
            }
            portfolio.apply(entry)?;
            if let Event::Published {
                measure,
                project,
                amount,
                title,
            } = &entry.event
            {
                let computed = figure(&portfolio, *measure, project.as_ref());
                rows.push(ReconcileRow {
                    entry: entry.number,
                    on: entry.on,
                    paper: title.clone(),
                    measure: *measure,
                    project: project.clone(),
                    printed: *amount,
                    computed,
                    difference: *amount - computed,
                    end_of_day: None,
                    explanation: None,
                });
            }
        }
        end_day(rows.get_mut(today..).unwrap_or_default(), &portfolio);
        for row in &mut rows {
            row.explanation = explained.remove(&row.entry);
        }
        let unexplained = rows.iter().filter(|row| row.is_unexplained()).count();
        Ok(ReconcileReport {
            year,
            lens,
            confirmed: portfolio.confirmed,
            unexplained,
            rows,
        })
    }

    /// Some of its rows.
    pub(crate) fn table(&self, caption: &str, shown: impl Fn(&ReconcileRow) -> bool) -> Table {
        let mut table = Table::new(
            caption,
            &[
                Field::right("entry", "Entry"),
                Field::left("on", "On"),
                Field::left("paper", ""),
                Field::left("measure", "Measure"),
                Field::left("project", "Of"),
                Field::right("printed", "Printed"),
                Field::right("computed", "Computed"),
                Field::right("difference", "Difference"),
                Field::left("verdict", ""),
                Field::right("end_of_day", ""),
                Field::left("explanation", ""),
            ],
        );
        for row in self.rows.iter().filter(|row| shown(row)) {
            table.rows.push(vec![
                row.entry.into(),
                row.on.into(),
                row.paper.as_str().into(),
                row.measure.as_str().into(),
                row.project.as_ref().map(ProjectRef::as_str).into(),
                row.printed.into(),
                row.computed.into(),
                if row.difference.is_zero() {
                    Cell::Empty
                } else {
                    row.difference.into()
                },
                row.verdict().into(),
                row.end_of_day.into(),
                row.explanation.as_deref().into(),
            ]);
        }
        table
    }
}

/// Notes where the end of the day has another figure.
fn end_day(rows: &mut [ReconcileRow], portfolio: &Portfolio) {
    for row in rows {
        let figure = figure(portfolio, row.measure, row.project.as_ref());
        row.end_of_day = (figure != row.computed).then_some(figure);
    }
}

/// What the book computes for a measure.
fn figure(portfolio: &Portfolio, measure: Measure, project: Option<&ProjectRef>) -> Money {
    let of_project = project.and_then(|project| portfolio.projects.get(project));
    match (measure, of_project) {
        (Measure::Award, project) => project.map(|project| project.award).unwrap_or_default(),
        (Measure::Spent, Some(project)) => project.spent,
        (Measure::Underspend, Some(project)) => project.underspend(),
        (Measure::Allocation, _) => portfolio.allocation(),
        (Measure::UpfrontAllocated, _) => portfolio.upfront.allocated,
        (Measure::TacticalAllocated, _) => portfolio.tactical.allocated,
        (Measure::Awards, _) => portfolio.awards(),
        (Measure::UpfrontAwards, _) => portfolio.upfront.committed,
        (Measure::TacticalAwards, _) => portfolio.tactical.committed,
        (Measure::Released, _) => portfolio.released,
        (Measure::UpfrontRemaining, _) => portfolio.upfront.remaining(),
        (Measure::TacticalRemaining, _) => portfolio.tactical.remaining(),
        (Measure::Uncommitted, _) => portfolio.uncommitted(),
        (Measure::Spent, None) => portfolio.spent(),
        (Measure::Underspend, None) => portfolio.underspend(),
        (Measure::ToReturn, _) => portfolio.to_return(),
        (Measure::Returned, _) => portfolio.returned(),
    }
}

impl Report for ReconcileReport {
    fn title(&self) -> String {
        format!(
            "Printed figures of {}, {}{}",
            self.year,
            self.lens,
            unless_confirmed(self.confirmed)
        )
    }

    fn as_at(&self) -> Option<Date> {
        Some(self.lens.as_at)
    }

    fn tables(&self) -> Vec<Table> {
        vec![self.table("", |_| true)]
    }

    fn notes(&self) -> Vec<String> {
        let mut notes: Vec<String> = Vec::new();
        for row in self.rows.iter().filter(|row| !row.difference.is_zero()) {
            let why = row.explanation.as_deref().unwrap_or("not explained");
            let (printed, computed) = (row.printed.pounds(), row.computed.pounds());
            let apart = row.difference.abs().pounds();
            notes.push(format!(
                "Entry {}: {} prints {printed}, the book has {computed}, {apart} apart: {why}",
                row.entry, row.paper
            ));
        }
        for row in &self.rows {
            if let Some(end) = row.end_of_day {
                notes.push(format!(
                    "Entry {}: entries after it on {} bring the book's figure to {}.",
                    row.entry,
                    row.on,
                    end.pounds()
                ));
            }
        }
        let differ = self
            .rows
            .iter()
            .filter(|row| !row.difference.is_zero())
            .count();
        let figures = counted(self.rows.len(), "printed figure");
        notes.push(format!(
            "{figures}: {} agree, {differ} differ, {} of them unexplained.",
            self.rows.len() - differ,
            self.unexplained
        ));
        notes
    }
}
