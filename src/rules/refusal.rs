//! [`Refusal`]: why an entry may not be recorded, with the facts.

use crate::fold::Account;
use crate::model::{Date, EntryNumber, FinancialYear, Kind, Money, ProjectRef, Stage};

/// Why an entry may not be recorded.
///
/// When several apply, the first is given, in the order of this list. Some of them are lapses of
/// process, which an override with a reason sets aside ([`Refusal::can_be_overridden`]); the first
/// of the others is then given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the fields are what the sentences show")]
pub enum Refusal {
    /// A closed year takes only `reopen`, `published`, `explain` and `issue`.
    #[error("{year} is closed: it takes no {kind} until it is reopened")]
    YearClosed { year: FinancialYear, kind: Kind },
    /// Only a closed year is reopened.
    #[error("{year} is not closed, so there is nothing to reopen")]
    NotClosed { year: FinancialYear },
    /// `reverse` and `explain` name an entry of the same year.
    #[error("{year} has no entry {entry}")]
    NoSuchEntry {
        year: FinancialYear,
        entry: EntryNumber,
    },
    /// `explain` names a `published` entry.
    #[error("entry {entry} is {}: only a published figure is explained", a(*kind))]
    NotPublished { entry: EntryNumber, kind: Kind },
    /// A reversal is not reversed; `close` is undone by `reopen`, and `reopen` by `close`.
    #[error("entry {entry} is {}, which is not reversed", a(*kind))]
    NotReversible { entry: EntryNumber, kind: Kind },
    /// An entry is reversed once.
    #[error("entry {entry} is already reversed, by entry {by}")]
    AlreadyReversed { entry: EntryNumber, by: EntryNumber },
    /// A reversal takes the date of the entry it reverses.
    #[error("entry {entry} takes effect on {on}, and so must its reversal: {asked} was given")]
    OnAnotherDay {
        entry: EntryNumber,
        on: Date,
        asked: Date,
    },
    /// A year is closed and reopened in the order of the days.
    #[error(
        "{year} was last closed or reopened on {last}: a {kind} is not dated before that, on {on}"
    )]
    BeforeLastClose {
        year: FinancialYear,
        kind: Kind,
        on: Date,
        last: Date,
    },
    /// The project was not proposed by that day.
    #[error("{year} has no project {project} on {on}")]
    UnknownProject {
        year: FinancialYear,
        project: ProjectRef,
        on: Date,
    },
    /// A ref is unique in its year.
    #[error("{year} already has a project {project}")]
    ProjectExists {
        year: FinancialYear,
        project: ProjectRef,
    },
    /// A project is approved once; after that no decision is taken on it as a proposal.
    #[error("project {project} is already approved, with an award of {}", award.pounds())]
    AlreadyApproved { project: ProjectRef, award: Money },
    /// `release` is recorded again only when money was left in the upfront pot.
    #[error("the upfront pot was released on {released_on} and holds nothing on {on}")]
    NothingToRelease {
        year: FinancialYear,
        released_on: Date,
        on: Date,
    },
    /// Decisions and `allocate` are dated from 1 January before the year to its 31 March, spend and
    /// refunds from 1 April, the rest from 1 January before the year.
    #[error("{kind} on {on} is outside the days for it, {}", window(.first, .last))]
    OutsideWindow {
        kind: Kind,
        on: Date,
        first: Date,
        last: Option<Date>,
    },
    /// Decisions have an order, and spend needs an approved project that is neither complete nor
    /// withdrawn.
    #[error("project {project} is {stage} on {on}: {kind} needs it {}", any_of(.needs))]
    OutOfOrder {
        kind: Kind,
        project: ProjectRef,
        on: Date,
        stage: Stage,
        needs: &'static [Stage],
    },
    /// The amount asked is corrected before approval.
    #[error(
        "project {project} is approved: its amount is varied by increase or reduce, not by amend"
    )]
    AmountIsApproved { project: ProjectRef },
    /// A year is confirmed once.
    #[error("{year} is already confirmed")]
    AlreadyConfirmed { year: FinancialYear },
    /// The OPCC never awards more than was submitted.
    #[error("{} is {} more than the {} that was submitted for project {project}", asked.pounds(), (*asked - *submitted).pounds(), submitted.pounds())]
    MoreThanSubmitted {
        project: ProjectRef,
        asked: Money,
        submitted: Money,
    },
    /// No tactical project is approved before the release.
    #[error(
        "project {project} is tactical, and the tactical pot is not open on {on}: the upfront pot is not released yet"
    )]
    PotNotOpen {
        year: FinancialYear,
        project: ProjectRef,
        on: Date,
    },
    /// No release while an upfront proposal is undecided.
    #[error("upfront proposals are undecided on {on}: {}", list(.projects))]
    Undecided { on: Date, projects: Vec<ProjectRef> },
    /// The same spend twice.
    #[error("project {project} already has a spend of {} on {on} with the same supplier and reference", amount.pounds())]
    Duplicate {
        project: ProjectRef,
        on: Date,
        amount: Money,
    },
    /// A year is closed after all that happened in it.
    #[error("{year} has entries dated after {on}, the last on {last}")]
    DatedAfterClose {
        year: FinancialYear,
        on: Date,
        last: Date,
    },
    /// A year is closed when all its money is spent or returned.
    #[error("{} of {year} is neither spent nor returned: {}", total.pounds(), holdings(.held))]
    Unaccounted {
        year: FinancialYear,
        total: Money,
        held: Vec<(Account, Money)>,
    },
    /// What a `release` or `withdraw` moves is one amount of one entry.
    #[error("{kind} would move {}, more than the {} that one entry may hold", left.pounds(), Money::LARGEST.pounds())]
    TooLarge { kind: Kind, left: Money },
    /// `release` and `withdraw` move what is left, no other amount.
    #[error("{kind} moves what is left, {}: {} was given, {} apart", left.pounds(), given.pounds(), (*given - *left).abs().pounds())]
    AmountDiffers {
        kind: Kind,
        given: Money,
        left: Money,
    },
    /// No account is below zero at the end of any day.
    #[error("{account} would be {} short on {on}: {} asked, {} there", (*asked - *there).pounds(), asked.pounds(), there.pounds())]
    Overdrawn {
        year: FinancialYear,
        kind: Kind,
        account: Account,
        on: Date,
        asked: Money,
        there: Money,
    },
    /// What is recorded later in the year must still be in order.
    #[error("entry {entry} would be out of order: {why}")]
    BreaksLater {
        entry: EntryNumber,
        why: Box<Refusal>,
    },
}

impl Refusal {
    /// Its place in the order in which refusals are given.
    #[must_use]
    pub fn rank(&self) -> u8 {
        match self {
            Refusal::YearClosed { .. } => 0,
            Refusal::NotClosed { .. } => 1,
            Refusal::NoSuchEntry { .. } => 2,
            Refusal::NotPublished { .. } => 3,
            Refusal::NotReversible { .. } => 4,
            Refusal::AlreadyReversed { .. } => 5,
            Refusal::OnAnotherDay { .. } => 6,
            Refusal::BeforeLastClose { .. } => 7,
            Refusal::UnknownProject { .. } => 8,
            Refusal::ProjectExists { .. } => 9,
            Refusal::AlreadyApproved { .. } => 10,
            Refusal::NothingToRelease { .. } => 11,
            Refusal::OutsideWindow { .. } => 12,
            Refusal::OutOfOrder { .. } => 13,
            Refusal::AmountIsApproved { .. } => 14,
            Refusal::AlreadyConfirmed { .. } => 15,
            Refusal::MoreThanSubmitted { .. } => 16,
            Refusal::PotNotOpen { .. } => 17,
            Refusal::Undecided { .. } => 18,
            Refusal::Duplicate { .. } => 19,
            Refusal::DatedAfterClose { .. } => 20,
            Refusal::Unaccounted { .. } => 21,
            Refusal::TooLarge { .. } => 22,
            Refusal::AmountDiffers { .. } => 23,
            Refusal::Overdrawn { .. } => 24,
            Refusal::BreaksLater { .. } => 25,
        }
    }

    /// Is it a lapse of process, which an override with a reason sets aside?
    #[must_use]
    pub fn can_be_overridden(&self) -> bool {
        match self {
            Refusal::OutsideWindow { .. }
            | Refusal::OutOfOrder { .. }
            | Refusal::AmountIsApproved { .. }
            | Refusal::AlreadyConfirmed { .. }
            | Refusal::MoreThanSubmitted { .. }
            | Refusal::PotNotOpen { .. }
            | Refusal::Undecided { .. }
            | Refusal::Duplicate { .. }
            | Refusal::DatedAfterClose { .. }
            | Refusal::Unaccounted { .. } => true,
            Refusal::BreaksLater { why, .. } => why.can_be_overridden(),
            _ => false,
        }
    }
}

fn window(first: &Date, last: &Option<Date>) -> String {
    match last {
        Some(last) => format!("{first} to {last}"),
        None => format!("{first} or later"),
    }
}

/// The kind with its article.
fn a(kind: Kind) -> String {
    let article = if kind.as_str().starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {kind}")
}

fn any_of(stages: &[Stage]) -> String {
    stages
        .iter()
        .map(|stage| stage.as_str())
        .collect::<Vec<_>>()
        .join(" or ")
}

fn list(projects: &[ProjectRef]) -> String {
    projects
        .iter()
        .map(ProjectRef::as_str)
        .collect::<Vec<_>>()
        .join(", ")
}

fn holdings(held: &[(Account, Money)]) -> String {
    held.iter()
        .map(|(account, amount)| format!("{account} {}", amount.pounds()))
        .collect::<Vec<_>>()
        .join(", ")
}
