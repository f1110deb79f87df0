//! [`NotedHead`]: the end of a book as somebody wrote it down.

use std::fmt::Display;
use std::io::Read;
use std::path::{Path, PathBuf};

use crg::Fingerprint;
use crg::import::open_plain;
use crg::model::Checkpoint;

use crate::failure::{Exit, Failure};

/// The most bytes of a note that are read.
const MAX_BYTES: u64 = 10_000;

/// A fingerprint, or the file that has it or a checkpoint note.
#[derive(Debug, Clone)]
pub(crate) enum NotedHead {
    Fingerprint(Fingerprint),
    File(PathBuf),
}

/// Reads the word of a command line: what is no fingerprint names a file if there is one, or if it
/// looks like the name of one.
pub(crate) fn parse(word: &str) -> Result<NotedHead, String> {
    let is_file = || word == "-" || word.contains(['.', '/', '\\']) || Path::new(word).exists();
    match Fingerprint::copied(word) {
        Ok(fingerprint) => Ok(NotedHead::Fingerprint(fingerprint)),
        Err(_) if is_file() => Ok(NotedHead::File(word.into())),
        Err(error) => Err(error.to_string()),
    }
}

impl NotedHead {
    /// The fingerprint, or the note.
    pub(crate) fn read(&self) -> Result<(Option<Fingerprint>, Option<Checkpoint>), Failure> {
        let path = match self {
            NotedHead::Fingerprint(fingerprint) => return Ok((Some(*fingerprint), None)),
            NotedHead::File(path) => path,
        };
        let text = read(path).map_err(|error| unreadable(path, error))?;
        match (text.parse(), Fingerprint::copied(&text)) {
            (Ok(note), _) => Ok((None, Some(note))),
            (_, Ok(fingerprint)) => Ok((Some(fingerprint), None)),
            (Err(error), Err(_)) => {
                let expected = format!("it is not a fingerprint, nor {error}");
                Err(unreadable(path, expected))
            }
        }
    }
}

fn read(path: &Path) -> std::io::Result<String> {
    let mut text = String::new();
    if path == Path::new("-") {
        let stdin = std::io::stdin().lock();
        stdin.take(MAX_BYTES).read_to_string(&mut text)?;
    } else {
        open_plain(path)?
            .take(MAX_BYTES)
            .read_to_string(&mut text)?;
    }
    Ok(text)
}

fn unreadable(path: &Path, why: impl Display) -> Failure {
    let name = if path == Path::new("-") {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    };
    let message = format!("{name} cannot be used as a checkpoint note: {why}");
    Failure::new(Exit::BadInput, "invalid-note", message)
}
