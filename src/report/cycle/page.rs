//! The chair's page: a year at a glance, for a meeting.

mod section;
mod duties;
mod money;
mod pots;
mod printed;

use crate::document::{Block, Head, Report, Table, declare, text};
use crate::fold::{FoldError, Lens, YearView};
use crate::model::{FinancialYear, Money};
use crate::report::control::reconcile::ReconcileReport;
use crate::report::cycle::due::DueRow;
use crate::report::cycle::forecast::ForecastReport;
use crate::report::money::movement::Movement;
use crate::report::money::pipeline::Pending;
use crate::report::money::pot::PotReport;
use crate::report::money::year::YearReport;
use crate::report::projects::project::ProjectListReport;

use section::Section;

declare! {
    /// What the chair of the working group asks before a meeting, on one page. Each part is the
    /// report of that name.
    pub struct PageReport {
        /// The partnership that holds the grant.
        pub partnership: String,
        /// The funder that gives it.
        pub funder: String,
        /// What the grant is called.
        pub grant: String,
        /// The year.
        pub year: FinancialYear,
        /// The day, and the moment of knowledge.
        #[serde(flatten)]
        pub lens: Lens,
        /// What is left in each pot.
        pub pot: PotReport,
        /// What would be left in both pots if every pending proposal were approved.
        pub remaining_if_all_approved: Money,
        /// Where the allocation is.
        pub money: YearReport,
        /// Every entry that moved the tactical pot, in fold order; in a year with one pot, that
        /// pot.
        pub movements: Vec<Movement>,
        /// Proposals still to be decided.
        pub pipeline: Vec<Pending>,
        /// Spend against award.
        pub projects: ProjectListReport,
        /// What would go back.
        pub forecast: ForecastReport,
        /// What is due or late; what was met is left out.
        pub due: Vec<DueRow>,
        /// Printed figures beside computed ones.
        pub printed: ReconcileReport,
    }
}

impl PageReport {
    /// The page of a year, whose view holds at least the entries that move a pot, with the year's
    /// reconciliation.
    ///
    /// # Errors
    ///
    /// [`FoldError`] if the journal does not add up, which the rules prevent.
    pub fn new(view: &YearView, printed: ReconcileReport) -> Result<PageReport, FoldError> {
        Ok(PageReport {
            partnership: view.names.partnership.clone(),
            funder: view.names.funder.clone(),
            grant: view.names.grant.clone(),
            year: view.year(),
            lens: view.lens,
            pot: PotReport::new(view),
            remaining_if_all_approved: view.portfolio.uncommitted_if_all_approved(),
            money: YearReport::new(view),
            movements: Movement::all(view, view.pots.in_year().pot)?,
            pipeline: Pending::all(view),
            projects: ProjectListReport::new(view),
            forecast: ForecastReport::new(view),
            due: DueRow::unmet(view),
            printed,
        })
    }

    fn sections(&self) -> Vec<Section> {
        let mut sections = vec![
            pots::left(&self.pot, self.remaining_if_all_approved),
            money::allocation(&self.money),
            pots::movements(&self.movements, &self.pot),
            pots::pipeline(&self.pipeline),
            money::spend(&self.projects),
            money::to_return(&self.forecast),
        ];
        sections.extend(duties::due(&self.due));
        sections.push(printed::printed(&self.printed));
        sections
    }
}

impl Report for PageReport {
    fn head(&self) -> Head {
        let closed = if self.money.closed { ", closed" } else { "" };
        let grant = text![&self.grant, " ", self.year];
        self.money.head.with_title(grant, closed)
    }

    /// What is left.
    fn data(&self) -> Table {
        pots::left(&self.pot, self.remaining_if_all_approved).table
    }

    fn blocks(&self) -> Vec<Block> {
        let sections = self.sections().into_iter();
        sections.flat_map(Section::blocks).collect()
    }

    /// Sheets are named by what they hold: an answer is too long for the name of a sheet, and
    /// changes with its figures.
    fn tables(&self) -> Vec<Table> {
        let sections = self.sections().into_iter();
        sections
            .filter_map(|section| section.table.filled())
            .collect()
    }
}
