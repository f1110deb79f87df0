//! A year of ten projects, kept by hand and imported monthly: at the end of each month the book's
//! spend is the ledger's, which is added up here from the extracts, without the program.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::transcripts::rerun;

/// The cost codes of the ten projects.
const CODES: [(&str, &str); 10] = [
    ("0451A", "P01"),
    ("0452B", "P02"),
    ("0453C", "P03"),
    ("0454D", "P04"),
    ("0455E", "P05"),
    ("0456F", "P06"),
    ("0457G", "P07"),
    ("0458H", "P08"),
    ("0459J", "P09"),
    ("0460K", "P10"),
];

const MONTHS: [&str; 12] = [
    "2025-04", "2025-05", "2025-06", "2025-07", "2025-08", "2025-09", "2025-10", "2025-11",
    "2025-12", "2026-01", "2026-02", "2026-03",
];

/// Pence by project.
type Spend = BTreeMap<String, i64>;

/// An amount as the extracts and the book write it: `1,250.00`, `50.00 CR`, `-50.00`.
fn pence(text: &str) -> i64 {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let pence: i64 = digits.parse().unwrap();
    let is_credit = text.ends_with("CR") || text.starts_with('-');
    if is_credit { -pence } else { pence }
}

/// The payments of the projects in an extract, and how often it has each.
fn payments(file: &Path) -> BTreeMap<Vec<String>, usize> {
    let mut reader = csv::Reader::from_path(file).unwrap();
    let mut found = BTreeMap::new();
    for record in reader.records().map(Result::unwrap) {
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        if CODES.iter().any(|(code, _)| cells[4] == *code) {
            *found.entry(cells).or_default() += 1;
        }
    }
    found
}

/// What the book says at a moment.
fn in_book(folder: &Path, moment: &str) -> Spend {
    let output = Command::new(env!("CARGO_BIN_EXE_crg"))
        .args(["spend", "list", "2025/26", "--format", "csv"])
        .args(["--as-at", "2099-12-31", "--known-at", moment])
        .current_dir(folder)
        .env_clear()
        .envs([("CRG_NOW", "2026-12-31T09:00:00Z"), ("CRG_BY", "KCST")])
        .output()
        .unwrap();
    let mut spend = Spend::new();
    let mut reader = csv::Reader::from_reader(&output.stdout[..]);
    let header = reader.headers().unwrap().clone();
    let index = |name: &str| header.iter().position(|column| column == name).unwrap();
    for record in reader.records().map(Result::unwrap) {
        let project = record[index("project")].to_owned();
        *spend.entry(project).or_default() += pence(&record[index("amount")]);
    }
    spend
}

#[test]
fn at_the_end_of_each_month_the_book_is_the_ledger() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let transcript = fs::read_to_string(root.join("tests/transcripts/ten-projects.md")).unwrap();
    let (_, folder) = rerun(&transcript);
    let months: Vec<&str> = transcript.split("\n## ").skip(1).collect();
    assert_eq!(months.len(), MONTHS.len());
    let mut ledger: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for (month, section) in MONTHS.iter().zip(months) {
        let extract = root.join(format!("tests/books/ten/{month}.csv"));
        // A payment that two extracts have is one; one that an extract has twice is two.
        for (payment, count) in payments(&extract) {
            let known = ledger.entry(payment).or_default();
            *known = (*known).max(count);
        }
        let mut expected = Spend::new();
        for (payment, count) in &ledger {
            let known = CODES.iter().find(|(code, _)| payment[4] == *code);
            let project = known.unwrap().1.to_owned();
            *expected.entry(project).or_default() +=
                pence(&payment[2]) * i64::try_from(*count).unwrap();
        }
        let mut clocks = section
            .lines()
            .filter_map(|line| line.strip_prefix("$ clock "));
        let end = clocks.next_back().unwrap().replace("09:00:00", "10:00:00");
        assert_eq!(in_book(folder.path(), &end), expected, "{month}");
    }
    let total: i64 = in_book(folder.path(), "2026-12-31T09:00:00Z")
        .values()
        .sum();
    assert_eq!(total, 1_112_750);
}
