//! Paying back a year's underspend in one transaction, and the statement that goes with the
//! payment.

use crate::book::handle::Book;
use crate::book::names::names;
use crate::book::record::{Clerk, Commit, Recorded, is_excused};
use crate::book::view::{entries, every_kind, must_know};
use crate::error::Error;
use crate::fold::{Left, Lens, Portfolio};
use crate::model::{
    CellFault, Column, Date, Draft, Entry, Event, FinancialYear, Holder, Kind, Moment, Money, Pot,
};
use crate::report::RemittanceReport;
use crate::rules::Refusal;
use crate::store::Store;

/// One payment that returns all of a year's underspend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnAll {
    /// The grant year.
    pub year: FinancialYear,
    /// The day of the payment.
    pub on: Date,
    /// Who records it.
    pub by: String,
    /// What the bank calls the payment; empty only if nothing is paid.
    pub reference: String,
    /// Whether what the OPCC has not paid is recorded as lapsed.
    pub lapse: bool,
    /// Anything a reader should know.
    pub note: Option<String>,
    /// Why it is paid before the year ends; kept on every entry.
    pub override_reason: Option<String>,
}

/// What was returned, and the statement of the payment.
#[derive(Debug)]
pub struct Remitted {
    /// The `return` entries, after the `lapse` entries.
    pub recorded: Recorded,
    /// The statement that goes with the payment.
    pub statement: RemittanceReport,
}

impl Book {
    /// Returns each project's unspent award and each pot's remaining money, as they are after all
    /// entries of the year: all or nothing, and `None` if nothing is left. What the OPCC has not
    /// paid lapses instead, if that was asked for.
    ///
    /// # Errors
    ///
    /// [`Error::YearNotOver`] before the year's 31 March without a reason, [`Error::NotDrawn`] if
    /// something would lapse and that was not asked for, [`Error::Invalid`] if there is a payment
    /// and the reference is empty, [`Error::NoSuchYear`]; otherwise those of [`Book::record`].
    pub fn return_all(
        &mut self,
        asked: &ReturnAll,
        now: Moment,
        commit: Commit,
    ) -> Result<Option<Remitted>, Error> {
        self.store.write(&asked.by, now, |writing, moment| {
            must_know(writing.store(), asked.year)?;
            let mut clerk = Clerk::new(writing);
            let portfolio = clerk.history(asked.year)?.portfolio();
            let left = portfolio.left();
            asked.check_reference(left)?;
            let drafts = drafts(portfolio, asked)?;
            if drafts.is_empty() {
                return Ok((None, false));
            }
            let pot = clerk.history(asked.year)?.pots().in_year().pot;
            asked.check_over(moment, pot)?;
            asked.check_drawn(left)?;
            let entries = drafts
                .into_iter()
                .map(|draft| clerk.record(draft, moment))
                .collect::<Result<Vec<_>, Error>>()?;
            let paid = |entry: &&Entry| entry.event.kind() == Kind::Return;
            let first = entries.iter().find(paid);
            let reference = first.and_then(|entry| entry.reference.clone());
            let (store, lens) = (clerk.writing.store(), Lens::at(asked.on));
            let mut statement = statement(store, asked.year, reference.as_deref(), lens)?;
            let keep = commit == Commit::Keep;
            statement.recorded = keep;
            let recorded = clerk.recorded(entries)?;
            Ok((
                Some(Remitted {
                    recorded,
                    statement,
                }),
                keep,
            ))
        })
    }

    /// The statement of a year's payments to the OPCC, or of the one with this reference.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchPayment`], [`Error::NoSuchYear`].
    pub fn remittance(
        &self,
        year: FinancialYear,
        reference: Option<&str>,
        lens: Lens,
    ) -> Result<RemittanceReport, Error> {
        self.store
            .read(|| statement(&self.store, year, reference, lens))
    }
}

impl ReturnAll {
    /// Checks that a payment has a reference.
    fn check_reference(&self, left: Left) -> Result<(), Error> {
        let only_lapses = left.to_return.is_zero() && !left.not_drawn.is_zero();
        if only_lapses || !self.reference.trim().is_empty() {
            return Ok(());
        }
        let expected = "the reference of the payment, such as BACS 5512";
        let fault = CellFault::expected(Column::Reference, "", expected);
        Err(Error::Invalid(vec![fault]))
    }

    /// Checks that the OPCC has paid what is left, unless the rest may lapse.
    fn check_drawn(&self, left: Left) -> Result<(), Error> {
        if self.lapse || left.not_drawn.is_zero() {
            return Ok(());
        }
        let year = self.year;
        Err(Error::NotDrawn { year, left })
    }

    /// Checks that the year is over: until then its projects still need their money, whatever day
    /// the payment carries.
    fn check_over(&self, moment: Moment, pot: Pot) -> Result<(), Error> {
        let on = self.on.min(moment.date());
        if on < self.year.last_day() && !is_excused(self.override_reason.as_deref()) {
            let year = self.year;
            return Err(Error::YearNotOver { year, on, pot });
        }
        Ok(())
    }
}

/// What lapses, then what is returned: of the projects, then of the pots.
fn drafts(portfolio: &Portfolio, asked: &ReturnAll) -> Result<Vec<Draft>, Error> {
    let mut held = portfolio.left_by_holder();
    let lapses = held.clone().into_iter().map(|(holder, left)| Event::Lapse {
        holder,
        amount: left.not_drawn,
    });
    held.sort_by_key(|(holder, _)| matches!(holder, Holder::Pot(_)));
    let returns = held.into_iter().map(|(holder, left)| Event::Return {
        holder,
        amount: left.to_return,
    });
    let moves = |event: &Event| event.amount().is_some_and(|amount| !amount.is_zero());
    let events = lapses.chain(returns).filter(moves);
    events.map(|event| draft(event, asked)).collect()
}

fn draft(event: Event, asked: &ReturnAll) -> Result<Draft, Error> {
    if let Some(left) = event.amount().filter(|amount| *amount > Money::MAX_ENTRY) {
        let (year, kind) = (asked.year, event.kind());
        return Err(Refusal::TooLarge { year, kind, left }.into());
    }
    Draft::builder(asked.year, event, asked.by.as_str())
        .on(asked.on)
        .reference(asked.reference.as_str())
        .note(asked.note.as_deref().unwrap_or_default())
        .override_reason(asked.override_reason.as_deref().unwrap_or_default())
        .build()
        .map_err(Error::Invalid)
}

pub(super) fn statement(
    store: &Store,
    year: FinancialYear,
    reference: Option<&str>,
    lens: Lens,
) -> Result<RemittanceReport, Error> {
    let (entries, names) = (entries(store, year, every_kind)?, names(store, year, lens)?);
    let mut report = RemittanceReport::new(year, &entries, lens, names)?;
    let Some(reference) = reference.map(str::trim) else {
        return Ok(report);
    };
    let known = report
        .payments
        .iter()
        .filter_map(|payment| payment.reference.clone())
        .collect();
    if !report.retain(reference) {
        return Err(Error::NoSuchPayment {
            year,
            reference: reference.to_owned(),
            known,
        });
    }
    Ok(report)
}
