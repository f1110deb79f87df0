//! The Working Group Update. Figures are from the papers, or follow from them by exact arithmetic.
//! Sentences are compared with the JSON of the same report.

use std::collections::BTreeSet;

use crg::Access;
use crg::Error;
use crg::book::Book;
use crg::document::{Block, Cell, Report, Table, Text};
use crg::fold::Lens;
use crg::format::{csv, docx, html, json};
use crg::import::parse_settings;
use crg::model::Names;
use crg::model::{Column, Date, FinancialYear, Pot};
use crg::report::{NextYear, UpdateReport};
use proptest::prelude::*;

use crate::document::member;
use crate::files::TempFolder;
use crate::histories::scripts;
use crate::year_end::{Kent, at, year};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn update(kent: &Kent, on: &str) -> UpdateReport {
    kent.book.update(year(), None, Lens::at(day(on))).unwrap()
}

/// The cells of the column of that name.
fn column<'a>(table: &'a Table, name: &str) -> impl Iterator<Item = &'a Cell> {
    let column = table.columns.iter().find(|column| column.name() == name);
    table.column(column.expect("a column of that name").id())
}

/// The first paragraph of a section.
fn under(report: &UpdateReport, heading: &str) -> String {
    let blocks = report.blocks();
    let place = blocks.iter().position(
        |block| matches!(block, Block::Section(text) if text.to_string().starts_with(heading)),
    );
    match place.and_then(|place| blocks.get(place + 1)) {
        Some(Block::Numbered(said)) => said.to_string(),
        found => panic!("{heading}: {found:?} in {blocks:?}"),
    }
}

/// Every sentence of a report.
fn said(report: &dyn Report) -> String {
    let words = |block: Block| match block {
        Block::Heading(text) | Block::Subheading(text) | Block::Section(text) => text.to_string(),
        Block::Paragraph(text) | Block::Numbered(text) => text.to_string(),
        Block::Points(points) => Text::join(points, " ").to_string(),
        Block::Answers(answers) => {
            let texts = answers.iter().map(|answer| answer.text().to_string());
            texts.collect::<Vec<_>>().join(" ")
        }
        Block::Fields(fields) => {
            Text::join(fields.into_iter().map(|(_, text)| text), " ").to_string()
        }
        Block::Table(_) => String::new(),
    };
    [report.title().to_string()]
        .into_iter()
        .chain(report.blocks().into_iter().map(words))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The body of a report as a Word document.
fn document(report: &UpdateReport) -> String {
    member(&docx(report).unwrap(), "word/document.xml")
}

/// The amounts in a text, which follow £, written as in JSON and without a sign.
fn amounts(text: &str) -> BTreeSet<String> {
    let figure = |rest: &str| {
        rest.chars()
            .take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
            .collect::<String>()
    };
    let plain = |figure: String| figure.trim_end_matches(['.', ',']).replace(',', "");
    text.split('£').skip(1).map(figure).map(plain).collect()
}

/// Every amount in a JSON value, without its sign.
fn leaves(value: &serde_json::Value, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::String(text) => {
            let amount = text.trim_start_matches('-');
            let is_amount = |(whole, pence): (&str, &str)| {
                pence.len() == 2
                    && [whole, pence]
                        .iter()
                        .all(|part| part.bytes().all(|b| b.is_ascii_digit()))
            };
            if amount.split_once('.').is_some_and(is_amount) {
                found.insert(amount.to_owned());
            }
            // What people wrote is printed as they wrote it.
            found.extend(amounts(text));
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| leaves(value, found)),
        serde_json::Value::Object(values) => values.values().for_each(|value| leaves(value, found)),
        _ => {}
    }
}

/// The amounts in a text that are not in a report's JSON.
fn unfounded(report: &UpdateReport, text: &str) -> Vec<String> {
    let mut known = BTreeSet::new();
    leaves(
        &serde_json::from_str(&json(report, None).unwrap()).unwrap(),
        &mut known,
    );
    amounts(text).difference(&known).cloned().collect()
}

#[test]
fn the_march_update_agrees_with_the_paper() {
    let report = update(&Kent::new(), "2026-03-31");
    assert_eq!(
        report.title().to_string(),
        "Working Group Update 2025/26, as at 31 March 2026"
    );
    assert!(
        under(&report, "Projects").starts_with("Ten projects have awards of £39,630.60 in total.")
    );
    assert!(under(&report, "Pots").ends_with("£30.40 of it is uncommitted."));
    assert_eq!(
        under(&report, "Underspend"),
        "£726.40 is to be returned to the OPCC: £30.40 that is uncommitted and £696.00 from P05, Responsible Authority Training on the \
         Licensing Act 2003 (reason given: Trainer and venue hire cost less than expected)."
    );
    assert_eq!(
        under(&report, "Next year, 2026/27"),
        "The allocation for 2026/27 is £39,600.00: £26,500.00 for the upfront pot and £13,100.00 for the tactical pot. The OPCC has not \
         yet confirmed it."
    );
    // The ten projects of the closing list, in pence. P06 is not among them.
    let awards = [
        400_000, 418_200, 370_320, 522_300, 500_000, 550_000, 200_000, 559_500, 195_000, 247_740,
    ];
    let found: Vec<i64> = report
        .projects
        .iter()
        .map(|project| project.row.award.pence().unwrap())
        .collect();
    assert_eq!(
        (found, awards.iter().sum::<i64>()),
        (awards.to_vec(), 3_963_060)
    );
    assert!(
        report
            .projects
            .iter()
            .all(|project| project.delivery.progress.is_some())
    );
    let tickets: Vec<String> = report.projects[0]
        .delivery
        .outcomes
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(tickets, ["in-person tickets: 145", "online tickets: 267"]);
}

/// The papers are dated 23 July 2025, 20 November 2025 and 31 March 2026.
#[test]
fn decisions_since_the_last_paper_are_shown() {
    let kent = Kent::new();
    let march = update(&kent, "2026-03-31");
    assert_eq!(
        (march.since, march.since_paper.as_deref()),
        (
            Some(day("2025-11-20")),
            Some("KCSP notes, November 2025, item 162")
        )
    );
    assert_eq!(
        decided(&march),
        ["P06 withdraw", "P09 approve", "P10 approve", "P11 approve"]
    );
    assert_eq!(
        under(&march, "Decisions since 20 November 2025"),
        "The last paper was dated 20 November 2025: KCSP notes, November 2025, item 162. Four decisions have been made or recorded since."
    );
    let november = update(&kent, "2025-11-20");
    assert_eq!(
        (november.since, decided(&november)),
        (
            Some(day("2025-07-23")),
            vec!["P07 approve".into(), "P08 approve".into()]
        )
    );
    let april = update(&kent, "2026-04-30");
    assert_eq!(
        (april.since, decided(&april).len()),
        (Some(day("2026-03-31")), 0)
    );
    assert!(
        under(&april, "Decisions since 31 March 2026")
            .ends_with("No decision has been made or recorded since.")
    );
    // Before the first paper the whole year is shown, including the day itself. With a date of the
    // user's own, only later decisions are shown.
    let july = update(&kent, "2025-07-23");
    let expected = [
        "- allocate",
        "- allocate",
        "- confirm",
        "P01 approve",
        "P02 approve",
        "P03 approve",
        "P04 approve",
        "P05 approve",
        "P06 approve",
        "- release",
    ];
    assert_eq!(
        (july.since, decided(&july)),
        (None, expected.map(str::to_owned).to_vec())
    );
    let asked = |since, on| {
        kent.book
            .update(year(), Some(day(since)), Lens::at(day(on)))
    };
    let since_july = asked("2025-07-23", "2026-03-31").unwrap();
    assert_eq!(
        decided(&since_july),
        [
            "P07 approve",
            "P08 approve",
            "P06 withdraw",
            "P09 approve",
            "P10 approve",
            "P11 approve"
        ]
    );
    assert_eq!(
        under(&since_july, "Decisions since 23 July 2025"),
        "Six decisions have been made since."
    );
    assert!(decided(&asked("2026-03-31", "2026-03-31").unwrap()).is_empty());
    let refused = asked("2026-04-01", "2026-03-31");
    assert!(
        matches!(refused, Err(Error::SinceAfterAsAt { since, .. }) if since == day("2026-04-01")),
        "{refused:?}"
    );
}

/// An issued report is a paper too. One issued on the day itself is the paper being written.
#[test]
fn an_issued_report_counts_as_a_paper() {
    let mut kent = Kent::new();
    kent.record(&[
        (Column::On, "2026-02-10"),
        (Column::Kind, "issue"),
        (Column::Title, "Update of February"),
        (Column::Value, "abc"),
    ]);
    kent.record(&[
        (Column::On, "2026-03-31"),
        (Column::Kind, "issue"),
        (Column::Title, "Update of March"),
        (Column::Value, "abc"),
    ]);
    let report = update(&kent, "2026-03-31");
    assert_eq!(
        (report.since, report.since_paper.as_deref()),
        (Some(day("2026-02-10")), Some("Update of February"))
    );
}

/// A quarter report goes to the OPCC; the partnership has not read it.
#[test]
fn a_quarter_report_does_not_count_as_a_paper() {
    let mut kent = Kent::new();
    let title = "Quarter report 2025/26 Q3";
    kent.record(&[
        (Column::On, "2026-01-15"),
        (Column::Kind, "issue"),
        (Column::Title, title),
        (Column::Value, "abc"),
    ]);
    let report = update(&kent, "2026-03-31");
    assert_eq!(
        (report.since, report.since_paper.as_deref()),
        (
            Some(day("2025-11-20")),
            Some("KCSP notes, November 2025, item 162")
        )
    );
}

fn decided(report: &UpdateReport) -> Vec<String> {
    let told = |row: &crg::report::UpdateDecision| {
        format!(
            "{} {}",
            row.project.as_ref().map_or("-", |p| p.as_str()),
            row.kind
        )
    };
    report.decisions.iter().map(told).collect()
}

/// A decision dated on or before the paper's day, but recorded later, is in the next update.
#[test]
fn a_decision_recorded_late_is_in_the_next_update() {
    let mut kent = Kent::new();
    let reduce = |kent: &mut Kent, on| {
        kent.record(&[
            (Column::On, on),
            (Column::Kind, "reduce"),
            (Column::Project, "P05"),
            (Column::Amount, "100.00"),
        ]);
    };
    let says = |kent: &Kent, expected: &str| {
        let report = update(kent, "2026-04-30");
        let paper = "The last paper was dated 31 March 2026: Working Group Update, March 2026.";
        assert_eq!(
            under(&report, "Decisions since 31 March 2026"),
            format!("{paper} {expected}")
        );
        decided(&report).len()
    };
    assert_eq!(
        says(&kent, "No decision has been made or recorded since."),
        0
    );
    reduce(&mut kent, "2025-12-01");
    let one = "One decision has been made or recorded since. It is dated that day or earlier, and was recorded after the paper.";
    assert_eq!(says(&kent, one), 1);
    reduce(&mut kent, "2026-03-31");
    let both = "Two decisions have been made or recorded since. All of them are dated that day or earlier, and were recorded after the paper.";
    assert_eq!(says(&kent, both), 2);
    kent.return_all("2026-04-10", "BACS 5512").unwrap();
    kent.record(&[(Column::On, "2026-04-10"), (Column::Kind, "close")]);
    let some = "Three decisions have been made or recorded since. Two of them are dated that day or earlier, and were recorded after the paper.";
    assert_eq!(says(&kent, some), 3);
    // With a date of the user's own, only the dates of decisions count, not when they were
    // recorded.
    let asked = kent
        .book
        .update(year(), Some(day("2026-03-31")), Lens::at(day("2026-04-30")))
        .unwrap();
    assert_eq!(
        under(&asked, "Decisions since 31 March 2026"),
        "One decision has been made since."
    );
    assert_eq!(decided(&asked), ["- close"]);
    // The paper itself has the earlier decisions.
    assert_eq!(decided(&update(&kent, "2026-03-31")).len(), 6);
}

const LOCKS: &[(Column, &str)] = &[
    (Column::Kind, "propose"),
    (Column::Pot, "tactical"),
    (Column::Amount, "500.00"),
    (Column::Title, "Locks"),
    (Column::Lead, "Police"),
];

/// An approval followed by a withdrawal is shown, and so is a refusal that was reconsidered. Of the
/// earlier steps, only the latest of a pending proposal is shown.
#[test]
fn every_decision_and_the_last_step_of_pending_proposals_are_listed() {
    let mut kent = Kent::new();
    for project in ["P12", "P13", "P14"] {
        kent.record(
            &[
                LOCKS,
                &[(Column::On, "2025-12-01"), (Column::Project, project)],
            ]
            .concat(),
        );
    }
    let steps = [
        ("P12", "recommend"),
        ("P13", "recommend"),
        ("P14", "recommend"),
        ("P12", "endorse"),
        ("P13", "endorse"),
        ("P12", "submit"),
        ("P12", "reject"),
        ("P12", "submit"),
        ("P14", "decline"),
        ("P14", "recommend"),
    ];
    for (project, kind) in steps {
        kent.record(&[
            (Column::On, "2025-12-10"),
            (Column::Kind, kind),
            (Column::Project, project),
        ]);
    }
    let approve = [
        (Column::On, "2025-12-11"),
        (Column::Kind, "approve"),
        (Column::Project, "P12"),
        (Column::Amount, "20.00"),
    ];
    kent.record(&approve);
    kent.record(&[
        (Column::On, "2025-12-20"),
        (Column::Kind, "withdraw"),
        (Column::Project, "P12"),
    ]);
    let report = update(&kent, "2025-12-31");
    assert_eq!(
        decided(&report),
        [
            "P13 endorse",
            "P12 reject",
            "P14 decline",
            "P14 recommend",
            "P12 approve",
            "P12 withdraw"
        ]
    );
    assert!(
        under(&report, "Decisions").ends_with("Six decisions have been made or recorded since.")
    );
}

/// After the year no pot is open, and the update does not say what approvals would leave.
#[test]
fn a_year_that_ended_has_no_open_pot() {
    let mut kent = Kent::new();
    kent.record(
        &[
            LOCKS,
            &[(Column::On, "2026-03-31"), (Column::Project, "P12")],
        ]
        .concat(),
    );
    let lines = |report: &UpdateReport| -> Vec<String> {
        let tables = report.tables();
        let pots = tables
            .iter()
            .find(|table| table.caption.to_string() == "Pots")
            .unwrap();
        column(pots, "line").map(ToString::to_string).collect()
    };
    let march = update(&kent, "2026-03-31");
    assert_eq!(
        under(&march, "Pots"),
        "The tactical pot is open, and £30.40 of it is uncommitted."
    );
    let short = "One proposal is pending, and asks for £500.00. If it were approved, the tactical pot would be £469.60 short.";
    assert_eq!(under(&march, "Proposals"), short);
    assert!(lines(&march).contains(&"Remaining if all approved".to_owned()));
    let april = update(&kent, "2026-04-01");
    assert_eq!(
        under(&april, "Pots"),
        "The year has ended, and £30.40 is left in the pots."
    );
    assert_eq!(
        under(&april, "Proposals"),
        "One proposal is pending, and asks for £500.00."
    );
    assert!(!lines(&april).contains(&"Remaining if all approved".to_owned()));
}

/// Before the release both pots are described together, once, and the update says what the upfront
/// pot cannot pay.
#[test]
fn before_the_release_proposals_are_compared_with_both_pots() {
    let mut kent = Kent::until("2025-04-28");
    for (pot, amount) in [("upfront", "24108.00"), ("tactical", "600.00")] {
        let cells = [
            (Column::On, "2025-05-01"),
            (Column::Kind, "allocate"),
            (Column::Pot, pot),
            (Column::Amount, amount),
        ];
        kent.record(&cells);
    }
    let says = |kent: &Kent, expected: &str| {
        assert_eq!(under(&update(kent, "2025-05-01"), "Proposals"), expected)
    };
    kent.record(
        &[
            LOCKS,
            &[(Column::On, "2025-05-01"), (Column::Project, "P12")],
        ]
        .concat(),
    );
    says(
        &kent,
        "Seven proposals are pending, and ask for £24,608.20 in total. If all were approved, £99.80 would be left in both pots together. The \
         upfront pot alone would be £0.20 short.",
    );
    kent.record(
        &[
            LOCKS,
            &[(Column::On, "2025-05-01"), (Column::Project, "P13")],
        ]
        .concat(),
    );
    says(
        &kent,
        "Eight proposals are pending, and ask for £25,108.20 in total. If all were approved, both pots together would be £400.20 short. The \
         upfront pot alone would be £0.20 short.",
    );
}

#[test]
fn a_funder_is_named_once() {
    let named = |funder: &str| {
        let mut report = update(&Kent::new(), "2026-03-31");
        report.funder = funder.into();
        under(&report, "Allocation")
            .split(" to ")
            .next()
            .unwrap()
            .to_owned()
    };
    assert_eq!(
        named("OPCC"),
        "The Crime Reduction Grant comes from the OPCC"
    );
    assert_eq!(
        named("the OPCC"),
        "The Crime Reduction Grant comes from the OPCC"
    );
    assert_eq!(
        named("Kent OPCC"),
        "The Crime Reduction Grant comes from Kent OPCC"
    );
    assert_eq!(
        named("Office of the Commissioner"),
        "The Crime Reduction Grant comes from the Office of the Commissioner (OPCC)"
    );
    assert_eq!(
        named("A funder"),
        "The Crime Reduction Grant comes from A funder (OPCC)"
    );
}

#[test]
fn overridden_rules_are_named() {
    let mut kent = Kent::new();
    kent.record(
        &[
            LOCKS,
            &[(Column::On, "2025-12-01"), (Column::Project, "P12")],
        ]
        .concat(),
    );
    let cells = [
        (Column::On, "2025-12-02"),
        (Column::Kind, "endorse"),
        (Column::Project, "P12"),
        (Column::Override, "By e-mail"),
    ];
    kent.record(&cells);
    let report = update(&kent, "2026-03-31");
    let named = &format!(
        "Process rules were set aside, with a reason on record, in entry {}.",
        crate::kent::entries() + 2
    );
    assert!(
        under(&report, "Allocation").ends_with(named),
        "{}",
        under(&report, "Allocation")
    );
    assert!(
        report
            .notes()
            .iter()
            .any(|note| note.to_string().ends_with(named))
    );
}

/// A workbook leaves asides out, so the tables must be complete without them.
#[test]
fn tables_show_uncommitted_money_and_decisions() {
    let tables = update(&Kent::new(), "2026-03-31").tables();
    let of = |caption: &str| {
        tables
            .iter()
            .find(|table| table.caption.to_string() == caption)
            .unwrap()
    };
    let titles: Vec<&Cell> = column(of("Underspend"), "title").collect();
    assert_eq!(titles.last(), Some(&&Cell::Aside("Uncommitted")));
    let headings: Vec<&str> = of("Decisions")
        .columns
        .iter()
        .map(|column| column.heading())
        .collect();
    assert_eq!(
        headings,
        [
            "",
            "Date",
            "Ref",
            "Project, pot or year",
            "Decision",
            "Amount",
            "Reference",
            "Reasons"
        ]
    );
}

/// The sentences about each state of a year.
#[test]
fn every_state_of_a_year_reads_right() {
    let mut kent = Kent::new();
    let reads = |kent: &Kent, on: &str, heading: &str, expected: &str| {
        assert_eq!(under(&update(kent, on), heading), expected, "{on}")
    };
    // Before the allocation is recorded, with six proposals for £24,108.20.
    let early = update(&kent, "2025-04-28");
    assert_eq!(
        early.title().to_string(),
        "Working Group Update 2025/26, as at 28 April 2025, funding not yet confirmed"
    );
    assert!(under(&early, "Allocation").ends_with("No allocation for 2025/26 is on record yet."));
    reads(&kent, "2025-04-28", "Projects", "No project has an award.");
    reads(
        &kent,
        "2025-04-28",
        "Pots",
        "There is no money in the pots yet.",
    );
    reads(
        &kent,
        "2025-04-28",
        "Proposals",
        "Six proposals are pending, and ask for £24,108.20 in total.",
    );
    assert!(!said(&early).contains("Underspend"), "{}", said(&early));
    reads(
        &kent,
        "2025-04-28",
        "Next year",
        "No allocation for 2026/27 is on record yet.",
    );
    let before_all = update(&kent, "2025-04-01");
    assert_eq!(
        (
            under(&before_all, "Decisions"),
            under(&before_all, "Proposals")
        ),
        (
            "Nothing has been decided yet.".into(),
            "No proposal is pending.".into()
        )
    );
    // During the year, unspent money is not yet an underspend. £13,221.00 + £2,331.80 − £7,500.00 =
    // £8,052.80.
    reads(
        &kent,
        "2025-11-20",
        "Pots",
        "The tactical pot is open, and £8,052.80 of it is uncommitted.",
    );
    reads(
        &kent,
        "2025-11-20",
        "Projects",
        "Eight projects have awards of £31,608.20 in total. None of it is spent.",
    );
    let running = "£31,608.20 is awarded and not yet spent, and £8,052.80 is uncommitted. What is not spent by 31 March 2026 goes back to the OPCC.";
    reads(&kent, "2025-11-20", "Underspend", running);
    assert!(update(&kent, "2025-11-20").underspends.is_empty());
    // A proposal that the pot can pay for, then one that it cannot.
    let propose = |kent: &mut Kent, on, project, amount| {
        let cells = [
            (Column::Kind, "propose"),
            (Column::Pot, "tactical"),
            (Column::Title, "Locks"),
            (Column::Lead, "Police"),
        ];
        kent.record(
            &[
                &cells[..],
                &[
                    (Column::On, on),
                    (Column::Project, project),
                    (Column::Amount, amount),
                ],
            ]
            .concat(),
        );
    };
    propose(&mut kent, "2025-11-21", "P12", "8052.00");
    let one = "One proposal is pending, and asks for £8,052.00. If it were approved, £0.80 would be left in the tactical pot.";
    reads(&kent, "2025-11-30", "Proposals", one);
    // A proposal is not yet a decision.
    assert!(
        under(&update(&kent, "2025-11-30"), "Decisions")
            .ends_with("No decision has been made or recorded since.")
    );
    propose(&mut kent, "2025-12-01", "P13", "1.00");
    let two = "Two proposals are pending, and ask for £8,053.00 in total. If all were approved, the tactical pot would be £0.20 short.";
    reads(&kent, "2025-12-01", "Proposals", two);
    for project in ["P12", "P13"] {
        kent.record(&[
            (Column::On, "2026-01-10"),
            (Column::Kind, "withdraw"),
            (Column::Project, project),
        ]);
    }
    let withdrawn = "Ten projects have awards of £39,630.60 in total. £38,934.60 of it is spent. P06 (Workshop – Involving men and boys in \
                     tackling Violence Against Women and Girls), P12 (Locks) and P13 (Locks) were withdrawn and have no award.";
    reads(&kent, "2026-03-31", "Projects", withdrawn);
    // A part is returned, then all of it, and then the year is closed.
    let paid = [
        (Column::On, "2026-04-10"),
        (Column::Kind, "return"),
        (Column::Pot, "tactical"),
        (Column::Amount, "30.40"),
    ];
    kent.record(&paid);
    let part = "£30.40 has been returned to the OPCC. £696.00 is to be returned to the OPCC, all of it from P05, Responsible Authority Training on the Licensing Act 2003 (reason given: Trainer and venue hire cost less than expected).";
    reads(&kent, "2026-04-10", "Underspend", part);
    reads(
        &kent,
        "2026-04-10",
        "Pots",
        "The year has ended, and nothing is left in the pots.",
    );
    kent.return_all("2026-04-20", "BACS 5512").unwrap();
    reads(
        &kent,
        "2026-04-20",
        "Underspend",
        "£726.40 has been returned to the OPCC. Nothing more is to be returned.",
    );
    kent.record(&[(Column::On, "2026-04-30"), (Column::Kind, "close")]);
    let closed = update(&kent, "2026-04-30");
    assert_eq!(
        closed.title().to_string(),
        "Working Group Update 2025/26, as at 30 April 2026, closed"
    );
    assert_eq!(
        under(&closed, "Pots"),
        "The year is closed, and nothing is left in the pots."
    );
    // Two withdrawals in January were recorded after the March paper.
    let late = "Three decisions have been made or recorded since. Two of them are dated that day or earlier, and were recorded after the paper.";
    assert!(
        under(&closed, "Decisions").ends_with(late),
        "{}",
        under(&closed, "Decisions")
    );
    let pence = |amount: fn(&crg::report::YearEndRow) -> crg::model::Money| {
        closed
            .underspends
            .iter()
            .map(|row| amount(row).pence().unwrap())
            .sum::<i64>()
    };
    assert_eq!(
        (pence(|row| row.underspend), pence(|row| row.returned)),
        (72_640, 72_640)
    );
}

/// Before the release each pot pays for its own projects. A withdrawn project keeps what it spent.
#[test]
fn a_year_before_its_release_reads_right() {
    let mut kent = Kent::until("2025-04-28");
    let record = |kent: &mut Kent, on, kind, cells: &[(Column, &'static str)]| {
        kent.record(&[&[(Column::On, on), (Column::Kind, kind)], cells].concat());
    };
    for (pot, amount) in [("upfront", "24109.20"), ("tactical", "13221.00")] {
        record(
            &mut kent,
            "2025-05-01",
            "allocate",
            &[(Column::Pot, pot), (Column::Amount, amount)],
        );
    }
    let may = update(&kent, "2025-05-01");
    assert_eq!(
        under(&may, "Pots"),
        "The upfront pot is open, and £24,109.20 of it is uncommitted. The tactical pot opens when the upfront pot is released."
    );
    assert_eq!(
        under(&may, "Proposals"),
        "Six proposals are pending, and ask for £24,108.20 in total. If all were approved, £13,222.00 would be left in both pots together."
    );
    assert!(under(&may, "Allocation").ends_with("The OPCC has not yet confirmed it."));
    for kind in ["endorse", "submit"] {
        record(&mut kent, "2025-05-02", kind, &[(Column::Project, "P01")]);
    }
    for (kind, amount) in [("approve", "4000.00"), ("spend", "150.25")] {
        record(
            &mut kent,
            "2025-05-02",
            kind,
            &[(Column::Project, "P01"), (Column::Amount, amount)],
        );
    }
    let one = "One project has an award of £4,000.00. £150.25 of it is spent.";
    assert_eq!(under(&update(&kent, "2025-05-02"), "Projects"), one);
    record(
        &mut kent,
        "2025-05-03",
        "withdraw",
        &[(Column::Project, "P01")],
    );
    let kept = "One project has an award of £150.25. All of it is spent. P01 (Hateful Extremism Learning Event) was \
                withdrawn and keeps an award of £150.25.";
    assert_eq!(under(&update(&kent, "2025-05-03"), "Projects"), kept);
}

#[test]
fn a_fully_spent_year_has_nothing_to_return() {
    let mut kent = Kent::new();
    kent.record(&[
        (Column::On, "2026-03-31"),
        (Column::Kind, "spend"),
        (Column::Project, "P05"),
        (Column::Amount, "696.00"),
    ]);
    let uncommitted = "£30.40 is to be returned to the OPCC, all of it uncommitted.";
    assert_eq!(
        under(&update(&kent, "2026-03-31"), "Underspend"),
        uncommitted
    );
    kent.record(&[
        (Column::On, "2026-03-31"),
        (Column::Kind, "cut"),
        (Column::Pot, "tactical"),
        (Column::Amount, "30.40"),
    ]);
    assert_eq!(
        under(&update(&kent, "2026-03-31"), "Underspend"),
        "All of the allocation is spent: nothing is to be returned."
    );
}

#[test]
fn csv_has_the_projects_or_only_its_header() {
    let kent = Kent::new();
    let header = "project,title,lead,pot,status,award,spent,progress,outcomes";
    let rows = |on: &str| {
        csv(&update(&kent, on), false)
            .lines()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (rows("2025-04-28"), rows("2026-03-31").len()),
        (vec![header.to_owned()], 11)
    );
    assert!(rows("2026-03-31")[5].starts_with(
        "P05,Responsible Authority Training on the Licensing Act 2003,Not named in the papers,upfront,approved,5000.00,4304.00,"
    ));
}

#[test]
fn a_book_without_the_year_says_so() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    Book::init(
        &path,
        &Names {
            partnership: "A partnership".into(),
            funder: "A funder".into(),
            ..Names::default()
        },
    )
    .unwrap();
    let found =
        Book::open(&path, Access::Read)
            .unwrap()
            .update(year(), None, Lens::at(day("2026-03-31")));
    assert!(matches!(found, Err(Error::NoSuchYear { .. })), "{found:?}");
}

/// Entries recorded later do not change it.
#[test]
fn an_update_as_known_earlier_does_not_change() {
    let mut kent = Kent::new();
    let known = Lens {
        as_at: day("2026-04-30"),
        known_at: Some(at("2026-05-11T09:30:00Z")),
    };
    let before = kent.book.update(year(), None, known).unwrap();
    kent.return_all("2026-04-20", "BACS 5512").unwrap();
    assert_eq!(kent.book.update(year(), None, known).unwrap(), before);
    assert!(
        before
            .title()
            .to_string()
            .ends_with("as at 30 April 2026, as known at 2026-05-11T09:30:00.000Z"),
        "{}",
        before.title()
    );
    assert_ne!(
        under(&update(&kent, "2026-04-30"), "Underspend"),
        under(&before, "Underspend")
    );
}

#[test]
fn every_amount_in_the_paper_is_in_the_json() {
    let kent = Kent::new();
    for on in [
        "2025-04-01",
        "2025-04-28",
        "2025-07-23",
        "2025-11-20",
        "2026-03-30",
        "2026-03-31",
        "2026-05-11",
    ] {
        let report = update(&kent, on);
        for paper in [said(&report), html(&report), document(&report)] {
            assert_eq!(unfounded(&report, &paper), Vec::<String>::new(), "{on}");
        }
    }
    let march = update(&kent, "2026-03-31");
    assert!(
        amounts(&said(&march)).len() >= 11,
        "{:?}",
        amounts(&said(&march))
    );
    // An amount that is missing from the JSON is found.
    let altered = document(&march) + " has £1,234.56, or £39,630.60";
    assert_eq!(unfounded(&march, &altered), ["1234.56"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever happened in a year, sentences give only amounts that are in the JSON, and tables
    /// add up.
    #[test]
    fn sentences_and_tables_agree_for_any_history(script in scripts(45)) {
        let journal = script.play().journal;
        let years: Vec<FinancialYear> = journal.years().collect();
        for year in years {
            for on in [year.last_day(), Date::MAX] {
                let next = NextYear::new(&journal.view(year.next(), on));
                let view = journal.view(year, on);
                let lapsed = view.portfolio.lapsed();
                let report = UpdateReport::new(&view, None, Some(next));
                prop_assert_eq!(unfounded(&report, &said(&report)), Vec::<String>::new());
                let pence = |amounts: Vec<crg::model::Money>| amounts.iter().map(|amount| amount.pence().unwrap()).sum::<i64>();
                let of = |amount: crg::model::Money| amount.pence().unwrap();
                prop_assert_eq!(pence(report.projects.iter().map(|p| p.row.award).collect()), of(report.awards));
                prop_assert_eq!(pence(report.projects.iter().map(|p| p.row.spent).collect()), of(report.spent));
                prop_assert_eq!(pence(report.proposed.iter().map(|p| p.asks).collect()), of(report.pipeline));
                let underspend = pence(report.underspends.iter().map(|row| row.underspend).collect());
                prop_assert_eq!(underspend, of(report.to_return) + of(report.not_drawn) + of(report.returned) + of(lapsed));
                prop_assert_eq!(of(report.to_return) + of(report.not_drawn), of(report.uncommitted) + of(report.unspent_awards));
                for pot in Pot::ALL {
                    let asked: Vec<_> = report.proposed.iter().filter(|p| p.pot == *pot).map(|p| p.asks).collect();
                    let row = if *pot == Pot::Upfront { report.pots.upfront } else { report.pots.tactical };
                    prop_assert_eq!(pence(asked), of(row.pipeline));
                }
            }
        }
    }
}

/// All sentences of a section, up to the next one.
fn section(report: &UpdateReport, heading: &str) -> Vec<String> {
    let blocks = report.blocks().into_iter();
    let mut blocks = blocks.skip_while(
        |block| !matches!(block, Block::Section(text) if text.to_string().starts_with(heading)),
    );
    blocks.next().expect("a section of that heading");
    let blocks = blocks.take_while(|block| !matches!(block, Block::Section(_) | Block::Heading(_)));
    let sentences = |block| match block {
        Block::Subheading(text) | Block::Paragraph(text) | Block::Numbered(text) => vec![text],
        Block::Points(points) => points,
        Block::Fields(fields) => fields.into_iter().map(|(_, text)| text).collect(),
        _ => Vec::new(),
    };
    let sentences = blocks.flat_map(sentences);
    sentences.map(|text| text.to_string()).collect()
}

/// The sections are those of the published paper, in their order.
#[test]
fn the_march_update_has_the_parts_of_the_paper() {
    let report = update(&Kent::new(), "2026-03-31");
    let blocks = report.blocks();
    let sections = blocks.iter().filter_map(|block| match block {
        Block::Section(text) | Block::Heading(text) => Some(text.to_string()),
        _ => None,
    });
    assert_eq!(
        sections.collect::<Vec<_>>(),
        [
            "Summary",
            "Allocation",
            "Projects",
            "Decisions since 20 November 2025",
            "Pots",
            "Proposals",
            "Underspend and returns",
            "Next year, 2026/27",
            "Update from the team",
            "Other updates",
            "Recommendations",
            "For further information",
            "Appendix: the proposals for 2025/26",
        ]
    );
    let labels = match blocks.first() {
        Some(Block::Fields(fields)) => fields.iter().map(|(label, _)| *label).collect(),
        _ => Vec::new(),
    };
    assert_eq!(labels, ["By", "To", "Date", "Classification", "Subject"]);
    assert_eq!(
        section(&report, "Projects")[1..3],
        [
            "Hateful Extremism Learning Event (£4,000.00)",
            "The event took place on 25 February 2026 (the year is an inference), attended in person and online. Feedback is to follow at \
             the year end. Outcomes to date: in-person tickets, 145; online tickets, 267. All of its award is spent."
        ]
    );
    assert_eq!(
        section(&report, "Decisions")[1..],
        [
            "On 31 March 2026:",
            "Withdrawn: Workshop – Involving men and boys in tackling Violence Against Women and Girls (P06, £2,000.00). Inference: P06 is \
             among the six approved and not among the ten in the closing list, and only its 2,000.00 going back gives the printed 30.40 \
             uncommitted. It stands before the approvals of P09 to P11, which need the money.",
            "Approved: Violence Against Women & Girls Support Champions (P09, £5,595.00), The Anti-Racist School (P10, £1,950.00) and The \
             Reflect and Connect Project (P11, £2,477.40). Dated by the March 2026 paper, the first to report the approval."
        ]
    );
    assert_eq!(
        section(&report, "Recommendations"),
        [
            "Members are asked to:",
            "note the progress of the ten projects",
            "note that £726.40 is to be returned to the OPCC",
            "note the allocation of £39,600.00 for 2026/27",
            "contact the team with proposals for 2026/27",
        ]
    );
    assert_eq!(
        section(&report, "For further information"),
        ["[to be added]"]
    );
}

/// What was decided on one day under one reference is one paragraph; money moved from a project to
/// another is one sentence, and so is all that was decided alike for the same reasons.
#[test]
fn what_a_meeting_decided_is_one_paragraph() {
    let mut kent = Kent::until("2025-11-20");
    let record = |kent: &mut Kent, kind, project, amount, reference, note| {
        kent.record(&[
            (Column::On, "2026-01-20"),
            (Column::Kind, kind),
            (Column::Project, project),
            (Column::Amount, amount),
            (Column::Reference, reference),
            (Column::Note, note),
        ]);
    };
    let (letter, why) = ("Letter of 19 January", "One session fewer");
    record(&mut kent, "reduce", "P01", "100.00", letter, why);
    record(&mut kent, "increase", "P02", "100.00", letter, why);
    record(&mut kent, "reduce", "P03", "3.20", letter, why);
    // Of another amount, so nothing was moved.
    record(&mut kent, "increase", "P04", "3.00", letter, why);
    record(
        &mut kent,
        "reduce",
        "P05",
        "50.00",
        "Letter of 20 January",
        "",
    );
    let report = update(&kent, "2026-01-31");
    assert_eq!(
        section(&report, "Decisions")[1..],
        [
            "On 20 January 2026 (Letter of 19 January):",
            "Moved: £100.00 from Hateful Extremism Learning Event (P01) to Countering the Extreme Right-Wing Training (P02). One session \
             fewer.",
            "Award reduced: Kent Community Domestic Abuse Champions – Branding & Resources (P03, £3.20). One session fewer.",
            "Award increased: Teacher in Your Pocket (TEPO) – Scams Module (P04, £3.00). One session fewer.",
            "On 20 January 2026 (Letter of 20 January):",
            "Award reduced: Responsible Authority Training on the Licensing Act 2003 (P05, £50.00).",
        ]
    );
}

/// While the year runs the paper says what is expected, and names each project that will not spend
/// its award, with the reason in the same sentence. £5,000.00 less £4,304.00 is £696.00; with the
/// £8,052.80 that is uncommitted, £8,748.80 would go back.
#[test]
fn before_the_year_ends_the_expected_underspend_is_named() {
    let mut kent = Kent::until("2025-11-20");
    for (project, amount, note) in [
        ("P05", "4304.00", "Venue hire cost less."),
        ("P01", "3999.00", ""),
    ] {
        kent.record(&[
            (Column::On, "2025-11-25"),
            (Column::Kind, "forecast"),
            (Column::Project, project),
            (Column::Amount, amount),
            (Column::Note, note),
        ]);
    }
    let found = section(&update(&kent, "2025-11-30"), "Underspend");
    let [_, expected, warnings @ ..] = &found[..] else {
        panic!("{found:?}")
    };
    assert_eq!(
        expected,
        "By 31 March 2026 the projects are expected to have spent £30,911.20 of their awards, and not to spend £697.00. If all goes as \
         projected and nothing more is awarded, £8,749.80 goes back to the OPCC."
    );
    assert!(
        warnings[0].starts_with("Nothing is spent although half of the time has passed: P01, ")
    );
    assert_eq!(
        warnings[1..],
        [
            "P01, Hateful Extremism Learning Event: £1.00 is not expected to be spent (no reason is on record).",
            "P05, Responsible Authority Training on the Licensing Act 2003: £696.00 is not expected to be spent (reason given: Venue hire \
             cost less).",
        ]
    );
}

/// What the OPCC has not paid does not go back to it. Of the £39,661.00 it has paid £35,000.00; with
/// all awards spent, £31,608.20, it has £3,391.80 to get back, and keeps £4,661.00.
#[test]
fn what_is_not_drawn_does_not_go_back() {
    let mut kent = Kent::until("2025-11-20");
    kent.record(&[
        (Column::On, "2025-11-25"),
        (Column::Kind, "receive"),
        (Column::Amount, "35000.00"),
    ]);
    let report = update(&kent, "2025-11-30");
    let back = "If all goes as projected and nothing more is awarded, £3,391.80 goes back to the OPCC and £4,661.00 is not drawn.";
    assert!(section(&report, "Underspend")[1].ends_with(back));
    assert!(said(&report).contains(&format!("£8,052.80 is uncommitted. {back}")));
}

/// Each of several projects that underspent is named with its reason.
#[test]
fn each_underspend_has_its_reason() {
    let mut kent = Kent::new();
    for (kind, amount) in [("refund", "20.00"), ("forecast", "1930.00")] {
        kent.record(&[
            (Column::On, "2026-03-31"),
            (Column::Kind, kind),
            (Column::Project, "P10"),
            (Column::Amount, amount),
        ]);
    }
    assert_eq!(
        section(&update(&kent, "2026-03-31"), "Underspend"),
        [
            "£746.40 is to be returned to the OPCC: £30.40 that is uncommitted and £716.00 from the awards of two projects.",
            "P05, Responsible Authority Training on the Licensing Act 2003: £696.00 was not spent (reason given: Trainer and venue hire \
             cost less than expected).",
            "P10, The Anti-Racist School: £20.00 was not spent (no reason is on record).",
        ]
    );
}

/// The notes since the last paper are all told; without any, the latest is.
#[test]
fn progress_is_told_since_the_last_paper() {
    let mut kent = Kent::until("2025-11-20");
    let note = |kent: &mut Kent, on, note| {
        kent.record(&[
            (Column::On, on),
            (Column::Kind, "progress"),
            (Column::Project, "P01"),
            (Column::Note, note),
        ]);
    };
    note(&mut kent, "2025-09-01", "The hall is booked");
    note(&mut kent, "2025-10-01", "Speakers are found");
    let says = |kent: &Kent, on: &str| section(&update(kent, on), "Projects")[2].clone();
    assert_eq!(
        says(&kent, "2025-11-10"),
        "The hall is booked. Speakers are found. Nothing is spent."
    );
    let mut later = Kent::new();
    later.record(&[
        (Column::On, "2026-04-10"),
        (Column::Kind, "progress"),
        (Column::Project, "P02"),
        (Column::Note, "Evaluated"),
    ]);
    let april = section(&update(&later, "2026-04-30"), "Projects");
    assert!(april[2].starts_with("The event took place"), "{april:?}");
    assert_eq!(
        april[4],
        "Evaluated. Outcomes to date: sessions delivered, 5. All of its award is spent."
    );
}

/// Deadlines, purposes, and what the settings add.
#[test]
fn deadlines_purposes_and_settings_are_in_their_places() {
    let mut kent = Kent::new();
    let due = |kent: &mut Kent, year, title, deadline| {
        kent.record(&[
            (Column::On, "2026-03-31"),
            (Column::Year, year),
            (Column::Kind, "due"),
            (Column::Title, title),
            (Column::Value, deadline),
        ]);
    };
    due(&mut kent, "2025/26", "Year-end return", "2026-04-30");
    due(&mut kent, "2026/27", "Working group meeting", "2026-04-27");
    due(&mut kent, "2026/27", "Deadline for proposals", "2026-04-08");
    kent.record(&[
        (Column::On, "2026-03-31"),
        (Column::Kind, "detail"),
        (Column::Project, "P01"),
        (Column::Measure, "purpose"),
        (Column::Note, "A day of talks on hate crime"),
    ]);
    let text = "[paper]\nby = 'The team'\nclassification = 'Unrestricted'\nsections = ['Team update']\nsummary = ['See the annex.']\n\
                recommendations = ['share £5.00 ideas']\n[contact]\nname = 'The team'\nphone = '01632 960000'";
    let settings = parse_settings("paper.toml".as_ref(), text).unwrap();
    let report = update(&kent, "2026-03-31").with(&settings);
    assert_eq!(
        section(&report, "What is due in 2025/26"),
        [
            "The deadline to come is:",
            "Year-end return is due on 30 April 2026, in 30 days."
        ]
    );
    assert_eq!(
        section(&report, "Next year")[1..],
        [
            "The deadlines to come are:",
            "Deadline for proposals is due on 8 April 2026, in 8 days.",
            "Working group meeting is due on 27 April 2026, in 27 days.",
        ]
    );
    let asked = section(&report, "Recommendations");
    assert_eq!(
        asked[4..],
        [
            "contact the team with proposals for 2026/27 by 8 April 2026",
            "share £5.00 ideas"
        ]
    );
    assert_eq!(
        section(&report, "For further information"),
        ["The team", "01632 960000"]
    );
    assert_eq!(section(&report, "Team update"), ["[to be added]"]);
    let all = said(&report);
    assert!(!all.contains("Other updates"), "{all}");
    assert!(
        all.contains("Unrestricted") && all.contains("See the annex."),
        "{all}"
    );
    let purpose = "P01: Hateful Extremism Learning Event Purpose: A day of talks on hate crime. Lead: Not named in the papers. Asked: £4,000.00. \
                   Status: approved.";
    assert!(all.contains(purpose), "{all}");
    assert_eq!(unfounded(&report, &all), Vec::<String>::new());
}
