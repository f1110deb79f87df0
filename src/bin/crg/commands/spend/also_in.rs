//! `--also-in`: other grants on the same ledger, each by its book or its map.

use std::path::{Path, PathBuf};

use crg::book::{GrantRows, shared_ledger};
use crg::document::counted;
use crg::import::{Extract, Map};
use crg::report::SharedLedger;
use crg::{Access, Book, Error};

use crate::failure::{Exit, Failure, Stop};
use crate::hint::Hint;

/// The most rows that are named.
const MAX_ROWS: usize = 20;

/// Whose the lines outside this grant are; nothing without other grants.
pub(super) fn compare(extract: &Extract, others: &[PathBuf]) -> Result<Option<SharedLedger>, Stop> {
    if others.is_empty() {
        return Ok(None);
    }
    let grants = others.iter().map(|other| rows_of(extract, other));
    let grants: Vec<GrantRows> = grants.collect::<Result<_, Error>>()?;
    match shared_ledger(extract, &grants) {
        Ok(shared) => Ok(Some(shared)),
        Err(twice) => {
            let rows = twice.iter().take(MAX_ROWS);
            let rows: Vec<String> = rows
                .map(|twice| format!("{}: {}", twice.place, twice.name))
                .collect();
            let lines = counted(twice.len(), "line");
            let are = if twice.len() == 1 { "is" } else { "are" };
            let message = format!(
                "{lines} of this map {are} in another grant too; nothing was recorded\n{}",
                rows.join("\n")
            );
            let advice =
                "a payment belongs to one grant: correct the map, or reverse it in the other book";
            let failure = Failure::new(Exit::Refused, "claimed-twice", message);
            Err(failure.with(Hint::advice(advice)).into())
        }
    }
}

/// The rows that another grant has: by its payments, or by the codes of its map.
fn rows_of(extract: &Extract, other: &Path) -> Result<GrantRows, Error> {
    let name = other.display().to_string();
    let rows = if Book::is_database(other) {
        Book::open(other, Access::Read)?.rows_on_record(extract)?
    } else {
        let map = Map::read(other).map_err(Error::Map)?;
        let read = Extract::read(&extract.file, &map, None, &mut ());
        read.map_err(Error::Extract)?.claimed_rows()
    };
    Ok(GrantRows { name, rows })
}
