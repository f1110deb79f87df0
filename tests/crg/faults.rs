//! Faults that can be made in a test: processes killed and crowded, files left over, pipes that are
//! full or closed, wrong clocks. Whatever happens, the book is the one before or the one after,
//! `check` passes, and the exit code is true. The script `.ci/faults` does the same at every system
//! call.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use crg::book::Book;
use crg::model::Fingerprint;
use crg::model::Names;
use crg::report::Finding;
use crg::{Access, Error, StoreError};

use crate::files::{TempFolder, small_book};

/// After the last entry of [`small_book`].
const NOW: &str = "2026-05-11T09:30:00.000Z";

fn crg(path: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crg"));
    command
        .arg("--db")
        .arg(path)
        .args(arguments)
        .env_clear()
        .envs([("CRG_NOW", NOW), ("CRG_BY", "KCST")]);
    command
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// The end of a book that must be sound: how many entries, and the last fingerprint. A fresh
/// process is asked first, which undoes what a kill left half done.
fn sound(path: &Path) -> (u32, Fingerprint) {
    let checked = crg(path, &["check"]).output().unwrap();
    assert!(checked.status.success(), "{}", said(&checked));
    let book = Book::open(path, Access::Read).unwrap();
    let last = book.last_entry().unwrap();
    (last.map_or(0, |entry| entry.0), book.head().unwrap())
}

/// A folder to load: pennies received, the more the longer it takes.
fn pennies(folder: &TempFolder, count: usize) -> PathBuf {
    let path = folder.join("pennies");
    fs::create_dir(&path).unwrap();
    fs::write(
        path.join("entries.csv"),
        format!(
            "on,year,kind,amount,reference\n{}",
            (1..=count)
                .map(|payment| format!("2026-05-01,2026/27,receive,0.01,BACS {payment}\n"))
                .collect::<String>()
        ),
    )
    .unwrap();
    path
}

fn names(folder: &TempFolder) -> Vec<String> {
    folder.snapshot().into_keys().collect()
}

// == Killed ==

#[test]
fn a_load_killed_at_any_moment_is_there_or_is_not() {
    let folder = TempFolder::new();
    let (path, pristine) = (folder.join("book.db"), folder.join("pristine.db"));
    let pennies = pennies(&folder, 400);
    small_book(&pristine);
    let before = sound(&pristine);
    let load = |path: &Path| {
        crg(path, &["load", &pennies.display().to_string()])
            .stdout(Stdio::null())
            .spawn()
            .unwrap()
    };
    fs::copy(&pristine, &path).unwrap();
    assert!(load(&path).wait().unwrap().success());
    let after = sound(&path);
    assert_eq!(after.0, before.0 + 400);
    let mut killed = 0;
    for step in 0..40 {
        fs::copy(&pristine, &path).unwrap();
        let mut child = load(&path);
        std::thread::sleep(Duration::from_millis(2 * step));
        child.kill().unwrap();
        let done = child.wait().unwrap().code();
        let found = sound(&path);
        match done {
            Some(code) => assert_eq!((code, found), (0, after)),
            None => {
                killed += 1;
                assert!(
                    found == before || found == after,
                    "{found:?} after {step} steps"
                );
            }
        }
    }
    assert!(killed > 0, "none was quick enough to be killed");
    // The next that writes clears away what the killed ones left.
    let next = crg(
        &path,
        &["year", "receive", "2026/27", "1.00", "--on", "2026-05-01"],
    )
    .output()
    .unwrap();
    assert!(next.status.success(), "{}", said(&next));
    assert_eq!(names(&folder), ["book.db", "pennies", "pristine.db"]);
}

#[test]
fn a_book_whose_making_is_killed_at_any_moment_is_there_or_is_not() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    let pennies = pennies(&folder, 400);
    let load = || crg(&path, &["load", &pennies.display().to_string()]);
    let made = load().output().unwrap();
    assert!(made.status.success(), "{}", said(&made));
    let after = sound(&path);
    let mut killed = 0;
    for step in 0..30 {
        fs::remove_file(&path).unwrap();
        let mut child = load().stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(2 * step));
        child.kill().unwrap();
        let done = child.wait().unwrap().code();
        killed += u32::from(done.is_none());
        assert!(done.is_none() || done == Some(0), "{done:?}");
        if !path.exists() {
            assert_eq!(done, None);
            let again = load().output().unwrap();
            assert!(again.status.success(), "{}", said(&again));
        }
        assert_eq!(sound(&path), after);
    }
    assert!(killed > 0, "none was quick enough to be killed");
    // The next that writes clears away what the killed ones left.
    let next = crg(
        &path,
        &["year", "receive", "2026/27", "1.00", "--on", "2026-05-01"],
    )
    .output()
    .unwrap();
    assert!(next.status.success(), "{}", said(&next));
    assert_eq!(names(&folder), ["book.db", "pennies"]);
}

// == Left over ==

/// A kill after the book got its name and before it lost the one under which it was made.
#[test]
fn a_name_left_from_the_making_does_no_harm_and_the_next_writer_takes_it_away() {
    let folder = TempFolder::new();
    let (path, left) = (
        folder.join("book.db"),
        folder.join("book.db.unfinished-4711"),
    );
    small_book(&path);
    fs::hard_link(&path, &left).unwrap();
    assert_eq!(
        Book::open(&path, Access::Read).unwrap().check().worst(),
        Finding::Warning
    );
    assert!(left.exists(), "a question changes nothing");
    drop(Book::open(&path, Access::Write).unwrap());
    assert_eq!(names(&folder), ["book.db"]);
    assert_eq!(sound(&path).0, 4);
}

#[cfg(unix)]
#[test]
fn another_name_is_still_told_beside_one_left_from_the_making() {
    let folder = TempFolder::new();
    let (path, left, other) = (
        folder.join("book.db"),
        folder.join("book.db.unfinished-4711"),
        folder.join("other.db"),
    );
    small_book(&path);
    fs::hard_link(&path, &left).unwrap();
    fs::hard_link(&path, &other).unwrap();
    let told = Book::open(&path, Access::Write).unwrap_err();
    assert!(
        matches!(told, Error::Store(StoreError::NotPlain { .. })),
        "{told}"
    );
    assert_eq!(
        names(&folder),
        ["book.db", "book.db.unfinished-4711", "other.db"],
        "what is refused is left as it is"
    );
}

#[test]
fn what_was_left_unfinished_is_nobodys_once_the_book_is_there() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    // One of them under the name that this process would take first.
    let left = [
        format!("book.db.unfinished-{}", std::process::id()),
        "book.db.unfinished-1".into(),
        "book.db.unfinished-1-journal".into(),
    ];
    for name in &left {
        fs::write(folder.join(name), "left by a process that was killed").unwrap();
    }
    for name in [
        "other.db.unfinished-1",
        "book.db.unfinished",
        "book.db.2026",
    ] {
        fs::write(folder.join(name), "of something else").unwrap();
    }
    assert!(matches!(
        Book::open(&path, Access::Write),
        Err(Error::Store(StoreError::NotFound { .. }))
    ));
    assert_eq!(
        names(&folder).len(),
        6,
        "while there is no book, someone may be making it"
    );
    Book::init(
        &path,
        &Names {
            partnership: "P".into(),
            funder: "F".into(),
            ..Names::default()
        },
    )
    .unwrap();
    assert_eq!(
        names(&folder),
        [
            "book.db",
            "book.db.2026",
            "book.db.unfinished",
            "other.db.unfinished-1"
        ]
    );
}

// == Crowded ==

/// Writers at once, each by processes of its own. A busy one tries again, as a person would.
fn crowd(writers: u32, each: u32) {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    small_book(&path);
    let write = |writer: u32, number: u32| {
        let reference = format!("W{writer}-{number}");
        loop {
            let done = crg(
                &path,
                &[
                    "year",
                    "receive",
                    "2026/27",
                    "0.01",
                    "--on",
                    "2026-05-01",
                    "--reference",
                    &reference,
                ],
            )
            .output()
            .unwrap();
            match done.status.code() {
                Some(0) => return reference,
                Some(5) => {}
                _ => panic!("{}", said(&done)),
            }
        }
    };
    let done: BTreeSet<String> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..writers)
            .map(|writer| {
                scope.spawn(move || {
                    (0..each)
                        .map(|number| write(writer, number))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        all.into_iter()
            .flat_map(|writer| writer.join().unwrap())
            .collect()
    });
    assert_eq!(done.len(), usize::try_from(writers * each).unwrap());
    let (entries, _) = sound(&path);
    assert_eq!(entries, 4 + writers * each);
    let (mut numbers, mut references) = (Vec::new(), Vec::new());
    let book = Book::open(&path, Access::Read).unwrap();
    let keep = |entry: crg::model::Entry, _| {
        numbers.push(entry.number.0);
        references.extend(entry.reference);
        Ok(())
    };
    book.for_each_entry_after(None, keep).unwrap();
    assert_eq!(
        numbers,
        (1..=entries).collect::<Vec<_>>(),
        "no gap and none twice"
    );
    assert_eq!(references.len(), done.len(), "none was recorded twice");
    assert_eq!(
        references.into_iter().collect::<BTreeSet<_>>(),
        done,
        "what was said to be done is there, and nothing else"
    );
    assert_eq!(names(&folder), ["book.db"]);
}

#[test]
fn two_writers_at_once_lose_nothing() {
    crowd(2, 12);
}

#[test]
fn ten_writers_at_once_lose_nothing() {
    crowd(10, 4);
}

/// Whoever is told that the book is busy has recorded nothing.
#[test]
fn what_was_said_to_be_busy_is_not_there() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    small_book(&path);
    let before = sound(&path);
    let holder = rusqlite::Connection::open(&path).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let receive = || {
        crg(
            &path,
            &["year", "receive", "2026/27", "0.01", "--on", "2026-05-02"],
        )
    };
    let waiting: Vec<Child> = (0..3)
        .map(|_| {
            receive()
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    for mut child in waiting {
        assert_eq!(child.wait().unwrap().code(), Some(5));
    }
    holder.execute_batch("ROLLBACK").unwrap();
    assert_eq!(sound(&path), before);
}

/// Many make the same book at once: one does, the others are told that it is there.
#[test]
fn one_of_many_makes_the_book() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    let makers: Vec<Child> = (0..8)
        .map(|_| {
            crg(&path, &["init"])
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    let done: Vec<Output> = makers
        .into_iter()
        .map(|maker| maker.wait_with_output().unwrap())
        .collect();
    let codes: Vec<Option<i32>> = done.iter().map(|output| output.status.code()).collect();
    assert_eq!(
        codes.iter().filter(|code| **code == Some(0)).count(),
        1,
        "{codes:?}"
    );
    for told in done.iter().filter(|output| !output.status.success()) {
        assert!(
            told.status.code() == Some(4)
                && said(told).contains("already exists, and is left as it is"),
            "{}",
            said(told)
        );
    }
    assert_eq!(sound(&path).0, 0);
    assert_eq!(names(&folder), ["book.db"]);
}

/// Questions by other processes while a long load goes on: the book before or the book after.
#[test]
fn a_question_during_a_long_load_sees_before_or_after() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    small_book(&path);
    let before = sound(&path).1.to_string();
    let pennies = pennies(&folder, 3000);
    let mut load = crg(&path, &["load", &pennies.display().to_string()])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let (mut seen, mut during) = (BTreeSet::new(), 0);
    while load.try_wait().unwrap().is_none() {
        let asked = crg(&path, &["log", "--head"]).output().unwrap();
        // While the change goes onto the disk nobody may read; a question waits five seconds.
        if asked.status.code() != Some(5) {
            assert!(asked.status.success(), "{}", said(&asked));
            seen.insert(said(&asked).trim().to_owned());
        }
        during += 1;
    }
    assert!(load.wait().unwrap().success());
    assert!(during > 0, "the load was over before anything was asked");
    let after = sound(&path);
    assert_eq!(after.0, 3004);
    seen.retain(|head| *head != before && *head != after.1.to_string());
    assert!(seen.is_empty(), "{seen:?}");
}

// == Output that cannot be written ==

/// `/dev/full` takes nothing. What is recorded is recorded, and that is said where it still can be;
/// a question fails.
#[cfg(target_os = "linux")]
#[test]
fn a_full_output_does_not_hide_what_was_recorded() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    small_book(&path);
    let full = || Stdio::from(fs::File::options().write(true).open("/dev/full").unwrap());
    let receive = |payment: &str| {
        crg(
            &path,
            &[
                "year",
                "receive",
                "2026/27",
                "0.01",
                "--on",
                "2026-05-01",
                "--reference",
                payment,
            ],
        )
    };
    let done = receive("BACS 1").stdout(full()).output().unwrap();
    assert!(
        done.status.success() && said(&done).contains("this was done; do not repeat it"),
        "{}",
        said(&done)
    );
    assert!(
        receive("BACS 2")
            .stdout(full())
            .stderr(full())
            .status()
            .unwrap()
            .success()
    );
    assert_eq!(sound(&path).0, 6);
    let asked = crg(&path, &["pot", "2026/27"])
        .stdout(full())
        .output()
        .unwrap();
    assert_eq!(asked.status.code(), Some(4), "{}", said(&asked));
}

#[test]
fn a_closed_pipe_ends_quietly_and_what_was_recorded_is_there() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    small_book(&path);
    for (arguments, entries) in [
        (
            &["year", "receive", "2026/27", "0.01", "--on", "2026-05-01"][..],
            5,
        ),
        (&["log"][..], 5),
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let done = crg(&path, arguments)
            .stdout(writer)
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        assert!(
            done.status.success() && done.stderr.is_empty(),
            "{}",
            said(&done)
        );
        assert_eq!(sound(&path).0, entries);
    }
}

// == A wrong clock ==

/// A clock that is behind does not take the moments back; one that is years ahead is followed,
/// since nobody can tell, and from then on moments go on from there.
#[test]
fn moments_never_go_back_whatever_clock_a_command_has() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    small_book(&path);
    let mut moments = Vec::new();
    for clock in [
        "2020-01-01T00:00:00Z",
        "2031-01-01T00:00:00Z",
        "2026-05-11T09:30:00Z",
    ] {
        let done = crg(
            &path,
            &[
                "year",
                "receive",
                "2026/27",
                "0.01",
                "--on",
                "2026-05-01",
                "--reference",
                clock,
            ],
        )
        .env("CRG_NOW", clock)
        .output()
        .unwrap();
        assert!(done.status.success(), "{}", said(&done));
        let book = Book::open(&path, Access::Read).unwrap();
        let last = book.entry(book.last_entry().unwrap().unwrap()).unwrap();
        moments.push(last.unwrap().recorded.to_string());
    }
    assert_eq!(
        moments,
        [
            "2026-04-27T10:00:00.001Z",
            "2031-01-01T00:00:00.000Z",
            "2031-01-01T00:00:00.001Z"
        ]
    );
    assert_eq!(sound(&path).0, 7);
}
