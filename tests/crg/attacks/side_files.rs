//! What another program puts beside the book, under the names of the files that `crg` and SQLite
//! make there.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use rusqlite::Connection;

use super::{Target, answer, within};

/// What a file must keep whatever links lead to it.
const VICTIM: &str = "the finance officer's file";

/// Plants something at a path. The last two parts of a link lead to `victim`.
fn plant(path: &Path, victim: &Path, what: &str) {
    match what {
        "a link" => symlink(victim, path).unwrap(),
        "a link to nothing" => symlink(victim.with_extension("none"), path).unwrap(),
        "a second name" => fs::hard_link(victim, path).unwrap(),
        "a folder" => fs::create_dir(path).unwrap(),
        "a pipe" => {
            let made = Command::new("mkfifo").arg(path).status().unwrap();
            assert!(made.success());
        }
        _ => unreachable!(),
    }
}

const PLANTED: [&str; 5] = [
    "a link",
    "a link to nothing",
    "a second name",
    "a folder",
    "a pipe",
];

fn is_untouched(victim: &Path) {
    assert_eq!(fs::read_to_string(victim).unwrap(), VICTIM);
    assert!(!victim.with_extension("none").exists());
}

#[test]
fn the_writers_note_goes_into_nothing_that_was_planted() {
    for what in PLANTED {
        let target = Target::new();
        let victim = target.folder.join("victim.txt");
        fs::write(&victim, VICTIM).unwrap();
        plant(&target.folder.join("crg.db.writer"), &victim, what);
        let said = within(20, &mut target.command(&RECEIVE));
        assert_eq!(said.exit, Some(0), "{what}: {said:?}");
        is_untouched(&victim);
    }
}

#[test]
fn a_planted_note_is_not_shown_to_whoever_waits() {
    let waits = |what: &str| {
        let target = Target::new();
        let victim = target.folder.join("victim.txt");
        fs::write(&victim, format!("{VICTIM}\n")).unwrap();
        plant(&target.folder.join("crg.db.writer"), &victim, what);
        let holder = Connection::open(&target.book).unwrap();
        holder.execute_batch("BEGIN IMMEDIATE").unwrap();
        let said = within(20, &mut target.command(&RECEIVE));
        assert_eq!(said.exit, Some(5), "{what}: {said:?}");
        assert!(!said.err.contains("finance officer"), "{what}: {said:?}");
    };
    // All wait for seconds, so together.
    thread::scope(|scope| {
        for what in ["a link", "a pipe", "a folder"] {
            scope.spawn(move || waits(what));
        }
    });
}

#[test]
fn a_note_left_by_a_killed_writer_is_replaced() {
    let target = Target::new();
    let note = target.folder.join("crg.db.writer");
    fs::write(&note, "somebody (process 1), writing since").unwrap();
    assert_eq!(target.receive().exit, Some(0));
    assert!(!note.exists());
}

#[test]
fn sqlites_journal_goes_into_nothing_that_was_planted() {
    for what in PLANTED {
        let target = Target::new();
        let victim = target.folder.join("victim.txt");
        fs::write(&victim, VICTIM).unwrap();
        plant(&target.folder.join("crg.db-journal"), &victim, what);
        for arguments in [&RECEIVE[..], &["pot", "2025/26"]] {
            let said = within(20, &mut target.command(arguments));
            assert_eq!(said.exit, Some(4), "{what}: {said:?}");
            assert!(said.err.contains("crg.db-journal is "), "{what}: {said:?}");
        }
        is_untouched(&victim);
    }
}

#[test]
fn nothing_unfinished_is_made_through_what_was_planted() {
    let endings = ["", "-journal", "-wal", ".writer"];
    for (what, ending) in PLANTED
        .iter()
        .flat_map(|what| endings.map(|ending| (what, ending)))
    {
        let target = Target::new();
        let victim = target.folder.join("victim.txt");
        fs::write(&victim, VICTIM).unwrap();
        // The name has the number of the process, which whoever starts it can know.
        let script = "while [ ! -e go ]; do sleep 0.02; done; exec \"$0\" backup";
        let mut shell = Command::new("sh");
        shell.args(["-c", script, env!("CARGO_BIN_EXE_crg")]);
        shell.current_dir(target.folder.path());
        shell.env("CRG_NOW", "2026-05-11T09:30:00Z");
        let child = shell.stdout(Stdio::piped()).spawn().unwrap();
        let copy = "crg-20260511-093000.db";
        let name = format!("{copy}.unfinished-{}{ending}", child.id());
        plant(&target.folder.join(&name), &victim, what);
        fs::write(target.folder.join("go"), "").unwrap();
        let said = answer(child, 20);
        assert_eq!(said.exit, Some(0), "{what} {ending}: {said:?}");
        is_untouched(&victim);
        let said = target.crg(&["check", copy]);
        assert_eq!(said.exit, Some(0), "{what} {ending}: {said:?}");
    }
}

#[test]
fn a_copy_a_dump_and_an_output_go_into_nothing_that_was_planted() {
    for what in ["a link", "a link to nothing", "a second name", "a pipe"] {
        let target = Target::new();
        let victim = target.folder.join("victim.txt");
        fs::write(&victim, VICTIM).unwrap();
        fs::create_dir(target.folder.join("out")).unwrap();
        for (name, arguments) in [
            ("crg-20260511-093000.db", &["backup"][..]),
            ("out/record.csv", &["dump", "out"]),
            ("pot.csv", &["pot", "2025/26", "--output", "pot.csv"]),
            (
                "pot.json.unfinished",
                &["pot", "2025/26", "--output", "pot.json", "--replace"],
            ),
        ] {
            fs::write(target.folder.join("pot.json"), "{}").unwrap();
            plant(&target.folder.join(name), &victim, what);
            let said = within(20, &mut target.command(arguments));
            assert!(matches!(said.exit, Some(3 | 4)), "{what}, {name}: {said:?}");
            is_untouched(&victim);
        }
    }
}

const RECEIVE: [&str; 6] = ["year", "receive", "2026/27", "1", "--reference", "BACS 1"];
