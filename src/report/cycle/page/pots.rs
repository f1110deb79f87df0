//! What the pots hold, and what is asked of them.

use crate::document::english::spelled;
use crate::document::{Drawing, Report, Table, rows, text};
use crate::model::{FinancialYear, Money};
use crate::report::cycle::page::section::Section;
use crate::report::money::movement::Movement;
use crate::report::money::pipeline::Pending;
use crate::report::money::pot::PotReport;

rows! {
    /// One figure of what is left, with what it means.
    pub(super) struct LeftLine with LeftColumns {
        /// The year.
        year: FinancialYear => detail,
        /// What it is.
        line: &'static str => shown("Line"),
        /// How much.
        amount: Money => shown("Amount"),
        /// What that means.
        meaning: &'static str => shown("Meaning"),
    }
}

/// What is left in the tactical pot. Before the release no tactical proposal can be approved, and
/// what is left in the upfront pot then passes over, so what would be left after all approvals is
/// said for both pots together.
pub(super) fn left(pot: &PotReport, both_if_all_approved: Money) -> Section {
    let (upfront, tactical) = (&pot.upfront, &pot.tactical);
    let line = |line, amount, meaning| LeftLine {
        year: pot.year,
        line,
        amount,
        meaning,
    };
    let lines = if tactical.open {
        vec![
            line(
                "Left in the tactical pot",
                tactical.remaining,
                "uncommitted",
            ),
            line(
                "If all pending were approved",
                tactical.remaining_if_all_approved,
                "left if every pending proposal is approved",
            ),
        ]
    } else {
        let passes_over = if upfront.remaining_if_all_approved.is_negative() {
            "more is asked for than is left"
        } else {
            "what a release would add to the tactical pot"
        };
        vec![
            line(
                "Left in the tactical pot",
                tactical.remaining,
                "not open before the release",
            ),
            line(
                "If all pending were approved, both pots",
                both_if_all_approved,
                "left in both if every pending proposal is approved",
            ),
            line("Left in the upfront pot", upfront.remaining, "uncommitted"),
            line(
                "Upfront, if all pending were approved",
                upfront.remaining_if_all_approved,
                passes_over,
            ),
            line(
                "Tactical, if all pending were approved",
                tactical.remaining_if_all_approved,
                "before the release adds to it",
            ),
        ]
    };
    let not_open = if tactical.open {
        ""
    } else {
        ", which is not open yet"
    };
    Section {
        answer: match tactical.remaining {
            none if none.is_zero() => text!["Nothing is left in the tactical pot", not_open],
            left => text![left, " is left in the tactical pot", not_open],
        },
        table: Table::of("What is left", &lines).drawn(Drawing::Large),
        notes: pot.notes(),
    }
}

/// The tactical pot through the year.
pub(super) fn movements(movements: &[Movement], pot: &PotReport) -> Section {
    let count = spelled(movements.len(), "movement");
    Section {
        answer: match movements.last() {
            None => "Nothing has moved the tactical pot".into(),
            Some(last) => text![
                "The tactical pot has come to ",
                last.remaining,
                " in ",
                count
            ],
        },
        table: Movement::table("The tactical pot", movements, pot.year, pot.lens.as_at),
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
