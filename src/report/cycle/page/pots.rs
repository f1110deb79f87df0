//! What the pots hold, and what is asked of them.

use crate::document::english::spelled;
use crate::document::{Drawing, Line, Report, Table, lines, text};
use crate::model::Money;
use crate::report::cycle::page::section::Section;
use crate::report::money::movement::Movement;
use crate::report::money::pipeline::Pending;
use crate::report::money::pot::PotReport;

/// What is left in the pot of a year with one.
fn left_in_one(pot: &PotReport) -> Section {
    let (_, figures) = pot.open();
    let lines = lines! {
        "Left in the pot", figures.remaining, "uncommitted";
        "If all pending were approved", figures.remaining_if_all_approved,
        "left if every pending proposal is approved";
    };
    section(pot, figures.remaining, "", &lines)
}

/// What is left in the tactical pot. Before the release no tactical proposal can be approved, and
/// what is left in the upfront pot then passes over, so what would be left after all approvals is
/// said for both pots together.
pub(super) fn left(pot: &PotReport, both_if_all_approved: Money) -> Section {
    if pot.names.is_one() {
        return left_in_one(pot);
    }
    let (upfront, tactical) = (&pot.upfront, &pot.tactical);
    let passes_over = if upfront.remaining_if_all_approved.is_negative() {
        "more is asked for than is left"
    } else {
        "what a release would add to the tactical pot"
    };
    let (not_open, lines) = if tactical.open {
        let lines = lines! {
            "Left in the tactical pot", tactical.remaining, "uncommitted";
            "If all pending were approved", tactical.remaining_if_all_approved,
            "left if every pending proposal is approved";
        };
        ("", Vec::from(lines))
    } else {
        let lines = lines! {
            "Left in the tactical pot", tactical.remaining, "not open before the release";
            "If all pending were approved, both pots", both_if_all_approved,
            "left in both if every pending proposal is approved";
            "Left in the upfront pot", upfront.remaining, "uncommitted";
            "Upfront, if all pending were approved", upfront.remaining_if_all_approved,
            passes_over;
            "Tactical, if all pending were approved", tactical.remaining_if_all_approved,
            "before the release adds to it";
        };
        (", which is not open yet", Vec::from(lines))
    };
    section(pot, tactical.remaining, not_open, &lines)
}

fn section(pot: &PotReport, remaining: Money, not_open: &str, lines: &[Line]) -> Section {
    let (name, table) = (pot.names.in_year(), Table::of("What is left", lines));
    Section {
        answer: match remaining {
            none if none.is_zero() => text!["Nothing is left in the ", name, not_open],
            left => text![left, " is left in the ", name, not_open],
        },
        table: table.of_year(pot.year).drawn(Drawing::Large),
        notes: pot.notes(),
    }
}

/// The tactical pot through the year.
pub(super) fn movements(movements: &[Movement], pot: &PotReport) -> Section {
    let count = spelled(movements.len(), "movement");
    let name = pot.names.in_year();
    Section {
        answer: match movements.last() {
            None => text!["Nothing has moved the ", name],
            Some(last) => text!["The ", name, " has come to ", last.remaining, " in ", count],
        },
        table: Table::of(text!["The ", name], movements).drawn(Drawing::Steps {
            day: Movement::COLUMN.on,
            balance: Movement::COLUMN.remaining,
            year: pot.year,
            until: pot.lens.as_at,
        }),
        notes: Vec::new(),
    }
}

/// The proposals still to be decided.
pub(super) fn pipeline(pending: &[Pending]) -> Section {
    let asked: Money = pending.iter().map(|proposal| proposal.asked).sum();
    Section {
        answer: match pending.len() {
            0 => "No proposal is pending".into(),
            1 => text!["One pending proposal asks for ", asked],
            _ => text!["Pending proposals ask for ", asked, " in total"],
        },
        table: Table::of("The pipeline", pending),
        notes: Vec::new(),
    }
}
