//! The chair's page: a year at a glance, for a meeting.

mod section;
mod answers;
mod duties;
mod money;
mod pots;
mod printed;
mod spending;

use crate::document::{Block, Head, Report, Table, declare, text};
use crate::fold::{FoldError, Lens, YearView};
use crate::model::{Date, FinancialYear, Money};
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
        /// The day the tactical pot opened.
        #[serde(skip)]
        opened: Option<Date>,
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
            opened: view.portfolio.released_on,
        })
    }

    fn sections(&self) -> impl Iterator<Item = Section> {
        let pot = &self.pot;
        let sections = [
            pots::movements(&self.movements, pot, self.opened),
            pots::pipeline(&self.pipeline, pot),
            duties::due(&self.due),
            spending::spending(&self.forecast),
            Some(money::to_return(&self.forecast)),
            money::allocation(&self.money),
            printed::printed(&self.printed),
        ];
        sections.into_iter().flatten()
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
        pots::left(&self.pot, self.remaining_if_all_approved)
    }

    fn blocks(&self) -> Vec<Block> {
        let answers = answers::answers(
            &self.pot,
            self.remaining_if_all_approved,
            &self.forecast,
            &self.due,
        );
        let sections = self.sections().flat_map(Section::blocks);
        [Block::Answers(answers)]
            .into_iter()
            .chain(sections)
            .collect()
    }

    /// Sheets are named by what they hold: an answer is too long for the name of a sheet, and
    /// changes with its figures.
    fn tables(&self) -> Vec<Table> {
        let sections = self.sections();
        let tables = sections.filter_map(|section| section.table.filled());
        [self.data()].into_iter().chain(tables).collect()
    }
}
