//! [`Failure`]: why a command did not do what it was asked, as a person and a script read it.

use crg::Error;

use crate::hint::{CommandLine, Hint};

/// How the program ends, for scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    Done = 0,
    Refused = 1,
    BadCommandLine = 2,
    BadInput = 3,
    Storage = 4,
    Busy = 5,
    OutcomeUnknown = 6,
    Bug = 70,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    /// A name that stays the same from version to version, such as `year-closed`.
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) hints: Vec<Hint>,
}

impl Failure {
    pub(crate) fn new(exit: Exit, code: &'static str, message: impl Into<String>) -> Failure {
        Failure {
            exit,
            code,
            message: message.into(),
            hints: Vec::new(),
        }
    }

    /// A command line that clap accepts and that makes no sense all the same.
    pub(crate) fn command_line(message: impl Into<String>) -> Failure {
        Failure::new(Exit::BadCommandLine, "command-line", message)
    }

    pub(crate) fn with(mut self, hint: impl Into<Hint>) -> Failure {
        self.hints.push(hint.into());
        self
    }
}

/// Why a command ends early.
#[derive(Debug)]
pub(crate) enum Stop {
    Error(Error),
    Failure(Failure),
    /// All is said: the reader closed the pipe, or the answer on standard output is a "no".
    Silent(Exit),
}

impl Stop {
    /// What was done is recorded, but its answer could not be written. This is reported even with
    /// `--quiet`, because the command must not be repeated.
    pub(crate) fn after_recording(self, again: CommandLine) -> Stop {
        let message = match &self {
            Stop::Silent(_) => return self,
            Stop::Failure(failure) => failure.message.clone(),
            Stop::Error(error) => format!("storage: {error}"),
        };
        let first = message.lines().next().unwrap_or_default();
        let message = format!("{first}\nit was recorded nevertheless");
        Stop::Failure(Failure::new(Exit::Storage, "output", message).with(again))
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Stop {
        Stop::Failure(failure)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        Stop::Error(error)
    }
}
