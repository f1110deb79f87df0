//! Every constraint of the schema, asked of every row again: a program that writes can switch them off.

use crate::store::{SCHEMA, Store, StoreError};

/// A constraint that has a name, and the condition it sets on a row.
struct Constraint {
    name: &'static str,
    condition: &'static str,
}

/// What was looked at, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constrained {
    /// How many constraints.
    pub constraints: usize,
    /// On how many rows.
    pub rows: i64,
    /// Which row breaks which.
    pub faults: Vec<String>,
}

impl Store {
    /// Which rows break a constraint, each with the first it breaks, or name a row that is not there.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file cannot be read.
    pub fn constrained(&self) -> Result<Constrained, StoreError> {
        let mut found = Constrained { constraints: 0, rows: 0, faults: Vec::new() };
        for (table, constraints) in tables() {
            found.constraints += constraints.len();
            self.ask_each_row(table, &constraints, &mut found)?;
        }
        let fail = StoreError::sqlite(&self.path);
        let mut statement = self.connection.prepare("PRAGMA foreign_key_check").map_err(&fail)?;
        let mut rows = statement.query([]).map_err(&fail)?;
        while let Some(row) = rows.next().map_err(&fail)? {
            let (table, place, parent): (String, Option<i64>, String) =
                (row.get(0).map_err(&fail)?, row.get(1).map_err(&fail)?, row.get(2).map_err(&fail)?);
            found.faults.push(format!("{table} {}: names no {parent} that there is", place.unwrap_or_default()));
        }
        Ok(found)
    }

    fn ask_each_row(&self, table: &str, constraints: &[Constraint], found: &mut Constrained) -> Result<(), StoreError> {
        let fail = StoreError::sqlite(&self.path);
        let count = format!("SELECT count(*) FROM {table}");
        found.rows += self.connection.query_row(&count, [], |row| row.get::<_, i64>(0)).map_err(&fail)?;
        let cases: String = constraints.iter().map(|of| format!(" WHEN NOT ({}) THEN '{}'", of.condition, of.name)).collect();
        if cases.is_empty() {
            return Ok(());
        }
        let query = format!(
            "SELECT place, broken FROM (SELECT {} AS place, CASE{cases} END AS broken FROM {table}) WHERE broken IS NOT NULL",
            place(table)
        );
        let mut statement = self.connection.prepare(&query).map_err(&fail)?;
        let mut rows = statement.query([]).map_err(&fail)?;
        while let Some(row) = rows.next().map_err(&fail)? {
            let (place, broken): (String, String) = (row.get(0).map_err(&fail)?, row.get(1).map_err(&fail)?);
            found.faults.push(format!("{place}: breaks {broken}"));
        }
        Ok(())
    }
}

/// What a row is called, as an expression of SQL.
fn place(table: &str) -> String {
    match table {
        "entry" => "'entry ' || number".to_owned(),
        "kind" => "'kind ' || kind".to_owned(),
        "priority" => "'priority ' || code || ' of ' || scheme".to_owned(),
        "balance" => "'balance of ' || account || ' in ' || year".to_owned(),
        table => format!("'{table}'"),
    }
}

/// The tables of the schema, each with its constraints.
fn tables() -> impl Iterator<Item = (&'static str, Vec<Constraint>)> {
    let table = |text: &'static str| {
        let (name, rest) = text.split_once(" (")?;
        let (columns, _) = rest.split_once("\n) STRICT")?;
        Some((name, columns.split("CONSTRAINT ").skip(1).filter_map(constraint).collect()))
    };
    SCHEMA.split("\nCREATE TABLE ").skip(1).filter_map(table)
}

/// `one_book CHECK (id = 1)`: the name, and what stands between the brackets.
fn constraint(text: &'static str) -> Option<Constraint> {
    let (name, rest) = text.split_once(" CHECK (")?;
    let mut open = 1;
    let end = rest.find(|letter| {
        open += match letter {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        open == 0
    })?;
    Some(Constraint { name, condition: rest.get(..end)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_named_constraint_of_the_schema_is_asked() {
        let asked: Vec<&str> = tables().flat_map(|(_, constraints)| constraints).map(|of| of.name).collect();
        let named: Vec<&str> = SCHEMA.split("CONSTRAINT ").skip(1).filter_map(|rest| rest.split_whitespace().next()).collect();
        assert_eq!(asked, named);
    }
}
