//! The remittance statement: what went back to the OPCC, payment by payment.

use serde::Serialize;

use crate::document::{Cell, Field, Report, Table, unless_confirmed};
use crate::fold::{FoldError, Lens, Portfolio};
use crate::model::{
    Date, Entry, EntryNumber, Event, FinancialYear, Holder, Money, Pot, ProjectRef,
};

/// A year's payments to the OPCC. Returns with the same reference are one payment; a return that
/// was reversed is none.
///
/// Figures are those where the payment stands in the fold, after its last return, so that a
/// statement printed again later says what the first one said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RemittanceReport {
    /// The year.
    pub year: FinancialYear,
    /// The day, and the moment of knowledge.
    #[serde(flatten)]
    pub lens: Lens,
    /// Has the OPCC confirmed the year?
    pub confirmed: bool,
    /// Is it on record, or was it only tried?
    pub recorded: bool,
    /// Who pays.
    pub partnership: String,
    /// Who is paid.
    pub funder: String,
    /// The payments, in the order of their last returns.
    pub payments: Vec<Payment>,
}

/// One payment: `allocation = spent + returned_before + amount + to_return`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Payment {
    /// What the bank calls it.
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
    /// A line a return.
    pub lines: Vec<RemittanceLine>,
}

/// One return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RemittanceLine {
    /// The `return` entry.
    pub entry: EntryNumber,
    /// Its day.
    pub on: Date,
    /// The project whose unspent award it is; none where a pot's uncommitted money is returned.
    pub project: Option<ProjectRef>,
    /// The project's title.
    pub title: Option<String>,
    /// The pot, or the project's.
    pub pot: Pot,
    /// The project's net award.
    pub award: Option<Money>,
    /// What the project spent.
    pub spent: Option<Money>,
    /// What was returned.
    pub returned: Money,
}

impl RemittanceReport {
    /// The payments among a year's standing entries, in fold order.
    ///
    /// # Errors
    ///
    /// [`FoldError`], which no book that the rules guarded holds.
    pub fn new(
        year: FinancialYear,
        (partnership, funder): (String, String),
        standing: &[Entry],
        lens: Lens,
    ) -> Result<RemittanceReport, FoldError> {
        let mut portfolio = Portfolio::new(year);
        let mut payments: Vec<Payment> = Vec::new();
        for entry in standing {
            portfolio.apply(entry)?;
            let Some(line) = RemittanceLine::new(entry, &portfolio) else {
                continue;
            };
            let is_of = |payment: &Payment| {
                payment.on == entry.on
                    && payment.reference.is_some()
                    && payment.reference == entry.reference
            };
            let mut payment = match payments.iter().position(is_of) {
                Some(place) => payments.remove(place),
                None => Payment::begin(entry),
            };
            payment.add(line, &portfolio);
            payments.push(payment);
        }
        Ok(RemittanceReport {
            year,
            lens,
            confirmed: portfolio.confirmed,
            recorded: true,
            partnership,
            funder,
            payments,
        })
    }
}

impl Payment {
    fn begin(entry: &Entry) -> Payment {
        let zero = Money::ZERO;
        let reference = entry.reference.clone();
        Payment {
            reference,
            on: entry.on,
            allocation: zero,
            spent: zero,
            returned_before: zero,
            amount: zero,
            to_return: zero,
            lines: vec![],
        }
    }

    /// Takes in a return that the portfolio has folded.
    fn add(&mut self, line: RemittanceLine, portfolio: &Portfolio) {
        self.on = line.on;
        self.amount += line.returned;
        self.allocation = portfolio.allocation();
        self.spent = portfolio.spent();
        self.returned_before = portfolio.returned() - self.amount;
        self.to_return = portfolio.to_return();
        self.lines.push(line);
    }

    fn caption(&self) -> String {
        format!(
            "Payment {}, {}",
            self.reference.as_deref().unwrap_or("without a reference"),
            self.on
        )
    }

    /// The identity around it.
    fn identity(&self) -> Table {
        let mut table = Table::new(
            self.caption(),
            &[
                Field::left("line", "Line"),
                Field::right("amount", "Amount"),
                Field::left("meaning", "Meaning"),
            ],
        );
        for (line, amount, meaning) in [
            ("Allocation", self.allocation, "from the OPCC, both pots"),
            ("Spent", self.spent, "less refunds"),
            ("Returned before", self.returned_before, "by other payments"),
            ("This payment", self.amount, "the sum of its lines"),
            (
                "Still to return",
                self.to_return,
                "allocation less the three above",
            ),
        ] {
            table
                .rows
                .push(vec![line.into(), amount.into(), meaning.into()]);
        }
        table
    }
}

impl RemittanceLine {
    fn new(entry: &Entry, portfolio: &Portfolio) -> Option<RemittanceLine> {
        let Event::Return { holder, amount } = &entry.event else {
            return None;
        };
        let project = entry
            .event
            .project()
            .and_then(|project| portfolio.projects.get(project));
        Some(RemittanceLine {
            entry: entry.number,
            on: entry.on,
            project: entry.event.project().cloned(),
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
}

impl Report for RemittanceReport {
    fn title(&self) -> String {
        let not_recorded = if self.recorded { "" } else { ", NOT RECORDED" };
        let unconfirmed = unless_confirmed(self.confirmed);
        format!(
            "Remittance of {} from {} to {}, {}{unconfirmed}{not_recorded}",
            self.year, self.partnership, self.funder, self.lens
        )
    }

    fn as_at(&self) -> Option<Date> {
        Some(self.lens.as_at)
    }

    fn tables(&self) -> Vec<Table> {
        let several = self.payments.len() > 1;
        let mut lines = Table::new(
            "",
            &[
                Field::left("year", ""),
                Field::left("reference", if several { "Payment" } else { "" }),
                Field::right("entry", if several { "" } else { "Entry" }),
                Field::left("on", ""),
                Field::left("project", "Project"),
                Field::left("title", "Title"),
                Field::left("pot", "Pot"),
                Field::right("award", "Award"),
                Field::right("spent", "Spent"),
                Field::right("returned", "Returned"),
            ],
        );
        for (payment, line) in self
            .payments
            .iter()
            .flat_map(|payment| payment.lines.iter().map(move |line| (payment, line)))
        {
            lines.rows.push(vec![
                self.year.to_string().into(),
                payment.reference.as_deref().into(),
                line.entry.into(),
                line.on.into(),
                line.project.as_ref().map(ProjectRef::as_str).into(),
                line.title
                    .as_deref()
                    .map_or(Cell::Aside("Uncommitted"), Cell::from),
                line.pot.as_str().into(),
                line.award.into(),
                line.spent.into(),
                line.returned.into(),
            ]);
        }
        [lines]
            .into_iter()
            .chain(self.payments.iter().map(Payment::identity))
            .collect()
    }

    fn notes(&self) -> Vec<String> {
        let nothing = format!(
            "Nothing of {} was returned by {}.",
            self.year, self.lens.as_at
        );
        self.payments
            .is_empty()
            .then_some(nothing)
            .into_iter()
            .collect()
    }
}
