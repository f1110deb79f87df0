//! Reconciliation: the figures that papers printed, beside those that the book computes.

use std::collections::BTreeMap;

use crate::document::{
    Block, Cell, Head, Report, Table, Text, counted, declare, tables_and_notes, text,
};
use crate::fold::{FoldError, Lens, Portfolio, PotNames};
use crate::model::{Date, Entry, EntryNumber, Event, FinancialYear, Measure, Money, ProjectRef};
use crate::report::head::YearHead;

declare! {
    /// A year's printed figures beside computed ones.
    ///
    /// A figure is computed at the position of its `published` entry in the fold: after the entries
    /// before it on its day, and before those that follow. A paper's figure can therefore be
    /// compared with the position before that meeting's decisions.
    pub struct ReconcileReport {
        /// The year.
        #[serde(flatten)]
        pub head: YearHead,
        /// How many figures differ and have no explanation.
        pub unexplained: usize,
        /// One row per printed figure, in fold order.
        pub rows: Vec<ReconcileRow>,
    }

    /// One printed figure.
    pub row ReconcileRow {
        /// The `published` entry.
        pub entry: EntryNumber => shown("Entry"),
        /// The day that the figure is for.
        pub on: Date => shown("Date"),
        /// The paper.
        pub paper: String => detail,
        /// What the figure counts.
        pub measure: Measure => shown("Measure"),
        /// The project, if the figure is one project's.
        pub project: Option<ProjectRef> => shown("Ref"),
        /// What the paper printed.
        pub printed: Money => shown("Printed"),
        /// What the book computes.
        pub computed: Money => shown("Computed"),
        /// Printed less computed.
        pub difference: Money => {
            difference: Money => shown("Difference")
                from |row| row.differs().then_some(row.difference).into(),
            verdict: &str => detail from ReconcileRow::verdict,
        },
        /// What the book computes at the end of that day, if that is a different figure.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub end_of_day: Option<Money> => detail,
        /// Why it differs, as recorded.
        pub explanation: Option<String> => detail,
    }
}

impl ReconcileRow {
    /// Returns `true` if it differs and has no explanation.
    pub fn is_unexplained(&self) -> bool {
        self.differs() && self.explanation.is_none()
    }

    fn differs(&self) -> bool {
        !self.difference.is_zero()
    }

    fn verdict(&self) -> Cell {
        let verdict = match (self.differs(), &self.explanation) {
            (false, _) => "agrees",
            (true, Some(_)) => "explained",
            (true, None) => "unexplained",
        };
        verdict.into()
    }

    /// How far the figures are apart, and why.
    fn reason(&self) -> Text {
        let reason = self.explanation.as_deref().unwrap_or("not explained");
        text! {
            "Entry ", self.entry, ": ", &self.paper, " prints ", self.printed, ", the book has ",
            self.computed, ", ", self.difference.abs(), " apart: ", reason
        }
    }

    /// What the rest of the day makes of the figure.
    fn later_that_day(&self) -> Option<Text> {
        let later = self.end_of_day?;
        Some(text! {
            "Entry ", self.entry, ": with the entries after it on ", self.on,
            ", the book's figure is ", later, "."
        })
    }
}

impl ReconcileReport {
    /// The printed figures among a year's known entries. An explanation counts whatever its day.
    ///
    /// # Errors
    ///
    /// [`FoldError`] if the journal does not add up, which the rules prevent.
    pub fn new(
        year: FinancialYear,
        known: &[Entry],
        lens: Lens,
    ) -> Result<ReconcileReport, FoldError> {
        let explained: BTreeMap<EntryNumber, &str> = known.iter().filter_map(explanation).collect();
        let mut portfolio = Portfolio::new(year);
        let mut rows: Vec<ReconcileRow> = Vec::new();
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
                    explanation: explained.get(&entry.number).map(ToString::to_string),
                });
            }
        }
        end_day(rows.get_mut(today..).unwrap_or_default(), &portfolio);
        let unexplained = rows.iter().filter(|row| row.is_unexplained()).count();
        Ok(ReconcileReport {
            head: YearHead {
                year,
                lens,
                confirmed: portfolio.confirmed,
                pots: PotNames::of(known),
            },
            unexplained,
            rows,
        })
    }
}

/// The entry that an `explain` entry explains, and how.
fn explanation(entry: &Entry) -> Option<(EntryNumber, &str)> {
    let Event::Explain { entry: published } = entry.event else {
        return None;
    };
    Some((published, entry.note.as_deref().unwrap_or_default()))
}

/// Adds the figure at the end of the day to the rows of that day for which it is a different one.
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
    fn head(&self) -> Head {
        self.head.titled("Printed figures of ")
    }

    fn data(&self) -> Table {
        Table::of("", &self.rows)
    }

    fn blocks(&self) -> Vec<Block> {
        let differing = self.rows.iter().filter(|row| row.differs());
        let mut notes: Vec<Text> = differing.map(ReconcileRow::reason).collect();
        let differ = notes.len();
        notes.extend(self.rows.iter().filter_map(ReconcileRow::later_that_day));
        let figures = counted(self.rows.len(), "printed figure");
        notes.push(text! {
            figures, ": ", self.rows.len() - differ, " agree, ", differ, " differ, ",
            self.unexplained, " of them unexplained."
        });
        tables_and_notes([self.data()], notes)
    }
}
