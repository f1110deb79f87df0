//! A simulator: long random histories of commands, sent to one book by several processes and at
//! desks, with faults, wrong clocks and full disks, all made from one seed. The journal in memory
//! judges every round, and `crg check` what each fault left.
//!
//! `.ci/simulator` runs it. A seed that fails is shrunk, and printed so that it can be run again:
//! `CRG_SIMULATE=42:0,17,18 .ci/simulator`.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "tests panic on failure, and read the environment"
)]

mod command_line;
mod desk;
mod fault;
#[path = "../crg/histories.rs"]
#[expect(dead_code, reason = "the tests of the package use the rest")]
mod histories;
#[path = "../crg/desk/http.rs"]
#[expect(dead_code, reason = "the tests of the desk use the rest")]
mod http;
mod plan;
mod sent;
mod shrink;
#[path = "../crg/temp_folder.rs"]
#[expect(dead_code, reason = "the tests of the package use the rest")]
mod temp_folder;
mod world;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::desk::has_desk;
use crate::plan::Recipe;
use crate::shrink::shrink;
use crate::world::{Counts, Failure, World};

/// The rounds of one history, at least.
const ROUNDS: usize = 60;

/// The most commands of a history that failed and was shrunk.
const MAX_SHRUNK: usize = 20;

/// The shortest recipe that fails, and its failure.
fn shrunk(program: &Path, recipe: Recipe, failure: Failure) -> (Recipe, Failure) {
    let mut plan = recipe.plan(ROUNDS);
    plan.rounds.truncate(failure.rounds);
    let seed = recipe.seed;
    let with = |kept: &[usize]| Recipe {
        seed,
        kept: Some(kept.to_vec()),
    };
    let mut least = (recipe, failure);
    let mut fails = |kept: &[usize]| {
        let recipe = with(kept);
        let failure = World::play(program, &recipe.plan(ROUNDS)).err();
        failure.map(|failure| least = (recipe, failure)).is_some()
    };
    // What came after the failure is left out first.
    if fails(&plan.numbers()) {
        shrink(plan.numbers(), fails);
    }
    least
}

/// The recipe of the environment, or seeds from the first one on until there are enough commands.
fn recipes() -> (impl Fn(u64, u64) -> Option<Recipe>, usize) {
    let number = |name| std::env::var(name).ok().map(|text| text.parse().unwrap());
    let one: Option<Recipe> = std::env::var("CRG_SIMULATE")
        .ok()
        .map(|text| text.parse().unwrap());
    let (first, enough) = (
        number("CRG_SEED").unwrap_or(1),
        number("CRG_COMMANDS").unwrap_or(1000),
    );
    let workers = if one.is_some() { 1 } else { 2 };
    let next = move |index: u64, commands: u64| match &one {
        Some(recipe) => (index == 0).then(|| recipe.clone()),
        None => (commands < enough).then_some(Recipe {
            seed: first + index,
            kept: None,
        }),
    };
    (next, workers)
}

#[test]
#[ignore = "needs strace and python3; .ci/simulator runs it"]
fn a_long_history_with_faults_loses_nothing() {
    let program = std::env::var_os("CRG_SIMULATED");
    let program = program.map_or(env!("CARGO_BIN_EXE_crg").into(), PathBuf::from);
    let (next, workers) = recipes();
    let (total, failed) = (Mutex::new(Counts::new()), Mutex::new(None));
    let (index, stopped) = (AtomicU64::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while !stopped.load(Ordering::Relaxed) {
                    let commands = total.lock().unwrap().get("commands").copied().unwrap_or(0);
                    let Some(recipe) = next(index.fetch_add(1, Ordering::Relaxed), commands) else {
                        break;
                    };
                    match World::play(&program, &recipe.plan(ROUNDS)) {
                        Ok(counts) => add(&mut total.lock().unwrap(), &counts),
                        Err(failure) => {
                            stopped.store(true, Ordering::Relaxed);
                            *failed.lock().unwrap() = Some((recipe, failure));
                        }
                    }
                }
            });
        }
    });
    let total = total.into_inner().unwrap();
    let counts: Vec<String> = total
        .iter()
        .map(|(what, count)| format!("{count} {what}"))
        .collect();
    let mut counts = counts.join(", ");
    if !has_desk(&program) {
        counts += "; this program has no desk";
    }
    if let Some((recipe, failure)) = failed.into_inner().unwrap() {
        let (recipe, Failure { what, .. }) = shrunk(&program, recipe, failure);
        let left = recipe.plan(ROUNDS).numbers().len();
        let enough = if left <= MAX_SHRUNK {
            "shrunk"
        } else {
            "not shrunk enough"
        };
        panic!("after {counts}\n{what}\n{enough}, commands left: {left}, CRG_SIMULATE={recipe}");
    }
    write_counts(&counts);
}

fn add(total: &mut BTreeMap<&'static str, u64>, counts: &Counts) {
    for (what, count) in counts {
        *total.entry(what).or_default() += count;
    }
}

/// Tests capture what they print; the script shows this file.
fn write_counts(counts: &str) {
    if let Some(path) = std::env::var_os("CRG_COUNTS") {
        std::fs::write(path, format!("simulator: {counts}\n")).unwrap();
    }
}
