//! The year end: every project ever proposed, and what was never committed.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::english::{labelled, overrides};
use crate::document::{
    Block, Cell, CellValue, Head, Report, Table, declare, tables_and_notes, text,
};
use crate::fold::{Portfolio, PotName, Project, YearView};
use crate::model::{EntryNumber, FinancialYear, Money, Pot, Priorities, ProjectRef, Stage};
use crate::report::accrued::{self, still_to_come};
use crate::report::cycle::cover::{Cover, Return};
use crate::report::cycle::outcome::Outcome;
use crate::report::cycle::words::{Words, WordsRow};
use crate::report::head::YearHead;
use crate::report::money::cash::CashAccount;

/// What a line of a year is called that holds a project.
pub(crate) const PROJECT: &str = "project";
/// What a line of a year is called that holds the uncommitted money of a pot.
pub(crate) const UNCOMMITTED: &str = "uncommitted";

declare! {
    /// A year's lines: `approved` adds up to the allocation, so does `spent + underspend`, and
    /// `returned` adds up to what was returned, `lapsed` to what lapsed.
    pub struct YearEndReport {
        /// The year.
        #[serde(flatten)]
        pub head: YearHead,
        /// Whose return it is.
        #[serde(flatten)]
        pub cover: Cover,
        /// The cash, and what the spend includes.
        pub cash: CashAccount,
        /// Whether the year is closed.
        pub closed: bool,
        /// The entries that set a process rule aside.
        pub overrides: BTreeSet<EntryNumber>,
        /// One row per project, then one per pot.
        pub rows: Vec<YearEndRow>,
    }

    /// One line: a project, or a pot's uncommitted money.
    pub row YearEndRow {
        /// The year.
        pub year: FinancialYear => detail,
        /// `project` or `uncommitted`.
        pub line: &'static str => detail("Type"),
        /// The project's ref.
        pub project: Option<ProjectRef> => shown("Project"),
        /// Its title.
        pub title: Option<String> => shown("Title") from |row| title_or_uncommitted(&row.title),
        /// Its lead.
        pub lead: Option<String> => detail,
        /// The pot.
        pub pot: PotName => shown("Pot"),
        /// How far the project came.
        pub status: Option<Stage> => detail,
        /// What it asked for.
        pub requested: Option<Money> => detail,
        /// Its net award; for a pot, what was never committed.
        pub approved: Money => total("Approved"),
        /// What it spent.
        pub spent: Money => total("Spent"),
        /// What it did not spend.
        pub underspend: Money => total("Underspend"),
        /// The part of the underspend that was returned.
        pub returned: Money => total("Returned"),
        /// The part of the underspend that lapsed.
        pub lapsed: Money => detail_total,
        /// The priorities it serves.
        pub priorities: Option<Priorities> => detail,
        /// Why it did not spend its award, in the words of whoever recorded it; none if it did, or if
        /// no reason is recorded.
        pub reason: Option<String>,
        /// What has been done.
        pub outputs: Option<String>,
        /// What was promised and achieved.
        pub outcomes: Vec<Outcome>,
        /// What it paid: its spend, less what is accrued.
        pub paid: Money => total("Paid"),
        /// The part of its spend whose invoices are to come.
        pub accrued: Money => total("Accrued"),
    }
}

impl YearEndReport {
    /// The lines of a year.
    pub fn new(view: &YearView) -> YearEndReport {
        let portfolio = &view.portfolio;
        let projects = portfolio.projects.iter();
        let words = Words::of(view);
        let projects = projects.map(|project| YearEndRow::new(view, project, &words));
        let pots = Pot::ALL.iter();
        let pots = pots.map(|pot| YearEndRow::uncommitted(portfolio, view.pots.name(*pot)));
        YearEndReport {
            head: YearHead::new(view),
            cover: Cover::new(view, portfolio.year.first_day(), portfolio.year.last_day()),
            cash: CashAccount::new(portfolio),
            closed: portfolio.closed,
            overrides: portfolio.overrides.clone(),
            rows: projects.chain(pots).collect(),
        }
    }

    /// The lines that people see.
    pub(crate) fn table(&self) -> Table {
        Table::of("", self.rows.iter().filter(|row| row.pot.is_shown())).totalled()
    }

    /// The projects that did not spend their award and have no reason on record.
    fn unexplained(&self) -> impl Iterator<Item = &ProjectRef> {
        self.rows
            .iter()
            .filter(|row| !row.underspend.is_zero() && row.reason.is_none())
            .filter_map(|row| row.project.as_ref())
    }

    /// What is recorded about each line in words.
    pub(crate) fn words(&self) -> Table {
        WordsRow::table(self.rows.iter().map(|row| WordsRow {
            project: row.project.clone(),
            pot: row.pot,
            reason: row.reason.clone(),
            outputs: row.outputs.clone(),
            outcomes: row.outcomes.clone(),
            varies: !row.underspend.is_zero(),
        }))
    }

    /// Those lines, with what is paid and accrued beside what is spent.
    fn shown(&self) -> Table {
        let columns = YearEndRow::COLUMN;
        accrued::split(self.table(), columns.spent, [columns.paid, columns.accrued])
    }

    fn total(&self, amount: fn(&YearEndRow) -> Money) -> Money {
        self.rows.iter().map(amount).sum()
    }
}

impl YearEndRow {
    fn new(
        view: &YearView,
        (reference, project): (&ProjectRef, &Project),
        words: &BTreeMap<&ProjectRef, Words>,
    ) -> YearEndRow {
        let words = words.get(reference);
        let is_spent = project.underspend().is_zero();
        let accrued = view.portfolio.accruals.of(reference);
        YearEndRow {
            year: view.year(),
            line: PROJECT,
            project: Some(reference.clone()),
            title: Some(project.title.clone()),
            lead: Some(project.lead.clone()),
            pot: view.pots.name(project.pot),
            status: Some(project.stage),
            requested: Some(project.requested),
            approved: project.award,
            spent: project.spent,
            underspend: project.underspend(),
            returned: project.returned,
            lapsed: project.lapsed,
            priorities: Some(project.priorities.clone()),
            reason: words.filter(|_| !is_spent).and_then(Words::reason),
            outputs: words.and_then(|words| words.outputs.clone()),
            outcomes: Outcome::all(project),
            paid: project.spent - accrued,
            accrued,
        }
    }

    fn uncommitted(portfolio: &Portfolio, pot: PotName) -> YearEndRow {
        let position = portfolio.pot(pot.pot);
        let amount = position.remaining() + position.returned + position.lapsed;
        YearEndRow {
            year: portfolio.year,
            line: UNCOMMITTED,
            project: None,
            title: None,
            lead: None,
            pot,
            status: None,
            requested: None,
            approved: amount,
            spent: Money::ZERO,
            underspend: amount,
            returned: position.returned,
            lapsed: position.lapsed,
            priorities: None,
            reason: (!amount.is_zero()).then(|| "Not awarded to a project".to_owned()),
            outputs: None,
            outcomes: Vec::new(),
            paid: Money::ZERO,
            accrued: Money::ZERO,
        }
    }
}

/// The title of a line's project; for people, a line without one is uncommitted money.
pub(crate) fn title_or_uncommitted(title: &Option<String>) -> Cell {
    let uncommitted = Cell::Aside("Uncommitted");
    title.as_ref().map_or(uncommitted, CellValue::cell)
}

impl Report for YearEndReport {
    fn may_be_issued(&self) -> bool {
        true
    }

    fn head(&self) -> Head {
        let closed = if self.closed {
            ", closed"
        } else {
            ", not closed"
        };
        self.head
            .with_title(text!["Year end ", self.head.year], closed)
    }

    /// The columns of the year-end CSV are a contract: what is paid and accrued is in every other
    /// format.
    fn data(&self) -> Table {
        let columns = YearEndRow::COLUMN;
        let rows = Table::of("", &self.rows);
        rows.without(columns.paid).without(columns.accrued)
    }

    fn blocks(&self) -> Vec<Block> {
        let sums = text! {
            "Uncommitted money was not awarded to any project. Approved ",
            self.total(|row| row.approved), " = spent ", self.total(|row| row.spent),
            " + underspend ", self.total(|row| row.underspend), ", of which ",
            self.total(|row| row.returned), " has been returned."
        };
        let lapsed = self.total(|row| row.lapsed);
        let lapsed = (!lapsed.is_zero()).then(|| {
            text![
                lapsed,
                " of the underspend lapsed: the OPCC had not paid it out."
            ]
        });
        let accrued = still_to_come(self.total(|row| row.accrued));
        let unexplained = labelled("Underspend without a reason", self.unexplained());
        let notes = [
            Some(sums),
            accrued,
            lapsed,
            unexplained,
            overrides(&self.overrides),
        ];
        let notes = notes.into_iter().flatten().chain(self.cash.notes());
        let tables = [self.shown()].into_iter().chain(self.words().filled());
        tables_and_notes(tables.chain([self.cash.table()]), notes)
    }
}

impl Return for YearEndReport {
    fn cover(&self) -> &Cover {
        &self.cover
    }
}
