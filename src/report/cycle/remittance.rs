//! The remittance statement: what went back to the OPCC, payment by payment.

use crate::document::{Block, Head, Line, Report, Table, declare, lines, tables_and_notes, text};
use crate::fold::{FoldError, Portfolio, PotName, PotNames, YearView};
use crate::model::{Date, Entry, EntryNumber, Event, Holder, Money, ProjectRef};
use crate::report::cycle::year_end::title_or_uncommitted;
use crate::report::head::YearHead;

declare! {
    /// A year's payments to the OPCC. Returns of one day with the same reference are one payment; a
    /// return that was reversed is none.
    ///
    /// Figures are those at the payment's position in the fold, after its last return, so that a
    /// statement printed again later has the figures of the first one.
    pub struct RemittanceReport {
        /// The year.
        #[serde(flatten)]
        pub head: YearHead,
        /// Whether it is on record: a trial run records nothing.
        pub recorded: bool,
        /// Who pays.
        pub partnership: String,
        /// Who is paid.
        pub funder: String,
        /// The payments, in the order of their last returns.
        pub payments: Vec<Payment>,
    }

    /// One payment to the OPCC or, with a negative amount, back from it:
    /// `allocation = spent + returned_before + amount + lapsed + not_drawn + to_return`.
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
        /// What this one returned; negative if the OPCC repaid it.
        pub amount: Money,
        /// What had lapsed by then.
        pub lapsed: Money,
        /// The underspend not yet returned after it.
        pub to_return: Money,
        /// What is left after it and was not paid by the OPCC.
        pub not_drawn: Money,
        /// One row per return.
        pub lines: Vec<RemittanceLine>,
    }

    /// One return, or a repayment as a negative amount.
    pub row RemittanceLine {
        /// What the bank calls the payment.
        #[serde(skip)]
        pub(crate) reference: Option<String> => detail,
        /// The `return` entry.
        pub entry: EntryNumber => shown("Entry"),
        /// Its day.
        pub on: Date => detail("Date"),
        /// The project whose unspent award it is; none if it is a pot's uncommitted money.
        pub project: Option<ProjectRef> => shown("Project"),
        /// The project's title.
        pub title: Option<String> => shown("Title") from |row| title_or_uncommitted(&row.title),
        /// The pot, or the project's.
        pub pot: PotName => shown("Pot"),
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
    /// [`FoldError`] if the journal does not add up, which the rules prevent.
    pub fn new(view: &YearView) -> Result<RemittanceReport, FoldError> {
        let mut portfolio = Portfolio::new(view.year());
        let mut payments: Vec<Payment> = Vec::new();
        for entry in &view.standing {
            portfolio.apply(entry)?;
            let Some(line) = RemittanceLine::new(entry, &portfolio, view.pots) else {
                continue;
            };
            let known = payments.iter().position(|payment| payment.has(entry));
            let before = known.map(|index| payments.remove(index).lines);
            let lines = before.into_iter().flatten().chain([line]).collect();
            payments.push(Payment::new(lines, entry, &portfolio));
        }
        Ok(RemittanceReport {
            head: YearHead::new(view),
            recorded: true,
            partnership: view.names.partnership.clone(),
            funder: view.names.funder.clone(),
            payments,
        })
    }
}

impl Payment {
    /// What it leaves in the pots and with the projects.
    pub fn left(&self) -> Money {
        self.to_return + self.not_drawn
    }

    /// The payment of some returns, the last of which the portfolio has just folded.
    fn new(lines: Vec<RemittanceLine>, last: &Entry, portfolio: &Portfolio) -> Payment {
        let amount = lines.iter().map(|line| line.returned).sum();
        Payment {
            reference: last.reference.clone(),
            on: last.on,
            allocation: portfolio.allocation(),
            spent: portfolio.spent(),
            returned_before: portfolio.returned() - amount,
            amount,
            lapsed: portfolio.lapsed(),
            to_return: portfolio.to_return(),
            not_drawn: portfolio.not_drawn(),
            lines,
        }
    }

    /// Returns `true` if a return is part of the payment.
    fn has(&self, entry: &Entry) -> bool {
        self.on == entry.on && self.reference.is_some() && self.reference == entry.reference
    }

    /// How the payment and the rest of the year make up the allocation.
    fn identity(&self, pots: PotNames) -> Table {
        let reference = self.reference.as_deref().unwrap_or("without a reference");
        let lines = lines! {
            "Allocation", self.allocation, pots.allocated_by_the_opcc();
            "Spent", self.spent, "less refunds";
            "Returned before", self.returned_before, "by other payments";
            "This payment", self.amount, "the sum of its lines";
            "Lapsed", self.lapsed, "underspend never paid out";
            "Not drawn", self.not_drawn, "underspend the OPCC has not paid";
            "Still to return", self.to_return, "allocation less the lines above";
        };
        let is_rare = |line: &Line| ["Lapsed", "Not drawn"].contains(&line.line);
        let lines = lines
            .iter()
            .filter(|line| !is_rare(line) || !line.amount.is_zero());
        Table::of(text!["Payment ", reference, ", ", self.on], lines)
    }
}

impl RemittanceLine {
    fn new(entry: &Entry, portfolio: &Portfolio, pots: PotNames) -> Option<RemittanceLine> {
        let (holder, returned) = match &entry.event {
            Event::Return { holder, amount } => (holder, *amount),
            Event::Repay { holder, amount } => (holder, -*amount),
            _ => return None,
        };
        let reference = entry.event.project();
        let project = reference.and_then(|reference| portfolio.projects.get(reference));
        Some(RemittanceLine {
            reference: entry.reference.clone(),
            entry: entry.number,
            on: entry.on,
            project: reference.cloned(),
            title: project.map(|project| project.title.clone()),
            pot: pots.name(match holder {
                Holder::Pot(pot) => *pot,
                Holder::Project(_) => project?.pot,
            }),
            award: project.map(|project| project.award),
            spent: project.map(|project| project.spent),
            returned,
        })
    }
}

impl Report for RemittanceReport {
    fn may_be_issued(&self) -> bool {
        true
    }

    fn head(&self) -> Head {
        let (year, partnership, funder) = (self.head.year, &self.partnership, &self.funder);
        let subject = text! {
            "Remittance for ", year, " from ", partnership, " to ", funder
        };
        let mut head = self.head.with_title(subject, "");
        if !self.recorded {
            head.title.push(", NOT RECORDED");
        }
        head
    }

    fn data(&self) -> Table {
        let columns = RemittanceLine::COLUMN;
        let lines = self.payments.iter().flat_map(|payment| &payment.lines);
        let mut table = Table::of("", lines);
        if self.payments.len() > 1 {
            table = table.headed(columns.reference, "Payment");
            table = table.hidden(&[columns.entry]);
        }
        table.of_year(self.head.year)
    }

    fn blocks(&self) -> Vec<Block> {
        let (year, day) = (self.head.year, self.head.lens.as_at);
        let nothing = text!["Nothing was returned for ", year, " by ", day, "."];
        let identity = |payment: &Payment| payment.identity(self.head.pots);
        let identities = self.payments.iter().map(identity);
        let tables = [self.data()].into_iter().chain(identities);
        tables_and_notes(tables, self.payments.is_empty().then_some(nothing))
    }
}
