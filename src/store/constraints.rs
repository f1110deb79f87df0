//! Every constraint of the schema, asked of every row again: a program that writes can switch them
//! off.

use crate::store::{Store, StoreError};

/// A constraint that has a name, and the condition it sets on a row.
struct Constraint {
    name: &'static str,
    condition: &'static str,
}

/// What triggers refuse of an entry because of another, and no other check finds: each by the name
/// it is refused with, and the entries that break it.
const BETWEEN_ENTRIES: [(&str, &str); 6] = [
    (
        "year_is_closed",
        "SELECT e.number FROM entry AS c JOIN entry AS e ON e.year = c.year AND e.number > c.number
         WHERE c.kind = 'close' AND e.kind NOT IN ('reopen', 'published', 'explain', 'issue') AND NOT EXISTS (
           SELECT 1 FROM entry AS r WHERE r.year = c.year AND r.kind = 'reopen' AND r.number > c.number AND r.number < e.number)",
    ),
    (
        "refers_to_earlier",
        "SELECT e.number FROM entry AS e WHERE e.refers_to IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM entry AS t WHERE t.number = e.refers_to AND t.number < e.number AND t.year = e.year)",
    ),
    (
        "explains_published",
        "SELECT e.number FROM entry AS e JOIN entry AS t ON t.number = e.refers_to WHERE e.kind = 'explain' AND t.kind <> 'published'",
    ),
    (
        "reversible_kind",
        "SELECT e.number FROM entry AS e JOIN entry AS t ON t.number = e.refers_to
         WHERE e.kind = 'reverse' AND t.kind IN ('reverse', 'close', 'reopen')",
    ),
    (
        "reversed_from_its_date",
        "SELECT e.number FROM entry AS e JOIN entry AS t ON t.number = e.refers_to WHERE e.kind = 'reverse' AND t.on_date <> e.on_date",
    ),
    (
        "reversed_once",
        "SELECT e.number FROM entry AS e WHERE e.kind = 'reverse' AND EXISTS (
           SELECT 1 FROM entry AS o WHERE o.kind = 'reverse' AND o.refers_to = e.refers_to AND o.number < e.number)",
    ),
];

/// What was looked at, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConstraintReport {
    /// How many constraints.
    pub constraints: usize,
    /// On how many rows.
    pub rows: i64,
    /// Which row breaks which.
    pub faults: Vec<String>,
}

impl Store {
    /// Which rows break a constraint, each with the first it breaks, or name a row that is not
    /// there.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where the file cannot be read.
    pub fn check_constraints(&self) -> Result<ConstraintReport, StoreError> {
        let mut found = ConstraintReport {
            constraints: 0,
            rows: 0,
            faults: Vec::new(),
        };
        for (table, constraints) in tables(self.schema.text) {
            found.constraints += constraints.len();
            self.ask_each_row(table, &constraints, &mut found)?;
        }
        for (name, query) in BETWEEN_ENTRIES {
            found.constraints += 1;
            found.faults.extend(
                self.breaking(query)?
                    .into_iter()
                    .map(|number| format!("entry {number}: breaks {name}")),
            );
        }
        let fail = StoreError::sqlite(&self.path);
        let mut statement = self
            .connection
            .prepare("PRAGMA foreign_key_check")
            .map_err(&fail)?;
        let mut rows = statement.query([]).map_err(&fail)?;
        while let Some(row) = rows.next().map_err(&fail)? {
            let (table, place, parent): (String, Option<i64>, String) = (
                row.get(0).map_err(&fail)?,
                row.get(1).map_err(&fail)?,
                row.get(2).map_err(&fail)?,
            );
            found.faults.push(format!(
                "{table} {}: names no {parent} that there is",
                place.unwrap_or_default()
            ));
        }
        Ok(found)
    }

    fn breaking(&self, query: &str) -> Result<Vec<i64>, StoreError> {
        let fail = StoreError::sqlite(&self.path);
        let mut statement = self.connection.prepare(query).map_err(&fail)?;
        let numbers = statement.query_map([], |row| row.get(0)).map_err(&fail)?;
        numbers.collect::<Result<_, _>>().map_err(&fail)
    }

    fn ask_each_row(
        &self,
        table: &str,
        constraints: &[Constraint],
        found: &mut ConstraintReport,
    ) -> Result<(), StoreError> {
        let fail = StoreError::sqlite(&self.path);
        let count = format!("SELECT count(*) FROM {table}");
        found.rows += self
            .connection
            .query_row(&count, [], |row| row.get::<_, i64>(0))
            .map_err(&fail)?;
        let cases: String = constraints
            .iter()
            .map(|of| format!(" WHEN NOT ({}) THEN '{}'", of.condition, of.name))
            .collect();
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
            let (place, broken): (String, String) =
                (row.get(0).map_err(&fail)?, row.get(1).map_err(&fail)?);
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
fn tables(schema: &'static str) -> impl Iterator<Item = (&'static str, Vec<Constraint>)> {
    let table = |text: &'static str| {
        let (name, rest) = text.split_once(" (")?;
        let (columns, _) = rest.split_once("\n) STRICT")?;
        Some((
            name,
            columns
                .split("CONSTRAINT ")
                .skip(1)
                .filter_map(constraint)
                .collect(),
        ))
    };
    schema.split("\nCREATE TABLE ").skip(1).filter_map(table)
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
    Some(Constraint {
        name,
        condition: rest.get(..end)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::schema::SCHEMA;

    #[test]
    fn every_named_constraint_of_the_schema_is_asked() {
        let asked: Vec<&str> = tables(SCHEMA)
            .flat_map(|(_, constraints)| constraints)
            .map(|of| of.name)
            .collect();
        let named: Vec<&str> = SCHEMA
            .split("CONSTRAINT ")
            .skip(1)
            .filter_map(|rest| rest.split_whitespace().next())
            .collect();
        assert_eq!(asked, named);
        let refused = BETWEEN_ENTRIES
            .iter()
            .filter(|(name, _)| SCHEMA.contains(&format!("RAISE(ABORT, '{name}: ")))
            .count();
        assert_eq!(refused, BETWEEN_ENTRIES.len());
    }
}
