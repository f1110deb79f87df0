//! The chair's page of Kent 2025/26. Every number on it is in its JSON, the parts of the JSON are
//! the reports with those names, and the charts show the figures of the papers.

use std::collections::BTreeSet;
use std::process::Output;

use scraper::{ElementRef, Html};
use serde_json::Value;

use crate::files::TempFolder;
use crate::html::{all, grid, words};
use crate::kent::{crg, demo, text};

const DAYS: [&str; 5] = [
    "2025-05-11",
    "2025-07-23",
    "2025-11-30",
    "2026-02-28",
    "2026-05-11",
];

/// The demonstration book, with a proposal pending since November.
fn kent() -> TempFolder {
    let (folder, _) = demo();
    let propose = [
        "project",
        "propose",
        "P12",
        "--year",
        "2025/26",
        "--on",
        "2025-11-21",
        "--pot",
        "tactical",
    ];
    done(&crg(
        &folder,
        &[
            &propose[..],
            &[
                "--amount",
                "1200",
                "--title",
                "Bike marking",
                "--lead",
                "Kent Police",
            ],
        ]
        .concat(),
    ));
    folder
}

fn done(output: &Output) {
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

fn json(folder: &TempFolder, question: &[&str], day: &str) -> Value {
    let shown = crg(
        folder,
        &[question, &["--as-at", day, "--format", "json"]].concat(),
    );
    serde_json::from_str(&text(&shown)).unwrap()
}

fn page(folder: &TempFolder, day: &str) -> (Html, Value) {
    let name = format!("page-{day}.html");
    done(&crg(
        folder,
        &["page", "2025/26", "--as-at", day, "--output", &name],
    ));
    let written = std::fs::read_to_string(folder.join(&name)).unwrap();
    (
        Html::parse_document(&written),
        json(folder, &["page", "2025/26"], day),
    )
}

/// The pence of an amount, calculated independently of the library.
fn pence(amount: &str) -> i64 {
    amount.replace(['.', ',', '£'], "").parse().unwrap()
}

/// The amounts in a text, written as in JSON.
fn amounts(text: &str) -> Vec<String> {
    let parts: Vec<&str> = text.split('£').collect();
    let amount = |pair: &[&str]| {
        let end = pair[1]
            .find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.'))
            .unwrap_or(pair[1].len());
        let figure = pair[1][..end].trim_end_matches(['.', ',']).replace(',', "");
        format!("{}{figure}", if pair[0].ends_with('-') { "-" } else { "" })
    };
    parts.windows(2).map(amount).collect()
}

/// Every string in a JSON value.
fn strings(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => drop(found.insert(text.clone())),
        Value::Array(values) => values.iter().for_each(|value| strings(value, found)),
        Value::Object(values) => values.values().for_each(|value| strings(value, found)),
        _ => {}
    }
}

#[test]
fn every_number_on_the_page_is_in_its_json() {
    let folder = kent();
    for day in DAYS {
        let (page, json) = page(&folder, day);
        let mut known = BTreeSet::new();
        strings(&json, &mut known);
        // Two sentences give a difference without its sign.
        let unsigned: Vec<String> = known
            .iter()
            .filter_map(|amount| amount.strip_prefix('-').map(str::to_owned))
            .collect();
        known.extend(unsigned);
        let main = all(page.root_element(), "main")[0];
        let said: Vec<String> = all(main, "svg")
            .into_iter()
            .filter_map(|svg| svg.attr("aria-label").map(str::to_owned))
            .collect();
        let shown = amounts(
            &main
                .text()
                .chain(said.iter().map(String::as_str))
                .collect::<Vec<_>>()
                .join(" "),
        );
        assert!(shown.len() > 5, "{day}: {shown:?}");
        // A chart names its zero.
        for amount in shown.into_iter().filter(|amount| amount != "0") {
            assert!(
                known.contains(&amount),
                "{day}: {amount} is not in the JSON"
            );
        }
    }
}

#[test]
fn the_parts_of_the_page_are_the_reports_with_those_names() {
    let folder = kent();
    for day in DAYS {
        let page = json(&folder, &["page", "2025/26"], day);
        for (part, question) in [
            ("pot", &["pot", "2025/26"][..]),
            ("money", &["year", "show", "2025/26"]),
            ("projects", &["project", "list", "2025/26"]),
            ("forecast", &["report", "forecast", "2025/26"]),
            ("printed", &["reconcile", "2025/26"]),
        ] {
            let mut report = json(&folder, question, day);
            report.as_object_mut().unwrap().remove("book").unwrap();
            assert_eq!(page[part], report, "{part} on {day}");
        }
        assert_eq!(
            (page["year"].as_str(), page["as_at"].as_str()),
            (Some("2025/26"), Some(day))
        );
    }
}

/// The parts of the page, each known by what stands first in its table: a heading or a line.
const ALLOCATION: &str = "Allocation";
const MOVEMENTS: &str = "Change";
const PIPELINE: &str = "Stage";
const SPEND: &str = "Award";
const AT_RISK: &str = "To return as projected";
const TO_RETURN: &str = "To return";
const PRINTED: &str = "Printed";

/// Returns `true` if a part of the page is the one that is known by this.
fn is_part(part: ElementRef<'_>, known_by: &str) -> bool {
    let rows = grid(part);
    let first_line = rows.get(1).and_then(|row| row.first());
    rows[0].iter().any(|heading| heading == known_by)
        || first_line.is_some_and(|line| line == known_by)
}

/// The rows of a part's table, without the headings.
fn table(page: &Html, known_by: &str) -> Vec<Vec<String>> {
    let mut tables = all(page.root_element(), "table").into_iter();
    let found = tables.find(|table| is_part(*table, known_by));
    found
        .map(|table| grid(table)[1..].to_vec())
        .unwrap_or_default()
}

fn pounds(value: &Value) -> String {
    let amount: crg::model::Money = value.as_str().unwrap().parse().unwrap();
    amount.pounds().to_string()
}

/// Compares each row of each table with the figure it names. A row without a figure is left out.
#[test]
fn every_row_shows_the_figure_it_names() {
    let folder = kent();
    for day in DAYS {
        let (page, json) = page(&folder, day);
        let column = |name: &str, place: usize| {
            table(&page, name)
                .into_iter()
                .map(|row| row[place].clone())
                .collect::<Vec<_>>()
        };
        let at = |pointers: &[&str]| {
            pointers
                .iter()
                .map(|pointer| pounds(json.pointer(pointer).unwrap()))
                .filter(|amount| amount != "£0.00")
                .collect::<Vec<_>>()
        };
        let rows = |pointer: &str| json.pointer(pointer).unwrap().as_array().unwrap().clone();
        let of = |rows: &[Value], key: &str| {
            rows.iter().map(|row| pounds(&row[key])).collect::<Vec<_>>()
        };

        let money = [
            "allocation",
            "spent",
            "unspent_awards",
            "uncommitted",
            "returned",
        ]
        .map(|line| format!("/money/{line}"));
        assert_eq!(
            column(ALLOCATION, 1),
            at(&money.each_ref().map(String::as_str))
        );
        let (name, to_return): (_, &[&str]) = match day <= "2026-03-31" {
            true => (AT_RISK, &["/forecast/to_return"]),
            false => (TO_RETURN, &[]),
        };
        let projected = "/forecast/to_return_as_projected";
        let parts = ["/forecast/uncommitted", "/forecast/underspend_to_return"];
        let likely = ["/forecast/likely_to_return"];
        let is_likely = name == AT_RISK && at(&likely) != at(&[projected]);
        let likely = &likely[..usize::from(is_likely)];
        assert_eq!(
            column(name, 1),
            at(&[&[projected], likely, &parts[..], to_return].concat())
        );
        let movements = rows("/movements");
        assert_eq!(column(MOVEMENTS, 4), of(&movements, "change"));
        assert_eq!(column(MOVEMENTS, 5), of(&movements, "remaining"));
        assert_eq!(column(PIPELINE, 6), of(&rows("/pipeline"), "asked"));
        let awarded = rows("/forecast/rows");
        for (place, key) in [(2, "spent"), (3, "award")] {
            assert_eq!(column(SPEND, place), of(&awarded, key), "{day} {key}");
        }
        let differ: Vec<Value> = rows("/printed/rows")
            .into_iter()
            .filter(|row| row["difference"] != "0.00")
            .collect();
        for (place, key) in [(2, "printed"), (3, "computed"), (4, "difference")] {
            assert_eq!(column(PRINTED, place), of(&differ, key), "{day} {key}");
        }
    }
}

/// CSV has what is left, line by line.
#[test]
fn the_data_of_the_page_is_what_is_left() {
    let folder = kent();
    for day in DAYS {
        let question = ["page", "2025/26", "--as-at", day];
        let csv = text(&crg(
            &folder,
            &[&question[..], &["--format", "csv"]].concat(),
        ));
        let rows = csv.lines().skip(1);
        let amounts: Vec<&str> = rows.map(|row| row.rsplit(',').nth(6).unwrap()).collect();
        let json = json(&folder, &["page", "2025/26"], day);
        let before = [
            "/pot/tactical/remaining",
            "/remaining_if_all_approved",
            "/pot/upfront/remaining",
            "/pot/upfront/remaining_if_all_approved",
            "/pot/tactical/remaining_if_all_approved",
        ];
        let after = [
            "/pot/tactical/remaining",
            "/pot/tactical/remaining_if_all_approved",
        ];
        let pointers = if day < "2025-07-23" {
            &before[..]
        } else {
            &after
        };
        let expected: Vec<&str> = pointers
            .iter()
            .filter_map(|pointer| json.pointer(pointer).and_then(Value::as_str))
            .collect();
        assert_eq!(amounts, expected, "{day}");
    }
}

/// The answers of a page; those that warn have a sign before them.
fn answers(page: &Html) -> Vec<String> {
    let answer = |li: ElementRef<'_>| match li.attr("class") {
        Some("warning") => format!("! {}", words(li)),
        _ => words(li),
    };
    let items = all(page.root_element(), ".answers li").into_iter();
    items.map(answer).collect()
}

fn due(folder: &TempFolder, deadline: &str, title: &str) {
    let entry = [
        "due",
        "add",
        "2025/26",
        deadline,
        title,
        "--on",
        "2025-04-01",
    ];
    done(&crg(folder, &entry));
}

/// The figures are those of the papers; the proposal of £1,200.00 is pending from 21 November on, and
/// the forecast says who should have spent something.
#[test]
fn the_first_answers_are_what_is_left_spent_and_late() {
    let folder = kent();
    due(&folder, "2025-10-30", "Half-year return");
    due(&folder, "2025-09-25", "Plan for the winter");
    due(&folder, "2026-04-30", "Year-end return");
    for (day, expected) in [
        (
            "2025-07-23",
            &[
                "£15,552.80 left in the tactical pot",
                "Nothing is waiting for a decision",
                "£0.00 spent of £24,108.20 awarded",
                "Nothing is late; due next on 25 September 2025: Plan for the winter",
            ][..],
        ),
        (
            "2025-09-30",
            &[
                "£15,552.80 left in the tactical pot",
                "Nothing is waiting for a decision",
                "£0.00 spent of £24,108.20 awarded",
                "! 1 deadline is late, by 5 days: Plan for the winter",
            ],
        ),
        (
            "2025-11-30",
            &[
                "£8,052.80 left in the tactical pot",
                "£6,852.80 if everything pending is approved",
                "£0.00 spent of £31,608.20 awarded",
                "! 2 deadlines are late, the first by 66 days: Plan for the winter",
            ],
        ),
        (
            "2026-03-31",
            &[
                "£30.40 left in the tactical pot",
                "! Short by £1,169.60 if everything pending is approved",
                "£38,934.60 spent of £39,630.60 awarded",
                "! 2 deadlines are late, the first by 187 days: Plan for the winter",
            ],
        ),
    ] {
        let (page, json) = page(&folder, day);
        let rows = json["forecast"]["rows"].as_array().unwrap();
        let unspent = rows.iter().filter(|row| row["no_spend"] == true).count();
        let mut expected: Vec<String> = expected.iter().map(ToString::to_string).collect();
        if unspent > 0 {
            let projects =
                format!("! {unspent} projects have spent nothing, past half of their time");
            expected.insert(3, projects);
        }
        assert_eq!(answers(&page), expected, "{day}");
        assert_eq!(unspent > 0, day == "2025-11-30", "{day}");
    }
}

/// A book in which nothing has been printed, spent or asked for, with one pot.
#[test]
fn a_page_says_nothing_about_nothing() {
    let folder = TempFolder::new();
    done(&crg(&folder, &["init"]));
    let open = [
        "year",
        "open",
        "2025/26",
        "--upfront",
        "900",
        "--on",
        "2025-04-01",
    ];
    done(&crg(&folder, &open));
    let (page, _) = page(&folder, "2025-05-01");
    assert_eq!(
        answers(&page),
        [
            "£900.00 left in the pot",
            "Nothing is waiting for a decision",
            "No project has an award"
        ]
    );
    let headings: Vec<String> = all(page.root_element(), "h2")
        .into_iter()
        .map(words)
        .collect();
    assert_eq!(
        headings,
        [
            "The pot through the year",
            "£900.00 goes back to the OPCC unless it is awarded",
            "Where the allocation has gone"
        ]
    );
    let cells = all(page.root_element(), "td").into_iter().map(words);
    let empty: Vec<String> = cells.filter(|cell| cell == "£0.00").collect();
    assert!(empty.is_empty(), "{empty:?}");
}

/// From the papers: £13,221.00 and £2,331.80 released; then awards of £5,500.00 and £2,000.00; then
/// £2,000.00 back, and three awards.
#[test]
fn the_pot_moves_through_the_year_as_in_the_papers() {
    let folder = kent();
    let (page, json) = page(&folder, "2026-05-11");
    let rows = table(&page, MOVEMENTS);
    let column = |place: usize| {
        rows.iter()
            .map(|row: &Vec<String>| pence(&row[place]))
            .collect::<Vec<_>>()
    };
    let steps = [
        "13221.00", "2331.80", "-5500.00", "-2000.00", "2000.00", "-5595.00", "-1950.00",
        "-2477.40",
    ]
    .map(pence);
    assert_eq!(column(4), steps);
    let sums: Vec<i64> = (1..=steps.len())
        .map(|count| steps[..count].iter().sum())
        .collect();
    assert_eq!(
        (column(5), sums.last()),
        (sums.clone(), Some(&pence("30.40")))
    );
    // Proposed on 21 November, it has waited 9 + 31 + 31 + 28 + 31 + 30 + 11 days.
    let pending = &json["pipeline"][0];
    assert_eq!(
        (pending["project"].as_str(), pending["days"].as_u64()),
        (Some("P12"), Some(171))
    );
}

/// After the release the tactical pot pays for upfront projects, and receives the money they give
/// back.
#[test]
fn money_passing_through_the_upfront_pot_is_a_movement() {
    let folder = kent();
    let vary = |how: &str, amount: &str| {
        crg(
            &folder,
            &[
                "project",
                how,
                "P01",
                amount,
                "--year",
                "2025/26",
                "--on",
                "2025-12-01",
                "--reference",
                "OPCC e-mail",
            ],
        )
    };
    done(&vary("increase", "20.00"));
    done(&vary("reduce", "5.00"));
    let (page, _) = page(&folder, "2025-12-31");
    let rows = table(&page, MOVEMENTS);
    let last: Vec<&[String]> = rows[rows.len() - 2..].iter().map(|row| &row[2..]).collect();
    assert_eq!(
        last,
        [
            ["increase", "P01", "-£20.00", "£8,032.80"],
            ["reduce", "P01", "£5.00", "£8,037.80"]
        ]
    );
}

/// Proposals nearest to a decision come first, then those that have waited longest.
#[test]
fn the_pipeline_is_in_the_order_of_its_stages() {
    let folder = kent();
    let of = |project: &'static str, on: &'static str| {
        [
            "--year",
            "2025/26",
            "--on",
            on,
            "--title",
            project,
            "--lead",
            "A council",
        ]
    };
    let new = ["--pot", "tactical", "--amount", "100"];
    done(&crg(
        &folder,
        &[
            &["project", "propose", "P13"],
            &of("P13", "2025-11-10")[..],
            &new,
        ]
        .concat(),
    ));
    done(&crg(
        &folder,
        &[
            &["project", "propose", "P14"],
            &of("P14", "2025-11-25")[..],
            &new,
        ]
        .concat(),
    ));
    done(&crg(
        &folder,
        &[
            "project",
            "recommend",
            "P14",
            "--amount",
            "80",
            "--year",
            "2025/26",
            "--on",
            "2025-11-26",
        ],
    ));
    let (page, _) = page(&folder, "2025-11-30");
    let rows: Vec<[String; 4]> = table(&page, PIPELINE)
        .iter()
        .map(|row| [2, 0, 5, 6].map(|place| row[place].clone()))
        .collect();
    let expected = [
        ["recommended", "P14", "4", "£80.00"],
        ["proposed", "P13", "20", "£100.00"],
        ["proposed", "P12", "9", "£1,200.00"],
    ];
    assert_eq!(rows, expected);
}

/// Before the release no tactical proposal can be approved, and the answer covers both pots: if all
/// £25,000.00 requested upfront were approved, the tactical pot would pay a part.
#[test]
fn before_the_release_the_answer_covers_both_pots() {
    let folder = kent();
    let of = [
        "--year",
        "2025/26",
        "--on",
        "2025-05-02",
        "--title",
        "Wardens",
        "--lead",
        "A council",
        "--override",
        "Found late",
    ];
    for (project, pot, amount) in [("P20", "upfront", "25000"), ("P21", "tactical", "14000")] {
        done(&crg(
            &folder,
            &[
                &[
                    "project", "propose", project, "--pot", pot, "--amount", amount,
                ],
                &of[..],
            ]
            .concat(),
        ));
    }
    let (page, json) = page(&folder, "2025-05-11");
    let figure = |pointer: &str| {
        pence(
            json.pointer(pointer)
                .and_then(Value::as_str)
                .unwrap_or_else(|| panic!("{pointer}")),
        )
    };
    let both = |line: &str| {
        figure(&format!("/pot/upfront/{line}")) + figure(&format!("/pot/tactical/{line}"))
    };
    assert_eq!(
        figure("/remaining_if_all_approved"),
        both("remaining") - both("pipeline")
    );
    assert!(figure("/pot/upfront/remaining_if_all_approved") < 0);
    let short = -figure("/remaining_if_all_approved");
    let expected = format!(
        "! Short by £{},{:03}.{:02} in both pots if everything pending is approved",
        short / 100_000,
        short / 100 % 1000,
        short % 100
    );
    assert_eq!(answers(&page)[1], expected);
    let question = [
        "page",
        "2025/26",
        "--as-at",
        "2025-05-11",
        "--format",
        "csv",
    ];
    let csv = text(&crg(&folder, &question));
    let lines: Vec<&str> = csv.lines().filter(|line| line.contains(",-")).collect();
    assert!(
        lines.len() == 3 && lines.iter().all(|line| !line.contains("would add")),
        "{csv}"
    );
}

/// Six projects have spent nothing past half of their time: what their awards leave is likely to go
/// back too.
#[test]
fn the_rate_so_far_warns_of_what_is_likely_to_go_back() {
    let folder = kent();
    let shown = |day| {
        let (page, _) = page(&folder, day);
        words(all(page.root_element(), "main")[0])
    };
    let in_november = shown("2025-11-30");
    let expected =
        "£8,052.80 is projected to go back to the OPCC, but £32,161.00 at the rate so far";
    assert!(in_november.contains(expected), "{in_november}");
    assert!(in_november.contains("Likely to return"), "{in_november}");
    // Once the year is over, what was spent is known.
    let in_april = shown("2026-04-01");
    assert!(!in_april.contains("at the rate"), "{in_april}");
}

/// Money already returned is not shown as still at risk, and the lines add up on every day.
#[test]
fn returned_money_is_no_longer_at_risk() {
    let folder = kent();
    done(&crg(
        &folder,
        &[
            "project",
            "forecast",
            "P05",
            "4904",
            "--year",
            "2025/26",
            "--on",
            "2026-02-02",
        ],
    ));
    let returned = [
        "year",
        "return",
        "2025/26",
        "96",
        "--project",
        "P05",
        "--on",
        "2026-02-03",
        "--override",
        "The OPCC asked for it",
    ];
    done(&crg(&folder, &returned));
    for (day, name, underspend) in [
        ("2026-02-01", AT_RISK, "£0.00"),
        ("2026-02-02", AT_RISK, "£96.00"),
        ("2026-02-03", AT_RISK, "£0.00"),
        ("2026-03-31", AT_RISK, "£600.00"),
        ("2026-04-01", TO_RETURN, "£600.00"),
    ] {
        let (page, _) = page(&folder, day);
        let rows = table(&page, name);
        let line = |name: &str| {
            let row = rows.iter().find(|row| row[0] == name);
            row.map_or("£0.00", |row| row[1].as_str())
        };
        assert_eq!(line("Underspend"), underspend, "{day}: {rows:?}");
        assert_eq!(
            pence(&rows[0][1]),
            pence(line("Uncommitted")) + pence(line("Underspend")),
            "{day}"
        );
        let main = words(all(page.root_element(), "main")[0]);
        assert_eq!(
            main.contains("go back to the OPCC") || main.contains("goes back to the OPCC"),
            day <= "2026-03-31",
            "{day}"
        );
        assert_eq!(main.contains("has ended"), day > "2026-03-31", "{day}");
    }
    done(&crg(
        &folder,
        &[
            "year",
            "close",
            "2025/26",
            "--on",
            "2026-05-10",
            "--override",
            "The OPCC lets it rest",
        ],
    ));
    let (page, _) = page(&folder, "2026-05-11");
    assert_eq!(table(&page, TO_RETURN).len(), 3);
    assert!(words(all(page.root_element(), "main")[0]).contains("2025/26 is closed."));
}

fn number(element: ElementRef<'_>, attribute: &str) -> i64 {
    element.attr(attribute).unwrap().parse().unwrap()
}

/// The chart beside the table with that name.
fn picture<'a>(page: &'a Html, name: &str) -> ElementRef<'a> {
    let section = all(page.root_element(), "section")
        .into_iter()
        .find(|section| is_part(all(*section, "table")[0], name))
        .unwrap();
    all(section, "svg")[0]
}

/// Bars are in proportion to their amounts, to one unit in 1000: £39,661.00 = £31,608.20 with
/// projects + £8,052.80 left.
#[test]
fn bars_are_in_proportion_to_their_amounts() {
    let folder = kent();
    let (page, json) = page(&folder, "2026-02-28");
    let bars = |name: &str| {
        let mut tables = all(page.root_element(), "table").into_iter();
        let table = tables.find(|table| is_part(*table, name)).unwrap();
        let rows = all(table, "tbody tr").into_iter();
        let of_row = |row| -> Vec<(i64, i64)> {
            let bars = all(row, "rect").into_iter();
            bars.map(|bar| (number(bar, "x"), number(bar, "width")))
                .collect()
        };
        rows.map(of_row).collect::<Vec<_>>()
    };
    let long = |amount: &str, whole: &str| pence(amount) * 1000 / pence(whole);
    let with_projects = long("31608.20", "39661.00");
    assert_eq!(
        bars(ALLOCATION),
        [
            [(0, 1000)],
            [(0, with_projects)],
            [(with_projects, long("8052.80", "39661.00"))],
        ]
    );
    // The largest award is £5,500.00; nothing has been spent.
    let rows = json["forecast"]["rows"].as_array().unwrap();
    let awards: Vec<&str> = rows
        .iter()
        .filter_map(|row| row["award"].as_str())
        .collect();
    assert_eq!((awards.len(), awards.iter().max()), (8, Some(&"5500.00")));
    let expected: Vec<_> = awards
        .iter()
        .map(|award| [(0, long(award, "5500.00")), (0, 0)])
        .collect();
    assert_eq!(bars(SPEND), expected);
}

/// The line is at £13,221.00 + £2,331.80 from 23 July, the 113th day, falls on 20 November, and
/// ends on the day asked about.
#[test]
fn the_steps_are_on_the_right_days() {
    let folder = kent();
    let (page, _) = page(&folder, "2026-02-28");
    let picture = picture(&page, MOVEMENTS);
    let high = |amount: &str| 20 + 100 - pence(amount) * 100 / pence("15552.80");
    let at = |days: i64| 26 + days * (296 - 26) / 364;
    let points = [
        (at(113), "0.00"),
        (at(113), "13221.00"),
        (at(113), "13221.00"),
        (at(113), "15552.80"),
        (at(233), "15552.80"),
        (at(233), "10052.80"),
        (at(233), "10052.80"),
        (at(233), "8052.80"),
        (at(333), "8052.80"),
    ];
    let line: Vec<String> = points
        .iter()
        .map(|(x, amount)| format!("{x},{}", high(amount)))
        .collect();
    assert_eq!(
        all(picture, "polyline")[0].attr("points"),
        Some(line.join(" ").as_str())
    );
    let dot = all(picture, "circle")[0];
    assert_eq!(
        (number(dot, "cx"), number(dot, "cy")),
        (at(333), high("8052.80"))
    );
    // The day the pot opened, and the last day known, are named below them.
    let words: Vec<String> = all(picture, "text").into_iter().map(words).collect();
    for day in ["opened 23 Jul", "28 Feb", "1 Apr", "1 Oct", "£0"] {
        assert!(words.iter().any(|label| label == day), "{day}: {words:?}");
    }
    let zero = all(picture, ".grid")[0];
    assert_eq!((number(zero, "y1"), number(zero, "y2")), (120, 120));
}

#[test]
fn a_page_is_html_in_a_file_unless_another_format_is_given() {
    let folder = kent();
    let ask = |more: &[&str]| crg(&folder, &[&["page", "2025/26"], more].concat());
    assert!(text(&ask(&[])).starts_with("Crime Reduction Grant 2025/26, "));
    assert!(text(&ask(&["--format", "html"])).starts_with("<!DOCTYPE html>"));
    assert!(
        text(&ask(&["--format", "csv"]))
            .starts_with("year,line,amount,meaning,partnership,as_at,known_at,entry,fingerprint\r\n2025/26,Left in the tactical pot,30.40,")
    );
    done(&ask(&["--for-excel", "--output", "page.csv"]));
    assert!(
        std::fs::read_to_string(folder.join("page.csv"))
            .unwrap()
            .starts_with("\u{feff}year,line,")
    );
    // Only a file can be opened.
    assert_eq!(ask(&["--open"]).status.code(), Some(2));
    let again = ask(&["--output", "page.csv"]);
    assert_eq!(again.status.code(), Some(4));
}
