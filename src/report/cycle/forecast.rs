//! The forecast: where the year is heading, and what would go back to the OPCC.

use crate::document::english::labelled;
use crate::document::{
    Block, Cell, CellValue, Head, Line, Report, Table, Text, counted, declare, lines,
    tables_and_notes, text,
};
use crate::fold::{PotName, Project, YearView};
use crate::model::{Money, Pot, ProjectRef, Quarter, Stage};
use crate::report::cycle::projection::{Basis, Projection};
use crate::report::head::YearHead;

declare! {
    /// A year's awards, what is projected to be spent of them by 31 March, and what would be
    /// returned: `allocation = projected + returned + lapsed + to_return_as_projected +
    /// not_drawn_as_projected`.
    pub struct ForecastReport {
        /// The year.
        #[serde(flatten)]
        pub head: YearHead,
        /// Whether the year is closed.
        pub closed: bool,
        /// Days from then to 31 March; 0 from that day on.
        pub days_left: u32,
        /// All awards.
        pub awards: Money,
        /// What was spent to date, less refunds.
        pub spent: Money,
        /// Spend by 31 March, as projected.
        pub projected: Money,
        /// The part of the awards that is not projected to be spent.
        pub underspend: Money,
        /// The part of that underspend that is not returned yet: `uncommitted +
        /// underspend_to_return = to_return_as_projected + not_drawn_as_projected`.
        pub underspend_to_return: Money,
        /// What is left in both pots.
        pub uncommitted: Money,
        /// What was already returned to the OPCC.
        pub returned: Money,
        /// What would be returned if nothing more were spent.
        pub to_return: Money,
        /// What would be returned if all went as projected.
        pub to_return_as_projected: Money,
        /// What the OPCC would not have paid if nothing more were spent or received.
        pub not_drawn: Money,
        /// What the OPCC would not have paid if all went as projected and nothing more were
        /// received.
        pub not_drawn_as_projected: Money,
        /// What pending proposals ask for: it would come from the uncommitted money.
        pub pipeline: Money,
        /// Whether the year has ended and is not closed.
        #[serde(skip)]
        pub(crate) overdue: bool,
        /// One row per project with an award: first those that have spent nothing when half the
        /// year has passed, then by ref.
        pub rows: Vec<ForecastRow>,
    }

    /// One project with an award.
    pub row ForecastRow {
        /// Its ref.
        pub project: ProjectRef => shown("Project"),
        /// Its title.
        pub title: String => shown("Title"),
        /// Its lead.
        pub lead: String => detail,
        /// Its pot.
        pub pot: PotName => detail,
        /// How far it has come.
        pub status: Stage => detail,
        /// Its net award.
        pub award: Money => shown("Award"),
        /// What it spent to date.
        pub spent: Money => shown("Spent"),
        /// The lead's latest forecast, as given.
        pub forecast: Option<Money> => detail,
        /// Spend by 31 March, as projected.
        pub projected: Money => shown("Projected"),
        /// What the projection rests on.
        pub basis: Basis => detail,
        /// The part of the award that is not projected to be spent.
        pub underspend: Money => shown("Underspend"),
        /// Whether it has spent nothing although half the year has passed. A table has one column
        /// for all that is true of this and the following.
        pub no_spend: bool => { marks: String => shown("Remarks") from ForecastRow::marks },
        /// Whether the forecast is below what is already spent.
        pub below_spent: bool,
        /// Whether the forecast is above what the project may spend.
        pub above_award: bool,
        /// Whether the year has come to its end with less spent than was forecast.
        pub not_yet_spent: bool,
    }
}

impl ForecastReport {
    /// The forecast of a year.
    pub fn new(view: &YearView) -> ForecastReport {
        let portfolio = &view.portfolio;
        let projects = portfolio.projects.iter();
        let awarded = projects.filter(|(_, project)| !project.award.is_zero());
        let rows = awarded.map(|(reference, project)| ForecastRow::new(reference, project, view));
        let mut rows: Vec<ForecastRow> = rows.collect();
        rows.sort_by_key(|row| !row.no_spend);
        let (spent, awards) = (portfolio.spent(), portfolio.awards());
        let projected: Money = rows.iter().map(|row| row.projected).sum();
        let underspend = awards - projected;
        let (left, projected_left) = (portfolio.left(), portfolio.left_after(projected - spent));
        let projects = portfolio.projects.values();
        let gone: Money = projects
            .map(|project| project.returned + project.lapsed)
            .sum();
        ForecastReport {
            head: YearHead::new(view),
            closed: portfolio.closed,
            days_left: view.lens.as_at.days_until(portfolio.year.last_day()),
            awards,
            spent,
            projected,
            underspend,
            underspend_to_return: underspend - gone,
            uncommitted: portfolio.uncommitted(),
            returned: portfolio.returned(),
            to_return: left.to_return,
            to_return_as_projected: projected_left.to_return,
            not_drawn: left.not_drawn,
            not_drawn_as_projected: projected_left.not_drawn,
            pipeline: Pot::ALL.iter().map(|pot| portfolio.pipeline(*pot)).sum(),
            overdue: portfolio.is_overdue(view.lens.as_at),
            rows,
        }
    }

    /// Its figures for the whole year, each with what it means.
    pub(crate) fn in_total(&self) -> Table {
        let mut lines = Vec::from(lines! {
            "Awards", self.awards, "of all projects";
            "Spent", self.spent, "to date, less refunds";
            "Projected", self.projected, "spend by 31 March";
            "Underspend", self.underspend, "awards less projected spend";
            "Uncommitted", self.uncommitted, self.head.pots.still_there();
            "Returned", self.returned, "already paid back";
            "To return at most", self.to_return, "if nothing more is spent";
            "To return as projected", self.to_return_as_projected, "if all goes as projected";
        });
        lines.extend(self.not_drawn_lines());
        Table::of("In total", &lines)
    }

    /// What the OPCC will not have paid unless more is received; none if it is nothing.
    pub(crate) fn not_drawn_lines(&self) -> Vec<Line> {
        let lines = lines! {
            "Not drawn at most", self.not_drawn, "if nothing more is spent or received";
            "Not drawn as projected", self.not_drawn_as_projected,
            "if all goes as projected and nothing more is received";
        };
        let lines = lines.into_iter();
        lines.filter(|line| !line.amount.is_zero()).collect()
    }

    fn remarks(&self) -> Vec<Text> {
        let listed = |what: &str, is_true: fn(&ForecastRow) -> bool| {
            let rows = self.rows.iter().filter(|row| is_true(row));
            labelled(what, rows.map(|row| &row.project))
        };
        let pending = text! {
            "Pending proposals ask for ", self.pipeline,
            " of the uncommitted money; the projection does not include them."
        };
        let by_award = "No forecast, so the award is projected";
        [
            listed("Half the year has passed without spend", |row| row.no_spend),
            listed(by_award, |row| row.basis == Basis::Award),
            listed("No more spend is projected", |row| {
                row.basis == Basis::Spent
            }),
        ]
        .into_iter()
        .chain(self.rows.iter().map(ForecastRow::corrected))
        .chain([(!self.pipeline.is_zero()).then_some(pending)])
        .flatten()
        .collect()
    }
}

impl ForecastRow {
    fn new(reference: &ProjectRef, project: &Project, view: &YearView) -> ForecastRow {
        let projection = Projection::new(project, view);
        let half_has_passed = view.lens.as_at > view.year().quarter_end(Quarter::Q2);
        ForecastRow {
            project: reference.clone(),
            title: project.title.clone(),
            lead: project.lead.clone(),
            pot: view.pots.name(project.pot),
            status: project.stage,
            award: project.award,
            spent: project.spent,
            forecast: project.forecast,
            projected: projection.spend,
            basis: projection.basis,
            underspend: project.award - projection.spend,
            no_spend: half_has_passed && project.spent.is_zero(),
            below_spent: projection.below_spent,
            above_award: projection.above_award,
            not_yet_spent: projection.not_yet_spent,
        }
    }

    fn marks(&self) -> Cell {
        let marks = [
            (self.no_spend, "no spend"),
            (self.basis == Basis::Award, "no forecast"),
            (self.basis == Basis::Spent, "ended"),
            (self.below_spent, "below spent"),
            (self.above_award, "above award"),
            (self.not_yet_spent, "not yet spent"),
        ];
        let marks = marks.iter().filter(|(is_true, _)| *is_true);
        let marks: Vec<&str> = marks.map(|(_, mark)| *mark).collect();
        marks.join(", ").cell()
    }

    /// Why a forecast cannot come true, or did not, and what counts in its place.
    fn corrected(&self) -> Option<Text> {
        let fault = match (self.below_spent, self.above_award, self.not_yet_spent) {
            (true, _, _) => "below what is spent",
            (_, true, _) => "above what the award still allows",
            (_, _, true) => "above what is spent at the year end",
            _ => return None,
        };
        Some(text! {
            &self.project, ": the lead's forecast of ", self.forecast?, " is ", fault, ", so ",
            self.projected, " is projected."
        })
    }
}

impl Report for ForecastReport {
    fn head(&self) -> Head {
        let left = if self.closed {
            ", closed".to_owned()
        } else {
            format!(", {} left", counted(self.days_left, "day"))
        };
        let year = self.head.year;
        let subject = text!["Forecast for ", year, " to ", year.last_day()];
        self.head.with_title(subject, left)
    }

    fn data(&self) -> Table {
        Table::of("", &self.rows).of_year(self.head.year)
    }

    fn blocks(&self) -> Vec<Block> {
        tables_and_notes([self.data(), self.in_total()], self.remarks())
    }
}
