//! Priority schemes that begin, end and are corrected by the journal, after `priorities.csv`.

use std::process::{Command, Output};

use crg::Entry;
use crg::fold::{Lens, priorities};
use crg::model::{Column, Priority};

use crate::files::TempFolder;
use crate::histories::{Journal, with_cell};
use crate::rules::draft;

const NOW: &str = "2026-05-11T09:30:00Z";

fn crg(folder: &TempFolder, line: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_crg"))
        .args(line.split(' ').map(|word| word.replace('_', " ")))
        .current_dir(folder.path())
        .env_clear()
        .envs([("CRG_NOW", NOW), ("CRG_BY", "KCST")])
        .output()
        .unwrap()
}

fn done(folder: &TempFolder, line: &str) -> String {
    let output = crg(folder, line);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{line}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

/// A book with a scheme of two priorities from 2025/26 on, and one more of another scheme.
fn book() -> TempFolder {
    let folder = TempFolder::new();
    let from = folder.join("from");
    std::fs::create_dir(&from).unwrap();
    let header = "on,year,kind,project,pot,amount,title,lead,supplier,reference,measure,value,\
        priorities,vat,override,note,by";
    let rows = "\
2025-04-01,2025/26,allocate,,upfront,20000,,,,,,,,,,,
2025-04-02,2025/26,propose,P01,upfront,4000,Locks,KCC,,,,,PCP-PEOPLE;CRG-ASB,,,,
2026-04-01,2026/27,allocate,,upfront,20000,,,,,,,,,,,
2026-04-02,2026/27,propose,P01,upfront,4000,Locks,KCC,,,,,PCP-PEOPLE;CRG-ASB,,,,";
    std::fs::write(from.join("entries.csv"), format!("{header}\n{rows}\n")).unwrap();
    let priorities = "\
scheme,code,name,first_year,last_year
Plan,PCP-PEOPLE,Protecting People,2025/26,
CRG areas,CRG-ASB,Disorder,2025/26,
CRG areas,CRG-VAWG,Violence,2025/26,2025/26
";
    std::fs::write(from.join("priorities.csv"), priorities).unwrap();
    done(&folder, "load from");
    folder
}

/// The codes in force in a year, each with its name.
fn in_force(folder: &TempFolder, year: &str) -> Vec<String> {
    let csv = done(folder, &format!("priority list {year} --format csv"));
    let rows = csv.lines().skip(1).map(|row| {
        let cells: Vec<&str> = row.split(',').collect();
        format!("{} {}", cells[1], cells[2])
    });
    rows.collect()
}

#[test]
fn scheme_entries_come_after_the_file_and_hold_from_their_year_on() {
    let folder = book();
    let first = [
        "CRG-ASB Disorder",
        "CRG-VAWG Violence",
        "PCP-PEOPLE Protecting People",
    ];
    assert_eq!(in_force(&folder, "2025/26"), first);
    for line in [
        "priority correct 2026/27 CRG-ASB Disorder_and_ASB",
        "priority add 2026/27 CRG-RETAIL Retail_crime --scheme CRG_areas",
        // It ended with the year before, and begins again.
        "priority add 2026/27 CRG-VAWG Violence_again --scheme CRG_areas",
        "priority end 2026/27 PCP-PEOPLE",
    ] {
        done(&folder, line);
    }
    assert_eq!(in_force(&folder, "2025/26"), first);
    let then = [
        "CRG-ASB Disorder and ASB",
        "CRG-RETAIL Retail crime",
        "CRG-VAWG Violence again",
        "PCP-PEOPLE Protecting People",
    ];
    assert_eq!(in_force(&folder, "2026/27"), then);
    done(
        &folder,
        "year open 2027/28 --upfront 1 --on 2027-01-01 --override Early",
    );
    let csv = done(
        &folder,
        "priority list 2027/28 --as-at 2027-04-01 --format csv",
    );
    assert!(
        !csv.contains("PCP-PEOPLE") && csv.contains("CRG-RETAIL"),
        "{csv}"
    );
    // A whole scheme ends with the year; the reversed entry does not count.
    done(&folder, "priority end 2026/27 --scheme CRG_areas");
    let csv = done(
        &folder,
        "priority list 2027/28 --as-at 2027-04-01 --format csv",
    );
    assert_eq!(csv.lines().count(), 1, "{csv}");
    let log = done(&folder, "log --last 1 --format csv");
    let number = log
        .lines()
        .nth(1)
        .unwrap()
        .split(',')
        .next()
        .unwrap()
        .to_owned();
    done(&folder, &format!("reverse {number} --note Mistake"));
    let csv = done(
        &folder,
        "priority list 2027/28 --as-at 2027-04-01 --format csv",
    );
    assert_eq!(csv.lines().count(), 4, "{csv}");
}

#[test]
fn a_priority_that_ended_is_a_gap_of_the_next_year_and_not_of_its_own() {
    let folder = book();
    done(&folder, "priority end 2025/26 CRG-ASB");
    let report = |year: &str| done(&folder, &format!("report priorities {year} --format md"));
    assert!(
        !report("2025/26").contains("not in force"),
        "{}",
        report("2025/26")
    );
    assert!(report("2026/27").contains("CRG-ASB"));
    let check = String::from_utf8(crg(&folder, "check").stdout).unwrap();
    let gap = "project P01 of 2026/27 names CRG-ASB, which is not a priority in force";
    let check = check.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(check.contains(gap), "{check}");
    assert!(!check.contains("of 2025/26 names CRG-ASB"), "{check}");
}

#[test]
fn what_is_not_in_force_is_not_ended_and_what_is_does_not_begin() {
    let folder = book();
    let cases = [
        (
            "priority end 2026/27 CRG-VAWG",
            "2026/27 has no priority CRG-VAWG in force",
        ),
        (
            "priority end 2026/27 NO-SUCH",
            "2026/27 has no priority NO-SUCH in force",
        ),
        (
            "priority correct 2026/27 NO-SUCH Name",
            "2026/27 has no priority NO-SUCH in force",
        ),
        (
            "priority end 2026/27 --scheme Plans",
            "no priority of a scheme \"Plans\" in force",
        ),
        (
            "priority add 2026/27 CRG-ASB Again --scheme Plan",
            "CRG-ASB is already a priority of CRG areas in 2026/27",
        ),
    ];
    for (line, expected) in cases {
        let output = crg(&folder, line);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{line}: {error}");
        assert!(error.contains(expected), "{line}: {error}");
        assert!(
            error.contains("next: see the priorities in force: crg priority list 2026/27"),
            "{error}"
        );
    }
}

#[test]
fn a_load_binds_its_priorities_into_the_chain_once() {
    let folder = book();
    let bound = || {
        let log = done(&folder, "log --kind scheme --format csv");
        log.lines().count() - 1
    };
    assert_eq!(bound(), 1);
    done(&folder, "dump dumped");
    let bytes = std::fs::read(folder.join("dumped").join("priorities.csv")).unwrap();
    let value = crg::Fingerprint::of_file(&bytes).to_string();
    let log = done(&folder, "log --kind scheme --format csv");
    assert!(log.contains(&value), "{log}");
    // The same priorities again, with no new entries: nothing more to bind.
    let again = folder.join("from").join("entries.csv");
    let header = std::fs::read_to_string(&again).unwrap();
    std::fs::write(&again, header.lines().next().unwrap()).unwrap();
    done(&folder, "load from");
    assert_eq!(bound(), 1);
    let more = "scheme,code,name,first_year,last_year\nPlan,PCP-NEW,New,2026/27,\n";
    std::fs::write(folder.join("from").join("priorities.csv"), more).unwrap();
    done(&folder, "load from");
    assert_eq!(bound(), 2);
    let check = String::from_utf8(crg(&folder, "check").stdout).unwrap();
    assert!(
        check.contains("schemes") && check.contains("4 priorities"),
        "{check}"
    );
}

// == The priorities of a year ==

/// Entries of a grant year each, recorded in order.
fn recorded(rows: &[(&str, &str)]) -> Vec<Entry> {
    let mut journal = Journal::default();
    for (year, row) in rows {
        let draft = with_cell(&draft(row), Column::Year, year);
        let recorded = journal.try_record(draft);
        recorded.unwrap_or_else(|refusal| panic!("{row}: {refusal}"));
    }
    journal.entries
}

/// Priorities in words: `A First 2025/26 to 2026/27`.
fn known(loaded: &[Priority], rows: &[(&str, &str)]) -> Vec<String> {
    let lens = Lens::at("2030-01-01".parse().unwrap());
    let found = priorities(loaded.to_vec(), recorded(rows), lens);
    let words = found.into_iter().map(|it| {
        let last = it.last_year.map(|last| format!(" to {last}"));
        let (code, name, first) = (it.code, it.name, it.first_year);
        format!("{code} {name} {first}{}", last.unwrap_or_default())
    });
    words.collect()
}

#[test]
fn a_priority_begins_is_named_anew_and_ends() {
    let begins = |day: &str, name: &str| {
        format!(
            "{day} | scheme | | | | measure=Plan; priorities=A; title={name}; value=begins | ok"
        )
    };
    let ends = "2026-06-01 | scheme | | | | measure=Plan; priorities=A; value=ends | ok";
    let first = begins("2025-06-01", "First");
    let renamed = begins("2026-06-01", "Renamed");
    let again = begins("2027-06-01", "Again");
    assert_eq!(known(&[], &[("2025/26", &first)]), ["A First 2025/26"]);
    assert_eq!(
        known(&[], &[("2025/26", &first), ("2026/27", &renamed)]),
        ["A Renamed 2025/26"]
    );
    let ended = [("2025/26", &*first), ("2026/27", ends)];
    assert_eq!(known(&[], &ended), ["A First 2025/26 to 2026/27"]);
    // In the year in which it ends it is still in force; later another begins.
    let in_its_last_year = [ended[0], ended[1], ("2026/27", &*renamed)];
    assert_eq!(
        known(&[], &in_its_last_year),
        ["A Renamed 2025/26 to 2026/27"]
    );
    let later = [ended[0], ended[1], ("2027/28", &*again)];
    assert_eq!(
        known(&[], &later),
        ["A First 2025/26 to 2026/27", "A Again 2027/28"]
    );
    // One that was loaded for a later year begins now.
    let loaded = Priority {
        scheme: "Plan".into(),
        code: "A".into(),
        name: "Loaded".into(),
        first_year: "2027/28".parse().unwrap(),
        last_year: None,
    };
    assert_eq!(
        known(&[loaded], &[("2025/26", &first)]),
        ["A First 2025/26"]
    );
}

/// An end is of one priority or, without a code, of all of a scheme; others stay in force.
#[test]
fn a_priority_or_a_scheme_ends_and_no_other() {
    let begins = |scheme: &str, code: &str| {
        format!(
            "2025-06-01 | scheme | | | | measure={scheme}; priorities={code}; title=N; value=begins | ok"
        )
    };
    let begun = [
        begins("Plan", "A"),
        begins("Plan", "B"),
        begins("Other", "A"),
    ];
    let ended = |code: &str| {
        let ends =
            format!("2026-06-01 | scheme | | | | measure=Plan; priorities={code}; value=ends | ok");
        let mut rows: Vec<_> = begun.iter().map(|row| ("2025/26", &**row)).collect();
        rows.push(("2026/27", &ends));
        known(&[], &rows)
    };
    // In the order of schemes, then of codes.
    assert_eq!(
        ended("B"),
        ["A N 2025/26", "A N 2025/26", "B N 2025/26 to 2026/27"]
    );
    assert_eq!(
        ended(""),
        [
            "A N 2025/26",
            "A N 2025/26 to 2026/27",
            "B N 2025/26 to 2026/27"
        ]
    );
}
