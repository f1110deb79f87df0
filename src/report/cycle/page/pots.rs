//! What the pots hold, and what is asked of them.

use crate::document::{Drawing, Line, Table, columns, counted, lines, text};
use crate::model::{Date, Money};
use crate::report::cycle::page::section::Section;
use crate::report::money::movement::Movement;
use crate::report::money::pipeline::Pending;
use crate::report::money::pot::PotReport;

/// What is left in each pot, line by line: the data of the page. Before the release no tactical
/// proposal can be approved, and what is left in the upfront pot then passes over, so what would be
/// left after all approvals is said for both pots together.
pub(super) fn left(pot: &PotReport, both_if_all_approved: Money) -> Table {
    let lines = if pot.names.is_one() {
        left_in_one(pot)
    } else if pot.tactical.open {
        left_in_tactical(pot)
    } else {
        left_before_release(pot, both_if_all_approved)
    };
    Table::of("What is left", &lines).of_year(pot.year)
}

fn left_in_one(pot: &PotReport) -> Vec<Line> {
    let (_, figures) = pot.open();
    Vec::from(lines! {
        "Left in the pot", figures.remaining, "uncommitted";
        "If all pending were approved", figures.remaining_if_all_approved,
        "left if every pending proposal is approved";
    })
}

fn left_in_tactical(pot: &PotReport) -> Vec<Line> {
    let tactical = &pot.tactical;
    Vec::from(lines! {
        "Left in the tactical pot", tactical.remaining, "uncommitted";
        "If all pending were approved", tactical.remaining_if_all_approved,
        "left if every pending proposal is approved";
    })
}

fn left_before_release(pot: &PotReport, both_if_all_approved: Money) -> Vec<Line> {
    let (upfront, tactical) = (&pot.upfront, &pot.tactical);
    let passes_over = if upfront.remaining_if_all_approved.is_negative() {
        "more is asked for than is left"
    } else {
        "what a release would add to the tactical pot"
    };
    Vec::from(lines! {
        "Left in the tactical pot", tactical.remaining, "not open before the release";
        "If all pending were approved, both pots", both_if_all_approved,
        "left in both if every pending proposal is approved";
        "Left in the upfront pot", upfront.remaining, "uncommitted";
        "Upfront, if all pending were approved", upfront.remaining_if_all_approved, passes_over;
        "Tactical, if all pending were approved", tactical.remaining_if_all_approved,
        "before the release adds to it";
    })
}

/// The pot through the year, if anything has moved it.
pub(super) fn movements(
    movements: &[Movement],
    pot: &PotReport,
    opened: Option<Date>,
) -> Option<Section> {
    let name = text!["The ", pot.names.in_year()];
    let table = Table::of(name.clone(), movements).drawn(Drawing::Steps {
        day: Movement::COLUMN.on,
        balance: Movement::COLUMN.remaining,
        year: pot.year,
        opened,
        until: pot.lens.as_at,
    });
    Some(Section {
        answer: text![name, " through the year"],
        table: table.filled()?,
        notes: Vec::new(),
    })
}

/// The proposals still to be decided, if there are any.
pub(super) fn pipeline(pending: &[Pending], pot: &PotReport) -> Option<Section> {
    let asked: Money = pending.iter().map(|proposal| proposal.asked).sum();
    let columns = columns![Pending: project, title, stage, pot, since, days, asked];
    let table = Table::of("The pipeline", pending).only(&columns);
    let table = if pot.names.is_one() {
        table.without(Pending::COLUMN.pot)
    } else {
        table
    };
    Some(Section {
        answer: match pending.len() {
            1 => "One proposal is waiting for a decision".into(),
            some => {
                let proposals = counted(some, "proposal");
                text![
                    proposals,
                    " are waiting for a decision, for ",
                    asked,
                    " in total"
                ]
            }
        },
        table: table.filled()?,
        notes: Vec::new(),
    })
}
