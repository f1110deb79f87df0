//! What lies ahead of today, a clock that ran ahead, what is done again by mistake, and conflicted
//! copies of the book.

use std::fs;
use std::process::Command;

use crate::files::TempFolder;

struct Desk(TempFolder);

/// The end of a command, and all that it printed with single spaces.
struct Answer(i32, String);

impl Desk {
    fn at(&self, now: &str, line: &str) -> Answer {
        let output = Command::new(env!("CARGO_BIN_EXE_crg"))
            .args(line.split(' ').map(|word| word.replace('_', " ")))
            .current_dir(self.0.path())
            .env_clear()
            .envs([("CRG_NOW", now), ("CRG_BY", "KCST")])
            .output()
            .unwrap();
        let printed = [output.stdout, output.stderr].concat();
        let printed = String::from_utf8(printed).unwrap();
        let words: Vec<&str> = printed.split_whitespace().collect();
        Answer(output.status.code().unwrap(), words.join(" "))
    }

    /// A command on 11 May 2026.
    fn run(&self, line: &str) -> Answer {
        self.at("2026-05-11T09:30:00Z", line)
    }

    fn done(&self, line: &str) -> String {
        let Answer(code, printed) = self.run(line);
        assert_eq!(code, 0, "crg {line}\n{printed}");
        printed
    }

    /// 2025/26 with £30,000.00, of which P9 has £3,000.00; the last entry is 9.
    fn new() -> Desk {
        let desk = Desk(TempFolder::new());
        desk.done("init --partnership Kent --funder OPCC");
        desk.done("year open 2025/26 --upfront 20000 --tactical 10000 --on 2025-04-01");
        desk.done("year confirm 2025/26 --on 2025-04-02");
        let propose = "--year 2025/26 --pot upfront --amount 3000 --title Nine --lead L";
        desk.done(&format!("project propose P9 {propose} --on 2025-04-03"));
        for decision in ["recommend P9", "endorse P9", "submit P9", "approve P9"] {
            desk.done(&format!(
                "project {decision} --year 2025/26 --on 2025-05-01"
            ));
        }
        desk.done("year release 2025/26 --on 2025-05-02");
        desk
    }
}

/// Every answer for people about the year.
const QUESTIONS: [&str; 8] = [
    "status",
    "pot 2025/26",
    "year show 2025/26",
    "project list 2025/26",
    "page 2025/26",
    "report year-end 2025/26 --format md",
    "report forecast 2025/26 --format html",
    "report update 2025/26",
];

/// An entry ahead, how it is named, the figure of its day, and the figure that today has.
#[test]
fn while_an_entry_lies_ahead_every_answer_has_the_same_figure_and_names_it() {
    let spend = "spend add P9 20 --year 2025/26 --supplier X --reference F1";
    for (recorded, day, named, then) in [
        (
            format!("{spend} --on 2026-05-31"),
            "2026-05-31",
            "Entry 10 (spend of £20.00 for P9) is dated 31 May 2026: with it, £29,980.00 is to return.",
            "£29,980.00",
        ),
        (
            format!("{spend} --on 2036-06-05 --override Agreed"),
            "2036-06-05",
            "Entry 10 (spend of £20.00 for P9) is dated 5 June 2036: with it, £29,980.00 is to return.",
            "£29,980.00",
        ),
        (
            "year return 2025/26 500 --pot tactical --reference R --on 2026-05-12".to_owned(),
            "2026-05-12",
            "Entry 10 (a return of £500.00 for the tactical pot) is dated 12 May 2026: with it, £29,500.00 is to return.",
            "£29,500.00",
        ),
        (
            "year receive 2025/26 100 --on 2026-05-12".to_owned(),
            "2026-05-12",
            "Entry 10 (a receipt of £100.00) is dated 12 May 2026: with it, £100.00 is to return.",
            "£100.00",
        ),
    ] {
        let desk = Desk::new();
        desk.done(&recorded);
        for question in QUESTIONS {
            let answer = desk.done(question);
            let answer = answer
                .replace("<span class=\"whole\">", "")
                .replace("</span>", "");
            assert!(answer.contains(named), "{recorded}\n{question}: {answer}");
        }
        let shown = desk.done("year show 2025/26");
        assert!(shown.contains("To return £30,000.00"), "{shown}");
        let checked = desk.done("check");
        for told in [
            "2025/26 has ended and is not closed; £30,000.00 is to be returned",
            &format!("ahead warning 1 year 2025/26: £30,000.00 is to return today. {named}"),
        ] {
            assert!(checked.contains(told), "{told}\n{checked}");
        }
        assert_eq!(desk.run("check --strict").0, 1);
        let status = desk.done("status --json");
        let status: serde_json::Value = serde_json::from_str(&status).unwrap();
        let ahead = &status["ahead"][0];
        assert_eq!((&ahead["entry"], &ahead["on"]), (&10.into(), &day.into()));
        assert_eq!(
            format!("£{}", ahead["to_return"].as_str().unwrap()),
            then.replace(',', "")
        );
        // On its day it is a figure like any other; before it was recorded, it lay nowhere.
        let shown = desk.done(&format!("year show 2025/26 --as-at {day}"));
        assert!(shown.contains(&format!("To return {then}")), "{shown}");
        for as_at in [day, "2026-05-10"] {
            let shown = desk.done(&format!("year show 2025/26 --as-at {as_at}"));
            assert!(!shown.contains("Entry 10"), "{as_at}: {shown}");
        }
        desk.done("reverse 10 --note Mistyped");
        assert!(!desk.done("year show 2025/26").contains("Entry 10"));
        assert!(desk.done("check").contains("ahead ok 1 year"));
    }
}

#[test]
fn a_closing_names_the_entry_that_lies_ahead_and_how_to_reverse_it() {
    let desk = Desk::new();
    desk.done("spend add P9 20 --year 2025/26 --on 2036-06-05 --override Agreed");
    desk.done("year return 2025/26 --reference R --on 2026-04-20");
    let Answer(code, refused) = desk.run("year close 2025/26 --on 2026-04-30");
    assert_eq!(code, 1);
    for told in [
        "2025/26 cannot be closed on 30 April 2026; it has entries up to 5 June 2036 (entry 10)",
        "next: entry 10 (spend of £20.00 for P9) is dated 5 June 2036: with it, £0.00 is to return; \
         if it was recorded by mistake, reverse it: crg reverse 10 --note \"the reason\"",
        "next: or record it again on its day: crg correct 10 --on DATE",
    ] {
        assert!(refused.contains(told), "{told}\n{refused}");
    }
    assert!(!refused.contains("--on 2036-06-05"), "{refused}");
    desk.done("reverse 10 --note Mistyped");
    // What the entry had taken is to be returned like the rest.
    let Answer(_, refused) = desk.run("year close 2025/26 --on 2026-04-30");
    assert!(
        refused.contains("while it holds £20.00: project P9 £20.00 next: return what is left"),
        "{refused}"
    );
    desk.done("year return 2025/26 --reference R2 --on 2026-04-21");
    desk.done("year close 2025/26 --on 2026-04-30");
}

#[test]
fn what_is_refused_because_of_an_entry_ahead_names_it() {
    let desk = Desk::new();
    desk.done("spend add P9 20 --year 2025/26 --on 2026-05-31");
    let spend = "spend add P9 --year 2025/26 --on 2026-05-01";
    let Answer(code, refused) = desk.run(&format!("{spend} 2990"));
    assert_eq!(code, 1);
    for told in [
        "£2,990.00 is £10.00 more than project P9 has left on 31 May 2026 (£2,980.00)",
        "entry 10 (spend of £20.00 for P9) is dated 31 May 2026",
        "crg reverse 10 --note \"the reason\"",
    ] {
        assert!(refused.contains(told), "{told}\n{refused}");
    }
    let Answer(_, refused) = desk.run(&format!("{spend} 3001"));
    assert!(
        !refused.contains("entry 10"),
        "today's balance is too low: {refused}"
    );
}

/// The clock of another computer stood at 12 May 2027.
#[test]
fn a_clock_that_ran_ahead_is_named_by_the_check_and_by_what_is_recorded_next() {
    let desk = Desk::new();
    let receive = |now: &str, amount: &str| {
        let receive = format!("year receive 2025/26 {amount} --on 2026-05-01");
        desk.at(now, &receive).1
    };
    let ahead = "2027-05-12T09:30:00Z";
    assert!(!receive(ahead, "1").contains("clock"));
    let noted = receive("2026-05-11T09:31:00Z", "2");
    let told = "note: a clock ran ahead: entry 11 was recorded at 2027-05-12T09:30:00.001Z, but the \
                clock of this computer says 2026-05-11T09:31:00.000Z; --known-at with an earlier \
                moment leaves it out";
    assert!(noted.contains(told), "{noted}");
    let checked = desk.done("check");
    let told = "clock warning 11 entries 2 entries, 10 to 11, were recorded at \
                2027-05-12T09:30:00.000Z or later, but the clock of this computer says \
                2026-05-11T09:30:00.000Z: a clock ran ahead; --known-at leaves them out before that \
                moment";
    assert!(checked.contains(told), "{checked}");
    let known = desk.done("year show 2025/26 --known-at 2026-05-31");
    assert!(
        known.contains("Received £0.00"),
        "as the warning says: {known}"
    );
    assert!(
        desk.done("status")
            .contains("note: a clock ran ahead: entry 11")
    );
    for (now, finding) in [
        (
            "2027-05-12T09:28:59Z",
            "clock warning 11 entries 2 entries, 10 to 11",
        ),
        (
            "2027-05-12T09:29:00Z",
            "clock warning 11 entries entry 11 was",
        ),
        ("2027-05-12T09:29:01Z", "clock ok 11 entries"),
        ("2027-06-12T09:29:01Z", "clock ok 11 entries"),
    ] {
        let Answer(_, checked) = desk.at(now, "check");
        assert!(checked.contains(finding), "{now}: {checked}");
    }
}

#[test]
fn an_unchanged_report_is_issued_once() {
    let desk = Desk::new();
    let issue = "report quarter 2025/26 Q4 --issue --format json --output";
    let entries = || {
        let status = desk.done("status --json");
        let status: serde_json::Value = serde_json::from_str(&status).unwrap();
        status["entries"].as_u64().unwrap()
    };
    desk.done(&format!("{issue} first.json"));
    assert_eq!(entries(), 10);
    let again = desk.done(&format!("{issue} again.json"));
    assert_eq!(entries(), 10);
    let read = |name: &str| fs::read(desk.0.join(name)).unwrap();
    assert_eq!(read("first.json"), read("again.json"));
    let fingerprint = crg::Fingerprint::of_file(&read("first.json"));
    let told = format!(
        "Quarter report 2025/26 Q4 was issued on 11 May 2026 by entry 10, and nothing in it has \
         changed since: its fingerprint is still {fingerprint}; nothing new was recorded"
    );
    assert!(again.contains(&told), "{again}");
    // Another day, another report; and so with another figure.
    desk.done(&format!("{issue} day.json --as-at 2026-05-10"));
    assert_eq!(entries(), 11);
    desk.done("spend add P9 20 --year 2025/26 --on 2026-05-01");
    desk.done(&format!("{issue} changed.json --as-at 2026-05-10"));
    assert_eq!(entries(), 13);
    desk.done(&format!("{issue} changed-again.json --as-at 2026-05-10"));
    assert_eq!(entries(), 13);
    assert_eq!(read("changed.json"), read("changed-again.json"));
    // An explanation shows among the risks, whatever day it is given on.
    desk.done("spend add P9 1 --year 2025/26 --on 2026-05-11");
    desk.done(&format!("{issue} later.json --as-at 2026-05-10"));
    assert_eq!(entries(), 14, "what is dated after the day changes nothing");
}

#[test]
fn a_backup_in_the_same_second_is_the_same_copy() {
    let desk = Desk::new();
    assert!(desk.done("backup").starts_with("Made a safety copy"));
    let copy = desk.0.join("crg-20260511-093000.db");
    let before = fs::read(&copy).unwrap();
    let again = desk.done("backup");
    let told = "The same safety copy already exists, and is sound: crg-20260511-093000.db.";
    assert_eq!(again, told);
    let files = fs::read_dir(desk.0.path()).unwrap().count();
    assert_eq!(files, 2, "the book and one copy");
    // Anything else of that name is left alone, and is no copy.
    desk.done("year receive 2025/26 1 --on 2026-05-01");
    assert_eq!(desk.run("backup").0, 4);
    assert_eq!(fs::read(&copy).unwrap(), before);
    fs::write(&copy, "a text").unwrap();
    assert_eq!(desk.run("backup").0, 4);
}

#[test]
fn conflicted_copies_are_named_with_the_comparison_that_tells_them_apart() {
    let desk = Desk::new();
    let copies = [
        "crg (Jo's conflicted copy 2026-05-01).db",
        "crg-DESKTOP-AB12.db",
    ];
    for name in copies.iter().chain(&["crg-version-2.db"]) {
        fs::copy(desk.0.join("crg.db"), desk.0.join(name)).unwrap();
    }
    fs::write(desk.0.join("crg (1).db"), "a text").unwrap();
    desk.done("--db other.db init --partnership Surrey --funder OPCC");
    fs::rename(desk.0.join("other.db"), desk.0.join("crg (2).db")).unwrap();
    let (status, checked) = (desk.done("status"), desk.done("check"));
    for name in copies {
        assert!(
            status.contains(&format!("note: {name} looks like a conflicted copy")),
            "{status}"
        );
        assert!(
            checked.contains(&format!("{name}, beside the book, looks like")),
            "{checked}"
        );
    }
    for other in ["crg-version-2.db", "crg (1).db", "crg (2).db"] {
        assert!(
            !status.contains(other) && !checked.contains(other),
            "{status}\n{checked}"
        );
    }
    let compare = "crg compare crg.db \"crg (Jo's conflicted copy 2026-05-01).db\"";
    for answer in [&status, &checked] {
        assert!(answer.contains(compare), "{answer}");
    }
    assert!(!desk.done("status --json").contains("conflicted"));
    let same = desk.run("compare crg.db crg_(Jo's_conflicted_copy_2026-05-01).db");
    assert_eq!(same.0, 0, "{}", same.1);
}
