//! [`Flow`]: money on its way from one [`Account`] to another.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::model::{End, Event, Money, Pot, ProjectRef};

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
    /// Paid back to the OPCC at the end.
    Returned,
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Account::Opcc => f.pad("the OPCC"),
            Account::Pot(pot) => f.pad(&format!("the {pot} pot")),
            Account::Project(project) => f.pad(&format!("project {project}")),
            Account::Spent(project) => f.pad(&format!("the spend of project {project}")),
            Account::Returned => f.pad("the money returned"),
        }
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
/// there. A `return` names the pot that holds the money, so it passes nothing on.
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
    let passes_on =
        |end: End, account: &Account| released && end == End::Pot && *account == upfront;
    let gives = passes_on(arrow.from, &from);
    let takes = passes_on(arrow.to, &to);
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
        End::Returned => Some(Account::Returned),
        End::Holder => match event.project() {
            Some(project) => Some(Account::Project(project.clone())),
            None => event.pot().map(Account::Pot),
        },
    }
}
