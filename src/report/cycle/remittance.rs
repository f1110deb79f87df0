//! The remittance statement: what went back to the OPCC, payment by payment.

use schemars::JsonSchema;
use serde::Serialize;

use crate::document::english::unless_confirmed;
use crate::document::{Block, Cell, Report, Table, Text, line, rows, text};
use crate::fold::{FoldError, Lens, Portfolio, YearView};
use crate::model::{
    Date, Entry, EntryNumber, Event, FinancialYear, Holder, Money, Pot, ProjectRef,
};
use crate::report::cycle::year_end::title_or_uncommitted;

/// A year's payments to the OPCC. Returns of one day with the same reference are one payment; a
/// return that was reversed is none.
///
/// Figures are those at the payment's position in the fold, after its last return, so that a
/// statement printed again later has the figures of the first one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RemittanceReport {
    /// The year.
    pub year: FinancialYear,
    /// The day, and the moment of knowledge.
    #[serde(flatten)]
    pub lens: Lens,
    /// Whether the OPCC has confirmed the year.
    pub confirmed: bool,
    /// Whether it is on record: a trial run records nothing.
    pub recorded: bool,
    /// Who pays.
    pub partnership: String,
    /// Who is paid.
    pub funder: String,
    /// The payments, in the order of their last returns.
    pub payments: Vec<Payment>,
}

/// One payment: `allocation = spent + returned_before + amount + to_return`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Payment {
    /// What the bank calls it; none if its return was recorded without a reference.
    pub reference: Option<String>,
    /// The day of its last return.
    pub on: Date,
    /// Both pots' allocation.
    pub allocation: Money,
    /// What was spent, less refunds.
    pub spent: Money,
    /// What other payments had returned by then.
    pub returned_before: Money,
    /// What this one returned.
    pub amount: Money,
    /// The underspend not yet returned after it.
    pub to_return: Money,
    /// One row per return.
    pub lines: Vec<RemittanceLine>,
}

rows! {
    /// One return.
    pub struct RemittanceLine with RemittanceColumns {
        /// The year.
        #[serde(skip)]
        pub(crate) year: FinancialYear => detail,
        /// What the bank calls the payment.
        #[serde(skip)]
        pub(crate) reference: Option<String> => detail,
        /// The `return` entry.
        pub entry: EntryNumber => shown("Entry"),
        /// Its day.
        pub on: Date => detail,
        /// The project whose unspent award it is; none if it is a pot's uncommitted money.
        pub project: Option<ProjectRef> => shown("Project"),
        /// The project's title.
        pub title: Option<String> => shown("Title") from RemittanceLine::title_cell,
        /// The pot, or the project's.
        pub pot: Pot => shown("Pot"),
        /// The project's net award.
        pub award: Option<Money> => shown("Award"),
        /// What the project spent.
        pub spent: Option<Money> => shown("Spent"),
        /// What was returned.
        pub returned: Money => shown("Returned"),
    }
}

impl RemittanceReport {
    /// The payments of a year, whose view holds entries of every kind.
    ///
    /// # Errors
    ///
    /// [`FoldError`], which no book that the rules guarded holds.
    pub fn new(view: &YearView) -> Result<RemittanceReport, FoldError> {
        let mut portfolio = Portfolio::new(view.year());
        let mut payments: Vec<Payment> = Vec::new();
        for entry in &view.standing {
            portfolio.apply(entry)?;
            let Some(line) = RemittanceLine::new(entry, &portfolio) else {
                continue;
            };
            let known = payments.iter().position(|payment| payment.has(entry));
            let mut payment = match known {
                Some(index) => payments.remove(index),
                None => Payment::begin(entry),
            };
            payment.add(line, &portfolio);
            payments.push(payment);
        }
        Ok(RemittanceReport {
            year: view.year(),
            lens: view.lens,
            confirmed: view.portfolio.confirmed,
            recorded: true,
            partnership: view.names.partnership.clone(),
            funder: view.names.funder.clone(),
            payments,
        })
    }
}

impl Payment {
    fn begin(entry: &Entry) -> Payment {
        Payment {
            reference: entry.reference.clone(),
            on: entry.on,
            allocation: Money::ZERO,
            spent: Money::ZERO,
            returned_before: Money::ZERO,
            amount: Money::ZERO,
            to_return: Money::ZERO,
            lines: Vec::new(),
        }
    }

    /// Returns `true` if a return is part of the payment.
    fn has(&self, entry: &Entry) -> bool {
        self.on == entry.on && self.reference.is_some() && self.reference == entry.reference
    }

    /// Adds a return that the portfolio has folded.
    fn add(&mut self, line: RemittanceLine, portfolio: &Portfolio) {
        self.amount += line.returned;
        self.allocation = portfolio.allocation();
        self.spent = portfolio.spent();
        self.returned_before = portfolio.returned() - self.amount;
        self.to_return = portfolio.to_return();
        self.lines.push(line);
    }

    /// How the payment and the rest of the year make up the allocation.
    fn identity(&self) -> Table {
        let reference = self.reference.as_deref().unwrap_or("without a reference");
        let lines = [
            line("Allocation", self.allocation, "from the OPCC, both pots"),
            line("Spent", self.spent, "less refunds"),
            line("Returned before", self.returned_before, "by other payments"),
            line("This payment", self.amount, "the sum of its lines"),
            line(
                "Still to return",
                self.to_return,
                "allocation less the three above",
            ),
        ];
        Table::of(text!["Payment ", reference, ", ", self.on], &lines)
    }
}

impl RemittanceLine {
    fn new(entry: &Entry, portfolio: &Portfolio) -> Option<RemittanceLine> {
        let Event::Return { holder, amount } = &entry.event else {
            return None;
        };
        let reference = entry.event.project();
        let project = reference.and_then(|reference| portfolio.projects.get(reference));
        Some(RemittanceLine {
            year: entry.year,
            reference: entry.reference.clone(),
            entry: entry.number,
            on: entry.on,
            project: reference.cloned(),
            title: project.map(|project| project.title.clone()),
            pot: match holder {
                Holder::Pot(pot) => *pot,
                Holder::Project(_) => project?.pot,
            },
            award: project.map(|project| project.award),
            spent: project.map(|project| project.spent),
            returned: *amount,
        })
    }

    fn title_cell(&self) -> Cell {
        title_or_uncommitted(self.title.as_deref())
    }
}

impl Report for RemittanceReport {
    fn title(&self) -> Text {
        let parties = text![" from ", &self.partnership, " to ", &self.funder];
        let confirmed = unless_confirmed(self.confirmed);
        let recorded = if self.recorded { "" } else { ", NOT RECORDED" };
        text![
            "Remittance for ",
            self.year,
            parties,
            ", ",
            self.lens,
            confirmed,
            recorded
        ]
    }

    fn as_at(&self) -> Option<Date> {
        Some(self.lens.as_at)
    }

    fn data(&self) -> Table {
        let table = Table::of("", self.payments.iter().flat_map(|payment| &payment.lines));
        if self.payments.len() > 1 {
            let columns = RemittanceLine::COLUMN;
            table
                .headed(columns.reference, "Payment")
                .headed(columns.entry, "")
        } else {
            table
        }
    }

    fn blocks(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Table(self.data())];
        blocks.extend(
            self.payments
                .iter()
                .map(Payment::identity)
                .map(Block::Table),
        );
        if self.payments.is_empty() {
            let day = self.lens.as_at;
            let nothing = text!["Nothing was returned for ", self.year, " by ", day, "."];
            blocks.push(Block::Points(vec![nothing]));
        }
        blocks
    }
}
