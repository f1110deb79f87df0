//! [`Portfolio`]: the figures of one year, from which every other figure comes.

use std::collections::{BTreeMap, BTreeSet};

use crate::fold::accruals::Accruals;
use crate::fold::due::{Due, Met};
use crate::fold::left::Left;
use crate::fold::pot::PotPosition;
use crate::fold::pot_names::PotNames;
use crate::fold::project::Project;
use crate::model::{Date, DetailField, EntryNumber, FinancialYear, Holder, Money, Pot, ProjectRef};

/// The figures of one year's grant. They always add up:
/// `allocation = spent + returned + lapsed + unspent awards + uncommitted`.
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
    /// `true` once the OPCC has formally confirmed it.
    pub confirmed: bool,
    /// `true` while it is closed.
    pub closed: bool,
    /// The day of the first release, which closed the upfront round and opened the tactical pot.
    pub released_on: Option<Date>,
    /// The money that `release` entries moved.
    pub released: Money,
    /// Cash received from the OPCC.
    pub received: Money,
    /// The upfront pot.
    pub upfront: PotPosition,
    /// The tactical pot.
    pub tactical: PotPosition,
    /// The part of the spend that includes VAT, less refunds.
    pub gross: Money,
    /// Every project ever proposed.
    pub projects: BTreeMap<ProjectRef, Project>,
    /// The part of the projects' spend whose invoices are to come.
    pub accruals: Accruals,
    /// The entries that set a process rule aside, each with its reason on record.
    pub overrides: BTreeSet<EntryNumber>,
    /// Facts that a duty asks for, of the year.
    pub details: BTreeMap<DetailField, String>,
    /// What is to be done by a day, by the number of its `due` entry.
    pub dues: BTreeMap<EntryNumber, Due>,
    /// What of it is done, by the number of its `due` entry.
    pub met: BTreeMap<EntryNumber, Met>,
}

impl Portfolio {
    /// A year in which nothing has happened yet.
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
            gross: Money::ZERO,
            projects: BTreeMap::new(),
            accruals: Accruals::default(),
            overrides: BTreeSet::new(),
            details: BTreeMap::new(),
            dues: BTreeMap::new(),
            met: BTreeMap::new(),
        }
    }

    /// The figures of one pot.
    pub fn pot(&self, pot: Pot) -> &PotPosition {
        match pot {
            Pot::Upfront => &self.upfront,
            Pot::Tactical => &self.tactical,
        }
    }

    pub(super) fn pot_mut(&mut self, pot: Pot) -> &mut PotPosition {
        match pot {
            Pot::Upfront => &mut self.upfront,
            Pot::Tactical => &mut self.tactical,
        }
    }

    /// Returns `true` if the pot is open: the upfront pot until the release, the tactical pot from
    /// then on.
    pub fn is_open(&self, pot: Pot) -> bool {
        (pot == Pot::Tactical) == self.released_on.is_some()
    }

    /// What the pots are called, from their money and projects so far.
    pub fn pot_names(&self) -> PotNames {
        let is_used = |pot: Pot| {
            !self.pot(pot).allocated.is_zero() || self.projects.values().any(|it| it.pot == pot)
        };
        match (is_used(Pot::Upfront), is_used(Pot::Tactical)) {
            _ if self.released_on.is_some() => PotNames::Two,
            (true, false) => PotNames::One(Pot::Upfront),
            (false, true) => PotNames::One(Pot::Tactical),
            _ => PotNames::Two,
        }
    }

    /// Returns `true` if a project of the pot can be approved: the tactical pot waits for the
    /// release, unless it is the only one.
    pub fn may_award_from(&self, pot: Pot) -> bool {
        pot == Pot::Upfront || self.is_open(pot) || self.pot_names().is_one()
    }

    /// The year's allocation, both pots.
    pub fn allocation(&self) -> Money {
        self.upfront.allocated + self.tactical.allocated
    }

    /// The awards of both pots' projects.
    pub fn awards(&self) -> Money {
        self.upfront.committed + self.tactical.committed
    }

    /// The money left in both pots.
    pub fn uncommitted(&self) -> Money {
        self.upfront.remaining() + self.tactical.remaining()
    }

    /// The spend of all projects, less refunds.
    pub fn spent(&self) -> Money {
        self.projects.values().map(|project| project.spent).sum()
    }

    /// The awards that projects still hold: neither spent, nor returned, nor lapsed.
    pub fn unspent_awards(&self) -> Money {
        self.projects.values().map(Project::unspent).sum()
    }

    /// The money returned to the OPCC, from pots and from projects, less what it repaid.
    pub fn returned(&self) -> Money {
        let by_projects: Money = self.projects.values().map(|project| project.returned).sum();
        self.upfront.returned + self.tactical.returned + by_projects
    }

    /// The money that lapsed, from pots and from projects.
    pub fn lapsed(&self) -> Money {
        let by_projects: Money = self.projects.values().map(|project| project.lapsed).sum();
        self.upfront.lapsed + self.tactical.lapsed + by_projects
    }

    /// Returns `true` if the year has ended before this day and is not closed.
    pub fn is_overdue(&self, on: Date) -> bool {
        !self.closed && self.year.last_day() < on
    }

    /// All that the allocation has become: spent, returned, lapsed, still with projects, still in
    /// the pots.
    pub fn accounted(&self) -> Money {
        let gone = self.spent() + self.returned() + self.lapsed();
        gone + self.unspent_awards() + self.uncommitted()
    }

    /// The allocation not spent, whether returned or not.
    pub fn underspend(&self) -> Money {
        self.allocation() - self.spent()
    }

    /// Unspent awards and uncommitted money.
    pub fn left(&self) -> Left {
        self.left_after(Money::ZERO)
    }

    /// What would be left if this much more were spent.
    pub fn left_after(&self, spend: Money) -> Left {
        let total = self.unspent_awards() + self.uncommitted() - spend;
        Left::new(total, self.received, self.cash_held() - spend)
    }

    /// What each pot and project has left. What was not drawn falls on the pots first, then on the
    /// projects by ref.
    pub fn left_by_holder(&self) -> Vec<(Holder, Left)> {
        let pots = Pot::ALL.iter();
        let pots = pots.map(|pot| (Holder::Pot(*pot), self.pot(*pot).remaining()));
        let projects = self.projects.iter();
        let projects = projects
            .map(|(reference, project)| (Holder::Project(reference.clone()), project.unspent()));
        let mut rest = self.not_drawn();
        let parts = pots.chain(projects).map(|(holder, total)| {
            let not_drawn = total.min(rest);
            rest -= not_drawn;
            let to_return = total - not_drawn;
            (
                holder,
                Left {
                    to_return,
                    not_drawn,
                },
            )
        });
        parts.collect()
    }

    /// The part of what is left that is to be returned.
    pub fn to_return(&self) -> Money {
        self.left().to_return
    }

    /// The part of what is left that the OPCC has not paid.
    pub fn not_drawn(&self) -> Money {
        self.left().not_drawn
    }

    /// Cash received, less what was spent and returned; below zero if more has been spent than
    /// received.
    pub fn cash_held(&self) -> Money {
        self.received - self.spent() - self.returned()
    }

    /// The amount that the pending proposals of a pot ask for.
    pub fn pipeline(&self, pot: Pot) -> Money {
        self.pending(pot).map(|(_, project)| project.asked).sum()
    }

    /// The pending proposals of a pot.
    pub fn pending(&self, pot: Pot) -> impl Iterator<Item = (&ProjectRef, &Project)> {
        self.projects
            .iter()
            .filter(move |(_, project)| project.pot == pot && project.stage.is_pending())
    }

    /// The money that would be left in a pot if every pending proposal were approved as asked; it
    /// may be below zero. After the release the tactical pot would pay for them all.
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

    /// The money that would be left in both pots together if every pending proposal were approved
    /// as asked; below zero if more is asked than there is.
    pub fn uncommitted_if_all_approved(&self) -> Money {
        Pot::ALL
            .iter()
            .fold(self.uncommitted(), |left, pot| left - self.pipeline(*pot))
    }
}
