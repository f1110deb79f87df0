//! The quarter report and its issue: for Kent 2025/26, with figures calculated by hand; and for
//! random histories, in which an issued report can be made again byte for byte, and the entries
//! recorded since explain every penny that changed.

use std::collections::{BTreeMap, BTreeSet};

use crg::Error;
use crg::book::{Commit, Dispatch, IssueQuarter};
use crg::fold::Lens;
use crg::format::json;
use crg::model::Names;
use crg::model::{
    Column, Date, Draft, Entry, EntryNumber, Event, FinancialYear, Fingerprint, Kind, Moment,
    Quarter,
};
use crg::report::{Issued, QuarterReport, ReportedQuarter, Risk};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

use crate::histories::{Journal, days, moment, scripts};
use crate::properties::{Ledger, counting, pence};
use crate::year_end::{Kent, money, year};

fn day(on: &str) -> Date {
    on.parse().unwrap()
}

/// The SHA-256 of a text, calculated independently of the library.
fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn asked(quarter: Quarter, as_at: &str) -> IssueQuarter {
    IssueQuarter {
        year: year(),
        quarter,
        as_at: day(as_at),
        dispatch: because(None),
    }
}

/// How a report goes out, early with a reason.
fn because(reason: Option<&str>) -> Dispatch {
    Dispatch {
        by: "KCST".into(),
        override_reason: reason.map(str::to_owned),
        ..Dispatch::default()
    }
}

impl Kent {
    fn issue(&mut self, quarter: Quarter, as_at: &str) -> (Entry, QuarterReport) {
        let now = "2026-05-11T10:00:00Z".parse().unwrap();
        let issued = self
            .book
            .issue_quarter(&asked(quarter, as_at), now, Commit::Keep)
            .unwrap();
        (issued.recorded.entries[0].clone(), issued.report)
    }

    /// The file of a report.
    fn file(&self, report: &QuarterReport) -> String {
        let origin = self.book.origin(report, report.lens.known_at).unwrap();
        json(report, Some(&origin)).unwrap()
    }

    fn quarter(&self, quarter: Quarter, as_at: &str, known_at: Option<Moment>) -> QuarterReport {
        self.book
            .quarter(
                year(),
                quarter,
                Lens {
                    as_at: day(as_at),
                    known_at,
                },
            )
            .unwrap()
    }
}

/// The closing figures that differ: account, reported, now, change.
fn closing(reported: &ReportedQuarter) -> Vec<[String; 4]> {
    reported
        .closing
        .iter()
        .map(|row| {
            [
                row.account.clone(),
                row.reported.to_string(),
                row.now.to_string(),
                row.change.to_string(),
            ]
        })
        .collect()
}

/// Q3 closes with £8,052.80 in the tactical pot and £2,000.00 with P08. A December invoice for
/// £120.00, recorded later, leaves £1,880.00 with P08.
#[test]
fn the_next_report_explains_an_entry_recorded_after_the_report() {
    let mut kent = Kent::until("2025-11-30");
    let (issue, report) = kent.issue(Quarter::Q3, "2025-12-31");
    assert_eq!(issue.on, day("2025-12-31"));
    let bytes = kent.file(&report);
    let Event::Issue { title, value } = &issue.event else {
        panic!("{issue:?}")
    };
    assert_eq!(
        (title.as_str(), value.as_str()),
        ("Quarter report 2025/26 Q3", sha256(&bytes).as_str())
    );

    kent.record(&[
        (Column::On, "2025-12-12"),
        (Column::Kind, "spend"),
        (Column::Project, "P08"),
        (Column::Amount, "120"),
        (Column::Supplier, "Example Print"),
    ]);
    let next = kent.quarter(Quarter::Q4, "2026-03-31", None);
    let [changed] = &next.changed().collect::<Vec<_>>()[..] else {
        panic!("{:?}", next.reported)
    };
    assert_eq!(changed.issued.lens, report.lens);
    let [change] = &changed.changes[..] else {
        panic!("{changed:?}")
    };
    assert_eq!(
        (
            change.entry,
            change.on,
            change.kind,
            change.of.as_deref(),
            change.amount,
            change.reversed_by
        ),
        (
            EntryNumber(issue.number.0 + 1),
            day("2025-12-12"),
            Kind::Spend,
            Some("P08"),
            Some(money("120")),
            None
        )
    );
    assert!(change.recorded > issue.recorded);
    assert_eq!(closing(changed), [["P08", "2000.00", "1880.00", "-120.00"]]);

    assert_eq!(
        kent.file(&kent.quarter(Quarter::Q3, "2025-12-31", Some(issue.recorded))),
        bytes
    );
    let now = kent.quarter(Quarter::Q3, "2025-12-31", None);
    assert_eq!(now.changed().count(), 1);
    // After a second issue, changes are counted from the second.
    let (again, _) = kent.issue(Quarter::Q3, "2025-12-31");
    assert_eq!(
        kent.quarter(Quarter::Q4, "2026-03-31", None)
            .changed()
            .count(),
        0
    );
    let between = kent.quarter(Quarter::Q3, "2025-12-31", Some(again.recorded));
    assert_eq!(
        (between.changed().count(), between.reported[0].issued.entry),
        (1, issue.number)
    );
    assert_eq!(
        kent.file(&kent.quarter(Quarter::Q3, "2025-12-31", Some(issue.recorded))),
        bytes
    );
}

/// The approval of P07 was a mistake: £5,500.00 is in the tactical pot again.
#[test]
fn a_reversal_changes_a_reported_quarter() {
    let mut kent = Kent::until("2025-11-30");
    let (issue, _) = kent.issue(Quarter::Q3, "2026-01-15");
    let approval = (1..)
        .map(EntryNumber)
        .map(|number| kent.book.entry(number).unwrap().unwrap());
    let approval = approval
        .into_iter()
        .find(|entry| entry.event.kind() == Kind::Approve && entry.on == day("2025-11-20"))
        .unwrap();
    let event = Event::Reverse {
        entry: approval.number,
    };
    let reverse = Draft::builder(approval.year, event, "KCST").note("Approved for another year");
    kent.book
        .record(
            vec![reverse.build().unwrap()],
            "2026-05-12T10:00:00Z".parse().unwrap(),
            Commit::Keep,
        )
        .unwrap();
    let report = kent.quarter(Quarter::Q4, "2026-03-31", None);
    let changed = report.changed().next().unwrap();
    let [change] = &changed.changes[..] else {
        panic!("{changed:?}")
    };
    assert_eq!(
        (change.entry, change.kind, change.reversed_by),
        (
            approval.number,
            Kind::Approve,
            Some(EntryNumber(issue.number.0 + 1))
        )
    );
    assert_eq!(change.recorded.to_string(), "2026-05-12T10:00:00.000Z");
    assert_eq!(
        closing(changed),
        [
            ["tactical", "8052.80", "13552.80", "5500.00"],
            ["P07", "5500.00", "0.00", "-5500.00"]
        ]
    );
    // The fourth quarter has not been reported yet, so entries in it change no report.
    kent.record(&[
        (Column::On, "2026-01-01"),
        (Column::Kind, "spend"),
        (Column::Project, "P08"),
        (Column::Amount, "5"),
    ]);
    assert_eq!(
        kent.quarter(Quarter::Q4, "2026-03-31", None)
            .changed()
            .map(|changed| changed.changes.len())
            .sum::<usize>(),
        1
    );
}

/// Entries dated before the year count in Q1, and those dated after it in Q4, which is reported as
/// at a later day.
#[test]
fn entries_dated_outside_the_year_count_in_q1_and_q4() {
    let mut kent = Kent::new();
    kent.issue(Quarter::Q4, "2026-03-31");
    kent.refund("2026-04-16", "P05", "45.50");
    let report = kent.quarter(Quarter::Q4, "2026-04-30", None);
    assert_eq!(
        closing(report.changed().next().unwrap()),
        [["P05", "696.00", "741.50", "45.50"]]
    );
    assert_eq!(
        kent.quarter(Quarter::Q4, "2026-03-31", None)
            .changed()
            .count(),
        0
    );
    assert_eq!(report.forecast.head.lens.as_at, day("2026-04-30"));
    assert_eq!(
        kent.quarter(Quarter::Q3, "2026-04-30", None)
            .forecast
            .head
            .lens
            .as_at,
        day("2025-12-31")
    );
}

#[test]
fn issuing_an_unfinished_quarter_needs_a_reason() {
    let mut kent = Kent::until("2025-11-30");
    let try_issue = |kent: &mut Kent, as_at: &str, now: &str, reason: Option<&str>| {
        let asked = IssueQuarter {
            dispatch: because(reason),
            ..asked(Quarter::Q3, as_at)
        };
        kent.book
            .issue_quarter(&asked, now.parse().unwrap(), Commit::DryRun)
            .map(drop)
    };
    // Everything was recorded in May 2026, so the clock is at least there.
    for (as_at, reason) in [("2025-12-30", None), ("2025-12-30", Some(" "))] {
        let refused = try_issue(&mut kent, as_at, "2026-05-11T10:00:00Z", reason);
        assert!(
            matches!(refused, Err(Error::QuarterNotOver { quarter: Quarter::Q3, on, .. }) if on == day(as_at)),
            "{refused:?}"
        );
    }
    assert!(try_issue(&mut kent, "2025-12-31", "2026-05-11T10:00:00Z", None).is_ok());
    assert!(
        try_issue(
            &mut kent,
            "2025-12-30",
            "2026-05-11T10:00:00Z",
            Some("The funder asks early")
        )
        .is_ok()
    );
    assert_eq!(kent.book.issued(year()).unwrap(), []);
}

/// The reason for issuing early stays with the entry and is in no report.
#[test]
fn a_report_issued_early_can_be_made_again_too() {
    let mut kent = Kent::until("2025-11-30");
    let early = IssueQuarter {
        dispatch: because(Some("The funder asks early")),
        ..asked(Quarter::Q3, "2025-11-30")
    };
    let issued = kent
        .book
        .issue_quarter(
            &early,
            "2026-05-11T10:00:00Z".parse().unwrap(),
            Commit::Keep,
        )
        .unwrap();
    let entry = &issued.recorded.entries[0];
    assert!(entry.override_reason.is_some() && issued.report.overrides.is_empty());
    let again = kent.quarter(Quarter::Q3, "2025-11-30", Some(entry.recorded));
    assert_eq!(kent.file(&again), kent.file(&issued.report));
    let Event::Issue { value, .. } = &entry.event else {
        panic!("{entry:?}")
    };
    assert_eq!(*value, sha256(&kent.file(&again)));
    // Entries in the rest of the quarter change the figures reported.
    kent.record(&[
        (Column::On, "2025-12-12"),
        (Column::Kind, "spend"),
        (Column::Project, "P08"),
        (Column::Amount, "120"),
    ]);
    let later = kent.quarter(Quarter::Q3, "2025-12-31", None);
    assert_eq!(
        (later.overrides.len(), closing(&later.reported[0])),
        (
            0,
            vec![["P08", "2000.00", "1880.00", "-120.00"].map(str::to_owned)]
        )
    );
}

/// Later entries dated up to the quarter's end change a report, whatever day it was made for.
/// Issues and entries of other years do not.
#[test]
fn entries_up_to_the_quarters_end_change_its_report() {
    let mut kent = Kent::until("2025-11-30");
    let (issue, _) = kent.issue(Quarter::Q2, "2025-12-31");
    let [issued] = &kent.book.issued(year()).unwrap()[..] else {
        panic!("one report went out")
    };
    assert_eq!(
        (issued.entry, issued.quarter, issued.lens.known_at),
        (issue.number, Quarter::Q2, Some(issue.recorded))
    );
    let later = |on: &str| {
        let mut entry = issue.clone();
        entry.number = EntryNumber(issue.number.0 + 1);
        entry.on = day(on);
        entry.event = Event::Confirm;
        entry
    };
    for (on, changes) in [
        ("2025-02-01", true),
        ("2025-04-01", true),
        ("2025-09-30", true),
        ("2025-10-01", false),
        ("2026-04-30", false),
    ] {
        assert_eq!(issued.is_changed_by(&later(on), None), changes, "{on}");
    }
    let mut another_issue = later("2025-09-30");
    another_issue.event = issue.event.clone();
    let mut of_another_year = later("2025-09-30");
    of_another_year.year = year().next();
    let mut earlier = later("2025-09-30");
    earlier.number = EntryNumber(1);
    for entry in [another_issue, of_another_year, earlier] {
        assert!(!issued.is_changed_by(&entry, None));
    }
    // An explanation changes the figure that it explains, whatever its own date; the reversal of an
    // issue changes nothing.
    let mut explain = later("2026-04-30");
    explain.event = Event::Explain {
        entry: EntryNumber(1),
    };
    assert!(issued.is_changed_by(&explain, Some(&later("2025-07-23"))));
    assert!(!issued.is_changed_by(&explain, Some(&later("2025-11-20"))));
    let mut reversal = later("2025-09-30");
    reversal.event = Event::Reverse {
        entry: issue.number,
    };
    let mut reversed = issue.clone();
    reversed.on = day("2025-09-30");
    assert!(!issued.is_changed_by(&reversal, Some(&reversed)));
}

/// Awards, spend, differences and underspend are as in the papers.
#[test]
fn decisions_and_money_at_risk_are_as_in_the_papers() {
    let kent = Kent::new();
    let q3 = kent.quarter(Quarter::Q3, "2026-05-11", None);
    let approved: Vec<_> = q3
        .decisions
        .iter()
        .filter(|row| row.kind == Kind::Approve)
        .map(|row| row.amount.unwrap())
        .collect();
    assert_eq!(
        (q3.decisions.len(), approved),
        (10, vec![money("5500"), money("2000")])
    );
    let of = |risk: Risk| {
        q3.risks
            .iter()
            .filter(|row| row.risk == risk)
            .map(|row| row.amount)
            .collect::<Vec<_>>()
    };
    // The six awards of July; P07 and P08 were approved on 20 November.
    assert_eq!(
        of(Risk::NoSpend).iter().copied().sum::<crg::model::Money>(),
        money("24108.20")
    );
    assert_eq!(
        (
            of(Risk::Unexplained),
            of(Risk::Unconfirmed),
            of(Risk::Underspend)
        ),
        (vec![money("0.46"); 3], vec![], vec![])
    );
    assert_eq!(
        (q3.forecast.uncommitted, q3.spend.len(), q3.progress.len()),
        (money("8052.80"), 0, 0)
    );

    let q4 = kent.quarter(Quarter::Q4, "2026-03-31", None);
    let spent: crg::model::Money = q4.spend.iter().map(|row| row.net).sum();
    assert_eq!(
        (q4.spend.len(), spent, q4.progress.len(), q4.outcomes.len()),
        (10, money("38934.60"), 10, 14)
    );
    let underspent: Vec<_> = q4
        .risks
        .iter()
        .filter(|row| row.risk == Risk::Underspend)
        .map(|row| (row.project.clone(), row.amount))
        .collect();
    assert_eq!(underspent, [(Some("P05".parse().unwrap()), money("696"))]);
    let q1 = kent.quarter(Quarter::Q1, "2026-03-31", None);
    assert!(
        q1.risks.iter().any(|row| row.risk == Risk::Unconfirmed),
        "confirmed in July: {:?}",
        q1.risks
    );
}

/// A project's spend less refunds in the quarter, and its total spend by the quarter's end.
#[test]
fn refunds_reduce_the_spend_of_a_quarter() {
    let mut kent = Kent::until("2025-11-30");
    for (on, kind, amount) in [
        ("2025-09-30", "spend", "100"),
        ("2025-10-01", "spend", "250.50"),
        ("2025-12-31", "refund", "20"),
        ("2026-01-01", "spend", "7"),
    ] {
        kent.record(&[
            (Column::On, on),
            (Column::Kind, kind),
            (Column::Project, "P01"),
            (Column::Amount, amount),
        ]);
    }
    let report = kent.quarter(Quarter::Q3, "2026-03-31", None);
    let [row] = &report.spend[..] else {
        panic!("{:?}", report.spend)
    };
    let amounts = [row.spent, row.refunded, row.net, row.to_date, row.award];
    assert_eq!(
        (row.entries, amounts),
        (2, ["250.50", "20", "230.50", "330.50", "4000"].map(money))
    );
}

// Random histories.

/// The lines of each account of a quarter.
fn lines(report: &QuarterReport) -> BTreeMap<&str, Vec<(&str, i64)>> {
    let mut lines: BTreeMap<&str, Vec<(&str, i64)>> = BTreeMap::new();
    for row in &report.rows {
        lines
            .entry(&row.account)
            .or_default()
            .push((row.line, pence(row.amount)));
    }
    lines
}

fn held(report: &QuarterReport, line: &str) -> BTreeMap<String, i64> {
    let rows = report
        .rows
        .iter()
        .filter(|row| row.line == line && !row.amount.is_zero());
    rows.map(|row| (row.account.clone(), pence(row.amount)))
        .collect()
}

/// The last day whose entries count in a quarter.
fn last_day(year: FinancialYear, quarter: Quarter) -> Date {
    if quarter == Quarter::Q4 {
        Date::MAX
    } else {
        year.quarter_end(quarter)
    }
}

/// A random history in which a quarter report was issued: the journal, the entry and the bytes of
/// the report.
struct IssuedOnTheWay {
    journal: Journal,
    issue: Entry,
    bytes: String,
}

/// Plays a script and issues a quarter's report after `after` steps, or at the end.
fn issued_on_the_way(
    script: &crate::histories::Script,
    after: usize,
    quarter: Quarter,
    as_at: usize,
) -> IssuedOnTheWay {
    let year = crate::histories::years()[0];
    // As at any day, so that some entries on record have later dates.
    let from_opening: Vec<Date> = days(year)
        .into_iter()
        .filter(|day| *day >= year.opens())
        .collect();
    let as_at = from_opening[as_at % from_opening.len()];
    let mut went_out = None;
    let mut tried = 0;
    let issue = |journal: &mut Journal| {
        let number = EntryNumber(u32::try_from(journal.entries.len()).unwrap() + 1);
        let all: Vec<Entry> = journal.of(year).cloned().collect();
        let lens = Lens {
            as_at,
            known_at: Some(moment(number)),
        };
        let bytes = json(
            &QuarterReport::new(year, quarter, &all, lens, Names::default()).unwrap(),
            None,
        )
        .unwrap();
        let event = Event::Issue {
            title: Issued::title(year, quarter),
            value: Fingerprint::of_file(bytes.as_bytes()).to_string(),
        };
        let draft = Draft::builder(year, event, "KCST").on(as_at).build();
        (
            journal
                .try_record(draft.unwrap())
                .expect("a report may always go out"),
            bytes,
        )
    };
    let mut journal = script.each(|journal, draft| {
        if tried == after {
            went_out = Some(issue(journal));
        }
        tried += 1;
        let _ = journal.try_record(draft);
    });
    let (issue, bytes) = went_out.unwrap_or_else(|| issue(&mut journal));
    IssuedOnTheWay {
        journal,
        issue,
        bytes,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// In every quarter the opening figure and the movements add up to the closing figure, each
    /// quarter opens as the one before closes, and it closes with the balances of the naive ledger.
    #[test]
    fn quarters_follow_each_other_to_the_penny(script in scripts(45)) {
        let journal = script.play().journal;
        for year in journal.years() {
            let entries: Vec<Entry> = journal.of(year).cloned().collect();
            let mut before = BTreeMap::new();
            for quarter in Quarter::ALL {
                let report = QuarterReport::new(year, *quarter, &entries, Lens::at(Date::MAX), Names::default()).unwrap();
                for (account, lines) in lines(&report) {
                    let (closing, others) = lines.split_last().unwrap();
                    prop_assert_eq!((others[0].0, closing.0), ("opening", "closing"));
                    prop_assert_eq!(others.iter().map(|(_, pence)| pence).sum::<i64>(), closing.1, "{} in {}", account, quarter);
                }
                for row in &report.accounts {
                    let movements = [row.allocated, row.approved, row.moved, row.spent, row.returned];
                    let lines = &lines(&report)[row.account.as_str()];
                    prop_assert_eq!(pence(row.opening), lines[0].1);
                    prop_assert_eq!(movements.into_iter().map(pence).sum::<i64>() + pence(row.opening), pence(row.closing));
                    prop_assert_eq!(pence(row.closing), lines.last().unwrap().1);
                    let of = |kinds: &[&str]| lines.iter().filter(|(line, _)| kinds.contains(line)).map(|(_, pence)| pence).sum::<i64>();
                    prop_assert_eq!(pence(row.spent), of(&["spend", "refund"]));
                    prop_assert_eq!(pence(row.returned), of(&["return", "repay", "lapse"]));
                    prop_assert_eq!(pence(row.allocated), of(&["allocate", "cut"]));
                    prop_assert_eq!(pence(row.moved), of(&["release"]));
                }
                prop_assert_eq!(report.accounts.len(), lines(&report).len());
                prop_assert_eq!(&held(&report, "opening"), &before, "{}", quarter);
                before = held(&report, "closing");
                prop_assert_eq!(&before, &Ledger::of(&entries, last_day(year, *quarter)).held(), "{}", quarter);
                let spent: i64 = report.spend.iter().map(|row| pence(row.net)).sum();
                let moved: i64 = report.rows.iter().filter(|row| ["spend", "refund"].contains(&row.line)).map(|row| pence(row.amount)).sum();
                prop_assert_eq!(spent, -moved, "{}", quarter);
            }
        }
    }

    /// A report issued at any moment can be made again byte for byte, whatever is recorded later.
    /// Its fingerprint is that of its bytes, and no report mentions the issue.
    #[test]
    fn an_issued_report_can_be_made_again(script in scripts(45), after in 0..45_usize, quarter in 0..4_usize, as_at in 0..16_usize) {
        let quarter = Quarter::ALL[quarter];
        let IssuedOnTheWay { journal, issue, bytes } = issued_on_the_way(&script, after, quarter, as_at);
        let entries: Vec<Entry> = journal.of(issue.year).cloned().collect();
        let lens = Lens { as_at: issue.on, known_at: Some(issue.recorded) };
        prop_assert_eq!(&json(&QuarterReport::new(issue.year, quarter, &entries, lens, Names::default()).unwrap(), None).unwrap(), &bytes);
        let Event::Issue { value, .. } = &issue.event else { panic!("{issue:?}") };
        prop_assert_eq!(value, &sha256(&bytes));
        let without: Vec<Entry> = entries.iter().filter(|entry| entry.number != issue.number).cloned().collect();
        prop_assert_eq!(&json(&QuarterReport::new(issue.year, quarter, &without, lens, Names::default()).unwrap(), None).unwrap(), &bytes);
    }

    /// The closing figures as reported and as they are now agree with the naive ledger. The listed
    /// changes, applied to the entries that counted then, give the entries that count now.
    #[test]
    fn changes_since_a_report_are_complete(script in scripts(45), after in 0..45_usize, quarter in 0..4_usize, as_at in 0..16_usize) {
        let quarter = Quarter::ALL[quarter];
        let IssuedOnTheWay { journal, issue, .. } = issued_on_the_way(&script, after, quarter, as_at);
        let (year, end) = (issue.year, last_day(issue.year, quarter));
        let entries: Vec<Entry> = journal.of(year).cloned().collect();
        let report = QuarterReport::new(year, Quarter::Q4, &entries, Lens::at(Date::MAX), Names::default()).unwrap();
        // The random history may have reversed the issue itself.
        let struck = entries.iter().any(|entry| entry.event == Event::Reverse { entry: issue.number });
        prop_assert_eq!(report.reported.len(), usize::from(!struck));
        if let Some(told) = report.reported.first() {
            let on_record: Vec<Entry> = entries.iter().filter(|entry| entry.number < issue.number).cloned().collect();
            let (then, now) = (Ledger::of(&on_record, issue.on.min(end)).held(), Ledger::of(&entries, end).held());
            let accounts: BTreeSet<&String> = then.keys().chain(now.keys()).collect();
            let of = |held: &BTreeMap<String, i64>, account: &String| held.get(account).copied().unwrap_or_default();
            let expected: BTreeSet<(String, i64, i64)> = accounts.into_iter().map(|account| (account.clone(), of(&then, account), of(&now, account))).filter(|(_, then, now)| then != now).collect();
            let shown: BTreeSet<_> = told.closing.iter().map(|row| (row.account.clone(), pence(row.reported), pence(row.now))).collect();
            prop_assert_eq!(shown, expected);
            prop_assert!(told.closing.iter().all(|row| row.reported + row.change == row.now));

            let added = told.changes.iter().filter(|row| row.reversed_by.is_none()).map(|row| row.entry);
            let gone: BTreeSet<EntryNumber> = told.changes.iter().filter(|row| row.reversed_by.is_some()).map(|row| row.entry).collect();
            let counted = counting(&on_record, issue.on.min(end)).into_iter().map(|entry| entry.number).filter(|number| !gone.contains(number));
            let made: BTreeSet<EntryNumber> = counted.chain(added).collect();
            let made: Vec<Entry> = entries.iter().filter(|entry| made.contains(&entry.number)).cloned().collect();
            prop_assert_eq!(Ledger::of(&made, end).held(), now);
        }
    }
}
