//! What the chair asks first: what is left, what was spent, what is late.

use crate::document::{Answer, Text, counted, text};
use crate::model::Money;
use crate::report::cycle::due::DueRow;
use crate::report::cycle::forecast::ForecastReport;
use crate::report::money::pot::PotReport;

/// The answers, the pot first.
pub(super) fn answers(
    pot: &PotReport,
    both_if_all_approved: Money,
    forecast: &ForecastReport,
    unmet: &[DueRow],
) -> Vec<Answer> {
    let mut answers = left(pot);
    answers.push(if forecast.pipeline.is_zero() {
        Answer::new("Nothing", "is waiting for a decision")
    } else {
        if_all_approved(pot, both_if_all_approved)
    });
    answers.push(spent(forecast));
    answers.extend(unspent(forecast));
    answers.extend(late(unmet));
    answers
}

/// What is left in the pot that meets needs in the year. Until that pot opens, what is left in the
/// upfront pot too.
fn left(pot: &PotReport) -> Vec<Answer> {
    let name = pot.names.in_year();
    let remaining = pot.row(name.pot).remaining;
    if pot.allocation.is_zero() {
        let day = pot.lens.as_at;
        vec![Answer::new("No allocation", text!["takes effect by ", day])]
    } else if pot.names.is_one() || pot.tactical.open {
        vec![Answer::new(remaining, text!["left in the ", name])]
    } else {
        let not_open = text!["in the ", name, ", which is not open yet"];
        let upfront = Answer::new(pot.upfront.remaining, "left in the upfront pot");
        vec![Answer::new(remaining, not_open), upfront]
    }
}

/// What would be left: before the release in both pots together, because what the upfront pot still
/// holds then passes to the tactical pot, and no tactical proposal can be approved before.
fn if_all_approved(pot: &PotReport, both: Money) -> Answer {
    let (pots, left) = if pot.names.is_one() || pot.tactical.open {
        let row = pot.row(pot.names.in_year().pot);
        ("", row.remaining_if_all_approved)
    } else {
        ("in both pots ", both)
    };
    let meaning = text![pots, "if everything pending is approved"];
    if left.is_negative() {
        Answer::warning(text!["Short by ", left.abs()], meaning)
    } else {
        Answer::new(left, meaning)
    }
}

fn spent(forecast: &ForecastReport) -> Answer {
    let awards = forecast.awards;
    if awards.is_zero() {
        Answer::new("No project", "has an award")
    } else {
        Answer::new(forecast.spent, text!["spent of ", awards, " awarded"])
    }
}

/// Warns of projects that have spent nothing although they should have begun.
fn unspent(forecast: &ForecastReport) -> Option<Answer> {
    let count = forecast.rows.iter().filter(|row| row.no_spend).count();
    let meaning = match count {
        0 => return None,
        1 => "has spent nothing, past half of its time",
        _ => "have spent nothing, past half of their time",
    };
    (!forecast.closed).then(|| Answer::warning(counted(count, "project"), meaning))
}

/// What is late, or else the next deadline, if anything is due.
fn late(unmet: &[DueRow]) -> Option<Answer> {
    let first = unmet.first()?;
    let late = unmet.iter().filter(|row| row.is_late()).count();
    let days = || text![counted(first.days_late, "day"), ": ", &first.title];
    let deadlines = |meaning: Text| Answer::warning(counted(late, "deadline"), meaning);
    Some(match late {
        0 => {
            let next = text!["is late; due next on ", first.deadline, ": ", &first.title];
            Answer::new("Nothing", next)
        }
        1 => deadlines(text!["is late, by ", days()]),
        _ => deadlines(text!["are late, the first by ", days()]),
    })
}
