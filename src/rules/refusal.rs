//! [`Refusal`]: why an entry may not be recorded, with the facts.

use crate::fold::{Account, PotNames};
use crate::model::{
    Date, EntryNumber, FinancialYear, Holder, Kind, Money, ProjectRef, Stage, keywords,
};
use crate::rules::refusals::refusals;
use crate::rules::remedy::Remedy;

/// What an override does to a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Nothing: the rule is absolute.
    Absolute,
    /// It sets the refusal aside: the rule is one of process.
    Process,
}

refusals! { year:
    /// A closed year takes only the kinds that [`Kind::is_allowed_when_closed`] lists.
    #[error("{year} is closed; reopen it before recording {}", kind.noun())]
    YearClosed = "year-closed", Absolute { kind: Kind },

    /// Only a closed year is reopened.
    #[error("{year} is not closed, so it cannot be reopened")]
    NotClosed = "not-closed", Absolute {},

    /// An entry names an earlier one of the same year, except that a `match` may name any year's.
    #[error("{year} has no entry {entry}")]
    NoSuchEntry = "no-such-entry", Absolute { entry: EntryNumber },

    /// `explain` names a `published` entry.
    #[error("entry {entry} is {}; only a published figure can be explained", kind.noun())]
    NotPublished = "not-published", Absolute { entry: EntryNumber, kind: Kind },

    /// `met` names a `due` entry.
    #[error("entry {entry} is {}; only a deadline can be met", kind.noun())]
    NotDue = "not-due", Absolute { entry: EntryNumber, kind: Kind },

    /// A reversal is not reversed; `close` is undone by `reopen`, and `reopen` by `close`.
    #[error("entry {entry} is {}, which cannot be reversed", kind.noun())]
    NotReversible = "not-reversible", Absolute { entry: EntryNumber, kind: Kind },

    /// An entry is reversed once.
    #[error("entry {entry} has already been reversed, by entry {by}")]
    AlreadyReversed = "already-reversed", Absolute { entry: EntryNumber, by: EntryNumber },

    /// A reversal takes the date of the entry it reverses.
    #[error(
        "entry {entry} takes effect on {}; its reversal cannot be dated {}",
        on.long(), asked.long()
    )]
    OnAnotherDay = "on-another-day", Absolute { entry: EntryNumber, on: Date, asked: Date },

    /// A year is closed and reopened in the order of the dates.
    #[error(
        "{year} was last closed or reopened on {}; {} cannot be dated before that, on {}",
        last.long(), kind.noun(), on.long()
    )]
    BeforeLastClose = "before-last-close", Absolute { kind: Kind, on: Date, last: Date },

    /// The project was not proposed by that day.
    #[error("{year} has no project {project} on {}", on.long())]
    UnknownProject = "unknown-project", Absolute { project: ProjectRef, on: Date },

    /// A ref is unique in its year.
    #[error("{year} already has a project {project}")]
    ProjectExists = "project-exists", Absolute { project: ProjectRef },

    /// A project is approved once; after that it is no longer decided on as a proposal.
    #[error("project {project} is already approved, with an award of {}", award.pounds())]
    AlreadyApproved = "already-approved", Absolute { project: ProjectRef, award: Money },

    /// `release` is recorded again only if money was left in the upfront pot.
    #[error(
        "the upfront pot was released on {} and holds nothing on {}",
        released_on.long(), on.long()
    )]
    NothingToRelease = "nothing-to-release", Absolute { released_on: Date, on: Date },

    /// Decisions and `allocate` are dated from 1 January before the year to its 31 March, spend and
    /// refunds from 1 April, the rest from 1 January before the year.
    #[error(
        "{} for {year} cannot be dated {}; give {}",
        kind.noun(), on.long(), window(*first, *last)
    )]
    OutsideWindow = "outside-window", Process {
        kind: Kind, on: Date, first: Date, last: Option<Date>,
    },

    /// An entry lies at most 31 days ahead of the day on which it is recorded.
    #[error(
        "{} is more than {max_days} days after today, {}; an entry cannot lie so far ahead",
        on.long(), today.long()
    )]
    NotYet = "not-yet", Process { kind: Kind, on: Date, today: Date, max_days: u32 },

    /// Decisions have an order, and spend needs an approved project that is neither complete nor
    /// withdrawn.
    #[error(
        "project {project} is {stage} on {}; for {} it must be {}",
        on.long(), kind.noun(), any_of(needs)
    )]
    OutOfOrder = "out-of-order", Process {
        kind: Kind, project: ProjectRef, on: Date, stage: Stage, needs: &'static [Stage],
    },

    /// The amount asked is corrected before approval.
    #[error(
        "project {project} is approved; record an increase or a reduction to change its amount"
    )]
    AmountIsApproved = "amount-is-approved", Process { project: ProjectRef },

    /// A year is confirmed once.
    #[error("{year} is already confirmed")]
    AlreadyConfirmed = "already-confirmed", Process {},

    /// The OPCC never awards more than was submitted.
    #[error(
        "{} is {} more than the {} submitted for project {project}",
        asked.pounds(), (*asked - *submitted).pounds(), submitted.pounds()
    )]
    MoreThanSubmitted = "more-than-submitted", Process {
        project: ProjectRef, asked: Money, submitted: Money,
    },

    /// No tactical project is approved before the release.
    #[error(
        "project {project} is tactical, and the upfront pot has not been released by {}",
        on.long()
    )]
    PotNotOpen = "pot-not-open", Process { project: ProjectRef, on: Date },

    /// No release while an upfront proposal is undecided.
    #[error("{} are still undecided on {}: {}", proposals(*pots), on.long(), list(projects))]
    Undecided = "undecided", Process { on: Date, pots: PotNames, projects: Vec<ProjectRef> },

    /// Increases and reductions rest on the OPCC's agreement, returns on a payment.
    #[error("{} needs a reference: {agreement}", kind.noun())]
    NoReference = "no-reference", Process { kind: Kind, agreement: &'static str },

    /// The same money or cash twice.
    #[error(
        "{year} already has {} of {}{} on {} with the same {}",
        kind.noun(), amount.pounds(), of(*pots, account), on.long(), texts(*kind)
    )]
    Duplicate = "duplicate", Process {
        kind: Kind, pots: PotNames, account: Option<Account>, on: Date, amount: Money,
    },

    /// What was due is done once.
    #[error("entry {entry} was already met on {}, by entry {by}", on.long())]
    AlreadyMet = "already-met", Process { entry: EntryNumber, by: EntryNumber, on: Date },

    /// A year is closed after everything that happened in it.
    #[error(
        "{year} cannot be closed on {}; it has entries up to {} (entry {entry})",
        on.long(), last.long()
    )]
    DatedAfterClose = "dated-after-close", Process { on: Date, last: Date, entry: EntryNumber },

    /// A year is closed when all its money is spent or returned.
    #[error("{year} cannot be closed while it holds {}: {}", total.pounds(), holdings(*pots, held))]
    Unaccounted = "unaccounted", Process {
        pots: PotNames, total: Money, held: Vec<(Account, Money)>,
    },

    /// The OPCC does not repay more than it was paid; `instead` is whoever returned that much.
    #[error(
        "{} is {} more than {} has returned and not had back by {} ({})",
        asked.pounds(), (*asked - *there).pounds(), pots.account(holder), on.long(), there.pounds()
    )]
    MoreThanReturned = "more-than-returned", Absolute {
        kind: Kind, pots: PotNames, holder: Account, on: Date, asked: Money, there: Money,
        instead: Option<Holder>,
    },

    /// What a `release` or `withdraw` moves is one amount of one entry.
    #[error(
        "{} would move {}; one entry can hold at most {}",
        kind.noun(), left.pounds(), Money::MAX_ENTRY.pounds()
    )]
    TooLarge = "too-large", Absolute { kind: Kind, left: Money },

    /// `release` and `withdraw` move all that is left, and no other amount.
    #[error(
        "{} moves all that is left, {}; the amount given, {}, differs by {}",
        kind.noun(), left.pounds(), given.pounds(), (*given - *left).abs().pounds()
    )]
    AmountDiffers = "amount-differs", Absolute { kind: Kind, given: Money, left: Money },

    /// No account is below zero at the end of any day; a late invoice has a remedy.
    #[error(
        "{} is {} more than {} {} ({})",
        asked.pounds(), (*asked - *there).pounds(), has(*pots, account), on.long(), there.pounds()
    )]
    Overdrawn = "overdrawn", Absolute {
        kind: Kind, pots: PotNames, account: Account, on: Date, asked: Money, there: Money,
        remedy: Option<Box<Remedy>>,
    },

    /// What is recorded later in the year must still be allowed.
    #[error("entry {entry} would no longer be allowed: {why}")]
    BreaksLater = "breaks-later", Absolute { entry: EntryNumber, why: Box<Refusal> },
}

impl Refusal {
    /// The code of its rule, which does not change: `year-closed`.
    pub fn code(&self) -> &'static str {
        self.rule().as_str()
    }

    /// Why no amount would do, if this refuses the smallest: its sentence without the amount that
    /// was asked.
    pub fn whatever_the_amount(&self) -> String {
        let nothing = |there: &Money| {
            if there.is_zero() {
                "nothing".to_owned()
            } else {
                there.pounds().to_string()
            }
        };
        match self {
            Refusal::Overdrawn {
                account: Account::Spent(project),
                on,
                there,
                ..
            } => format!(
                "project {project} has spent {} by {}",
                nothing(there),
                on.long()
            ),
            Refusal::Overdrawn {
                pots,
                account,
                on,
                there,
                ..
            } => {
                let (account, nothing) = (pots.account(account), nothing(there));
                format!("{account} has {nothing} left on {}", on.long())
            }
            Refusal::MoreThanReturned {
                pots,
                holder,
                on,
                there,
                ..
            } => {
                let (holder, nothing) = (pots.account(holder), nothing(there));
                format!(
                    "{holder} has returned {nothing} by {} that it has not had back",
                    on.long()
                )
            }
            Refusal::BreaksLater { entry, .. } => {
                format!("entry {entry} would no longer be allowed")
            }
            refusal => refusal.to_string(),
        }
    }

    /// Returns `true` if it is a lapse of process, which an override with a reason sets aside. A
    /// refusal because of a later entry is as what that entry would then break.
    pub fn can_be_overridden(&self) -> bool {
        match self {
            Refusal::BreaksLater { why, .. } => why.can_be_overridden(),
            refusal => refusal.rule().class() == Class::Process,
        }
    }
}

fn window(first: Date, last: Option<Date>) -> String {
    match last {
        Some(last) => format!("a date from {} to {}", first.long(), last.long()),
        None => format!("{} or a later date", first.long()),
    }
}

fn of(pots: PotNames, account: &Option<Account>) -> String {
    let account = account.as_ref();
    account
        .map(|account| format!(" for {}", pots.account(account)))
        .unwrap_or_default()
}

fn texts(kind: Kind) -> &'static str {
    if kind.is_spending() {
        "supplier and reference"
    } else {
        "reference"
    }
}

/// What an account can give, up to a day that follows.
fn has(pots: PotNames, account: &Account) -> String {
    match account {
        Account::Spent(project) => format!("project {project} has spent by"),
        account => format!("{} has left on", pots.account(account)),
    }
}

fn any_of(stages: &[Stage]) -> String {
    let stages: Vec<&str> = stages.iter().map(|stage| stage.as_str()).collect();
    match stages.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

fn proposals(pots: PotNames) -> &'static str {
    match pots {
        PotNames::Two => "upfront proposals",
        PotNames::One(_) => "proposals",
    }
}

fn list(projects: &[ProjectRef]) -> String {
    let projects: Vec<&str> = projects.iter().map(ProjectRef::as_str).collect();
    projects.join(", ")
}

fn holdings(pots: PotNames, held: &[(Account, Money)]) -> String {
    let holding =
        |(account, held): &(Account, Money)| format!("{} {}", pots.account(account), held.pounds());
    held.iter().map(holding).collect::<Vec<_>>().join(", ")
}
