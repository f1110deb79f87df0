//! Which screen does what a command of a hint would do.

use crg::model::{Column, Kind};

use crate::desk::values::address;
use crate::hint::{CommandLine, REASON};

/// The address of the screen that does what a command does, if the desk has one.
pub(crate) fn link(command: &CommandLine) -> Option<String> {
    let words: Vec<&str> = command.words.iter().map(String::as_str).collect();
    let option = |name: &str| {
        let index = words.iter().position(|word| *word == name)?;
        words.get(index + 1).copied()
    };
    let year = option("--year");
    Some(match words[..] {
        ["pot" | "status" | "page", ..] => screen("/", vec![], words.get(1).copied()),
        ["project", "list", given] => screen("/projects", vec![], Some(given)),
        ["project", "show", project, ..] => screen("/project", vec![("project", project)], year),
        ["year", "show", given] => screen("/year", vec![], Some(given)),
        ["year", "open", given, ..] => screen("/open", vec![], Some(given)),
        ["year", "return", given, "--reference", _] => screen("/return", vec![], Some(given)),
        ["spend", "list", given, ..] => {
            let project = option("--project").map(|project| ("project", project));
            screen("/spend", project.into_iter().collect(), Some(given))
        }
        ["log", ..] => {
            let project = option("--project").map(|project| ("project", project));
            screen("/log", project.into_iter().collect(), year)
        }
        ["reverse", ..] => {
            let entries = words[1..].iter().take_while(|word| !word.starts_with("--"));
            let entries: Vec<&str> = entries.copied().collect();
            address("/reverse", &[("entries", &entries.join(" "))])
        }
        ["check" | "backup"] => screen("/health", vec![], None),
        ["reconcile", given, ..] => screen("/report", vec![("name", "reconcile")], Some(given)),
        ["due", given] => screen("/report", vec![("name", "due")], Some(given)),
        ["report", name, given] => screen("/report", vec![("name", name)], Some(given)),
        ["correct", entry, ..] => address("/correct", &[("entry", entry)]),
        ["due", "add", given, deadline, title, ..] => {
            let values = [("kind", "due"), ("value", deadline), ("title", title)];
            screen("/enter", values.to_vec(), Some(given))
        }
        ["project" | "year", ..] => return entry(&command.words),
        _ => return None,
    })
}

/// What the link to a screen says if there is no reason to go there but to look.
pub(crate) fn called(address: &str) -> &'static str {
    match address.split('?').next().unwrap_or_default() {
        "/" => "See what is left",
        "/projects" => "See the projects",
        "/project" => "See the project",
        "/year" => "See the year",
        "/log" => "See the record",
        "/spend" => "See the spend",
        "/report" => "See the report",
        _ => "Go to the form for that",
    }
}

/// A screen, with the values and the year that it is asked about.
fn screen<'a>(path: &str, mut values: Vec<(&'a str, &'a str)>, year: Option<&'a str>) -> String {
    values.extend(year.map(|year| ("year", year)));
    address(path, &values)
}

/// The form for the kind of entry that a command such as `project approve P01 1,800` records, filled
/// in as far as the command is.
fn entry(words: &[String]) -> Option<String> {
    let [group, verb, subject, rest @ ..] = words else {
        return None;
    };
    let kind: Kind = verb.parse().ok()?;
    let subject = (
        if group == "year" { "year" } else { "project" },
        subject.as_str(),
    );
    let mut values = vec![("kind", kind.as_str()), subject];
    let mut rest = rest.iter().map(String::as_str);
    while let Some(word) = rest.next() {
        let (name, text) = match word.strip_prefix("--") {
            Some(name) => (name, rest.next()?),
            None => (Column::Amount.as_str(), word),
        };
        let is_column = name.parse::<Column>().is_ok();
        if is_column && !is_placeholder(text) {
            values.push((name, text));
        }
    }
    Some(address("/enter", &values))
}

/// Returns `true` for what stands for something that only the person knows.
fn is_placeholder(text: &str) -> bool {
    text == REASON || text.len() > 3 && text.chars().all(|c| c.is_ascii_uppercase())
}
