//! [`Portfolio`]: the fold of a year's entries, where every figure comes from.

use std::collections::{BTreeMap, BTreeSet};

use crate::fold::flow::{Account, Flow, flows};
use crate::model::{
    Date, Entry, EntryNumber, Event, FinancialYear, Money, Pot, Priorities, ProjectRef, Quantity,
    Stage,
};

/// Where one year's grant stands. Money always adds up:
/// `allocation = spent + returned + unspent awards + uncommitted`.
///
/// ```
/// use crg::fold::Portfolio;
///
/// let empty = Portfolio::new("2025/26".parse()?);
/// assert!(empty.allocation().is_zero() && !empty.confirmed);
/// # Ok::<(), crg::model::YearError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portfolio {
    /// The year.
    pub year: FinancialYear,
    /// Has the OPCC formally confirmed it?
    pub confirmed: bool,
    /// Is it shut?
    pub closed: bool,
    /// The day of the first release, which closed the upfront round and opened the tactical pot.
    pub released_on: Option<Date>,
    /// What `release` entries moved.
    pub released: Money,
    /// Cash received from the OPCC.
    pub received: Money,
    /// The upfront pot.
    pub upfront: PotPosition,
    /// The tactical pot.
    pub tactical: PotPosition,
    /// Every project ever proposed.
    pub projects: BTreeMap<ProjectRef, Project>,
    /// The entries that set a process rule aside, with their reasons on record.
    pub overrides: BTreeSet<EntryNumber>,
}

/// Where one pot stands: `allocated + moved = committed + returned + remaining`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PotPosition {
    /// Allocated to it, less cuts.
    pub allocated: Money,
    /// What crossed into it from the other pot, less what crossed out of it.
    pub moved: Money,
    /// The net awards of its own projects: approved and increased, less reduced and withdrawn.
    pub committed: Money,
    /// Uncommitted money it sent back itself.
    pub returned: Money,
}

impl PotPosition {
    /// What is left in it.
    #[must_use]
    pub fn remaining(&self) -> Money {
        self.allocated + self.moved - self.committed - self.returned
    }
}

/// Where one project stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Its pot.
    pub pot: Pot,
    /// Its title.
    pub title: String,
    /// The agency that proposed it and delivers it.
    pub lead: String,
    /// The priorities it serves.
    pub priorities: Priorities,
    /// How far it has come.
    pub stage: Stage,
    /// The day it came to that stage.
    pub since: Date,
    /// What it asked for, as last amended.
    pub requested: Money,
    /// The latest amount asked, recommended or submitted: what its approval would take from the
    /// pot.
    pub asked: Money,
    /// What the business case submitted to the OPCC asked for.
    pub submitted: Option<Money>,
    /// Its award, as varied and less what was withdrawn.
    pub award: Money,
    /// Was it ever approved?
    pub approved: bool,
    /// What it spent, less refunds.
    pub spent: Money,
    /// The part of its award it returned to the OPCC.
    pub returned: Money,
    /// The lead's latest projection of spend to 31 March.
    pub forecast: Option<Money>,
    /// What was promised, by measure.
    pub targets: BTreeMap<String, Quantity>,
    /// What was achieved to date, by measure.
    pub outcomes: BTreeMap<String, Quantity>,
    /// The latest `progress` entry.
    pub progress: Option<EntryNumber>,
}

impl Project {
    /// Award not spent; what of it was returned is still underspend.
    #[must_use]
    pub fn underspend(&self) -> Money {
        self.award - self.spent
    }

    /// Award it still holds: neither spent nor returned.
    #[must_use]
    pub fn unspent(&self) -> Money {
        self.award - self.spent - self.returned
    }
}

/// Why an entry cannot be folded: it speaks of a project that is not there, or proposes one that
/// is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FoldError {
    /// No such project on that day.
    #[error("project {0} is not proposed yet on the day of the entry")]
    UnknownProject(ProjectRef),
    /// The ref is taken.
    #[error("project {0} is already there")]
    ProjectExists(ProjectRef),
}

impl Portfolio {
    /// A year of which nothing is known.
    #[must_use]
    pub fn new(year: FinancialYear) -> Portfolio {
        Portfolio {
            year,
            confirmed: false,
            closed: false,
            released_on: None,
            released: Money::ZERO,
            received: Money::ZERO,
            upfront: PotPosition::default(),
            tactical: PotPosition::default(),
            projects: BTreeMap::new(),
            overrides: BTreeSet::new(),
        }
    }

    /// Folds a year's standing entries, in fold order.
    ///
    /// # Errors
    ///
    /// [`FoldError`] where an entry speaks of a project that is not there: no book that the rules
    /// guarded holds one.
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

    /// One pot.
    #[must_use]
    pub fn pot(&self, pot: Pot) -> &PotPosition {
        match pot {
            Pot::Upfront => &self.upfront,
            Pot::Tactical => &self.tactical,
        }
    }

    fn pot_mut(&mut self, pot: Pot) -> &mut PotPosition {
        match pot {
            Pot::Upfront => &mut self.upfront,
            Pot::Tactical => &mut self.tactical,
        }
    }

    /// Is the pot open: the upfront pot until the release, the tactical pot from then on?
    #[must_use]
    pub fn is_open(&self, pot: Pot) -> bool {
        (pot == Pot::Tactical) == self.released_on.is_some()
    }

    /// The year's allocation, both pots.
    #[must_use]
    pub fn allocation(&self) -> Money {
        self.upfront.allocated + self.tactical.allocated
    }

    /// The awards of both pots' projects.
    #[must_use]
    pub fn awards(&self) -> Money {
        self.upfront.committed + self.tactical.committed
    }

    /// What is left in both pots.
    #[must_use]
    pub fn uncommitted(&self) -> Money {
        self.upfront.remaining() + self.tactical.remaining()
    }

    /// What was spent, less refunds.
    #[must_use]
    pub fn spent(&self) -> Money {
        self.projects.values().map(|project| project.spent).sum()
    }

    /// Award that projects still hold: neither spent nor returned.
    #[must_use]
    pub fn unspent_awards(&self) -> Money {
        self.projects.values().map(Project::unspent).sum()
    }

    /// What was returned to the OPCC, by pots and by projects.
    #[must_use]
    pub fn returned(&self) -> Money {
        let by_projects: Money = self.projects.values().map(|project| project.returned).sum();
        self.upfront.returned + self.tactical.returned + by_projects
    }

    /// Has the year ended by this day, and is it not closed?
    #[must_use]
    pub fn is_overdue(&self, on: Date) -> bool {
        !self.closed && self.year.last_day() < on
    }

    /// Where the allocation is: spent, returned, still with projects, still in the pots.
    #[must_use]
    pub fn accounted(&self) -> Money {
        self.spent() + self.returned() + self.unspent_awards() + self.uncommitted()
    }

    /// What of the allocation was not spent, returned or not.
    #[must_use]
    pub fn underspend(&self) -> Money {
        self.allocation() - self.spent()
    }

    /// The underspend not yet returned.
    #[must_use]
    pub fn to_return(&self) -> Money {
        self.underspend() - self.returned()
    }

    /// Cash received, less what was spent and returned; below zero where spend ran ahead of the
    /// cash.
    #[must_use]
    pub fn cash_held(&self) -> Money {
        self.received - self.spent() - self.returned()
    }

    /// What the pending proposals of a pot ask for.
    #[must_use]
    pub fn pipeline(&self, pot: Pot) -> Money {
        self.pending(pot).map(|(_, project)| project.asked).sum()
    }

    /// The pending proposals of a pot.
    pub fn pending(&self, pot: Pot) -> impl Iterator<Item = (&ProjectRef, &Project)> {
        self.projects
            .iter()
            .filter(move |(_, project)| project.pot == pot && project.stage.is_pending())
    }

    /// What would be left in a pot if every pending proposal were approved as asked. After the
    /// release the tactical pot would pay for them all, so it may be below zero.
    #[must_use]
    pub fn remaining_if_all_approved(&self, pot: Pot) -> Money {
        let remaining = self.pot(pot).remaining();
        match (self.released_on, pot) {
            (None, pot) => remaining - self.pipeline(pot),
            (Some(_), Pot::Upfront) => remaining,
            (Some(_), Pot::Tactical) => {
                remaining - self.pipeline(Pot::Upfront) - self.pipeline(Pot::Tactical)
            }
        }
    }

    /// What would be left in both pots together if every pending proposal were approved as asked;
    /// below zero where more is asked than there is.
    #[must_use]
    pub fn uncommitted_if_all_approved(&self) -> Money {
        Pot::ALL
            .iter()
            .fold(self.uncommitted(), |left, pot| left - self.pipeline(*pot))
    }

    /// What an event would move, as things stand.
    #[must_use]
    pub fn flows(&self, event: &Event) -> Vec<Flow> {
        let pot = event
            .project()
            .and_then(|project| self.projects.get(project))
            .map(|project| project.pot);
        flows(event, pot, self.released_on.is_some())
    }

    /// Folds one more entry in, and says what it moved.
    ///
    /// # Errors
    ///
    /// [`FoldError`]; the portfolio is then as it was.
    pub fn apply(&mut self, entry: &Entry) -> Result<Vec<Flow>, FoldError> {
        if let Some(project) = entry.event.project() {
            match (self.projects.contains_key(project), &entry.event) {
                (true, Event::Propose { .. }) => {
                    return Err(FoldError::ProjectExists(project.clone()));
                }
                (false, event) if !matches!(event, Event::Propose { .. }) => {
                    return Err(FoldError::UnknownProject(project.clone()));
                }
                _ => {}
            }
        }
        let moved = self.flows(&entry.event);
        for flow in &moved {
            self.move_money(flow);
        }
        self.note(entry);
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
            (Account::Pot(pot), Account::Returned) => self.pot_mut(*pot).returned += amount,
            (Account::Project(project), Account::Returned) => {
                self.with(project, |project| project.returned += amount)
            }
            // No arrow of the money model leads elsewhere.
            _ => {}
        }
    }

    fn with(&mut self, project: &ProjectRef, change: impl FnOnce(&mut Project)) {
        if let Some(project) = self.projects.get_mut(project) {
            change(project);
        }
    }

    /// Takes in what an entry says beyond the money it moves.
    fn note(&mut self, entry: &Entry) {
        if entry.override_reason.is_some() {
            self.overrides.insert(entry.number);
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
                    approved: false,
                    spent: Money::ZERO,
                    returned: Money::ZERO,
                    forecast: None,
                    targets: BTreeMap::new(),
                    outcomes: BTreeMap::new(),
                    progress: None,
                };
                self.projects.insert(project.clone(), proposed);
            }
            event => {
                if let Some(project) = event
                    .project()
                    .and_then(|project| self.projects.get_mut(project))
                {
                    project.note(entry);
                }
            }
        }
    }
}

impl Project {
    fn note(&mut self, entry: &Entry) {
        if let Some(stage) = Stage::brought_by(entry.event.kind()) {
            self.stage = stage;
            self.since = entry.on;
        }
        match &entry.event {
            Event::Amend {
                amount,
                title,
                lead,
                priorities,
                ..
            } => {
                if let Some(amount) = amount {
                    self.requested = *amount;
                    self.asked = *amount;
                }
                replace(&mut self.title, title.as_ref());
                replace(&mut self.lead, lead.as_ref());
                replace(&mut self.priorities, priorities.as_ref());
            }
            Event::Recommend { amount, .. } => replace(&mut self.asked, amount.as_ref()),
            Event::Submit { amount, .. } => {
                replace(&mut self.asked, amount.as_ref());
                self.submitted = Some(self.asked);
            }
            Event::Approve { .. } => self.approved = true,
            Event::Progress { .. } => self.progress = Some(entry.number),
            Event::Forecast { amount, .. } => self.forecast = Some(*amount),
            Event::Target { measure, value, .. } => {
                self.targets.insert(measure.clone(), *value);
            }
            Event::Outcome { measure, value, .. } => {
                self.outcomes.insert(measure.clone(), *value);
            }
            _ => {}
        }
    }
}

fn replace<T: Clone>(old: &mut T, new: Option<&T>) {
    if let Some(new) = new {
        new.clone_into(old);
    }
}
