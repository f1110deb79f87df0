//! `crg project import`: a tracker becomes the entries that it implies, once; what moved on is
//! added, and what only a person can settle waits.

use crg::import::Folder;
use rust_xlsxwriter::Workbook;

use crate::import::{Desk, said, stdout};

/// A year with money in both pots and no project.
const ENTRIES: &str = "\
on,year,kind,pot,amount
2025-02-01,2025/26,allocate,upfront,2000.00
2025-02-01,2025/26,allocate,tactical,1000.00
";

const MAP: &str = "\
year = '2025/26'
pot = 'upfront'
[columns]
project = 'Ref'
title = 'Project'
lead = 'Lead'
asked = 'Asked'
status = 'Status'
decided_on = 'Group'
submitted_on = 'Sent'
approved = 'Award'
approved_on = 'OPCC'
spent = 'Spent'
spent_on = 'Up to'
ended_on = 'Ended'
[status]
'Green' = 'approved'
";

const HEADER: &str = "Ref,Project,Lead,Asked,Status,Group,Sent,Award,OPCC,Spent,Up to,Ended\n";

pub(crate) fn desk() -> Desk {
    let desk = Desk::of(Folder::BuiltIn(&[("entries.csv", ENTRIES)]));
    desk.put("map.toml", MAP);
    desk
}

/// Imports rows, and says how it ends.
fn import(desk: &Desk, rows: &str, options: &[&str]) -> (Option<i32>, String) {
    desk.put("tracker.csv", format!("{HEADER}{rows}"));
    let import = ["project", "import", "tracker.csv", "--map", "map.toml"];
    let output = desk.crg(&[&import[..], options].concat());
    (output.status.code(), stdout(&output) + &said(&output))
}

fn imported(desk: &Desk, rows: &str) {
    let (code, text) = import(desk, rows, &[]);
    assert_eq!(code, Some(0), "{text}");
}

/// The entries after those of the year's opening, in a few words each; `*` stands for an override.
pub(crate) fn entries(desk: &Desk) -> Vec<String> {
    let dump = stdout(&desk.crg(&["dump", "-"]));
    let mut reader = csv::Reader::from_reader(dump.as_bytes());
    let header = reader.headers().unwrap().clone();
    let records = reader.records().map(Result::unwrap).skip(2);
    let words = records.map(|record| {
        let cell = |name: &str| {
            let index = header.iter().position(|column| column == name);
            record.get(index.unwrap()).unwrap().to_owned()
        };
        let excused = match cell("override") {
            reason if reason.is_empty() => String::new(),
            reason => {
                assert!(reason.contains("tracker."), "{reason}");
                "*".to_owned()
            }
        };
        let kind = cell("kind") + &excused;
        let words = [
            cell("on"),
            kind,
            cell("project"),
            cell("amount"),
            cell("value"),
        ];
        let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
        words.join(" ")
    });
    words.collect()
}

#[test]
fn each_row_becomes_the_entries_that_it_implies() {
    let cases: &[(&str, &[&str])] = &[
        (
            "P01,Event,Police,500,,,,,,,,",
            &["2026-03-31 propose P01 500.00"],
        ),
        (
            "p1,Event,Police,\"£1,500\",Recommended,10/03/2025,,,,,,",
            &["2025-03-10 propose P1 1500.00", "2025-03-10 recommend P1"],
        ),
        (
            "P01,Event,Police,500,,10/03/2025,20/03/2025,,,,,",
            &[
                "2025-03-10 propose P01 500.00",
                "2025-03-10 recommend P01",
                "2025-03-20 submit* P01",
            ],
        ),
        (
            "P01,Event,Police,500,Green,,,600,01/04/2025,100.50,30/06/2025,",
            &[
                "2025-04-01 propose P01 500.00",
                "2025-04-01 approve* P01 600.00",
                "2025-06-30 spend P01 100.50 tracker",
            ],
        ),
        (
            "P01,Event,Police,500,Completed,,,500,01/04/2025,490,31/12/2025,30/11/2025",
            &[
                "2025-04-01 propose P01 500.00",
                "2025-04-01 approve* P01 500.00",
                "2025-11-30 spend P01 490.00 tracker",
                "2025-11-30 complete P01",
            ],
        ),
        (
            "P01,Event,Police,500,withdrawn,,,500,01/04/2025,40,30/06/2025,31/05/2025",
            &[
                "2025-04-01 propose P01 500.00",
                "2025-04-01 approve* P01 500.00",
                "2025-05-31 spend P01 40.00 tracker",
                "2025-05-31 withdraw P01 460.00",
            ],
        ),
        (
            "P01,Event,Police,500,declined,10/03/2025,,,,,,",
            &["2025-03-10 propose P01 500.00", "2025-03-10 decline P01"],
        ),
        (
            "P01,Event,Police,500,declined,10/03/2025,,,,,,12/03/2025",
            &[
                "2025-03-10 propose P01 500.00",
                "2025-03-10 recommend P01",
                "2025-03-12 decline P01",
            ],
        ),
        (
            "P01,Event,Police,500,Rejected,10/03/2025,20/03/2025,,01/04/2025,,,",
            &[
                "2025-03-10 propose P01 500.00",
                "2025-03-10 recommend P01",
                "2025-03-20 submit* P01",
                "2025-04-01 reject P01",
            ],
        ),
    ];
    for (row, expected) in cases {
        let desk = desk();
        let total = "Total,,,500,,,,500,,100,,\n";
        let (code, text) = import(&desk, &format!("{row}\n{total}"), &["--on", "31/3/2026"]);
        assert_eq!(code, Some(0), "{row}\n{text}");
        assert_eq!(entries(&desk), *expected, "{row}");
    }
}

pub(crate) const MARCH: &str = "\
P01,Event,Police,500,Recommended,10/03/2025,,,,,,
P02,Lights,Council,300,Recommended,10/03/2025,,,,,,
";

pub(crate) const JUNE: &str = "\
P01,Event,Police,500,Approved,10/03/2025,20/03/2025,450,01/04/2025,100,30/06/2025,
P02,Lights,Council,300,Rejected,10/03/2025,20/03/2025,,01/04/2025,,,
P03,Bikes,Police,200,Approved,,,200,01/05/2025,,,
";

pub(crate) const DECEMBER: &str = "\
P01,Event,Police,500,Complete,10/03/2025,20/03/2025,450,01/04/2025,420,31/12/2025,15/11/2025
P02,Lights,Council,300,Rejected,10/03/2025,20/03/2025,,01/04/2025,,,
P03,Bikes,Police,200,Approved,,,200,01/05/2025,80,31/12/2025,
";

#[test]
fn the_same_tracker_again_adds_nothing() {
    for rows in [MARCH, JUNE, DECEMBER] {
        let desk = desk();
        imported(&desk, rows);
        let bytes = desk.bytes();
        let (code, text) = import(&desk, rows, &[]);
        assert_eq!(code, Some(0), "{text}");
        assert!(text.contains("Nothing was recorded"), "{text}");
        assert!(desk.bytes() == bytes, "{rows}");
    }
}

#[test]
fn a_tracker_filled_further_adds_only_what_moved_on() {
    let desk = desk();
    imported(&desk, MARCH);
    imported(&desk, JUNE);
    let june = entries(&desk);
    assert_eq!(
        june[4..],
        [
            "2025-03-20 submit* P01",
            "2025-03-20 submit* P02",
            "2025-04-01 approve P01 450.00",
            "2025-04-01 reject P02",
            "2025-05-01 propose P03 200.00",
            "2025-05-01 approve* P03 200.00",
            "2025-06-30 spend P01 100.00 tracker",
        ]
    );
    imported(&desk, DECEMBER);
    let december = [
        "2025-11-15 spend P01 320.00 tracker",
        "2025-11-15 complete P01",
        "2025-12-31 spend P03 80.00 tracker",
    ];
    assert_eq!(entries(&desk)[june.len()..], december);
}

#[test]
fn two_equal_rises_up_to_one_day_are_two_entries() {
    let desk = desk();
    for spent in [100, 200] {
        let row = format!("P01,Event,Police,500,,,,500,01/04/2025,{spent},30/06/2025,\n");
        imported(&desk, &row);
    }
    let expected = [
        "2025-06-30 spend P01 100.00 tracker",
        "2025-06-30 spend* P01 100.00 tracker",
    ];
    assert_eq!(entries(&desk)[2..], expected);
}

#[test]
fn the_figures_are_those_of_the_year_typed_as_commands() {
    let tracked = desk();
    for rows in [MARCH, JUNE, DECEMBER] {
        imported(&tracked, rows);
    }
    assert_same_figures(&tracked, &typed());
}

/// The year of [`MARCH`], [`JUNE`] and [`DECEMBER`] typed as commands.
pub(crate) fn typed() -> Desk {
    let typed = desk();
    let excused = ["--override", "the tracker has it so"];
    let commands: &[&[&str]] = &[
        &[
            "propose",
            "P01",
            "--pot",
            "upfront",
            "--amount",
            "500",
            "--title",
            "Event",
            "--lead",
            "Police",
            "--on",
            "2025-03-10",
        ],
        &[
            "propose",
            "P02",
            "--pot",
            "upfront",
            "--amount",
            "300",
            "--title",
            "Lights",
            "--lead",
            "Council",
            "--on",
            "2025-03-10",
        ],
        &[
            "recommend",
            "P01",
            "P02",
            "--on",
            "2025-03-10",
            "--year",
            "2025/26",
        ],
        &[
            "submit",
            "P01",
            "P02",
            "--on",
            "2025-03-20",
            "--year",
            "2025/26",
        ],
        &["approve", "P01", "450", "--on", "2025-04-01"],
        &["reject", "P02", "--on", "2025-04-01"],
        &[
            "propose",
            "P03",
            "--pot",
            "upfront",
            "--amount",
            "200",
            "--title",
            "Bikes",
            "--lead",
            "Police",
            "--on",
            "2025-05-01",
        ],
        &["approve", "P03", "200", "--on", "2025-05-01"],
        &["spend", "P01", "420", "--on", "2025-11-15"],
        &["complete", "P01", "--on", "2025-11-15"],
        &["spend", "P03", "80", "--on", "2025-12-31"],
    ];
    for command in commands {
        let words = match command {
            ["spend", rest @ ..] => [&["spend", "add"], rest].concat(),
            ["propose", rest @ ..] => {
                [&["project", "propose"], rest, &["--year", "2025/26"]].concat()
            }
            command => [&["project"], *command].concat(),
        };
        let output = typed.crg(&[&words[..], &excused].concat());
        assert_eq!(
            output.status.code(),
            Some(0),
            "{words:?}\n{}",
            said(&output)
        );
    }
    typed
}

/// Checks that two books answer every question about the year with the same figures.
pub(crate) fn assert_same_figures(tracked: &Desk, typed: &Desk) {
    for question in [
        &["report", "year-end", "2025/26"][..],
        &["pot", "2025/26"],
        &["year", "show", "2025/26"],
        &["project", "list", "2025/26"],
    ] {
        let figures = |desk: &Desk| {
            let csv = stdout(&desk.crg(&[question, &["--format", "csv"]].concat()));
            // The last two columns are the book's last entry and its fingerprint.
            let lines = csv.lines().map(|line| {
                let cells: Vec<&str> = line.rsplitn(3, ',').collect();
                cells.last().copied().unwrap_or_default().to_owned()
            });
            lines.collect::<Vec<String>>()
        };
        assert!(figures(tracked).len() > 1, "{question:?}");
        assert_eq!(figures(tracked), figures(typed), "{question:?}");
    }
}

#[test]
fn what_only_a_person_can_settle_waits_with_its_command() {
    let june = "P01,Event,Police,500,Approved,,,450,01/04/2025,100,30/06/2025,\n";
    let cases = [
        (
            "P01,Event,Police,500,Approved,,,500,01/04/2025,100,30/06/2025,\n",
            "an award of £500.00, the book £450.00",
            "crg project increase P01 50.00 --reference AGREEMENT --year 2025/26",
        ),
        (
            "P01,Event,Police,500,Approved,,,400,01/04/2025,120,30/06/2025,\n",
            "an award of £400.00, the book £450.00",
            "crg project reduce P01 50.00 --reference AGREEMENT --year 2025/26",
        ),
        (
            "P01,Event,Police,500,Approved,,,450,01/04/2025,99.99,30/06/2025,\n",
            "spend of £99.99 up to 30 June 2025, the book £100.00",
            "crg spend list 2025/26 --project P01",
        ),
        (
            "P01,Event,Police,500,Submitted,,01/04/2025,,,,,\n",
            "the tracker has it submitted, the book approved",
            "crg project show P01 --year 2025/26",
        ),
        (
            "P01,Event,Police,500,Declined,01/04/2025,,,,,,\n",
            "the tracker has it declined, the book approved",
            "crg project show P01 --year 2025/26",
        ),
    ];
    for (rows, why, next) in cases {
        let desk = desk();
        imported(&desk, june);
        let before = entries(&desk);
        // The other project goes in, and the one that waits is left as it is.
        let (code, text) = import(
            &desk,
            &format!("{rows}{}", "P09,Bikes,Police,20,,01/05/2025,,,,,,\n"),
            &[],
        );
        assert_eq!(code, Some(1), "{text}");
        assert!(text.contains(why) && text.contains(next), "{text}");
        let after = entries(&desk);
        assert_eq!(after[..before.len()], before);
        let added = ["2025-05-01 propose P09 20.00", "2025-05-01 recommend P09"];
        assert_eq!(after[before.len()..], added, "{rows}");
    }
}

#[test]
fn json_lists_what_waits() {
    let desk = desk();
    imported(&desk, "P01,Event,Police,500,,,,450,01/04/2025,,,\n");
    let increased = "P01,Event,Police,500,,,,500,01/04/2025,,,\n";
    for (rows, entries) in [
        (increased.to_owned(), 0),
        (
            format!("{increased}P09,Bikes,Police,20,,10/03/2025,,,,,,\n"),
            2,
        ),
    ] {
        desk.put("tracker.csv", format!("{HEADER}{rows}"));
        let import = ["project", "import", "tracker.csv", "--map", "map.toml"];
        let output = desk.crg(&[&import[..], &["--json", "--dry-run"]].concat());
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        let json: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
        assert_eq!(json["entries"].as_array().unwrap().len(), entries);
        let expected = serde_json::json!([{
            "row": 2,
            "project": "P01",
            "why": "the tracker has an award of £500.00, the book £450.00",
        }]);
        assert_eq!(json["waiting"], expected);
    }
}

#[test]
fn an_increase_that_was_recorded_waits_no_more() {
    let desk = desk();
    imported(&desk, "P01,Event,Police,500,,,,450,01/04/2025,,,\n");
    let increased = "P01,Event,Police,500,,,,500,01/04/2025,480,31/07/2025,\n";
    assert_eq!(import(&desk, increased, &[]).0, Some(1));
    let increase = ["project", "increase", "P01", "50", "--reference", "E-mail"];
    let output = desk.crg(&[&increase[..], &["--on", "2025-07-01"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    imported(&desk, increased);
    let spend = "2025-07-31 spend P01 480.00 tracker";
    assert_eq!(entries(&desk).last().unwrap(), spend);
}

#[test]
fn spend_that_the_book_has_already_is_not_recorded_again() {
    let desk = desk();
    imported(&desk, "P01,Event,Police,500,,,,500,01/04/2025,,,\n");
    let spend = ["spend", "add", "P01", "60", "--reference", "A1"];
    for day in ["2025-06-01", "2025-09-01"] {
        desk.crg(&[&spend[..], &["--on", day]].concat());
    }
    // Up to the end of June the book has £60.00 of it; what came later is not its business.
    imported(
        &desk,
        "P01,Event,Police,500,,,,500,01/04/2025,100,30/06/2025,\n",
    );
    let lump = "2025-06-30 spend P01 40.00 tracker";
    assert_eq!(entries(&desk).last().unwrap(), lump);
}

#[test]
fn broken_cells_are_listed_all_at_once() {
    let desk = desk();
    let bytes = desk.bytes();
    let rows = "\
P 1,,Police,x,Green,32/03/2025,,500,,,,
P02,Lights,,-5,Purple,,,,,,,
P03,Bikes,Police,100,Approved,,,,,,,
P04,Hats,Police,100,Submitted,,,100,01/04/2025,,,
P05,Hats,Police,100,,,,,,50,,
P06,Hats,Police,100,Approved,02/04/2025,,100,01/04/2025,,,
P07,Hats,Police,100,,,,,,,,
P07,Hats,Police,100,,,,,,,,
,Hats,Police,100,,,,,,,,
";
    let (code, text) = import(&desk, rows, &[]);
    assert_eq!(code, Some(3), "{text}");
    let expected = [
        "row 2: Ref: \"P 1\" is not",
        "row 2: Project: please give the title",
        "row 2: Asked: \"x\" is not an amount",
        "row 2: Group: \"32/03/2025\" is not a day of the calendar",
        "row 2: OPCC: please give the day of approval",
        "row 3: Lead: please give the lead",
        "row 3: Asked: \"-5\" is not an amount of £0.00 or more",
        "row 3: Status: \"Purple\" is not a status",
        "row 4: Award: please give the approved amount",
        "row 5: Status: \"Submitted\" is not the status of a project with an approved amount",
        "row 6: Spent: \"50\" is not possible without an approved amount",
        "row 7: Ref: \"1 April 2025\" is not a day on or after that of a recommendation, 2 April 2025",
        "row 9: Ref: \"P07\" is not a ref of one row only; row 8 has it too",
        "row 10: Ref: please give",
    ];
    for fault in expected {
        assert!(text.contains(fault), "{fault}\n{text}");
    }
    let listed = text.lines().filter(|line| line.starts_with("tracker.csv"));
    assert_eq!(listed.count(), expected.len(), "{text}");
    assert!(desk.bytes() == bytes);
}

#[test]
fn a_refused_row_is_named_and_nothing_recorded() {
    let desk = desk();
    let bytes = desk.bytes();
    let rows =
        "P01,Event,Police,100,,,,100,01/04/2025,,,\nP02,Hats,Police,9000,,,,9000,02/04/2025,,,\n";
    let (code, text) = import(&desk, rows, &[]);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("tracker.csv, row 3: £9,000.00 is"), "{text}");
    assert!(desk.bytes() == bytes);
}

#[test]
fn a_trial_records_nothing_and_json_lists_the_entries() {
    let desk = desk();
    let bytes = desk.bytes();
    let (code, text) = import(&desk, JUNE, &["--dry-run"]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("Would record 11 entries"), "{text}");
    assert!(desk.bytes() == bytes);
    let json = |rows| {
        desk.put("tracker.csv", format!("{HEADER}{rows}"));
        let import = [
            "project",
            "import",
            "tracker.csv",
            "--map",
            "map.toml",
            "--json",
        ];
        let text = stdout(&desk.crg(&import));
        serde_json::from_str::<serde_json::Value>(&text).unwrap()
    };
    let first = json(JUNE);
    assert_eq!(first["entries"].as_array().unwrap().len(), 11);
    assert_eq!(first["entries"][0]["kind"], "propose");
    let again = json(JUNE);
    assert_eq!(again["entries"].as_array().unwrap().len(), 0);
}

#[test]
fn a_suggested_map_reads_a_workbook_with_notes_above_its_header() {
    let desk = desk();
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "Notes").unwrap();
    let sheet = book.add_worksheet().set_name("Tracker").unwrap();
    sheet.write(0, 0, "Projects of 2025/26").unwrap();
    let header = [
        "Project Ref",
        "Project Title",
        "Lead Agency",
        "Amount Requested",
        "Status",
        "Amount Awarded",
        "Date of Award",
        "Spend to date",
    ];
    let row = [
        "P01",
        "Event",
        "Police",
        "500",
        "Approved",
        "450",
        "01/04/2025",
        "20",
    ];
    for (column, (name, cell)) in (0u16..).zip(header.iter().zip(row)) {
        sheet.write(2, column, *name).unwrap();
        sheet.write(3, column, cell).unwrap();
    }
    desk.put("tracker.xlsx", book.save_to_buffer().unwrap());
    let suggest = [
        "project",
        "import",
        "--suggest",
        "tracker.xlsx",
        "--output",
        "t.toml",
    ];
    let output = desk.crg(&suggest);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let map = std::fs::read_to_string(desk.folder.join("t.toml")).unwrap();
    desk.put(
        "t.toml",
        map.replace("# pot = \"upfront\"", "pot = \"upfront\""),
    );
    let import = ["project", "import", "tracker.xlsx", "--map", "t.toml"];
    let output = desk.crg(&[&import[..], &["--year", "2025/26", "--on", "2026-03-31"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("Not read, other sheets: Sheet1"));
    let expected = [
        "2025-04-01 propose P01 500.00",
        "2025-04-01 approve* P01 450.00",
        "2026-03-31 spend P01 20.00 tracker",
    ];
    assert_eq!(entries(&desk), expected);
}

#[test]
fn a_ledger_is_no_tracker() {
    let desk = desk();
    desk.put(
        "ledger.csv",
        "Date,Number,Amount,Supplier\n01/05/2025,A1,5.00,Hall\n",
    );
    let output = desk.crg(&["project", "import", "--suggest", "ledger.csv"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(said(&output).contains("its columns seem to be Date, Number, Amount, Supplier"));
}
