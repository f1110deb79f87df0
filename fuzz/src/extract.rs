//! Checks that hold for every extract: each row ends up in exactly one place, and refused rows can
//! be fixed.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;

use crg::import::extract::suggest;
use crg::import::{Extract, Map, Rows};
use crg::model::Money;
use crg::rules::Place;

/// Reads an extract with a map. It may be refused, with a reason.
pub(crate) fn read(file: &Path, map: &Map) -> Option<Extract> {
    let extract = match Extract::read(file, map, None, &mut ()) {
        Ok(extract) => extract,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return None;
        }
    };
    let again = Extract::read(file, map, None, &mut ())
        .expect("an extract that was read once can be read again");
    assert_eq!((&extract.lines, &extract.bad), (&again.lines, &again.bad));
    let mut places: Vec<&Place> = extract
        .lines
        .iter()
        .map(|line| &line.place)
        .chain(extract.bad.iter().map(|line| &line.place))
        .collect();
    places.sort();
    assert!(places.is_sorted_by(|a, b| a < b), "a row is in two places");
    for line in &extract.lines {
        let amount = line.payment.amount;
        assert!(
            !amount.is_zero() && amount.abs() <= Money::MAX_ENTRY,
            "{}: {amount}",
            line.place
        );
    }
    assert!(extract.nothing.amount.is_zero());
    refused_rows_are_written(&extract);
    Some(extract)
}

/// The number of rows in a CSV extract, including the header and the blank rows below it.
pub(crate) fn rows(extract: &Extract) -> u64 {
    let count = |rows: usize| u64::try_from(rows).expect("rows");
    let places = [
        count(extract.lines.len()),
        count(extract.bad.len()),
        extract.nothing.lines,
        extract.outside.lines,
        extract.outside_period.lines,
        count(extract.wrong_totals.len()),
        extract.passed_over.totals,
        extract.passed_over.examples,
        extract.passed_over.balances,
        extract.passed_over.headers,
        extract.passed_over.headings,
    ];
    1 + places.into_iter().sum::<u64>() + u64::from(extract.grand_total.is_some()) + extract.blank
}

/// All refused rows are written to a file, below the header.
fn refused_rows_are_written(extract: &Extract) {
    let reasons: BTreeMap<Place, String> = extract
        .bad
        .iter()
        .map(|line| (line.place.clone(), format!("{:?}", line.faults)))
        .collect();
    let mut file = Vec::new();
    extract
        .write_refused(&reasons, &mut file)
        .expect("writing to memory succeeds");
    let mut rows = Rows::new(Box::new(Cursor::new(file)));
    let mut found = 0;
    while rows.read().expect("the written file can be read") {
        found += 1;
    }
    assert_eq!(found, 1 + reasons.len());
}

/// The suggested map is valid once it names the project, which only a person knows.
pub(crate) fn suggested(file: &Path) {
    if let Ok(text) = suggest(file, &[]) {
        let named = text.replace("unmatched = \"refuse\"", "unmatched = \"P01\"");
        let map = Map::parse("map.toml".as_ref(), &named)
            .unwrap_or_else(|error| panic!("{error}\n{text}"));
        read(file, &map);
    }
}
