//! Priorities: awards and spend by what they serve, and what came of them.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::document::english::{counted, unless_confirmed};
use crate::document::{Block, Report, Table, Text, text};
use crate::fold::{Lens, Project, YearView};
use crate::model::{Date, FinancialYear, Priority, ProjectRef};
use crate::report::projects::measures::MeasureRow;
use crate::report::projects::priority_gaps::{Gap, in_force, schemes};
use crate::report::projects::priority_notes::PriorityNote;
use crate::report::projects::priority_shares::{SchemeShares, Share, ShareLine};

/// A year's awards and spend by the priorities of the schemes in force in it, and what came of
/// them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PrioritiesReport {
    /// The year.
    pub year: FinancialYear,
    /// The day, and the moment of knowledge.
    #[serde(flatten)]
    pub lens: Lens,
    /// Whether the OPCC has confirmed the year.
    pub confirmed: bool,
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

const COSTS: &str = "The unit cost is all that the project spent, divided by the outcome and rounded to the penny; a project with several measures has all its spend counted under each.";

impl PrioritiesReport {
    /// The priorities of a year; `known` are all that the book knows.
    #[must_use]
    pub fn new(view: &YearView, known: &[Priority]) -> PrioritiesReport {
        let portfolio = &view.portfolio;
        let is_funded = |project: &Project| !project.award.is_zero() || !project.spent.is_zero();
        let projects = portfolio.projects.iter();
        let funded: Vec<_> = projects.filter(|(_, project)| is_funded(project)).collect();
        let in_force = in_force(portfolio, known);
        let scheme = |scheme| SchemeShares::new(scheme, &in_force, &funded);
        let measures = portfolio.projects.iter();
        PrioritiesReport {
            year: portfolio.year,
            lens: view.lens,
            confirmed: portfolio.confirmed,
            total: Share::of(funded.iter().copied()),
            schemes: schemes(&in_force).into_iter().map(scheme).collect(),
            gaps: Gap::all(portfolio, known),
            measures: measures
                .flat_map(|(reference, project)| MeasureRow::all(reference, project))
                .collect(),
            notes: PriorityNote::all(&view.standing),
        }
    }

    /// Says what all projects come to.
    fn sums(&self) -> Text {
        let mut sums = Text::default();
        if self.schemes.is_empty() {
            sums.push(text!["No scheme is in force in ", self.year, ". "]);
        }
        let projects = counted(self.total.projects.len(), "project");
        let (award, spent) = (self.total.award, self.total.spent);
        sums.push(text![
            projects,
            " with an award or spend: ",
            award,
            " awarded, ",
            spent,
            " spent."
        ]);
        sums
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
        let unmeasured = Text::join(unmeasured.map(|project| text![project]), ", ");
        (!unmeasured.is_empty()).then(|| text!["Without target or outcome: ", unmeasured, "."])
    }

    fn measure_table(&self) -> Option<Table> {
        filled(Table::of("Targets and outcomes", &self.measures))
    }

    fn gap_table(&self) -> Option<Table> {
        filled(Table::of("Missing or invalid priorities", &self.gaps))
    }

    fn note_table(&self) -> Option<Table> {
        filled(Table::of("Notes on the priorities", &self.notes))
    }
}

fn filled(table: Table) -> Option<Table> {
    (!table.rows.is_empty()).then_some(table)
}

impl Report for PrioritiesReport {
    fn title(&self) -> Text {
        let confirmed = unless_confirmed(self.confirmed);
        text!["Priorities of ", self.year, ", ", self.lens, confirmed]
    }

    fn as_at(&self) -> Option<Date> {
        Some(self.lens.as_at)
    }

    /// All schemes in one table.
    fn data(&self) -> Table {
        let schemes = self.schemes.iter();
        let lines: Vec<ShareLine> = schemes.flat_map(|scheme| scheme.lines(self.year)).collect();
        Table::of("", &lines)
    }

    fn tables(&self) -> Vec<Table> {
        let others = [self.measure_table(), self.gap_table(), self.note_table()];
        let others = others.into_iter().flatten();
        [self.data()].into_iter().chain(others).collect()
    }

    fn blocks(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        for scheme in &self.schemes {
            blocks.push(Block::Table(scheme.table(self.year)));
            blocks.extend(scheme.note().map(Block::Paragraph));
        }
        blocks.push(Block::Paragraph(self.sums()));
        blocks.extend(self.measure_table().map(Block::Table));
        blocks.extend(self.costs().map(Block::Paragraph));
        blocks.extend(self.unmeasured().map(Block::Paragraph));
        blocks.extend(self.gap_table().map(Block::Table));
        blocks.extend(self.note_table().map(Block::Table));
        blocks
    }
}
