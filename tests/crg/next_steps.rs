//! Every `next:` that the program prints is followed, as printed: it works, or leads nearer to the
//! truth in a way that is listed here. Those of the transcripts are followed where they are printed.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::temp_folder::{TempFolder, copy};

/// Steps that may fail: the command, what it then prints, and why that is nearer to the truth.
const NEARER: [(&str, &str, &str); 10] = [
    (
        "spend import",
        " for a decision",
        "it lists the lines that wait, beside what the book has",
    ),
    (
        "year return",
        "was not drawn",
        "the day is right, and it asks what happens to what the OPCC has not paid",
    ),
    (
        "reconcile",
        "not reconciled: ",
        "it lists the printed figures with their entries",
    ),
    ("check", "check: the book has faults", "it names the fault"),
    (
        "check --for",
        "check: facts are missing",
        "it lists them, each with the command that records it",
    ),
    (
        "year release",
        "refused: upfront proposals are still undecided",
        "it names what must be decided first",
    ),
    (
        "year close",
        "cannot be closed while it holds",
        "the date is right, and the next rule names the money",
    ),
    (
        "spend import",
        "refused:",
        "it lists the lines that a rule refuses, each with its own reason",
    ),
    (
        "spend import",
        "invalid extract;",
        "it lists every cell that is wrong",
    ),
    (
        "project forecast",
        " is closed; reopen it",
        "the reason cannot be recorded before that",
    ),
];

/// A line run by the shell of this system, in a folder.
fn shell(folder: &Path, now: &str, line: &str) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_crg")).parent().unwrap();
    let (shell, option) = if cfg!(windows) {
        ("cmd", "/C")
    } else {
        ("/bin/sh", "-c")
    };
    let named = ["crg.db", "book.db"]
        .into_iter()
        .find(|name| folder.join(name).exists());
    Command::new(shell)
        .args([option, line])
        .current_dir(folder)
        .env_clear()
        .envs([("CRG_NOW", now), ("CRG_BY", "KCST"), ("NO_COLOR", "1")])
        .env("PATH", program)
        .env("CRG_DB", named.unwrap_or_default())
        .output()
        .unwrap()
}

/// All that a command printed.
fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// The commands of the lines `next: reason: crg …` and `next: crg …`.
fn steps(printed: &str) -> Vec<&str> {
    let command = |line| {
        let next: &str = str::strip_prefix(line, "next: ")?;
        let at = next.find(": crg ").map(|at| at + 2);
        at.or(next.starts_with("crg ").then_some(0))
            .map(|at| &next[at..])
    };
    printed.lines().filter_map(command).collect()
}

/// A step with values for what only the person knows.
fn filled_in(step: &str) -> String {
    let in_year = |year: &str| step.contains(year);
    let date = match step {
        step if step.contains("--since DATE") => "2026-03-01",
        _ if in_year("2025/26") => "2026-03-31",
        _ if in_year("2030/31") => "2030-07-20",
        _ => "2026-05-11",
    };
    let value = |word: &str| match word {
        "AMOUNT" => "1.00".to_owned(),
        "DATE" => date.to_owned(),
        "MOMENT" => "2026-04-01T12:00:00Z".to_owned(),
        "ORG-ID" => "GB-CHC-1234567".to_owned(),
        "PAYMENT" | "TEXT" => "\"BACS 7\"".to_owned(),
        "FOLDER" => "a-folder".to_owned(),
        "COPY" => "a-copy.db".to_owned(),
        "FILE" if step.contains("--suggest") => "an-extract.csv".to_owned(),
        "FILE" | "MAP" => "a-new-file".to_owned(),
        word => word.replace("FILE.", "a-new-file."),
    };
    step.split(' ').map(value).collect::<Vec<_>>().join(" ")
}

/// Follows each step that a command printed, in a copy of the folder it was printed in, with what a
/// person may have beside it; returns what went wrong.
pub(crate) fn follow(folder: &Path, now: &str, command: &str, shown: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for step in steps(shown) {
        let desk = TempFolder::new();
        copy(folder, desk.path());
        let kent = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/kent");
        copy(&kent, &desk.join("a-folder"));
        let extract = "Date,Amount,Code\n08/05/2026,1.00,P01\n";
        fs::write(desk.join("an-extract.csv"), extract).unwrap();
        let _ = fs::copy(desk.join("crg.db"), desk.join("a-copy.db"));
        let typed = filled_in(step);
        let output = shell(desk.path(), now, &typed);
        let text = printed(&output);
        let nearer = NEARER
            .iter()
            .any(|(name, prints, _)| typed.contains(name) && text.contains(prints));
        if !(output.status.success() || nearer) {
            wrong.push(format!("{command}\n{shown}\nleads to: {typed}\n{text}"));
        }
    }
    wrong
}

/// A new book says which three commands come next, and they work one after the other.
#[test]
fn a_new_book_leads_to_its_first_proposal() {
    let (desk, now) = (TempFolder::new(), "2026-05-11T09:30:00Z");
    let made = printed(&shell(desk.path(), now, "crg init"));
    let commands: Vec<&str> = made
        .lines()
        .filter_map(|line| line.strip_prefix("next: ").or(line.strip_prefix("then: ")))
        .collect();
    assert_eq!(commands.len(), 3, "{made}");
    for command in commands {
        let output = shell(desk.path(), now, &filled_in(command));
        assert!(output.status.success(), "{command}\n{}", printed(&output));
    }
    let projects = printed(&shell(desk.path(), now, "crg project list"));
    assert!(projects.contains("P01 "), "{projects}");
}

/// What a moment's book refuses: commands that come before, and the command that fails. All are
/// about a year that is not the one containing the day.
type Situation = (&'static [&'static str], &'static str);

const RETURNED: &str = "crg year return 2025/26 --reference B1 --on 2026-04-20";

const OF_THE_YEAR_BEFORE: [Situation; 45] = [
    (&[], "crg project show P05"),
    (&[], "crg project show P99 --year 2025/26"),
    (
        &[],
        "crg project show P07 --year 2025/26 --as-at 2025-07-23",
    ),
    (&[], "crg spend list 2026/27 --project P05"),
    (&[], "crg project complete P99 --year 2025/26"),
    (&[], "crg spend add P05 1 --on 2025-04-01"),
    (&[], "crg spend add P05 1 --on 2025-07-20 --year 2025/26"),
    (&[], "crg spend add P05 9000 --year 2025/26"),
    (&[], "crg spend refund P05 9000 --year 2025/26"),
    (
        &["crg spend add P05 300 --year 2025/26 --on 2026-03-31"],
        "crg spend add P05 300 --year 2025/26 --on=2026-03-31",
    ),
    (
        &[],
        "crg project propose P05 --year 2025/26 --pot upfront --amount 1 --title T --lead L --on 2026-03-01",
    ),
    (&[], "crg project recommend P05 --year 2025/26"),
    (
        &[],
        "crg project endorse P05 --year 2025/26 --on 2026-03-31",
    ),
    (
        &[],
        "crg project amend P05 --amount 3 --year 2025/26 --on 2026-03-31",
    ),
    (&[], "crg project approve P05 3 --year 2025/26"),
    (
        &[],
        "crg project increase P05 50,000 --year 2025/26 --on 2026-03-31 --reference A1",
    ),
    (
        &[],
        "crg project reduce P05 4999 --year 2025/26 --on 2026-03-31 --reference A1",
    ),
    (&[], "crg project withdraw P05 --year 2025/26"),
    (&[], "crg year open 2025/26 --upfront 1 --tactical 1"),
    (&[], "crg year confirm 2025/26"),
    (
        &[],
        "crg year cut 2025/26 50,000 --pot upfront --on 2026-03-31",
    ),
    (&[], "crg year release 2025/26 --on 2026-03-31"),
    (&[], "crg year reopen 2025/26 --note \"A late invoice\""),
    (&[], "crg year close 2025/26"),
    (&[], "crg year close 2025/26 --on 2026-01-01"),
    (
        &[],
        "crg year return 2025/26 5,000 --project P05 --on 2026-04-20 --reference A1",
    ),
    (&[], "crg report remittance 2025/26 --reference nothing"),
    (&[], "crg report year-end 2025/26 --since 2026-05-11"),
    (
        &[],
        "crg report update 2025/26 --as-at 2026-03-31 --since 2026-04-01",
    ),
    (&[], "crg reverse 7 --note \"Typed twice\""),
    (
        &["crg year receive 2025/26 5 --on 2026-03-31"],
        "crg reverse 148 --on 2026-05-01 --note \"Typed twice\"",
    ),
    (&[], "crg reverse 999 --note \"Typed twice\""),
    (&[], "crg reconcile 2025/26 --explain 1 --note \"Rounded\""),
    (&[], "crg reconcile 2025/26"),
    (
        &[
            "crg year return 2025/26 --reference B1",
            "crg year close 2025/26",
        ],
        "crg spend add P05 1 --year 2025/26",
    ),
    (
        &[
            "crg year return 2025/26 --reference B1",
            "crg year close 2025/26",
        ],
        "crg year reopen 2025/26 --on 2026-05-01 --note \"A late invoice\"",
    ),
    (&[RETURNED], "crg spend add P05 60 --year 2025/26"),
    (&[RETURNED], "crg spend add P05 700 --year 2025/26"),
    (
        &[RETURNED],
        "crg spend add P05 60 --year 2025/26 --on 2026-05-12",
    ),
    (&[RETURNED], "crg spend add P10 5 --year 2025/26"),
    (
        &[
            RETURNED,
            "crg year repay 2025/26 5 --pot tactical --reference B2",
        ],
        "crg spend add P10 5 --year 2025/26",
    ),
    (&[RETURNED], "crg spend add P10 700 --year 2025/26"),
    (
        &[RETURNED],
        "crg year repay 2025/26 5 --project P10 --reference B2",
    ),
    (
        &["crg year receive 2025/26 39,000 --reference C1"],
        "crg year return 2025/26 --reference B1",
    ),
    (
        &[RETURNED, "crg year close 2025/26"],
        "crg year repay 2025/26 5 --project P05 --reference B2",
    ),
];

/// A command, and the commands that lead to its success: each is the first step that the one
/// before it prints, or the command again.
const LATE_INVOICES: [(&str, &[&str]); 3] = [
    (
        "crg spend add P05 60 --year 2025/26 --reference LATE",
        &[
            "crg year reopen 2025/26 --note \"the reason\"",
            "crg year repay 2025/26 60.00 --project P05 --reference \"BACS 7\"",
        ],
    ),
    (
        "crg spend add P05 720 --year 2025/26 --reference LATE",
        &[
            "crg year reopen 2025/26 --note \"the reason\"",
            "crg year repay 2025/26 696.00 --project P05 --reference \"BACS 7\"",
            "crg year repay 2025/26 24.00 --pot tactical --reference \"BACS 7\"",
            "crg project increase P05 24.00 --reference \"BACS 7\" --year 2025/26 --on 2026-05-11 --override \"the reason\"",
        ],
    ),
    (
        "crg spend add P10 30.40 --year 2025/26 --reference LATE",
        &[
            "crg year reopen 2025/26 --note \"the reason\"",
            "crg year repay 2025/26 30.40 --pot tactical --reference \"BACS 7\"",
            "crg project increase P10 30.40 --reference \"BACS 7\" --year 2025/26 --on 2026-05-11 --override \"the reason\"",
        ],
    ),
];

/// Whoever follows the steps records a late invoice after the close, and closes the year again with
/// nothing left; the allocation stays what it was.
#[test]
fn the_steps_lead_from_a_late_invoice_to_a_closed_year() {
    let (published, now) = (published(), "2026-05-11T09:30:00Z");
    for (invoice, expected) in LATE_INVOICES {
        let desk = TempFolder::new();
        copy(published.path(), desk.path());
        for before in [RETURNED, "crg year close 2025/26"] {
            assert!(shell(desk.path(), now, before).status.success());
        }
        let mut taken = Vec::new();
        let text = loop {
            let output = shell(desk.path(), now, invoice);
            let text = printed(&output);
            if output.status.success() {
                break text;
            }
            assert!(taken.len() < 6, "{taken:?}\n{text}");
            // The amount of an increase is what the refusal says is missing.
            let short = text
                .split(" is £")
                .nth(1)
                .and_then(|text| text.split(' ').next());
            let step = steps(&text)[0].replace("AMOUNT", short.unwrap_or_default());
            let step = filled_in(&step);
            let output = shell(desk.path(), now, &step);
            assert!(output.status.success(), "{step}\n{}", printed(&output));
            taken.push(step);
        };
        assert_eq!(taken, expected, "{text}");
        let closed = shell(desk.path(), now, "crg year close 2025/26");
        assert!(closed.status.success(), "{}", printed(&closed));
        let year = printed(&shell(
            desk.path(),
            now,
            "crg year show 2025/26 --format csv",
        ));
        assert!(year.contains("Allocation,39661.00"), "{year}");
    }
}

/// A day of 2027/28, when 2026/27 is the year before: proposals are pending in both of its pots.
const PENDING: [&str; 8] = [
    "crg project propose U1 --year 2026/27 --on 2026-04-08 --pot upfront --amount 500 --title Locks --lead Police",
    "crg project propose T1 --year 2026/27 --on 2026-04-08 --pot tactical --amount 500 --title Bikes --lead Police",
    "crg project recommend U1 --year 2026/27 --on 2026-04-27",
    "crg project endorse U1 --year 2026/27 --on 2026-04-27",
    "crg project submit U1 --year 2026/27 --on 2026-04-27",
    "crg project recommend T1 --year 2026/27 --on 2026-04-27",
    "crg project endorse T1 --year 2026/27 --on 2026-04-27",
    "crg project submit T1 --year 2026/27 --on 2026-04-27",
];

const OF_A_PENDING_YEAR: [Situation; 11] = [
    (
        &PENDING,
        "crg project approve U1 600 --year 2026/27 --on 2026-07-23",
    ),
    (
        &PENDING,
        "crg project approve T1 500 --year 2026/27 --on 2026-07-23",
    ),
    (&PENDING, "crg year release 2026/27 --on 2026-07-23"),
    (&PENDING, "crg project approve U1 500 --year 2026/27"),
    (&PENDING, "crg spend add U1 5 --year 2026/27"),
    (&[], "crg year return 2027/28 --reference B1"),
    (&[], "crg year reopen 2027/28 --note Late"),
    (&[], "crg year cut 2027/28 5 --pot upfront"),
    (&[], "crg project complete P05 --year 2027/28"),
    (&[], "crg project complete P05 --year 2028/29"),
    (&[], "crg pot 2030/31"),
];

/// The published years of Kent, as `crg.db`.
fn published() -> TempFolder {
    let folder = TempFolder::new();
    let made = shell(folder.path(), "2026-05-11T09:30:00Z", "crg demo crg.db");
    assert!(made.status.success(), "{}", printed(&made));
    folder
}

/// Runs a command that fails, in a copy of a folder, and follows its steps. Those of a command
/// about a year must name that year. Returns what went wrong.
fn after_failure(folder: &Path, now: &str, year: &str, (before, line): Situation) -> Vec<String> {
    let desk = TempFolder::new();
    copy(folder, desk.path());
    for command in before {
        let done = shell(desk.path(), now, command);
        assert!(done.status.success(), "{command}\n{}", printed(&done));
    }
    let output = shell(desk.path(), now, line);
    let text = printed(&output);
    let mut wrong = follow(desk.path(), now, line, &text);
    let steps = steps(&text);
    if output.status.success() || steps.is_empty() {
        wrong.push(format!(
            "{line}\n{text}\nit must fail, and say what to do next"
        ));
    }
    for step in steps {
        if line.contains(year) && !step.contains(year) && step != "crg status" {
            wrong.push(format!("{line}\n{text}\n{step} names no year"));
        }
    }
    wrong
}

#[test]
fn the_steps_after_a_refusal_work_whichever_year_it_concerns() {
    let folder = published();
    let (now, then) = ("2026-05-11T09:30:00Z", "2027-06-01T09:30:00Z");
    let mut wrong = Vec::new();
    for situation in OF_THE_YEAR_BEFORE {
        wrong.extend(after_failure(folder.path(), now, "2025/26", situation));
    }
    for situation in OF_A_PENDING_YEAR {
        wrong.extend(after_failure(folder.path(), then, "2026/27", situation));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n----\n"));
}

const MAP: &str =
    "unmatched = 'P01'\n[columns]\ndate = 'Date'\namount = 'Amount'\nsupplier = 'Supplier'\n";

/// A folder with a book and a map, and the extract with one payment that is right and one cell.
fn desk(amount: &str) -> TempFolder {
    let folder = TempFolder::new();
    let kent = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/kent");
    copy(&kent, &folder.join("kent"));
    let loaded = shell(folder.path(), "2026-05-11T09:30:00Z", "crg load kent");
    assert!(loaded.status.success(), "{}", printed(&loaded));
    fs::write(folder.join("map.toml"), MAP).unwrap();
    let extract = format!("Date,Amount,Supplier\n08/07/2025,1.00,A\n09/07/2025,{amount},B\n");
    fs::write(folder.join("a.csv"), extract).unwrap();
    folder
}

/// What a person's cell says does not change the advice.
#[test]
fn no_step_is_chosen_by_the_words_of_a_cell() {
    let import = "crg spend import a.csv --map map.toml --dry-run";
    let next = |amount: &str| {
        let folder = desk(amount);
        let output = shell(folder.path(), "2026-05-11T09:30:00Z", import);
        let text = printed(&output);
        assert_eq!(output.status.code(), Some(3), "{text}");
        let wrong = follow(folder.path(), "2026-05-11T09:30:00Z", import, &text);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        let next = text.lines().filter(|line| line.starts_with("next: "));
        next.map(str::to_owned).collect::<Vec<_>>()
    };
    let expected = next("lots");
    assert!(!expected.is_empty());
    for amount in [
        "more than 5",
        "is there twice",
        "appears twice",
        "cannot be read",
        "a quote is left open",
        "which the map names",
        "next: crg log",
        "crg",
    ] {
        assert_eq!(next(amount), expected, "{amount}");
    }
}

/// A step can be pasted whatever the book is called and whatever was typed.
#[cfg(unix)]
#[test]
fn steps_are_quoted_for_the_shell() {
    let folder = TempFolder::new();
    let now = "2026-05-11T09:30:00Z";
    for name in [
        "my book.db",
        "it's.db",
        "$HOME.db",
        "a`b`.db",
        "wait!.db",
        "a\\b.db",
        "£5;c.db",
    ] {
        let typed = format!("'{}'", name.replace('\'', r"'\''"));
        let made = shell(folder.path(), now, &format!("crg --db {typed} init"));
        let wrong = follow(folder.path(), now, name, &printed(&made));
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(folder.join(name).exists(), "{name}");
        let line =
            format!("crg --db {typed} year receive 2025/26 5 --on 2024-12-31 --note {typed}");
        let refused = shell(folder.path(), now, &line);
        let wrong = follow(folder.path(), now, &line, &printed(&refused));
        assert_eq!(steps(&printed(&refused)).len(), 2, "{}", printed(&refused));
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

/// Errors for scripts: one line, the code of the rule, the same steps.
#[test]
fn an_error_as_json_has_its_code_and_its_steps() {
    let folder = published();
    let now = "2026-05-11T09:30:00Z";
    for (line, code, exit) in [
        ("crg year reopen 2025/26 --note Late", "not-closed", 1),
        (
            "crg spend add P05 1 --on 2025-07-20 --year 2025/26",
            "out-of-order",
            1,
        ),
        ("crg spend add P05 9000 --year 2025/26", "overdrawn", 1),
        ("crg pot 2024/25", "no-such-year", 1),
        ("crg reconcile 2025/26", "not-reconciled", 1),
        ("crg spend add P05 1.005", "invalid", 2),
        ("crg pot 1999", "command-line", 2),
        ("crg load nowhere", "invalid-input", 3),
        ("crg --db none.db pot", "no-book", 4),
    ] {
        let text = shell(folder.path(), now, line);
        let shown = String::from_utf8(text.stderr).unwrap();
        let json = shell(folder.path(), now, &format!("{line} --errors json"));
        assert_eq!(json.status.code(), Some(exit), "{line}");
        let stderr = String::from_utf8(json.stderr).unwrap();
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
        let error = &serde_json::from_str::<serde_json::Value>(&stderr).unwrap()["error"];
        assert_eq!(
            (&error["code"], &error["exit"]),
            (&code.into(), &exit.into()),
            "{line}"
        );
        let message = error["message"].as_str().unwrap();
        assert!(shown.starts_with(message), "{shown}\n{message}");
        // The command that is repeated has the new option in it.
        let next: Vec<String> = steps(&shown)
            .iter()
            .map(|step| (*step).to_owned())
            .collect();
        let same = |step: &serde_json::Value| step.as_str().unwrap().replace(" --errors json", "");
        let json_next: Vec<String> = error["next"].as_array().unwrap().iter().map(same).collect();
        assert_eq!(json_next, next, "{line}");
    }
    let with_format = shell(folder.path(), now, "crg pot 2024/25 --format json");
    let stderr = String::from_utf8(with_format.stderr).unwrap();
    assert!(
        stderr.starts_with("{\"error\":{\"code\":\"no-such-year\",\"exit\":1,"),
        "{stderr}"
    );
}
