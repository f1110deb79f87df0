//! [`Project`]: the figures of one project.

use std::collections::BTreeMap;

use crate::model::{Date, DetailField, EntryNumber, Money, Pot, Priorities, Quantity, Stage};

/// The figures of one project, and the stage it has reached.
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
    /// The stage it has reached.
    pub stage: Stage,
    /// The day it reached that stage.
    pub since: Date,
    /// The amount it asked for, as last amended.
    pub requested: Money,
    /// The latest amount asked, recommended or submitted, which its approval would take from the
    /// pot.
    pub asked: Money,
    /// The amount in the business case submitted to the OPCC.
    pub submitted: Option<Money>,
    /// Its award, as varied and less what was withdrawn.
    pub award: Money,
    /// The day on which it was approved; `None` before.
    pub approved_on: Option<Date>,
    /// Its spend, less refunds.
    pub spent: Money,
    /// The part of its award that was returned to the OPCC, less what was repaid to it.
    pub returned: Money,
    /// The part of its award that lapsed.
    pub lapsed: Money,
    /// The lead's latest projection of spend to 31 March.
    pub forecast: Option<Money>,
    /// Its targets, by measure.
    pub targets: BTreeMap<String, Quantity>,
    /// Its outcomes to date, by measure.
    pub outcomes: BTreeMap<String, Quantity>,
    /// The latest `progress` entry.
    pub progress: Option<EntryNumber>,
    /// Facts that a duty asks for.
    pub details: BTreeMap<DetailField, String>,
}

impl Project {
    /// The amount of its business case, which its award may not exceed: what was submitted, or else
    /// the latest amount asked.
    pub fn business_case(&self) -> Money {
        self.submitted.unwrap_or(self.asked)
    }

    /// The award not spent, whether returned or not.
    pub fn underspend(&self) -> Money {
        self.award - self.spent
    }

    /// The award it still holds: neither spent, nor returned, nor lapsed.
    pub fn unspent(&self) -> Money {
        self.award - self.spent - self.returned - self.lapsed
    }
}
