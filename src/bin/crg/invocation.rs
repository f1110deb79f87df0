//! [`Invocation`]: how the person called this program, and how a hint is written so that it can be
//! pasted into the same shell.

use std::path::Path;

use crate::hint::{CommandLine, Hint, Unwanted};

#[derive(Debug, Clone, Default)]
pub(crate) struct Invocation {
    words: Vec<String>,
    book: Option<String>,
}

impl Invocation {
    pub(crate) fn new(words: Vec<String>) -> Invocation {
        Invocation { words, book: None }
    }

    /// The same, with the book named in every command.
    pub(crate) fn naming(self, book: Option<&Path>) -> Invocation {
        Invocation {
            book: book.map(|book| book.display().to_string()),
            ..self
        }
    }

    /// The words as they were typed.
    pub(crate) fn words(&self) -> &[String] {
        &self.words
    }

    pub(crate) fn command(&self, command: &CommandLine) -> String {
        let mut words = vec!["crg".to_owned()];
        if command.repeats {
            words.extend(without(&self.words, &command.without));
        } else if let Some(book) = self.book.as_ref().filter(|_| !command.is_whole) {
            words.extend(["--db".to_owned(), book.clone()]);
        }
        // Nothing after `--` is read as an option.
        let end = words.iter().position(|word| word == "--");
        let end = end.unwrap_or(words.len());
        words.splice(end..end, command.words.iter().cloned());
        let quoted: Vec<String> = words.iter().map(|word| quoted(word)).collect();
        quoted.join(" ")
    }

    /// A hint on one line: the reason, then the command.
    pub(crate) fn hint(&self, hint: &Hint) -> String {
        let command = hint.command.as_ref().map(|command| self.command(command));
        let parts: Vec<String> = hint.reason.clone().into_iter().chain(command).collect();
        parts.join(": ")
    }
}

/// The words without some options. Both ways to give a value are known, `--on DATE` and
/// `--on=DATE`.
fn without(words: &[String], unwanted: &[Unwanted]) -> Vec<String> {
    let mut kept = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let name = word.split('=').next().unwrap_or_default();
        let has_name = |unwanted: &&Unwanted| {
            let (Unwanted::Flag(known) | Unwanted::Option(known)) = *unwanted;
            *known == name
        };
        match unwanted.iter().find(has_name) {
            None => kept.push(word.clone()),
            // Its value goes with it.
            Some(Unwanted::Option(_)) if name == word => {
                words.next();
            }
            Some(_) => {}
        }
    }
    kept
}

/// A word as a shell takes it for one word. Double quotes are the ones that Unix shells, PowerShell
/// and cmd.exe share; a word with characters that mean something inside them is put into single
/// quotes.
pub(crate) fn quoted(word: &str) -> String {
    let plain =
        |c: char| c.is_alphanumeric() || "-_./:=+".contains(c) || cfg!(windows) && c == '\\';
    let special = |c: char| "\"$`!".contains(c) || !cfg!(windows) && c == '\\';
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else if !word.contains(special) {
        format!("\"{word}\"")
    } else {
        let apostrophe = if cfg!(windows) { "''" } else { r"'\''" };
        format!("'{}'", word.replace('\'', apostrophe))
    }
}

#[cfg(test)]
#[path = "../../../tests/unit/invocation.rs"]
mod tests;
