//! What `check` asks of the file itself.

use std::collections::BTreeMap;

use crate::model::{EntryNumber, FinancialYear, Kind, Money};
use crate::store::{Store, StoreError};

impl Store {
    /// SQLite's own opinion of the file: what is wrong with it, or nothing. It does not say which
    /// row breaks a constraint; [`Store::constrained`] does.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file cannot be read.
    pub fn sqlite_faults(&self) -> Result<Vec<String>, StoreError> {
        let fail = StoreError::sqlite(&self.path);
        self.connection
            .pragma_update(None, "ignore_check_constraints", true)
            .map_err(&fail)?;
        let found = self
            .connection
            .prepare("PRAGMA integrity_check")
            .and_then(|mut statement| {
                let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
                rows.filter(|text| text.as_ref().is_ok_and(|text| text != "ok") || text.is_err())
                    .collect()
            });
        self.connection
            .pragma_update(None, "ignore_check_constraints", false)
            .map_err(&fail)?;
        found.map_err(&fail)
    }

    /// How many pages the file has.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file cannot be read.
    pub fn pages(&self) -> Result<i64, StoreError> {
        self.connection
            .query_row("PRAGMA page_count", [], |row| row.get(0))
            .map_err(StoreError::sqlite(&self.path))
    }

    /// How many entries the file has.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file cannot be read.
    pub fn entry_count(&self) -> Result<i64, StoreError> {
        self.connection
            .query_row("SELECT count(*) FROM entry", [], |row| row.get(0))
            .map_err(StoreError::sqlite(&self.path))
    }

    /// Where the schema is not the built-in one.
    #[must_use]
    pub fn schema_faults(&self) -> Vec<String> {
        self.schema
            .verify(&self.connection, &self.path)
            .err()
            .map(|error| error.to_string())
            .into_iter()
            .collect()
    }

    /// How many tables, indexes, views and triggers the file's schema defines.
    #[must_use]
    pub fn definitions(&self) -> usize {
        self.schema
            .text
            .lines()
            .filter(|line| line.starts_with("CREATE "))
            .count()
    }

    /// The running balances that the file keeps.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file cannot be read.
    pub fn balances(&self) -> Result<Vec<Balance>, StoreError> {
        let fail = StoreError::sqlite(&self.path);
        let mut statement = self
            .connection
            .prepare(
                "SELECT year, account, pot, pence, spent_pence FROM balance ORDER BY year, account",
            )
            .map_err(&fail)?;
        let rows = statement.query_map([], |row| {
            let (balance, spent) = (
                Money::from_pence(row.get(3)?),
                Money::from_pence(row.get(4)?),
            );
            Ok(Balance {
                year: row.get(0)?,
                account: row.get(1)?,
                pot: row.get(2)?,
                balance,
                spent,
            })
        });
        rows.map_err(&fail)?
            .collect::<Result<_, _>>()
            .map_err(&fail)
    }

    /// A figure of a year as the file's own views have it: a row of `view`, its columns by name as
    /// the views give them.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file cannot be read.
    pub fn view(
        &self,
        view: View,
        year: FinancialYear,
    ) -> Result<Vec<Vec<(String, String)>>, StoreError> {
        let fail = StoreError::sqlite(&self.path);
        let mut statement = self
            .connection
            .prepare_cached(&format!("SELECT * FROM {} WHERE year = ?1", view.name()))
            .map_err(&fail)?;
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([year.to_string()]).map_err(&fail)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(&fail)? {
            let mut values = Vec::new();
            for (place, name) in names.iter().enumerate() {
                let text = match row.get_ref(place).map_err(&fail)? {
                    rusqlite::types::ValueRef::Null => String::new(),
                    rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                    value => value
                        .as_str()
                        .map(str::to_owned)
                        .map_err(|error| fail(error.into()))?,
                };
                values.push((name.clone(), text));
            }
            found.push(values);
        }
        Ok(found)
    }

    /// Where the file's table of kinds is not the money model of [`Kind::arrow`].
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file cannot be read.
    pub fn arrow_faults(&self) -> Result<Vec<String>, StoreError> {
        let fail = StoreError::sqlite(&self.path);
        let query = "SELECT kind, coalesce(source || ' to ' || target, 'no money') FROM kind";
        let mut statement = self.connection.prepare(query).map_err(&fail)?;
        let rows = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .map_err(&fail)?;
        let mut kept: BTreeMap<String, String> = rows.collect::<Result<_, _>>().map_err(&fail)?;
        let mut found = Vec::new();
        for kind in Kind::ALL {
            let way = kind.arrow().map_or("no money".to_owned(), |arrow| {
                format!("{} to {}", arrow.from.as_str(), arrow.to.as_str())
            });
            let there = kept
                .remove(kind.as_str())
                .unwrap_or_else(|| "nothing".into());
            if there != way {
                found.push(format!(
                    "{kind} does not move money as it should: found {there}, expected {way}"
                ));
            }
        }
        found.extend(
            kept.keys()
                .map(|kind| format!("{kind} is no kind of entry")),
        );
        Ok(found)
    }

    /// The entries that carry an override, with the reason.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file cannot be read.
    pub fn overrides(&self) -> Result<Vec<(EntryNumber, String)>, StoreError> {
        let fail = StoreError::sqlite(&self.path);
        let mut statement = self
            .connection
            .prepare("SELECT number, override_reason FROM entry WHERE override_reason IS NOT NULL ORDER BY number")
            .map_err(&fail)?;
        let rows = statement
            .query_map([], |row| Ok((EntryNumber(row.get(0)?), row.get(1)?)))
            .map_err(&fail)?;
        rows.collect::<Result<_, _>>().map_err(&fail)
    }
}

/// A running balance that the file keeps.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Balance {
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
}

/// A documented view of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// `pot`
    Pot,
    /// `project`
    Project,
    /// `year`
    Year,
}

impl View {
    fn name(self) -> &'static str {
        match self {
            View::Pot => "pot",
            View::Project => "project",
            View::Year => "year",
        }
    }
}
