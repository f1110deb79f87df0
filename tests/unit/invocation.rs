use super::*;

#[test]
fn a_repeated_command_has_each_option_once() {
    let words = [
        "spend",
        "add",
        "P01",
        "--on=2026-05-01",
        "--note",
        "a b",
        "--dry-run",
    ];
    let typed = Invocation::new(words.map(str::to_owned).to_vec());
    let again = CommandLine::again()
        .option("--on", "2026-05-11")
        .option("--note", "c")
        .without(Unwanted::Flag("--dry-run"));
    assert_eq!(
        typed.command(&again),
        "crg spend add P01 --on 2026-05-11 --note c"
    );
    let typed = Invocation::new(["reverse", "--", "12"].map(str::to_owned).to_vec());
    assert_eq!(
        typed.command(&CommandLine::again().option("--note", "a b")),
        "crg reverse --note \"a b\" -- 12"
    );
}

#[test]
fn words_are_quoted_only_if_a_shell_needs_it() {
    for (word, written) in [
        ("2025/26", "2025/26"),
        ("", "\"\""),
        ("a b", "\"a b\""),
        ("1,000", "\"1,000\""),
        ("$HOME", "'$HOME'"),
        ("£5", "\"£5\""),
    ] {
        assert_eq!(quoted(word), written);
    }
}
