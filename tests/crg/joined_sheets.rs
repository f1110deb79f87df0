//! A sheet a month: sheets with the same header are one extract, and its rows are named by sheet.

use rust_xlsxwriter::Workbook;
use serde_json::Value;

use crate::import::{Desk, MAP, said, stdout};

const HEADER: &str = "Date,Number,Amount,Supplier,Code";

/// A workbook with these sheets, each of CSV below the usual header.
fn workbook(desk: &Desk, sheets: &[(&str, &str)]) {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).unwrap();
        // Rows may bring a header of their own.
        let usual = (!rows.starts_with("Date")).then_some(HEADER);
        let lines = usual.into_iter().chain(rows.lines());
        for (row, line) in (0u32..).zip(lines) {
            for (column, cell) in (0u16..).zip(line.split(',')) {
                if !cell.is_empty() {
                    sheet.write(row, column, cell).unwrap();
                }
            }
        }
    }
    let notes = workbook.add_worksheet().set_name("Notes").unwrap();
    notes.write(0, 0, "Run on 1 June").unwrap();
    desk.put("ledger.xlsx", workbook.save_to_buffer().unwrap());
}

fn import(desk: &Desk, map: &str, options: &[&str]) -> (Option<i32>, String, String) {
    desk.put("map.toml", map);
    let import = ["spend", "import", "ledger.xlsx", "--map", "map.toml"];
    let output = desk.crg(&[&import[..], options].concat());
    (output.status.code(), stdout(&output), said(&output))
}

const APRIL: &str = "\
03/04/2025,INV-1,10.00,Smith,A1
04/04/2025,INV-2,20.00,Smith,A1
,,30.00,,
";

const MAY: &str = "\
05/05/2025,INV-3,5.00,Smith,A1
06/05/2025,INV-4,7.00,Jones,C3
,,12.00,,
";

#[test]
fn sheets_with_the_same_header_are_one_extract() {
    let desk = Desk::new();
    workbook(&desk, &[("April", APRIL), ("May", MAY)]);
    let (code, table, said) = import(&desk, MAP, &[]);
    assert_eq!(code, Some(0), "{table}{said}");
    assert!(
        table.contains("Read as one, sheets: April, May."),
        "{table}"
    );
    assert!(table.contains("Not read, other sheets: Notes."), "{table}");
    assert!(table.contains("Sheet"), "{table}");
    let expected = [
        "2025-04-03 P01 10.00 Smith INV-1",
        "2025-04-04 P01 20.00 Smith INV-2",
        "2025-05-05 P01 5.00 Smith INV-3",
        "2025-05-06 P03 7.00 Jones INV-4",
    ];
    assert_eq!(desk.payments(), expected);
    let log = stdout(&desk.crg(&["dump", "-"]));
    assert!(log.contains("ledger.xlsx, sheet May, row 3"), "{log}");
    let bytes = desk.bytes();
    assert_eq!(import(&desk, MAP, &[]).0, Some(0));
    assert!(desk.bytes() == bytes);
}

#[test]
fn json_names_the_sheet_of_each_row() {
    let desk = Desk::new();
    workbook(&desk, &[("April", APRIL), ("May", MAY)]);
    let (_, json, _) = import(&desk, MAP, &["--json", "--dry-run"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    let rows = json["rows"].as_array().unwrap().iter();
    let places = rows.map(|row| (row["sheet"].as_str().unwrap(), row["row"].as_u64().unwrap()));
    let places: Vec<(&str, u64)> = places.collect();
    assert_eq!(places, [("April", 2), ("April", 3), ("May", 2), ("May", 3)]);
    // The total below each sheet is that of its rows.
    assert_eq!(json["grand_total"], Value::Null);
    assert_eq!(json["passed_over"]["totals"], 2);
    assert_eq!(json["sheets"]["together"][1], "May");
}

/// Another month's line may be a correction or a copy: only a person knows. Each sheet alone is
/// recognised line by line, so that nothing is recorded twice.
#[test]
fn sheets_that_repeat_a_line_are_refused_and_read_in_turn() {
    let may = format!("04/04/2025,INV-2,20.00,Smith,A1\n{MAY}").replace(",,12.00,,\n", "");
    let all = format!("{APRIL}{MAY}");
    for (sheets, place) in [
        ([("April", APRIL), ("May", &may[..])], "sheet May, row 2"),
        ([("All", &all[..]), ("May", MAY)], "sheet May, row 2"),
        ([("May", MAY), ("All", &all[..])], "sheet All, row 5"),
    ] {
        let desk = Desk::new();
        let bytes = desk.bytes();
        workbook(&desk, &sheets);
        let (code, _, said) = import(&desk, MAP, &[]);
        assert_eq!(code, Some(3), "{said}");
        let first = sheets[0].0;
        let expected = format!(
            "the line in {place} is in another of them too; name one in the map, such as \
             sheet = \"{first}\", and import each in turn"
        );
        assert!(said.contains(&expected), "{said}");
        assert!(desk.bytes() == bytes);
        for (sheet, _) in sheets {
            let (code, _, said) = import(&desk, &format!("sheet = \"{sheet}\"\n{MAP}"), &[]);
            assert_eq!(code, Some(0), "{said}");
        }
        assert_eq!(desk.payments().len(), 4);
    }
}

#[test]
fn no_code_is_filled_in_from_the_sheet_before() {
    let desk = Desk::new();
    let may = MAY.replace("Smith,A1", "Smith,");
    workbook(&desk, &[("April", APRIL), ("May", &may)]);
    let (code, _, said) = import(&desk, &format!("fill_down = [\"Code\"]\n{MAP}"), &[]);
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("ledger.xlsx, sheet May, row 2: "), "{said}");
}

#[test]
fn a_bad_line_is_named_by_its_sheet() {
    let desk = Desk::new();
    let may = MAY.replace("05/05/2025", "05/0572025");
    workbook(&desk, &[("April", APRIL), ("May", &may)]);
    let (code, _, said) = import(&desk, MAP, &[]);
    assert_eq!(code, Some(3), "{said}");
    assert!(
        said.contains("ledger.xlsx, sheet May, row 2: Date"),
        "{said}"
    );
    let (code, _, said) = import(&desk, MAP, &["--skip-bad"]);
    assert_eq!(code, Some(0), "{said}");
    let refused = std::fs::read_to_string(desk.folder.join("ledger-refused.csv")).unwrap();
    assert!(refused.contains("\"May, row 2\""), "{refused}");
    assert_eq!(desk.payments().len(), 3);
}

#[test]
fn what_waits_is_named_by_its_sheet() {
    let desk = Desk::new();
    let add = [
        "spend",
        "add",
        "P01",
        "5",
        "--on",
        "2025-05-04",
        "--supplier",
        "Smith",
    ];
    assert_eq!(desk.crg(&add).status.code(), Some(0));
    workbook(&desk, &[("April", APRIL), ("May", MAY)]);
    let (code, table, said) = import(&desk, MAP, &["--waiting", "waiting.csv"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(table.contains("May      2     26"), "{table}");
    let waiting = std::fs::read_to_string(desk.folder.join("waiting.csv")).unwrap();
    assert!(waiting.contains("May"), "{waiting}");
    let (code, _, said) = import(&desk, MAP, &["--decisions", "waiting.csv"]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(desk.payments().len(), 4);
}

#[test]
fn sheets_with_different_headers_are_not_joined() {
    let desk = Desk::new();
    let may = format!("{HEADER},Gross\n05/05/2025,INV-3,5.00,Smith,A1,6.00\n");
    workbook(&desk, &[("April", APRIL), ("May", &may)]);
    let (code, _, said) = import(&desk, MAP, &[]);
    assert_eq!(code, Some(3), "{said}");
    let several = "ledger.xlsx: has several sheets with these columns: April, May; name one in the map, such as sheet = \"April\", and import each in turn";
    assert!(said.contains(several), "{said}");
}
