//! [`Flow`]: money on its way from one [`Account`] to another.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::model::{End, Event, Holder, Money, Pot, ProjectRef};

/// An account that a year's money can be in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// With the funder, before it is allocated or after a cut.
    Opcc,
    /// In a pot, uncommitted.
    Pot(Pot),
    /// Awarded to a project and unspent.
    Project(ProjectRef),
    /// Spent by a project.
    Spent(ProjectRef),
    /// Paid back to the OPCC by one pot or project, less what the OPCC repaid; `None` for all of
    /// them together, as reports show it.
    Returned(Option<Holder>),
    /// Lapsed: the OPCC had not paid it out, and keeps it.
    Lapsed,
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Account::Opcc => f.pad("the OPCC"),
            Account::Pot(pot) => f.pad(&format!("the {pot} pot")),
            Account::Project(project) => f.pad(&format!("project {project}")),
            Account::Spent(project) => f.pad(&format!("the spend of project {project}")),
            Account::Returned(None) => f.pad("the money returned"),
            Account::Returned(Some(holder)) => {
                f.pad(&format!("the money returned by {}", holder.account()))
            }
            Account::Lapsed => f.pad("the money lapsed"),
        }
    }
}

impl Account {
    /// The account as reports show it: that of all money returned, whoever returned it.
    pub(crate) fn of_all(self) -> Account {
        match self {
            Account::Returned(_) => Account::Returned(None),
            account => account,
        }
    }
}

impl Holder {
    /// The account in which it holds money.
    pub(crate) fn account(&self) -> Account {
        match self {
            Holder::Pot(pot) => Account::Pot(*pot),
            Holder::Project(project) => Account::Project(project.clone()),
        }
    }

    /// Whoever an event names: its project or, without one, its pot.
    fn named_by(event: &Event) -> Option<Holder> {
        let pot = || event.pot().map(Holder::Pot);
        event.project().cloned().map(Holder::Project).or_else(pot)
    }
}

impl Serialize for Account {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// An amount that leaves one account and arrives in another: money is never made or lost on the
/// way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// The account it leaves.
    pub from: Account,
    /// The account it arrives in.
    pub to: Account,
    /// The amount.
    pub amount: Money,
}

impl Flow {
    /// The same amount the other way.
    pub fn reversed(&self) -> Flow {
        Flow {
            from: self.to.clone(),
            to: self.from.clone(),
            amount: self.amount,
        }
    }
}

/// The flows of an event: none, one along its arrow, or two if money also passes between the pots.
///
/// `pot` is the pot of the event's project. Once the upfront pot is `released`, nothing stays in
/// it: money that reaches it passes on to the tactical pot, and money that it gives comes from
/// there. A `return` or `lapse` names the pot that holds the money, so it passes nothing on.
///
/// ```
/// use crg::model::{Event, Pot};
/// use crg::fold::flows;
///
/// let increase = Event::Increase { project: "P01".parse()?, amount: "250".parse()? };
/// let flows = flows(&increase, Some(Pot::Upfront), true);
/// let flows: Vec<String> = flows.iter().map(|f| format!("{} to {}", f.from, f.to)).collect();
/// assert_eq!(flows, ["the tactical pot to the upfront pot", "the upfront pot to project P01"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn flows(event: &Event, pot: Option<Pot>, released: bool) -> Vec<Flow> {
    let (Some(arrow), Some(amount)) = (event.kind().arrow(), event.amount()) else {
        return Vec::new();
    };
    let own_pot = event.pot().or(pot);
    let end = |end| account(end, event, own_pot);
    let (Some(from), Some(to)) = (end(arrow.from), end(arrow.to)) else {
        return Vec::new();
    };
    let upfront = Account::Pot(Pot::Upfront);
    let tactical = Account::Pot(Pot::Tactical);
    let gives = released && arrow.from == End::Pot && from == upfront;
    let takes = released && matches!(arrow.to, End::Pot | End::Holder) && to == upfront;
    let mut flows = Vec::with_capacity(2);
    if gives {
        flows.push(Flow {
            from: tactical.clone(),
            to: upfront.clone(),
            amount,
        });
    }
    flows.push(Flow { from, to, amount });
    if takes {
        flows.push(Flow {
            from: upfront,
            to: tactical,
            amount,
        });
    }
    flows
}

/// The account at an end of the event's arrow.
fn account(end: End, event: &Event, pot: Option<Pot>) -> Option<Account> {
    match end {
        End::Opcc => Some(Account::Opcc),
        End::Pot => pot.map(Account::Pot),
        End::Upfront => Some(Account::Pot(Pot::Upfront)),
        End::Tactical => Some(Account::Pot(Pot::Tactical)),
        End::Project => event.project().cloned().map(Account::Project),
        End::Spent => event.project().cloned().map(Account::Spent),
        End::Returned => Some(Account::Returned(Holder::named_by(event))),
        End::Lapsed => Some(Account::Lapsed),
        End::Holder => Holder::named_by(event).map(|holder| holder.account()),
    }
}
