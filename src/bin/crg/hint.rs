//! [`Hint`]: what to do next, as data. It becomes text only when it is shown, because only then is
//! it known how the person calls the program.

use std::fmt::Display;

use crg::model::{Date, FinancialYear, ProjectRef};

/// What stands for a reason that the person is to give. The space in it makes it a quoted word.
pub(crate) const REASON: &str = "the reason";

/// What to do next: a command, perhaps with the reason to run it, or advice in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hint {
    pub(crate) reason: Option<String>,
    pub(crate) command: Option<CommandLine>,
}

impl Hint {
    /// Advice where no command helps.
    pub(crate) fn advice(words: impl Into<String>) -> Hint {
        Hint {
            reason: Some(words.into()),
            command: None,
        }
    }

    /// The same command, with the reason to set a rule of process aside.
    pub(crate) fn overriding() -> Hint {
        CommandLine::again()
            .option("--override", REASON)
            .because("to record it anyway")
    }
}

/// A command of this program, to be run as it is printed. Words in capitals stand for what only the
/// person knows: AMOUNT, DATE, FILE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CommandLine {
    /// Whether it begins with what the person has just typed.
    pub(crate) repeats: bool,
    /// What is left out of that.
    pub(crate) without: Vec<Unwanted>,
    /// What follows.
    pub(crate) words: Vec<String>,
}

/// An option that a repeated command leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unwanted {
    /// It stands alone, such as `--dry-run`.
    Flag(&'static str),
    /// A value follows it, such as the day after `--on`.
    Option(&'static str),
}

impl Unwanted {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Unwanted::Flag(name) | Unwanted::Option(name) => name,
        }
    }
}

impl CommandLine {
    /// The command of this name, such as `project show`.
    pub(crate) fn new(name: &str) -> CommandLine {
        CommandLine {
            repeats: false,
            without: Vec::new(),
            words: name.split(' ').map(str::to_owned).collect(),
        }
    }

    /// The command about a project of a year, such as `project show`.
    pub(crate) fn about(name: &str, project: &ProjectRef, year: FinancialYear) -> CommandLine {
        CommandLine::new(name).word(project).option("--year", year)
    }

    /// The command that opens a year.
    pub(crate) fn opening(year: FinancialYear, today: Date) -> CommandLine {
        CommandLine::new("year open")
            .word(year)
            .option("--upfront", "AMOUNT")
            .option("--tactical", "AMOUNT")
            .decided(year, today)
    }

    /// The command that the person has just typed, with other options.
    pub(crate) fn again() -> CommandLine {
        CommandLine {
            repeats: true,
            without: Vec::new(),
            words: Vec::new(),
        }
    }

    /// Adds an argument.
    pub(crate) fn word(mut self, word: impl Display) -> CommandLine {
        self.words.push(word.to_string());
        self
    }

    /// Adds an option that stands alone; a repeated command gets it once.
    pub(crate) fn flag(self, name: &'static str) -> CommandLine {
        self.without(Unwanted::Flag(name)).word(name)
    }

    /// Adds an option with its value, in place of the one that a repeated command has.
    pub(crate) fn option(self, name: &'static str, value: impl Display) -> CommandLine {
        self.without(Unwanted::Option(name)).word(name).word(value)
    }

    /// Dates a decision about a year. It needs no date if it can be taken today; otherwise it takes
    /// the nearest day on which it can.
    pub(crate) fn decided(self, year: FinancialYear, today: Date) -> CommandLine {
        if today > year.last_day() {
            self.option("--on", year.last_day())
        } else if today < year.opens() {
            self.option("--on", year.opens())
        } else {
            self
        }
    }

    /// Leaves an option out of a repeated command.
    pub(crate) fn without(mut self, unwanted: Unwanted) -> CommandLine {
        self.without.push(unwanted);
        self
    }

    /// The hint that gives the reason before the command.
    pub(crate) fn because(self, reason: impl Into<String>) -> Hint {
        Hint {
            reason: Some(reason.into()),
            command: Some(self),
        }
    }
}

impl From<CommandLine> for Hint {
    fn from(command: CommandLine) -> Hint {
        Hint {
            reason: None,
            command: Some(command),
        }
    }
}
