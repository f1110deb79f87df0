//! A partnership's first year, kept at the desk: the journal is that of the commands of
//! `tests/transcripts/first-year.md`, entry for entry.

use std::fs;
use std::path::Path;

use super::browser::{Browser, said};
use crate::files::TempFolder;
use crate::transcripts::{rerun, split};

/// A form: the address to which it is sent, and what is typed.
type Form = (&'static str, Vec<(String, String)>);

/// What a person types at the desk instead of a command.
fn forms(words: &[&str]) -> Vec<Form> {
    let first_option = words.iter().position(|word| word.starts_with("--"));
    let (plain, options) = words.split_at(first_option.unwrap_or(words.len()));
    let options = options
        .chunks(2)
        .map(|pair| (pair[0].trim_start_matches("--"), pair[1]));
    let options: Vec<(&str, &str)> = options.collect();
    let form = |path: &'static str, typed: &[(&str, &str)]| -> Form {
        // An option says otherwise than the form is filled in.
        let is_option = |name: &str| options.iter().any(|(option, _)| *option == name);
        let typed = typed.iter().filter(|(name, _)| !is_option(name));
        let typed = typed.chain(&options);
        let typed = typed.map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        (path, typed.collect())
    };
    let enter = |kind: &str, typed: &[(&str, &str)]| {
        form(
            "/enter",
            &[&[("kind", kind), ("on", "today")], typed].concat(),
        )
    };
    let year = ("year", "2025/26");
    match *plain {
        ["year", "open", _] => vec![form("/open", &[year, ("on", "today")])],
        ["year", "return", _] => vec![form("/return", &[year, ("on", "today")])],
        ["year", kind, _] => vec![enter(kind, &[year])],
        ["year", kind, _, amount] => vec![enter(kind, &[year, ("amount", amount)])],
        ["project", "move", from, to, amount] => {
            let typed = [
                year,
                ("on", "today"),
                ("project", from),
                ("to", to),
                ("amount", amount),
            ];
            vec![form("/move", &typed)]
        }
        ["project", kind, ref projects @ ..] => {
            let one = |project: &&str| match project.split_once('=') {
                Some((project, amount)) => {
                    enter(kind, &[year, ("project", project), ("amount", amount)])
                }
                None => enter(kind, &[year, ("project", project)]),
            };
            projects.iter().map(one).collect()
        }
        ["spend", kind, project, amount] => {
            let kind = if kind == "add" { "spend" } else { kind };
            vec![enter(
                kind,
                &[year, ("project", project), ("amount", amount)],
            )]
        }
        ["correct", entry] => vec![form("/correct", &[("entry", entry)])],
        ["reverse", entry] => vec![form("/reverse", &[("entries", entry)])],
        _ => panic!("{plain:?} has no form"),
    }
}

/// Returns `true` for a command that records nothing.
fn is_question(words: &[&str]) -> bool {
    matches!(
        words,
        ["status" | "pot" | "check", ..] | ["project", "list", ..] | ["year", "show", ..]
    )
}

#[test]
fn the_first_year_at_the_desk_is_that_of_the_command_line() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts/first-year.md");
    let text = fs::read_to_string(path).unwrap();
    let commands = text.lines().filter_map(|line| line.strip_prefix("$ "));
    let folder = TempFolder::new();
    let (mut browser, mut recorded) = (None::<Browser>, 0);
    for command in commands {
        let words = split(command);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words[..] {
            ["clock", now] if folder.join("crg.db").exists() => {
                browser = Some(Browser::open_at(&folder, now, &[]));
            }
            ["clock", _] => {}
            ["crg", "init", ..] => {
                said(&folder, &words[1..]);
                browser = Some(Browser::open_at(&folder, "2025-03-20T10:00:00Z", &[]));
            }
            ["crg", ref asked @ ..] if is_question(asked) => {}
            ["crg", ref asked @ ..] => {
                let browser = browser.as_ref().unwrap();
                for (path, typed) in forms(asked) {
                    let typed: Vec<(&str, &str)> = typed
                        .iter()
                        .map(|(name, text)| (name.as_str(), text.as_str()))
                        .collect();
                    let preview = browser.check(path, &typed);
                    // The invoice that is late is refused before the repayment, as in the transcript.
                    if preview.status == 422 {
                        let why = "£60.00 is £60.00 more than project P03 has left";
                        assert!(
                            preview.text().contains(why),
                            "{command}: {}",
                            preview.text()
                        );
                        continue;
                    }
                    let done = browser.press_record(path, &preview);
                    assert_eq!(done.status, 303, "{command}: {}", done.text());
                    recorded += 1;
                }
            }
            _ => panic!("{command}"),
        }
    }
    assert!(recorded > 60, "{recorded}");
    said(&folder, &["dump", "dumped"]);
    let at_the_desk = fs::read_to_string(folder.join("dumped/entries.csv")).unwrap();

    let (_, typed) = rerun(&text);
    said(&typed, &["dump", "dumped"]);
    let on_the_command_line = fs::read_to_string(typed.join("dumped/entries.csv")).unwrap();
    let pairs = at_the_desk.lines().zip(on_the_command_line.lines());
    for (number, (desk, command)) in pairs.enumerate() {
        assert_eq!(desk, command, "entry {number}");
    }
    assert_eq!(
        at_the_desk.lines().count(),
        on_the_command_line.lines().count()
    );
}
