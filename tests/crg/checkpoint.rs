//! The note of a book's end, for minutes and papers: whether a book extends it, is shorter or forks.

use std::fs;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use crate::files::TempFolder;
use crate::kent::{crg, demo, text};

fn note(folder: &TempFolder) -> String {
    let answer = crg(folder, &["log", "--head", "--note"]);
    assert_eq!(answer.status.code(), Some(0), "{answer:?}");
    text(&answer)
}

fn check(folder: &TempFolder, note: &str) -> (Option<i32>, String) {
    fs::write(folder.join("minutes.txt"), note).unwrap();
    let answer = crg(
        folder,
        &["check", "--head", "minutes.txt", "--format", "csv"],
    );
    let row = text(&answer).lines().nth(1).unwrap_or_default().to_owned();
    (answer.status.code(), row)
}

fn receive(folder: &TempFolder, reference: &str) {
    let arguments = ["year", "receive", "2026/27", "1", "--reference", reference];
    assert!(crg(folder, &arguments).status.success());
}

#[test]
fn a_note_has_three_lines_and_the_old_form_stays() {
    let (folder, _) = demo();
    let note = note(&folder);
    let lines: Vec<&str> = note.lines().collect();
    assert_eq!(lines[0], "crg: Kent Community Safety Partnership");
    assert_eq!(lines[1].parse(), Ok(crate::kent::entries() + 1));
    assert_eq!(
        format!("{}\n", lines[2]),
        text(&crg(&folder, &["log", "--head"]))
    );
    assert_eq!(lines.len(), 3);
}

#[test]
fn a_book_extends_its_own_notes() {
    let (folder, _) = demo();
    let first = note(&folder);
    let count: usize = first.lines().nth(1).unwrap().parse().unwrap();
    let (exit, row) = check(&folder, &first);
    assert_eq!(exit, Some(0));
    let same = format!("head,ok,\"extends the note: {count} entries then, {count} entries now\",");
    assert!(row.starts_with(&same), "{row}");
    receive(&folder, "BACS 1");
    for spelling in [
        first.clone(),
        first.replace('\n', "\r\n"),
        format!(
            "\u{feff}\n {}\n\n",
            first.to_uppercase().replace(
                "CRG: KENT COMMUNITY SAFETY PARTNERSHIP",
                "crg: Kent Community Safety Partnership"
            )
        ),
    ] {
        let (exit, row) = check(&folder, &spelling);
        assert_eq!(exit, Some(0), "{spelling:?}: {row}");
        assert!(
            row.contains(&format!("{count} entries then, {} entries now", count + 1)),
            "{row}"
        );
    }
    // A file with the fingerprint alone, and either from standard input.
    let fingerprint = first.lines().nth(2).unwrap();
    assert_eq!(check(&folder, fingerprint).0, Some(0));
    for text in [first.as_str(), fingerprint] {
        let answer = from_stdin(&folder, text);
        assert_eq!(answer.status.code(), Some(0), "{answer:?}");
    }
}

fn from_stdin(folder: &TempFolder, text: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crg"));
    command.args(["--db", "crg-demo.db", "check", "--head", "-"]);
    command.current_dir(folder.path()).stdin(Stdio::piped());
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn a_shorter_book_and_a_fork_are_told_apart() {
    let (folder, _) = demo();
    fs::copy(folder.join("crg-demo.db"), folder.join("early.db")).unwrap();
    receive(&folder, "BACS 1");
    let later = note(&folder);
    fs::copy(folder.join("early.db"), folder.join("crg-demo.db")).unwrap();
    let (exit, row) = check(&folder, &later);
    assert_eq!(exit, Some(1));
    assert!(row.contains("shorter: the note counts"), "{row}");
    receive(&folder, "BACS 2");
    let (exit, row) = check(&folder, &later);
    assert_eq!(exit, Some(1));
    assert!(row.contains("forks: "), "{row}");
}

#[test]
fn a_note_that_was_changed_proves_nothing() {
    let (folder, _) = demo();
    let good = note(&folder);
    let lines: Vec<&str> = good.lines().collect();
    let count: u32 = lines[1].parse().unwrap();
    for (changed, expected) in [
        (
            format!("crg: Another\n{count}\n{}", lines[2]),
            "is of the book of Another",
        ),
        (
            format!("{}\n{}\n{}", lines[0], count - 1, lines[2]),
            "its fingerprint is that of entry",
        ),
        (
            format!("{}\n{count}\n{}", lines[0], "0".repeat(64)),
            "forks: ",
        ),
    ] {
        let (exit, row) = check(&folder, &changed);
        assert_eq!(exit, Some(1), "{changed}");
        assert!(
            row.starts_with("head,fault,") && row.contains(expected),
            "{row}"
        );
    }
    for unreadable in [
        "The meeting closed at noon.\n",
        "",
        "crg: Kent\n1\n",
        &format!("crg: Kent\n-1\n{}", lines[2]),
        &format!("crg: Kent\n99999999999\n{}", lines[2]),
        &format!("Kent\n1\n{}", lines[2]),
        &"crg: Kent\n1\n".repeat(1000),
    ] {
        fs::write(folder.join("minutes.txt"), unreadable).unwrap();
        let answer = crg(&folder, &["check", "--head", "minutes.txt"]);
        assert_eq!(answer.status.code(), Some(3), "{unreadable:?}: {answer:?}");
    }
    let none = crg(&folder, &["check", "--head", "none.txt"]);
    assert_eq!(none.status.code(), Some(3), "{none:?}");
}

#[test]
fn a_note_of_an_empty_book_is_extended_by_all_that_follows() {
    let folder = TempFolder::new();
    let path = ["--db", "empty.db"];
    assert!(crg(&folder, &[path[0], path[1], "init"]).status.success());
    let empty = text(&crg(
        &folder,
        &[path[0], path[1], "log", "--head", "--note"],
    ));
    assert_eq!(empty.lines().nth(1), Some("0"));
    fs::write(folder.join("minutes.txt"), empty).unwrap();
    let open = [
        "year",
        "open",
        "2026/27",
        "--upfront",
        "100",
        "--tactical",
        "50",
    ];
    for step in [&[][..], &open] {
        if !step.is_empty() {
            assert!(crg(&folder, &[&path[..], step].concat()).status.success());
        }
        let check = ["check", "--head", "minutes.txt"];
        let answer = crg(&folder, &[&path[..], &check].concat());
        assert_eq!(answer.status.code(), Some(0), "{answer:?}");
        assert!(text(&answer).contains("extends the note"), "{answer:?}");
    }
}
