//! The year end as a workbook: a summary, and the sheets that add up to it.

use crate::document::{
    Block, Cell, Formula, Head, Line, Report, Table, Term, declare, tables_and_notes,
};
use crate::fold::YearView;
use crate::model::Kind;
use crate::report::cycle::categories;
use crate::report::cycle::cover::{Cover, Return};
use crate::report::cycle::year_end::{PROJECT, UNCOMMITTED, YearEndReport, YearEndRow};
use crate::report::money::decisions::{DecisionRow, DecisionsReport};
use crate::report::money::spend::{SpendReport, SpendRow};
use crate::report::money::year::YearReport;

declare! {
    /// A year's end with all its entries that move money. Every amount of its summary is a formula
    /// over its other tables.
    pub struct YearEndWorkbook {
        /// Where the year's allocation is, and its cash.
        pub summary: YearReport,
        /// One row per project, then one per pot.
        pub projects: YearEndReport,
        /// Every spend and refund.
        pub spend: SpendReport,
        /// What was spent by cost category, and by project and cost category.
        #[serde(skip)]
        pub(crate) categories: [Table; 2],
        /// Every decision, and every movement of money except spend.
        pub decisions: DecisionsReport,
    }
}

impl YearEndWorkbook {
    /// The workbook of a year, whose view holds entries of every kind.
    pub fn new(view: &YearView) -> YearEndWorkbook {
        let spend = SpendReport::new(view);
        YearEndWorkbook {
            summary: YearReport::new(view),
            projects: YearEndReport::new(view),
            categories: categories::tables(&spend, view),
            spend,
            decisions: DecisionsReport::new(view),
        }
    }
}

/// The cells of the workbook that each line of the summary adds up.
fn formulas(summary: &YearReport) -> [Formula; 12] {
    let lines: [Term; 12] = std::array::from_fn(Term::Row);
    let [
        allocation,
        spent,
        returned,
        lapsed,
        unspent,
        uncommitted,
        ..,
    ] = lines;
    let [.., underspend, to_return, not_drawn, received, cash_held] = lines;
    let (projects, decisions) = (YearEndRow::COLUMN, DecisionRow::COLUMN);
    let part = |column, by, word| Term::Part { column, by, word };
    let kept = |word| {
        let part = |column| part(column, projects.line, word);
        let gone = vec![part(projects.returned), part(projects.lapsed)];
        (vec![part(projects.underspend)], gone)
    };
    let receipts = part(decisions.amount, decisions.kind, Kind::Receive.as_str());
    let left = |less: &[Term]| {
        let less = [returned, lapsed].into_iter().chain(less.iter().copied());
        (vec![underspend], less.collect())
    };
    // No more can be returned than the cash held.
    let (to_return, not_drawn) = if summary.not_drawn.is_zero() {
        (left(&[]), left(&[to_return]))
    } else if summary.to_return.is_zero() {
        (left(&[not_drawn]), left(&[]))
    } else {
        ((vec![cash_held], vec![]), left(&[to_return]))
    };
    let formulas = [
        (vec![Term::Total(projects.approved)], vec![]),
        (vec![Term::Total(SpendRow::COLUMN.amount)], vec![]),
        (vec![Term::Total(projects.returned)], vec![]),
        (vec![Term::Total(projects.lapsed)], vec![]),
        kept(PROJECT),
        kept(UNCOMMITTED),
        (vec![spent, returned, lapsed, unspent, uncommitted], vec![]),
        (vec![allocation], vec![spent]),
        to_return,
        not_drawn,
        (vec![receipts], vec![]),
        (vec![received], vec![spent, returned]),
    ];
    formulas.map(|(added, subtracted)| Formula { added, subtracted })
}

impl Report for YearEndWorkbook {
    fn head(&self) -> Head {
        self.projects.head()
    }

    fn data(&self) -> Table {
        let mut table = Table::of("Summary", &self.summary.lines());
        let amount = table.index(Line::COLUMN.amount);
        for (row, formula) in table.rows.iter_mut().zip(formulas(&self.summary)) {
            if let Some(cell) = amount.and_then(|index| row.get_mut(index))
                && let Cell::Money(amount) = *cell
            {
                *cell = Cell::Formula(amount, formula);
            }
        }
        table
    }

    fn blocks(&self) -> Vec<Block> {
        let [categories, by_project] = self.categories.clone();
        let tables = [
            self.data(),
            self.projects.table().captioned("Projects"),
            self.spend.data().captioned("Spend"),
            categories,
            by_project,
            self.decisions.data().captioned("Decisions"),
        ];
        let tables = tables.into_iter().chain(self.projects.words().filled());
        let notes = self.summary.notes().into_iter();
        tables_and_notes(tables, notes.chain(self.projects.cash.vat()))
    }
}

impl Return for YearEndWorkbook {
    fn cover(&self) -> &Cover {
        &self.projects.cover
    }
}
