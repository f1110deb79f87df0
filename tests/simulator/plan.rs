//! What a simulation does, made from its seed: rounds of commands, each sent by a process of its
//! own, and their faults. A plan is data: fewer of its commands are a plan too.

use std::fmt;
use std::str::FromStr;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::desk::Press;
use crate::fault::{Cut, Fault};
use crate::histories::{Act, Size, Step, When, step};

/// The most processes of a round.
const PROCESSES: usize = 5;

/// The seed of a simulation and, once it is shrunk, the numbers of the commands that are left.
/// Written and read as `42` or `42:0,17,18`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Recipe {
    pub(super) seed: u64,
    pub(super) kept: Option<Vec<usize>>,
}

/// Rounds, one after the other.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) rounds: Vec<Round>,
}

/// Commands at once. All of them have ended before the next round begins.
#[derive(Debug, Clone)]
pub(super) struct Round {
    pub(super) commands: Vec<Command>,
    /// The power is cut while they run.
    pub(super) cut: Option<Cut>,
}

/// What one process does.
#[derive(Debug, Clone)]
pub(super) struct Command {
    /// The command's number in its plan.
    pub(super) number: usize,
    /// What it records, all or nothing.
    pub(super) steps: Vec<Step>,
    /// By how many minutes its clock is ahead of true time, or behind it.
    pub(super) clock_error: i64,
    pub(super) way: Way,
    pub(super) fault: Option<Fault>,
}

/// How a command is sent. What has no form is sent as a command line.
#[derive(Debug, Clone, Copy)]
pub(super) enum Way {
    CommandLine,
    Desk(Press),
}

impl Recipe {
    /// The plan of this seed, of at least so many rounds.
    pub(super) fn plan(&self, rounds: usize) -> Plan {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&self.seed.to_le_bytes());
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        let mut runner = TestRunner::new_with_rng(Config::default(), rng);
        let tree = prop::collection::vec(stretch(), rounds / 2).new_tree(&mut runner);
        let stretches = tree.expect("a plan").current();
        let mut rounds = vec![funding()];
        rounds.extend(stretches.into_iter().flatten());
        let commands = rounds.iter_mut().flat_map(|round| &mut round.commands);
        for (number, command) in commands.enumerate() {
            command.number = number;
        }
        let plan = Plan { rounds };
        match &self.kept {
            Some(kept) => plan.with_only(kept),
            None => plan,
        }
    }
}

impl Plan {
    pub(super) fn numbers(&self) -> Vec<usize> {
        let commands = self.rounds.iter().flat_map(|round| &round.commands);
        commands.map(|command| command.number).collect()
    }

    fn with_only(mut self, kept: &[usize]) -> Plan {
        for round in &mut self.rounds {
            round
                .commands
                .retain(|command| kept.contains(&command.number));
        }
        self.rounds.retain(|round| !round.commands.is_empty());
        self
    }
}

impl fmt::Display for Recipe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.seed)?;
        let kept = self.kept.iter().flatten().map(usize::to_string);
        let kept: Vec<String> = kept.collect();
        if kept.is_empty() {
            return Ok(());
        }
        write!(f, ":{}", kept.join(","))
    }
}

impl FromStr for Recipe {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Recipe, Self::Err> {
        let (seed, kept) = match text.split_once(':') {
            None => (text, None),
            Some((seed, kept)) => {
                let kept = kept.split(',').map(str::parse).collect::<Result<_, _>>()?;
                (seed, Some(kept))
            }
        };
        let seed = seed.parse()?;
        Ok(Recipe { seed, kept })
    }
}

/// Both pots of the first year get their money.
fn funding() -> Round {
    let step = Step {
        year: 0,
        when: When::Now,
        act: Act::Advance(Size::All),
        overridden: false,
        flavour: 1,
    };
    let command = Command {
        number: 0,
        steps: vec![step.clone(), Step { flavour: 2, ..step }],
        clock_error: 0,
        way: Way::CommandLine,
        fault: None,
    };
    Round {
        commands: vec![command],
        cut: None,
    }
}

/// Rounds without a fault, or a few with one each: what the first leaves, the next must recover.
fn stretch() -> impl Strategy<Value = Vec<Round>> {
    prop_oneof![
        2 => prop::collection::vec(calm(), 1..4),
        1 => prop::collection::vec(faulty(), 1..5),
    ]
}

fn calm() -> impl Strategy<Value = Round> {
    let commands = prop::collection::vec(command(), 1..=PROCESSES);
    commands.prop_map(|commands| Round {
        commands,
        cut: None,
    })
}

/// One process meets a fault, or all of them do.
fn faulty() -> impl Strategy<Value = Round> {
    let few = prop_oneof![3 => Just(1), 2 => 2..=PROCESSES];
    let commands = few.prop_flat_map(|count| prop::collection::vec(command(), count));
    let fault = prop_oneof![
        3 => Fault::any().prop_map(|fault| (Some((fault, false)), None)),
        1 => Fault::full_disk().prop_map(|fault| (Some((fault, true)), None)),
        2 => Cut::any().prop_map(|cut| (None, Some(cut))),
    ];
    (commands, fault).prop_map(|(mut commands, (fault, cut))| {
        if let Some((fault, all)) = fault {
            let count = if all { commands.len() } else { 1 };
            for command in &mut commands[..count] {
                command.fault = Some(match command.way {
                    Way::CommandLine => fault,
                    Way::Desk(_) => fault.at_desk(),
                });
            }
        }
        // Faults kill desks enough.
        for command in &mut commands {
            if let Way::Desk(press @ Press::Later) = &mut command.way {
                *press = Press::Once;
            }
        }
        Round { commands, cut }
    })
}

fn command() -> impl Strategy<Value = Command> {
    let steps = prop_oneof![
        6 => step().prop_map(|step| vec![step]),
        1 => prop::collection::vec(step(), 2..6),
    ];
    // Minutes, days and years; never so far that the book could not go on.
    let clock_error = prop_oneof![
        8 => Just(0),
        2 => -3..3_i64,
        2 => select(vec![-526_000, -44_640, -1_440, 1_440, 44_640]),
    ];
    let press = select(vec![Press::Once, Press::Twice, Press::AtOnce, Press::Later]);
    let way = prop_oneof![
        4 => Just(Way::CommandLine),
        1 => press.prop_map(Way::Desk),
    ];
    (steps, clock_error, way).prop_map(|(steps, clock_error, way)| Command {
        number: 0,
        steps,
        clock_error,
        way,
        fault: None,
    })
}
