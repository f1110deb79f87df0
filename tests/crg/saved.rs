//! What is saved beside the book, dumps, safety copies and reports: written over only if asked, and
//! confirmed.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::files::TempFolder;

struct Desk {
    folder: TempFolder,
}

/// What a command printed, wrote to standard error, and its exit code.
type Answer = (String, String, Option<i32>);

impl Desk {
    fn new() -> Desk {
        let desk = Desk {
            folder: TempFolder::new(),
        };
        desk.done("init --partnership Kent");
        desk.done("year open 2026/27 --upfront 100 --tactical 50 --on 2026-04-01");
        desk
    }

    fn fed(&self, line: &str, input: &str) -> Answer {
        let mut crg = Command::new(env!("CARGO_BIN_EXE_crg"))
            .args(line.split(' '))
            .current_dir(self.folder.path())
            .env_clear()
            .envs([("CRG_NOW", "2026-05-11T09:30:00Z"), ("CRG_BY", "KCST")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = crg.stdin.take().unwrap();
        stdin.write_all(input.as_bytes()).unwrap();
        drop(stdin);
        let output = crg.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (
            text(output.stdout),
            text(output.stderr),
            output.status.code(),
        )
    }

    fn crg(&self, line: &str) -> Answer {
        self.fed(line, "")
    }

    fn done(&self, line: &str) -> String {
        let (printed, errors, code) = self.crg(line);
        assert_eq!(code, Some(0), "crg {line}\n{errors}");
        printed
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.join(name)).unwrap()
    }

    fn names(&self) -> Vec<String> {
        let items = std::fs::read_dir(self.folder.path()).unwrap();
        let names = items.map(|item| item.unwrap().file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }
}

#[test]
fn a_dump_replaces_an_earlier_one_only_if_asked() {
    let desk = Desk::new();
    desk.done("dump whole");
    let before = desk.read("whole/entries.csv");
    desk.done("year confirm 2026/27");
    let (_, errors, code) = desk.crg("dump whole");
    assert_eq!(code, Some(4));
    assert!(errors.contains("or add --replace"), "{errors}");
    assert_eq!(desk.read("whole/entries.csv"), before);

    let printed = desk.done("dump whole --replace");
    assert_eq!(printed, "Wrote 3 entries to whole.\n");
    assert!(desk.read("whole/entries.csv").starts_with(&before));
    assert!(
        desk.done("--db copy.db load whole")
            .contains("Every fingerprint matches")
    );
    let items = std::fs::read_dir(desk.folder.join("whole")).unwrap();
    assert_eq!(items.count(), 5);
    // A folder that has none of the files is filled as without it.
    desk.done("dump other --replace");
    assert_eq!(desk.read("other/record.csv"), desk.read("whole/record.csv"));
}

/// A dump never takes the place of anything but a plain file, and then leaves all as it was.
#[test]
fn a_dump_replaces_plain_files_only() {
    let desk = Desk::new();
    desk.done("dump whole");
    let record = desk.folder.join("whole/record.csv");
    std::fs::remove_file(&record).unwrap();
    std::fs::create_dir(&record).unwrap();
    desk.done("year confirm 2026/27");
    let before = desk.read("whole/entries.csv");
    assert_eq!(desk.crg("dump whole --replace").2, Some(4));
    assert_eq!(desk.read("whole/entries.csv"), before);
    assert!(record.is_dir());
}

/// The entries go from one program into another without a file.
#[test]
fn entries_are_dumped_to_standard_output_and_loaded_from_standard_input() {
    let desk = Desk::new();
    desk.done("dump whole");
    let printed = desk.done("dump -");
    assert_eq!(printed, desk.read("whole/entries.csv"));
    let (answer, errors, code) = desk.fed("--db copy.db load -", &printed);
    assert_eq!(code, Some(0), "{errors}");
    assert_eq!(answer, "Recorded 2 entries in a new book, copy.db.\n");
    assert_eq!(desk.done("--db copy.db dump -"), printed);
    // What is wrong is named by its place there, and nothing is recorded.
    let wrong = printed.replace("2026-04-01", "31/04/2026");
    let (_, errors, code) = desk.fed("--db third.db load -", &wrong);
    assert_eq!(code, Some(3));
    assert!(errors.contains("standard input"), "{errors}");
    assert!(!desk.folder.join("third.db").exists());
    assert!(!desk.folder.join("-").exists());
    // A text cannot be CSV and JSON at once.
    assert_eq!(desk.crg("dump - --json").2, Some(2));
}

#[test]
fn a_safety_copy_replaces_only_an_earlier_one_of_the_same_book() {
    let desk = Desk::new();
    let copy = "crg-20260511-093000.db";
    desk.done("backup");
    desk.done("year confirm 2026/27");
    let (_, errors, code) = desk.crg("backup");
    assert_eq!(code, Some(4), "{errors}");
    let printed = desk.done("backup --replace");
    assert_eq!(
        printed,
        format!("Made a safety copy and checked it: {copy}.\n")
    );
    assert!(
        desk.done(&format!("compare crg.db {copy}"))
            .contains("the same")
    );
    assert_eq!(desk.names(), ["crg-20260511-093000.db", "crg.db"]);
    // It has an entry that the book has not, is another book, or no book at all.
    desk.done(&format!("--db {copy} year receive 2026/27 7"));
    assert_eq!(desk.crg("backup --replace").2, Some(4));
    std::fs::remove_file(desk.folder.join(copy)).unwrap();
    desk.done(&format!("--db {copy} init --partnership Essex"));
    assert_eq!(desk.crg("backup --replace").2, Some(4));
    std::fs::write(desk.folder.join(copy), "letters").unwrap();
    assert_eq!(desk.crg("backup --replace").2, Some(4));
    assert_eq!(desk.read(copy), "letters");
}

/// A report in a file is confirmed where no script reads its answer.
#[test]
fn a_saved_report_is_confirmed_on_standard_error() {
    let desk = Desk::new();
    for (line, file) in [
        ("report pot 2026/27", "pot.csv"),
        ("page 2026/27", "page.html"),
        ("export journal 2026/27 --for ledger", "year.journal"),
    ] {
        let (printed, errors, code) = desk.crg(&format!("{line} -o {file}"));
        assert_eq!((printed.as_str(), code), ("", Some(0)), "{line}");
        assert!(
            errors.contains(&format!("note: saved as {file}\n")),
            "{errors}"
        );
        let (_, errors, _) = desk.crg(&format!("--quiet {line} -o {file} --replace"));
        assert_eq!(errors, "", "{line}");
        let (printed, errors, _) = desk.crg(&format!("{line} -o -"));
        assert!(!printed.is_empty() && errors.is_empty(), "{errors}");
    }
}

#[test]
fn a_name_with_an_invisible_character_is_refused() {
    let desk = Desk::new();
    for option in ["partnership", "funder"] {
        let (_, errors, code) = desk.crg(&format!("--db new.db init --{option} Kent\u{202e}"));
        assert_eq!(code, Some(2), "{errors}");
        assert!(errors.contains("U+202E; remove it"), "{errors}");
        assert!(!errors.contains('\u{202e}'), "{errors}");
    }
    assert!(!desk.folder.join("new.db").exists());
}

/// A mistyped ref finds nothing, and that is said instead of an empty list.
#[test]
fn the_log_of_an_unknown_project_names_a_similar_one() {
    let desk = Desk::new();
    desk.done("project propose P01 --pot upfront --amount 5 --title Locks --lead L");
    for line in ["log --project P10", "log --year 2026/27 --project P02"] {
        let (printed, errors, code) = desk.crg(line);
        assert_eq!((printed.as_str(), code), ("", Some(1)), "{line}");
        assert!(errors.contains("did you mean P01, Locks?"), "{errors}");
    }
    // What is narrowed to nothing is no mistake.
    assert!(
        desk.done("log --project P01 --kind spend")
            .starts_with("Journal")
    );
}
