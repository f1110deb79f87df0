//! The constraints that are checked are those of the schema.

use super::*;
use crate::store::schema::SCHEMA;

#[test]
fn every_named_constraint_of_the_schema_is_checked() {
    let checked: Vec<&str> = tables(SCHEMA)
        .flat_map(|(_, constraints)| constraints)
        .map(|of| of.name)
        .collect();
    let named: Vec<&str> = SCHEMA
        .split("CONSTRAINT ")
        .skip(1)
        .filter_map(|rest| rest.split_whitespace().next())
        .collect();
    assert_eq!(checked, named);
    let refused = BETWEEN_ENTRIES
        .iter()
        .filter(|(name, _)| SCHEMA.contains(&format!("RAISE(ABORT, '{name}: ")))
        .count();
    assert_eq!(refused, BETWEEN_ENTRIES.len());
}
