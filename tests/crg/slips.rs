//! Slips that a command answers with the command that was meant.

use std::process::Command;

use crg::book::{Book, Commit};
use crg::model::Names;
use crg::{Access, Error};

use crate::files::TempFolder;
use crate::rules::draft;

const NOW: &str = "2026-05-11T09:30:00Z";

/// The code of a command and all that it printed.
fn crg(folder: &TempFolder, words: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_crg"))
        .args(words)
        .current_dir(folder.path())
        .env_clear()
        .envs([("CRG_NOW", NOW), ("CRG_BY", "KCST")])
        .output()
        .unwrap();
    let texts = [&output.stdout, &output.stderr];
    let text = texts.map(|text| String::from_utf8_lossy(text)).concat();
    (output.status.code(), text)
}

fn book() -> TempFolder {
    let folder = TempFolder::new();
    for line in [
        "init",
        "year open 2026/27 --upfront 100 --tactical 50 --on 2026-04-01",
        "project propose P01 --pot upfront --amount 5 --title T --lead L",
    ] {
        let words: Vec<&str> = line.split(' ').collect();
        assert_eq!(crg(&folder, &words).0, Some(0), "{line}");
    }
    folder
}

/// However a person or a spreadsheet writes an amount below zero.
#[test]
fn an_amount_below_zero_is_answered_with_the_command_for_money_the_other_way() {
    let folder = book();
    for amount in ["-50", "−50", "£-50", "-£50", "50-", "(50)", "(£50)"] {
        let (code, text) = crg(&folder, &["spend", "add", "P01", amount]);
        let refunds = ["spend refund P01 50", "spend refund P01 \"£50\""];
        let meant = refunds.iter().any(|refund| text.contains(refund));
        assert!(code == Some(2) && meant, "{amount}: {text}");
    }
    let words = ["year", "return", "2026/27", "-5", "--pot", "upfront"];
    let (_, text) = crg(&folder, &words);
    assert!(
        text.contains("year repay 2026/27 5 --pot upfront"),
        "{text}"
    );
    // A range is no amount, and nothing below zero is either.
    for amount in ["5-3", "(5", "-0.00", "--5"] {
        let (code, text) = crg(&folder, &["spend", "add", "P01", amount]);
        assert!(
            code == Some(2) && !text.contains("refund"),
            "{amount}: {text}"
        );
    }
}

#[test]
fn to_amend_a_pot_leads_to_its_correction() {
    let folder = book();
    let amend = ["project", "amend", "P01", "--pot", "tactical"];
    let (code, text) = crg(&folder, &amend);
    assert_eq!(code, Some(2), "{text}");
    assert!(
        text.contains("crg log --project P01 --kind propose"),
        "{text}"
    );
    assert!(text.contains("crg correct ENTRY --pot tactical"), "{text}");
    let (code, text) = crg(&folder, &["correct", "3", "--pot", "tactical"]);
    assert_eq!(code, Some(0), "{text}");
}

/// A ref that the year has not, and the ref that may have been meant.
#[test]
fn a_mistyped_ref_is_recognised() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    Book::init(&path, &Names::default()).unwrap();
    let mut book = Book::open(&path, Access::Write).unwrap();
    for project in ["P01", "M-20", "WARDENS"] {
        let proposal = draft(&format!(
            "2025-04-10 | propose | {project} | upfront | 5.00 | |"
        ));
        let now = "2025-05-11T09:30:00Z".parse().unwrap();
        book.record([proposal], now, Commit::Keep).unwrap();
    }
    for (typed, meant) in [
        // Zeros before a number and hyphens.
        ("P1", "P01"),
        ("P-001", "P01"),
        ("M20", "M-20"),
        // One character left out, added or changed.
        ("ARDENS", "WARDENS"),
        ("WARENS", "WARDENS"),
        ("WARDEN", "WARDENS"),
        ("XWARDENS", "WARDENS"),
        ("WARXDENS", "WARDENS"),
        ("WARDENSX", "WARDENS"),
        ("XARDENS", "WARDENS"),
        ("WARXENS", "WARDENS"),
        ("WARDENX", "WARDENS"),
        // Two that were swapped.
        ("AWRDENS", "WARDENS"),
        ("WADRENS", "WARDENS"),
        ("WARDESN", "WARDENS"),
        ("P10", "P01"),
        // More than one slip.
        ("RDENS", ""),
        ("WARDE", ""),
        ("WARDENSXY", ""),
        ("XXARDENS", ""),
        ("WXXDENS", ""),
        ("XARDENX", ""),
        ("AWRDESN", ""),
        ("RAWDENS", ""),
        ("WADREN", ""),
        ("WADRENX", ""),
        ("M2", ""),
    ] {
        let error = book.no_such_project("2025/26".parse().unwrap(), &typed.parse().unwrap());
        let Ok(Error::NoSuchProject { similar, .. }) = error else {
            panic!("{typed}: {error:?}");
        };
        let refs: Vec<&str> = similar
            .iter()
            .map(|(project, _)| project.as_str())
            .collect();
        let expected: Vec<&str> = Some(meant)
            .filter(|meant| !meant.is_empty())
            .into_iter()
            .collect();
        assert_eq!(refs, expected, "{typed}");
    }
}
