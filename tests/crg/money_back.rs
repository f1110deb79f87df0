//! Money that comes back from the OPCC, and money that it never paid out. Every figure of Kent
//! 2025/26 is worked out by hand: of £39,661.00, £38,934.60 was spent; P05 has £696.00 left and the
//! tactical pot £30.40, in total £726.40.

use crg::Error;
use crg::book::{Commit, Remitted, ReturnAll};
use crg::fold::{Left, Lens};
use crg::model::{Column, Date, Holder, Money};
use crg::report::YearReport;
use proptest::prelude::*;

use crate::histories::{days, scripts};
use crate::year_end::Kent;

/// A return of all of Kent's 2025/26, on 20 April.
fn asked(reference: &str, lapse: bool) -> ReturnAll {
    ReturnAll {
        year: "2025/26".parse().unwrap(),
        on: "2026-04-20".parse().unwrap(),
        by: "KCST".into(),
        reference: reference.into(),
        lapse,
        note: None,
        override_reason: None,
    }
}

fn return_all(kent: &mut Kent, reference: &str, lapse: bool) -> Result<Option<Remitted>, Error> {
    let now = "2026-05-11T09:30:00Z".parse().unwrap();
    kent.book
        .return_all(&asked(reference, lapse), now, Commit::Keep)
}

fn receive(kent: &mut Kent, amount: &'static str) {
    kent.record(&[
        (Column::On, "2025-10-01"),
        (Column::Kind, "receive"),
        (Column::Amount, amount),
    ]);
}

fn figures(kent: &Kent) -> YearReport {
    let (year, lens) = ("2025/26".parse().unwrap(), Lens::at(Date::MAX));
    kent.book.year(year, lens).unwrap()
}

/// What a return recorded: `lapse tactical 30.40`.
fn lines(remitted: &Remitted) -> Vec<String> {
    let line = |entry: &crg::Entry| {
        let event = &entry.event;
        let pot = event.pot().map(|pot| pot.to_string());
        let holder = event.project().map(ToString::to_string).or(pot).unwrap();
        format!("{} {holder} {}", event.kind(), event.amount().unwrap())
    };
    remitted.recorded.entries.iter().map(line).collect()
}

/// Receipts; what can be returned and what was not drawn; the entries of the return.
const SPLITS: &[(&[&str], [&str; 2], &[&str])] = &[
    // No receipt is on record: nothing is known of the cash, and all of it is returned.
    (
        &[],
        ["726.40", "0.00"],
        &["return P05 696.00", "return tactical 30.40"],
    ),
    (
        &["39,661"],
        ["726.40", "0.00"],
        &["return P05 696.00", "return tactical 30.40"],
    ),
    // More than the allocation was received.
    (
        &["20,000", "19,700"],
        ["726.40", "0.00"],
        &["return P05 696.00", "return tactical 30.40"],
    ),
    (
        &["39,660.99"],
        ["726.39", "0.01"],
        &[
            "lapse tactical 0.01",
            "return P05 696.00",
            "return tactical 30.39",
        ],
    ),
    (
        &["39,630.60"],
        ["696.00", "30.40"],
        &["lapse tactical 30.40", "return P05 696.00"],
    ),
    (
        &["30,000", "9,000"],
        ["65.40", "661.00"],
        &[
            "lapse tactical 30.40",
            "lapse P05 630.60",
            "return P05 65.40",
        ],
    ),
    // All that was received is spent, or more.
    (
        &["38,934.60"],
        ["0.00", "726.40"],
        &["lapse tactical 30.40", "lapse P05 696.00"],
    ),
    (
        &["0.01"],
        ["0.00", "726.40"],
        &["lapse tactical 30.40", "lapse P05 696.00"],
    ),
];

#[test]
fn no_more_is_returned_than_the_opcc_has_paid() {
    for (receipts, [to_return, not_drawn], expected) in SPLITS {
        let mut kent = Kent::new();
        receipts
            .iter()
            .for_each(|amount| receive(&mut kent, amount));
        let split = [to_return, not_drawn].map(|amount| amount.parse::<Money>().unwrap());
        let before = figures(&kent);
        assert_eq!([before.to_return, before.not_drawn], split, "{receipts:?}");

        if !split[1].is_zero() {
            let refused = return_all(&mut kent, "BACS 1", false);
            assert!(
                matches!(&refused, Err(Error::NotDrawn { left, .. }) if [left.to_return, left.not_drawn] == split),
                "{receipts:?}: {refused:?}"
            );
            assert_eq!(figures(&kent), before, "nothing was recorded");
        }
        // Without a payment there is nothing to refer to.
        let reference = if split[0].is_zero() { "" } else { "BACS 1" };
        let lapse = !split[1].is_zero();
        let remitted = return_all(&mut kent, reference, lapse).unwrap().unwrap();
        assert_eq!(lines(&remitted), *expected, "{receipts:?}");

        let after = figures(&kent);
        assert_eq!([after.returned, after.lapsed], split, "{receipts:?}");
        assert_eq!(
            [after.to_return, after.not_drawn, after.uncommitted],
            [Money::ZERO; 3]
        );
        let rest = ["39661.00", "38934.60"].map(|amount| amount.parse().unwrap());
        assert_eq!([after.allocation, after.spent], rest);
        assert!(return_all(&mut kent, "BACS 2", lapse).unwrap().is_none());
    }
}

/// The option permits a lapse; it asks for none.
#[test]
fn nothing_lapses_that_was_paid() {
    let mut kent = Kent::new();
    receive(&mut kent, "39,661");
    let remitted = return_all(&mut kent, "BACS 1", true).unwrap().unwrap();
    assert_eq!(
        lines(&remitted),
        ["return P05 696.00", "return tactical 30.40"]
    );
    assert!(return_all(&mut Kent::new(), " ", true).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 300, ..ProptestConfig::default() })]

    /// On every day of every history, what the pots and projects have left is what the year has
    /// left, and what was not drawn falls on the pots first.
    #[test]
    fn the_split_loses_nothing_and_falls_on_the_pots_first(script in scripts(45)) {
        let journal = script.play().journal;
        for year in journal.years() {
            for day in days(year) {
                let portfolio = journal.view(year, day).portfolio;
                let holders = portfolio.left_by_holder();
                let sum = |part: fn(&Left) -> Money| holders.iter().map(|(_, left)| part(left)).sum::<Money>();
                prop_assert_eq!(sum(|left| left.to_return), portfolio.to_return());
                prop_assert_eq!(sum(|left| left.not_drawn), portfolio.not_drawn());
                let lapses_whole = |left: &Left| left.to_return.is_zero();
                let mut before_all_lapse = true;
                for (holder, left) in &holders {
                    let held = match holder {
                        Holder::Pot(pot) => portfolio.pot(*pot).remaining(),
                        Holder::Project(project) => portfolio.projects[project].unspent(),
                    };
                    prop_assert_eq!(left.total(), held, "{:?} on {}", holder, day);
                    prop_assert!(Money::ZERO <= left.to_return && Money::ZERO <= left.not_drawn);
                    prop_assert!(left.not_drawn.is_zero() || before_all_lapse, "{:?} on {}", holder, day);
                    before_all_lapse &= lapses_whole(left);
                }
                prop_assert!(portfolio.not_drawn().is_zero() || !portfolio.received.is_zero());
                prop_assert!(portfolio.to_return() <= portfolio.cash_held().max(Money::ZERO) || portfolio.received.is_zero());
            }
        }
    }
}
