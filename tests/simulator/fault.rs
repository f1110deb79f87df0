//! What goes wrong: a system call that fails or before which the process is killed, made to happen
//! by strace; and power cuts, which `.ci/fault/cut.py` works out from the system calls of a round.

use std::fmt;
use std::path::Path;
use std::process::Command;

use proptest::prelude::*;
use proptest::sample::select;

/// The files of a book.
pub(super) const FILES: [&str; 3] = ["crg.db", "crg.db-journal", "crg.db.writer"];

/// The calls that change the disk, or who may write to it.
const CHANGES: [&str; 8] = [
    "openat",
    "pwrite64",
    "fsync",
    "ftruncate",
    "unlink",
    "fcntl",
    "pread64",
    "close",
];

/// Calls with the errors that they may end with.
const ERRORS: [(&str, &str); 11] = [
    ("openat", "EIO"),
    ("openat", "EMFILE"),
    ("pread64", "EIO"),
    ("pwrite64", "EIO"),
    ("pwrite64", "EDQUOT"),
    ("write", "ENOSPC"),
    ("fsync", "EIO"),
    ("ftruncate", "EIO"),
    ("unlink", "EACCES"),
    ("fcntl", "ENOLCK"),
    ("statx", "EIO"),
];

/// A fault of one process, at its n-th call of this name that concerns the book.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fault {
    call: &'static str,
    number: u32,
    effect: Effect,
}

#[derive(Debug, Clone, Copy)]
enum Effect {
    Killed,
    Fails {
        error: &'static str,
        /// Every later call of this name fails too.
        lasting: bool,
    },
}

/// A power cut, chosen by this number among those that the round's calls allow.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
    pub(super) choice: u32,
}

impl Fault {
    pub(super) fn any() -> impl Strategy<Value = Fault> {
        let killed = select(CHANGES.as_slice()).prop_map(|call| (call, Effect::Killed));
        let fails = (select(ERRORS.as_slice()), any::<bool>())
            .prop_map(|((call, error), lasting)| (call, Effect::Fails { error, lasting }));
        (prop_oneof![killed, fails], number()).prop_map(|((call, effect), number)| Fault {
            call,
            number,
            effect,
        })
    }

    /// No space from this call on.
    pub(super) fn full_disk() -> impl Strategy<Value = Fault> {
        number().prop_map(|number| Fault {
            call: "pwrite64",
            number,
            effect: Effect::Fails {
                error: "ENOSPC",
                lasting: true,
            },
        })
    }

    /// The same fault for a desk, which reads and locks seven times as often as a command.
    pub(super) fn at_desk(self) -> Fault {
        let often = if matches!(self.call, "pread64" | "fcntl") {
            7
        } else {
            1
        };
        let number = self.number * often;
        Fault { number, ..self }
    }

    pub(super) fn kills(self) -> bool {
        matches!(self.effect, Effect::Killed)
    }

    /// Runs a program with this fault.
    pub(super) fn strace(self, folder: &Path, log: &Path, program: &Path) -> Command {
        let mut command = Command::new("strace");
        command.args(["-f", "-y", "-o"]).arg(log);
        if !self.kills() {
            // Faster, but strace 6.1 then injects no signals.
            command.arg("--seccomp-bpf");
        }
        command.arg("-P").arg(folder);
        for file in FILES {
            command.arg("-P").arg(folder.join(file));
        }
        command.arg(format!("--trace={}", self.call));
        command.arg(format!("--inject={self}")).arg(program);
        command
    }
}

/// Most calls happen a few times, some of them often.
fn number() -> impl Strategy<Value = u32> {
    prop_oneof![3 => 1..8_u32, 2 => 1..30_u32]
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fault { call, number, .. } = self;
        match self.effect {
            Effect::Killed => write!(f, "{call}:signal=KILL:when={number}"),
            Effect::Fails { error, lasting } => {
                let later = if lasting { "+" } else { "" };
                write!(f, "{call}:error={error}:when={number}{later}")
            }
        }
    }
}

impl Cut {
    pub(super) fn any() -> impl Strategy<Value = Cut> {
        any::<u32>().prop_map(|choice| Cut { choice })
    }

    /// Runs a program, and writes down every call that a power cut may undo.
    pub(super) fn strace(log: &Path, program: &Path) -> Command {
        const CALLS: &str =
            "--trace=openat,pwrite64,write,ftruncate,fsync,fdatasync,unlink,rename,linkat";
        let mut command = Command::new("strace");
        command.args([
            "-f",
            "-y",
            "-ttt",
            "--seccomp-bpf",
            "-xx",
            "-s",
            "100000000",
        ]);
        command.arg(CALLS).arg("-o").arg(log).arg(program);
        command
    }

    /// Cuts the power: of a folder that was as `before`, leaves what these logs of calls allow.
    /// Returns for each log whether its process had ended.
    pub(super) fn apply(
        self,
        before: &Path,
        folder: &Path,
        logs: &[impl AsRef<Path>],
    ) -> Result<Vec<bool>, String> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/fault/cut.py");
        let mut command = Command::new("python3");
        command.arg("-B").arg(script).arg(self.choice.to_string());
        command.args([before, folder]);
        command.args(logs.iter().map(AsRef::as_ref));
        let done = command.output().map_err(|error| error.to_string())?;
        if !done.status.success() {
            return Err(String::from_utf8_lossy(&done.stderr).into_owned());
        }
        let ended = String::from_utf8_lossy(&done.stdout);
        Ok(ended.lines().map(|line| line == "ended").collect())
    }
}
