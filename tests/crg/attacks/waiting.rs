//! Inputs that never end, and outputs that take nothing.
#![cfg(unix)]

use std::fs;
use std::process::{Command, Stdio};

use super::{Said, Target, within};

/// A book, and a pipe into which nobody writes.
fn with_pipe(name: &str) -> Target {
    let target = Target::new();
    let path = target.folder.join(name);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).unwrap();
    }
    let made = Command::new("mkfifo").arg(&path).status().unwrap();
    assert!(made.success());
    target
}

#[test]
fn nothing_waits_for_a_pipe_that_is_given_as_a_file() {
    let cases: [(&str, &[&str], i32); 12] = [
        ("pipe.db", &["--db", "pipe.db", "pot"], 4),
        ("pipe.db", &["check", "pipe.db"], 4),
        ("pipe.db", &["compare", "crg.db", "pipe.db"], 4),
        ("pipe", &["spend", "import", "pipe", "--suggest"], 3),
        ("pipe", &["spend", "import", "pipe", "--map", "map.toml"], 3),
        (
            "map.toml",
            &["spend", "import", "ledger.csv", "--map", "map.toml"],
            3,
        ),
        ("in/entries.csv", &["load", "in"], 3),
        ("in/book.csv", &["load", "in"], 3),
        ("in/priorities.csv", &["load", "in"], 3),
        ("in/record.csv", &["load", "in"], 3),
        ("pipe", &["load", "pipe"], 3),
        ("pipe", &["document", "add", "pipe"], 3),
    ];
    for (name, arguments, exit) in cases {
        let target = with_pipe(name);
        fs::write(target.folder.join("ledger.csv"), "Date,Amount\n").unwrap();
        let entries = target.folder.join("in/entries.csv");
        if name.starts_with("in/") && name != "in/entries.csv" {
            fs::write(entries, "on,year,kind\n").unwrap();
        }
        let said = within(20, &mut target.command(arguments));
        assert!(
            said.exit == Some(exit) || said.exit == Some(4),
            "{arguments:?}: {said:?}"
        );
    }
}

#[test]
fn a_pipe_among_the_documents_is_passed_over() {
    let target = with_pipe("papers/pipe");
    let said = within(20, &mut target.command(&["check", "--documents", "papers"]));
    assert_eq!(said.exit, Some(0), "{said:?}");
    let target = with_pipe("papers");
    let said = within(20, &mut target.command(&["check", "--documents", "papers"]));
    assert!(matches!(said.exit, Some(3 | 4)), "{said:?}");
}

#[test]
fn a_book_beside_a_pipe_that_is_named_like_a_copy_is_answered() {
    for name in ["crg (1).db", "crg-20260511-093000.db"] {
        let target = with_pipe(name);
        for arguments in [&["status"][..], &["check"], &["backup"]] {
            let said = within(20, &mut target.command(arguments));
            assert!(
                matches!(said.exit, Some(0 | 4)),
                "{name}, {arguments:?}: {said:?}"
            );
        }
    }
}

/// A device that is full; only Linux has one.
fn full(target: &Target, arguments: &[&str]) -> Option<Said> {
    let device = fs::File::options().write(true).open("/dev/full").ok()?;
    let mut command = target.command(arguments);
    let output = command.stdout(Stdio::from(device)).stderr(Stdio::piped());
    Some(output.output().unwrap().into())
}

#[test]
fn an_answer_that_cannot_be_written_is_an_error() {
    let target = Target::new();
    for arguments in [
        &["pot", "2025/26"][..],
        &["pot", "2025/26", "--json"],
        &["check"],
        &["log", "--head"],
        &["export", "journal", "2025/26", "--for", "hledger"],
        &["--help"],
        &["--version"],
        &["pot", "--help"],
    ] {
        let Some(said) = full(&target, arguments) else {
            return;
        };
        assert_eq!(said.exit, Some(4), "{arguments:?}: {said:?}");
        assert!(
            said.err.contains("standard output could not be written"),
            "{said:?}"
        );
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let target = Target::new();
    for arguments in ["log", "--help", "pot 2025/26 --json"] {
        let script = format!(
            "( '{}' {arguments}; echo $? >&2 ) | true",
            env!("CARGO_BIN_EXE_crg")
        );
        let mut shell = Command::new("sh");
        shell
            .args(["-c", &script])
            .current_dir(target.folder.path());
        let said: Said = shell.output().unwrap().into();
        assert_eq!(said.err, "0\n", "{arguments}");
    }
}
