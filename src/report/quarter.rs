//! A quarter: opening position, what moved, closing position, of each pot and each project.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::date::Date;
use crate::entry::Entry;
use crate::flow::Account;
use crate::id::EntryNumber;
use crate::journal::Lens;
use crate::kind::Kind;
use crate::money::Money;
use crate::portfolio::{FoldError, Portfolio};
use crate::report::table::{overrides, unless_confirmed};
use crate::report::{Field, Report, Table};
use crate::year::{FinancialYear, Quarter};

/// What a quarter moved. Entries dated before the year count in Q1, those dated after it in Q4.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuarterReport {
    /// The year.
    pub year: FinancialYear,
    /// The quarter.
    pub quarter: Quarter,
    /// The day, and the moment of knowledge.
    #[serde(flatten)]
    pub lens: Lens,
    /// Had the OPCC confirmed the year by the end of the quarter?
    pub confirmed: bool,
    /// The entries to the end of the quarter that set a process rule aside.
    pub overrides: BTreeSet<EntryNumber>,
    /// Of each account its opening, each kind of movement, its closing: opening + moved = closing.
    pub rows: Vec<QuarterRow>,
}

/// One line of an account's quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuarterRow {
    /// `upfront`, `tactical`, or a project's ref.
    pub account: String,
    /// `opening`, a kind of entry, or `closing`.
    pub line: &'static str,
    /// The balance, or what the entries of that kind moved.
    pub amount: Money,
}

impl QuarterReport {
    /// A quarter of a year's standing entries, in fold order.
    ///
    /// # Errors
    ///
    /// [`FoldError`], which no book that the rules guarded holds.
    pub fn new(year: FinancialYear, quarter: Quarter, standing: &[Entry], lens: Lens) -> Result<QuarterReport, FoldError> {
        let mut portfolio = Portfolio::new(year);
        let mut accounts: BTreeMap<Account, (Money, BTreeMap<Kind, Money>)> = BTreeMap::new();
        for entry in standing.iter().filter(|entry| year.quarter_of(entry.on) <= quarter) {
            let inside = year.quarter_of(entry.on) == quarter;
            for flow in portfolio.apply(entry)? {
                for (account, amount) in [(flow.from, -flow.amount), (flow.to, flow.amount)] {
                    let (opening, moved) = accounts.entry(account).or_default();
                    if inside {
                        *moved.entry(entry.event.kind()).or_default() += amount;
                    } else {
                        *opening += amount;
                    }
                }
            }
        }
        let mut rows = Vec::new();
        for (account, (opening, moved)) in &accounts {
            let name = match account {
                Account::Pot(pot) => pot.to_string(),
                Account::Project(project) => project.to_string(),
                _ => continue,
            };
            let closing = *opening + moved.values().copied().sum();
            let moved = moved.iter().filter(|(_, amount)| !amount.is_zero()).map(|(kind, amount)| (kind.word(), *amount));
            for (line, amount) in [("opening", *opening)].into_iter().chain(moved).chain([("closing", closing)]) {
                rows.push(QuarterRow { account: name.clone(), line, amount });
            }
        }
        Ok(QuarterReport { year, quarter, lens, confirmed: portfolio.confirmed, overrides: portfolio.overrides, rows })
    }
}

impl Report for QuarterReport {
    fn title(&self) -> String {
        format!(
            "{} of {}, to {}, {}{}",
            self.quarter,
            self.year,
            self.year.quarter_end(self.quarter),
            self.lens,
            unless_confirmed(self.confirmed)
        )
    }

    fn as_at(&self) -> Option<Date> {
        Some(self.lens.as_at)
    }

    fn tables(&self) -> Vec<Table> {
        let mut table = Table::new("", &[Field::left("account", "Account"), Field::left("line", "Line"), Field::right("amount", "Amount")]);
        table.rows = self.rows.iter().map(|row| vec![row.account.as_str().into(), row.line.into(), row.amount.into()]).collect();
        vec![table]
    }

    fn notes(&self) -> Vec<String> {
        let sums = "Opening and what moved make closing. A pot holds uncommitted money, a project its unspent award.".to_owned();
        [sums].into_iter().chain(overrides(&self.overrides)).collect()
    }
}
