//! The year end as a workbook: a summary, and the sheets that add up to it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::document::{Block, Cell, Formula, Line, Report, Table, Term, Text, text};
use crate::fold::YearView;
use crate::model::{Date, Kind};
use crate::report::cycle::year_end::{PROJECT, UNCOMMITTED, YearEndReport, YearEndRow};
use crate::report::money::decisions::{DecisionRow, DecisionsReport};
use crate::report::money::spend::{SpendReport, SpendRow};
use crate::report::money::year::{YearLine, YearReport};

/// A year's end with all its entries that move money. Every amount of its summary is a formula over
/// its other tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct YearEndWorkbook {
    /// The partnership that holds the grant.
    pub partnership: String,
    /// The funder that gives it.
    pub funder: String,
    /// Where the year's allocation is, and its cash.
    pub summary: YearReport,
    /// One row per project, then one per pot.
    pub projects: YearEndReport,
    /// Every spend and refund.
    pub spend: SpendReport,
    /// Every decision, and every movement of money except spend.
    pub decisions: DecisionsReport,
}

impl YearEndWorkbook {
    /// The workbook of a year, whose view holds entries of every kind.
    #[must_use]
    pub fn new(view: &YearView) -> YearEndWorkbook {
        YearEndWorkbook {
            partnership: view.names.partnership.clone(),
            funder: view.names.funder.clone(),
            summary: YearReport::new(view),
            projects: YearEndReport::new(view),
            spend: SpendReport::new(view),
            decisions: DecisionsReport::new(view),
        }
    }
}

/// The cells of the workbook that a line of the summary adds up.
fn formula(line: YearLine) -> Formula {
    let row = |line: YearLine| Term::Row(line.row());
    let (projects, total) = (YearEndRow::COLUMN, Term::Total);
    let part = |column, word| Term::Part {
        column,
        by: projects.line,
        word,
    };
    let unreturned = |word| {
        (
            vec![part(projects.underspend, word)],
            vec![part(projects.returned, word)],
        )
    };
    let received = Term::Part {
        column: DecisionRow::COLUMN.amount,
        by: DecisionRow::COLUMN.kind,
        word: Kind::Receive.as_str(),
    };
    let (spent, returned) = (row(YearLine::Spent), row(YearLine::Returned));
    let (unspent, uncommitted) = (row(YearLine::UnspentAwards), row(YearLine::Uncommitted));
    let (added, subtracted) = match line {
        YearLine::Allocation => (vec![total(projects.approved)], vec![]),
        YearLine::Spent => (vec![total(SpendRow::COLUMN.amount)], vec![]),
        YearLine::Returned => (vec![total(projects.returned)], vec![]),
        YearLine::UnspentAwards => unreturned(PROJECT),
        YearLine::Uncommitted => unreturned(UNCOMMITTED),
        YearLine::AccountedFor => (vec![spent, returned, unspent, uncommitted], vec![]),
        YearLine::Underspend => (vec![row(YearLine::Allocation)], vec![spent]),
        YearLine::ToReturn => (vec![row(YearLine::Underspend)], vec![returned]),
        YearLine::Received => (vec![received], vec![]),
        YearLine::CashHeld => (vec![row(YearLine::Received)], vec![spent, returned]),
    };
    Formula { added, subtracted }
}

impl Report for YearEndWorkbook {
    fn title(&self) -> Text {
        self.projects.title()
    }

    fn as_at(&self) -> Option<Date> {
        self.projects.as_at()
    }

    fn data(&self) -> Table {
        let mut table = Table::of("Summary", &self.summary.lines());
        if let Some(index) = table.index(Line::COLUMN.amount) {
            for (row, line) in table.rows.iter_mut().zip(YearLine::ALL) {
                if let Cell::Money(amount) = row[index] {
                    row[index] = Cell::Formula(amount, formula(line));
                }
            }
        }
        table
    }

    fn blocks(&self) -> Vec<Block> {
        let (partnership, funder) = (&self.partnership, &self.funder);
        let holder = text![partnership, ": Crime Reduction Grant from ", funder, "."];
        let notes = [holder].into_iter().chain(self.summary.notes());
        vec![
            Block::Table(self.data()),
            Block::Table(self.projects.data().captioned("Projects")),
            Block::Table(self.spend.data().captioned("Spend")),
            Block::Table(self.decisions.data().captioned("Decisions")),
            Block::Points(notes.collect()),
        ]
    }
}
