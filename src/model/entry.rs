//! [`Entry`]: one thing that happened, and [`Draft`]: one that is asked to be recorded.

use crate::model::date::{Date, Moment};
use crate::model::id::{EntryNumber, ProjectRef};
use crate::model::kind::{Kind, Pot, Vat};
use crate::model::measure::Measure;
use crate::model::money::Money;
use crate::model::priority::Priorities;
use crate::model::quantity::Quantity;
use crate::model::year::FinancialYear;

/// What happened, with what its [`Kind`] needs.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the variants are documented at `Kind`, the fields at `Column`"
)]
pub enum Event {
    Allocate {
        pot: Pot,
        amount: Money,
    },
    Cut {
        pot: Pot,
        amount: Money,
    },
    Confirm,
    Propose {
        project: ProjectRef,
        pot: Pot,
        amount: Money,
        title: String,
        lead: String,
        priorities: Priorities,
    },
    Amend {
        project: ProjectRef,
        amount: Option<Money>,
        title: Option<String>,
        lead: Option<String>,
        priorities: Option<Priorities>,
    },
    Recommend {
        project: ProjectRef,
        amount: Option<Money>,
    },
    Endorse {
        project: ProjectRef,
    },
    Submit {
        project: ProjectRef,
        amount: Option<Money>,
    },
    Decline {
        project: ProjectRef,
    },
    Reject {
        project: ProjectRef,
    },
    Approve {
        project: ProjectRef,
        amount: Money,
    },
    Increase {
        project: ProjectRef,
        amount: Money,
    },
    Reduce {
        project: ProjectRef,
        amount: Money,
    },
    /// The amount is worked out when the entry is recorded; a draft may leave it out.
    Withdraw {
        project: ProjectRef,
        amount: Option<Money>,
    },
    /// The amount is worked out when the entry is recorded; a draft may leave it out.
    Release {
        amount: Option<Money>,
    },
    Spend {
        project: ProjectRef,
        amount: Money,
        supplier: Option<String>,
        vat: Vat,
    },
    Refund {
        project: ProjectRef,
        amount: Money,
        supplier: Option<String>,
        vat: Vat,
    },
    Complete {
        project: ProjectRef,
    },
    Return {
        holder: Holder,
        amount: Money,
    },
    Receive {
        amount: Money,
    },
    Progress {
        project: ProjectRef,
    },
    Target {
        project: ProjectRef,
        measure: String,
        value: Quantity,
    },
    Outcome {
        project: ProjectRef,
        measure: String,
        value: Quantity,
    },
    Forecast {
        project: ProjectRef,
        amount: Money,
    },
    Published {
        measure: Measure,
        project: Option<ProjectRef>,
        amount: Money,
        title: String,
    },
    Explain {
        entry: EntryNumber,
    },
    Issue {
        title: String,
        value: String,
    },
    Close,
    Reopen,
    Reverse {
        entry: EntryNumber,
    },
}

/// Who holds the money that is returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// A pot: money that was never committed.
    Pot(Pot),
    /// A project: the unspent part of its award.
    Project(ProjectRef),
}

impl Event {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Event::Allocate { .. } => Kind::Allocate,
            Event::Cut { .. } => Kind::Cut,
            Event::Confirm => Kind::Confirm,
            Event::Propose { .. } => Kind::Propose,
            Event::Amend { .. } => Kind::Amend,
            Event::Recommend { .. } => Kind::Recommend,
            Event::Endorse { .. } => Kind::Endorse,
            Event::Submit { .. } => Kind::Submit,
            Event::Decline { .. } => Kind::Decline,
            Event::Reject { .. } => Kind::Reject,
            Event::Approve { .. } => Kind::Approve,
            Event::Increase { .. } => Kind::Increase,
            Event::Reduce { .. } => Kind::Reduce,
            Event::Withdraw { .. } => Kind::Withdraw,
            Event::Release { .. } => Kind::Release,
            Event::Spend { .. } => Kind::Spend,
            Event::Refund { .. } => Kind::Refund,
            Event::Complete { .. } => Kind::Complete,
            Event::Return { .. } => Kind::Return,
            Event::Receive { .. } => Kind::Receive,
            Event::Progress { .. } => Kind::Progress,
            Event::Target { .. } => Kind::Target,
            Event::Outcome { .. } => Kind::Outcome,
            Event::Forecast { .. } => Kind::Forecast,
            Event::Published { .. } => Kind::Published,
            Event::Explain { .. } => Kind::Explain,
            Event::Issue { .. } => Kind::Issue,
            Event::Close => Kind::Close,
            Event::Reopen => Kind::Reopen,
            Event::Reverse { .. } => Kind::Reverse,
        }
    }

    /// The project it speaks of.
    #[must_use]
    pub fn project(&self) -> Option<&ProjectRef> {
        match self {
            Event::Propose { project, .. }
            | Event::Amend { project, .. }
            | Event::Recommend { project, .. }
            | Event::Endorse { project }
            | Event::Submit { project, .. }
            | Event::Decline { project }
            | Event::Reject { project }
            | Event::Approve { project, .. }
            | Event::Increase { project, .. }
            | Event::Reduce { project, .. }
            | Event::Withdraw { project, .. }
            | Event::Spend { project, .. }
            | Event::Refund { project, .. }
            | Event::Complete { project }
            | Event::Return {
                holder: Holder::Project(project),
                ..
            }
            | Event::Progress { project }
            | Event::Target { project, .. }
            | Event::Outcome { project, .. }
            | Event::Forecast { project, .. } => Some(project),
            Event::Published { project, .. } => project.as_ref(),
            _ => None,
        }
    }

    /// The pot it names itself; a project's pot is known from its `propose`.
    #[must_use]
    pub fn pot(&self) -> Option<Pot> {
        match self {
            Event::Allocate { pot, .. }
            | Event::Cut { pot, .. }
            | Event::Propose { pot, .. }
            | Event::Return {
                holder: Holder::Pot(pot),
                ..
            } => Some(*pot),
            _ => None,
        }
    }

    /// The amount it holds.
    #[must_use]
    pub fn amount(&self) -> Option<Money> {
        match self {
            Event::Allocate { amount, .. }
            | Event::Cut { amount, .. }
            | Event::Propose { amount, .. }
            | Event::Approve { amount, .. }
            | Event::Increase { amount, .. }
            | Event::Reduce { amount, .. }
            | Event::Spend { amount, .. }
            | Event::Refund { amount, .. }
            | Event::Return { amount, .. }
            | Event::Receive { amount }
            | Event::Forecast { amount, .. }
            | Event::Published { amount, .. } => Some(*amount),
            Event::Amend { amount, .. }
            | Event::Recommend { amount, .. }
            | Event::Submit { amount, .. }
            | Event::Withdraw { amount, .. }
            | Event::Release { amount } => *amount,
            _ => None,
        }
    }

    /// The entry it speaks of.
    #[must_use]
    pub fn refers_to(&self) -> Option<EntryNumber> {
        match self {
            Event::Explain { entry } | Event::Reverse { entry } => Some(*entry),
            _ => None,
        }
    }
}

/// An entry asked for, before the rules have seen it.
///
/// ```
/// use crg::model::{Draft, Event, Pot};
///
/// let draft = Draft {
///     on: Some("2026-04-01".parse()?),
///     year: "2026/27".parse()?,
///     by: "KCST".into(),
///     event: Event::Allocate { pot: Pot::Tactical, amount: "13,100".parse()? },
///     reference: None,
///     note: None,
///     override_reason: None,
/// };
/// assert_eq!(draft.event.kind().as_str(), "allocate");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The day it takes effect; a `reverse` may leave it out and takes that of the entry it
    /// reverses.
    pub on: Option<Date>,
    /// The grant year.
    pub year: FinancialYear,
    /// Who asks.
    pub by: String,
    /// What happened.
    pub event: Event,
    /// An invoice, a letter, an agreement.
    pub reference: Option<String>,
    /// Anything a reader should know.
    pub note: Option<String>,
    /// Why a process rule is set aside.
    pub override_reason: Option<String>,
}

/// Where an entry stands in the fold: by the day it takes effect, then in the order recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The day it takes effect.
    pub on: Date,
    /// Its number.
    pub number: EntryNumber,
}

/// An entry as recorded. It is never edited or deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number: 1, 2, 3 … in the order recorded.
    pub number: EntryNumber,
    /// The day it takes effect.
    pub on: Date,
    /// The moment it was recorded.
    pub recorded: Moment,
    /// Who recorded it.
    pub by: String,
    /// The grant year.
    pub year: FinancialYear,
    /// What happened.
    pub event: Event,
    /// An invoice, a letter, an agreement.
    pub reference: Option<String>,
    /// Anything a reader should know.
    pub note: Option<String>,
    /// Why a process rule was set aside.
    pub override_reason: Option<String>,
}

impl Entry {
    /// Where it stands in the fold.
    #[must_use]
    pub fn position(&self) -> Position {
        Position {
            on: self.on,
            number: self.number,
        }
    }

    /// The draft that asks for just this.
    #[must_use]
    pub fn to_draft(&self) -> Draft {
        Draft {
            on: Some(self.on),
            year: self.year,
            by: self.by.clone(),
            event: self.event.clone(),
            reference: self.reference.clone(),
            note: self.note.clone(),
            override_reason: self.override_reason.clone(),
        }
    }
}
