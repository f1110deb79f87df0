//! The status: the whole book at a glance, and what needs attention.

use crate::document::english::of_which_not_drawn;
use crate::document::{
    Block, Cell, Head, Report, Table, Text, counted, declare, tables_and_notes, text,
};
use crate::fold::{Lens, PotNames, YearView};
use crate::model::{FinancialYear, Fingerprint, Money, Pot};
use crate::report::accrued::LateAccruals;
use crate::report::ahead::Ahead;
use crate::report::cycle::due::DueRow;
use crate::report::head::seen;

declare! {
    /// The whole book at a glance.
    pub struct StatusReport {
        /// Who holds the grant.
        pub partnership: String,
        /// Who gives it.
        pub funder: String,
        /// What the grant is called.
        pub grant: String,
        /// The day, and the moment of knowledge.
        #[serde(flatten)]
        pub lens: Lens,
        /// How many entries the journal holds.
        pub entries: u32,
        /// The fingerprint of the last entry, or of the book's names before the first.
        pub head: Fingerprint,
        /// One row per year.
        pub years: Vec<StatusYear>,
        /// What lies ahead of the day, in every year.
        pub ahead: Vec<Ahead>,
    }

    /// One year at a glance.
    pub row StatusYear {
        /// The year.
        pub year: FinancialYear => shown("Year"),
        /// Whether the OPCC has confirmed it.
        pub confirmed: bool,
        /// Whether it is closed.
        pub closed: bool,
        /// Whether it has ended and is not closed.
        pub overdue: bool => { is: &str => shown("Status") from StatusYear::status },
        /// Both pots' allocation.
        pub allocation: Money => shown("Allocation"),
        /// What is left in the tactical pot.
        pub tactical_remaining: Money => shown("Tactical left"),
        /// What is left in all of its pots.
        pub uncommitted: Money => detail("Left in the pot"),
        /// What is left and is to be returned.
        pub to_return: Money => shown("To return"),
        /// What is left and was not paid by the OPCC.
        pub not_drawn: Money => shown("Not drawn"),
        /// How many proposals are not yet decided.
        pub pending: usize => shown("Pending"),
        /// How many printed figures differ without an explanation.
        pub unexplained: usize => detail("Unexplained differences"),
        /// What is late, or due soon.
        pub due: Vec<DueRow>,
        /// How many accruals are still open although the year ended long ago; 0 before.
        pub late_accruals: usize,
        #[serde(skip)]
        late: Option<LateAccruals>,
        #[serde(skip)]
        pots: PotNames,
    }
}

impl StatusYear {
    /// A year as its view shows it; `unexplained` is from its reconciliation.
    pub fn new(view: &YearView, unexplained: usize) -> StatusYear {
        let portfolio = &view.portfolio;
        let pending = |pot: &Pot| portfolio.pending(*pot).count();
        let mut due = DueRow::unmet(view);
        due.retain(|row| row.is_late() || row.is_soon());
        let late = LateAccruals::of(view);
        StatusYear {
            year: view.year(),
            confirmed: portfolio.confirmed,
            closed: portfolio.closed,
            overdue: portfolio.is_overdue(view.lens.as_at),
            allocation: portfolio.allocation(),
            tactical_remaining: portfolio.tactical.remaining(),
            uncommitted: portfolio.uncommitted(),
            to_return: portfolio.to_return(),
            not_drawn: portfolio.not_drawn(),
            pending: Pot::ALL.iter().map(pending).sum(),
            unexplained,
            due,
            late_accruals: late.map_or(0, |late| late.count),
            late,
            pots: view.pots,
        }
    }

    fn status(&self) -> Cell {
        match (self.closed, self.confirmed) {
            (true, true) => "closed".into(),
            (true, false) => "closed, not confirmed".into(),
            (false, true) => "open".into(),
            (false, false) => "open, not confirmed".into(),
        }
    }

    /// What needs attention.
    fn notes(&self) -> Vec<Text> {
        let unspent = self.to_return + self.not_drawn;
        let not_drawn = || of_which_not_drawn(self.not_drawn);
        let differences = counted(self.unexplained, "difference");
        let pending = counted(self.pending, "proposal");
        let closed = "the year is closed, and ";
        let neither = " was neither spent nor returned";
        let ended = "the year has ended and is not closed; ";
        let notes = [
            (self.unexplained > 0).then(|| text![differences, " without an explanation"]),
            (self.pending > 0).then(|| text![pending, " not yet decided"]),
            (self.closed && !unspent.is_zero())
                .then(|| text![closed, unspent, neither, not_drawn()]),
            (self.overdue && unspent.is_zero()).then(|| text![ended, "nothing is left to return"]),
            (self.overdue && !unspent.is_zero())
                .then(|| text![ended, unspent, " is unspent", not_drawn()]),
            self.late.map(LateAccruals::words),
        ];
        let due = self.due.iter().map(DueRow::sentence);
        let notes = notes.into_iter().flatten().chain(due);
        notes
            .map(|note| text![self.year, ": ", note, "."])
            .collect()
    }
}

impl StatusReport {
    /// The years as people see them: where one has one pot, with what is left in it.
    fn table(&self) -> Table {
        let columns = StatusYear::COLUMN;
        let with_one = self.years.iter().filter(|year| year.pots.is_one()).count();
        let mut table = self.data();
        if table.is_zero(columns.not_drawn) {
            table = table.hidden(&[columns.not_drawn]);
        }
        match with_one {
            0 => table.hidden(&[columns.uncommitted]),
            all if all == self.years.len() => table
                .without(columns.tactical_remaining)
                .headed(columns.uncommitted, "Left in the pot"),
            _ => table.headed(columns.uncommitted, "Left in all pots"),
        }
    }
}

impl Report for StatusReport {
    fn head(&self) -> Head {
        seen(
            self.lens,
            text!["Status of the ", &self.grant, ", ", self.lens],
        )
    }

    fn data(&self) -> Table {
        Table::of("", &self.years)
    }

    fn blocks(&self) -> Vec<Block> {
        let entries = counted(self.entries, "entry");
        let head = self.head.to_string();
        let whole = text![entries, "; the last has fingerprint ", head, "."];
        let years = self.years.iter().flat_map(StatusYear::notes);
        tables_and_notes([self.table()], [whole].into_iter().chain(years))
    }
}
