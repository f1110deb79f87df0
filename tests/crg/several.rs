//! Several projects at once: how the words are read, and that all are recorded or none.

use std::process::Command;

use serde_json::Value;

use crate::files::TempFolder;

struct Desk(TempFolder);

impl Desk {
    fn run(&self, line: &str) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_crg"))
            .args(line.split(' ').map(|word| word.replace('_', " ")))
            .current_dir(self.0.path())
            .env_clear()
            .envs([("CRG_NOW", "2026-05-11T09:30:00Z"), ("CRG_BY", "KCST")])
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (
            output.status.code().unwrap(),
            text(output.stdout),
            text(output.stderr),
        )
    }

    fn done(&self, line: &str) {
        let (code, _, said) = self.run(line);
        assert_eq!(code, 0, "crg {line}\n{said}");
    }

    /// Four upfront projects that were submitted; one has a ref of digits.
    fn new() -> Desk {
        let desk = Desk(TempFolder::new());
        desk.done("init");
        desk.done("year open 2026/27 --upfront 9000 --tactical 4000");
        for (project, asked) in [
            ("P01", "2000"),
            ("P02", "1500"),
            ("P03", "700"),
            ("1800", "400"),
        ] {
            desk.done(&format!(
                "project propose {project} --pot upfront --amount {asked} --title T --lead L"
            ));
        }
        desk.done("project recommend 1800 P01=1,900 P02 P03");
        desk.done("project endorse P01 P02 P03 1800");
        desk.done("project submit 1800 P01 P02=1450 P03");
        desk
    }

    fn entries(&self) -> u64 {
        let (_, log, _) = self.run("log --last 1 --format json");
        let log: Value = serde_json::from_str(&log).unwrap();
        log["rows"][0]["entry"].as_u64().unwrap()
    }
}

/// What is recorded for each project, or the end of the command and words of its message.
#[test]
fn words_are_projects_and_amounts() {
    let desk = Desk::new();
    for (line, expected) in [
        ("approve P01", Ok("P01 1900.00")),
        ("approve P01 1,800", Ok("P01 1800.00")),
        ("approve P01 900", Ok("P01 900.00")),
        ("approve P01 --amount 900", Ok("P01 900.00")),
        ("approve P01=900", Ok("P01 900.00")),
        (
            "approve P01=\u{a3}900.50 P02",
            Ok("P01 900.50, P02 1450.00"),
        ),
        (
            "approve P03 P02=1,000 P01",
            Ok("P03 700.00, P02 1000.00, P01 1900.00"),
        ),
        ("approve 1800 P01", Ok("1800 400.00, P01 1900.00")),
        ("approve 1800 300", Ok("1800 300.00")),
        ("approve 1800=300 P01", Ok("1800 300.00, P01 1900.00")),
        ("reject P01 P02", Ok("P01 -, P02 -")),
        ("forecast P01=5 P02=6", Ok("P01 5.00, P02 6.00")),
        ("progress P01 P02 --note Begun", Ok("P01 -, P02 -")),
        ("amend P01 P02 --lead M", Ok("P01 -, P02 -")),
        ("amend P01=5 P02=6", Ok("P01 5.00, P02 6.00")),
        ("withdraw P01 P02 P03", Ok("P01 0.00, P02 0.00, P03 0.00")),
        ("approve P01 1800", Err((2, "P01=1800"))),
        ("approve P01 P02 1,800", Err((2, "P02=1,800"))),
        ("approve P01=5 P02 900", Err((2, "P02=900"))),
        ("approve P01 900 --amount 800", Err((2, "given twice"))),
        ("approve P01 P02 --amount 800", Err((2, "PROJECT=AMOUNT"))),
        ("approve P01=5 --amount 800", Err((2, "PROJECT=AMOUNT"))),
        ("approve P01=", Err((2, "P01=1,800"))),
        ("approve P01 P01=5", Err((2, "named twice"))),
        ("approve P01=x P02", Err((2, "\"x\""))),
        ("approve", Err((2, "PROJECT"))),
        ("increase P01", Err((2, "amount"))),
        ("reject P01=5", Err((2, "amount"))),
        ("amend P01 P02 --title T", Err((2, "--title"))),
        ("approve P01 P09", Err((1, "P09"))),
        ("approve P03 P01=1,950 P02", Err((1, "refused: P01: "))),
        (
            "reject P01 P02 --on 2027-04-01 --year 2026/27",
            Err((1, "refused: P01: ")),
        ),
    ] {
        let before = desk.entries();
        let (code, answer, said) = desk.run(&format!("project {line} --dry-run --format json"));
        match expected {
            Ok(expected) => {
                assert_eq!(code, 0, "{line}: {said}");
                let answer: Value = serde_json::from_str(&answer).unwrap();
                let entry = |entry: &Value| {
                    let amount = entry["amount"].as_str().unwrap_or("-");
                    format!("{} {amount}", entry["project"].as_str().unwrap())
                };
                let entries = answer["entries"].as_array().unwrap().iter().map(entry);
                assert_eq!(entries.collect::<Vec<_>>().join(", "), expected, "{line}");
            }
            Err((exit, words)) => {
                let (code, _, said) = desk.run(&format!("project {line}"));
                assert_eq!(code, exit, "{line}: {said}");
                assert!(said.contains(words), "{line}: {said}");
            }
        }
        assert_eq!(desk.entries(), before, "{line} recorded something");
    }
}

/// The second of three would overdraw the pot only because of the first.
#[test]
fn each_is_tried_after_those_before_it() {
    let desk = Desk::new();
    desk.done("year cut 2026/27 6000 --pot upfront");
    let before = desk.entries();
    let (code, _, said) = desk.run("project approve P01 P02");
    assert_eq!(code, 1);
    assert!(said.starts_with("refused: P02: "), "{said}");
    assert_eq!(desk.entries(), before);
    desk.done("project approve 1800 P01 P03");
    assert_eq!(desk.entries(), before + 3);
}
