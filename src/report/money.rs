//! Where the money is: pots, the year, spend and decisions.

pub(crate) mod cash;
pub(crate) mod decisions;
pub(crate) mod movement;
pub(crate) mod pipeline;
pub(crate) mod pot;
pub(crate) mod spend;
pub(crate) mod transactions;
pub(crate) mod year;

pub use cash::CashAccount;
pub use decisions::{DecisionRow, DecisionsReport};
pub use movement::Movement;
pub use pipeline::Pending;
pub use pot::{PotReport, PotRow};
pub use spend::{SpendReport, SpendRow};
pub use transactions::{AccountBalance, Transaction, TransactionsReport};
pub use year::YearReport;
