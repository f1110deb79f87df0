//! The fold: entries applied to a [`Portfolio`] one after another.

use std::collections::BTreeMap;

use crate::fold::due::{Due, Met};
use crate::fold::flow::{Account, Flow, flows};
use crate::fold::portfolio::Portfolio;
use crate::fold::project::Project;
use crate::model::{
    DetailField, Entry, Event, FinancialYear, Holder, Kind, Money, ProjectRef, Stage, Vat,
};

/// An entry cannot be folded: it names a project that does not exist, or proposes one that does.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FoldError {
    /// The project does not exist on the day of the entry.
    #[error("project {0} has not been proposed by the day of the entry")]
    UnknownProject(ProjectRef),
    /// The ref is taken.
    #[error("project {0} already exists")]
    ProjectExists(ProjectRef),
}

impl Portfolio {
    /// Folds a year's standing entries, in fold order. Those of a book that the rules guarded fold
    /// without an error.
    pub fn fold<'a>(
        year: FinancialYear,
        standing: impl IntoIterator<Item = &'a Entry>,
    ) -> Result<Portfolio, FoldError> {
        let mut portfolio = Portfolio::new(year);
        for entry in standing {
            portfolio.apply(entry)?;
        }
        Ok(portfolio)
    }

    /// The flows of money that an event would cause now.
    pub fn flows(&self, event: &Event) -> Vec<Flow> {
        let pot = event
            .project()
            .and_then(|project| self.projects.get(project))
            .map(|project| project.pot);
        flows(event, pot, self.released_on.is_some())
    }

    /// Folds one more entry in, and returns the flows of money it caused. An error leaves the
    /// portfolio unchanged.
    pub fn apply(&mut self, entry: &Entry) -> Result<Vec<Flow>, FoldError> {
        if let Some(project) = entry.event.project() {
            let proposes = entry.event.kind() == Kind::Propose;
            match (self.projects.contains_key(project), proposes) {
                (true, true) => return Err(FoldError::ProjectExists(project.clone())),
                (false, false) => return Err(FoldError::UnknownProject(project.clone())),
                _ => {}
            }
        }
        let moved = self.flows(&entry.event);
        for flow in &moved {
            self.move_money(flow);
        }
        self.apply_facts(entry);
        Ok(moved)
    }

    /// Moves money along a flow.
    pub(crate) fn move_money(&mut self, flow: &Flow) {
        let amount = flow.amount;
        match (&flow.from, &flow.to) {
            (Account::Opcc, Account::Pot(pot)) => self.pot_mut(*pot).allocated += amount,
            (Account::Pot(pot), Account::Opcc) => self.pot_mut(*pot).allocated -= amount,
            (Account::Pot(from), Account::Pot(to)) => {
                self.pot_mut(*from).moved -= amount;
                self.pot_mut(*to).moved += amount;
            }
            (Account::Pot(pot), Account::Project(project)) => {
                self.pot_mut(*pot).committed += amount;
                self.with(project, |project| project.award += amount);
            }
            (Account::Project(project), Account::Pot(pot)) => {
                self.pot_mut(*pot).committed -= amount;
                self.with(project, |project| project.award -= amount);
            }
            (Account::Project(project), Account::Spent(_)) => {
                self.with(project, |project| project.spent += amount)
            }
            (Account::Spent(project), _) => self.with(project, |project| project.spent -= amount),
            (Account::Returned(Some(holder)), _) => self.change_returned(holder, -amount),
            (_, Account::Returned(Some(holder))) => self.change_returned(holder, amount),
            (Account::Pot(pot), Account::Lapsed) => self.pot_mut(*pot).lapsed += amount,
            (Account::Project(project), Account::Lapsed) => {
                self.with(project, |project| project.lapsed += amount)
            }
            // No arrow of the money model leads elsewhere.
            _ => {}
        }
    }

    fn change_returned(&mut self, holder: &Holder, amount: Money) {
        match holder {
            Holder::Pot(pot) => self.pot_mut(*pot).returned += amount,
            Holder::Project(project) => self.with(project, |project| project.returned += amount),
        }
    }

    fn with(&mut self, project: &ProjectRef, change: impl FnOnce(&mut Project)) {
        if let Some(project) = self.projects.get_mut(project) {
            change(project);
        }
    }

    /// Adds up what a spend, or a refund as a negative amount, is: accrued or paid, net or gross.
    fn add_spend(&mut self, entry: &Entry, vat: Vat, amount: Money) {
        self.accruals.add(entry);
        if vat == Vat::Gross {
            self.gross += amount;
        }
    }

    /// Applies all that an entry changes beside the money it moves.
    fn apply_facts(&mut self, entry: &Entry) {
        if entry.override_reason.is_some() {
            self.overrides.insert(entry.number);
        }
        if let Some(stage) = Stage::brought_by(entry.event.kind())
            && let Some(project) = entry.event.project()
        {
            self.with(project, |project| {
                project.stage = stage;
                project.since = entry.on;
            });
        }
        match &entry.event {
            Event::Confirm => self.confirmed = true,
            Event::Close => self.closed = true,
            Event::Reopen => self.closed = false,
            Event::Receive { amount } => self.received += *amount,
            Event::Release { amount } => {
                self.released_on = self.released_on.or(Some(entry.on));
                self.released += amount.unwrap_or_default();
            }
            Event::Propose {
                project,
                pot,
                amount,
                title,
                lead,
                priorities,
            } => {
                let proposed = Project {
                    pot: *pot,
                    title: title.clone(),
                    lead: lead.clone(),
                    priorities: priorities.clone(),
                    stage: Stage::Proposed,
                    since: entry.on,
                    requested: *amount,
                    asked: *amount,
                    submitted: None,
                    award: Money::ZERO,
                    approved_on: None,
                    spent: Money::ZERO,
                    returned: Money::ZERO,
                    lapsed: Money::ZERO,
                    forecast: None,
                    targets: BTreeMap::new(),
                    outcomes: BTreeMap::new(),
                    progress: None,
                    details: BTreeMap::new(),
                };
                self.projects.insert(project.clone(), proposed);
            }
            Event::Amend {
                project,
                amount,
                title,
                lead,
                priorities,
            } => self.with(project, |project| {
                replace(&mut project.requested, amount.as_ref());
                replace(&mut project.asked, amount.as_ref());
                replace(&mut project.title, title.as_ref());
                replace(&mut project.lead, lead.as_ref());
                replace(&mut project.priorities, priorities.as_ref());
            }),
            Event::Recommend { project, amount } => {
                self.with(project, |project| {
                    replace(&mut project.asked, amount.as_ref())
                });
            }
            Event::Submit { project, amount } => self.with(project, |project| {
                replace(&mut project.asked, amount.as_ref());
                project.submitted = Some(project.asked);
            }),
            Event::Approve { project, .. } => {
                self.with(project, |project| project.approved_on = Some(entry.on));
            }
            Event::Spend { amount, vat, .. } => self.add_spend(entry, *vat, *amount),
            Event::Refund { amount, vat, .. } => self.add_spend(entry, *vat, -*amount),
            Event::Progress { project } => {
                self.with(project, |project| project.progress = Some(entry.number));
            }
            Event::Forecast { project, amount } => {
                self.with(project, |project| project.forecast = Some(*amount));
            }
            Event::Target {
                project,
                measure,
                value,
            } => self.with(project, |project| {
                project.targets.insert(measure.clone(), *value);
            }),
            Event::Outcome {
                project,
                measure,
                value,
            } => self.with(project, |project| {
                project.outcomes.insert(measure.clone(), *value);
            }),
            Event::Detail { measure, project } => {
                self.set_detail(*measure, project.as_ref(), entry)
            }
            Event::Due { title, value } => {
                let due = Due {
                    title: title.clone(),
                    by: *value,
                };
                self.dues.insert(entry.number, due);
            }
            Event::Met { entry: due } => {
                let met = Met {
                    entry: entry.number,
                    on: entry.on,
                };
                self.met.insert(*due, met);
            }
            // These move money, bring a project to a stage, or change nothing here.
            Event::Allocate { .. }
            | Event::Cut { .. }
            | Event::Endorse { .. }
            | Event::Decline { .. }
            | Event::Reject { .. }
            | Event::Increase { .. }
            | Event::Reduce { .. }
            | Event::Withdraw { .. }
            | Event::Complete { .. }
            | Event::Return { .. }
            | Event::Repay { .. }
            | Event::Lapse { .. }
            | Event::Name { .. }
            | Event::Scheme { .. }
            | Event::Document { .. }
            | Event::Match { .. }
            | Event::Certify { .. }
            | Event::Published { .. }
            | Event::Explain { .. }
            | Event::Issue { .. }
            | Event::Reverse { .. } => {}
        }
    }
}

impl Portfolio {
    /// The text of a detail is the entry's note.
    fn set_detail(&mut self, field: DetailField, project: Option<&ProjectRef>, entry: &Entry) {
        let text = entry.note.clone().unwrap_or_default();
        match project {
            Some(project) => self.with(project, |project| {
                project.details.insert(field, text);
            }),
            None => {
                self.details.insert(field, text);
            }
        }
    }
}

fn replace<T: Clone>(old: &mut T, new: Option<&T>) {
    if let Some(new) = new {
        new.clone_into(old);
    }
}
