//! Who may read what is made of a book: nobody who may not read the book.
#![cfg(unix)]

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use super::{Said, Target};

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777
}

/// A book with these permissions; the umask lets everybody read a new file.
fn book(permissions: u32) -> Target {
    let target = Target::new();
    fs::set_permissions(&target.book, Permissions::from_mode(permissions)).unwrap();
    target
}

fn run(target: &Target, arguments: &str) -> Said {
    let script = format!(
        "umask 022; exec '{}' {arguments}",
        env!("CARGO_BIN_EXE_crg")
    );
    let mut shell = Command::new("sh");
    shell
        .args(["-c", &script])
        .current_dir(target.folder.path());
    shell.env_clear().env("CRG_NOW", "2026-05-11T09:30:00Z");
    shell.output().unwrap().into()
}

const MADE: [(&str, &[&str]); 7] = [
    ("backup", &["crg-20260511-093000.db"]),
    (
        "dump out/of/it",
        &[
            "out/of/it/entries.csv",
            "out/of/it/record.csv",
            "out/of/it/book.csv",
            "out/of/it/priorities.csv",
            "out/of/it/datapackage.json",
        ],
    ),
    ("pot 2025/26 --output pot.csv", &["pot.csv"]),
    (
        "report year-end 2025/26 --output year-end.xlsx",
        &["year-end.xlsx"],
    ),
    ("page 2025/26 --output page.html", &["page.html"]),
    (
        "export journal 2025/26 --for hledger --output journal.ledger",
        &["journal.ledger"],
    ),
    ("pot 2025/26 --output old.csv --replace", &["old.csv"]),
];

#[test]
fn nothing_made_of_a_book_is_read_by_more_people_than_the_book() {
    for (permissions, expected) in [
        (0o600, 0o600),
        (0o640, 0o640),
        (0o666, 0o644),
        (0o400, 0o400),
    ] {
        let target = book(permissions);
        // A file that is replaced does not pass its permissions on.
        fs::write(target.folder.join("old.csv"), "old").unwrap();
        for (arguments, files) in MADE {
            let said = run(&target, arguments);
            assert_eq!(said.exit, Some(0), "{arguments}: {said:?}");
            for file in files {
                let path = target.folder.join(file);
                assert_eq!(
                    mode(&path),
                    expected,
                    "{file} of a book with {permissions:o}"
                );
            }
        }
        for folder in ["out", "out/of/it"] {
            let others = mode(&target.folder.join(folder)) & 0o077;
            let may = expected & 0o077;
            assert_eq!(
                others,
                may | (may & 0o044) >> 2,
                "{folder}: {permissions:o}"
            );
        }
    }
}

#[test]
fn a_file_of_another_group_is_read_by_no_group() {
    let target = book(0o640);
    // Only root may give a file to any group.
    let given = std::os::unix::fs::chown(&target.book, None, Some(1234));
    if given.is_err() {
        return;
    }
    for (arguments, files) in MADE {
        fs::write(target.folder.join("old.csv"), "old").unwrap();
        assert_eq!(run(&target, arguments).exit, Some(0), "{arguments}");
        for file in files {
            assert_eq!(mode(&target.folder.join(file)), 0o600, "{file}");
        }
    }
}

#[test]
fn refused_lines_are_read_by_no_more_people_than_the_book() {
    let target = book(0o600);
    fs::write(
        target.folder.join("ledger.csv"),
        "Date,Number,Amount,Supplier,Code\n03/04/2025,INV-1,10.00,Smith,P01\n03/04/2025,INV-2,9999999.00,Smith,P01\n",
    )
    .unwrap();
    let map = run(
        &target,
        "spend import ledger.csv --suggest --output map.toml",
    );
    assert_eq!(map.exit, Some(0), "{map:?}");
    assert_eq!(mode(&target.folder.join("map.toml")), 0o600);
    let text = fs::read_to_string(target.folder.join("map.toml")).unwrap();
    let named = text.replace("unmatched = \"refuse\"", "unmatched = \"P01\"");
    fs::write(target.folder.join("map.toml"), named).unwrap();
    let said = run(&target, "spend import ledger.csv --map map.toml --skip-bad");
    let refused = target.folder.join("ledger-refused.csv");
    assert!(refused.exists(), "{said:?}");
    assert_eq!(mode(&refused), 0o600);
}

#[test]
fn files_made_while_writing_are_read_by_no_more_people_than_the_book() {
    let target = book(0o600);
    let folder = target.folder.path().to_owned();
    let watched = std::thread::spawn(move || {
        let mut seen = Vec::new();
        while !folder.join("done").exists() {
            for item in fs::read_dir(&folder).into_iter().flatten().flatten() {
                let name = item.file_name().to_string_lossy().into_owned();
                let Ok(about) = item.metadata() else { continue };
                if name.starts_with("crg") && about.permissions().mode() & 0o077 != 0 {
                    seen.push(name);
                }
            }
        }
        seen
    });
    for _ in 0..5 {
        assert_eq!(run(&target, "backup --to .").exit, Some(0));
        let copy = target.folder.join("crg-20260511-093000.db");
        fs::remove_file(copy).unwrap();
        assert_eq!(
            run(
                &target,
                "year receive 2026/27 1 --reference x --override again"
            )
            .exit,
            Some(0)
        );
    }
    fs::write(target.folder.join("done"), "").unwrap();
    assert_eq!(watched.join().unwrap(), Vec::<String>::new());
}
