//! How a command is sent at a desk: its form is filled in and checked, and what is then shown is
//! recorded.

use std::fmt;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitStatus, Output};
use std::thread;

use crg::model::{Column, Draft, Kind};

use crate::http::{Browser, Reply};
use crate::sent::Outcome;

/// How often a form is checked again because others have recorded. They record once each.
const MAX_CHECKS: usize = 10;

/// A form for one entry, and how its button is pressed.
#[derive(Debug, Clone)]
pub(super) struct Form {
    pairs: Vec<(&'static str, String)>,
    press: Press,
}

/// How the button that records is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Press {
    Once,
    /// Again, after it was answered.
    Twice,
    /// In two windows at once.
    AtOnce,
    /// Once, at the next desk: this one was killed after the check.
    Later,
}

/// One person at a desk.
pub(super) struct Visit {
    pub(super) form: Form,
    pub(super) by: String,
    pub(super) desk: Desk,
    /// Opens another desk if this one is killed.
    pub(super) next: Command,
    /// The desk is not closed after it.
    pub(super) stays_open: bool,
}

/// What came of a visit.
pub(super) struct Visited {
    pub(super) outcome: Outcome,
    pub(super) was_killed: bool,
    /// The desk, if it stays open.
    pub(super) open: Option<Browser>,
}

/// A desk that is open, or what opens one.
pub(super) enum Desk {
    Open(Browser),
    Closed(Command),
}

impl Form {
    /// The form that records these drafts; `None` if it takes more than one. A document that the
    /// book has already is no refusal, so none is sent.
    pub(super) fn of(drafts: &[Draft], press: Press) -> Option<Form> {
        let [draft] = drafts else {
            return None;
        };
        let cells = draft.cells();
        let filled = Column::ALL.iter().filter(|column| **column != Column::By);
        let pairs =
            filled.filter_map(|column| Some((column.as_str(), cells.get(*column)?.to_owned())));
        (draft.kind() != Kind::Document).then(|| Form {
            pairs: pairs.collect(),
            press,
        })
    }

    pub(super) fn press(&self) -> Press {
        self.press
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "form {:?}, recorded {:?}", self.pairs, self.press)
    }
}

impl Visit {
    /// Opens the desk if it is closed, and fills in the form.
    pub(super) fn run(self) -> Visited {
        let (outcome, desk) = match self.desk {
            Desk::Open(browser) => {
                browser.post("/who", &[("by", &self.by)]);
                fill_in(browser, &self.form, self.next)
            }
            Desk::Closed(command) => match open(command) {
                Ok(browser) => fill_in(browser, &self.form, self.next),
                Err(output) => (Outcome::from(&output), None),
            },
        };
        let mut visited = Visited {
            was_killed: matches!(outcome, Outcome::Killed),
            outcome,
            open: desk,
        };
        if !self.stays_open
            && let Some(desk) = visited.open.take()
        {
            match close(desk).code() {
                Some(0) => {}
                Some(code) => visited.outcome = Outcome::Ended(code, "closed".to_owned()),
                None => visited.was_killed = true,
            }
        }
        visited
    }
}

/// Fills in the form. Returns how that ended, and the desk at which it ended.
fn fill_in(mut browser: Browser, form: &Form, next: Command) -> (Outcome, Option<Browser>) {
    let pairs = form.pairs.iter();
    let pairs: Vec<(&str, &str)> = pairs.map(|(name, text)| (*name, text.as_str())).collect();
    let mut page = browser.check("/enter", &pairs);
    if form.press == Press::Later {
        signal(&browser, "KILL");
        browser = match open(next) {
            Ok(browser) => browser,
            Err(output) => return (Outcome::from(&output), None),
        };
    }
    let mut seen = None;
    for _ in 0..MAX_CHECKS {
        // A page with a button to record it.
        if page.status != 200 {
            break;
        }
        seen = head(&page);
        page = press(&browser, &page, form.press);
    }
    let outcome = match page.status {
        303 => Outcome::Recorded(seen.and_then(|head| head.parse().ok())),
        0 => Outcome::Killed,
        _ => Outcome::Shown(page.text()),
    };
    (outcome, Some(browser))
}

/// Returns `true` if the program was built with the desk.
pub(super) fn has_desk(program: &Path) -> bool {
    let help = Command::new(program).args(["serve", "--help"]).output();
    help.is_ok_and(|help| help.status.success())
}

fn open(command: Command) -> Result<Browser, Output> {
    let mut browser = Browser::open_with(command)?;
    browser.admit();
    Ok(browser)
}

/// The fingerprint of the book that a page shows.
fn head(page: &Reply) -> Option<String> {
    let mut hidden = page.hidden().into_iter();
    hidden
        .find(|(name, _)| name == "head")
        .map(|(_, head)| head)
}

/// Presses the button of a page. Of two answers, the person believes the one that asks to press it
/// again, or else the one that says that it is recorded.
fn press(browser: &Browser, page: &Reply, press: Press) -> Reply {
    let record = || browser.press_record("/enter", page);
    let answers = match press {
        Press::Once | Press::Later => return record(),
        Press::Twice => [record(), record()],
        Press::AtOnce => thread::scope(|scope| {
            let other = scope.spawn(record);
            [record(), other.join().unwrap()]
        }),
    };
    let believed = |answer: &Reply| match answer.status {
        200 => 0,
        303 => 1,
        0 => 2,
        _ => 3,
    };
    let answer = answers.into_iter().min_by_key(believed);
    answer.expect("two answers")
}

/// Ends a desk as Ctrl-C does, and waits for its end.
pub(super) fn close(mut browser: Browser) -> ExitStatus {
    signal(&browser, "INT");
    browser.child.wait().unwrap()
}

/// Sends a signal to a desk, which may be a child of strace.
fn signal(browser: &Browser, name: &str) {
    let process = browser.child.id();
    let children = fs::read_to_string(format!("/proc/{process}/task/{process}/children"));
    let children = children.unwrap_or_default();
    let process = children
        .split_whitespace()
        .next()
        .map_or(process.to_string(), str::to_owned);
    // It may have ended already.
    let kill = ["-c", "kill -$0 $1", name, &process];
    let _ = Command::new("sh").args(kill).output();
}
