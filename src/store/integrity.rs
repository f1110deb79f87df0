//! What `check` asks of the file itself.

use std::collections::BTreeMap;

use crate::model::{EntryNumber, Kind, Money};
use crate::store::error::StoreError;
use crate::store::handle::Store;

/// A running balance that the file keeps.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Balance {
    /// The year.
    pub year: String,
    /// `upfront`, `tactical` or a project's ref.
    pub account: String,
    /// The pot it belongs to; `None` while a project's proposal is reversed.
    pub pot: Option<String>,
    /// What it holds.
    pub balance: Money,
    /// What it spent.
    pub spent: Money,
    /// What it returned and has not had back.
    pub returned: Money,
}

/// Balances whose `entry` is after the last entry of the file, or before one that changed them. That
/// of a new book is its last entry, whether or not it concerns the account.
const OUT_OF_STEP: &str = "\
    WITH last (year, account, number) AS (
      SELECT year, project, max(number) FROM entry WHERE project IS NOT NULL GROUP BY year, project
      UNION ALL
      SELECT e.year, p.pot, e.number FROM (
        SELECT year, max(CASE WHEN kind IN ('spend', 'refund', 'reverse') THEN 0 ELSE number END) AS number
        FROM entry GROUP BY year) AS e, (SELECT 'upfront' AS pot UNION ALL SELECT 'tactical') AS p)
    SELECT b.year, b.account, b.entry, l.number
    FROM balance AS b LEFT JOIN last AS l ON l.year = b.year AND l.account = b.account
    WHERE l.number IS NULL OR b.entry NOT BETWEEN l.number AND (SELECT max(number) FROM entry)
    ORDER BY b.year, b.account";

impl Store {
    /// What SQLite finds wrong with the file. It does not say which row breaks a constraint;
    /// [`Store::check_constraints`] does.
    pub(crate) fn sqlite_faults(&self) -> Result<Vec<String>, StoreError> {
        let ignore_constraints = |ignore: bool| {
            self.ask(|connection| {
                connection.pragma_update(None, "ignore_check_constraints", ignore)
            })
        };
        ignore_constraints(true)?;
        let found = self.rows("PRAGMA integrity_check", [], |row| row.get(0));
        ignore_constraints(false)?;
        let mut found: Vec<String> = found?;
        found.retain(|text| text != "ok");
        Ok(found)
    }

    /// How many pages the file has.
    pub(crate) fn pages(&self) -> Result<i64, StoreError> {
        self.count("PRAGMA page_count")
    }

    /// How many entries the file has.
    pub(crate) fn entry_count(&self) -> Result<i64, StoreError> {
        self.count("SELECT count(*) FROM entry")
    }

    pub(super) fn count(&self, query: &str) -> Result<i64, StoreError> {
        self.ask(|connection| connection.query_row(query, [], |row| row.get(0)))
    }

    /// The first difference between the schema of the file and the built-in one.
    pub(crate) fn schema_faults(&self) -> Vec<String> {
        let verified = self.version.verify(&self.connection, &self.path);
        let fault = verified.err().map(|error| error.to_string());
        fault.into_iter().collect()
    }

    /// How many tables, indexes, views and triggers the file's schema defines.
    pub(crate) fn definitions(&self) -> usize {
        self.version.definitions()
    }

    /// The running balances that the file keeps.
    pub(crate) fn balances(&self) -> Result<Vec<Balance>, StoreError> {
        // Books of version 2 keep no balance of it.
        let returned = if self.version.has_column("balance", "returned_pence") {
            "returned_pence"
        } else {
            "(SELECT coalesce(sum(s.amount_pence), 0) FROM standing AS s \
            WHERE s.year = b.year AND s.kind = 'return' AND coalesce(s.project, s.pot) = account)"
        };
        let query = format!(
            "SELECT year, account, pot, pence, spent_pence, {returned} FROM balance AS b \
            ORDER BY year, account"
        );
        self.rows(&query, [], |row| {
            Ok(Balance {
                year: row.get(0)?,
                account: row.get(1)?,
                pot: row.get(2)?,
                balance: Money::from_pence(row.get(3)?),
                spent: Money::from_pence(row.get(4)?),
                returned: Money::from_pence(row.get(5)?),
            })
        })
    }

    /// The balances that include entries which the file does not have, or lack some that it has, or
    /// are of an account that no entry names. The triggers would pass over the next entry, or let it
    /// count twice.
    pub(crate) fn balances_out_of_step(&self) -> Result<Vec<String>, StoreError> {
        self.rows(OUT_OF_STEP, [], |row| {
            let (year, account): (String, String) = (row.get(0)?, row.get(1)?);
            let (entry, last): (i64, Option<i64>) = (row.get(2)?, row.get(3)?);
            let last = last.map_or("no entry names it".to_owned(), |last| {
                format!("the last that concerns it is {last}")
            });
            Ok(format!(
                "the balance of {account} in {year} says that it includes entries up to {entry}, and {last}"
            ))
        })
    }

    /// Where the file's table of kinds differs from the money model of [`Kind::arrow`].
    pub(crate) fn arrow_faults(&self) -> Result<Vec<String>, StoreError> {
        let query = "SELECT kind, coalesce(source || ' to ' || target, 'no money') FROM kind";
        let mut kept: BTreeMap<String, String> = self.rows(query, [], |row| row.try_into())?;
        let mut found = Vec::new();
        let kinds = Kind::ALL.iter().copied();
        for kind in kinds.filter(|kind| self.version.has_kind(*kind)) {
            let expected = kind.arrow().map_or("no money".to_owned(), |arrow| {
                format!("{} to {}", arrow.from.as_str(), arrow.to.as_str())
            });
            let stored = kept
                .remove(kind.as_str())
                .unwrap_or_else(|| "nothing".into());
            if stored != expected {
                found.push(format!(
                    "{kind} does not move money as it should: found {stored}, expected {expected}"
                ));
            }
        }
        let unknown = kept.keys();
        found.extend(unknown.map(|kind| format!("{kind} is not a kind of entry")));
        Ok(found)
    }

    /// The entries that carry an override, with the reason.
    pub(crate) fn overrides(&self) -> Result<Vec<(EntryNumber, String)>, StoreError> {
        let query = "SELECT number, override_reason FROM entry \
            WHERE override_reason IS NOT NULL ORDER BY number";
        self.rows(query, [], |row| Ok((EntryNumber(row.get(0)?), row.get(1)?)))
    }
}
