//! A quarter: opening position, movements and closing position of each pot and each project; what
//! was decided, spent and done in it; where that leaves the year; and what was recorded since about
//! quarters already reported.

mod accounts;
mod matrix;
mod reported;
mod risks;
mod work;

use std::collections::BTreeSet;

use crate::document::english::{labelled, overrides};
use crate::document::{Block, Head, Report, Table, Text, declare, text};
use crate::fold::{FoldError, Lens, PotNames, YearView, standing};
use crate::model::{Date, Entry, EntryNumber, FinancialYear, Kind, Names, Quarter};
use crate::report::control::reconcile::ReconcileReport;
use crate::report::cycle::forecast::ForecastReport;
use crate::report::cycle::issued::Issued;
use crate::report::head::YearHead;
use crate::report::money::decisions::{DecisionRow, DecisionsReport};

use accounts::Accounts;

pub use accounts::QuarterRow;
pub use matrix::QuarterAccount;
pub use reported::{ClosingChange, ReportedChange, ReportedQuarter};
pub use risks::{Risk, RiskRow};
pub use work::{OutcomeRow, ProgressRow, QuarterSpend};

declare! {
    /// What happened in a quarter. Entries dated before the year count in Q1, those dated after it
    /// in Q4.
    pub struct QuarterReport {
        /// The year.
        pub year: FinancialYear,
        /// The quarter.
        pub quarter: Quarter,
        /// The day, and the moment of knowledge.
        #[serde(flatten)]
        pub lens: Lens,
        /// Whether the OPCC had confirmed the year by the end of the quarter.
        pub confirmed: bool,
        /// The entries up to the end of the quarter that set a process rule aside.
        pub overrides: BTreeSet<EntryNumber>,
        /// The opening, each kind of movement and the closing of each account: the closing is the
        /// sum of the others.
        pub rows: Vec<QuarterRow>,
        /// The same, with one row for each account.
        #[serde(skip)]
        pub accounts: Vec<QuarterAccount>,
        /// The quarters up to this one whose report already went out, and what changed since.
        pub reported: Vec<ReportedQuarter>,
        /// What was decided in the quarter, and every movement of money except spend.
        pub decisions: Vec<DecisionRow>,
        /// What each project spent in the quarter.
        pub spend: Vec<QuarterSpend>,
        /// What has been done, as recorded in the quarter.
        pub progress: Vec<ProgressRow>,
        /// What was promised and achieved, as recorded in the quarter.
        pub outcomes: Vec<OutcomeRow>,
        /// Where the year was heading at the end of the quarter.
        pub forecast: ForecastReport,
        /// What needed attention at the end of the quarter.
        pub risks: Vec<RiskRow>,
    }
}

/// What the table of movements shows.
const SUMS: &str = "In each row the opening and the movements add up to the closing. \
     A pot holds uncommitted money, a project its unspent award.";

impl QuarterReport {
    /// A quarter of a year, from all the year's entries in the order recorded. The `issue` entries
    /// of reports are not part of it: a report made again after its own `issue` is the same.
    ///
    /// # Errors
    ///
    /// [`FoldError`] if the journal does not add up, which the rules prevent.
    pub fn new(
        year: FinancialYear,
        quarter: Quarter,
        entries: &[Entry],
        lens: Lens,
        names: Names,
    ) -> Result<QuarterReport, FoldError> {
        let all_days = Lens {
            as_at: Date::MAX,
            ..lens
        };
        let (issues, known): (Vec<Entry>, Vec<Entry>) = standing(entries.to_vec(), all_days)
            .into_iter()
            .partition(|entry| entry.event.kind() == Kind::Issue);
        let until = |day: Date| -> Vec<Entry> {
            let entries = known.iter().filter(|entry| entry.on <= day);
            entries.cloned().collect()
        };
        // Q4 counts what is dated after the year.
        let as_at = match quarter {
            Quarter::Q4 => lens.as_at,
            _ => lens.as_at.min(year.quarter_end(quarter)),
        };
        let end = Lens { as_at, ..lens };
        let to_end = until(end.as_at);
        let is_inside = |on: Date| year.quarter_of(on) == quarter;
        let inside = to_end.iter().filter(|entry| is_inside(entry.on));
        let inside: Vec<Entry> = inside.cloned().collect();
        let pots = PotNames::of(&known);
        let accounts = Accounts::new(year, quarter, &to_end)?;
        let at_end = YearView {
            lens: end,
            portfolio: accounts.portfolio.clone(),
            standing: to_end,
            names,
            pots,
        };
        let forecast = ForecastReport::new(&at_end);
        let figures = ReconcileReport::new(year, &known, end)?;
        let decisions = DecisionsReport::new(&at_end).rows.into_iter();
        Ok(QuarterReport {
            year,
            quarter,
            lens,
            confirmed: accounts.portfolio.confirmed,
            overrides: accounts.portfolio.overrides.clone(),
            rows: accounts.rows(pots),
            accounts: accounts.matrix(pots),
            reported: reported(year, quarter, issues, entries, &until(lens.as_at), lens)?,
            decisions: decisions.filter(|row| is_inside(row.on)).collect(),
            spend: QuarterSpend::all(&inside, &accounts),
            progress: inside.iter().filter_map(ProgressRow::new).collect(),
            outcomes: inside.iter().filter_map(OutcomeRow::new).collect(),
            risks: RiskRow::all(&forecast, accounts.portfolio.allocation(), &figures),
            forecast,
        })
    }

    /// Returns `true` if it says what another report of its quarter and day says, whenever that was
    /// known. Whether the quarter itself was reported before makes no difference.
    pub(crate) fn says_the_same(&self, other: &QuarterReport) -> bool {
        self.whenever_known() == other.whenever_known()
    }

    fn whenever_known(&self) -> QuarterReport {
        let mut report = self.clone();
        report.lens.known_at = None;
        report.forecast.head.lens.known_at = None;
        let quarter = self.quarter;
        report
            .reported
            .retain(|reported| reported.issued.quarter != quarter);
        report
    }

    /// The quarters already reported that have changed.
    pub fn changed(&self) -> impl Iterator<Item = &ReportedQuarter> {
        self.reported
            .iter()
            .filter(|reported| !reported.changes.is_empty())
    }

    /// Names the parts of which the quarter has nothing.
    fn nothing(&self) -> Option<Text> {
        let parts = [
            (self.decisions.is_empty(), "decisions"),
            (self.spend.is_empty(), "spend"),
            (self.progress.is_empty(), "progress"),
            (self.outcomes.is_empty(), "targets or outcomes"),
        ];
        let empty = parts.iter().filter(|(is_empty, _)| *is_empty);
        labelled(
            "Nothing recorded in the quarter",
            empty.map(|(_, part)| *part),
        )
    }
}

/// The quarters up to this one whose reports went out before this one was known, and what changed
/// since.
fn reported(
    year: FinancialYear,
    quarter: Quarter,
    issues: Vec<Entry>,
    entries: &[Entry],
    now: &[Entry],
    lens: Lens,
) -> Result<Vec<ReportedQuarter>, FoldError> {
    let is_before = |issue: &Entry| {
        issue.on <= lens.as_at && lens.known_at.is_none_or(|known| issue.recorded < known)
    };
    let issues: Vec<Entry> = issues.into_iter().filter(is_before).collect();
    let latest = Issued::latest(year, &issues).into_iter();
    latest
        .filter(|issued| issued.quarter <= quarter)
        .map(|issued| ReportedQuarter::new(issued, entries, now))
        .collect()
}

impl Report for QuarterReport {
    fn may_be_issued(&self) -> bool {
        true
    }

    fn head(&self) -> Head {
        let head = YearHead {
            year: self.year,
            lens: self.lens,
            confirmed: self.confirmed,
            pots: self.forecast.head.pots,
        };
        let end = self.year.quarter_end(self.quarter);
        head.with_title(text![self.quarter, " of ", self.year, ", to ", end], "")
    }

    fn data(&self) -> Table {
        Table::of("", &self.rows)
    }

    fn blocks(&self) -> Vec<Block> {
        let accounts = QuarterAccount::table(&self.accounts);
        let mut blocks = vec![Block::Table(accounts), Block::Paragraph(SUMS.into())];
        let changed: Vec<Text> = self.changed().map(ReportedQuarter::summary).collect();
        if !changed.is_empty() {
            let heading = "Changes to quarters already reported";
            blocks.push(Block::Heading(heading.into()));
            blocks.push(Block::Points(changed));
            let changes = self.reported.iter().flat_map(|quarter| &quarter.changes);
            let closing = self.reported.iter().flat_map(|quarter| &quarter.closing);
            blocks.extend(filled([
                Table::of("Entry by entry", changes),
                Table::of("Closing figures reported and now", closing),
            ]));
        }
        let forecast = self.forecast.in_total();
        blocks.extend(filled([
            Table::of("Decisions in the quarter", &self.decisions),
            Table::of("Spend in the quarter", &self.spend),
            Table::of("Progress in the quarter", &self.progress),
            Table::of("Targets and outcomes", &self.outcomes),
            forecast.captioned("Forecast at quarter end"),
            Table::of("Risks at quarter end", &self.risks),
        ]));
        let last = self.nothing().into_iter().chain(overrides(&self.overrides));
        blocks.extend(Block::points(last.collect()));
        blocks
    }
}

/// The tables that have rows.
fn filled(tables: impl IntoIterator<Item = Table>) -> impl Iterator<Item = Block> {
    tables
        .into_iter()
        .filter_map(Table::filled)
        .map(Block::Table)
}
