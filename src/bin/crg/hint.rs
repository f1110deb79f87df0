//! [`Hint`]: what to do next, as data. It becomes text only when it is shown, because only then is
//! it known how the person calls the program.

use std::fmt::Display;

use crg::model::{Date, FinancialYear};

/// What stands for a reason that the person is to give. The space in it makes it a quoted word.
pub(crate) const REASON: &str = "the reason";

/// What to do next: a command, perhaps with the reason to run it, or advice in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hint {
    pub(crate) reason: Option<String>,
    pub(crate) command: Option<CommandLine>,
}

impl Hint {
    pub(crate) fn advice(words: impl Into<String>) -> Hint {
        Hint {
            reason: Some(words.into()),
            command: None,
        }
    }

    /// The same command, with the reason to set a rule of process aside.
    pub(crate) fn overriding() -> Hint {
        let again = CommandLine::again().option("--override", REASON);
        again.because("to record it anyway")
    }
}

/// A command of this program, to be run as it is printed. Words in capitals stand for what only the
/// person knows: AMOUNT, DATE, FILE.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct CommandLine {
    /// Whether it begins with what the person has just typed.
    pub(crate) repeats: bool,
    /// What is left out of that.
    pub(crate) without: Vec<Unwanted>,
    pub(crate) words: Vec<String>,
    /// Whether these are all its words, the name of the book among them.
    pub(crate) is_whole: bool,
}

/// An option that a repeated command leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unwanted {
    /// It stands alone, such as `--dry-run`.
    Flag(&'static str),
    /// A value follows it, such as the day after `--on`.
    Option(&'static str),
}

/// A command as it is typed: `command!("year show {}", year)`. Each value is one word, whatever
/// spaces it has; the compiler counts the values.
macro_rules! command {
    ($typed:literal $(, $value:expr)*) => {{
        let _ = format_args!($typed $(, $value)*);
        $crate::hint::CommandLine::new($typed, &[$(&$value),*])
    }};
}
pub(crate) use command;

impl CommandLine {
    /// The command of these words, with a value for each `{}`.
    pub(crate) fn new(typed: &str, values: &[&dyn Display]) -> CommandLine {
        let mut values = values.iter().map(|value| value.to_string());
        let word = |word: &str| match word {
            "{}" => values.next().unwrap_or_default(),
            word => word.to_owned(),
        };
        CommandLine {
            words: typed.split(' ').map(word).collect(),
            ..CommandLine::default()
        }
    }

    /// A command of all these words.
    pub(crate) fn of_words(words: Vec<String>) -> CommandLine {
        CommandLine {
            words,
            is_whole: true,
            ..CommandLine::default()
        }
    }

    pub(crate) fn opening(year: FinancialYear, today: Date) -> CommandLine {
        command!("year open {} --upfront AMOUNT --tactical AMOUNT", year).decided(year, today)
    }

    pub(crate) fn again() -> CommandLine {
        CommandLine {
            repeats: true,
            ..CommandLine::default()
        }
    }

    /// Adds an option that stands alone; a repeated command gets it once.
    pub(crate) fn flag(mut self, name: &'static str) -> CommandLine {
        self.words.push(name.to_owned());
        self.without(Unwanted::Flag(name))
    }

    /// Adds an option with its value, in place of the one that a repeated command has.
    pub(crate) fn option(mut self, name: &'static str, value: impl Display) -> CommandLine {
        self.words.extend([name.to_owned(), value.to_string()]);
        self.without(Unwanted::Option(name))
    }

    /// Dates a decision about a year. It needs no date if it can be taken today; otherwise it takes
    /// the nearest day on which it can.
    pub(crate) fn decided(self, year: FinancialYear, today: Date) -> CommandLine {
        match today.clamp(year.opens(), year.last_day()) {
            day if day == today => self,
            day => self.option("--on", day),
        }
    }

    pub(crate) fn without(mut self, unwanted: Unwanted) -> CommandLine {
        self.without.push(unwanted);
        self
    }

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
