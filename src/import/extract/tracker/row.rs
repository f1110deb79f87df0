//! [`TrackerRow`]: what a row says of its project, and the steps that it implies.

use crate::import::extract::columns::NamedColumn;
use crate::import::extract::tracker::cells::RowCells;
use crate::import::extract::tracker::columns::Columns;
use crate::import::extract::tracker::map::Text;
use crate::import::extract::tracker::status::stage;
use crate::model::{Column, Date, Kind, Money, Pot, Priorities, ProjectRef, Stage};

/// What a row says of its project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackerRow {
    /// The row as a spreadsheet numbers it.
    pub row: u64,
    /// The project.
    pub project: ProjectRef,
    /// Its title.
    pub title: String,
    /// The agency that delivers it.
    pub lead: String,
    /// Its pot.
    pub pot: Pot,
    /// The priorities it serves.
    pub priorities: Priorities,
    /// The amount it asked for.
    pub asked: Money,
    /// How far it has come.
    pub stage: Stage,
    /// Its award.
    pub approved: Option<Money>,
    /// Its spend to date.
    pub spent: Option<Money>,
    /// The last day that its spend counts.
    pub spent_on: Option<Date>,
    /// The steps that the row implies, in order, each with its day if the row gives it.
    pub steps: Vec<(Kind, Option<Date>)>,
}

/// The days of a row.
struct Days {
    proposed: Option<Date>,
    decided: Option<Date>,
    endorsed: Option<Date>,
    submitted: Option<Date>,
    approved: Option<Date>,
    ended: Option<Date>,
}

impl TrackerRow {
    /// Reads a row; `None` if something is wrong with its cells, which these then know.
    pub(super) fn read(
        row: u64,
        cells: &mut RowCells<'_>,
        columns: &Columns,
        map: &Text,
    ) -> Option<TrackerRow> {
        let project = cells.value(&columns.project);
        let title = cells.words(&columns.title, Column::Title);
        let lead = cells.words(&columns.lead, Column::Lead);
        let pot = pot(cells, columns.pot.as_ref(), map);
        let priorities = cells.optional(columns.priorities.as_ref());
        let days = Days::read(cells, columns);
        let spent_on = cells.day(columns.spent_on.as_ref());
        let (asked, approved, spent) = amounts(cells, columns);
        let stage = read_stage(cells, columns, map, &days, approved);
        if !cells.faults.is_empty() {
            return None;
        }
        let stage = stage?;
        let steps = days.steps(stage, approved);
        check_order(cells, columns, &steps);
        Some(TrackerRow {
            row,
            project: project?,
            title: title?,
            lead: lead?,
            pot: pot?,
            priorities: priorities.unwrap_or_default(),
            asked: asked?,
            stage,
            approved,
            spent,
            spent_on,
            steps,
        })
    }
}

fn pot(cells: &mut RowCells<'_>, column: Option<&NamedColumn>, map: &Text) -> Option<Pot> {
    let text = column.map(|column| cells.text(column)).unwrap_or_default();
    let name = column.map_or("pot", |column| &column.name);
    let expected = "a pot; write upfront or tactical";
    match (text.to_lowercase().split_whitespace().next(), map.pot) {
        (None, Some(pot)) => Some(pot.0),
        (None, None) => {
            cells.fault(
                name,
                "",
                "a pot, upfront or tactical, in the tracker or the map",
            );
            None
        }
        (Some(word), _) => word
            .parse()
            .map_err(|_| cells.fault(name, text, expected))
            .ok(),
    }
}

/// What was asked, approved and spent.
fn amounts(
    cells: &mut RowCells<'_>,
    columns: &Columns,
) -> (Option<Money>, Option<Money>, Option<Money>) {
    let before = cells.faults.len();
    let asked = cells.amount(Some(&columns.asked));
    if asked.is_none() && cells.faults.len() == before {
        let found = cells.text(&columns.asked);
        cells.fault(&columns.asked.name, found, "an amount above £0.00");
    }
    let approved = cells.amount(columns.approved.as_ref());
    let spent = cells.amount(columns.spent.as_ref());
    if let Some(column) = &columns.spent
        && spent.is_some()
        && approved.is_none()
    {
        let found = cells.text(column);
        cells.fault(&column.name, found, "possible without an approved amount");
    }
    (asked, approved, spent)
}

/// How far the project has come: what its status says, or else its amounts and days.
fn read_stage(
    cells: &mut RowCells<'_>,
    columns: &Columns,
    map: &Text,
    days: &Days,
    approved: Option<Money>,
) -> Option<Stage> {
    let status = columns.status.as_ref();
    let status = status.filter(|column| !cells.text(column).is_empty());
    let found = match status {
        Some(column) => stage(cells.text(column), &map.status),
        None => Some(days.stage(approved)),
    };
    let (name, text) = match status {
        Some(column) => (&*column.name, cells.text(column)),
        None => ("status", ""),
    };
    let is_awarded =
        |stage: Stage| matches!(stage, Stage::Approved | Stage::Complete | Stage::Withdrawn);
    match found {
        None => {
            let expected = "a status such as proposed, approved or complete; give its meaning under [status] in the map";
            cells.fault(name, text, expected);
        }
        Some(Stage::Approved | Stage::Complete) if approved.is_none() => {
            let column = columns.approved.as_ref();
            let name = column.map_or("approved", |column| &column.name);
            cells.fault(name, "", "the approved amount");
        }
        Some(stage) if approved.is_some() && !is_awarded(stage) => {
            cells.fault(
                name,
                text,
                "the status of a project with an approved amount",
            );
        }
        Some(_) => {}
    }
    if approved.is_some() && days.approved.is_none() {
        let column = columns.approved_on.as_ref();
        let name = column.map_or("approved_on", |column| &column.name);
        let found = column.map(|column| cells.text(column)).unwrap_or_default();
        // A day that cannot be read is a fault already.
        if found.is_empty() {
            cells.fault(name, "", "the day of approval");
        }
    }
    found
}

/// Each day must be on or after that of the step before.
fn check_order(cells: &mut RowCells<'_>, columns: &Columns, steps: &[(Kind, Option<Date>)]) {
    let days = || steps.iter().filter_map(|(kind, on)| Some((*kind, (*on)?)));
    for ((before, first), (kind, on)) in days().zip(days().skip(1)) {
        if on < first {
            let (found, first) = (on.long().to_string(), first.long());
            let expected = format!("a day on or after that of {}, {first}", before.noun());
            cells.fault(
                &columns.project.name,
                &found,
                format!("{expected}, for {}", kind.noun()),
            );
        }
    }
}

impl Days {
    fn read(cells: &mut RowCells<'_>, columns: &Columns) -> Days {
        Days {
            proposed: cells.day(columns.proposed_on.as_ref()),
            decided: cells.day(columns.decided_on.as_ref()),
            endorsed: cells.day(columns.endorsed_on.as_ref()),
            submitted: cells.day(columns.submitted_on.as_ref()),
            approved: cells.day(columns.approved_on.as_ref()),
            ended: cells.day(columns.ended_on.as_ref()),
        }
    }

    /// How far a project has come that has these days and no status.
    fn stage(&self, approved: Option<Money>) -> Stage {
        if approved.is_some() {
            Stage::Approved
        } else if self.submitted.is_some() {
            Stage::Submitted
        } else if self.endorsed.is_some() {
            Stage::Endorsed
        } else if self.decided.is_some() {
            Stage::Recommended
        } else {
            Stage::Proposed
        }
    }

    /// The steps up to a stage: those whose days are known, and the one that the stage is.
    fn steps(&self, stage: Stage, approved: Option<Money>) -> Vec<(Kind, Option<Date>)> {
        let way = [
            (Kind::Recommend, Stage::Recommended, self.decided),
            (Kind::Endorse, Stage::Endorsed, self.endorsed),
            (Kind::Submit, Stage::Submitted, self.submitted),
        ];
        let mut steps: Vec<_> = way
            .into_iter()
            .filter(|(_, reached, on)| *reached == stage || (on.is_some() && *reached < stage))
            .map(|(kind, _, on)| (kind, on))
            .collect();
        if approved.is_some() {
            steps.push((Kind::Approve, self.approved));
        }
        match stage {
            // The one day of a decision is that of the refusal.
            Stage::Declined if self.ended.is_none() => steps = vec![(Kind::Decline, self.decided)],
            Stage::Declined => steps.push((Kind::Decline, self.ended)),
            Stage::Rejected => steps.push((Kind::Reject, self.ended.or(self.approved))),
            Stage::Withdrawn => steps.push((Kind::Withdraw, self.ended)),
            Stage::Complete => steps.push((Kind::Complete, self.ended)),
            _ => {}
        }
        steps.insert(0, (Kind::Propose, self.proposed));
        steps
    }
}
