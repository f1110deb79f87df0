//! Paying back a year's underspend in one transaction, and the statement that goes with the
//! payment.

use crate::book::handle::Book;
use crate::book::record::{Clerk, Commit, Recorded, is_excused};
use crate::book::view::{full_view, must_know};
use crate::error::Error;
use crate::fold::{Lens, Portfolio};
use crate::model::{
    CellFault, Column, Date, Draft, Event, FinancialYear, Holder, Kind, Moment, Money, Pot,
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
    /// What the bank calls the payment; never empty.
    pub reference: String,
    /// Anything a reader should know.
    pub note: Option<String>,
    /// Why it is paid before the year ends; kept on every entry.
    pub override_reason: Option<String>,
}

/// What was returned, and the statement of the payment.
#[derive(Debug)]
pub struct Remitted {
    /// The `return` entries.
    pub recorded: Recorded,
    /// The statement that goes with the payment.
    pub statement: RemittanceReport,
}

impl Book {
    /// Returns each project's unspent award and each pot's remaining money, as they are after all
    /// entries of the year: all or nothing, and `None` if nothing is left to return.
    ///
    /// # Errors
    ///
    /// [`Error::YearNotOver`] before the year's 31 March without a reason, [`Error::Invalid`] if
    /// the reference is empty, [`Error::NoSuchYear`]; otherwise those of [`Book::record`].
    pub fn return_all(
        &mut self,
        asked: &ReturnAll,
        now: Moment,
        commit: Commit,
    ) -> Result<Option<Remitted>, Error> {
        if asked.reference.trim().is_empty() {
            let expected = "the reference of the payment, such as BACS 5512";
            let fault = CellFault::expected(Column::Reference, "", expected);
            return Err(Error::Invalid(vec![fault]));
        }
        self.store.write(&asked.by, now, |writing, moment| {
            must_know(writing.store(), asked.year)?;
            let mut clerk = Clerk::new(writing);
            let drafts = drafts(clerk.history(asked.year)?.portfolio(), asked)?;
            if drafts.is_empty() {
                return Ok((None, false));
            }
            let pot = clerk.history(asked.year)?.pots().in_year().pot;
            asked.check_over(moment, pot)?;
            let entries = drafts
                .into_iter()
                .map(|draft| clerk.record(draft, moment))
                .collect::<Result<Vec<_>, Error>>()?;
            let reference = entries.first().and_then(|entry| entry.reference.clone());
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

fn drafts(portfolio: &Portfolio, asked: &ReturnAll) -> Result<Vec<Draft>, Error> {
    let projects = portfolio
        .projects
        .iter()
        .map(|(reference, project)| (Holder::Project(reference.clone()), project.unspent()));
    let pots = Pot::ALL
        .iter()
        .map(|pot| (Holder::Pot(*pot), portfolio.pot(*pot).remaining()));
    let held = projects.chain(pots).filter(|(_, amount)| !amount.is_zero());
    held.map(|(holder, amount)| draft(holder, amount, asked))
        .collect()
}

fn draft(holder: Holder, amount: Money, asked: &ReturnAll) -> Result<Draft, Error> {
    if amount > Money::MAX_ENTRY {
        return Err(Refusal::TooLarge {
            year: asked.year,
            kind: Kind::Return,
            left: amount,
        }
        .into());
    }
    let payment = Event::Return { holder, amount };
    Draft::builder(asked.year, payment, asked.by.as_str())
        .on(asked.on)
        .reference(asked.reference.as_str())
        .note(asked.note.as_deref().unwrap_or_default())
        .override_reason(asked.override_reason.as_deref().unwrap_or_default())
        .build()
        .map_err(Error::Invalid)
}

fn statement(
    store: &Store,
    year: FinancialYear,
    reference: Option<&str>,
    lens: Lens,
) -> Result<RemittanceReport, Error> {
    let mut report = RemittanceReport::new(&full_view(store, year, lens)?)?;
    let Some(reference) = reference.map(str::trim) else {
        return Ok(report);
    };
    let known = report
        .payments
        .iter()
        .filter_map(|payment| payment.reference.clone())
        .collect();
    report
        .payments
        .retain(|payment| payment.reference.as_deref() == Some(reference));
    if report.payments.is_empty() {
        return Err(Error::NoSuchPayment {
            year,
            reference: reference.to_owned(),
            known,
        });
    }
    Ok(report)
}
