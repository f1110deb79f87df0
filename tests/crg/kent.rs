//! Kent's published years. Every figure here is from the papers, or follows from them by exact
//! arithmetic.

use std::collections::BTreeMap;
use std::process::{Command, Output};

use crg::{Access, Book};

use crate::files::TempFolder;
use crate::transcripts::split;

/// Runs `crg` in a folder that holds the demonstration book.
pub(crate) fn crg(folder: &TempFolder, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crg"));
    command
        .args(arguments)
        .current_dir(folder.path())
        .env_clear();
    command
        .envs([
            ("CRG_NOW", "2026-05-11T09:30:00Z"),
            ("CRG_DB", "crg-demo.db"),
            ("CRG_BY", "KCST"),
        ])
        .output()
        .unwrap()
}

pub(crate) fn demo() -> (TempFolder, String) {
    let folder = TempFolder::new();
    let shown = crg(&folder, &["demo"]);
    assert!(shown.status.success());
    (folder, text(&shown))
}

pub(crate) fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Every question of `tests/questions.txt`: the name of its report, then its command.
pub(crate) fn questions() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = include_str!("../questions.txt").lines();
    let asked = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    asked.map(|line| line.split_once(' ').unwrap())
}

/// The questions that need no file but the book.
pub(crate) fn book_questions() -> impl Iterator<Item = (&'static str, &'static str)> {
    questions().filter(|(report, _)| !["import", "ledger", "compare"].contains(report))
}

/// The number of entries in the fixture.
pub(crate) fn entries() -> usize {
    include_str!("../../fixtures/kent/entries.csv")
        .lines()
        .skip(1)
        .count()
}

/// JSON without white space between its tokens.
fn squeezed(json: &str) -> String {
    json.lines()
        .map(str::trim)
        .collect::<String>()
        .replace("\": ", "\":")
}

/// The pence of an amount, calculated independently of the library.
fn pence(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap()
}

/// The rows of a CSV without quoted cells, by column name.
fn rows(csv: &str) -> Vec<BTreeMap<String, String>> {
    let mut lines = csv.split_terminator("\r\n");
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    lines
        .map(|line| {
            names
                .iter()
                .map(ToString::to_string)
                .zip(line.split(',').map(str::to_owned))
                .collect()
        })
        .collect()
}

/// Each question fits a screen of 24 lines, and its command gives the answer shown.
#[test]
fn the_demonstration_answers_four_questions() {
    let (folder, shown) = demo();
    let screens: Vec<&str> = shown.split("\n\n").skip(1).collect();
    let figures = [
        "£15,552.80",
        "(£22,500.00 if every pending proposal is approved)",
        "£39,661.00 is likely to go back to the OPCC.",
        "£0.46 apart: not explained",
    ];
    assert_eq!(screens.len(), figures.len(), "{shown}");
    for (screen, figure) in screens.iter().zip(figures) {
        assert!(screen.contains(figure), "{figure}\n{screen}");
        let rows = |line: &str| line.chars().count().div_ceil(80);
        let rows: usize = screen.lines().map(rows).sum();
        assert!(rows < 24, "{rows} lines\n{screen}");

        let [_, command, answer @ .., next] = &screen.lines().collect::<Vec<_>>()[..] else {
            panic!("{screen}")
        };
        let run = |typed: &str| {
            let words = split(typed.strip_prefix("crg ").unwrap());
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            crg(&folder, &words)
        };
        let answered = text(&run(command.strip_prefix("$ ").unwrap()));
        assert!(!answer.is_empty());
        for line in answer {
            assert!(answered.contains(line), "{line}\n{answered}");
        }
        let next = next.strip_prefix("Try next: ").unwrap();
        let tried = run(next.trim_end_matches(" --open"));
        assert!(tried.status.success(), "{next}\n{tried:?}");
    }
}

#[test]
fn the_demonstration_never_overwrites_a_book() {
    let (folder, _) = demo();
    let before = folder.snapshot();
    let again = crg(&folder, &["demo"]);
    assert_eq!(
        (again.status.code(), folder.snapshot() == before),
        (Some(4), true)
    );
}

#[test]
fn the_pot_in_july_is_exactly_as_documented() {
    let (folder, _) = demo();
    let shown = text(&crg(
        &folder,
        &[
            "pot",
            "2025/26",
            "--as-at",
            "2025-07-23",
            "--format",
            "json",
        ],
    ));
    let contract = r#"{"year": "2025/26", "as_at": "2025-07-23", "allocation": "39661.00", "confirmed": true,
 "upfront":  {"open": false, "allocated": "26440.00", "moved": "-2331.80", "committed": "24108.20", "returned": "0.00",
              "lapsed": "0.00", "remaining": "0.00", "pipeline": "0.00", "remaining_if_all_approved": "0.00"},
 "tactical": {"open": true,  "allocated": "13221.00", "moved": "2331.80", "committed": "0.00", "returned": "0.00",
              "lapsed": "0.00", "remaining": "15552.80", "pipeline": "0.00", "remaining_if_all_approved": "15552.80"}}"#;
    let (pots, book) = shown.split_once(",\n  \"book\": ").unwrap();
    assert_eq!(squeezed(pots) + "}", contract.replace([' ', '\n'], ""));
    let head = Book::open(&folder.join("crg-demo.db"), Access::Read)
        .and_then(|book| book.head())
        .unwrap();
    let book: serde_json::Value =
        serde_json::from_str(book.trim_end().trim_end_matches("\n}")).unwrap();
    let expected = serde_json::json!({
        "partnership": "Kent Community Safety Partnership",
        "funder": "Office of the Kent Police and Crime Commissioner",
        "grant": "Crime Reduction Grant",
        "entry": entries() + 1,
        "fingerprint": head.to_string(),
        "format": 3,
    });
    assert_eq!(book, expected);
}

#[test]
fn the_tactical_pot_in_november_and_march() {
    let (folder, _) = demo();
    let pot = |day: &str| {
        squeezed(&text(&crg(
            &folder,
            &["pot", "2025/26", "--as-at", day, "--format", "json"],
        )))
    };
    let tactical = |json: String| json.split("\"tactical\":").nth(1).unwrap().to_owned();
    assert!(tactical(pot("2025-11-20")).contains(r#""remaining":"8052.80""#));
    let march = tactical(pot("2026-03-31"));
    for figure in [
        r#""allocated":"13221.00""#,
        r#""moved":"4331.80""#,
        r#""committed":"17522.40""#,
        r#""remaining":"30.40""#,
    ] {
        assert!(march.contains(figure), "{figure} in {march}");
    }
}

#[test]
fn the_year_end_adds_up() {
    let (folder, _) = demo();
    let csv = text(&crg(
        &folder,
        &["report", "year-end", "2025/26", "--format", "csv"],
    ));
    assert!(csv.starts_with("year,line,project,title,lead,pot,status,requested,approved,spent,underspend,returned,lapsed,priorities,partnership,as_at,known_at,entry,fingerprint\r\n"));
    let rows = rows(&csv);
    let count = |line: &str| rows.iter().filter(|row| row["line"] == line).count();
    assert_eq!(
        (count("project"), count("uncommitted"), rows.len()),
        (11, 2, 13)
    );
    let total = |column: &str| rows.iter().map(|row| pence(&row[column])).sum::<i64>();
    assert_eq!(
        (
            total("approved"),
            total("spent"),
            total("underspend"),
            total("returned")
        ),
        (pence("39661.00"), pence("38934.60"), pence("726.40"), 0)
    );
    let excel = crg(&folder, &["report", "year-end", "2025/26", "--for-excel"]);
    assert_eq!(text(&excel), format!("\u{feff}{csv}"));
}

#[test]
fn awards_are_as_in_the_papers() {
    let (folder, _) = demo();
    let csv = text(&crg(
        &folder,
        &["report", "year-end", "2025/26", "--format", "csv"],
    ));
    let awards: Vec<(String, i64)> = rows(&csv)
        .iter()
        .filter(|row| row["line"] == "project")
        .map(|row| (row["project"].clone(), pence(&row["approved"])))
        .collect();
    let papers = [
        "4000.00", "4182.00", "3703.20", "5223.00", "5000.00", "0.00", "5500.00", "2000.00",
        "5595.00", "1950.00", "2477.40",
    ];
    assert_eq!(
        awards,
        papers
            .iter()
            .enumerate()
            .map(|(place, award)| (format!("P{:02}", place + 1), pence(award)))
            .collect::<Vec<_>>()
    );
    // P06 is withdrawn: £15,552.80 − £17,522.40 + its £2,000.00 leaves £30.40.
    let tactical: i64 = papers[6..].iter().map(|award| pence(award)).sum();
    assert_eq!(
        pence("15552.80") + pence("2000.00") - tactical,
        pence("30.40")
    );
}

/// A printed figure: measure, project, printed amount, computed amount.
type Printed = (&'static str, &'static str, &'static str, &'static str);

const JULY: [Printed; 11] = [
    ("allocation", "", "39661.00", "39661.00"),
    ("upfront-allocated", "", "26440.00", "26440.00"),
    ("tactical-allocated", "", "13221.00", "13221.00"),
    ("award", "P01", "4000.00", "4000.00"),
    ("award", "P02", "4182.00", "4182.00"),
    ("award", "P03", "3703.00", "3703.20"),
    ("award", "P04", "5223.00", "5223.00"),
    ("award", "P05", "5000.00", "5000.00"),
    ("award", "P06", "2000.00", "2000.00"),
    ("upfront-awards", "", "24108.20", "24108.20"),
    ("tactical-remaining", "", "15553.26", "15552.80"),
];

const NOVEMBER: [Printed; 11] = [
    ("allocation", "", "39661.00", "39661.00"),
    ("award", "P01", "4000.00", "4000.00"),
    ("award", "P02", "4182.00", "4182.00"),
    ("award", "P03", "3703.00", "3703.20"),
    ("award", "P04", "5223.00", "5223.00"),
    ("award", "P05", "5000.00", "5000.00"),
    ("award", "P06", "2000.00", "2000.00"),
    ("released", "", "2332.26", "2331.80"),
    ("tactical-remaining", "", "15553.26", "15552.80"),
    ("award", "P07", "5500.00", "5500.00"),
    ("award", "P08", "2000.00", "2000.00"),
];

const MARCH: [Printed; 15] = [
    ("allocation", "", "39661.00", "39661.00"),
    ("award", "P01", "4000.00", "4000.00"),
    ("award", "P02", "4182.00", "4182.00"),
    ("award", "P03", "3703.20", "3703.20"),
    ("award", "P04", "5223.00", "5223.00"),
    ("award", "P05", "5000.00", "5000.00"),
    ("award", "P07", "5500.00", "5500.00"),
    ("award", "P08", "2000.00", "2000.00"),
    ("award", "P09", "5595.00", "5595.00"),
    ("award", "P10", "1950.00", "1950.00"),
    ("award", "P11", "2477.40", "2477.40"),
    ("awards", "", "39630.60", "39630.60"),
    ("uncommitted", "", "30.40", "30.40"),
    ("underspend", "P05", "696.00", "696.00"),
    ("to-return", "", "726.40", "726.40"),
];

const MARCH_FOR_NEXT_YEAR: [Printed; 3] = [
    ("allocation", "", "39600.00", "39600.00"),
    ("upfront-allocated", "", "26500.00", "26500.00"),
    ("tactical-allocated", "", "13100.00", "13100.00"),
];

/// Each paper with its year, date, name and figures.
const PAPERS: [(&str, &str, &str, &[Printed]); 4] = [
    (
        "2025/26",
        "2025-07-23",
        "Working Group Update, July 2025",
        &JULY,
    ),
    (
        "2025/26",
        "2025-11-20",
        "KCSP notes, November 2025, item 162",
        &NOVEMBER,
    ),
    (
        "2025/26",
        "2026-03-31",
        "Working Group Update, March 2026",
        &MARCH,
    ),
    (
        "2026/27",
        "2026-03-31",
        "Working Group Update, March 2026",
        &MARCH_FOR_NEXT_YEAR,
    ),
];

/// The rows of a year's reconciliation, with the CSV's columns except entry number and note.
fn reconciled(folder: &TempFolder, year: &str) -> Vec<Vec<String>> {
    let csv = text(&crg(folder, &["reconcile", year, "--format", "csv"]));
    let mut reader = ::csv::Reader::from_reader(csv.as_bytes());
    let columns = [
        "on",
        "paper",
        "measure",
        "project",
        "printed",
        "computed",
        "difference",
        "verdict",
    ];
    let places = columns.map(|column| {
        reader
            .headers()
            .unwrap()
            .iter()
            .position(|name| name == column)
            .expect(column)
    });
    reader
        .records()
        .map(|row| {
            places
                .iter()
                .map(|place| row.as_ref().unwrap()[*place].to_owned())
                .collect()
        })
        .collect()
}

/// The reconciliation has every figure of every paper and no other. Rounding explains P03 in the
/// papers that print whole pounds, which the paper of March does not. Nothing explains the 46p.
#[test]
fn the_reconciliation_has_every_printed_figure_and_no_other() {
    let (folder, _) = demo();
    for (year, code) in [("2025/26", 1), ("2026/27", 0)] {
        assert_eq!(crg(&folder, &["reconcile", year]).status.code(), Some(code));
        let mut expected = Vec::new();
        for (_, day, title, figures) in PAPERS.iter().filter(|paper| paper.0 == year) {
            for (measure, project, printed, computed) in *figures {
                let (difference, verdict) = match (pence(printed) - pence(computed), *project) {
                    (0, _) => ("", "agrees"),
                    (-20, "P03") => ("-0.20", "explained"),
                    (46, "") => ("0.46", "unexplained"),
                    other => panic!("{day} {measure}: {other:?}"),
                };
                expected.push(
                    [
                        day, title, measure, project, printed, computed, difference, verdict,
                    ]
                    .map(str::to_owned)
                    .to_vec(),
                );
            }
        }
        let mut found = reconciled(&folder, year);
        expected.sort();
        found.sort();
        assert_eq!(found, expected);
    }
}

/// The book records the organisations that the papers name and the reason that they give.
#[test]
fn organisations_and_reasons_in_the_papers_are_in_the_book() {
    let (folder, _) = demo();
    let leads = text(&crg(
        &folder,
        &["report", "year-end", "2025/26", "--format", "csv"],
    ));
    let unnamed = rows(&leads)
        .iter()
        .filter(|row| row["lead"] == "Not named in the papers")
        .count();
    assert_eq!(
        (unnamed, rows(&leads)[2]["lead"].as_str()),
        (
            10,
            "Domestic Abuse Projects and Partnerships Team (Kent County Council)"
        )
    );
    let shown = |project: &str| {
        let shown = text(&crg(
            &folder,
            &[
                "project", "show", project, "--year", "2025/26", "--format", "csv",
            ],
        ));
        shown
            + &text(&crg(
                &folder,
                &[
                    "log",
                    "--year",
                    "2025/26",
                    "--project",
                    project,
                    "--format",
                    "csv",
                ],
            ))
    };
    assert!(shown("P02").contains("The provider, Small Steps, is to write an evaluation."));
    assert!(shown("P10").contains("The Kent and Medway Prevent Team is to assess the project."));
    let monitoring = [
        "report",
        "monitoring",
        "2025/26",
        "--period",
        "year-end",
        "--as-at",
        "2026-03-31",
        "--format",
        "csv",
    ];
    assert!(
        text(&crg(&folder, &monitoring))
            .contains("Trainer and venue hire cost less than expected.")
    );
}

#[test]
fn explained_differences_are_still_shown() {
    let (folder, _) = demo();
    let csv = text(&crg(&folder, &["reconcile", "2025/26", "--format", "csv"]));
    let unexplained: Vec<String> = csv
        .lines()
        .filter(|line| line.contains(",unexplained,"))
        .map(|line| line.split(',').next().unwrap().to_owned())
        .collect();
    for entry in unexplained {
        assert!(
            crg(
                &folder,
                &[
                    "reconcile",
                    "2025/26",
                    "--explain",
                    &entry,
                    "--note",
                    "Seen by the auditor",
                    "--on",
                    "2026-04-30"
                ]
            )
            .status
            .success()
        );
    }
    let shown = crg(&folder, &["reconcile", "2025/26"]);
    assert_eq!(shown.status.code(), Some(0));
    assert_eq!(text(&shown).matches("£0.46 apart").count(), 3);
}

/// The decisions of 2025/26 and the money they moved, from the papers: eleven awards, one of them
/// withdrawn, and one release.
#[test]
fn decisions_leave_out_spend_and_statements() {
    let (folder, _) = demo();
    // No cell before the note has quotes.
    let decisions = |day: &str| -> Vec<Vec<String>> {
        let csv = text(&crg(
            &folder,
            &[
                "report",
                "decisions",
                "2025/26",
                "--as-at",
                day,
                "--format",
                "csv",
            ],
        ));
        csv.lines()
            .map(|line| line.split(',').map(str::to_owned).collect())
            .collect()
    };
    let rows = decisions("2026-05-11");
    assert_eq!(
        rows[0].join(","),
        "entry,on,kind,project,pot,amount,reference,note,override,by,partnership,as_at,known_at,entry,fingerprint"
    );
    let of = |kind: &str| rows.iter().filter(|row| row[2] == kind).collect::<Vec<_>>();
    let amount = |row: &&Vec<String>| pence(&row[5]);
    assert_eq!(
        (
            of("approve").len(),
            of("approve").iter().map(amount).sum::<i64>()
        ),
        (11, pence("24108.20") + pence("17522.40"))
    );
    assert_eq!(
        of("approve")
            .iter()
            .filter(|row| row[4] == "tactical")
            .map(amount)
            .sum::<i64>(),
        pence("17522.40")
    );
    assert_eq!(
        (of("release").len(), of("release")[0][5].as_str()),
        (1, "2331.80")
    );
    assert_eq!(
        (of("withdraw")[0][3].as_str(), of("withdraw")[0][5].as_str()),
        ("P06", "2000.00")
    );
    assert_eq!(
        (
            of("allocate").len(),
            of("spend").len(),
            of("published").len(),
            of("progress").len()
        ),
        (2, 0, 0, 0)
    );
    let before_july = decisions("2025-07-22");
    assert!(
        before_july[1..].iter().all(
            |row| row[1] == "2025-04-28" && ["propose", "recommend"].contains(&row[2].as_str())
        )
    );
    assert_eq!(before_july.len(), 1 + 6 + 6);
}

#[test]
fn next_year_is_allocated_but_not_confirmed() {
    let (folder, _) = demo();
    let shown = text(&crg(&folder, &["pot", "2026/27", "--as-at", "2026-03-31"]));
    assert!(
        shown.starts_with("Pots of 2026/27, as at 31 March 2026, not yet confirmed by the OPCC\n")
    );
    assert!(
        shown.contains("£26,500.00")
            && shown.contains("£13,100.00")
            && shown.contains("£39,600.00")
    );
    assert_eq!(
        crg(&folder, &["reconcile", "2026/27"]).status.code(),
        Some(0)
    );
}

#[test]
fn every_command_has_an_example_in_its_help() {
    let folder = TempFolder::new();
    let mut waiting: Vec<Vec<String>> = vec![Vec::new()];
    let mut seen = 0;
    while let Some(path) = waiting.pop() {
        let arguments: Vec<&str> = path.iter().map(String::as_str).chain(["--help"]).collect();
        let help = text(&crg(&folder, &arguments));
        let listed = help
            .split("Commands:\n")
            .nth(1)
            .map(|rest| rest.split("\n\n").next().unwrap_or_default());
        let names = listed
            .into_iter()
            .flat_map(str::lines)
            .filter(|line| line.starts_with("  ") && !line.starts_with("   "));
        let inner: Vec<&str> = names
            .filter_map(|line| line.split_whitespace().next())
            .filter(|name| *name != "help")
            .collect();
        assert!(
            help.contains("Example") && help.contains("\n  crg "),
            "crg {}: {help}",
            path.join(" ")
        );
        seen += 1;
        waiting.extend(
            inner
                .iter()
                .map(|name| path.iter().cloned().chain([name.to_string()]).collect()),
        );
    }
    assert!(seen >= 40, "{seen} commands");
}

/// A job that runs twice at the same time allocates once.
#[test]
fn a_year_opened_by_two_processes_is_opened_once() {
    let (folder, _) = demo();
    let open = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_crg"));
        command.args([
            "year",
            "open",
            "2027/28",
            "--upfront",
            "20",
            "--tactical",
            "10",
            "--on",
            "2027-04-01",
        ]);
        command
            .current_dir(folder.path())
            .env_clear()
            .envs([
                ("CRG_DB", "crg-demo.db"),
                ("CRG_BY", "KCST"),
                ("CRG_NOW", "2027-03-31T09:30:00Z"),
            ])
            .output()
            .unwrap()
            .status
            .code()
    };
    let codes: Vec<_> = std::thread::scope(|scope| {
        let jobs: Vec<_> = (0..4).map(|_| scope.spawn(open)).collect();
        jobs.into_iter().map(|job| job.join().unwrap()).collect()
    });
    assert_eq!(
        codes.iter().filter(|code| **code == Some(0)).count(),
        1,
        "{codes:?}"
    );
    let log = text(&crg(
        &folder,
        &["log", "--year", "2027/28", "--format", "csv"],
    ));
    assert_eq!(log.matches(",allocate,").count(), 2, "{log}");
}

/// A recorded entry stays recorded even if the message about it cannot be written.
#[cfg(target_os = "linux")]
#[test]
fn recording_succeeds_even_if_the_output_is_full() {
    let (folder, _) = demo();
    let full = std::fs::File::create("/dev/full").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_crg"));
    command
        .args(["year", "receive", "2025/26", "5"])
        .current_dir(folder.path())
        .env_clear();
    let output = command
        .envs([("CRG_DB", "crg-demo.db"), ("CRG_BY", "KCST")])
        .stdout(full)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    // One entry more than the file has says what its priorities hold.
    assert!(
        said.contains("do not repeat it")
            && said.contains(&format!("Recorded entry {}: receive £5.00", entries() + 2)),
        "{said}"
    );
    assert_eq!(
        text(&crg(&folder, &["log", "--last", "1", "--format", "csv"]))
            .lines()
            .count(),
        2
    );
}

/// Today is the current day in the user's time zone: the zone named by `TZ`, or else the
/// computer's.
#[test]
fn today_is_in_the_local_time_zone() {
    let (folder, _) = demo();
    let today = |zone: &[(&str, &str)]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_crg"));
        command
            .args([
                "--db",
                "crg-demo.db",
                "year",
                "show",
                "2025/26",
                "--format",
                "json",
            ])
            .current_dir(folder.path())
            .env_clear();
        let shown = squeezed(&text(&command.envs(zone.iter().copied()).output().unwrap()));
        shown
            .split("\"as_at\":\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .map(str::to_owned)
    };
    // These two time zones are 26 hours apart.
    assert!(today(&[("TZ", "Etc/GMT+12")]).unwrap() < today(&[("TZ", "Etc/GMT-14")]).unwrap());
    let day = || Some(jiff::ZonedDateTime::now().date().to_string());
    let (before, found, after) = (day(), today(&[]), day());
    assert!(
        found == before || found == after,
        "{found:?}, expected {after:?}"
    );
}
