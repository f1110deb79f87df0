//! The book of a simulation and the journal in memory beside it. After every round the entries of
//! the book must be those that the journal accepts, in one order of the round's commands, and what
//! each command said must be true of that order.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::{self, JoinHandle};

use crg::Access;
use crg::book::Book;
use crg::fold::Lens;
use crg::model::{Column, Date, Draft, Entry, Fingerprint, Moment};
use crg::report::{PotReport, YearReport};

use crate::command_line::CommandLine;
use crate::desk::{Desk, Form, Press, Visit, Visited, close, has_desk};
use crate::fault::Cut;
use crate::histories::{Journal, When, with_cell, years};
use crate::http::Browser;
use crate::plan::{self, Plan, Round, Way};
use crate::sent::{Excuse, Outcome, Request, Sent, next_moment};
use crate::temp_folder::TempFolder;

/// How often each thing happened.
pub(super) type Counts = BTreeMap<&'static str, u64>;

const BOOK: &str = "crg.db";
/// 1 June 2027: only days of the last year of steps lie far ahead.
const START_MILLIS: i64 = 1_811_808_000_000;
const MINUTE_MILLIS: i64 = 60_000;

/// A simulation.
pub(super) struct World<'a> {
    program: &'a Path,
    folder: TempFolder,
    journal: Journal,
    /// The fingerprint of the last entry.
    head: Option<Fingerprint>,
    /// The day of the steps, among the days of a year.
    day: usize,
    minutes: i64,
    /// Whether the program was built with the desk.
    has_desk: bool,
    /// Desks that stay open, each with the moment of its clock.
    desks: Vec<(Browser, Moment)>,
    pub(super) counts: Counts,
}

/// What was found wrong, after so many rounds.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) rounds: usize,
    pub(super) what: String,
}

/// A command that is being carried out.
enum Running {
    Process(Child),
    Visit(JoinHandle<Visited>),
}

impl<'a> World<'a> {
    /// Plays a plan on a new book.
    pub(super) fn play(program: &'a Path, plan: &Plan) -> Result<Counts, Failure> {
        let mut world = World {
            program,
            folder: TempFolder::new(),
            journal: Journal::default(),
            head: None,
            day: 1,
            minutes: 0,
            has_desk: has_desk(program),
            desks: Vec::new(),
            counts: Counts::new(),
        };
        for name in ["book", "before", "judged"] {
            fs::create_dir(world.folder.join(name)).unwrap();
        }
        let before = |what| Failure { rounds: 0, what };
        world.must_succeed(&["init", "--quiet"]).map_err(before)?;
        for (number, round) in plan.rounds.iter().enumerate() {
            let played = world.send(round).and_then(|sent| world.judge(round, &sent));
            played.map_err(|what| Failure {
                rounds: number + 1,
                what,
            })?;
        }
        let rounds = plan.rounds.len();
        world.end().map_err(|what| Failure { rounds, what })?;
        Ok(world.counts)
    }

    fn count(&mut self, what: &'static str) {
        *self.counts.entry(what).or_default() += 1;
    }

    fn home(&self) -> PathBuf {
        self.folder.join("book")
    }

    fn command(&self, mut command: Command, now: Moment, by: &str) -> Command {
        let path = std::env::var_os("PATH").unwrap_or_default();
        command
            .current_dir(self.home())
            .env_clear()
            .env("PATH", path)
            .env("CRG_NOW", now.to_string())
            .env("CRG_BY", by)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        command
    }

    /// The clock of a process that is this wrong.
    fn now(&self, clock_error: i64) -> Moment {
        let minutes = self.minutes + clock_error;
        Moment::from_unix_millis(START_MILLIS + minutes * MINUTE_MILLIS).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(self.program);
        command.args(arguments);
        let command = self.command(command, self.now(0), "KCST").output();
        command.unwrap()
    }

    fn must_succeed(&self, arguments: &[&str]) -> Result<(), String> {
        let done = self.run(arguments);
        if done.status.success() {
            return Ok(());
        }
        Err(format!(
            "without a fault, {arguments:?} ends with {}: {}{}",
            done.status,
            String::from_utf8_lossy(&done.stdout),
            String::from_utf8_lossy(&done.stderr)
        ))
    }

    // == A round ==

    /// Sends the commands of a round, all at once, and waits for them.
    fn send(&mut self, round: &Round) -> Result<Vec<Sent>, String> {
        self.minutes += 1;
        let home = self.home();
        let recovers = home.join("crg.db-journal").exists();
        if round.cut.is_some() {
            self.desks.clear();
            copy_files(&home, &self.folder.join("before"));
        }
        let (mut sent, mut running, mut logs) = (Vec::new(), Vec::new(), Vec::new());
        for command in &round.commands {
            let drafts = self.drafts(command);
            let Some(request) = self.request(command.way, &drafts) else {
                self.count("not a command");
                continue;
            };
            let log = self.folder.join(&format!("log-{}", logs.len()));
            let (now, by) = (self.now(command.clock_error), drafts[0].by().to_owned());
            let start = match (round.cut, command.fault) {
                (Some(_), _) => Cut::strace(&log, self.program),
                (None, Some(fault)) => fault.strace(&home, &log, self.program),
                (None, None) => Command::new(self.program),
            };
            let start = self.command(start, now, &by);
            let is_traced = round.cut.is_some() || command.fault.is_some();
            let (process, now) = match &request {
                Request::Line(line) => (self.run_line(start, line)?, now),
                Request::Form(form) => self.visit(start, form, &by, now, is_traced),
            };
            running.push((process, command.fault));
            logs.push(log);
            let (fault, outcome) = (None, Outcome::Killed);
            sent.push(Sent {
                by,
                drafts,
                request,
                now,
                fault,
                outcome,
            });
        }
        for ((sent, (process, fault)), log) in sent.iter_mut().zip(running).zip(&logs) {
            let (outcome, was_killed) = self.wait(process, sent.now);
            sent.outcome = outcome;
            let happened = fault.is_some_and(|fault| {
                let log = fs::read_to_string(log).unwrap_or_default();
                fault.kills() && was_killed || log.contains("(INJECTED)")
            });
            sent.fault = fault.filter(|_| happened).map(|fault| fault.to_string());
        }
        if let Some(cut) = round.cut {
            let ended = cut.apply(&self.folder.join("before"), &home, &logs)?;
            for (sent, _) in sent.iter_mut().zip(ended).filter(|(_, ended)| !ended) {
                sent.outcome = Outcome::Killed;
            }
        }
        self.count_round(round, &sent, recovers);
        Ok(sent)
    }

    /// What a command is to record, given the journal before its round.
    fn drafts(&mut self, command: &plan::Command) -> Vec<Draft> {
        let by = format!("sim {}", command.number);
        let mut drafts = Vec::new();
        for step in &command.steps {
            if matches!(step.when, When::Onward) {
                self.day += 1;
            }
            let draft = step.draft(&self.journal, self.day);
            drafts.push(with_cell(&draft, Column::By, &by));
        }
        drafts
    }

    /// The form or the command line that records these drafts, if there is one.
    fn request(&self, way: Way, drafts: &[Draft]) -> Option<Request> {
        if let Way::Desk(press) = way
            && self.has_desk
            && let Some(form) = Form::of(drafts, press)
        {
            return Some(Request::Form(form));
        }
        let line = CommandLine::of(drafts)?;
        let is_own = drafts.iter().all(|draft| self.is_own(draft));
        is_own.then_some(Request::Line(line))
    }

    fn run_line(&self, mut start: Command, line: &CommandLine) -> Result<Running, String> {
        start.args(&line.words).args(["--errors", "json"]);
        let mut child = start
            .spawn()
            .map_err(|error| format!("cannot start: {error}"))?;
        // A process that was killed reads nothing.
        let _ = child.stdin.take().unwrap().write_all(&line.input);
        Ok(Running::Process(child))
    }

    /// Sends somebody to a desk: one that is open, unless what it does is to be traced. Returns the
    /// moment of its clock too.
    fn visit(
        &mut self,
        start: Command,
        form: &Form,
        by: &str,
        now: Moment,
        is_traced: bool,
    ) -> (Running, Moment) {
        let serve = |mut command: Command| {
            command.args(["serve", "--for", "1h", "--errors", "json"]);
            command
        };
        let open = if is_traced { None } else { self.desks.pop() };
        let (desk, now) = match open {
            Some((browser, now)) => (Desk::Open(browser), now),
            None => (Desk::Closed(serve(start)), now),
        };
        let visit = Visit {
            form: form.clone(),
            by: by.to_owned(),
            desk,
            next: serve(self.command(Command::new(self.program), now, by)),
            stays_open: !is_traced,
        };
        (Running::Visit(thread::spawn(|| visit.run())), now)
    }

    /// Waits for the end of a command. Returns how it ended, and whether its process was killed.
    fn wait(&mut self, running: Running, now: Moment) -> (Outcome, bool) {
        match running {
            Running::Process(child) => {
                let outcome = Outcome::from(&child.wait_with_output().unwrap());
                let was_killed = matches!(outcome, Outcome::Killed);
                (outcome, was_killed)
            }
            Running::Visit(visit) => {
                let visited = visit.join().unwrap();
                self.desks.extend(visited.open.map(|desk| (desk, now)));
                (visited.outcome, visited.was_killed)
            }
        }
    }

    /// A command line names no year beside an entry: returns `true` if the entry is of the draft's.
    fn is_own(&self, draft: &Draft) -> bool {
        let named = draft.event().refers_to();
        let named = named.map(|number| self.journal.entry(number));
        named.is_none_or(|named| named.is_some_and(|named| named.year == draft.year()))
    }

    fn count_round(&mut self, round: &Round, sent: &[Sent], recovers: bool) {
        self.count("rounds");
        let happened = round.cut.is_some() || sent.iter().any(|sent| sent.fault.is_some());
        if recovers {
            self.count("recoveries");
        }
        if recovers && happened {
            self.count("faults in a recovery");
        }
        if round.cut.is_some() {
            self.count("power cuts");
        }
        for sent in sent {
            self.count("commands");
            if let Some(fault) = &sent.fault {
                self.count(if fault.contains("ENOSPC") {
                    "full disks"
                } else if fault.contains("KILL") {
                    "kills"
                } else {
                    "failed calls"
                });
            }
            if let Request::Form(form) = &sent.request {
                self.count("forms");
                match form.press() {
                    Press::Once => {}
                    Press::Twice | Press::AtOnce => self.count("forms sent twice"),
                    Press::Later => self.count("desks killed after a check"),
                }
            }
            self.count(match sent.outcome {
                Outcome::Killed => "did not end",
                Outcome::Ended(0, _) | Outcome::Recorded(_) => "done",
                Outcome::Shown(_) => "not recorded at a desk",
                Outcome::Ended(1, _) => "refused",
                Outcome::Ended(5, _) => "busy",
                Outcome::Ended(6, _) => "outcome unknown",
                Outcome::Ended(..) => "failed",
            });
        }
    }

    // == The judge ==

    /// Compares the book with the journal, which then records what the book has.
    fn judge(&mut self, round: &Round, sent: &[Sent]) -> Result<(), String> {
        self.compare(round, sent).map_err(|wrong| {
            let lines: Vec<String> = sent.iter().map(Sent::to_string).collect();
            format!("{wrong}\n{}", lines.join("\n"))
        })
    }

    fn compare(&mut self, round: &Round, sent: &[Sent]) -> Result<(), String> {
        let faulty = round.cut.is_some() || sent.iter().any(|sent| sent.fault.is_some());
        let home = self.home();
        // What a fault left half done is undone in a copy: in the book, the next command does it.
        let folder = if faulty {
            copy_files(&home, &self.folder.join("judged"));
            self.folder.join("judged")
        } else {
            home
        };
        let path = folder.join(BOOK);
        if faulty {
            let path = path.display().to_string();
            self.must_succeed(&["check", "--quiet", "--db", &path])?;
        }
        let found = self.new_entries(&path)?;
        let mut head = self.head;
        // The journal after each command that was recorded; the first is that before the round.
        let mut states = vec![self.journal.clone()];
        let mut recorded: Vec<&str> = Vec::new();
        let mut new = &found[..];
        while let Some((first, _)) = new.first() {
            let command = sent.iter().find(|sent| sent.by == first.by);
            let command = command.ok_or(format!("nobody sent {first:?}"))?;
            if recorded.contains(&&*command.by) {
                return Err(format!("{} was recorded twice", command.by));
            }
            if let Outcome::Recorded(Some(seen)) = command.outcome
                && head.is_some_and(|head| head != seen)
            {
                return Err(format!(
                    "{} recorded in a book that it did not see",
                    command.by
                ));
            }
            let mut journal = states[states.len() - 1].clone();
            let now = next_moment(&journal, command.now);
            for draft in &command.drafts {
                let expected = journal.try_record_at(draft.clone(), now);
                let expected = expected.map_err(|refusal| {
                    format!(
                        "{} was recorded, and should be refused: {refusal}",
                        command.by
                    )
                })?;
                let (next, rest) = new.split_first().unzip();
                let Some((_, fingerprint)) = next.filter(|(entry, _)| *entry == expected) else {
                    return Err(format!("recorded: {next:?}\nexpected: {expected:?}"));
                };
                head = Some(*fingerprint);
                new = rest.unwrap_or_default();
            }
            recorded.push(&command.by);
            states.push(journal);
        }
        let disk_is_full = sent.iter().any(|sent| {
            let fault = sent.fault.as_ref();
            fault.is_some_and(|fault| fault.contains("ENOSPC"))
        });
        for sent in sent {
            let excuse = Excuse {
                fault: sent.fault.is_some() || disk_is_full || round.cut.is_some(),
                others: round.commands.len() > 1,
            };
            let is_recorded = recorded.contains(&&*sent.by);
            sent.must_be_true(is_recorded, excuse, &states)?;
        }
        self.journal = states.pop().unwrap();
        self.head = head;
        Ok(())
    }

    /// The entries that the journal does not have yet, with their fingerprints. That of the last
    /// one known must be as it was, and stands for all before it.
    fn new_entries(&self, path: &Path) -> Result<Vec<(Entry, Fingerprint)>, String> {
        let known = self.journal.entries.len();
        let before = known.checked_sub(2);
        let before = before.map(|index| self.journal.entries[index].number);
        let mut found = Vec::new();
        let read = Book::open(path, Access::Read).and_then(|book| {
            book.for_each_entry_after(before, |entry, fingerprint| {
                found.push((entry, fingerprint));
                Ok(())
            })
        });
        read.map_err(|error| format!("the book cannot be read: {error}"))?;
        if known == 0 {
            return Ok(found);
        }
        if found.first().map(|(_, fingerprint)| *fingerprint) != self.head {
            return Err(format!("entry {known} is lost or changed"));
        }
        found.remove(0);
        Ok(found)
    }

    /// The desks end. The next command succeeds and leaves nothing beside the book, of which every check passes
    /// and every year has the figures of the fold.
    fn end(&mut self) -> Result<(), String> {
        for (desk, _) in self.desks.drain(..) {
            let status = close(desk);
            if !status.success() {
                return Err(format!("a desk that was closed ends with {status}"));
            }
        }
        let home = self.home();
        self.must_succeed(&["year", "receive", "2035/36", "0.01", "--on", "2027-06-01"])
            .or_else(|_| {
                self.must_succeed(&[
                    "year",
                    "receive",
                    "2035/36",
                    "0.01",
                    "--on",
                    "2035-04-01",
                    "--override",
                    "The last",
                ])
            })?;
        let left: Vec<String> = file_names(&home);
        if left != [BOOK] {
            return Err(format!("the last command leaves {left:?}"));
        }
        self.must_succeed(&["check", "--quiet"])?;
        let book = Book::open(&home.join(BOOK), Access::Read).map_err(|error| error.to_string())?;
        for year in years() {
            if self.journal.of(year).next().is_none() {
                continue;
            }
            let lens = Lens::at(Date::MAX);
            let view = self.journal.named_view(year, lens, book.names().unwrap());
            let same = book.pot(year, lens).unwrap() == PotReport::new(&view)
                && book.year(year, lens).unwrap() == YearReport::new(&view);
            if !same {
                return Err(format!("the figures of {year} are not those of the fold"));
            }
            self.counts
                .entry("years compared")
                .and_modify(|n| *n += 1)
                .or_insert(1);
        }
        *self.counts.entry("entries").or_default() += self.journal.entries.len() as u64;
        Ok(())
    }
}

fn file_names(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = files
        .map(|file| file.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Makes a folder hold the files of another, and nothing else.
fn copy_files(from: &Path, to: &Path) {
    for name in file_names(to) {
        fs::remove_file(to.join(name)).unwrap();
    }
    for name in file_names(from) {
        fs::copy(from.join(&name), to.join(&name)).unwrap();
    }
}
