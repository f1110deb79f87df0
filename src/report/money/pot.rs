//! The pots: what is left, and what would be left if everything pending were approved.

use serde::Serialize;

use crate::document::{Field, Report, Table, unless_confirmed};
use crate::fold::{Lens, Portfolio};
use crate::model::{Date, FinancialYear, Money, Pot};

/// Both pots of a year. `allocated + moved = committed + returned + remaining`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PotReport {
    /// The year.
    pub year: FinancialYear,
    /// The day, and the moment of knowledge.
    #[serde(flatten)]
    pub lens: Lens,
    /// Both pots' allocation.
    pub allocation: Money,
    /// Has the OPCC confirmed the year?
    pub confirmed: bool,
    /// The upfront pot.
    pub upfront: PotRow,
    /// The tactical pot.
    pub tactical: PotRow,
    #[serde(skip)]
    closed: bool,
    #[serde(skip)]
    pending: Vec<String>,
}

/// One pot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PotRow {
    /// Is it open?
    pub open: bool,
    /// Allocated to it, less cuts.
    pub allocated: Money,
    /// What crossed into it, less what crossed out of it.
    pub moved: Money,
    /// The net awards of its own projects.
    pub committed: Money,
    /// Uncommitted money it sent back itself.
    pub returned: Money,
    /// What is left.
    pub remaining: Money,
    /// What its pending proposals ask for.
    pub pipeline: Money,
    /// What would be left if every pending proposal were approved.
    pub remaining_if_all_approved: Money,
}

impl PotReport {
    /// The line of what approvals would leave.
    pub(crate) const IF_ALL_APPROVED: &str = "Remaining if all approved";

    /// The pots of a folded year.
    #[must_use]
    pub fn new(portfolio: &Portfolio, lens: Lens) -> PotReport {
        let row = |pot: Pot| PotRow {
            open: portfolio.is_open(pot),
            allocated: portfolio.pot(pot).allocated,
            moved: portfolio.pot(pot).moved,
            committed: portfolio.pot(pot).committed,
            returned: portfolio.pot(pot).returned,
            remaining: portfolio.pot(pot).remaining(),
            pipeline: portfolio.pipeline(pot),
            remaining_if_all_approved: portfolio.remaining_if_all_approved(pot),
        };
        let pending = Pot::ALL.iter().flat_map(|pot| portfolio.pending(*pot));
        PotReport {
            year: portfolio.year,
            lens,
            allocation: portfolio.allocation(),
            confirmed: portfolio.confirmed,
            closed: portfolio.closed,
            upfront: row(Pot::Upfront),
            tactical: row(Pot::Tactical),
            pending: pending
                .map(|(project, p)| {
                    format!("{project} {} ({}, {})", p.asked.pounds(), p.pot, p.stage)
                })
                .collect(),
        }
    }
}

impl Report for PotReport {
    fn title(&self) -> String {
        format!(
            "Pots of {}, {}{}{}",
            self.year,
            self.lens,
            if self.closed { ", closed" } else { "" },
            unless_confirmed(self.confirmed)
        )
    }

    fn as_at(&self) -> Option<Date> {
        Some(self.lens.as_at)
    }

    fn tables(&self) -> Vec<Table> {
        let mut table = Table::new(
            "",
            &[
                Field::left("line", "Line"),
                Field::right("upfront", "Upfront"),
                Field::right("tactical", "Tactical"),
                Field::right("both", "Both pots"),
            ],
        );
        type Figure = fn(&PotRow) -> Money;
        let lines: [(&str, Figure); 7] = [
            ("Allocated", |pot| pot.allocated),
            ("Moved between pots", |pot| pot.moved),
            ("Committed", |pot| pot.committed),
            ("Returned by the pot", |pot| pot.returned),
            ("Remaining", |pot| pot.remaining),
            ("Pipeline", |pot| pot.pipeline),
            (PotReport::IF_ALL_APPROVED, |pot| {
                pot.remaining_if_all_approved
            }),
        ];
        for (line, amount) in lines {
            let (upfront, tactical) = (amount(&self.upfront), amount(&self.tactical));
            table.rows.push(vec![
                line.into(),
                upfront.into(),
                tactical.into(),
                (upfront + tactical).into(),
            ]);
        }
        vec![table]
    }

    fn notes(&self) -> Vec<String> {
        let open = if self.tactical.open {
            Pot::Tactical
        } else {
            Pot::Upfront
        };
        let mut notes = Vec::new();
        if self.allocation.is_zero() {
            notes.push(format!(
                "No allocation takes effect by {}.",
                self.lens.as_at
            ));
        } else if !self.closed {
            notes.push(format!("The {open} pot is open."));
        }
        if !self.pending.is_empty() {
            notes.push(format!("Pending: {}.", self.pending.join("; ")));
        }
        notes
    }
}
