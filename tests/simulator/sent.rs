//! A command as it was sent, and whether what came of it is true.

use std::fmt;
use std::process::Output;

use crg::Refusal;
use crg::format::visible;
use crg::model::{Draft, Fingerprint, Moment};

use crate::command_line::CommandLine;
use crate::desk::Form;
use crate::histories::Journal;

/// A command as it was sent, and what came of it.
pub(super) struct Sent {
    pub(super) by: String,
    pub(super) drafts: Vec<Draft>,
    pub(super) request: Request,
    pub(super) now: Moment,
    /// The fault that strace injected, if it came to that.
    pub(super) fault: Option<String>,
    pub(super) outcome: Outcome,
}

/// The way in which a command is sent.
#[derive(Debug, Clone)]
pub(super) enum Request {
    Line(CommandLine),
    Form(Form),
}

/// How a command ended.
#[derive(Debug)]
pub(super) enum Outcome {
    /// With this exit code and these errors.
    Ended(i32, String),
    /// A desk answered that it is recorded, after the entry with this fingerprint.
    Recorded(Option<Fingerprint>),
    /// A desk answered with a page of these words.
    Shown(String),
    /// It was killed, or had not ended when the power was cut.
    Killed,
}

/// What may be the reason that a command failed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Excuse {
    /// A fault.
    pub(super) fault: bool,
    /// Others on the same book.
    pub(super) others: bool,
}

impl From<&Output> for Outcome {
    fn from(output: &Output) -> Outcome {
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        let code = output.status.code();
        code.map_or(Outcome::Killed, |code| Outcome::Ended(code, errors))
    }
}

impl Sent {
    /// Returns an error if what the command said is not true.
    pub(super) fn must_be_true(
        &self,
        is_recorded: bool,
        excuse: Excuse,
        states: &[Journal],
    ) -> Result<(), String> {
        let is_refused = |says: &dyn Fn(&Refusal) -> bool| {
            let mut refusals = states.iter().filter_map(|state| self.refusal(state));
            refusals.any(|refusal| says(&refusal))
        };
        let is_true = match &self.outcome {
            Outcome::Killed => excuse.fault,
            Outcome::Recorded(_) | Outcome::Ended(0, _) => is_recorded,
            Outcome::Ended(1, errors) => {
                !is_recorded && is_refused(&|refusal| says(errors, refusal))
            }
            Outcome::Ended(5, _) => !is_recorded && (excuse.others || excuse.fault),
            Outcome::Ended(6, _) => excuse.fault,
            Outcome::Ended(3 | 4, errors) => {
                excuse.fault && is_recorded == errors.contains("it was recorded nevertheless")
            }
            Outcome::Ended(..) => false,
            Outcome::Shown(words) => {
                let is_unknown = words.contains("the book cannot be read to see whether");
                let is_busy = words.contains("is held by");
                excuse.fault && (!is_recorded || is_unknown)
                    || excuse.others && is_busy && !is_recorded
                    || !is_recorded && is_refused(&|refusal| shows(words, refusal))
            }
        };
        if is_true {
            return Ok(());
        }
        let recorded = if is_recorded {
            "recorded"
        } else {
            "not recorded"
        };
        let expected = self.refusal(&states[0]);
        Err(format!(
            "{} was {recorded}, with {:?}\nexpected: {expected:?}",
            self.by, self.outcome
        ))
    }

    /// The refusal of this command by a journal.
    fn refusal(&self, journal: &Journal) -> Option<Refusal> {
        let mut journal = journal.clone();
        let now = next_moment(&journal, self.now);
        let before = journal.entries.last().map_or(0, |last| last.number.0);
        let mut drafts = self.drafts.iter().cloned();
        let refusal = drafts.find_map(|draft| journal.try_record_at(draft, now).err())?;
        Some(match &self.request {
            Request::Line(line) if line.is_load() => in_file(refusal, before),
            _ => refusal,
        })
    }
}

/// A refusal that names the entries of a file by their numbers in it. None of the file's entries
/// refers to another.
fn in_file(mut refusal: Refusal, before: u32) -> Refusal {
    match &mut refusal {
        Refusal::DatedAfterClose { entry, .. } if entry.0 > before => entry.0 -= before,
        Refusal::BreaksLater { entry, why, .. } => {
            if entry.0 > before {
                entry.0 -= before;
            }
            **why = in_file((**why).clone(), before);
        }
        _ => {}
    }
    refusal
}

impl fmt::Display for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, at {}: ", self.by, self.now)?;
        match &self.request {
            Request::Line(line) => write!(f, "{line}")?,
            Request::Form(form) => write!(f, "{form}")?,
        }
        if let Some(fault) = &self.fault {
            write!(f, ", with {fault}")?;
        }
        match &self.outcome {
            Outcome::Ended(code, _) => write!(f, ": exit {code}"),
            Outcome::Recorded(_) => write!(f, ": recorded"),
            Outcome::Shown(words) => write!(f, ": {words}"),
            Outcome::Killed => write!(f, ": did not end"),
        }
    }
}

/// The moment at which the next command is recorded.
pub(super) fn next_moment(journal: &Journal, now: Moment) -> Moment {
    let last = journal.entries.last();
    last.map_or(now, |last| now.max(last.recorded.next()))
}

// A project that never was has an error of its own, whatever the day.

/// Returns `true` if errors in JSON are this refusal.
fn says(errors: &str, refusal: &Refusal) -> bool {
    let found: serde_json::Value = serde_json::from_str(errors).unwrap_or_default();
    let text = |name: &str| found["error"][name].as_str().unwrap_or_default();
    if text("code") == "no-such-project" {
        return matches!(refusal, Refusal::UnknownProject { .. });
    }
    text("code") == refusal.code() && text("message").contains(&refusal.to_string())
}

/// Returns `true` if the words of a page are this refusal, which there begins with a capital.
fn shows(words: &str, refusal: &Refusal) -> bool {
    let Some((_, problem)) = words.split_once("There is a problem ") else {
        return false;
    };
    let is_unknown = matches!(refusal, Refusal::UnknownProject { .. });
    let refusal = visible(&refusal.to_string());
    let refusal: Vec<&str> = refusal.split_whitespace().collect();
    let refusal = refusal.join(" ").to_lowercase();
    problem.to_lowercase().starts_with(&refusal) || is_unknown && problem.contains("has no project")
}
