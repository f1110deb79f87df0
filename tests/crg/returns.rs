//! Returns that can be signed, and the claim. Every figure is worked out by hand.

use crg::book::{Commit, Dispatch, IssueClaim};
use crg::model::{Column, Date, EntryNumber, Money};
use crg::report::{ClaimPeriod, ClaimReport};
use crg::{Access, Book, Draft, Error, Lens, Moment};
use proptest::prelude::*;
use serde_json::Value;

use crate::duties::Desk;

/// A year with two projects: P01 with an award of £600.00, P02 with £300.00.
fn desk() -> Desk {
    let desk = Desk::new();
    for line in [
        "project propose P01 --pot upfront --amount 600 --title Hall --lead Council --on 2025-04-02",
        "project propose P02 --pot upfront --amount 300 --title Van --lead Trust --on 2025-04-02",
        "project approve P01 600 --on 2025-04-03 --override Agreed_before",
        "project approve P02 300 --on 2025-04-03 --override Agreed_before",
    ] {
        desk.done(line);
    }
    desk
}

fn spend(desk: &Desk, project: &str, amount: &str, on: &str, more: &str) {
    let line = format!("spend add {project} {amount} --year 2025/26 --on {on} --reference I{on}");
    desk.done(format!("{line} {more}").trim_end());
}

/// The rows of a Markdown paper whose first cell is this.
fn rows<'a>(paper: &'a str, first: &str) -> Vec<&'a str> {
    let start = format!("| {first} |");
    paper
        .lines()
        .filter(|line| line.starts_with(&start))
        .collect()
}

/// The figures of a row of a report, in the order of the keys.
fn figures<'a>(row: &'a Value, keys: &[&str]) -> Vec<&'a str> {
    keys.iter().map(|key| row[key].as_str().unwrap()).collect()
}

const CLAIMED: [&str; 4] = [
    "spent_in_period",
    "spent_to_date",
    "claimed_before",
    "this_claim",
];

#[test]
fn papers_have_a_row_of_totals_and_files_for_scripts_have_none() {
    let desk = desk();
    spend(&desk, "P01", "150", "2025-05-10", "");
    spend(&desk, "P02", "30", "2025-05-10", "");
    // Approved 600 + 300 and 400 tactical; spent 180; underspend 1,300 − 180.
    let year_end = "| Total |  |  | £1,300.00 | £180.00 | £1,120.00 | £0.00 |";
    // Nothing is forecast, and the year is over: the forecast is the spend.
    let monitoring = "| Total |  |  | £1,300.00 | £180.00 | £180.00 | £1,120.00 |";
    // In the first half 180; nothing claimed before.
    let claim = "| Total |  | £180.00 | £180.00 | £0.00 | £180.00 |";
    for (report, total, rows) in [
        ("year-end 2025/26", year_end, 4),
        ("monitoring 2025/26 --period year-end", monitoring, 4),
        ("claim 2025/26 --period H1", claim, 2),
    ] {
        let paper = desk.done(&format!("report {report} --format md"));
        let total = total.replace("|  ", "| ");
        assert!(paper.lines().any(|line| line == total), "{total}\n{paper}");
        let page = desk.done(&format!("report {report} --format html"));
        let total = "<tfoot role=\"rowgroup\"><tr role=\"row\">\
                     <th role=\"rowheader\" scope=\"row\">Total</th>";
        assert!(page.contains(total), "{page}");
        let text = desk.done(&format!("report {report}"));
        assert!(
            text.lines().any(|line| line.starts_with("Total ")),
            "{text}"
        );
        let csv = desk.done(&format!("report {report} --format csv"));
        assert_eq!(csv.lines().count(), 1 + rows, "{csv}");
        assert!(!csv.contains("Total"), "{csv}");
        assert_eq!(
            desk.json(&format!("report {report}"))["rows"]
                .as_array()
                .unwrap()
                .len(),
            rows
        );
    }
}

#[test]
fn each_return_says_whose_it_is_and_for_which_days() {
    let desk = desk();
    spend(&desk, "P01", "150", "2025-05-10", "");
    desk.done("year detail 2025/26 grant-reference OPCC/25/7 --on 2025-04-02");
    desk.done("year return 2025/26 --reference BACS_9 --on 2026-04-20");
    let year = "1 April 2025 to 31 March 2026";
    for (report, period) in [
        ("year-end 2025/26", year),
        (
            "monitoring 2025/26 --period mid-year",
            "1 April 2025 to 30 September 2025",
        ),
        ("monitoring 2025/26 --period year-end", year),
        (
            "claim 2025/26 --period Q3",
            "1 October 2025 to 31 December 2025",
        ),
        ("remittance 2025/26", year),
    ] {
        let paper = desk.done(&format!("report {report} --format md"));
        for (item, details) in [
            ("Recipient", "Community Safety Partnership"),
            ("Funder", "Office of the Police and Crime Commissioner"),
            ("Grant", "Crime Reduction Grant"),
            ("Grant reference", "OPCC/25/7"),
            ("Period", period),
        ] {
            assert_eq!(
                rows(&paper, item),
                [format!("| {item} | {details} |")],
                "{report}\n{paper}"
            );
        }
        assert!(paper.contains("### Declaration"), "{report}\n{paper}");
        let json = desk.json(&format!("report {report}"));
        assert_eq!(json["grant_reference"], "OPCC/25/7", "{report}");
        assert!(!json.to_string().contains("Declaration"), "{report}");
    }
}

#[test]
fn a_return_says_on_which_basis_the_spend_is_recorded() {
    let desk = desk();
    let said = |desk: &Desk| {
        let paper = desk.done("report monitoring 2025/26 --period year-end --format md");
        let lines: Vec<&str> = paper.lines().filter(|line| line.contains("VAT")).collect();
        lines.join("\n")
    };
    assert_eq!(said(&desk), "");
    spend(&desk, "P01", "150", "2025-05-10", "");
    assert_eq!(
        said(&desk),
        "- All spend is net of VAT, which the leads recover."
    );
    spend(&desk, "P02", "36", "2025-05-11", "--vat gross");
    desk.done("spend refund P02 6 --year 2025/26 --on 2025-05-12 --vat gross --reference CN");
    assert_eq!(
        said(&desk),
        "- Of the spend, £150.00 is net of VAT, which the leads recover, and £30.00 includes VAT, which \
         they do not recover."
    );
    let cash = &desk.json("report year-end 2025/26")["cash"];
    let keys = ["received", "spent", "net", "gross", "returned", "cash_held"];
    assert_eq!(
        figures(cash, &keys),
        ["0.00", "180.00", "150.00", "30.00", "0.00", "-180.00"]
    );
}

#[test]
fn a_variance_has_its_reason_or_says_that_none_is_recorded() {
    let desk = desk();
    spend(&desk, "P01", "150", "2025-05-10", "");
    spend(&desk, "P02", "300", "2025-05-10", "");
    desk.done("project forecast P01 150 --year 2025/26 --on 2025-06-01");
    for report in ["year-end 2025/26", "monitoring 2025/26 --period year-end"] {
        let paper = desk.done(&format!("report {report} --format md"));
        assert!(
            paper.contains(" without a reason: P01.\n"),
            "{report}\n{paper}"
        );
        // Of P01 nothing else is recorded.
        assert_eq!(rows(&paper, "P01").len(), 1, "{report}\n{paper}");
        // P02 has spent all of its award.
        assert_eq!(rows(&paper, "P02").len(), 1, "{report}\n{paper}");
    }
    // The command that records it, as it is printed.
    let (_, _, said) = desk.run("report monitoring 2025/26 --period year-end");
    let next = said
        .lines()
        .find(|line| line.contains("reason for the variance"))
        .unwrap();
    assert!(
        next.contains("crg project forecast P01 AMOUNT --year 2025/26 --note"),
        "{said}"
    );
    desk.done("project forecast P01 150 --year 2025/26 --on 2025-06-02 --note Free_hall");
    for report in ["year-end 2025/26", "monitoring 2025/26 --period year-end"] {
        let paper = desk.done(&format!("report {report} --format md"));
        assert!(
            paper.contains("| P01 | upfront | Free hall |"),
            "{report}\n{paper}"
        );
        assert!(!paper.contains("without a reason"), "{report}\n{paper}");
        // A column is shown if there is something in it.
        assert!(!paper.contains("Outputs"), "{report}\n{paper}");
        assert_eq!(
            paper.contains("No outputs or outcomes are recorded."),
            report.starts_with("monitoring"),
            "{report}\n{paper}"
        );
        assert_eq!(
            desk.json(&format!("report {report}"))["rows"][0]["reason"],
            "Free hall"
        );
    }
    desk.done("project progress P02 --year 2025/26 --on 2025-06-02 --note Held");
    for report in ["year-end 2025/26", "monitoring 2025/26 --period year-end"] {
        let paper = desk.done(&format!("report {report} --format md"));
        assert!(
            paper.contains("| Reason for the variance | Outputs |\n"),
            "{report}\n{paper}"
        );
        assert!(!paper.contains("No outputs"), "{report}\n{paper}");
    }
}

/// The lines of the declaration: name, post, signature, date.
fn declared(paper: &str) -> Vec<String> {
    let lines = ["Name", "Post", "Signature", "Date"].map(|item| rows(paper, item).concat());
    // A dotted line is to be filled in by hand.
    let details = lines.iter().map(|line| {
        let details = line.split('|').nth(2).unwrap();
        details.trim().trim_matches('.').to_owned()
    });
    details.collect()
}

#[test]
fn the_declaration_is_filled_in_only_from_a_certificate_of_exactly_this_report() {
    let desk = desk();
    spend(&desk, "P01", "150", "2025-05-10", "");
    let blank = ["", "", "", ""];
    for (report, certify, day) in [
        ("year-end 2025/26", "year-end 2025/26", "2026-05-11"),
        (
            "monitoring 2025/26 --period mid-year",
            "monitoring 2025/26 --period mid-year",
            "2025-09-30",
        ),
        ("remittance 2025/26", "remittance 2025/26", "2026-05-11"),
        (
            "claim 2025/26 --period H1",
            "claim 2025/26 --period H1",
            "2025-09-30",
        ),
    ] {
        let paper =
            |more: &str| desk.done(format!("report {report} --format md {more}").trim_end());
        assert_eq!(declared(&paper("")), blank, "{report}");
        desk.done(&format!(
            "certify {certify} --name A._Person --post Chief_Finance_Officer --note By_post"
        ));
        let entry = desk.json("log --last 1")["rows"][0].clone();
        let (number, moment) = (&entry["entry"], entry["recorded"].as_str().unwrap());
        let signed = [
            "A. Person".to_owned(),
            "Chief Finance Officer".to_owned(),
            format!("Certified on record: entry {number}"),
            "11 May 2026".to_owned(),
        ];
        assert_eq!(declared(&paper("")), signed, "{report}");
        // On another day it is another report; which one was certified is said.
        let other = paper("--as-at 2026-04-01");
        assert_eq!(declared(&other), blank, "{report}");
        let day: Date = day.parse().unwrap();
        let said = format!("Entry {number} of 11 May 2026 certifies this");
        assert!(
            other.contains(&said) && other.contains(&day.long().to_string()),
            "{other}"
        );
        // A change of its figures ends it, for what is known now.
        desk.done("spend add P01 1 --year 2025/26 --on 2025-05-11 --override Again");
        desk.done(
            "year return 2025/26 1 --project P01 --reference B1 --on 2025-06-01 --override Again",
        );
        let changed = paper("");
        assert_eq!(declared(&changed), blank, "{report}");
        assert!(changed.contains(&said), "{changed}");
        let certified = paper(&format!("--as-at {day} --known-at {moment}"));
        assert_eq!(declared(&certified), signed, "{report}");
        // Reversed, it is no certificate.
        desk.done(&format!("reverse {number} --note Wrong_officer"));
        assert!(!paper("").contains("certifies this"), "{report}");
    }
    // A name that a note could not tell from its post is refused.
    let (code, _, said) = desk.run("certify year-end 2025/26 --name Person,_A. --post CFO");
    assert!(code == 2 && said.contains("has a comma"), "{said}");
}

/// In the first half P01 spends 100 + 50 and P02 30. After its claim, P02's 20 of September arrive,
/// P01 gets 15 back and spends 200, and P02 spends 40 after the year.
fn half_a_year_claimed() -> Desk {
    let desk = desk();
    spend(&desk, "P01", "100", "2025-05-10", "");
    spend(&desk, "P01", "50", "2025-08-20", "");
    spend(&desk, "P02", "30", "2025-09-30", "");
    desk.done("report claim 2025/26 --period H1 --issue --format json");
    desk.done("year receive 2025/26 180 --on 2025-11-05 --reference BACS_1");
    spend(&desk, "P02", "20", "2025-09-12", "");
    desk.done("spend refund P01 15 --year 2025/26 --on 2025-12-01 --reference CN1");
    spend(&desk, "P01", "200", "2026-01-15", "");
    spend(&desk, "P02", "40", "2026-04-10", "");
    desk
}

#[test]
fn claims_add_up_to_the_spend() {
    let desk = half_a_year_claimed();
    let last = desk.json("report claim 2025/26 --period H2");
    let rows = last["rows"].as_array().unwrap();
    assert_eq!(
        figures(&rows[0], &CLAIMED),
        ["185.00", "335.00", "150.00", "185.00"]
    );
    assert_eq!(
        figures(&rows[1], &CLAIMED),
        ["40.00", "90.00", "30.00", "60.00"]
    );
    assert_eq!(
        figures(&last, &CLAIMED),
        ["225.00", "425.00", "180.00", "245.00"]
    );
    assert_eq!(
        (&last["cash"]["received"], &last["balance"]),
        (&"180.00".into(), &"245.00".into())
    );
    assert_eq!(
        (&last["from"], &last["to"]),
        (&"2025-10-01".into(), &"2026-05-11".into())
    );
    let claims = last["claims"].as_array().unwrap();
    assert_eq!(claims.len(), 1);
    assert_eq!(
        (&claims[0]["period"], &claims[0]["amount"]),
        (&"H1".into(), &"180.00".into())
    );
    let paper = desk.done("report claim 2025/26 --period H2 --format md");
    let late = "£20.00 of this claim was spent before the period and not claimed then.";
    assert!(paper.contains(late), "{paper}");
    // The first claim, as it went out, has the bytes that were recorded.
    let issue = desk.json("log --kind issue")["rows"][0].clone();
    let moment = issue["recorded"].as_str().unwrap();
    let first = format!("report claim 2025/26 --period H1 --as-at 2025-09-30 --known-at {moment}");
    let bytes = desk.json_text(&first);
    let digest = crg::Fingerprint::of_file(bytes.as_bytes()).to_string();
    assert!(issue["says"].as_str().unwrap().contains(&digest), "{issue}");
    assert_eq!(desk.json(&first)["this_claim"], "180.00");
}

#[test]
fn a_claim_goes_out_once_and_later_spend_is_in_the_next() {
    let desk = half_a_year_claimed();
    let issues = || {
        desk.json("log --kind issue")["rows"]
            .as_array()
            .unwrap()
            .len()
    };
    // Its figures have changed, and another may not go as far.
    for period in ["H1", "Q2", "2025-07-01..2025-08-31"] {
        let (code, _, said) = desk.run(&format!("report claim 2025/26 --period {period} --issue"));
        assert_eq!(code, 1, "{said}");
        assert!(
            said.contains("claims £180.00 for 2025/26 H1, with all spend up to 30 September 2025"),
            "{said}"
        );
    }
    let (code, _, said) = desk.run("report claim 2025/26 --period 1/5/2026..31/5/2026 --issue");
    assert!(
        code == 1 && said.contains("on 11 May 2026 it is not over"),
        "{said}"
    );
    assert_eq!(issues(), 1);
    desk.done("report claim 2025/26 --period H2 --issue --dry-run");
    assert_eq!(issues(), 1);
    desk.done("report claim 2025/26 --period H2 --issue");
    // The same again is named, and nothing is recorded.
    let (_, _, said) = desk.run("report claim 2025/26 --period H2 --issue");
    assert!(said.contains("nothing in it has changed since"), "{said}");
    assert_eq!(issues(), 2);
    // The first claim was withdrawn: what it had is in the next one, 425 − 245.
    let first = desk.json("log --kind issue")["rows"][0]["entry"].clone();
    desk.done(&format!("reverse {first} --note Withdrawn"));
    let next = desk.json("report claim 2025/26 --period 1/5/2026..31/5/2026");
    assert_eq!(
        figures(&next, &CLAIMED),
        ["0.00", "425.00", "245.00", "180.00"]
    );
}

#[test]
fn claims_are_no_papers_of_the_working_group() {
    let desk = half_a_year_claimed();
    let update = desk.json("report update 2025/26");
    assert!(!update.to_string().contains("Claim 2025/26"), "{update}");
    // What changes a claim that went out is noted.
    let (_, _, said) = desk.run("spend add P02 1 --year 2025/26 --on 2025-09-01 --reference L9");
    assert!(
        said.contains("what \"Claim 2025/26 H1\" reported"),
        "{said}"
    );
}

#[test]
fn a_statement_is_dated_by_its_payment_and_stays_as_it_was() {
    let desk = desk();
    spend(&desk, "P01", "150", "2025-05-10", "");
    desk.done("year return 2025/26 100 --project P01 --reference BACS_9 --on 2026-04-20");
    let ask = "report remittance 2025/26 --reference BACS_9";
    let (paper, first) = (desk.done(&format!("{ask} --format md")), desk.json(ask));
    assert!(
        paper.starts_with("## Remittance of 20 April 2026 for 2025/26, not yet confirmed"),
        "{paper}"
    );
    assert_eq!(rows(&paper, "Paid on"), ["| Paid on | 20 April 2026 |"]);
    assert_eq!(
        rows(&paper, "Payment reference"),
        ["| Payment reference | BACS 9 |"]
    );
    assert_eq!(rows(&paper, "Amount"), ["| Amount | £100.00 |"]);
    // Recorded later, although dated earlier: it was not in the statement that went with the payment.
    spend(&desk, "P02", "30", "2026-03-30", "");
    desk.done("year repay 2025/26 40 --project P01 --reference OPCC_3 --on 2026-05-02");
    let again = desk.json(ask);
    assert_eq!(again["payments"], first["payments"]);
    assert_eq!(again["payments"][0]["spent"], "150.00");
    assert_eq!(first["later"], serde_json::json!([]));
    let later = again["later"].as_array().unwrap();
    assert_eq!(later.len(), 1);
    assert_eq!(
        figures(&later[0], &["reference", "on", "amount"]),
        ["OPCC 3", "2026-05-02", "-40.00"]
    );
    let paper = desk.done(&format!("{ask} --format md"));
    assert!(
        paper.contains("| OPCC 3 | 2 May 2026 | -£40.00 |"),
        "{paper}"
    );
}

/// What happens between claims: a project spends, or the last claim is withdrawn, or a claim goes out
/// up to a day.
#[derive(Debug, Clone)]
enum Step {
    Spend(usize, i64, u32),
    Withdraw,
    Claim(u32),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        // From the day of the awards on.
        4 => (0..2_usize, 1..900_i64, 2..400_u32).prop_map(|(project, pence, day)| Step::Spend(project, pence, day)),
        1 => Just(Step::Withdraw),
        3 => (0..400_u32).prop_map(Step::Claim),
    ]
}

/// A day, counted from the first of the year.
fn day(days: u32) -> Date {
    let first: Date = "2025-04-01".parse().unwrap();
    (0..days).fold(first, |day, _| day.tomorrow().unwrap())
}

const NOW: &str = "2026-06-30T09:30:00Z";

fn draft(cells: &[(Column, &str)]) -> Draft {
    let mut row = crg::model::Cells::default();
    let given = [(Column::Year, "2025/26"), (Column::By, "KCST")];
    for (column, text) in given.iter().chain(cells) {
        row.set(*column, *text);
    }
    Draft::from_cells(&row).unwrap()
}

fn claim(book: &mut Book, to: Date) -> Result<(EntryNumber, ClaimReport), Error> {
    let from = day(0);
    let asked = IssueClaim {
        year: "2025/26".parse().unwrap(),
        period: ClaimPeriod::Days { from, to },
        as_at: to,
        dispatch: Dispatch {
            by: "KCST".into(),
            ..Dispatch::default()
        },
    };
    let issued = book.issue_claim(&asked, NOW.parse().unwrap(), Commit::Keep)?;
    let entry = issued.recorded.entries.first().map(|entry| entry.number);
    Ok((entry.or(issued.before).unwrap(), issued.report))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// However late spend is recorded and whichever claim is withdrawn, the claims on record and the
    /// next one together are the spend, of each project.
    #[test]
    fn all_claims_and_the_next_are_the_spend(steps in proptest::collection::vec(step(), 1..14)) {
        let desk = desk();
        let mut book = Book::open(&desk.0.join("crg.db"), Access::Write).unwrap();
        let now: Moment = NOW.parse().unwrap();
        let (mut spent, mut claims) = ([0_i64; 2], Vec::<(EntryNumber, Vec<(String, Money)>)>::new());
        for (number, step) in steps.into_iter().enumerate() {
            match step {
                Step::Spend(project, pence, on) => {
                    let (reference, on) = (format!("R{number}"), day(on).to_string());
                    let amount = Money::from_pence(pence).to_string();
                    let project_ref = ["P01", "P02"][project];
                    book.record(vec![draft(&[
                        (Column::Kind, "spend"), (Column::On, &on), (Column::Project, project_ref),
                        (Column::Amount, &amount), (Column::Reference, &reference),
                    ])], now, Commit::Keep).unwrap();
                    spent[project] += pence;
                }
                Step::Withdraw => if let Some((entry, _)) = claims.pop() {
                    let entry = entry.to_string();
                    book.record(vec![draft(&[
                        (Column::Kind, "reverse"), (Column::Reference, &entry), (Column::Note, "Withdrawn"),
                    ])], now, Commit::Keep).unwrap();
                },
                Step::Claim(to) => match claim(&mut book, day(to)) {
                    Ok((entry, _)) if claims.iter().any(|(known, _)| *known == entry) => {}
                    Ok((entry, report)) => {
                        let rows = report.rows.iter();
                        claims.push((entry, rows.map(|row| (row.project.to_string(), row.this_claim)).collect()));
                    }
                    Err(Error::AlreadyClaimed { .. }) => {}
                    Err(error) => panic!("{error}"),
                },
            }
        }
        let (year, all) = ("2025/26".parse().unwrap(), "1/4/2025..30/6/2026".parse().unwrap());
        let next = book.claim(year, all, Lens::at(day(455))).unwrap();
        for (project, spent) in ["P01", "P02"].into_iter().zip(spent) {
            let of = |(name, amount): &(String, Money)| (name == project).then_some(*amount);
            let before: Money = claims.iter().flat_map(|(_, rows)| rows.iter().filter_map(of)).sum();
            let row = next.rows.iter().find(|row| row.project.as_str() == project).unwrap();
            prop_assert_eq!(row.claimed_before, before);
            prop_assert_eq!(before + row.this_claim, Money::from_pence(spent));
        }
        prop_assert_eq!(next.claims.len(), claims.len());
    }
}
