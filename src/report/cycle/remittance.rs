//! The remittance statement: what went back to the OPCC, payment by payment.

use crate::document::{
    Block, Head, Line, Report, Table, Text, declare, lines, tables_and_notes, text,
};
use crate::fold::{FoldError, Lens, Portfolio, PotName, PotNames, YearView};
use crate::model::{
    Date, Entry, EntryNumber, Event, FinancialYear, Holder, Kind, Money, Names, ProjectRef,
};
use crate::report::accrued::still_to_come;
use crate::report::cycle::cover::{Cover, Return};
use crate::report::cycle::year_end::title_or_uncommitted;
use crate::report::head::YearHead;
use crate::report::money::cash::{CASH_HELD, CashAccount};

declare! {
    /// A year's payments to the OPCC. Returns of one day with the same reference are one payment; a
    /// return that was reversed is none.
    ///
    /// Figures are those that stood when the payment was recorded, so that a statement printed again
    /// later has the figures of the first one.
    pub struct RemittanceReport {
        /// The year.
        #[serde(flatten)]
        pub head: YearHead,
        /// Whose statement it is.
        #[serde(flatten)]
        pub cover: Cover,
        /// Whether it is on record: a trial run records nothing.
        pub recorded: bool,
        /// Who pays.
        pub partnership: String,
        /// Who is paid.
        pub funder: String,
        /// The payments, in the order of their last returns.
        pub payments: Vec<Payment>,
        /// The payments after the only one that was asked for.
        pub later: Vec<LaterPayment>,
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
        /// The cash after it, and what the spend includes.
        pub cash: CashAccount,
        /// One row per return.
        pub lines: Vec<RemittanceLine>,
    }

    /// A payment to the OPCC after another or, with a negative amount, back from it.
    pub row LaterPayment {
        /// What the bank calls it.
        pub reference: Option<String> => shown("Payment"),
        /// The day of its last return.
        pub on: Date => shown("Date"),
        /// What it returned; negative if the OPCC repaid it.
        pub amount: Money => total("Returned"),
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
        pub returned: Money => total("Returned"),
    }
}

impl RemittanceReport {
    /// The payments of a year, from its entries of every kind in the order recorded.
    ///
    /// # Errors
    ///
    /// [`FoldError`] if the journal does not add up, which the rules prevent.
    pub fn new(
        year: FinancialYear,
        entries: &[Entry],
        lens: Lens,
        names: Names,
    ) -> Result<RemittanceReport, FoldError> {
        let view = YearView::new(year, entries.to_vec(), lens, names)?;
        let mut payments: Vec<Vec<&Entry>> = Vec::new();
        for entry in view.standing.iter().filter(|entry| is_return(entry)) {
            let known = payments.iter().position(|payment| has(payment, entry));
            let mut payment = known
                .map(|index| payments.remove(index))
                .unwrap_or_default();
            payment.push(entry);
            payments.push(payment);
        }
        let payments = payments.iter();
        let payments =
            payments.filter_map(|returns| Payment::new(returns, entries, &view).transpose());
        Ok(RemittanceReport {
            head: YearHead::new(&view),
            cover: Cover::new(&view, year.first_day(), year.last_day()),
            recorded: true,
            partnership: view.names.partnership.clone(),
            funder: view.names.funder.clone(),
            payments: payments.collect::<Result<_, FoldError>>()?,
            later: Vec::new(),
        })
    }

    /// The payment, if there is one only: the statement is dated by it.
    fn only(&self) -> Option<&Payment> {
        match &self.payments[..] {
            [payment] => Some(payment),
            _ => None,
        }
    }

    /// Keeps only the payment with a reference, and those after it as later ones. Returns `false` if
    /// there is no such payment.
    pub(crate) fn retain(&mut self, reference: &str) -> bool {
        let is_asked = |payment: &Payment| payment.reference.as_deref() == Some(reference);
        let payments = std::mem::take(&mut self.payments);
        let last = payments.iter().rposition(is_asked);
        let later = payments
            .iter()
            .skip(last.map_or(payments.len(), |last| last + 1));
        self.later = later.map(Payment::as_later).collect();
        self.payments = payments.into_iter().filter(is_asked).collect();
        last.is_some()
    }
}

/// Returns `true` if an entry is money that crosses between the partnership and the OPCC at a
/// return.
fn is_return(entry: &Entry) -> bool {
    matches!(entry.event.kind(), Kind::Return | Kind::Repay)
}

/// Returns `true` if an entry reverses a return.
fn reverses_return(entry: &Entry, entries: &[Entry]) -> bool {
    let Event::Reverse { entry: reversed } = entry.event else {
        return false;
    };
    let mut entries = entries.iter();
    entries.any(|entry| entry.number == reversed && is_return(entry))
}

/// Returns `true` if a return is part of a payment.
fn has(payment: &[&Entry], entry: &Entry) -> bool {
    let is_same = |other: &&Entry| other.on == entry.on && other.reference == entry.reference;
    entry.reference.is_some() && payment.first().is_some_and(is_same)
}

impl Payment {
    /// What it leaves in the pots and with the projects.
    pub fn left(&self) -> Money {
        self.to_return + self.not_drawn
    }

    /// The payment of some returns, with the year's figures as they stood when the last of them was
    /// recorded: entries recorded later are not among them, whatever their day. Only a return that was
    /// reversed since does not count: it was never paid.
    fn new(
        returns: &[&Entry],
        entries: &[Entry],
        now: &YearView,
    ) -> Result<Option<Payment>, FoldError> {
        let Some(last) = returns.iter().max_by_key(|entry| entry.number) else {
            return Ok(None);
        };
        let known = entries
            .iter()
            .filter(|entry| entry.number <= last.number || reverses_return(entry, entries));
        let (known, names) = (known.cloned().collect(), now.names.clone());
        let then = YearView::new(now.year(), known, Lens::at(last.on), names)?.portfolio;
        let lines = returns.iter();
        let lines = lines.filter_map(|entry| RemittanceLine::new(entry, &then, now.pots));
        let lines: Vec<RemittanceLine> = lines.collect();
        let amount = lines.iter().map(|line| line.returned).sum();
        Ok(Some(Payment {
            reference: last.reference.clone(),
            on: last.on,
            allocation: then.allocation(),
            spent: then.spent(),
            returned_before: then.returned() - amount,
            amount,
            lapsed: then.lapsed(),
            to_return: then.to_return(),
            not_drawn: then.not_drawn(),
            cash: CashAccount::new(&then),
            lines,
        }))
    }

    fn as_later(&self) -> LaterPayment {
        LaterPayment {
            reference: self.reference.clone(),
            on: self.on,
            amount: self.amount,
        }
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
            "Received", self.cash.received, "cash from the OPCC";
            CASH_HELD, self.cash.cash_held, "received less spent and returned";
        };
        let has_receipts = !self.cash.received.is_zero();
        let is_shown = |line: &&Line| match line.line {
            "Lapsed" | "Not drawn" => !line.amount.is_zero(),
            "Received" | CASH_HELD => has_receipts,
            _ => true,
        };
        let lines = lines.iter().filter(is_shown);
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
        let year = self.head.year;
        let mut head = match self.only() {
            Some(payment) => self
                .head
                .dated(text!["Remittance of ", payment.on, " for ", year]),
            None => self.head.with_title(text!["Remittance for ", year], ""),
        };
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
        let later = Table::of("Later payments", &self.later).totalled().filled();
        let tables = [self.data().totalled()].into_iter().chain(identities);
        let nothing = self.payments.is_empty().then_some(nothing);
        let cash = self.payments.last().map(|payment| payment.cash);
        let accrued = cash.and_then(|cash| still_to_come(cash.accrued));
        let vat = cash.and_then(|cash| cash.vat());
        let notes = nothing.into_iter().chain(accrued).chain(vat);
        tables_and_notes(tables.chain(later), notes)
    }
}

impl Return for RemittanceReport {
    fn cover(&self) -> &Cover {
        &self.cover
    }

    fn facts(&self) -> Vec<(&'static str, Text)> {
        let Some(payment) = self.only() else {
            return Vec::new();
        };
        let reference = payment.reference.as_deref().unwrap_or_default();
        vec![
            ("Paid on", payment.on.into()),
            ("Payment reference", reference.into()),
            ("Amount", payment.amount.into()),
        ]
    }
}
