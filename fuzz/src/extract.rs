//! What is true of every extract that is read: each row ends up in one place, and what is refused
//! can be mended.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;

use crg::import::extract::suggest;
use crg::import::{Extract, Map, Rows};
use crg::model::Money;

/// Reads a file as a map says. It may be refused, with words that say why.
pub(crate) fn read(file: &Path, map: &Map) -> Option<Extract> {
    let extract = match Extract::read(file, map, None, &mut ()) {
        Ok(extract) => extract,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return None;
        }
    };
    let again = Extract::read(file, map, None, &mut ()).expect("what is read once is read twice");
    assert_eq!((&extract.lines, &extract.bad), (&again.lines, &again.bad));
    let mut numbers: Vec<u64> = extract
        .lines
        .iter()
        .map(|line| line.row)
        .chain(extract.bad.iter().map(|line| line.row))
        .collect();
    numbers.sort();
    assert!(numbers.is_sorted_by(|a, b| a < b), "a row is in two places");
    for line in &extract.lines {
        let amount = line.payment.amount;
        assert!(
            !amount.is_zero() && amount.abs() <= Money::MAX_ENTRY,
            "row {}: {amount}",
            line.row
        );
    }
    assert!(extract.nothing.amount.is_zero());
    what_is_refused_is_written(&extract);
    Some(extract)
}

/// The rows of an extract in CSV, the header's and the blank ones below it among them.
pub(crate) fn rows(extract: &Extract) -> u64 {
    let count = |rows: usize| u64::try_from(rows).expect("rows");
    let places = [
        count(extract.lines.len()),
        count(extract.bad.len()),
        extract.nothing.lines,
        extract.outside.lines,
    ];
    1 + places.into_iter().sum::<u64>() + u64::from(extract.grand_total.is_some()) + extract.blank
}

/// The rows that are refused go into a file of their own: all of them, below the header.
fn what_is_refused_is_written(extract: &Extract) {
    let reasons: BTreeMap<u64, String> = extract
        .bad
        .iter()
        .map(|line| (line.row, format!("{:?}", line.faults)))
        .collect();
    let mut file = Vec::new();
    extract
        .write_refused(&reasons, &mut file)
        .expect("memory takes what is written");
    let mut rows = Rows::new(Box::new(Cursor::new(file)));
    let mut found = 0;
    while rows.read().expect("what is written is read") {
        found += 1;
    }
    assert_eq!(found, 1 + reasons.len());
}

/// What is suggested for a file is a map, but for the project that only a person knows.
pub(crate) fn suggested(file: &Path) {
    if let Ok(text) = suggest(file, &[]) {
        let named = text.replace("unmatched = \"refuse\"", "unmatched = \"P01\"");
        let map = Map::parse("map.toml".as_ref(), &named)
            .unwrap_or_else(|error| panic!("{error}\n{text}"));
        read(file, &map);
    }
}
