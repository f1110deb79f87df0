//! Priorities: awards and spend by what they serve, and what came of them.

use std::collections::BTreeSet;

use crate::document::english::labelled;
use crate::document::{Block, Head, Report, Table, Text, counted, declare, text};
use crate::fold::{Project, YearView};
use crate::model::{Priority, ProjectRef};
use crate::report::head::YearHead;
use crate::report::projects::measures::MeasureRow;
use crate::report::projects::priority_gaps::{Gap, in_force, schemes};
use crate::report::projects::priority_notes::PriorityNote;
use crate::report::projects::priority_shares::{SchemeShares, Share, ShareLine};

declare! {
    /// A year's awards and spend by the priorities of the schemes in force in it, and what came of
    /// them.
    pub struct PrioritiesReport {
        /// The year.
        #[serde(flatten)]
        pub head: YearHead,
        /// All projects with an award or spend, each counted once.
        pub total: Share,
        /// The schemes in force, by name.
        pub schemes: Vec<SchemeShares>,
        /// Projects that name no priority of a scheme, or a code that is no priority of the year,
        /// whatever became of them.
        pub gaps: Vec<Gap>,
        /// What was promised and achieved: one row per project and measure.
        pub measures: Vec<MeasureRow>,
        /// What was recorded about the priorities that projects name.
        #[serde(rename = "said")]
        pub notes: Vec<PriorityNote>,
    }
}

const COSTS: &str = "The unit cost is all that the project spent, divided by the outcome and rounded to the penny; a project with several measures has all its spend counted under each.";

impl PrioritiesReport {
    /// The priorities of a year; `known` are all that the book knows.
    pub fn new(view: &YearView, known: &[Priority]) -> PrioritiesReport {
        let portfolio = &view.portfolio;
        let projects = || portfolio.projects.iter();
        let is_funded = |project: &Project| !project.award.is_zero() || !project.spent.is_zero();
        let funded: Vec<_> = projects()
            .filter(|(_, project)| is_funded(project))
            .collect();
        let in_force = in_force(portfolio, known);
        let scheme = |scheme| SchemeShares::new(scheme, &in_force, &funded);
        let measures =
            projects().flat_map(|(reference, project)| MeasureRow::all(reference, project));
        PrioritiesReport {
            head: YearHead::new(view),
            total: Share::of(funded.iter().copied()),
            schemes: schemes(&in_force).into_iter().map(scheme).collect(),
            gaps: Gap::all(portfolio, known),
            measures: measures.collect(),
            notes: PriorityNote::all(&view.standing),
        }
    }

    /// Says what all projects come to.
    fn sums(&self) -> Text {
        let none = if self.schemes.is_empty() {
            text!["No scheme is in force in ", self.head.year, ". "]
        } else {
            Text::default()
        };
        let projects = counted(self.total.projects.len(), "project");
        text! {
            none, projects, " with an award or spend: ", self.total.award, " awarded, ",
            self.total.spent, " spent."
        }
    }

    /// Says how the unit costs are worked out, if there are any.
    fn costs(&self) -> Option<Text> {
        let mut measures = self.measures.iter();
        let is_costed = measures.any(|row| row.cost_of_one.is_some());
        is_costed.then(|| COSTS.into())
    }

    /// Lists the projects with an award or spend, but without a target or an outcome.
    fn unmeasured(&self) -> Option<Text> {
        let measures = self.measures.iter();
        let measured: BTreeSet<&ProjectRef> = measures.map(|row| &row.project).collect();
        let projects = self.total.projects.iter();
        let unmeasured = projects.filter(|project| !measured.contains(project));
        labelled("Without target or outcome", unmeasured)
    }

    /// What stands below the schemes.
    fn details(&self) -> [Option<Table>; 3] {
        [
            Table::of("Targets and outcomes", &self.measures),
            Table::of("Missing or invalid priorities", &self.gaps),
            Table::of("Notes on the priorities", &self.notes),
        ]
        .map(Table::filled)
    }
}

impl Report for PrioritiesReport {
    fn head(&self) -> Head {
        self.head.titled("Priorities of ")
    }

    /// All schemes in one table.
    fn data(&self) -> Table {
        let lines: Vec<ShareLine> = self.schemes.iter().flat_map(SchemeShares::lines).collect();
        Table::of("", &lines).of_year(self.head.year)
    }

    fn tables(&self) -> Vec<Table> {
        let details = self.details().into_iter().flatten();
        [self.data()].into_iter().chain(details).collect()
    }

    fn blocks(&self) -> Vec<Block> {
        let schemes = self.schemes.iter().flat_map(|scheme| {
            let note = scheme.note().map(Block::Paragraph);
            [Some(Block::Table(scheme.table())), note]
        });
        let [measures, gaps, notes] = self.details().map(|table| table.map(Block::Table));
        let rest = [
            Some(Block::Paragraph(self.sums())),
            measures,
            self.costs().map(Block::Paragraph),
            self.unmeasured().map(Block::Paragraph),
            gaps,
            notes,
        ];
        schemes.chain(rest).flatten().collect()
    }
}
