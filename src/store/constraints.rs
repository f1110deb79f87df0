//! Every constraint of the schema, checked on every row again: a program that writes can switch
//! them off.

use crate::store::error::StoreError;
use crate::store::handle::Store;

/// A constraint that has a name, and the condition it sets on a row.
struct Constraint {
    name: &'static str,
    condition: &'static str,
}

/// What triggers refuse in an entry because of another, and no other check finds: the name in the
/// refusal, and a query for the entries that break it.
const BETWEEN_ENTRIES: [(&str, &str); 7] = [
    (
        "year_is_closed",
        "SELECT e.number FROM entry AS c JOIN entry AS e ON e.year = c.year AND e.number > c.number
         WHERE c.kind = 'close' AND e.kind NOT IN ('reopen', 'published', 'explain', 'issue', 'receive', 'certify', 'document', 'detail',
           'due', 'met', 'match', 'name', 'scheme', 'progress', 'outcome') AND NOT EXISTS (
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
        "meets_due",
        "SELECT e.number FROM entry AS e JOIN entry AS t ON t.number = e.refers_to WHERE e.kind = 'met' AND t.kind <> 'due'",
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

/// What was checked, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConstraintReport {
    /// How many constraints were checked.
    pub constraints: usize,
    /// How many rows that a book records they were checked on.
    pub rows: i64,
    /// Each row that breaks one, with the first it breaks.
    pub faults: Vec<String>,
}

impl Store {
    /// The rows that break a constraint, each with the first it breaks, or that refer to a row that
    /// does not exist.
    pub(crate) fn check_constraints(&self) -> Result<ConstraintReport, StoreError> {
        let mut report = ConstraintReport {
            constraints: 0,
            rows: 0,
            faults: Vec::new(),
        };
        for (table, constraints) in tables(self.version.schema) {
            report.constraints += constraints.len();
            // The rows of `kind` are the program's own.
            if table != "kind" {
                report.rows += self.count(&format!("SELECT count(*) FROM {table}"))?;
            }
            report.faults.extend(self.broken_rows(table, &constraints)?);
        }
        for (name, query) in BETWEEN_ENTRIES {
            report.constraints += 1;
            let numbers: Vec<i64> = self.rows(query, [], |row| row.get(0))?;
            let faults = numbers.iter();
            let faults = faults.map(|number| format!("entry {number}: breaks {name}"));
            report.faults.extend(faults);
        }
        report.faults.extend(self.dangling_references()?);
        Ok(report)
    }

    fn broken_rows(
        &self,
        table: &str,
        constraints: &[Constraint],
    ) -> Result<Vec<String>, StoreError> {
        let cases: String = constraints
            .iter()
            .map(|of| format!(" WHEN NOT ({}) THEN '{}'", of.condition, of.name))
            .collect();
        if cases.is_empty() {
            return Ok(Vec::new());
        }
        let query = format!(
            "SELECT name || ': breaks ' || broken FROM \
            (SELECT {} AS name, CASE{cases} END AS broken FROM {table}) WHERE broken IS NOT NULL",
            row_name(table)
        );
        self.rows(&query, [], |row| row.get(0))
    }

    fn dangling_references(&self) -> Result<Vec<String>, StoreError> {
        self.rows("PRAGMA foreign_key_check", [], |row| {
            let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
            let row = row.get::<_, Option<i64>>(1)?.unwrap_or_default();
            Ok(format!(
                "{table} {row}: refers to a {parent} that does not exist"
            ))
        })
    }
}

/// The name of a row in messages, as an expression of SQL.
fn row_name(table: &str) -> String {
    match table {
        "entry" => "'entry ' || number".to_owned(),
        "kind" => "'kind ' || kind".to_owned(),
        "priority" => "'priority ' || code || ' of ' || scheme".to_owned(),
        "balance" => "'balance of ' || account || ' in ' || year".to_owned(),
        table => format!("'{table}'"),
    }
}

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
#[path = "../../tests/unit/store_constraints.rs"]
mod tests;
