//! The year end as a workbook: the year's identity, and the sheets that add up to it.

use serde::Serialize;

use crate::document::{Cell, Field, Report, Table, Term, Working};
use crate::model::{Date, Money};
use crate::report::cycle::year_end::YearEndReport;
use crate::report::money::decisions::DecisionsReport;
use crate::report::money::spend::SpendReport;
use crate::report::money::year::YearReport;

/// A year's end with all that makes it. Every amount of its summary is worked out from its other
/// tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct YearEndWorkbook {
    /// Who holds the grant.
    pub partnership: String,
    /// Who gives it.
    pub funder: String,
    /// The year's identity and its cash.
    pub summary: YearReport,
    /// A line a project, and what was never committed.
    pub projects: YearEndReport,
    /// Every spend and refund.
    pub spend: SpendReport,
    /// Every decision, and every movement of money but spend.
    pub decisions: DecisionsReport,
}

const PROJECTS: &str = "Projects";
const SPEND: &str = "Spend";
const DECISIONS: &str = "Decisions";

impl YearEndWorkbook {
    fn summary_table(&self) -> Table {
        let mut table = Table::new(
            "Summary",
            &[
                Field::left("line", "Line"),
                Field::right("amount", "Amount"),
                Field::left("meaning", "Meaning"),
            ],
        );
        for (line, amount, meaning) in self.summary.lines() {
            table
                .rows
                .push(vec![line.into(), worked(line, amount), meaning.into()]);
        }
        table
    }
}

/// A line's amount, with how the other sheets and lines make it.
fn worked(line: &str, amount: Money) -> Cell {
    let all = |column| Term::Total {
        table: PROJECTS,
        column,
    };
    let of = |column, word| Term::Part {
        table: PROJECTS,
        column,
        by: "line",
        word,
    };
    let (added, taken) = match line {
        "Allocation" => (vec![all("approved")], vec![]),
        "Spent" => (
            vec![Term::Total {
                table: SPEND,
                column: "amount",
            }],
            vec![],
        ),
        "Returned" => (vec![all("returned")], vec![]),
        "Unspent awards" => (
            vec![of("underspend", "project")],
            vec![of("returned", "project")],
        ),
        "Uncommitted" => (
            vec![of("underspend", "uncommitted")],
            vec![of("returned", "uncommitted")],
        ),
        "Accounted for" => (
            ["Spent", "Returned", "Unspent awards", "Uncommitted"]
                .map(Term::Line)
                .into(),
            vec![],
        ),
        "Underspend" => (vec![Term::Line("Allocation")], vec![Term::Line("Spent")]),
        "To return" => (vec![Term::Line("Underspend")], vec![Term::Line("Returned")]),
        "Received" => (
            vec![Term::Part {
                table: DECISIONS,
                column: "amount",
                by: "kind",
                word: "receive",
            }],
            vec![],
        ),
        "Cash held" => (
            vec![Term::Line("Received")],
            vec![Term::Line("Spent"), Term::Line("Returned")],
        ),
        _ => return amount.into(),
    };
    Cell::Worked(amount, Working { added, taken })
}

/// A report's table, under the name that the summary calls it by.
fn named(caption: &'static str, report: &dyn Report) -> impl Iterator<Item = Table> {
    report.tables().into_iter().map(move |table| Table {
        caption: caption.into(),
        ..table
    })
}

impl Report for YearEndWorkbook {
    fn title(&self) -> String {
        self.projects.title()
    }

    fn as_at(&self) -> Option<Date> {
        self.projects.as_at()
    }

    fn tables(&self) -> Vec<Table> {
        let sheets = named(PROJECTS, &self.projects)
            .chain(named(SPEND, &self.spend))
            .chain(named(DECISIONS, &self.decisions));
        [self.summary_table()].into_iter().chain(sheets).collect()
    }

    fn notes(&self) -> Vec<String> {
        let whose = format!(
            "{}: Crime Reduction Grant from {}.",
            self.partnership, self.funder
        );
        [whose].into_iter().chain(self.summary.notes()).collect()
    }
}
