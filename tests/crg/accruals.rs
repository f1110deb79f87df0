//! Accruals: costs of the year whose invoices are to come. They count as spent, stand apart from
//! what is paid, and give way to the invoice, so that no penny counts twice.

use std::fs;

use crg::Access;
use crg::book::CheckOptions;
use crg::document::Report;
use crg::fold::Lens;
use crg::model::{Date, Kind, Money, Source};
use crg::report::{EntryFilter, ForecastReport, MonitoringReport, Period, YearEndReport};
use proptest::prelude::*;

use crate::histories::{days, scripts};
use crate::import::{Desk, HEADER, MAP, said, stdout};

const ACCRUED: [&str; 9] = [
    "spend",
    "add",
    "P01",
    "500",
    "--supplier",
    "Builder Ltd",
    "--on",
    "2026-03-31",
    "--accrued",
];

/// Runs a command that must succeed, and gives all that it says.
fn run(desk: &Desk, arguments: &[&str]) -> String {
    let output = desk.crg(arguments);
    let text = stdout(&output) + &said(&output);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}\n{text}");
    text
}

/// A desk with £500.00 accrued for P01 on 31 March 2026, as entry 26.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("map.toml", MAP);
    let arguments = [&ACCRUED[..], &["--year", "2025/26"]].concat();
    let text = run(&desk, &arguments);
    assert!(
        text.contains("It is accrued: its invoice is to come."),
        "{text}"
    );
    desk
}

fn money(amount: &str) -> Money {
    amount.parse().unwrap()
}

/// The rows of a question in JSON, by the names of their keys.
fn rows(desk: &Desk, question: &[&str], keys: &[&str]) -> Vec<Vec<String>> {
    let text = stdout(&desk.crg(&[question, &["--json"]].concat()));
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let cell = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    let rows = json["rows"].as_array().unwrap().iter();
    rows.map(|row| keys.iter().map(|key| cell(&row[*key])).collect())
        .collect()
}

#[test]
fn an_accrual_is_spent_and_not_paid() {
    let desk = desk();
    run(
        &desk,
        &[
            "spend",
            "add",
            "P01",
            "120",
            "--on",
            "2026-03-20",
            "--year",
            "2025/26",
        ],
    );
    let year_end = rows(
        &desk,
        &["report", "year-end", "2025/26"],
        &["project", "spent", "paid", "accrued", "underspend"],
    );
    assert_eq!(year_end[0], ["P01", "620.00", "120.00", "500.00", "380.00"]);
    assert_eq!(year_end[1], ["P02", "0.00", "0.00", "0.00", "50000000.00"]);
    let monitoring = ["report", "monitoring", "2025/26", "--period", "year-end"];
    let monitored = rows(
        &desk,
        &monitoring,
        &["project", "actual", "paid", "accrued"],
    );
    assert_eq!(monitored[0], ["P01", "620.00", "120.00", "500.00"]);
    let forecast = ["report", "forecast", "2025/26", "--as-at", "2026-03-31"];
    let forecast = rows(&desk, &forecast, &["project", "spent", "paid", "accrued"]);
    assert!(
        forecast.contains(
            &["P01", "620.00", "120.00", "500.00"]
                .map(str::to_owned)
                .into()
        )
    );
    let listed = rows(&desk, &["spend", "list", "2025/26"], &["amount", "status"]);
    assert_eq!(listed, [["120.00", "paid"], ["500.00", "accrued"]]);
    let accrued = ["spend", "list", "2025/26", "--accrued"];
    assert_eq!(rows(&desk, &accrued, &["entry"]), [["26"]]);
    let claim = ["report", "claim", "2025/26", "--period", "H2"];
    let returned = "year return 2025/26 100 --project P01 --reference BACS --on 2026-04-20";
    run(&desk, &returned.split(' ').collect::<Vec<&str>>());
    for paper in [&claim[..], &["report", "remittance", "2025/26"]] {
        let paper = run(&desk, paper);
        let expected = "£500.00 of the spend is accrued: its invoices are still to come.";
        assert!(paper.contains(expected), "{paper}");
    }
}

/// Tables for people have the columns only if something is accrued; CSV always has them.
#[test]
fn without_an_accrual_no_table_is_wider() {
    let questions: [&[&str]; 4] = [
        &["report", "year-end", "2025/26"],
        &["report", "monitoring", "2025/26", "--period", "year-end"],
        &["report", "forecast", "2025/26"],
        &["spend", "list", "2025/26"],
    ];
    let (with, without) = (desk(), Desk::new());
    run(
        &without,
        &["spend", "add", "P01", "500", "--year", "2025/26"],
    );
    for question in questions {
        let heading = if question[0] == "spend" {
            "Status"
        } else {
            "Accrued"
        };
        let narrow = stdout(&without.crg(question));
        assert!(!narrow.contains(heading), "{narrow}");
        assert!(stdout(&with.crg(question)).contains(heading));
    }
    let spent = stdout(&with.crg(questions[0]));
    let heading = spent.lines().find(|line| line.contains("Accrued")).unwrap();
    let order = ["Spent", "Paid", "Accrued", "Underspend"].map(|name| heading.find(name).unwrap());
    assert!(order.is_sorted(), "{heading}");
}

/// The invoice of £480.00 comes in April, when the new year has begun: it waits, and takes the place
/// of the accrual in the year for which that was made.
#[test]
fn a_ledgers_line_replaces_the_accrual_in_its_year() {
    let desk = desk();
    desk.put(
        "april.csv",
        format!("{HEADER}20/04/2026,B-7,480.00,BUILDER LIMITED,A1\n"),
    );
    let import = ["spend", "import", "april.csv", "--map", "map.toml"];
    let output = desk.crg(&import);
    let text = stdout(&output) + &said(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    for expected in ["likely", "replace 26", "accrued", "-£20.00"] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let waiting = fs::read_to_string(desk.folder.join("april.csv.waiting.csv")).unwrap();
    assert!(waiting.contains("-20.00"), "{waiting}");
    let json = stdout(&desk.crg(&[&import[..], &["--dry-run", "--json"]].concat()));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["rows"][0]["difference"], "-20.00");

    // The suggestion is in the file.
    run(
        &desk,
        &[&import[..], &["--decisions", "april.csv.waiting.csv"]].concat(),
    );
    assert_eq!(
        desk.payments(),
        ["2026-04-20 P01 480.00 BUILDER LIMITED B-7"]
    );
    let bytes = desk.bytes();
    run(&desk, &import);
    assert!(desk.bytes() == bytes, "a second import changed the book");
    let year_end = rows(
        &desk,
        &["report", "year-end", "2025/26"],
        &["spent", "paid", "accrued"],
    );
    assert_eq!(year_end[0], ["480.00", "480.00", "0.00"]);
    let log = stdout(&desk.crg(&["log", "--json"]));
    assert!(log.contains("The ledger has what was accrued"), "{log}");
}

/// An invoice in two parts: one takes the place of the accrual, the other is new.
#[test]
fn two_invoices_for_one_accrual_count_once_each() {
    let desk = desk();
    let rows = "02/03/2026,B-7,300.00,Builder,A1\n27/03/2026,B-8,200.00,Builder,A1\n";
    desk.put("march.csv", format!("{HEADER}{rows}"));
    let import = ["spend", "import", "march.csv", "--map", "map.toml"];
    assert_eq!(desk.crg(&import).status.code(), Some(1));
    run(
        &desk,
        &[&import[..], &["--decisions", "march.csv.waiting.csv"]].concat(),
    );
    assert_eq!(desk.spend().total, money("500"));
    let accrued = desk.spend().rows;
    assert!(accrued.iter().all(|row| row.status == "paid"));
}

/// The `next:` line that a command prints, as words.
fn next(text: &str) -> Vec<String> {
    let line = text.lines().find(|line| line.starts_with("next:")).unwrap();
    let command = &line[line.find("crg ").unwrap() + 4..];
    let mut words = Vec::new();
    for (index, part) in command.split('"').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

#[test]
fn an_invoice_that_is_typed_says_which_accrual_it_may_settle() {
    let desk = desk();
    let invoice = [
        "spend",
        "add",
        "P01",
        "480",
        "--supplier",
        "BUILDER LIMITED",
        "--reference",
        "B-7",
        "--on",
        "2026-04-20",
        "--year",
        "2025/26",
    ];
    let text = run(&desk, &invoice);
    assert!(
        text.contains("accrued as entry 26") && text.contains("£20.00 less"),
        "{text}"
    );
    let next = next(&text);
    assert_eq!(next[..2], ["reverse", "26"]);
    run(&desk, &next.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(
        desk.payments(),
        ["2026-04-20 P01 480.00 BUILDER LIMITED B-7"]
    );
}

/// Another accrual for the same supplier is no invoice.
#[test]
fn one_accrual_does_not_settle_another() {
    let desk = desk();
    let text = run(
        &desk,
        &[
            "spend",
            "add",
            "P01",
            "100",
            "--supplier",
            "Builder Ltd",
            "--on",
            "2026-02-28",
            "--year",
            "2025/26",
            "--accrued",
        ],
    );
    assert!(!text.contains("note:"), "{text}");
}

/// The accrual took the whole award, so that the invoice has no room beside it: it is recorded in
/// its place.
#[test]
fn an_invoice_without_room_beside_its_accrual_takes_its_place() {
    let desk = desk();
    let text = said(&desk.crg(&[
        "spend",
        "add",
        "P01",
        "990",
        "--supplier",
        "Other",
        "--on",
        "2026-04-20",
        "--year",
        "2025/26",
    ]));
    let next = next(&text);
    assert_eq!(next[..3], ["correct", "26", "--paid"], "{text}");
    let next = next.iter().map(|word| match word.as_str() {
        "AMOUNT" => "990",
        "TEXT" => "B-7",
        word => word,
    });
    run(&desk, &next.collect::<Vec<_>>());
    let rows = desk.spend().rows;
    let rows: Vec<_> = rows.iter().map(|row| (row.amount, row.status)).collect();
    assert_eq!(rows, [(money("990"), "paid")]);
}

/// 31 March 2026 and 60 days are 30 May 2026.
#[test]
fn an_accrual_that_is_open_for_long_is_a_warning() {
    let desk = desk();
    let book = desk.book(Access::Read);
    let warnings = |on: &str| {
        let today: Date = on.parse().unwrap();
        let report = book.check_with(CheckOptions {
            today: Some(today),
            ..CheckOptions::default()
        });
        let status = book.status(Lens::at(today)).unwrap();
        let late = status.years.iter().map(|year| year.late_accruals);
        let rows = report.rows.iter().filter(|row| row.check == "accruals");
        let details: Vec<String> = rows.map(|row| row.detail.clone()).collect();
        (details.join("\n"), late.sum::<usize>())
    };
    assert_eq!(warnings("2026-05-30").1, 0);
    assert!(!warnings("2026-05-30").0.contains("still open"));
    let (detail, late) = warnings("2026-05-31");
    assert_eq!(late, 1);
    assert!(
        detail.contains("2025/26: 1 accrual of £500.00 is still open more than 60 days"),
        "{detail}"
    );
    let text = run(&desk, &["status", "--as-at", "2026-06-30"]);
    assert!(text.contains("1 accrual of £500.00"), "{text}");
    assert!(text.contains("spend list 2025/26 --accrued"), "{text}");
    run(&desk, &["correct", "26", "--paid", "--reference", "B-7"]);
    assert_eq!(warnings("2026-05-31").1, 0);
}

#[test]
fn a_category_is_kept_found_and_spelled_once() {
    let desk = Desk::new();
    let add = |category: &str| {
        let typed = [
            "spend",
            "add",
            "P01",
            "10",
            "--year",
            "2025/26",
            "--category",
        ];
        run(
            &desk,
            &[&typed[..], &[category, "--override", "again"]].concat(),
        )
    };
    assert!(!add("Venue hire").contains("differs only"));
    assert!(!add("Training").contains("differs only"));
    let text = add("VENUE  hire");
    assert!(text.contains("\"Venue hire\""), "{text}");
    let next = next(&text);
    run(&desk, &next.iter().map(String::as_str).collect::<Vec<_>>());
    let list = ["spend", "list", "2025/26", "--category", "venue"];
    assert_eq!(
        rows(&desk, &list, &["category"]),
        [["Venue hire"], ["Venue hire"]]
    );
}

/// A column of the ledger, or else what was accrued, says what the money was spent on.
#[test]
fn an_import_keeps_the_category() {
    let desk = Desk::new();
    let accrue = [&ACCRUED[..], &["--year", "2025/26", "--category", "Works"]].concat();
    run(&desk, &accrue);
    let map = MAP.replace("[columns]", "[columns]\ncategory = \"Expense type\"");
    desk.put("map.toml", map);
    let header = HEADER.replace("Code", "Code,Expense Type");
    let rows = "02/03/2026,B-7,500.00,Builder,A1,\n27/03/2026,C-1,30.00,Printer,A1,Printing\n";
    desk.put("march.csv", format!("{header}{rows}"));
    let import = ["spend", "import", "march.csv", "--map", "map.toml"];
    assert_eq!(desk.crg(&import).status.code(), Some(1));
    run(
        &desk,
        &[&import[..], &["--decisions", "march.csv.waiting.csv"]].concat(),
    );
    let mut categories: Vec<_> = desk
        .spend()
        .rows
        .into_iter()
        .map(|row| row.category)
        .collect();
    categories.sort();
    assert_eq!(
        categories,
        ["Printing", "Works"].map(|it| Some(it.to_owned()))
    );
}

/// Columns that say in words what was bought, as ledgers call them; never a code, and never one
/// that is empty.
#[test]
fn a_category_is_suggested_from_real_headers() {
    let desk = Desk::new();
    let suggested = |columns: &str, cells: &str| {
        desk.put(
            "ledger.csv",
            format!("{columns}\n05/06/2025,INV-1,75.00,Hall Hire,{cells}\n"),
        );
        let map = stdout(&desk.crg(&["spend", "import", "--suggest", "ledger.csv"]));
        map.lines()
            .find(|line| line.starts_with("category"))
            .map(str::to_owned)
    };
    let first = "Date,Transaction number,Amount,Supplier name";
    for name in [
        "Expense Type",
        "Expenses type",
        "Subjective",
        "Account Description",
        "Purpose of spend",
    ] {
        let found = suggested(&format!("{first},{name}"), "Venue hire");
        assert_eq!(found, Some(format!("category = \"{name}\"")));
    }
    assert_eq!(suggested(&format!("{first},Expense code"), "45015"), None);
    assert_eq!(suggested(&format!("{first},Subjective"), "45015"), None);
    assert_eq!(suggested(&format!("{first},Expense Type"), ""), None);
    assert_eq!(
        suggested(
            &format!("{first},Expense area,Expense type"),
            "Communities,Venue hire"
        ),
        Some("category = \"Expense type\" # or is it \"Expense area\"?".to_owned())
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 200, ..ProptestConfig::default() })]

    /// On every day of every history, each report's paid and accrued spend add up to what is spent,
    /// and what is accrued is the sum of the accrued entries that count.
    #[test]
    fn paid_and_accrued_add_up_to_what_is_spent(script in scripts(45)) {
        let journal = script.play().journal;
        for year in journal.years() {
            for day in days(year) {
                let view = journal.view(year, day);
                let of_kind = |kind: Kind| {
                    let entries = view.standing.iter().filter(move |entry| {
                        let value = entry.cells().get(crg::model::Column::Value).map(str::to_owned);
                        entry.event.kind() == kind && value.as_deref() == Some(Source::Accrued.as_str())
                    });
                    entries.filter_map(|entry| entry.event.amount()).sum::<Money>()
                };
                let accrued = of_kind(Kind::Spend) - of_kind(Kind::Refund);
                let forecast = ForecastReport::new(&view);
                prop_assert_eq!((forecast.paid + forecast.accrued, forecast.accrued), (forecast.spent, accrued));
                prop_assert!(forecast.rows.iter().all(|row| row.paid + row.accrued == row.spent));
                let end = YearEndReport::new(&view);
                prop_assert!(end.rows.iter().all(|row| row.paid + row.accrued == row.spent));
                prop_assert_eq!(end.rows.iter().map(|row| row.accrued).sum::<Money>(), accrued);
                let monitored = MonitoringReport::new(&view, Period::YearEnd);
                prop_assert!(monitored.rows.iter().all(|row| row.paid + row.accrued == row.actual));
            }
        }
    }
}

/// A filter for accruals alone shows them, and says so.
#[test]
fn the_heading_of_a_list_says_what_it_was_filtered_by() {
    let desk = desk();
    let filter = EntryFilter {
        accrued: true,
        category: Some("hire".into()),
        ..EntryFilter::default()
    };
    let book = desk.book(Access::Read);
    let lens = Lens::at(Date::MAX);
    let list = book
        .find_spend("2025/26".parse().unwrap(), &filter, lens)
        .unwrap();
    assert!(list.rows.is_empty());
    let title = list.title().to_string();
    assert!(title.contains(", category “hire”, accrued,"), "{title}");
}
