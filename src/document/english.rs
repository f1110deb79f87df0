//! Counts and lists as a paper writes them.

/// The counts that a paper spells out.
const SPELLED: [&str; 21] = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// `no project`, `one project`, `ten projects`, `21 projects`.
pub(crate) fn spelled(count: usize, what: &str) -> String {
    format!(
        "{} {what}{}",
        number(count),
        if count > 1 { "s" } else { "" }
    )
}

/// `no`, `one`, `ten`, `21`.
pub(crate) fn number(count: usize) -> String {
    SPELLED
        .get(count)
        .map_or_else(|| count.to_string(), ToString::to_string)
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn listed<T: ToString>(parts: &[T]) -> String {
    let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
    match parts.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => parts.concat(),
    }
}

/// A sentence: its first letter a capital, a full stop at its end.
pub(crate) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .chain(['.'])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn lists_end_with_and() {
        assert_eq!(
            [
                listed::<&str>(&[]),
                listed(&["a"]),
                listed(&["a", "b"]),
                listed(&["a", "b", "c"])
            ],
            ["", "a", "a and b", "a, b and c"]
        );
        assert_eq!(
            [sentence("ten projects"), sentence("£5.00 is left")],
            ["Ten projects.", "£5.00 is left."]
        );
    }
}
