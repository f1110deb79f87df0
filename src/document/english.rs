//! Counts and lists as a paper writes them.

use std::collections::BTreeSet;

use crate::document::text::{Part, Text, capital, text};
use crate::model::{EntryNumber, Money};

/// The counts that a paper spells out.
const SPELLED: &str = "no one two three four five six seven eight nine ten eleven twelve \
    thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty";

/// `no project`, `one project`, `ten projects`, `21 projects`.
pub(crate) fn spelled(count: usize, what: &str) -> String {
    let many = (count > 1).then(|| plural(what));
    format!("{} {}", number(count), many.as_deref().unwrap_or(what))
}

/// `no`, `one`, `ten`, `21`.
pub(crate) fn number(count: usize) -> String {
    let spelled = SPELLED.split(' ').nth(count);
    spelled.map_or_else(|| count.to_string(), str::to_owned)
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn listed<P: Part>(parts: impl IntoIterator<Item = P>) -> Text {
    let mut parts: Vec<P> = parts.into_iter().collect();
    match parts.pop() {
        None => Text::default(),
        Some(last) if parts.is_empty() => text![last],
        Some(last) => text![Text::join(parts, ", "), " and ", last],
    }
}

/// `Gone: P01, P02.`, if there are any.
pub(crate) fn labelled<P: Part>(label: &str, parts: impl IntoIterator<Item = P>) -> Option<Text> {
    let parts = Text::join(parts, ", ");
    (!parts.is_empty()).then(|| text![label, ": ", parts, "."])
}

/// `1 difference`, `2 differences`.
pub fn counted<N: std::fmt::Display + PartialEq + From<u8>>(count: N, what: &str) -> String {
    let many = (count != N::from(1)).then(|| plural(what));
    format!("{count} {}", many.as_deref().unwrap_or(what))
}

/// `differences`, `days`, `entries`.
fn plural(what: &str) -> String {
    match what.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{what}s"),
    }
}

/// The same words with a full stop, unless they end a sentence.
pub(crate) fn stopped(words: &str) -> String {
    let words = words.trim_end();
    let stop = if words.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{words}{stop}")
}

/// `Grant reference` for `grant-reference`, `Recorded by` for `recorded_by`.
pub(crate) fn in_words(name: &str) -> String {
    capital(&name.replace(['_', '-'], " "))
}

/// Says which entries set a process rule aside.
pub(crate) fn overrides(entries: &BTreeSet<EntryNumber>) -> Option<Text> {
    let what = match entries.len() {
        0 => return None,
        1 => "entry",
        _ => "entries",
    };
    let set_aside = "Process rules were set aside, with a reason on record, in ";
    Some(text![set_aside, what, " ", in_runs(entries), "."])
}

/// `3, 5, 6, 8 to 20`: three or more that follow each other are a run.
fn in_runs(entries: &BTreeSet<EntryNumber>) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for entry in entries {
        match runs.last_mut() {
            Some((_, last)) if entry.0 == *last + 1 => *last = entry.0,
            _ => runs.push((entry.0, entry.0)),
        }
    }
    let runs = runs.into_iter().map(|(first, last)| match last - first {
        0 => first.to_string(),
        1 => format!("{first}, {last}"),
        _ => format!("{first} to {last}"),
    });
    runs.collect::<Vec<String>>().join(", ")
}

/// `, of which £5.00 was not drawn`, if anything of what is left was not.
pub(crate) fn of_which_not_drawn(not_drawn: Money) -> Option<Text> {
    (!not_drawn.is_zero()).then(|| text![", of which ", not_drawn, " was not drawn"])
}

/// Says that a year is not confirmed, wherever its figures are shown.
pub(crate) fn unless_confirmed(confirmed: bool) -> &'static str {
    if confirmed {
        ""
    } else {
        ", not yet confirmed by the OPCC"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_that_follow_each_other_are_a_run() {
        for (numbers, expected) in [
            (&[7][..], "entry 7."),
            (&[7, 8], "entries 7, 8."),
            (&[3, 5, 6, 8, 9, 10, 20], "entries 3, 5, 6, 8 to 10, 20."),
        ] {
            let entries = numbers.iter().copied().map(EntryNumber).collect();
            let note = overrides(&entries).unwrap().to_string();
            assert!(note.ends_with(&format!("in {expected}")), "{note}");
        }
        assert_eq!(overrides(&BTreeSet::new()), None);
    }

    #[test]
    fn counts_are_words_up_to_twenty() {
        let projects = [0, 1, 2, 20, 21].map(|count| spelled(count, "project"));
        assert_eq!(
            projects,
            [
                "no project",
                "one project",
                "two projects",
                "twenty projects",
                "21 projects"
            ]
        );
    }

    #[test]
    fn a_word_in_y_has_its_own_plural() {
        let counts = ["entry", "day", "fault"].map(|what| counted(2_u32, what));
        assert_eq!(counts, ["2 entries", "2 days", "2 faults"]);
    }

    #[test]
    fn lists_end_with_and() {
        let list = |parts: &[&str]| listed(parts.iter().copied()).to_string();
        assert_eq!(
            [
                list(&[]),
                list(&["a"]),
                list(&["a", "b"]),
                list(&["a", "b", "c"])
            ],
            ["", "a", "a and b", "a, b and c"]
        );
    }
}
