//! The forecast: where the year is heading, and what would go back to the OPCC.

use crate::document::english::labelled;
use crate::document::{
    Block, Cell, CellValue, Head, Line, Report, Table, Text, counted, declare, lines,
    tables_and_notes, text,
};
use crate::fold::{PotName, Project, YearView};
use crate::model::{Money, Pot, ProjectRef, Stage};
use crate::report::accrued::{self, still_to_come};
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
        /// One row per project with an award: first those that have spent nothing when half of
        /// their time has passed, then by ref.
        pub rows: Vec<ForecastRow>,
        /// What was paid: the spend, less what is accrued.
        pub paid: Money,
        /// The part of the spend whose invoices are to come.
        pub accrued: Money,
        /// What is likely to be spent by 31 March.
        pub likely_spend: Money,
        /// The part of the awards that is likely not to be spent.
        pub likely_underspend: Money,
        /// What is likely to be returned: that and the uncommitted money, without what was returned
        /// already, lapsed or is not drawn.
        pub likely_to_return: Money,
        /// What the OPCC is likely not to have paid, if nothing more is received.
        pub likely_not_drawn: Money,
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
        pub forecast: Option<Money> => shown("Forecast"),
        /// Spend by 31 March, as projected.
        pub projected: Money => detail("Projected"),
        /// What the projection rests on.
        pub basis: Basis => detail,
        /// The part of the award that is not projected to be spent.
        pub underspend: Money => detail("Underspend"),
        /// Whether it has spent nothing although half of its time has passed. A table has one
        /// column for all that is true of this and the following.
        pub no_spend: bool => { marks: String => shown("Remarks") from ForecastRow::marks },
        /// Whether the forecast is below what is already spent.
        pub below_spent: bool,
        /// Whether the forecast is above what the project may spend.
        pub above_award: bool,
        /// Whether the year has come to its end with less spent than was forecast.
        pub not_yet_spent: bool,
        /// What it paid: its spend, less what is accrued.
        pub paid: Money => shown("Paid"),
        /// The part of its spend whose invoices are to come.
        pub accrued: Money => shown("Accrued"),
        /// What would be spent by the end of its time at the rate so far; none before its time
        /// begins, and if no more spend is expected.
        pub run_rate: Option<Money> => shown("Run rate"),
        /// What it is likely to spend by 31 March: the lead's forecast, or else the run rate, or
        /// the award while nothing is spent in the first half of its time.
        pub likely_spend: Money => detail("Likely spend"),
        /// The part of the award that is likely not to be spent.
        pub likely_underspend: Money => shown("Likely underspend"),
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
        let likely: Money = rows.iter().map(|row| row.likely_spend).sum();
        let accrued = portfolio.accruals.total();
        let underspend = awards - projected;
        let (left, projected_left) = (portfolio.left(), portfolio.left_after(projected - spent));
        let likely_left = portfolio.left_after(likely - spent);
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
            paid: spent - accrued,
            accrued,
            likely_spend: likely,
            likely_underspend: awards - likely,
            likely_to_return: likely_left.to_return,
            likely_not_drawn: likely_left.not_drawn,
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
        if self.likely_spend != self.projected {
            lines.extend(lines! {
                "Likely spend", self.likely_spend, "by 31 March, as the leads forecast or at the rate so far";
                "Likely underspend", self.likely_underspend, "awards less likely spend";
                "Likely to return", self.likely_to_return, "with the uncommitted money";
            });
        }
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

    /// What is likely to be left, in words.
    fn warning(&self) -> Text {
        let not_drawn = (!self.likely_not_drawn.is_zero())
            .then(|| text![", and ", self.likely_not_drawn, " never to be drawn"]);
        text! {
            "As the leads forecast, and without a forecast at the rate so far, ",
            self.likely_underspend, " of the awards is likely to be unspent on ",
            self.head.year.last_day(), ". With the uncommitted money, ", self.likely_to_return,
            " is likely to go back to the OPCC", not_drawn, "."
        }
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
        let is_over = self.closed || self.days_left == 0;
        let likely = (!is_over && !self.likely_underspend.is_zero()).then(|| self.warning());
        let by_award = "No forecast, so the award is projected";
        [
            likely,
            still_to_come(self.accrued),
            listed("Half of their time has passed without spend", |row| {
                row.no_spend
            }),
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
        let accrued = view.portfolio.accruals.of(reference);
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
            no_spend: projection.no_spend,
            below_spent: projection.below_spent,
            above_award: projection.above_award,
            not_yet_spent: projection.not_yet_spent,
            paid: project.spent - accrued,
            accrued,
            run_rate: projection.run_rate,
            likely_spend: projection.likely,
            likely_underspend: project.award - projection.likely,
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
        let columns = ForecastRow::COLUMN;
        let table = self
            .data()
            .behind(columns.forecast, columns.likely_underspend)
            .behind(columns.forecast, columns.run_rate);
        let table = accrued::split(table, columns.spent, [columns.paid, columns.accrued]);
        tables_and_notes([table, self.in_total()], self.remarks())
    }
}
