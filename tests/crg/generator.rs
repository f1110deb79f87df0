//! Tests of the generator of random histories.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crg::model::Kind;
use crg::rules::{Refusal, Rule};

use crate::histories::{Played, scripts};

/// The same scripts on every run.
fn sample() -> &'static [Played] {
    static SAMPLE: LazyLock<Vec<Played>> = LazyLock::new(|| {
        let mut runner = TestRunner::deterministic();
        (0..300)
            .map(|_| {
                scripts(60)
                    .new_tree(&mut runner)
                    .expect("a script")
                    .current()
                    .play()
            })
            .collect()
    });
    &SAMPLE
}

fn has(played: &Played, kind: Kind) -> bool {
    played
        .journal
        .entries
        .iter()
        .any(|entry| entry.event.kind() == kind)
}

#[test]
fn every_kind_is_tried_and_accepted_and_most_rules_refuse() {
    let tried = || sample().iter().flat_map(|played| &played.tried);
    let kinds = |accepted: bool| -> BTreeSet<Kind> {
        tried()
            .filter(|(_, outcome)| outcome.is_ok() == accepted)
            .map(|(draft, _)| draft.kind())
            .collect()
    };
    assert_eq!(
        kinds(true).len(),
        Kind::ALL.len(),
        "accepted: {:?}",
        kinds(true)
    );
    let rules: BTreeSet<Rule> = tried()
        .filter_map(|(_, outcome)| outcome.as_ref().err().map(Refusal::rule))
        .collect();
    assert!(rules.len() >= 24, "the rules met: {rules:?}");
}

#[test]
fn many_histories_get_deep() {
    let count =
        |wanted: fn(&Played) -> bool| sample().iter().filter(|played| wanted(played)).count();
    let counts = [
        count(|played| played.journal.entries.len() >= 15),
        count(|played| has(played, Kind::Spend)),
        count(|played| has(played, Kind::Release)),
        count(|played| has(played, Kind::Reverse)),
        count(|played| has(played, Kind::Close)),
        count(|played| {
            played
                .tried
                .iter()
                .any(|(_, outcome)| matches!(outcome, Err(Refusal::Overdrawn { .. })))
        }),
    ];
    assert!(
        counts.iter().all(|count| *count >= 30),
        "of 300: {counts:?}"
    );
}
