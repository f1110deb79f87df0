//! The settings of papers: what a person may write in them, and what is found wrong.

use crg::document::{SettingList, SettingText, Settings};
use crg::import::{SETTINGS_EXAMPLE, parse_settings, read_settings};

use crate::files::TempFolder;
use crate::kent::{crg, demo, text};

fn parse(text: &str) -> Result<Settings, String> {
    let read = parse_settings("paper.toml".as_ref(), text);
    read.map_err(|error| error.to_string())
}

/// The example without the marks that keep its lines from being settings. Its sentences stay
/// comments: they are not followed by a key, a text or the end of a list.
fn filled_in() -> String {
    let is_setting = |line: &str| {
        let key = line.split_once(" = ").map(|(key, _)| key);
        let is_key = key.is_some_and(|key| Settings::keys().any(|known| known == key));
        is_key || line.starts_with("  \"") || line == "]"
    };
    let line = |line: &str| match line.strip_prefix("# ") {
        Some(setting) if is_setting(setting) => format!("{setting}\n"),
        _ => format!("{line}\n"),
    };
    SETTINGS_EXAMPLE.lines().map(line).collect()
}

/// As it is written the example says nothing; with its marks removed it says something of every key.
#[test]
fn the_example_has_every_key() {
    assert_eq!(parse(SETTINGS_EXAMPLE), Ok(Settings::default()));
    let text = filled_in();
    let filled = serde_json::to_value(parse(&text).unwrap()).unwrap();
    let parts = filled.as_object().unwrap();
    let mut keys: Vec<&str> = parts.keys().map(String::as_str).collect();
    for part in parts.values() {
        for (key, value) in part.as_object().unwrap() {
            keys.push(key);
            assert!(!value.is_null() && *value != serde_json::json!([]), "{key}");
        }
    }
    let known: Vec<&str> = Settings::keys().collect();
    keys.sort_unstable();
    let mut sorted = known.clone();
    sorted.sort_unstable();
    assert_eq!(keys, sorted);
}

#[test]
fn texts_are_read_without_space_around_them() {
    let read = parse("[contact]\nname = '  The team '\n[paper]\nsummary = ['One.', ' Two.']");
    let read = read.unwrap();
    assert_eq!(read.contact.name.unwrap().as_str(), "The team");
    let summary: Vec<&str> = read.paper.summary.iter().map(SettingText::as_str).collect();
    assert_eq!(summary, ["One.", "Two."]);
    assert!(read.contact.post.is_none() && read.paper.sections.is_none());
}

/// What is wrong is named with its line, and with the key that was meant.
#[test]
fn what_is_wrong_is_named_with_its_line() {
    let long = "x".repeat(SettingText::MAX_CHARS + 1);
    let many = "'x',".repeat(SettingList::MAX_TEXTS + 1);
    for (text, expected) in [
        (
            "[contcat]\nname = 'x'",
            "paper.toml, row 1: unknown field `contcat`, expected one of `paper`, `contact`, `funder`, `payment`, \
             `chief_finance_officer`; did you mean `contact`?",
        ),
        (
            "[contact]\n\nnames = 'x'",
            "paper.toml, row 3: unknown field `names`, expected one of `name`, `post`, `email`, `phone`; did you mean `name`?",
        ),
        (
            "[contact]\nfax = 'x'",
            "paper.toml, row 2: unknown field `fax`, expected one of `name`, `post`, `email`, `phone`",
        ),
        (
            "[contact]\nphone = 999",
            "paper.toml, row 2: invalid type: integer `999`, expected a string",
        ),
        (
            "[contact]\nname = ' '",
            "paper.toml, row 2: the text is empty; write a text, or leave the key out",
        ),
        (
            "[paper]\nby = \"a\\nb\"",
            "paper.toml, row 2: the text has control characters or several lines; write it on one line",
        ),
        (
            "[paper]\nby = \"a\\u202eb\"",
            "paper.toml, row 2: the text has the invisible character U+202E; remove it",
        ),
        (
            &format!("[paper]\nby = '{long}'"),
            "paper.toml, row 2: the text is too long; use at most 1000 characters",
        ),
        (
            &format!("[paper]\nsummary = [{many}]"),
            "paper.toml, row 2: has more than 50 texts, the limit",
        ),
    ] {
        assert_eq!(parse(text).unwrap_err(), expected, "{text}");
    }
    let longest = "x".repeat(SettingText::MAX_CHARS);
    assert!(parse(&format!("[paper]\nby = '{longest}'")).is_ok());
}

#[test]
fn a_file_that_is_too_large_or_not_text_is_refused() {
    let folder = TempFolder::new();
    let said = |bytes: &[u8]| {
        let file = folder.join("paper.toml");
        std::fs::write(&file, bytes).unwrap();
        read_settings(&file).unwrap_err().faults[0].kind.to_string()
    };
    assert_eq!(
        said(b"[paper]\nby = '\xe9'"),
        "is not UTF-8 text; save it as UTF-8"
    );
    assert_eq!(said(&[b'#'; 65_537]), "is larger than 64 KiB, the limit");
}

/// The settings beside the book are used, unless others are named.
#[test]
fn settings_are_found_beside_the_book() {
    let (folder, _) = demo();
    let asks = |more: &[&str]| {
        let question = ["report", "update", "2025/26", "--as-at", "2026-03-31"];
        crg(&folder, &[&question, more].concat())
    };
    let without = asks(&[]);
    assert!(text(&without).contains("To: The working group\n"));
    let noted = String::from_utf8(without.stderr).unwrap();
    assert!(
        noted.starts_with("next: ") && noted.contains("crg template paper --output "),
        "{noted}"
    );
    // Rows for scripts leave nothing open.
    assert!(asks(&["--json"]).stderr.is_empty());
    let made = crg(&folder, &["template", "paper", "--output", "paper.toml"]);
    assert!(made.status.success(), "{made:?}");
    assert!(asks(&[]).stderr.is_empty());
    std::fs::write(folder.join("paper.toml"), "[paper]\nto = 'The board'").unwrap();
    assert!(text(&asks(&[])).contains("To: The board\n"));
    std::fs::write(folder.join("other.toml"), "[paper]\nto = 'The panel'").unwrap();
    assert!(text(&asks(&["--settings", "other.toml"])).contains("To: The panel\n"));
    assert_eq!(asks(&["--settings", "missing.toml"]).status.code(), Some(3));
}
