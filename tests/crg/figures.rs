//! The figures of a year, each worked out by hand.

use crg::fold::{FoldError, Left, Lens, PotNames, names, standing};
use crg::model::{Date, EntryNumber, FinancialYear, Holder, Money, Names, Pot, ProjectRef};
use crg::{Entry, Portfolio};

use crate::histories::moment;
use crate::rules::{APPROVED, MONEY, journal_of};

/// After MONEY and APPROVED: a cut, cash, spend of which a part is accrued, money returned, repaid
/// and lapsed, and two proposals that wait.
const YEAR: &str = "
    2025-04-02 | propose | P02 | tactical | 300.00 |                     | ok 8
    2025-04-03 | propose | P03 | upfront  | 50.00  |                     | ok 9
    2025-05-01 | cut     |     | upfront  | 30.00  |                     | ok 10
    2025-06-01 | receive |     |          | 900.00 |                     | ok 11
    2025-06-02 | spend   | P01 |          | 200.00 | vat=gross           | ok 12
    2025-06-03 | refund  | P01 |          | 20.00  | vat=gross           | ok 13
    2026-03-20 | spend   | P01 |          | 70.00  | value=accrued       | ok 14
    2026-03-21 | refund  | P01 |          | 5.00   | value=accrued       | ok 15
    2026-03-22 | spend   | P01 |          | 3.00   | value=accrued       | ok 16
               | reverse |     |          |        | reference=16        | ok 17
    2026-04-10 | return  | P01 |          | 40.00  |                     | ok 18
    2026-04-10 | return  |     | upfront  | 25.00  |                     | ok 19
    2026-04-10 | repay   | P01 |          | 10.00  |                     | ok 20
    2026-04-11 | lapse   | P01 |          | 6.00   |                     | ok 21
    2026-04-11 | lapse   |     | tactical | 7.00   |                     | ok 22
";

fn year() -> FinancialYear {
    "2025/26".parse().expect("a year")
}

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn project(text: &str) -> ProjectRef {
    text.parse().expect("a project")
}

fn entries(scenarios: &[&str]) -> Vec<Entry> {
    journal_of(scenarios).standing(year(), day("2026-04-30"))
}

fn portfolio(scenarios: &[&str]) -> Portfolio {
    Portfolio::fold(year(), &entries(scenarios)).expect("a year that the rules guarded")
}

/// Compares amounts with their texts.
fn equal(amounts: &[(&str, Money, &str)]) {
    for (name, amount, expected) in amounts {
        assert_eq!(amount.to_string(), *expected, "{name}");
    }
}

fn left(to_return: &str, not_drawn: &str) -> Left {
    let amount = |text: &str| text.parse().expect("an amount");
    Left {
        to_return: amount(to_return),
        not_drawn: amount(not_drawn),
    }
}

#[test]
fn every_figure_of_a_year_is_as_worked_out_by_hand() {
    let year = portfolio(&[MONEY, APPROVED, YEAR]);
    equal(&[
        ("allocation", year.allocation(), "1470.00"),
        ("awards", year.awards(), "600.00"),
        ("received", year.received, "900.00"),
        ("spent", year.spent(), "245.00"),
        ("gross", year.gross, "180.00"),
        ("returned", year.returned(), "55.00"),
        ("lapsed", year.lapsed(), "13.00"),
        ("unspent awards", year.unspent_awards(), "319.00"),
        ("uncommitted", year.uncommitted(), "838.00"),
        ("accounted", year.accounted(), "1470.00"),
        ("underspend", year.underspend(), "1225.00"),
        ("cash held", year.cash_held(), "600.00"),
        ("upfront", year.upfront.remaining(), "345.00"),
        ("tactical", year.tactical.remaining(), "493.00"),
    ]);
    let p01 = &year.projects[&project("P01")];
    equal(&[
        ("award", p01.award, "600.00"),
        ("underspend", p01.underspend(), "355.00"),
        ("unspent", p01.unspent(), "319.00"),
        ("accrued", year.accruals.of(&project("P01")), "65.00"),
        (
            "accrued by another",
            year.accruals.of(&project("P02")),
            "0.00",
        ),
        ("accrued in all", year.accruals.total(), "65.00"),
    ]);
    assert_eq!(year.accruals.count(), 2);
}

/// Only cash that was received is returned; the rest was not drawn, first of the pots.
#[test]
fn what_is_left_is_returned_as_far_as_it_was_drawn() {
    let year = portfolio(&[MONEY, APPROVED, YEAR]);
    assert_eq!(year.left(), left("600.00", "557.00"));
    assert_eq!(
        year.left_after("100".parse().expect("an amount")),
        left("500.00", "557.00")
    );
    let by_holder = [
        (Holder::Pot(Pot::Upfront), left("0.00", "345.00")),
        (Holder::Pot(Pot::Tactical), left("281.00", "212.00")),
        (Holder::Project(project("P01")), left("319.00", "0.00")),
        (Holder::Project(project("P02")), left("0.00", "0.00")),
        (Holder::Project(project("P03")), left("0.00", "0.00")),
    ];
    assert_eq!(year.left_by_holder(), by_holder);
    let nothing_received = portfolio(&[MONEY, APPROVED]);
    assert_eq!(nothing_received.left(), left("1500.00", "0.00"));
}

#[test]
fn what_would_be_left_if_all_were_approved() {
    let year = portfolio(&[MONEY, APPROVED, YEAR]);
    equal(&[
        ("asked of upfront", year.pipeline(Pot::Upfront), "50.00"),
        ("asked of tactical", year.pipeline(Pot::Tactical), "300.00"),
        (
            "upfront",
            year.remaining_if_all_approved(Pot::Upfront),
            "295.00",
        ),
        (
            "tactical",
            year.remaining_if_all_approved(Pot::Tactical),
            "193.00",
        ),
        ("both", year.uncommitted_if_all_approved(), "488.00"),
    ]);
}

/// From the release on, the tactical pot pays for all that waits.
#[test]
fn after_the_release_the_tactical_pot_pays() {
    let waiting = "
        2025-05-01 | propose | P02 | tactical | 300.00 |                    | ok 8
        2025-05-02 | propose | P03 | upfront  | 50.00  |                    | ok 9
        2025-05-02 | propose | P04 | tactical | 20.00  |                    | ok 10
        2025-06-01 | release |     |          |        | override=one waits | ok 11
        2025-06-02 | approve | P02 |          | 280.00 | override=as agreed | ok 12
    ";
    let year = portfolio(&[MONEY, APPROVED, waiting]);
    equal(&[
        ("awards", year.awards(), "880.00"),
        (
            "upfront",
            year.remaining_if_all_approved(Pot::Upfront),
            "0.00",
        ),
        (
            "tactical",
            year.remaining_if_all_approved(Pot::Tactical),
            "550.00",
        ),
        ("both", year.uncommitted_if_all_approved(), "550.00"),
    ]);
}

/// A year that is not closed is overdue from 1 April.
#[test]
fn a_year_is_overdue_once_it_has_ended() {
    let mut year = portfolio(&[MONEY]);
    assert!(!year.is_overdue(day("2026-03-30")));
    assert!(!year.is_overdue(day("2026-03-31")));
    assert!(year.is_overdue(day("2026-04-01")));
    assert!(year.is_overdue(day("2026-04-02")));
    year.closed = true;
    assert!(!year.is_overdue(day("2026-04-02")));
}

/// The money that releases moved, and the day of the first.
#[test]
fn what_the_releases_moved_adds_up() {
    let twice = "
        2025-05-01 | release  |     |         |       |             | ok 8
        2025-04-30 | allocate |     | upfront | 30.00 | reference=A | ok 9
        2025-05-03 | release  |     |         |       |             | ok 10
    ";
    let year = portfolio(&[MONEY, APPROVED, twice]);
    assert_eq!(year.released.to_string(), "430.00");
    assert_eq!(year.released_on, Some(day("2025-05-01")));
}

#[test]
fn a_detail_is_of_the_year_or_of_a_project() {
    let details = "
        2025-05-01 | detail |     | | | measure=conditions; note=Report     | ok 8
        2025-05-01 | detail | P01 | | | measure=purpose; note=Lighting  | ok 9
    ";
    let year = portfolio(&[MONEY, APPROVED, details]);
    let texts: Vec<&String> = year.details.values().collect();
    assert_eq!(texts, ["Report"]);
    let texts: Vec<&String> = year.projects[&project("P01")].details.values().collect();
    assert_eq!(texts, ["Lighting"]);
}

#[test]
fn a_project_is_proposed_once_and_before_all_else() {
    let entries = entries(&[MONEY, APPROVED]);
    let proposal = entries[2].clone();
    let twice = [proposal.clone(), proposal];
    let refused = Err(FoldError::ProjectExists(project("P01")));
    assert_eq!(Portfolio::fold(year(), &twice), refused);
    let refused = Err(FoldError::UnknownProject(project("P01")));
    assert_eq!(Portfolio::fold(year(), &entries[3..]), refused);
}

// == What the pots are called ==

const UPFRONT: &str = "2025-04-01 | allocate | | upfront  | 10.00 | | ok 1";
const TACTICAL: &str = "2025-04-01 | allocate | | tactical | 10.00 | | ok 1";
const SECOND: &str = "2025-04-01 | allocate | | tactical | 5.00  | | ok 2";
const CASH: &str = "2025-05-01 | receive  | |          | 10.00 | | ok 2";
const RELEASE: &str = "2025-05-01 | release  | |          |       | | ok 2";

#[test]
fn a_year_has_one_pot_until_another_is_named() {
    for (scenarios, expected) in [
        (&[][..], PotNames::Two),
        (&[UPFRONT], PotNames::One(Pot::Upfront)),
        (&[TACTICAL], PotNames::One(Pot::Tactical)),
        (&[UPFRONT, CASH], PotNames::One(Pot::Upfront)),
        (&[UPFRONT, SECOND], PotNames::Two),
        (&[TACTICAL, SECOND], PotNames::One(Pot::Tactical)),
        (&[TACTICAL, RELEASE], PotNames::Two),
    ] {
        assert_eq!(PotNames::of(&entries(scenarios)), expected);
        assert_eq!(portfolio(scenarios).pot_names(), expected);
    }
}

#[test]
fn a_pot_is_named_where_there_are_two() {
    let two = PotNames::Two;
    let (upfront, tactical) = (two.name(Pot::Upfront), two.name(Pot::Tactical));
    assert_eq!(upfront.in_sentence(), "upfront pot");
    assert_eq!(tactical.in_column(), "tactical");
    assert_eq!(two.together(), "the pots");
    assert!(!two.is_one());
    assert!(upfront.is_shown() && tactical.is_shown());
    assert!(!upfront.is_only() && !tactical.is_only());
    let one = PotNames::One(Pot::Upfront);
    let (pot, other) = (one.name(Pot::Upfront), one.name(Pot::Tactical));
    assert_eq!(pot.in_sentence(), "pot");
    assert_eq!(pot.in_column(), "the pot");
    assert_eq!(one.together(), "the pot");
    assert!(one.is_one());
    assert!(pot.is_shown() && !other.is_shown());
    assert!(pot.is_only() && !other.is_only());
}

/// JSON, CSV and comparisons have a pot's keyword, whatever its name.
#[test]
fn a_pot_is_the_same_whatever_its_name() {
    let named = PotNames::One(Pot::Upfront).name(Pot::Upfront);
    let (upfront, tactical) = (
        PotNames::Two.name(Pot::Upfront),
        PotNames::Two.name(Pot::Tactical),
    );
    assert_eq!(named.to_string(), "upfront");
    assert!(named == upfront && named != tactical);
    assert!(named == Pot::Upfront && named != Pot::Tactical);
}

// == What counts ==

/// An entry counts from its day and from the moment it was recorded; once its reversal is known, it
/// does not.
#[test]
fn a_lens_shows_what_was_known_and_had_taken_effect() {
    let entries = journal_of(&[
        "2025-04-01 | allocate | | upfront | 10.00 |             | ok 1",
        "2025-06-01 | allocate | | upfront | 20.00 | reference=A | ok 2",
        "           | reverse  | |         |       | reference=1 | ok 3",
    ])
    .entries;
    let counting = |as_at: &str, known_at: Option<u32>| {
        let lens = Lens {
            as_at: day(as_at),
            known_at: known_at.map(|number| moment(EntryNumber(number))),
        };
        let standing = standing(entries.clone(), lens);
        standing.iter().map(|it| it.number.0).collect::<Vec<_>>()
    };
    assert_eq!(counting("2025-05-31", None), [0_u32; 0]);
    assert_eq!(counting("2025-06-01", None), [2]);
    assert_eq!(counting("2025-06-01", Some(2)), [1, 2]);
    assert_eq!(counting("2025-05-31", Some(2)), [1]);
    assert_eq!(counting("2025-06-01", Some(1)), [1]);
    let lens = Lens {
        as_at: day("2025-06-01"),
        known_at: Some(moment(EntryNumber(1))),
    };
    assert!(lens.shows(&entries[0]) && !lens.shows(&entries[1]));
    assert_eq!(
        lens.to_string(),
        format!("as at 2025-06-01, as known at {}", moment(EntryNumber(1)))
    );
}

#[test]
fn a_name_is_what_the_latest_entry_says() {
    let entries = journal_of(&[
        "2025-04-01 | name | | | | measure=funder; title=The Commissioner | ok 1",
        "2025-05-01 | name | | | | measure=funder; title=The Mayor        | ok 2",
    ])
    .entries;
    let funder = |as_at| names(Names::default(), entries.clone(), Lens::at(day(as_at))).funder;
    assert_eq!(funder("2025-03-31"), Names::default().funder);
    assert_eq!(funder("2025-04-01"), "The Commissioner");
    assert_eq!(funder("2025-05-01"), "The Mayor");
}
