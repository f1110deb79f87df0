//! A quarter: opening position, what moved, closing position, of each pot and each project; what
//! was decided, spent and done in it; where that leaves the year; and what was recorded since of
//! quarters already reported.

mod accounts;
mod reported;
mod risks;
mod work;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::document::{Block, Field, Report, Table, overrides, unless_confirmed};
use crate::fold::{FoldError, Lens, standing};
use crate::model::{Date, Entry, EntryNumber, FinancialYear, Kind, Money, Quarter};
use crate::report::control::reconcile::ReconcileReport;
use crate::report::cycle::forecast::ForecastReport;
use crate::report::cycle::issued::Issued;
use crate::report::money::decisions;
use crate::report::money::decisions::{DecisionRow, DecisionsReport};

use accounts::Accounts;
pub use reported::{ClosingChange, ReportedChange, ReportedQuarter};
pub use risks::{Risk, RiskRow};
pub use work::{OutcomeRow, ProgressRow, QuarterSpend};

/// What a quarter moved. Entries dated before the year count in Q1, those dated after it in Q4.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuarterReport {
    /// The year.
    pub year: FinancialYear,
    /// The quarter.
    pub quarter: Quarter,
    /// The day, and the moment of knowledge.
    #[serde(flatten)]
    pub lens: Lens,
    /// Had the OPCC confirmed the year by the end of the quarter?
    pub confirmed: bool,
    /// The entries to the end of the quarter that set a process rule aside.
    pub overrides: BTreeSet<EntryNumber>,
    /// Of each account its opening, each kind of movement, its closing: opening + moved = closing.
    pub rows: Vec<QuarterRow>,
    /// The quarters to this one whose report went out before, and what changed since.
    pub reported: Vec<ReportedQuarter>,
    /// What was decided in the quarter, and every movement of money but spend.
    pub decisions: Vec<DecisionRow>,
    /// What each project spent in the quarter.
    pub spend: Vec<QuarterSpend>,
    /// What has been done, as recorded in the quarter.
    pub progress: Vec<ProgressRow>,
    /// What was promised and achieved, as recorded in the quarter.
    pub outcomes: Vec<OutcomeRow>,
    /// Where the year was heading at the end of the quarter.
    pub forecast: ForecastReport,
    /// What there was to see to at the end of the quarter.
    pub risks: Vec<RiskRow>,
}

/// One line of an account's quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuarterRow {
    /// `upfront`, `tactical`, or a project's ref.
    pub account: String,
    /// `opening`, a kind of entry, or `closing`.
    pub line: &'static str,
    /// The balance, or what the entries of that kind moved.
    pub amount: Money,
}

impl QuarterReport {
    /// A quarter of a year, from all the year's entries in the order recorded. That some report
    /// went out is no part of it: a report that is asked for again after its own `issue` is the
    /// same.
    ///
    /// # Errors
    ///
    /// [`FoldError`], which no book that the rules guarded holds.
    pub fn new(
        year: FinancialYear,
        quarter: Quarter,
        entries: &[Entry],
        lens: Lens,
    ) -> Result<QuarterReport, FoldError> {
        let known = standing(
            entries.to_vec(),
            Lens {
                as_at: Date::MAX,
                ..lens
            },
        );
        let (issues, known): (Vec<Entry>, Vec<Entry>) = known
            .into_iter()
            .partition(|entry| entry.event.kind() == Kind::Issue);
        let now: Vec<Entry> = known
            .iter()
            .filter(|entry| entry.on <= lens.as_at)
            .cloned()
            .collect();
        let accounts = Accounts::new(year, quarter, &now)?;
        let inside: Vec<Entry> = now
            .iter()
            .filter(|entry| year.quarter_of(entry.on) == quarter)
            .cloned()
            .collect();
        let end = Lens {
            as_at: end(year, quarter, lens.as_at),
            ..lens
        };
        let forecast = ForecastReport::new(&accounts.portfolio, end);
        let figures = ReconcileReport::new(year, &known, end)?;
        let decided = DecisionsReport::new(year, &now, lens).rows;
        Ok(QuarterReport {
            year,
            quarter,
            lens,
            confirmed: accounts.portfolio.confirmed,
            overrides: accounts.portfolio.overrides.clone(),
            rows: accounts.rows(),
            reported: reported(year, quarter, issues, entries, &now, lens)?,
            decisions: decided
                .into_iter()
                .filter(|row| year.quarter_of(row.on) == quarter)
                .collect(),
            spend: QuarterSpend::all(&inside, &accounts),
            progress: inside.iter().filter_map(ProgressRow::new).collect(),
            outcomes: inside.iter().filter_map(OutcomeRow::new).collect(),
            risks: RiskRow::all(&forecast, accounts.portfolio.allocation(), &figures),
            forecast,
        })
    }

    /// The quarters already reported that are not as they were.
    pub fn changed(&self) -> impl Iterator<Item = &ReportedQuarter> {
        self.reported
            .iter()
            .filter(|reported| !reported.changes.is_empty())
    }
}

/// The last day that a quarter's report counts, as at a day: Q4 counts what is dated after the
/// year.
fn end(year: FinancialYear, quarter: Quarter, as_at: Date) -> Date {
    if quarter == Quarter::Q4 {
        as_at
    } else {
        as_at.min(year.quarter_end(quarter))
    }
}

/// The quarters to this one whose reports went out before this one was known, and what changed
/// since.
fn reported(
    year: FinancialYear,
    quarter: Quarter,
    issues: Vec<Entry>,
    entries: &[Entry],
    now: &[Entry],
    lens: Lens,
) -> Result<Vec<ReportedQuarter>, FoldError> {
    let before = |issue: &Entry| {
        issue.on <= lens.as_at && lens.known_at.is_none_or(|known| issue.recorded < known)
    };
    let issues: Vec<Entry> = issues.into_iter().filter(before).collect();
    let latest = Issued::latest(year, &issues)
        .into_iter()
        .filter(|issued| issued.quarter <= quarter);
    latest
        .map(|issued| ReportedQuarter::new(issued, entries, now))
        .collect()
}

impl Report for QuarterReport {
    fn title(&self) -> String {
        format!(
            "{} of {}, to {}, {}{}",
            self.quarter,
            self.year,
            self.year.quarter_end(self.quarter),
            self.lens,
            unless_confirmed(self.confirmed)
        )
    }

    fn as_at(&self) -> Option<Date> {
        Some(self.lens.as_at)
    }

    fn tables(&self) -> Vec<Table> {
        let tables = self.blocks().into_iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        tables.collect()
    }

    fn notes(&self) -> Vec<String> {
        let changed = self.changed().map(ReportedQuarter::said);
        [SUMS.to_owned()]
            .into_iter()
            .chain(changed)
            .chain(self.none())
            .chain(overrides(&self.overrides))
            .collect()
    }

    fn blocks(&self) -> Vec<Block> {
        let mut blocks = vec![
            Block::Table(self.movements()),
            Block::Paragraph(SUMS.to_owned()),
        ];
        if self.changed().next().is_some() {
            blocks.push(Block::Heading(
                "Changes to quarters already reported".to_owned(),
            ));
            blocks.push(Block::Points(
                self.changed().map(ReportedQuarter::said).collect(),
            ));
            blocks.extend(filled([
                reported::changes(&self.reported),
                reported::closing(&self.reported),
            ]));
        }
        let mut forecast = self.forecast.in_all();
        forecast.caption = "Forecast at quarter end".to_owned();
        blocks.extend(filled([
            decisions::table("Decisions in the quarter", &self.decisions),
            QuarterSpend::table(&self.spend),
            ProgressRow::table(&self.progress),
            OutcomeRow::table(&self.outcomes),
            forecast,
            risks::table(&self.risks),
        ]));
        let last: Vec<String> = self
            .none()
            .into_iter()
            .chain(overrides(&self.overrides))
            .collect();
        blocks.extend((!last.is_empty()).then_some(Block::Points(last)));
        blocks
    }
}

const SUMS: &str = "Opening and what moved make closing. A pot holds uncommitted money, a project its unspent award.";

fn filled(tables: impl IntoIterator<Item = Table>) -> impl Iterator<Item = Block> {
    tables
        .into_iter()
        .filter(|table| !table.rows.is_empty())
        .map(Block::Table)
}

impl QuarterReport {
    fn movements(&self) -> Table {
        let mut table = Table::new(
            "",
            &[
                Field::left("account", "Account"),
                Field::left("line", "Line"),
                Field::right("amount", "Amount"),
            ],
        );
        table.rows = self
            .rows
            .iter()
            .map(|row| {
                vec![
                    row.account.as_str().into(),
                    row.line.into(),
                    row.amount.into(),
                ]
            })
            .collect();
        table
    }

    /// Says of what the quarter has nothing.
    fn none(&self) -> Option<String> {
        let parts = [
            (self.decisions.is_empty(), "decisions"),
            (self.spend.is_empty(), "spend"),
            (self.progress.is_empty(), "progress"),
            (self.outcomes.is_empty(), "targets or outcomes"),
        ];
        let none: Vec<&str> = parts
            .iter()
            .filter(|(is_empty, _)| *is_empty)
            .map(|(_, part)| *part)
            .collect();
        (!none.is_empty()).then(|| format!("None recorded of the quarter: {}.", none.join(", ")))
    }
}
