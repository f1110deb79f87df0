//! What to do about an option that was not given but is needed.

use crg::model::{CellFault, Column};

use crate::hint::{CommandLine, Hint, REASON};

/// The same command with what it lacks: a reason, or a reference.
pub(super) fn hints(faults: &[CellFault]) -> Vec<Hint> {
    let options = faults.iter().filter(|fault| fault.found.is_empty());
    let options = options.filter_map(|fault| match fault.column {
        Column::Note => Some(("--note", REASON)),
        Column::Reference => Some(("--reference", "TEXT")),
        _ => None,
    });
    let options: Vec<(&str, &str)> = options.collect();
    if options.is_empty() || options.len() < faults.len() {
        return Vec::new();
    }
    let again = options
        .into_iter()
        .fold(CommandLine::again(), |again, (name, value)| {
            again.option(name, value)
        });
    vec![again.into()]
}
