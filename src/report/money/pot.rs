//! The pots: what is left, and what would be left if every pending proposal were approved.

use crate::document::english::unless_confirmed;
use crate::document::{Block, Head, Report, Table, Text, declare, tables_and_notes, text};
use crate::fold::{Lens, Portfolio, PotName, PotNames, YearView};
use crate::model::{FinancialYear, Money, Pot};
use crate::report::head::seen;

declare! {
    /// Both pots of a year. In each, `allocated + moved = committed + returned + remaining`.
    pub struct PotReport {
        /// The year.
        pub year: FinancialYear,
        /// The day, and the moment of knowledge.
        #[serde(flatten)]
        pub lens: Lens,
        /// Both pots' allocation.
        pub allocation: Money,
        /// Whether the OPCC has confirmed the year.
        pub confirmed: bool,
        /// The upfront pot.
        pub upfront: PotRow,
        /// The tactical pot.
        pub tactical: PotRow,
        #[serde(skip)]
        pub(crate) names: PotNames,
        #[serde(skip)]
        closed: bool,
        #[serde(skip)]
        pending: Vec<Text>,
    }

    /// One pot.
    #[derive(Copy)]
    pub struct PotRow {
        /// Whether it is open.
        pub open: bool,
        /// Allocated to it, less cuts.
        pub allocated: Money,
        /// Moved into it from the other pot, less what was moved out of it.
        pub moved: Money,
        /// The net awards of its own projects.
        pub committed: Money,
        /// Uncommitted money that it returned to the OPCC.
        pub returned: Money,
        /// Uncommitted money of it that lapsed.
        pub lapsed: Money,
        /// What is left.
        pub remaining: Money,
        /// What its pending proposals ask for.
        pub pipeline: Money,
        /// What would be left if every pending proposal were approved.
        pub remaining_if_all_approved: Money,
    }

    /// One figure of both pots.
    row PotLine {
        line: &'static str => shown("Line"),
        upfront: Money => shown("Upfront"),
        tactical: Money => shown("Tactical"),
        both: Money => shown("Both pots"),
    }
}

impl PotReport {
    /// The last line, which means nothing if there are no proposals to approve.
    pub(crate) const IF_ALL_APPROVED: &str = "Remaining if all approved";

    /// The line that means nothing in a year with one pot.
    const MOVED: &str = "Moved between pots";

    /// The line that people see only if money lapsed.
    const LAPSED: &str = "Uncommitted money lapsed";

    /// The pots of a year.
    pub fn new(view: &YearView) -> PotReport {
        let portfolio = &view.portfolio;
        let pending = Pot::ALL.iter().flat_map(|pot| portfolio.pending(*pot));
        let pending = pending.map(|(reference, project)| {
            let pot = (!view.pots.is_one()).then(|| format!("{}, ", project.pot));
            text![reference, " ", project.asked, " (", pot, project.stage, ")"]
        });
        PotReport {
            year: portfolio.year,
            lens: view.lens,
            allocation: portfolio.allocation(),
            confirmed: portfolio.confirmed,
            names: view.pots,
            closed: portfolio.closed,
            upfront: PotRow::new(portfolio, Pot::Upfront),
            tactical: PotRow::new(portfolio, Pot::Tactical),
            pending: pending.collect(),
        }
    }

    /// A pot with its name in the year.
    pub fn name(&self, pot: Pot) -> PotName {
        self.names.name(pot)
    }

    /// The pot that is open.
    pub(crate) fn open(&self) -> (PotName, &PotRow) {
        let pot = match self.names {
            PotNames::One(pot) => pot,
            PotNames::Two if self.tactical.open => Pot::Tactical,
            PotNames::Two => Pot::Upfront,
        };
        (self.names.name(pot), self.row(pot))
    }

    /// The figures of a pot.
    pub(crate) fn row(&self, pot: Pot) -> &PotRow {
        match pot {
            Pot::Upfront => &self.upfront,
            Pot::Tactical => &self.tactical,
        }
    }

    /// `Pots`, or `Pot` if there is one.
    pub(crate) fn heading(&self) -> &'static str {
        match self.names {
            PotNames::Two => "Pots",
            PotNames::One(_) => "Pot",
        }
    }

    fn line(&self, line: &'static str, amount: fn(&PotRow) -> Money) -> PotLine {
        let (upfront, tactical) = (amount(&self.upfront), amount(&self.tactical));
        PotLine {
            line,
            upfront,
            tactical,
            both: upfront + tactical,
        }
    }

    fn state(&self) -> Option<Text> {
        if self.allocation.is_zero() {
            let day = self.lens.as_at;
            return Some(text!["No allocation takes effect by ", day, "."]);
        }
        (!self.closed).then(|| text!["The ", self.open().0, " is open."])
    }
}

impl PotRow {
    fn new(portfolio: &Portfolio, pot: Pot) -> PotRow {
        let position = portfolio.pot(pot);
        PotRow {
            open: portfolio.is_open(pot),
            allocated: position.allocated,
            moved: position.moved,
            committed: position.committed,
            returned: position.returned,
            lapsed: position.lapsed,
            remaining: position.remaining(),
            pipeline: portfolio.pipeline(pot),
            remaining_if_all_approved: portfolio.remaining_if_all_approved(pot),
        }
    }
}

impl Report for PotReport {
    fn head(&self) -> Head {
        let closed = if self.closed { ", closed" } else { "" };
        let confirmed = unless_confirmed(self.confirmed);
        let title = text![
            self.heading(),
            " of ",
            self.year,
            ", ",
            self.lens,
            closed,
            confirmed
        ];
        seen(self.lens, title).of(self.year)
    }

    fn data(&self) -> Table {
        Table::of("", &self.lines())
    }

    fn blocks(&self) -> Vec<Block> {
        let pending = Text::join(&self.pending, "; ");
        let pending = (!pending.is_empty()).then(|| text!["Pending: ", pending, "."]);
        tables_and_notes([self.table()], self.state().into_iter().chain(pending))
    }
}

impl PotReport {
    /// The lines that people see.
    pub(crate) fn table(&self) -> Table {
        let mut lines = self.lines();
        lines.retain(|line| line.line != PotReport::LAPSED || !line.both.is_zero());
        let table = |lines: &[PotLine]| Table::of("", lines);
        match self.names {
            PotNames::Two => table(&lines),
            PotNames::One(pot) => {
                lines.retain(|line| line.line != PotReport::MOVED);
                let columns = PotLine::COLUMN;
                let only = match pot {
                    Pot::Upfront => columns.upfront,
                    Pot::Tactical => columns.tactical,
                };
                table(&lines)
                    .only(&[columns.line, only])
                    .headed(only, "The pot")
            }
        }
    }

    fn lines(&self) -> Vec<PotLine> {
        vec![
            self.line("Allocated", |pot| pot.allocated),
            self.line(PotReport::MOVED, |pot| pot.moved),
            self.line("Committed", |pot| pot.committed),
            self.line("Uncommitted money returned", |pot| pot.returned),
            self.line(PotReport::LAPSED, |pot| pot.lapsed),
            self.line("Remaining", |pot| pot.remaining),
            self.line("Pipeline", |pot| pot.pipeline),
            self.line(PotReport::IF_ALL_APPROVED, |pot| {
                pot.remaining_if_all_approved
            }),
        ]
    }
}
