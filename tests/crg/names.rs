//! What the partnership, the funder and the grant are called, year by year.

use std::process::{Command, Output};

use crate::files::TempFolder;

fn crg(folder: &TempFolder, now: &str, line: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_crg"))
        .args(line.split(' ').map(|word| word.replace('_', " ")))
        .current_dir(folder.path())
        .env_clear()
        .envs([("CRG_NOW", now), ("CRG_BY", "KCST")])
        .output()
        .unwrap()
}

fn done(folder: &TempFolder, now: &str, line: &str) -> String {
    let output = crg(folder, now, line);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{line}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

const FIRST: &str = "2026-05-11T09:30:00Z";
const LATER: &str = "2026-06-01T09:30:00Z";

/// Two years; the second has another partnership and another grant.
fn book() -> TempFolder {
    let folder = TempFolder::new();
    for line in [
        "init --partnership Oldshire_CSP --funder OPCC_for_Oldshire",
        "year open 2025/26 --upfront 20,000 --tactical 10,000 --on 2025-04-01",
        "year open 2026/27 --upfront 20,000 --on 2026-04-01",
    ] {
        done(&folder, FIRST, line);
    }
    let line = "year name 2026/27 --partnership Newshire_CSP --grant Safety_Grant --on 2026-05-01";
    let confirmed = done(&folder, LATER, line);
    assert!(confirmed.contains("Newshire CSP"), "{confirmed}");
    folder
}

#[test]
fn a_name_holds_from_its_year_until_the_next_and_for_no_year_before() {
    let folder = book();
    done(
        &folder,
        LATER,
        "year open 2027/28 --upfront 1 --on 2027-01-01 --override Early",
    );
    let (old, new) = ("Oldshire CSP", "Newshire CSP");
    let cases = [
        ("page 2025/26", old, "Crime Reduction Grant 2025/26"),
        ("page 2026/27", new, "Safety Grant 2026/27"),
        (
            "page 2027/28 --as-at 2027-04-01",
            new,
            "Safety Grant 2027/28",
        ),
        // Its day has not come, or it was not yet known.
        (
            "page 2026/27 --as-at 2026-04-30",
            old,
            "Crime Reduction Grant 2026/27",
        ),
        (
            "page 2026/27 --known-at 2026-05-31",
            old,
            "Crime Reduction Grant 2026/27",
        ),
        (
            "report update 2025/26",
            old,
            "Crime Reduction Grant 2025/26",
        ),
        ("report update 2026/27", new, "Safety Grant 2026/27"),
        ("report remittance 2026/27", new, "OPCC for Oldshire"),
        ("status --as-at 2026-04-30", old, "Crime Reduction Grant"),
        ("status --as-at 2027-04-01", new, "Safety Grant"),
    ];
    for (question, partnership, grant) in cases {
        let answer = done(&folder, LATER, &format!("{question} --format md"));
        let answer = answer.replace('\\', "");
        assert!(answer.contains(partnership), "{question}: {answer}");
        assert!(answer.contains(grant), "{question}: {answer}");
        let other = if partnership == old { new } else { old };
        assert!(!answer.contains(other), "{question}: {answer}");
    }
}

#[test]
fn the_year_decides_before_the_order_recorded_and_a_reversed_name_does_not_count() {
    let folder = book();
    // Recorded last, but of the earlier year.
    let line = "year name 2025/26 --partnership Middleshire_CSP --on 2026-05-20";
    done(&folder, LATER, line);
    let page = |year: &str| done(&folder, LATER, &format!("page {year} --format md"));
    assert!(page("2025/26").contains("Middleshire CSP"));
    assert!(page("2026/27").contains("Newshire CSP"));
    done(&folder, LATER, "reverse 4 --note Mistake");
    assert!(page("2026/27").contains("Middleshire CSP"));
    assert!(page("2026/27").contains("Safety Grant"));
    done(&folder, LATER, "reverse 6 --note Mistake");
    assert!(page("2025/26").contains("Oldshire CSP"));
}

#[test]
fn a_copy_with_other_names_is_still_a_copy() {
    let folder = book();
    std::fs::copy(folder.join("crg.db"), folder.join("copy.db")).unwrap();
    done(&folder, LATER, "year name 2026/27 --funder Council");
    let output = crg(&folder, LATER, "compare crg.db copy.db");
    let answer = String::from_utf8(output.stdout).unwrap();
    assert!(answer.contains("is ahead of"), "{answer}");
    // The first names stay those with which the book began.
    done(&folder, LATER, "dump dumped");
    let names = std::fs::read_to_string(folder.join("dumped").join("book.csv")).unwrap();
    assert!(
        names.contains("Oldshire CSP") && !names.contains("Newshire"),
        "{names}"
    );
}

#[test]
fn a_name_needs_what_is_named() {
    let folder = book();
    let output = crg(&folder, LATER, "year name 2026/27");
    assert_eq!(output.status.code(), Some(2));
}
