//! A year with one pot: reports and confirmations say "the pot", and name neither of two.

use std::process::{Command, Output};

use crate::files::TempFolder;
use crate::kent::book_questions;

/// Two years with one pot each: proposals pending, declined and withdrawn, an award, spend, a
/// printed figure, a return.
const YEARS: &str = "\
init --partnership Testshire_CSP --funder OPCC_for_Testshire
year open 2025/26 --upfront 175,000 --on 2025-04-01 --reference Letter
year confirm 2025/26 --on 2025-04-01
project propose P01 --pot upfront --amount 4,000 --title Bike_marking --lead KCC --on 2025-04-02
project propose P02 --pot upfront --amount 1,000 --title Locks --lead KCC --on 2025-04-02
project propose P05 --pot upfront --amount 5,000 --title Lights --lead KCC --on 2025-04-02
project recommend P01 P05 --on 2025-04-28
project decline P02 --on 2025-04-28
project endorse P01 P05 --on 2025-04-29
project submit P01 P05 --on 2025-04-30
project approve P01 P05 --on 2025-05-30
project withdraw P01 --on 2025-06-30
project progress P05 --note Begun --on 2025-09-01
project forecast P05 4,500 --on 2025-10-01
spend add P05 1,250 --supplier Acme --reference INV-1 --on 2025-11-01
report quarter 2025/26 Q3 --as-at 2026-01-10 --issue
reconcile 2025/26
year receive 2025/26 100,000 --reference BACS_1 --on 2025-12-01
year return 2025/26 1,000 --pot upfront --reference BACS_2 --on 2026-04-20
year open 2026/27 --upfront 180,000 --on 2026-04-01 --reference Letter
project propose P01 --pot upfront --amount 4,000 --title Bike_marking --lead KCC --on 2026-04-02
project propose P02 --pot upfront --amount 400,000 --title Cameras --lead KCC --on 2026-04-02";

fn crg(folder: &TempFolder, line: &str, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_crg"))
        .args(line.split(' ').map(|word| word.replace('_', " ")))
        .args(more)
        .current_dir(folder.path())
        .env_clear()
        .envs([("CRG_NOW", "2026-05-11T09:30:00Z"), ("CRG_BY", "KCST")])
        .output()
        .unwrap()
}

fn text(output: &Output) -> String {
    let texts = [&output.stdout, &output.stderr];
    texts.map(|text| String::from_utf8_lossy(text)).concat()
}

/// What is refused in these years, each with a part of the refusal.
const REFUSED: [(&str, &str); 13] = [
    (
        "year release 2026/27 --on 2026-04-03",
        "proposals are still undecided",
    ),
    (
        "year cut 2026/27 500,000 --pot upfront --reference R",
        "more than the pot has left",
    ),
    (
        "year return 2025/26 500,000 --pot upfront --reference R",
        "more than the pot has left",
    ),
    (
        "year lapse 2025/26 500,000 --pot upfront",
        "more than the pot has left",
    ),
    ("year return 2025/26 --reference R", "receive"),
    (
        "year return 2025/26 1,000 --pot upfront --reference BACS_2 --on 2026-04-20",
        "same reference",
    ),
    (
        "year repay 2025/26 2,000 --pot upfront --reference R",
        "more than the pot has returned",
    ),
    (
        "year repay 2025/26 20 --project P05 --reference R",
        "more than",
    ),
    ("year close 2025/26", "while it holds"),
    ("year confirm 2025/26", "already confirmed"),
    (
        "project increase P05 500,000 --year 2025/26 --reference R --on 2026-03-01",
        "the pot has left",
    ),
    (
        "spend add P05 9,000 --year 2025/26 --supplier S --reference R --on 2026-02-01",
        "more than",
    ),
    (
        "project approve P02 --on 2026-05-01 --override urgent",
        "the pot has left",
    ),
];

/// The book, and what each command answered. `pot` is the keyword of the only pot.
fn book(pot: &str) -> (TempFolder, Vec<(String, String)>) {
    let folder = TempFolder::new();
    let answer = |line: &str| {
        let line = line.replace("upfront", pot);
        let output = crg(&folder, &line, &[]);
        assert!(output.status.success(), "{line}: {}", text(&output));
        (line, text(&output))
    };
    let answers = YEARS.lines().map(answer).collect();
    (folder, answers)
}

/// Fails if a text names a pot of two. The options of a command it suggests keep their keywords.
fn names_no_pot_of_two(of: &str, answer: &str) {
    let mut answer = answer.to_lowercase();
    for option in ["--pot upfront", "--pot tactical", "--upfront", "--tactical"] {
        answer = answer.replace(option, "");
    }
    for pot in ["upfront", "tactical"] {
        let named = answer.lines().find(|line| line.contains(pot));
        assert_eq!(named, None, "{of}");
    }
}

#[test]
fn no_answer_names_two_pots_where_there_is_one() {
    for pot in ["upfront", "tactical"] {
        let (folder, confirmations) = book(pot);
        // A new book does not know yet how many pots its years will have.
        for (line, answer) in &confirmations[1..] {
            names_no_pot_of_two(line, answer);
        }
        let mut asked = 0;
        for (report, question) in book_questions() {
            for format in ["table", "md", "html"] {
                let output = crg(&folder, question, &["--format", format]);
                let answer = text(&output);
                assert!(answer.len() > 20, "{question}: {answer}");
                // The journal shows what was recorded, and the dictionary what may be.
                if !["log", "schema"].contains(&report) {
                    names_no_pot_of_two(&format!("{pot}: {question} --format {format}"), &answer);
                }
                asked += usize::from(output.status.success());
            }
        }
        assert!(asked > 100, "{asked}");
    }
}

#[test]
fn no_refusal_names_two_pots_where_there_is_one() {
    for pot in ["upfront", "tactical"] {
        let (folder, _) = book(pot);
        for (line, part) in REFUSED {
            // Only what is upfront must be decided before a release.
            if pot == "tactical" && line.starts_with("year release") {
                continue;
            }
            let line = line.replace("upfront", pot);
            let output = crg(&folder, &line, &[]);
            let answer = text(&output);
            assert_eq!(output.status.code(), Some(1), "{line}: {answer}");
            assert!(answer.contains(part), "{line}: {answer}");
            names_no_pot_of_two(&line, &answer);
        }
        // What lies ahead is named in every report.
        let line = format!("year allocate 2026/27 500 --pot {pot} --reference R --on 2026-06-01");
        names_no_pot_of_two(&line, &text(&crg(&folder, &line, &[])));
        for question in ["status", "pot 2026/27", "check", "year show 2026/27"] {
            let answer = text(&crg(&folder, question, &[]));
            names_no_pot_of_two(question, &answer);
        }
        assert!(text(&crg(&folder, "status", &[])).contains("£500.00 for the pot"));
    }
}

#[test]
fn scripts_see_both_pots_and_their_keywords() {
    let (folder, _) = book("upfront");
    let json = text(&crg(&folder, "pot 2025/26 --format json", &[]));
    assert!(
        json.contains("\"upfront\"") && json.contains("\"tactical\""),
        "{json}"
    );
    let csv = text(&crg(&folder, "report year-end 2025/26 --format csv", &[]));
    assert!(
        csv.contains(",upfront,") && csv.contains("uncommitted,,,,tactical,"),
        "{csv}"
    );
}

#[test]
fn a_year_has_one_pot_until_something_names_the_other() {
    let (folder, _) = book("upfront");
    let pot = |question: &str| text(&crg(&folder, question, &[]));
    assert!(pot("pot 2026/27").contains("The pot is open."));
    let line = "year allocate 2026/27 500 --pot tactical --reference Letter --on 2026-05-01";
    assert!(crg(&folder, line, &[]).status.success());
    // On a day before the other pot has money, the year already has two.
    for question in ["pot 2026/27", "pot 2026/27 --as-at 2026-04-10"] {
        assert!(
            pot(question).contains("The upfront pot is open."),
            "{question}"
        );
    }
    let line = "reverse 25 --note Mistake";
    let output = crg(&folder, line, &[]);
    assert!(output.status.success(), "{}", text(&output));
    assert!(pot("pot 2026/27").contains("The pot is open."));
}
