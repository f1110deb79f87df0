//! Two commands never share a moment.

use std::process::Command;

use super::{Said, Target};

const LAST: &str = "2099-12-31T23:59:59.999Z";

fn at(target: &Target, moment: &str, arguments: &[&str]) -> Said {
    let mut command: Command = target.command(arguments);
    command.env("CRG_NOW", moment).output().unwrap().into()
}

fn moments(target: &Target) -> Vec<String> {
    let connection = rusqlite::Connection::open(&target.book).unwrap();
    let mut statement = connection
        .prepare("SELECT recorded FROM entry ORDER BY number")
        .unwrap();
    let found = statement.query_map([], |row| row.get(0)).unwrap();
    found.map(Result::unwrap).collect()
}

/// Records £1.00 of cash at a moment.
fn receive(target: &Target, clock: &str, reference: &str) {
    let receive = ["year", "receive", "2026/27", "1", "--on", "2026-05-01"];
    let receive = [&receive[..], &["--reference", reference]].concat();
    assert_eq!(at(target, clock, &receive).exit, Some(0), "{reference}");
}

#[test]
fn nothing_is_recorded_after_the_last_moment() {
    let target = Target::new();
    let receive = |reference| {
        [
            "year",
            "receive",
            "2026/27",
            "1",
            "--on",
            "2026-05-01",
            "--reference",
            reference,
        ]
    };
    let before = moments(&target).len();
    assert_eq!(at(&target, LAST, &receive("BACS 1")).exit, Some(0));
    let writers: [&[&str]; 6] = [
        &receive("BACS 2"),
        &["reverse", "141", "--note", "A mistake"],
        &["correct", "141", "--amount", "2", "--note", "A mistake"],
        &[
            "project", "progress", "P05", "--year", "2025/26", "--note", "Done",
        ],
        &["report", "quarter", "2025/26", "1", "--issue"],
        &[
            "load",
            concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/kent"),
        ],
    ];
    for arguments in writers {
        for moment in [LAST, "2026-05-11T09:30:00Z"] {
            let said = at(&target, moment, arguments);
            assert_eq!(said.exit, Some(4), "{arguments:?}: {said:?}");
            assert!(
                said.err.contains("the last moment that a book can hold"),
                "{said:?}"
            );
        }
    }
    assert_eq!(moments(&target).len(), before + 1);
    // Questions, a check and a copy are as always.
    for arguments in [&["check"][..], &["pot", "2025/26"], &["backup"]] {
        assert_eq!(at(&target, LAST, arguments).exit, Some(0), "{arguments:?}");
    }
}

#[test]
fn the_last_moments_are_one_commands_each() {
    let target = Target::new();
    let nearly = "2099-12-31T23:59:59.997Z";
    for reference in ["BACS 1", "BACS 2", "BACS 3"] {
        receive(&target, nearly, reference);
    }
    let found = moments(&target);
    let last: Vec<&str> = found.iter().rev().take(3).map(String::as_str).collect();
    assert_eq!(
        last,
        [LAST, "2099-12-31T23:59:59.998Z", "2099-12-31T23:59:59.997Z"]
    );
}

#[test]
fn a_clock_that_stands_or_goes_back_gives_each_command_its_own_moment() {
    let target = Target::new();
    for (clock, reference) in [
        ("2026-05-11T09:30:00Z", "BACS 1"),
        ("2026-05-11T09:30:00Z", "BACS 2"),
        ("2000-01-01T00:00:00Z", "BACS 3"),
    ] {
        receive(&target, clock, reference);
    }
    let found = moments(&target);
    let last: Vec<&str> = found.iter().rev().take(3).map(String::as_str).collect();
    let expected = [
        "2026-05-11T09:30:00.002Z",
        "2026-05-11T09:30:00.001Z",
        "2026-05-11T09:30:00.000Z",
    ];
    assert_eq!(last, expected);
}
