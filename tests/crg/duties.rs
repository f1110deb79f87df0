//! Deadlines, and the other duties that are put on record.

use std::process::Command;

use serde_json::{Value, json};

use crate::files::TempFolder;

/// A book in a folder, and the program that keeps it.
pub(crate) struct Desk(pub(crate) TempFolder);

impl Desk {
    /// A book with the year 2025/26 open.
    pub(crate) fn new() -> Desk {
        let desk = Desk(TempFolder::new());
        desk.done("init");
        desk.done("year open 2025/26 --upfront 900 --tactical 400 --on 2025-04-01");
        desk
    }

    /// Runs a command, in whose words `_` stands for a space.
    pub(crate) fn run(&self, line: &str) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_crg"))
            .args(line.split(' ').map(|word| word.replace('_', " ")))
            .current_dir(self.0.path())
            .env_clear()
            .envs([("CRG_NOW", "2026-05-11T09:30:00Z"), ("CRG_BY", "KCST")])
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let code = output.status.code().unwrap();
        (code, text(output.stdout), text(output.stderr))
    }

    pub(crate) fn done(&self, line: &str) -> String {
        let (code, answer, said) = self.run(line);
        assert_eq!(code, 0, "crg {line}\n{said}");
        answer
    }

    pub(crate) fn json_text(&self, line: &str) -> String {
        self.done(&format!("{line} --format json"))
    }

    pub(crate) fn json(&self, line: &str) -> Value {
        serde_json::from_str(&self.json_text(line)).unwrap()
    }
}

/// A year with something late, something due soon, something far away and something met late.
fn with_deadlines() -> Desk {
    let desk = Desk::new();
    for line in [
        "due add 2025/26 30/10/2025 Half-year monitoring return --on 1/4/2025",
        "due add 2025/26 30-Apr-26 Year-end_return --on 1/4/2025",
        "due add 2025/26 2026-06-11 Evaluation --on 1/4/2025",
        "due add 2025/26 2026-06-12 Visit --on 1/4/2025",
        "due met 3 --on 2025-11-03",
    ] {
        desk.done(line);
    }
    desk
}

#[test]
fn what_is_due_is_listed_with_the_days_left_or_late() {
    let desk = with_deadlines();
    let due = desk.json("due 2025/26");
    let row = |row: &Value| {
        json!([
            row["entry"],
            row["deadline"],
            row["days_left"],
            row["days_late"],
            row["met_on"]
        ])
    };
    let rows: Vec<Value> = due["rows"].as_array().unwrap().iter().map(row).collect();
    assert_eq!(
        rows,
        [
            json!([3, "2025-10-30", null, 4, "2025-11-03"]),
            json!([4, "2026-04-30", null, 11, null]),
            json!([5, "2026-06-11", 31, 0, null]),
            json!([6, "2026-06-12", 32, 0, null]),
        ]
    );
    assert_eq!(due["rows"][0]["title"], "Half-year monitoring return");
    // On an earlier day nothing was met, and nothing was late.
    let before = desk.json("due 2025/26 --as-at 2025-10-30");
    assert_eq!(before["rows"][0]["days_left"], 0);
    assert_eq!(before["rows"][0]["met_on"], Value::Null);
    let csv = desk.done("due 2025/26 --format csv");
    assert!(
        csv.starts_with("entry,title,deadline,days_left,status,days_late,met_on,met_by"),
        "{csv}"
    );
}

#[test]
fn the_status_names_what_is_late_or_due_soon() {
    let desk = with_deadlines();
    let entries = |status: &Value| -> Vec<u64> {
        let rows = status["years"][0]["due"].as_array().unwrap();
        rows.iter()
            .map(|row| row["entry"].as_u64().unwrap())
            .collect()
    };
    assert_eq!(entries(&desk.json("status")), [4, 5]);
    assert_eq!(
        entries(&desk.json("status --as-at 2026-03-29")),
        Vec::<u64>::new()
    );
    let (_, shown, said) = desk.run("status");
    for sentence in [
        "Year-end return was due on 30 April 2026, 11 days ago.",
        "Evaluation is due on 11 June 2026, in 31 days.",
    ] {
        assert!(shown.contains(sentence), "{shown}");
    }
    assert!(said.contains("crg due 2025/26"), "{said}");
}

#[test]
fn the_page_has_a_part_about_deadlines_if_there_are_any() {
    let desk = Desk::new();
    assert!(!desk.done("page 2025/26").contains("due"));
    let desk = with_deadlines();
    let page = desk.json("page 2025/26");
    assert_eq!(page["due"].as_array().unwrap().len(), 3);
    for (day, answer) in [
        (
            "2025-04-01",
            "Nothing is late; due next on 30 October 2025: Half-year monitoring return",
        ),
        (
            "2026-05-11",
            "1 deadline is late, by 11 days: Year-end return",
        ),
        (
            "2026-06-12",
            "2 deadlines are late, the first by 43 days: Year-end return",
        ),
    ] {
        let page = desk.done(&format!("page 2025/26 --as-at {day}"));
        assert!(page.contains(answer), "{day}: {page}");
    }
    desk.done("due met 4");
    desk.done("due met 5");
    desk.done("due met 6");
    assert!(!desk.done("page 2025/26").contains("due"));
}

/// Each command that `year open` prints is run; `DATE` is what only the person knows.
#[test]
fn opening_a_year_prints_the_commands_for_its_usual_deadlines() {
    for (open, expected) in [
        (
            "year open 2026/27 --upfront 9 --tactical 4",
            &["2026-10-30", "2027-04-30", "2026-06-01", "2026-06-01"][..],
        ),
        // What has passed is left out; a year that begins later is dated as it was opened.
        (
            "year open 2025/26 --upfront 9 --tactical 4 --on 2025-04-01",
            &[],
        ),
        (
            "year open 2028/29 --upfront 9 --tactical 4 --on 2028-01-01 --override agreed_early",
            &["2026-06-01", "2026-06-01", "2028-10-30", "2029-04-30"],
        ),
    ] {
        let desk = Desk(TempFolder::new());
        desk.done("init");
        assert!(
            !desk
                .run(&format!("{open} --dry-run"))
                .2
                .contains("crg due add")
        );
        let (code, _, said) = desk.run(open);
        assert_eq!(code, 0, "{said}");
        assert_eq!(desk.json("log")["rows"].as_array().unwrap().len(), 2);
        let commands = said
            .lines()
            .filter_map(|line| line.split_once("crg due add "));
        for (_, words) in commands {
            let quoted = words.split('"').enumerate();
            let words: Vec<String> = quoted
                .map(|(at, part)| {
                    if at % 2 == 1 {
                        part.replace(' ', "_")
                    } else {
                        part.to_owned()
                    }
                })
                .collect();
            desk.done(&format!(
                "due add {}",
                words.concat().replace("DATE", "2026-06-01")
            ));
        }
        let year = open.split(' ').nth(2).unwrap();
        let due = desk.json(&format!("due {year} --as-at 2028-01-01"));
        let rows = due["rows"].as_array().unwrap().iter();
        let mut found: Vec<&str> = rows.map(|row| row["deadline"].as_str().unwrap()).collect();
        found.sort_unstable();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(found, expected, "{open}");
    }
}

/// A folder with three documents on record: one for an entry, one for a project under a title of
/// its own, and one that is larger than what is read at once.
fn with_documents() -> Desk {
    let desk = Desk::new();
    desk.done("project propose P01 --year 2025/26 --pot upfront --amount 9 --title T --lead L --on 2025-04-02");
    std::fs::create_dir_all(desk.0.join("letters/old")).unwrap();
    std::fs::write(desk.0.join("letters/award.txt"), "award").unwrap();
    std::fs::write(desk.0.join("letters/plan.txt"), "plan").unwrap();
    std::fs::write(desk.0.join("letters/old/scan.bin"), vec![7; 200_000]).unwrap();
    desk.done("document add letters/award.txt --entry 1");
    desk.done("document add letters/plan.txt --title Delivery_plan --project p01 --year 2025/26");
    desk.done("document add letters/old/scan.bin --year 2025/26");
    desk
}

#[test]
fn a_document_is_recorded_by_its_sha_256_and_only_once() {
    let desk = with_documents();
    let list = desk.json("document list 2025/26");
    let row = |row: &Value| {
        json!([
            row["title"],
            row["project"],
            row["evidence_for"],
            row["note"]
        ])
    };
    let rows: Vec<Value> = list["rows"].as_array().unwrap().iter().map(row).collect();
    assert_eq!(
        rows,
        [
            json!(["award.txt", null, 1, null]),
            json!(["Delivery plan", "P01", null, "plan.txt"]),
            json!(["scan.bin", null, null, null]),
        ]
    );
    for (row, bytes) in [(0, b"award".to_vec()), (2, vec![7; 200_000])] {
        let digest = crg::Fingerprint::of_file(&bytes).to_string();
        assert_eq!(list["rows"][row]["sha256"], digest);
    }
    let again = desk.done("document add letters/award.txt --entry 1");
    assert!(
        again.starts_with("Already on record: entry 4, document award.txt, on "),
        "{again}"
    );
    let again = desk.json("document add letters/award.txt --entry 1");
    assert_eq!(again["entries"], json!([]));
    assert!(
        again["notes"][0]
            .as_str()
            .unwrap()
            .ends_with("Nothing was recorded.")
    );
    assert_eq!(desk.json("log")["rows"].as_array().unwrap().len(), 6);
    // The same file is evidence for another entry too.
    desk.done("document add letters/award.txt --entry 2");
    for (line, exit, message) in [
        (
            "document add letters/none.txt",
            3,
            "letters/none.txt cannot be read",
        ),
        ("document add letters", 3, "letters cannot be read"),
        ("document add letters/plan.txt --entry 99", 1, "no entry 99"),
        (
            "document add letters/plan.txt --entry 1 --year 2026/27",
            1,
            "2026/27 has no entry 1",
        ),
        (
            "document add letters/plan.txt --project P09 --year 2025/26",
            1,
            "no project P09",
        ),
    ] {
        let (code, _, said) = desk.run(line);
        assert_eq!(code, exit, "{line}: {said}");
        assert!(said.contains(message), "{line}: {said}");
    }
}

#[test]
fn documents_are_found_wherever_they_are_or_named_as_missing_or_changed() {
    let desk = with_documents();
    let found = |folder: &str| -> Vec<String> {
        let check = desk.json(&format!("check --documents {folder}"));
        let rows = check["rows"].as_array().unwrap().iter();
        let rows = rows.filter(|row| row["check"] == "documents");
        rows.map(|row| format!("{}: {}", row["finding"], row["detail"]))
            .collect()
    };
    let ok = vec!["\"ok\": \"\"".to_owned()];
    assert_eq!(found("letters"), ok);
    let path = |name: &str| desk.0.join(name);
    std::fs::rename(path("letters/award.txt"), path("letters/old/renamed.bin")).unwrap();
    assert_eq!(found("letters"), ok);
    std::fs::write(path("letters/plan.txt"), "another plan").unwrap();
    std::fs::remove_file(path("letters/old/renamed.bin")).unwrap();
    let lost = found("letters");
    assert_eq!(lost.len(), 2);
    assert!(
        lost[0].contains("warning") && lost[0].contains("entry 4, award.txt: no file"),
        "{lost:?}"
    );
    assert!(
        lost[1].contains("entry 5, Delivery plan: letters"),
        "{lost:?}"
    );
    assert!(lost[1].contains("plan.txt was changed"), "{lost:?}");
    assert_eq!(desk.run("check --documents letters").0, 0);
    assert_eq!(desk.run("check --documents letters --strict").0, 1);
    assert_eq!(desk.run("check --documents nowhere").0, 3);
    // What is reversed is not looked for.
    desk.done("reverse 4-5 --note Gone");
    assert_eq!(found("letters"), ok);
}

#[test]
fn a_certificate_has_the_sha_256_of_the_report_that_can_be_printed_again() {
    let desk = Desk::new();
    let officer = "--name A._Person --post Chief_Finance_Officer";
    for (report, question) in [
        ("year-end 2025/26", "report year-end 2025/26"),
        ("remittance 2025/26", "report remittance 2025/26"),
        (
            "monitoring 2025/26 --period mid-year",
            "report monitoring 2025/26 --period mid-year",
        ),
        (
            "monitoring 2025/26 --period year-end --on 2026-04-28",
            "report monitoring 2025/26 --period year-end",
        ),
    ] {
        let certify = format!("certify {report} {officer}");
        desk.done(&format!("{certify} --dry-run"));
        let (code, _, said) = desk.run(&certify);
        assert_eq!(code, 0, "{said}");
        assert!(said.contains(&format!("crg {question} --as-at ")), "{said}");
        let row = &desk.json("log --last 1")["rows"][0];
        assert_eq!(row["kind"], "certify");
        let (on, recorded) = (
            row["on"].as_str().unwrap(),
            row["recorded"].as_str().unwrap(),
        );
        let printed = desk.json_text(&format!("{question} --as-at {on} --known-at {recorded}"));
        let digest = crg::Fingerprint::of_file(printed.as_bytes()).to_string();
        let says = row["says"].as_str().unwrap();
        assert!(says.contains(&digest), "{says}");
        assert!(says.contains("A. Person, Chief Finance Officer"), "{says}");
        // The same again is named; another officer, or another report, is not the same.
        let entries = || desk.json("log")["rows"].as_array().unwrap().len();
        let before = entries();
        assert!(desk.done(&certify).starts_with("Already on record: entry "));
        assert_eq!(entries(), before);
        desk.done(&certify.replace("A._Person", "B._Person"));
        assert_eq!(entries(), before + 1);
    }
    desk.done("year receive 2025/26 5 --on 2025-05-01");
    desk.done("year cut 2025/26 5 --pot upfront --on 2025-05-01");
    let again = desk.done(&format!("certify year-end 2025/26 {officer}"));
    assert!(again.starts_with("Recorded entry "), "{again}");
    for (line, exit, message) in [
        ("certify monitoring 2025/26", 2, "--period"),
        (
            "certify year-end 2025/26 --period mid-year",
            2,
            "monitoring return",
        ),
        ("certify quarter 2025/26", 2, "year-end"),
        ("certify year-end 2030/31", 1, "nothing for 2030/31"),
    ] {
        let (code, _, said) = desk.run(&format!("{line} {officer}"));
        assert_eq!(code, exit, "{line}: {said}");
        assert!(said.contains(message), "{line}: {said}");
    }
}

/// What `crg check` finds by a check of this name.
fn warnings(desk: &Desk, name: &str) -> Vec<String> {
    let check = desk.json("check");
    let rows = check["rows"].as_array().unwrap().iter();
    let rows = rows.filter(|row| row["check"] == name && row["finding"] == "warning");
    rows.map(|row| row["detail"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn the_check_names_the_deadlines_that_passed_on_the_day_of_the_check() {
    let desk = with_deadlines();
    let late = "entry 4 of 2025/26: Year-end return was due on 30 April 2026, 11 days ago";
    assert_eq!(warnings(&desk, "due"), [late]);
    desk.done("due met 4");
    assert_eq!(warnings(&desk, "due"), [""; 0]);
}

#[test]
fn the_check_counts_what_has_neither_a_reference_nor_a_document() {
    let desk = Desk::new();
    let on = "--year 2025/26 --on 2025-04-02";
    for line in [
        "propose P01 --pot upfront --amount 90 --title T --lead L",
        "recommend P01",
        "endorse P01",
        "submit P01",
        "approve P01",
        "increase P01 5 --reference R",
        "reduce P01 5 --override by_telephone",
    ] {
        desk.done(&format!("project {line} {on}"));
    }
    let papers = || warnings(&desk, "papers");
    let of_three = |found: &str| {
        let all = "approvals, variations and returns of 2025/26";
        let (without, have) = found.split_once(' ').unwrap();
        format!("{without} of 3 {all} {have} neither a reference nor a document")
    };
    assert_eq!(papers(), [of_three("2 have")]);
    std::fs::write(desk.0.join("letter.txt"), "approved").unwrap();
    desk.done("document add letter.txt --entry 7");
    assert_eq!(papers(), [of_three("1 has")]);
    // A reversed document is no evidence, and a reversed entry needs none.
    desk.done("reverse 10 --note wrong");
    assert_eq!(papers(), [of_three("2 have")]);
    desk.done("document add letter.txt --entry 7");
    desk.done("reverse 9 --note wrong");
    assert_eq!(papers(), [""; 0]);
}

#[test]
fn details_are_shown_as_they_were_recorded_last() {
    let desk = Desk::new();
    let on = "--on 2025-04-02";
    desk.done(&format!(
        "project propose P01 --pot upfront --amount 9 --title T --lead L {on} --year 2025/26"
    ));
    assert_eq!(desk.json("year show 2025/26")["details"], json!({}));
    assert!(!desk.done("year show 2025/26").contains("Detail"));
    desk.done(&format!(
        "project detail p01 purpose Fewer_thefts {on} --year 2025/26"
    ));
    desk.done("project detail P01 purpose Fewer bicycle thefts --year 2025/26");
    let said = desk.done("year detail 2025/26 grant-reference OPCC/7");
    assert!(
        said.contains(": detail grant-reference: OPCC/7, 2025/26, on 11 May 2026."),
        "{said}"
    );
    let purpose = json!({"purpose": "Fewer bicycle thefts"});
    assert_eq!(
        desk.json("project show P01 --year 2025/26")["details"],
        purpose
    );
    let before = desk.json("project show P01 --year 2025/26 --as-at 2025-04-02");
    assert_eq!(before["details"], json!({"purpose": "Fewer thefts"}));
    let of_year = json!({"grant-reference": "OPCC/7"});
    assert_eq!(desk.json("year show 2025/26")["details"], of_year);
    assert!(
        desk.done("year show 2025/26")
            .contains("Grant reference  OPCC/7")
    );
    for (line, exit, message) in [
        ("year detail 2025/26 colour red", 2, "capital-share"),
        ("year detail 2025/26 place", 2, "<TEXT>"),
        ("year detail 2025/26 place Kent --note why", 2, "--note"),
        (
            "project detail P09 place Kent --year 2025/26",
            1,
            "no project P09",
        ),
    ] {
        let (code, _, said) = desk.run(line);
        assert_eq!(code, exit, "{line}: {said}");
        assert!(said.contains(message), "{line}: {said}");
    }
}

#[test]
fn what_is_not_due_or_already_met_is_refused() {
    let desk = with_deadlines();
    for (line, code, message) in [
        (
            "due met 3",
            1,
            "entry 3 was already met on 3 November 2025, by entry 7",
        ),
        (
            "due met 1",
            1,
            "entry 1 is an allocation; only a deadline can be met",
        ),
        ("due met 99", 1, "no entry 99"),
        (
            "due add 2025/26 10/30/2025 Return",
            2,
            "the day comes first",
        ),
        ("due add 2025/26 Return", 2, "is not a date"),
        ("due add 2025/26 1/5/2026", 2, "<TITLE>"),
        ("due 2030/31", 1, "nothing for 2030/31"),
    ] {
        let (exit, _, said) = desk.run(line);
        assert_eq!(exit, code, "{line}: {said}");
        assert!(said.contains(message), "{line}: {said}");
    }
}
