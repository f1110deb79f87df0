//! Attacks on the edges of the file: what else stands in it and beside it, who may read what is
//! made of it, and what other programs may do to it.

mod beside_entries;
mod hidden_objects;
mod left_beside;
mod moments;
mod permissions;
mod plain_sql;
mod side_files;
mod terminal;
mod waiting;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::files::TempFolder;
use crate::views::kent;

/// A folder with the book of the fixture `kent`.
struct Target {
    folder: TempFolder,
    book: PathBuf,
}

/// £100.00 of spend.
const SPEND: [&str; 10] = [
    "spend",
    "add",
    "P05",
    "100",
    "--year",
    "2025/26",
    "--on",
    "2026-03-31",
    "--supplier",
    "X",
];

impl Target {
    fn new() -> Target {
        let folder = TempFolder::new();
        let book = folder.join("crg.db");
        kent(&book);
        Target { folder, book }
    }

    /// Another program, which nothing stops.
    fn sql(&self, statements: &str) {
        let connection = Connection::open(&self.book).unwrap();
        connection.execute_batch(statements).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        command(self.folder.path(), arguments)
    }

    fn crg(&self, arguments: &[&str]) -> Said {
        crg_in(self.folder.path(), arguments).into()
    }

    /// Records £100.00 of spend.
    fn spend(&self) -> Said {
        self.crg(&SPEND)
    }

    /// Records the same spend again.
    fn spend_again(&self) -> Said {
        self.crg(&[&SPEND[..], &["--override", "a second invoice"]].concat())
    }

    /// Records £1.00 of cash.
    fn receive(&self) -> Said {
        self.crg(&["year", "receive", "2026/27", "1", "--reference", "BACS 1"])
    }
}

/// What a command answered.
#[derive(Debug)]
struct Said {
    exit: Option<i32>,
    out: String,
    err: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Said {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Said {
            exit: output.status.code(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

/// `crg` in a folder, on the book `crg.db` there.
fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crg"));
    command.args(arguments).current_dir(folder).env_clear();
    command.envs([("CRG_NOW", "2026-05-11T09:30:00Z"), ("CRG_BY", "KCST")]);
    command
}

/// What a command answers within some seconds; if it waits for longer, it is killed.
fn within(seconds: u64, command: &mut Command) -> Said {
    let piped = command.stdout(Stdio::piped()).stderr(Stdio::piped());
    answer(piped.spawn().unwrap(), seconds)
}

fn answer(mut child: Child, seconds: u64) -> Said {
    let end = Instant::now() + Duration::from_secs(seconds);
    while child.try_wait().unwrap().is_none() {
        if Instant::now() > end {
            child.kill().unwrap();
            panic!("it still waits after {seconds} seconds");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.wait_with_output().unwrap().into()
}

fn crg_in(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}
