//! Command lines made of the words that the help gives, in any order and number: each ends with a
//! code that the help lists, and one that fails leaves the book as it was, to the byte.
//!
//! `CRG_FUZZ=100 cargo test --release command_lines` tries that many times as much as usual allows.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use proptest::prelude::*;
use proptest::sample::Index;

use crate::files::TempFolder;
use crate::hostile::cases;

/// What stands where a word of the person's own is due: right, wrong, and meant to do harm.
const VALUES: [&str; 24] = [
    "P01",
    "2025/26",
    "Q1",
    "2026-03-31",
    "45",
    "-1",
    "0.01",
    "9999999999.99",
    "1e3",
    "upfront",
    "json",
    "xlsx",
    "=1+1",
    "",
    " ",
    "\n",
    "\u{202e}",
    "--",
    "book.db",
    "folder",
    "extract.csv",
    "out.txt",
    "missing/out.txt",
    "schools",
];

/// What a word of this name in the help may be, most of it right.
fn values_of(name: &str) -> &'static [&'static str] {
    match name {
        "PROJECT" => &["P01", "P05", "P07", "P11", "P12", "P99", "p01"],
        "YEAR" => &[
            "2025/26",
            "2025/26",
            "2026/27",
            "2026-27",
            "2098/99",
            "2025-2029",
        ],
        "QUARTER" | "PERIOD" => &["Q1", "q2", "4", "mid-year", "year-end", "Q5"],
        "AMOUNT" | "UPFRONT" | "TACTICAL" => &[
            "0.01",
            "1,250.00",
            "£30.40",
            "696",
            "0",
            "9999999999.99",
            "1e3",
        ],
        "DATE" => &[
            "2025-04-28",
            "2025-07-23",
            "2025-11-20",
            "2026-03-31",
            "2026-05-11",
            "2099-12-31",
            "2026-02-30",
        ],
        "MOMENT" => &[
            "2026-05-11T09:30:00Z",
            "2026-05-11",
            "2025-01-01",
            "2026-05-11T09:30:60Z",
        ],
        "ENTRY" | "COUNT" => &["1", "35", "45", "90", "139", "140", "4294967295", "0"],
        "POT" | "upfront|tactical" => &["upfront", "tactical", "both"],
        "text|json" => &["text", "json", "xml"],
        "FORMAT" => &["table", "json", "csv", "md", "html", "xlsx", "docx", "pdf"],
        "MEASURE" => &["schools", "award", ""],
        "VALUE" => &["2.5", "1,000", "-1"],
        "FILE" | "A" | "B" => &[
            "book.db",
            "extract.csv",
            "out.txt",
            "other.db",
            "missing/out.txt",
            "folder",
        ],
        "FOLDER" => &["folder", "new", "missing/new", "book.db"],
        "MAP" => &["map.toml", "extract.csv", "missing"],
        "PATH" => &[
            "book.db",
            "other.db",
            "folder",
            ":memory:",
            "file:x?mode=memory",
        ],
        _ => &VALUES,
    }
}

/// The program in a folder, at a fixed moment.
fn crg(folder: &Path, words: &[String]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crg"));
    command
        .args(words)
        .current_dir(folder)
        .env_clear()
        .stdin(Stdio::null());
    command
        .envs([
            ("CRG_NOW", "2026-05-11T09:30:00Z"),
            ("CRG_DB", "book.db"),
            ("CRG_BY", "KCST"),
        ])
        .output()
        .unwrap()
}

/// A command as its help gives it: its words (`year open`), what it wants, and its options with the
/// name of their values. No option is among them that starts another program.
struct Grammar {
    path: Vec<String>,
    wants: Vec<String>,
    options: Vec<(String, Option<String>)>,
}

fn grammars() -> Vec<Grammar> {
    let mut found = Vec::new();
    let mut open = vec![Vec::new()];
    while let Some(path) = open.pop() {
        let asked = [&path[..], &["--help".to_owned()]].concat();
        let help = String::from_utf8(crg(Path::new("."), &asked).stdout).unwrap();
        let commands = help
            .split_once("\nCommands:\n")
            .map(|(_, below)| below.split("\n\n").next().unwrap());
        let named = commands
            .into_iter()
            .flat_map(str::lines)
            .filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
        let within: Vec<&str> = named
            // The desk ends only when nobody uses it; it has tests of its own.
            .filter(|name| !name.is_empty() && !["help", "serve"].contains(name))
            .collect();
        open.extend(
            within
                .iter()
                .map(|name| [&path[..], &[(*name).to_owned()]].concat()),
        );
        if within.is_empty() {
            let usage = help
                .split_once("Usage: ")
                .unwrap()
                .1
                .lines()
                .next()
                .unwrap();
            let bare = |word: &str| word.trim_matches(['[', ']', '<', '>', '.']).to_owned();
            let wants = usage
                .split(' ')
                .filter(|word| word.starts_with(['<', '[']) && *word != "[OPTIONS]")
                .map(bare)
                .collect();
            found.push(Grammar {
                path,
                wants,
                options: help
                    .lines()
                    .filter_map(option)
                    .filter(|(name, _)| name != "--open")
                    .collect(),
            });
        }
    }
    found
}

/// `--on` and `DATE` of the line `      --on <DATE>  The day …`.
fn option(line: &str) -> Option<(String, Option<String>)> {
    let line = line.trim_start();
    let mut words = line
        .strip_prefix("-q, ")
        .or(line.strip_prefix("-h, "))
        .unwrap_or(line)
        .split(' ');
    let name = words
        .next()
        .filter(|word| word.starts_with("--") && word.len() > 2)?;
    let value = words
        .next()
        .and_then(|word| word.strip_prefix('<')?.split('>').next());
    Some((name.to_owned(), value.map(str::to_owned)))
}

/// What is put behind a command.
#[derive(Debug, Clone)]
struct Line {
    command: Index,
    /// Values for what it wants.
    wanted: Vec<Index>,
    /// Options, each with an index of its value.
    options: Vec<(Index, Index)>,
    /// Words too many, anywhere.
    stray: Option<(Index, Index)>,
}

fn line() -> impl Strategy<Value = Line> {
    let options = prop::collection::vec((any::<Index>(), any::<Index>()), 0..4);
    let stray = prop::option::weighted(0.2, (any::<Index>(), any::<Index>()));
    let parts = (
        any::<Index>(),
        prop::collection::vec(any::<Index>(), 3),
        options,
        stray,
    );
    parts.prop_map(|(command, wanted, options, stray)| Line {
        command,
        wanted,
        options,
        stray,
    })
}

fn written(grammars: &[Grammar], line: &Line) -> Vec<String> {
    let grammar = &grammars[line.command.index(grammars.len())];
    let value =
        |name: &str, at: &Index| values_of(name)[at.index(values_of(name).len())].to_owned();
    let mut words = grammar.path.clone();
    words.extend(
        grammar
            .wants
            .iter()
            .zip(&line.wanted)
            .map(|(name, at)| value(name, at)),
    );
    for (option, at) in &line.options {
        let (name, of) = &grammar.options[option.index(grammar.options.len())];
        words.push(name.clone());
        words.extend(of.iter().map(|of| value(of, at)));
    }
    if let Some((place, at)) = &line.stray {
        words.insert(place.index(words.len() + 1), value("", at));
    }
    words
}

/// A folder with a book and all that a command may be told to read.
fn desk() -> TempFolder {
    let folder = TempFolder::new();
    let kent = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/kent");
    let loaded = crg(
        folder.path(),
        &["load".into(), kent.to_string_lossy().into_owned()],
    );
    assert_eq!(loaded.status.code(), Some(0), "{loaded:?}");
    fs::create_dir(folder.join("folder")).unwrap();
    fs::write(
        folder.join("extract.csv"),
        "Date,Number,Amount,Supplier,Code\n03/04/2025,INV-1,0.01,Smith,P01\n",
    )
    .unwrap();
    fs::write(
        folder.join("map.toml"),
        "[columns]\ndate = \"Date\"\namount = \"Amount\"\nproject = \"Code\"\n",
    )
    .unwrap();
    folder
}

#[test]
fn the_help_gives_every_command_and_its_options() {
    let grammars = grammars();
    let of = |name: &str| {
        grammars
            .iter()
            .find(|grammar| grammar.path.join(" ") == name)
            .unwrap_or_else(|| panic!("no {name}"))
    };
    for known in [
        "pot",
        "year open",
        "project approve",
        "spend import",
        "report year-end",
        "reverse",
        "check",
        "export journal",
    ] {
        of(known);
    }
    assert_eq!(of("spend add").wants, ["PROJECT", "AMOUNT"]);
    for (name, value) in [
        ("--on", Some("DATE")),
        ("--dry-run", None),
        ("--db", Some("PATH")),
        ("--quiet", None),
    ] {
        assert!(
            of("spend add")
                .options
                .contains(&(name.to_owned(), value.map(str::to_owned))),
            "{name}"
        );
    }
    assert!(
        of("reconcile")
            .options
            .contains(&("--explain".to_owned(), Some("ENTRY".to_owned())))
    );
    assert!(
        grammars
            .iter()
            .all(|grammar| grammar.options.iter().all(|(name, _)| name != "--open"))
    );
}

#[test]
fn any_command_line_ends_well() {
    let grammars = grammars();
    let ends = RefCell::new(BTreeMap::<i32, u32>::new());
    let mut runner = proptest::test_runner::TestRunner::new(cases(40));
    let lines = prop::collection::vec(line(), 1..10);
    let ran = runner.run(&lines, |lines| {
        let folder = desk();
        for line in lines {
            *ends
                .borrow_mut()
                .entry(one(&folder, &written(&grammars, &line))?)
                .or_default() += 1;
        }
        Ok(())
    });
    ran.unwrap();
    // Lines that are all refused alike would prove little.
    let ends = ends.into_inner();
    assert!(
        [0, 1, 2].iter().all(|code| ends.contains_key(code)),
        "{ends:?}"
    );
}

/// Runs one command line; says its exit code.
fn one(folder: &TempFolder, line: &[String]) -> Result<i32, TestCaseError> {
    let before = fs::read(folder.join("book.db")).unwrap();
    let output = crg(folder.path(), line);
    let said = String::from_utf8_lossy(&output.stderr);
    let code = output.status.code().unwrap_or(-1);
    prop_assert!(
        (0..=6).contains(&code),
        "{line:?}: {:?}\n{said}",
        output.status
    );
    let kept = fs::read(folder.join("book.db")).unwrap() == before;
    prop_assert!(
        code == 0 || kept || said.contains("it was recorded nevertheless"),
        "{line:?} failed and changed the book\n{said}"
    );
    // A comparison that finds a difference has its answer on standard output.
    prop_assert!(
        code <= 1 || !said.is_empty(),
        "{line:?} fails without a word"
    );
    let unfinished = folder
        .snapshot()
        .into_keys()
        .find(|name| name.contains(".new-") || name.ends_with("-journal"));
    prop_assert!(unfinished.is_none(), "{line:?} leaves {unfinished:?}");
    Ok(code)
}
