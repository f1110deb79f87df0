//! The chair's page: a year at a glance, for a meeting.

use serde::Serialize;

use crate::document::{Block, Drawing, Field, Report, Table, counted, overrides, unless_confirmed};
use crate::fold::{FoldError, Lens, Portfolio};
use crate::model::{Date, Entry, FinancialYear, Money, Pot};
use crate::report::control::reconcile::ReconcileReport;
use crate::report::cycle::forecast::ForecastReport;
use crate::report::money::movement::Movement;
use crate::report::money::pipeline::Pending;
use crate::report::money::pot::PotReport;
use crate::report::money::year::YearReport;
use crate::report::projects::project::{ProjectListReport, ProjectRow};

/// What the chair of the working group asks before a meeting, on one page. Each part is the report
/// of that name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageReport {
    /// Who holds the grant.
    pub partnership: String,
    /// Who gives it.
    pub funder: String,
    /// The year.
    pub year: FinancialYear,
    /// The day, and the moment of knowledge.
    #[serde(flatten)]
    pub lens: Lens,
    /// What is left in each pot.
    pub pot: PotReport,
    /// What would be left in both pots if every pending proposal were approved.
    pub remaining_if_all_approved: Money,
    /// Where the allocation is.
    pub money: YearReport,
    /// Every entry that moved the tactical pot, in fold order.
    pub movements: Vec<Movement>,
    /// Proposals still to be decided.
    pub pipeline: Vec<Pending>,
    /// Spend against award.
    pub projects: ProjectListReport,
    /// What would go back.
    pub forecast: ForecastReport,
    /// Printed figures beside computed ones.
    pub printed: ReconcileReport,
}

/// Whose grant it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parties {
    /// Who holds it.
    pub partnership: String,
    /// Who gives it.
    pub funder: String,
}

impl PageReport {
    /// The page of a folded year; `standing` are its entries but those that move no pot, `printed`
    /// its reconciliation.
    ///
    /// # Errors
    ///
    /// [`FoldError`], which no book that the rules guarded holds.
    pub fn new(
        parties: Parties,
        portfolio: &Portfolio,
        standing: &[Entry],
        printed: ReconcileReport,
        lens: Lens,
    ) -> Result<PageReport, FoldError> {
        Ok(PageReport {
            partnership: parties.partnership,
            funder: parties.funder,
            year: portfolio.year,
            lens,
            pot: PotReport::new(portfolio, lens),
            remaining_if_all_approved: portfolio.uncommitted_if_all_approved(),
            money: YearReport::new(portfolio, lens),
            movements: Movement::all(Pot::Tactical, portfolio.year, standing)?,
            pipeline: Pending::all(portfolio, lens.as_at),
            projects: ProjectListReport::new(portfolio, lens),
            forecast: ForecastReport::new(portfolio, lens),
            printed,
        })
    }

    /// The answer to the chair's question. Before the release no tactical proposal can be approved,
    /// and what is left upfront then passes over: what would be left is asked of both pots
    /// together.
    fn left(&self) -> Table {
        let (upfront, tactical) = (&self.pot.upfront, &self.pot.tactical);
        let lines = if tactical.open {
            vec![
                (
                    "Left in the tactical pot",
                    tactical.remaining,
                    "uncommitted",
                ),
                (
                    "If all pending were approved",
                    tactical.remaining_if_all_approved,
                    "of what is left, after all that is pending",
                ),
            ]
        } else {
            let short = upfront.remaining_if_all_approved.is_negative();
            let passes_over = if short {
                "more is asked than is left"
            } else {
                "what a release would add to tactical"
            };
            vec![
                (
                    "Left in the tactical pot",
                    tactical.remaining,
                    "not open before the release",
                ),
                (
                    "If all pending were approved, both pots",
                    self.remaining_if_all_approved,
                    "left in both, less all that is pending",
                ),
                ("Left in the upfront pot", upfront.remaining, "uncommitted"),
                (
                    "Upfront, if all pending approved",
                    upfront.remaining_if_all_approved,
                    passes_over,
                ),
                (
                    "Tactical, if all pending approved",
                    tactical.remaining_if_all_approved,
                    "before the release adds to it",
                ),
            ]
        };
        let mut table = Table::of_lines("What is left", lines);
        table.fields.insert(0, Field::left("year", ""));
        table
            .rows
            .iter_mut()
            .for_each(|row| row.insert(0, self.year.to_string().into()));
        table.drawn(Drawing::Large)
    }

    /// The year's identity.
    fn allocation(&self) -> Table {
        let money = &self.money;
        let lines = [
            ("Allocation", money.allocation, "from the OPCC, both pots"),
            ("Spent", money.spent, "less refunds"),
            (
                "Committed, unspent",
                money.unspent_awards,
                "still with projects",
            ),
            ("Uncommitted", money.uncommitted, "still in the pots"),
            ("Returned", money.returned, "underspend paid back"),
        ];
        Table::of_lines("Where the allocation has gone", lines).drawn(Drawing::Parts {
            label: "line",
            amount: "amount",
        })
    }

    /// Projects with an award.
    fn spend(&self) -> Table {
        let fields = [
            Field::left("project", "Project"),
            Field::left("title", "Title"),
            Field::left("status", "Status"),
            Field::sum("award", "Award"),
            Field::sum("spent", "Spent"),
            Field::sum("unspent", "Unspent"),
        ];
        let cells = |row: &ProjectRow| {
            vec![
                row.project.as_str().into(),
                row.title.as_str().into(),
                row.status.as_str().into(),
                row.award.into(),
                row.spent.into(),
                row.unspent.into(),
            ]
        };
        let rows = self
            .projects
            .rows
            .iter()
            .filter(|row| !row.award.is_zero())
            .map(cells)
            .collect();
        let drawing = Drawing::Within {
            label: "project",
            part: "spent",
            whole: "award",
        };
        Table {
            rows,
            ..Table::new("Spent against award", &fields)
        }
        .drawn(drawing)
    }

    /// What is lost to the partnership if it is not spent in time; once the time is over, what has
    /// still to go back.
    fn at_risk(&self) -> Table {
        let forecast = &self.forecast;
        let parts = |whole, underspend| {
            [
                whole,
                ("Uncommitted", forecast.uncommitted, "still in the pots"),
                ("Underspend", forecast.underspend_to_return, underspend),
            ]
        };
        if self.is_over() {
            let whole = (
                "Goes back",
                forecast.to_return_as_projected,
                "neither spent nor returned",
            );
            return Table::of_lines(
                "Still to be returned",
                parts(whole, "awards neither spent nor returned"),
            );
        }
        let whole = (
            "Goes back as projected",
            forecast.to_return_as_projected,
            "if all goes as projected",
        );
        let at_most = (
            "Goes back at most",
            forecast.to_return,
            "if nothing more is spent",
        );
        let lines = parts(whole, "awards less projected spend and returns")
            .into_iter()
            .chain([at_most]);
        Table::of_lines(
            format!("Lost if not spent by {}", self.year.last_day()),
            lines,
        )
    }

    /// Is there no day left on which to spend?
    fn is_over(&self) -> bool {
        self.forecast.closed || self.forecast.overdue
    }

    /// The printed figures that do not agree.
    fn disagreeing(&self) -> Table {
        self.printed.table("Printed figures that disagree", |row| {
            !row.difference.is_zero()
        })
    }

    fn how_long(&self) -> String {
        match (self.forecast.closed, self.forecast.days_left) {
            (true, _) => format!("{} is closed.", self.year),
            (false, _) if self.forecast.overdue => {
                format!("{} has ended and is not closed.", self.year)
            }
            (false, 0) => format!("{} is the last day.", self.year.last_day()),
            (false, days) => format!(
                "{} to {}.",
                counted(u64::from(days), "day"),
                self.year.last_day()
            ),
        }
    }
}

/// A table, with what is worth knowing of it; where it has no row, its name and a sentence.
fn section(table: Table, if_empty: &str, notes: Vec<String>) -> Vec<Block> {
    let body = match table.rows.is_empty() {
        true => vec![
            Block::Heading(table.caption),
            Block::Paragraph(if_empty.to_owned()),
        ],
        false => vec![Block::Table(table)],
    };
    body.into_iter()
        .chain((!notes.is_empty()).then_some(Block::Points(notes)))
        .collect()
}

impl Report for PageReport {
    fn title(&self) -> String {
        let closed = if self.money.closed { ", closed" } else { "" };
        let confirmed = unless_confirmed(self.money.confirmed);
        format!(
            "Crime Reduction Grant {}, {}, {}{closed}{confirmed}",
            self.year, self.partnership, self.lens
        )
    }

    fn as_at(&self) -> Option<Date> {
        Some(self.lens.as_at)
    }

    fn tables(&self) -> Vec<Table> {
        let table = |block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        };
        self.blocks().into_iter().filter_map(table).collect()
    }

    fn notes(&self) -> Vec<String> {
        let points = |block| match block {
            Block::Points(points) => points,
            _ => Vec::new(),
        };
        self.blocks().into_iter().flat_map(points).collect()
    }

    fn blocks(&self) -> Vec<Block> {
        let movements = Movement::table(
            "The tactical pot through the year",
            &self.movements,
            self.year,
            self.lens.as_at,
        );
        let pipeline = Pending::table("The pipeline", &self.pipeline);
        let risk = [self.how_long()]
            .into_iter()
            .chain(self.forecast.notes())
            .collect();
        let sections = [
            section(self.left(), "", self.pot.notes()),
            section(
                self.allocation(),
                "",
                overrides(&self.money.overrides).into_iter().collect(),
            ),
            section(movements, "Nothing has moved it.", Vec::new()),
            section(pipeline, "Nothing is pending.", Vec::new()),
            section(self.spend(), "No project has an award.", Vec::new()),
            section(self.at_risk(), "", risk),
            section(self.disagreeing(), "None.", self.printed.notes()),
        ];
        sections.concat()
    }
}
