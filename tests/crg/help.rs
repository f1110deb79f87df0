//! Help on topics, completions and manual pages.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use crate::files::{TempFolder, small_book};

/// A folder with a book of one project, P01.
struct Desk(TempFolder);

impl Desk {
    fn new() -> Desk {
        let folder = TempFolder::new();
        small_book(&folder.join("crg.db"));
        Desk(folder)
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_crg"));
        command
            .args(words)
            .current_dir(self.0.path())
            .env_clear()
            .envs([("CRG_NOW", "2026-05-11T09:30:00Z"), ("CRG_BY", "KCST")]);
        command
    }

    fn run(&self, line: &str) -> (i32, String) {
        let words: Vec<&str> = line.split(' ').collect();
        let output = self.command(&words).output().unwrap();
        let printed = [output.stdout, output.stderr].concat();
        (
            output.status.code().unwrap(),
            String::from_utf8(printed).unwrap(),
        )
    }

    /// What bash is offered for the last word.
    fn offered(&self, words: &[&str]) -> String {
        let last = (words.len() - 1).to_string();
        let output = self
            .command(&[&["--"], words].concat())
            .env("CRG_COMPLETE", "bash")
            .env("_CLAP_COMPLETE_INDEX", last)
            .env("_CLAP_COMPLETE_COMP_TYPE", "9")
            .env("_CLAP_COMPLETE_SPACE", "true")
            .env("_CLAP_IFS", "\n")
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    }
}

#[test]
fn topics_are_printed_and_named_by_the_help() {
    let desk = Desk::new();
    let (_, overview) = desk.run("--help");
    for topic in ["dates", "money", "exit-codes", "formats"] {
        assert!(overview.contains(topic), "{topic} in {overview}");
        let (code, text) = desk.run(&format!("help {topic}"));
        assert_eq!(code, 0, "{text}");
        let widest = text.lines().map(|line| line.chars().count()).max();
        assert!(widest.is_some_and(|widest| widest <= 100), "{text}");
    }
    let (code, error) = desk.run("help nothing");
    assert_eq!(code, 2);
    assert!(error.contains("no help on \"nothing\""), "{error}");
}

#[test]
fn help_on_a_command_is_that_of_the_command() {
    let desk = Desk::new();
    assert_eq!(desk.run("help spend add"), desk.run("spend add --help"));
    assert_eq!(desk.run("help"), desk.run("--help"));
}

#[test]
fn help_says_if_papers_print_a_note_as_the_reason() {
    let desk = Desk::new();
    for (command, is_reason) in [
        ("project forecast", true),
        ("project withdraw", true),
        ("year close", true),
        ("project propose", false),
        ("spend add", false),
        ("year return", false),
    ] {
        let (_, text) = desk.run(&format!("{command} --help"));
        let reason = "The reason, as papers print it";
        assert_eq!(text.contains(reason), is_reason, "{command}: {text}");
    }
}

#[test]
fn every_exit_code_has_a_line() {
    let (_, topic) = Desk::new().run("help exit-codes");
    for code in [0, 1, 2, 3, 4, 5, 6, 70] {
        let start = format!("{code:2}  ");
        let has_line = topic.lines().any(|line| line.starts_with(&start));
        assert!(has_line, "{code}: {topic}");
    }
}

#[test]
fn every_format_of_the_topic_can_be_saved() {
    let desk = Desk::new();
    let (_, topic) = desk.run("help formats");
    for format in ["json", "csv", "md", "html", "xlsx", "docx"] {
        assert!(topic.contains(&format!("\n  {format} ")), "{format}");
        let (code, said) = desk.run(&format!("pot 2026/27 --output pot.{format}"));
        assert_eq!(code, 0, "{said}");
    }
}

#[test]
fn shells_complete_commands_years_and_projects() {
    let desk = Desk::new();
    assert!(desk.offered(&["crg", "spe"]).contains("spend"));
    assert_eq!(
        desk.offered(&["crg", "pot", ""]).lines().next(),
        Some("2026/27")
    );
    assert!(
        desk.offered(&["crg", "project", "show", ""])
            .contains("P01")
    );
    // Another book, and none.
    let other = TempFolder::new();
    let there = desk.0.join("crg.db");
    let elsewhere = Desk(other);
    assert!(!elsewhere.offered(&["crg", "pot", ""]).contains("2026/27"));
    let there = there.to_str().unwrap();
    assert!(
        elsewhere
            .offered(&["crg", "--db", there, "pot", ""])
            .contains("2026/27")
    );
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let (code, script) = desk.run(&format!("completions {shell}"));
        assert_eq!(code, 0);
        assert!(script.contains("CRG_COMPLETE"), "{script}");
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let desk = Desk::new();
    fs::create_dir(desk.0.join("man")).unwrap();
    let (code, said) = desk.run("man man");
    assert_eq!(code, 0, "{said}");
    for page in ["crg.1", "crg-pot.1", "crg-spend-import.1"] {
        assert!(desk.0.join("man").join(page).is_file(), "{page}");
    }
    let mut purposes = BTreeMap::new();
    for page in fs::read_dir(desk.0.join("man")).unwrap() {
        let page = page.unwrap().path();
        let text = fs::read_to_string(&page).unwrap();
        let (_, purpose) = text.split_once(" \\- ").unwrap();
        let purpose = purpose.lines().next().unwrap().to_owned();
        let other = purposes.insert(purpose, page.clone());
        assert_eq!(other, None, "{page:?} has the same purpose");
    }
    let (code, said) = desk.run("man nowhere");
    assert_eq!(code, 4, "{said}");
}

/// `--version` says what decides whether another program can read a book.
#[test]
fn the_version_names_sqlite_and_the_version_of_books() {
    let desk = Desk::new();
    let book = rusqlite::Connection::open(desk.0.join("crg.db")).unwrap();
    let version: u32 = book
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    let (code, text) = desk.run("--version");
    assert_eq!(code, 0);
    let (first, second) = text.split_once('\n').unwrap();
    assert!(
        first.starts_with(concat!("crg ", env!("CARGO_PKG_VERSION"))),
        "{text}"
    );
    let sqlite = rusqlite::version();
    assert_eq!(
        second,
        format!("SQLite {sqlite}, books of version {version}\n")
    );
}

#[test]
fn help_has_colours_only_if_they_are_asked_for() {
    let desk = Desk::new();
    let has_colours = |line| desk.run(line).1.contains('\u{1b}');
    assert!(!has_colours("pot --help"));
    assert!(!has_colours("pot --help --color auto"));
    assert!(has_colours("pot --help --color always"));
    assert!(has_colours("--color=always pot 2025/26 --nonsense"));
    assert!(!has_colours("--color=never pot 2025/26 --nonsense"));
}
