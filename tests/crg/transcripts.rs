//! Transcripts with the program, run as written: in `README.md`, in `tests/transcripts` and the
//! folders in it, and in `docs`.
//!
//! A transcript is a `console` block: a line `$ crg …` is run, what follows is what it must print
//! (standard output, then standard error), and `[exit N]` ends the output of a command that does
//! not exit with 0. All blocks of a file share one folder (which begins with copies of
//! the books that the file names), one person and one clock. A transcript starts from a book
//! of its own in `tests/books`, so that one more entry elsewhere changes no number in it. To write
//! the outputs anew after a change: `UPDATE_TRANSCRIPTS=1 cargo test`.
//!
//! Besides `crg` a transcript may use `sha256sum`, and a few commands that prepare files, listed in
//! [`prepare`].

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crg::rules::Rule;
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::next_steps::follow;
use crate::temp_folder::{TempFolder, copy};
use crate::upgrade::as_version_1;

/// The moment at which every transcript starts, a day of the second year; `clock` sets another.
const NOW: &str = "2026-05-11T09:30:00.000Z";

/// The books that a transcript can start from.
const BOOKS: [&str; 9] = [
    "fixtures/kent",
    "tests/books/errors",
    "tests/books/example",
    "tests/books/kent",
    "tests/books/late",
    "tests/books/ledger",
    "tests/books/partnership",
    "tests/books/quarter",
    "tests/books/ten",
];

/// A file of transcripts being run.
struct Transcript {
    folder: TempFolder,
    now: String,
    held: BTreeMap<String, Connection>,
}

impl Transcript {
    /// In a folder with the books that its text names.
    fn new(text: &str) -> Transcript {
        let (root, folder) = (Path::new(env!("CARGO_MANIFEST_DIR")), TempFolder::new());
        for book in BOOKS.iter().filter(|book| text.contains(**book)) {
            copy(&root.join(book), &folder.join(book));
        }
        Transcript {
            folder,
            now: NOW.into(),
            held: BTreeMap::new(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What a command prints, and its exit code where that is not 0.
    fn run(&mut self, line: &str) -> String {
        let words = split(line);
        let (program, arguments) = words.split_first().expect("a command");
        if let ("sha256sum", [file]) = (program.as_str(), arguments) {
            return sha256sum(file, &fs::read(self.path(file)).unwrap());
        }
        if program != "crg" {
            self.prepare(program, arguments);
            return String::new();
        }
        let output = Command::new(env!("CARGO_BIN_EXE_crg"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .envs([
                ("CRG_NOW", self.now.as_str()),
                ("CRG_BY", "KCST"),
                ("NO_COLOR", "1"),
            ])
            .output()
            .unwrap();
        let mut text =
            String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        text = text.replace(
            &format!(
                "{}{}",
                self.folder.path().display(),
                std::path::MAIN_SEPARATOR
            ),
            "",
        );
        match output.status.code() {
            Some(0) => text,
            code => format!("{text}[exit {}]\n", code.unwrap_or(-1)),
        }
    }

    /// The commands that prepare files.
    fn prepare(&mut self, command: &str, arguments: &[String]) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let [target, rest @ ..] = arguments else {
            panic!("{command}: what?")
        };
        let path = self.path(target);
        match (command, rest) {
            // The moment at which the commands after it run.
            ("clock", []) => self.now.clone_from(target),
            // A folder of the project, copied into the transcript's.
            ("fixture", [from]) => copy(&root.join(from), &path),
            // A folder with the entries of several, one after the other, and with what else the
            // first one holds.
            ("join", [first, others @ ..]) => {
                copy(&self.path(first), &path);
                let mut entries = fs::read_to_string(path.join("entries.csv")).unwrap();
                for other in others {
                    let more = fs::read_to_string(self.path(other).join("entries.csv")).unwrap();
                    entries.push_str(more.split_once('\n').unwrap().1);
                }
                fs::write(path.join("entries.csv"), entries).unwrap();
            }
            ("write", [text]) => fs::write(&path, text.replace("\\n", "\n")).unwrap(),
            ("append", [text]) => fs::write(
                &path,
                fs::read_to_string(&path).unwrap() + &text.replace("\\n", "\n"),
            )
            .unwrap(),
            // From the first to the second, as the command of that name on Windows.
            ("copy", [to]) => drop(fs::copy(&path, self.path(to)).unwrap()),
            ("rename", [to]) => fs::rename(&path, self.path(to)).unwrap(),
            ("mkdir", []) => fs::create_dir(&path).unwrap(),
            // A person decides: fills in the column `action` of the lines of a row.
            ("decide", [row, action]) => decide(&path, row, action),
            // Cuts a file to so many bytes.
            ("cut", [bytes]) => fs::write(
                &path,
                &fs::read(&path).unwrap()[..bytes.parse::<usize>().unwrap()],
            )
            .unwrap(),
            // A book of version 1, which no program reads any more.
            ("version-1", [from]) => as_version_1(&self.path(from), &path),
            // Sets one byte of a file.
            ("patch", [place, byte]) => {
                let mut bytes = fs::read(&path).unwrap();
                bytes[place.parse::<usize>().unwrap()] = byte.parse().unwrap();
                fs::write(&path, bytes).unwrap();
            }
            ("readonly", []) => {
                let mut permissions = fs::metadata(&path).unwrap().permissions();
                permissions.set_readonly(true);
                fs::set_permissions(&path, permissions).unwrap();
            }
            #[cfg(unix)]
            ("link", [to]) => std::os::unix::fs::symlink(self.path(to), &path).unwrap(),
            // A second name of the same file.
            ("hard-link", [to]) => fs::hard_link(self.path(to), &path).unwrap(),
            // Two files that must hold the same bytes.
            ("same", [other]) => assert!(
                fs::read(&path).unwrap() == fs::read(self.path(other)).unwrap(),
                "{target} is not {other}"
            ),
            // Another program that changes the file.
            ("sqlite", [sql]) => Connection::open(&path)
                .unwrap()
                .execute_batch(&sql.replace("\\n", "\n"))
                .unwrap(),
            // Another program that is writing the file, until it lets go.
            ("hold", []) => {
                let connection = Connection::open(&path).unwrap();
                connection.execute_batch("BEGIN IMMEDIATE").unwrap();
                self.held.insert(target.clone(), connection);
            }
            ("let-go", []) => drop(self.held.remove(target)),
            _ => panic!("a transcript has no command {command} {arguments:?}"),
        }
    }
}

/// Fills in the column `action` of a file of waiting lines, for those of one row of the extract.
fn decide(path: &Path, row: &str, action: &str) {
    let text = fs::read_to_string(path).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().unwrap().clone();
    let index = |name: &str| header.iter().position(|column| column == name).unwrap();
    let mut writer = csv::Writer::from_path(path).unwrap();
    writer.write_record(&header).unwrap();
    let mut found = false;
    for record in reader.records().map(Result::unwrap) {
        let is_meant = &record[index("row")] == row;
        found |= is_meant;
        let cells = record.iter().enumerate().map(|(column, cell)| {
            let is_action = is_meant && column == index("action");
            if is_action { action } else { cell }
        });
        writer.write_record(cells).unwrap();
    }
    writer.flush().unwrap();
    assert!(found, "{} has no row {row}", path.display());
}

/// What `sha256sum` prints of a file.
fn sha256sum(name: &str, bytes: &[u8]) -> String {
    let digest: String = Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{digest}  {name}\n")
}

/// The words of a command line, as a shell splits them at spaces and double quotes.
pub(crate) fn split(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted, mut started) = (Vec::new(), String::new(), false, false);
    for c in line.chars() {
        match c {
            '"' => (quoted, started) = (!quoted, true),
            ' ' if !quoted => {
                if started {
                    words.push(std::mem::take(&mut word));
                }
                started = false;
            }
            c => {
                word.push(c);
                started = true;
            }
        }
    }
    if started {
        words.push(word);
    }
    words
}

/// The file as it is when every command is run again, and the folder that the commands leave.
pub(crate) fn rerun(text: &str) -> (String, TempFolder) {
    let mut transcript = Transcript::new(text);
    let (mut fresh, mut in_block, mut after_command) = (String::new(), false, false);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        match line {
            "```console" => (in_block, after_command) = (true, false),
            "```" => in_block = false,
            _ => {}
        }
        let Some(first) = line.strip_prefix("$ ").filter(|_| in_block) else {
            // What a command printed before is left out; what stands before the first command is
            // kept.
            if !(in_block && after_command) {
                fresh.push_str(&format!("{line}\n"));
            }
            continue;
        };
        fresh.push_str(&format!("{line}\n"));
        let mut command = first.to_owned();
        while command.ends_with('\\') {
            let next = lines.next().expect("the rest of the command");
            fresh.push_str(&format!("{next}\n"));
            command = format!(
                "{} {}",
                command.trim_end_matches('\\').trim_end(),
                next.trim()
            );
        }
        let printed = transcript.run(&command);
        let wrong = follow(
            transcript.folder.path(),
            &transcript.now,
            &command,
            &printed,
        );
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        fresh.push_str(&printed);
        after_command = true;
    }
    (fresh, transcript.folder)
}

/// The Markdown files in a folder and in those below it, in the order of their names.
pub(crate) fn pages(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let below = |path: &PathBuf| {
        if path.is_dir() {
            pages(path)
        } else {
            vec![path.clone()]
        }
    };
    paths
        .iter()
        .flat_map(below)
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect()
}

fn check(path: &Path) {
    let written = fs::read_to_string(path).unwrap();
    let (fresh, _) = rerun(&written);
    if std::env::var_os("UPDATE_TRANSCRIPTS").is_some() {
        fs::write(path, fresh).unwrap();
    } else if fresh != written {
        let first = written
            .lines()
            .zip(fresh.lines())
            .position(|(a, b)| a != b)
            .unwrap_or_else(|| written.lines().count().min(fresh.lines().count()));
        let around = |text: &str| {
            text.lines()
                .skip(first.saturating_sub(3))
                .take(12)
                .collect::<Vec<_>>()
                .join("\n")
        };
        panic!(
            "{} is not what happens, from line {}:\n--- written\n{}\n--- happens\n{}",
            path.display(),
            first + 1,
            around(&written),
            around(&fresh)
        );
    }
}

#[test]
fn the_readme_tells_what_happens() {
    check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"));
}

#[test]
fn the_transcripts_tell_what_happens() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = [
        pages(&root.join("tests/transcripts")),
        pages(&root.join("docs")),
    ]
    .concat();
    assert!(files.len() > 40, "{files:?}");
    files.iter().for_each(|path| check(path));
}

#[test]
fn a_changed_output_is_noticed() {
    let transcript = "```console\n$ crg -V\ncrg 0.0.0\n```\n";
    assert_eq!(
        rerun(transcript).0,
        format!(
            "```console\n$ crg -V\ncrg {}\n```\n",
            env!("CARGO_PKG_VERSION")
        )
    );
}

/// The variants of an enum, as its source lists them.
fn variants<'a>(source: &'a str, name: &str) -> Vec<&'a str> {
    let body = source
        .split(&format!("pub enum {name} {{\n"))
        .nth(1)
        .and_then(|rest| rest.split("\n}\n").next())
        .expect(name);
    let word = |line: &'a str| {
        line.strip_prefix("    ")
            .filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()))
    };
    body.lines()
        .filter_map(word)
        .filter_map(|line| line.split(|c: char| !c.is_ascii_alphanumeric()).next())
        .collect()
}

/// Every error has its place in the gallery: under its name, or in the list of those that no
/// transcript can bring about.
#[test]
fn the_gallery_shows_every_error() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    let gallery: String = pages(&root.join("tests/transcripts/gallery"))
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let has = |error: &str| {
        let heading = |line: &str| line.starts_with('#') && line.contains(error);
        gallery
            .lines()
            .any(|line| heading(line) || line.starts_with("- ") && line.contains(error))
    };
    for rule in Rule::ALL {
        assert!(
            has(&format!("`Refusal::{rule:?}`")),
            "the gallery shows no Refusal::{rule:?}"
        );
    }
    for (file, name, few) in [
        ("src/store/error.rs", "StoreError", 10),
        ("src/error.rs", "Error", 5),
    ] {
        let source = read(file);
        let variants = variants(&source, name);
        assert!(variants.len() > few, "{file}: {variants:?}");
        for variant in variants {
            assert!(
                has(&format!("`{name}::{variant}`")),
                "the gallery shows no {name}::{variant}"
            );
        }
    }
}
