//! What is checked of each grant year.

use crate::document::counted;
use crate::fold::{Portfolio, YearView};
use crate::model::Date;
use crate::report::{Ahead, LateAccruals};
use crate::rules::{Days, History, Refusal};

/// On how many days of how many accounts money moved.
pub(super) fn days(histories: &[History]) -> String {
    let accounts = || histories.iter().flat_map(|history| history.days().values());
    format!(
        "{} of {}",
        counted(accounts().map(Days::count).sum::<usize>(), "day"),
        counted(accounts().count(), "account")
    )
}

pub(super) fn below_zero(history: &History) -> Vec<String> {
    let year = history.year();
    let accounts = history.below_zero();
    accounts
        .map(|(account, on, balance)| {
            let (balance, on) = (balance.pounds(), on.long());
            format!("{account} of {year} stands at {balance} at the end of {on}")
        })
        .collect()
}

/// The year's identity, if it does not hold.
pub(super) fn identity(portfolio: &Portfolio) -> Vec<String> {
    let (allocation, accounted) = (portfolio.allocation(), portfolio.accounted());
    if allocation == accounted {
        return Vec::new();
    }
    vec![format!(
        "{}: the allocation is {}, but {} is accounted for",
        portfolio.year,
        allocation.pounds(),
        accounted.pounds()
    )]
}

/// The entries that break a rule that `counts`. The overrides that excuse them are listed beside
/// these.
pub(super) fn breaches(history: &History, counts: impl Fn(&Refusal) -> bool) -> Vec<String> {
    let breaches = history.breaches().into_iter();
    breaches
        .filter(|breach| counts(&breach.refusal))
        .map(|breach| format!("entry {}: {}", breach.entry, breach.refusal))
        .collect()
}

pub(super) fn unconfirmed(portfolio: &Portfolio) -> Vec<String> {
    if portfolio.confirmed {
        return Vec::new();
    }
    vec![format!(
        "{} is not yet confirmed by the OPCC",
        portfolio.year
    )]
}

/// The year, if it should have been closed by a day.
pub(super) fn unclosed(portfolio: &Portfolio, today: Date) -> Vec<String> {
    if !portfolio.is_overdue(today) {
        return Vec::new();
    }
    let left = portfolio.left();
    let to_return = match left.to_return {
        none if none.is_zero() => "nothing".to_owned(),
        left => left.pounds().to_string(),
    };
    let year = portfolio.year;
    let mut text = format!("{year} has ended and is not closed; {to_return} is to be returned");
    if !left.not_drawn.is_zero() {
        text += &format!(", and {} was not drawn", left.not_drawn.pounds());
    }
    vec![text]
}

/// The accruals of a year whose invoices should have come, and how to settle them.
pub(super) fn late_accruals(view: &YearView) -> Option<String> {
    let (late, year) = (LateAccruals::of(view)?, view.year());
    let words = late.words();
    Some(format!(
        "{year}: {words}: see crg spend list {year} --accrued, then crg correct ENTRY --paid, or reverse it"
    ))
}

/// What lies ahead of the day of these figures, which the views of the file count already.
pub(super) fn ahead(today: &Portfolio, ahead: &[Ahead]) -> Vec<String> {
    let year = today.year;
    let without = today.to_return().pounds();
    let sentences = Ahead::sentences(ahead).into_iter();
    sentences
        .map(|sentence| format!("{year}: {without} is to return today. {sentence}"))
        .collect()
}

#[cfg(test)]
#[path = "../../../tests/unit/check_years.rs"]
mod tests;
