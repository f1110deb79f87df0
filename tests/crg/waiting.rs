//! `crg spend import`: what may be in the book already waits for a decision, and what was decided
//! is remembered.

use std::fs;

use crg::import::Folder;

use crate::import::{Desk, ENTRIES, HEADER, MAP, said, stdout};

const IMPORT: [&str; 5] = ["spend", "import", "may.csv", "--map", "map.toml"];

/// A desk with the map, these payments typed, and this extract.
fn desk(typed: &[&[&str]], rows: &str) -> Desk {
    let desk = Desk::new();
    desk.put("map.toml", MAP);
    for payment in typed {
        let arguments = [&["spend", "add"], *payment].concat();
        let output = desk.crg(&arguments);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    }
    desk.put("may.csv", format!("{HEADER}{rows}"));
    desk
}

/// Imports, and says how it ends.
fn import(desk: &Desk, options: &[&str]) -> (Option<i32>, String) {
    let output = desk.crg(&[&IMPORT[..], options].concat());
    (output.status.code(), stdout(&output) + &said(&output))
}

const WAITING: &str = "may.csv.waiting.csv";

/// Fills in the column `action` of each waiting line, in their order.
fn decide(desk: &Desk, actions: &[&str]) {
    let path = desk.folder.join(WAITING);
    let text = fs::read_to_string(&path).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut writer = csv::Writer::from_path(&path).unwrap();
    writer.write_record(reader.headers().unwrap()).unwrap();
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), actions.len(), "{text}");
    for (record, action) in records.iter().zip(actions) {
        let cells = record.iter().skip(1);
        writer
            .write_record([*action].into_iter().chain(cells))
            .unwrap();
    }
    writer.flush().unwrap();
}

/// Carries out decisions, all of which must then be remembered.
fn carry_out(desk: &Desk, actions: &[&str]) {
    decide(desk, actions);
    let (code, text) = import(desk, &["--decisions", WAITING]);
    assert_eq!(code, Some(0), "{text}");
    let bytes = desk.bytes();
    let (code, text) = import(desk, &[]);
    assert_eq!(code, Some(0), "{text}");
    assert!(desk.bytes() == bytes, "a second import changed the book");
    let (code, text) = import(desk, &["--decisions", WAITING]);
    assert_eq!(code, Some(0), "{text}");
    assert!(desk.bytes() == bytes, "decisions were carried out twice");
}

const HALL: [&str; 8] = [
    "P01",
    "75",
    "--on",
    "2025-06-05",
    "--supplier",
    "Hall Hire Ltd",
    "--reference",
    "A1",
];

#[test]
fn a_payment_typed_and_printed_otherwise_is_recorded_once() {
    let desk = desk(&[&HALL], "05/06/2025,A1,75.00,HALL HIRE LIMITED,A1\n");
    let (code, text) = import(&desk, &[]);
    assert_eq!(code, Some(1), "{text}");
    assert!(
        text.contains("likely") && text.contains("same as"),
        "{text}"
    );
    carry_out(&desk, &["same as 26"]);
    assert_eq!(desk.payments(), ["2025-06-05 P01 75.00 Hall Hire Ltd A1"]);
}

#[test]
fn a_struck_line_is_put_back_without_the_changed_one_being_added() {
    let desk = desk(
        &[],
        "05/06/2025,A1,75.00,Hall Hire,A1\n06/06/2025,A2,20.00,Print Co,A1\n",
    );
    assert_eq!(import(&desk, &[]).0, Some(0));
    desk.crg(&["reverse", "26", "--note", "not ours after all"]);
    let rows = "05/06/2025,A1,75.00,Hall Hire,A1\n06/06/2025,A2,22.00,Print Co,A1\n";
    desk.put("may.csv", format!("{HEADER}{rows}"));
    let (code, text) = import(&desk, &[]);
    assert_eq!(code, Some(1), "{text}");
    assert!(
        text.contains("struck") && text.contains("replace 27"),
        "{text}"
    );
    carry_out(&desk, &["add", "replace 27"]);
    let mut payments = desk.payments();
    payments.sort_unstable();
    let expected = [
        "2025-06-05 P01 75.00 Hall Hire A1",
        "2025-06-06 P01 22.00 Print Co A2",
    ];
    assert_eq!(payments, expected);
}

#[test]
fn an_invoice_split_in_the_book_or_in_the_ledger_is_one() {
    let part = |project, amount| {
        let words = [
            project,
            amount,
            "--on",
            "2025-09-01",
            "--supplier",
            "Print Co",
            "--reference",
            "INV-5",
        ];
        words.map(str::to_owned)
    };
    let (one, other) = (part("P01", "40"), part("P02", "60"));
    let one: Vec<&str> = one.iter().map(String::as_str).collect();
    let other: Vec<&str> = other.iter().map(String::as_str).collect();
    let split = desk(&[&one, &other], "01/09/2025,INV-5,100.00,Print Co,A1\n");
    let (code, text) = import(&split, &[]);
    assert!(code == Some(1) && text.contains("same as 26;27"), "{text}");
    carry_out(&split, &["same as 26;27"]);
    assert_eq!(split.spend().total.to_string(), "100.00");

    let whole = part("P01", "100");
    let whole: Vec<&str> = whole.iter().map(String::as_str).collect();
    let rows = "01/09/2025,INV-5,40.00,Print Co,A1\n01/09/2025,INV-5,60.00,Print Co,B2\n";
    let merged = desk(&[&whole], rows);
    let (code, text) = import(&merged, &[]);
    assert!(
        code == Some(1) && text.contains("2 lines of £100.00 wait"),
        "{text}"
    );
    carry_out(&merged, &["replace 26", "replace 26"]);
    let mut payments = merged.payments();
    payments.sort_unstable();
    let expected = [
        "2025-09-01 P01 40.00 Print Co INV-5",
        "2025-09-01 P02 60.00 Print Co INV-5",
    ];
    assert_eq!(payments, expected);
}

/// Parts that somebody typed without the supplier are found by their reference.
#[test]
fn parts_typed_without_a_supplier_are_not_recorded_again() {
    let part = |amount| {
        [
            "P01",
            amount,
            "--on",
            "2025-09-01",
            "--reference",
            "INV-005",
        ]
    };
    let (one, other) = (part("40"), part("60"));
    let desk = desk(&[&one, &other], "01/09/2025,INV-5,100.00,Print Co,A1\n");
    let (code, text) = import(&desk, &[]);
    assert!(code == Some(1) && text.contains("same as 26;27"), "{text}");
    carry_out(&desk, &["same as 26;27"]);
    assert_eq!(desk.spend().total.to_string(), "100.00");
}

/// One entry is not two payments, although somebody copied the decision down.
#[test]
fn two_lines_are_not_one_entry_of_the_amount_of_one() {
    let rows = "05/06/2025,A1,75.00,HALL HIRE LIMITED,A1\n12/06/2025,A1,75.00,Hall Hire,A1\n";
    let desk = desk(&[&HALL], rows);
    assert_eq!(import(&desk, &[]).0, Some(1));
    let bytes = desk.bytes();
    decide(&desk, &["same as 26", "same as 26"]);
    let (code, text) = import(&desk, &["--decisions", WAITING]);
    let says = "2 lines are the same as entry 26, £150.00 in all, and it is £75.00";
    assert!(code == Some(3) && text.contains(says), "{text}");
    assert!(desk.bytes() == bytes, "{text}");
    carry_out(&desk, &["same as 26", "add"]);
    assert_eq!(desk.spend().total.to_string(), "150.00");
}

#[test]
fn what_waits_is_counted_and_what_does_not_is_recorded() {
    let rows = "05/06/2025,A1,75.00,HALL HIRE LIMITED,A1\n06/06/2025,B1,20.00,Print Co,A1\n";
    let desk = desk(&[&HALL], rows);
    let (code, text) = import(&desk, &["--dry-run"]);
    assert_eq!(code, Some(1), "{text}");
    assert!(!desk.folder.join(WAITING).exists(), "a trial wrote a file");
    let output = desk.crg(&[&IMPORT[..], &["--json", "--wait-ok"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let report: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    let lines = |key: &str| report[key]["lines"].as_u64().unwrap();
    assert_eq!(
        ["lines", "new", "same", "waiting", "likely", "decided"].map(lines),
        [2, 1, 0, 1, 1, 0]
    );
    assert_eq!(report["recorded"], true);
    assert_eq!(report["rows"][0]["year"], "2025/26");
    assert_eq!(report["rows"][0]["resembles"][0]["entry"], 26);
    assert_eq!(desk.payments().len(), 2);
    // The new line has its source on record, the typed one none.
    desk.crg(&["dump", "out"]);
    let dump = fs::read_to_string(desk.folder.join("out/entries.csv")).unwrap();
    assert_eq!(dump.matches(",ledger,").count(), 1, "{dump}");
}

#[test]
fn a_file_of_waiting_lines_is_never_written_over() {
    let desk = desk(&[&HALL], "05/06/2025,A1,75.00,HALL HIRE LIMITED,A1\n");
    desk.put(WAITING, "precious");
    let (code, text) = import(&desk, &[]);
    assert_eq!(code, Some(1), "{text}");
    assert_eq!(
        fs::read_to_string(desk.folder.join(WAITING)).unwrap(),
        "precious"
    );
    let other = fs::read_to_string(desk.folder.join("may.csv.waiting-2.csv")).unwrap();
    assert!(other.contains("HALL HIRE LIMITED"), "{other}");
    let (code, text) = import(&desk, &["--waiting", WAITING]);
    assert!(code == Some(4) && text.contains("already exists"), "{text}");
    let (code, text) = import(&desk, &["--waiting", "decide.csv"]);
    assert!(
        code == Some(1) && text.contains("--decisions decide.csv"),
        "{text}"
    );
}

/// A refused decision, or a decision about something else, leaves the book as it was.
#[test]
fn decisions_are_carried_out_all_or_none() {
    let rows = "05/06/2025,A1,75.00,HALL HIRE LIMITED,A1\n05/06/2025,A1,2000.00,Hall Hire Ltd,A1\n";
    let desk = desk(&[&HALL], rows);
    assert_eq!(import(&desk, &[]).0, Some(1));
    let bytes = desk.bytes();
    for (actions, code, says) in [
        (["same as 26", "add"], 1, "more than project P01 has left"),
        (
            ["same as 26", "replace 26"],
            1,
            "more than project P01 has left",
        ),
        (
            ["same as 1", "ignore"],
            3,
            "entry 1 is not a payment that counts",
        ),
        (["twice", "ignore"], 3, "\"twice\" is not an action"),
    ] {
        decide(&desk, &actions);
        let (found, text) = import(&desk, &["--decisions", WAITING]);
        assert!(
            found == Some(code) && text.contains(says),
            "{actions:?}: {text}"
        );
        assert!(desk.bytes() == bytes, "{actions:?} changed the book");
    }
    decide(&desk, &["", "ignore"]);
    let (code, text) = import(&desk, &["--decisions", WAITING]);
    assert!(
        code == Some(1) && text.contains("1 line of £75.00 waits"),
        "{text}"
    );
    // Reversing the entry that answers for a line opens the question again.
    carry_out(&desk, &["same as 26", "ignore"]);
    desk.crg(&["reverse", "26", "--note", "wrong"]);
    let (code, text) = import(&desk, &[]);
    assert!(code == Some(1) && text.contains("struck"), "{text}");
}

/// A decision is remembered although the ledger spells the line otherwise the next time.
#[test]
fn a_decision_is_remembered_for_a_line_that_is_spelt_otherwise() {
    let typed = ["P01", "75", "--on", "2025-06-04"];
    let desk = desk(&[&typed], "05/06/2025,007,75.00,Hall Hire Ltd,A1\n");
    assert_eq!(import(&desk, &[]).0, Some(1));
    carry_out(&desk, &["same as 26"]);
    desk.put(
        "may.csv",
        format!("{HEADER}05/06/2025,7,75.00,HALL HIRE LIMITED,A1\n"),
    );
    assert_eq!(import(&desk, &[]).0, Some(0));
    assert_eq!(desk.payments(), ["2025-06-04 P01 75.00"]);
}

/// What was decided holds although the line no longer resembles anything.
#[test]
fn a_decision_holds_after_its_entry_was_reversed() {
    let desk = desk(&[&HALL], "05/06/2025,A1,75.00,HALL HIRE LIMITED,A1\n");
    assert_eq!(import(&desk, &[]).0, Some(1));
    desk.crg(&["reverse", "26", "--note", "not ours"]);
    let (code, text) = import(&desk, &["--decisions", WAITING]);
    assert!(
        code == Some(3) && text.contains("entry 26 is not a payment that counts"),
        "{text}"
    );
    carry_out(&desk, &["ignore"]);
    assert!(desk.payments().is_empty(), "{:?}", desk.payments());
}

/// Of two equal lines, the one that waits is the same one in the next import.
#[test]
fn a_line_that_waits_keeps_waiting_beside_its_equal() {
    let typed = ["P01", "75", "--on", "2025-06-04", "--supplier", "Hall"];
    let rows = "05/06/2025,,75.00,HALL LTD,A1\n05/06/2025,,75.00,HALL LTD,A1\n";
    let desk = desk(&[&typed], rows);
    let (code, text) = import(&desk, &[]);
    assert!(
        code == Some(1) && text.contains("1 line of £75.00 waits"),
        "{text}"
    );
    carry_out(&desk, &["same as 26"]);
    assert_eq!(desk.spend().total.to_string(), "150.00");
}

#[test]
fn a_supplier_that_the_ledger_renames_is_recorded_once_without_a_reference() {
    let desk = desk(&[], "05/06/2025,,75.00,Hall Hire Ltd,A1\n");
    assert_eq!(import(&desk, &[]).0, Some(0));
    desk.put(
        "may.csv",
        format!("{HEADER}05/06/2025,,75.00,HALL HIRE LIMITED,A1\n"),
    );
    let (code, text) = import(&desk, &[]);
    assert!(code == Some(1) && text.contains("likely"), "{text}");
    carry_out(&desk, &["same as 26"]);
    assert_eq!(desk.payments().len(), 1);
}

/// What a correction replaced is answered for: the ledger's line does not wait.
#[test]
fn a_corrected_entry_answers_for_its_line() {
    let desk = desk(
        &[],
        "05/06/2025,A1,75.00,Hall Hire Ltd,A1\n06/06/2025,A2,20.00,Print Co,A1\n",
    );
    assert_eq!(import(&desk, &[]).0, Some(0));
    let corrected = desk.crg(&["correct", "26", "--project", "P02", "--amount", "70"]);
    assert_eq!(corrected.status.code(), Some(0), "{}", said(&corrected));
    let bytes = desk.bytes();
    let (code, text) = import(&desk, &[]);
    assert_eq!(code, Some(0), "{text}");
    assert!(desk.bytes() == bytes, "{text}");
    // Spelt otherwise, the line waits, and is not recorded again.
    desk.put(
        "may.csv",
        format!("{HEADER}05/06/2025,A1,75.00,HALL HIRE LIMITED,A1\n"),
    );
    let corrected = desk.crg(&["correct", "29", "--supplier", "Another"]);
    assert_eq!(corrected.status.code(), Some(0), "{}", said(&corrected));
    let (code, text) = import(&desk, &[]);
    assert!(code == Some(1) && text.contains("likely"), "{text}");
}

#[test]
fn a_workbook_s_waiting_lines_are_a_workbook_that_is_read_back() {
    let desk = desk(&[&HALL], "");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip([
        ["Date", "Number", "Amount", "Supplier", "Code"],
        ["05/06/2025", "A1", "75.00", "HALL HIRE LIMITED", "A1"],
    ]) {
        sheet.write_row(row, 0, cells).unwrap();
    }
    book.save(desk.folder.join("may.xlsx")).unwrap();
    let import = ["spend", "import", "may.xlsx", "--map", "map.toml"];
    let output = desk.crg(&import);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let waiting = "may.xlsx.waiting.xlsx";
    assert!(desk.folder.join(waiting).exists());
    let output = desk.crg(&[&import[..], &["--decisions", waiting]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(desk.payments(), ["2025-06-05 P01 75.00 Hall Hire Ltd A1"]);
}

// == What a person types ==

#[test]
fn a_typed_payment_says_what_it_resembles() {
    let desk = desk(&[], "05/06/2025,A1,75.00,HALL HIRE LIMITED,A1\n");
    assert_eq!(import(&desk, &[]).0, Some(0));
    let add = |words: &[&str]| {
        let output = desk.crg(&[&["spend", "add", "P01"], words].concat());
        (output.status.code(), said(&output))
    };
    let same = [
        "75",
        "--on",
        "2025-06-05",
        "--supplier",
        "Hall Hire Limited",
        "--reference",
        "a1",
    ];
    let (code, text) = add(&same);
    assert!(code == Some(1) && text.contains("--override"), "{text}");
    let likely = [
        "75",
        "--on",
        "2025-06-06",
        "--supplier",
        "Hall Hire Ltd",
        "--dry-run",
    ];
    let (code, text) = add(&likely);
    assert!(
        code == Some(0) && text.contains("may be the same payment as entry 26"),
        "{text}"
    );
    let further = [
        "80",
        "--on",
        "2025-06-06",
        "--supplier",
        "Hall Hire Ltd",
        "--reference",
        "A1",
        "--dry-run",
    ];
    let (code, text) = add(&further);
    assert!(
        code == Some(0) && text.contains("has the supplier and reference of entry 26"),
        "{text}"
    );
    let other = [
        "80",
        "--on",
        "2025-06-06",
        "--supplier",
        "Print Co",
        "--dry-run",
    ];
    let (code, text) = add(&other);
    assert!(code == Some(0) && !text.contains("note: "), "{text}");
}

#[test]
fn check_names_lookalikes_until_they_are_decided() {
    let lookalikes = |desk: &Desk| -> Vec<String> {
        let found = stdout(&desk.crg(&["check", "--format", "csv", "--quiet"]));
        let found = found.lines().filter(|line| line.starts_with("lookalikes,"));
        found.map(str::to_owned).collect()
    };
    let desk = desk(&[&HALL], "05/06/2025,A1,80.00,Hall Hire Limited,A1\n");
    assert!(
        lookalikes(&desk)[0].starts_with("lookalikes,ok"),
        "{:?}",
        lookalikes(&desk)
    );
    let again = [
        &["spend", "add"],
        &HALL[..1],
        &["75", "--on", "2025-06-06", "--supplier", "Hall hire"],
    ]
    .concat();
    assert_eq!(desk.crg(&again).status.code(), Some(0));
    let found = lookalikes(&desk);
    assert!(
        found.len() == 1 && found[0].contains("entries 26, 27 may be the same"),
        "{found:?}"
    );
    desk.crg(&["reverse", "27", "--note", "twice"]);
    assert!(lookalikes(&desk)[0].starts_with("lookalikes,ok"));
    // A further payment that was decided is none.
    assert_eq!(import(&desk, &[]).0, Some(1));
    carry_out(&desk, &["add"]);
    assert!(
        lookalikes(&desk)[0].starts_with("lookalikes,ok"),
        "{:?}",
        lookalikes(&desk)
    );
}

// == The year of a line ==

/// A second year with the same ref.
fn two_years() -> Desk {
    let mut entries = ENTRIES.to_owned();
    entries.push_str("2026-04-01,2026/27,allocate,,upfront,1000.00,,,\n");
    for kind in ["propose", "recommend", "endorse", "submit", "approve"] {
        let amount = if matches!(kind, "propose" | "approve") {
            "500.00"
        } else {
            ""
        };
        let (pot, title, lead) = if kind == "propose" {
            ("upfront", "Packs", "A council")
        } else {
            ("", "", "")
        };
        entries.push_str(&format!(
            "2026-04-01,2026/27,{kind},P01,{pot},{amount},{title},{lead},\n"
        ));
    }
    let entries: &'static str = entries.leak();
    let desk = Desk::of(Folder::BuiltIn(&[("entries.csv", entries)]));
    desk.put("map.toml", MAP);
    desk
}

#[test]
fn a_line_of_april_says_which_year_it_went_into() {
    let desk = two_years();
    desk.put(
        "may.csv",
        format!("{HEADER}20/04/2026,INV9,48.00,Print Co,A1\n"),
    );
    let (code, text) = import(&desk, &[]);
    assert_eq!(code, Some(0), "{text}");
    assert!(
        text.contains("2026/27") && text.contains("2025/26 has a project P01 too"),
        "{text}"
    );
    // Told otherwise afterwards, it is not the same and not another: it waits.
    let (code, text) = import(&desk, &["--year", "2025/26"]);
    assert!(code == Some(1) && text.contains("elsewhere"), "{text}");
    // Corrected, it answers for the line as it was and as it is.
    let corrected = desk.crg(&["correct", "32", "--year", "2025/26"]);
    assert_eq!(corrected.status.code(), Some(0), "{}", said(&corrected));
    assert_eq!(import(&desk, &[]).0, Some(0));
    assert_eq!(import(&desk, &["--year", "2025/26"]).0, Some(0));
}

#[test]
fn a_line_of_a_project_that_only_the_year_before_has_names_that_year() {
    let desk = two_years();
    desk.put(
        "may.csv",
        format!("{HEADER}20/04/2026,INV9,48.00,Print Co,C3\n"),
    );
    let (code, text) = import(&desk, &[]);
    assert!(code == Some(1) && text.contains("--year 2025/26"), "{text}");
    assert_eq!(import(&desk, &["--year", "2025/26"]).0, Some(0));
}

#[test]
fn a_map_may_give_the_year_and_the_days() {
    let desk = two_years();
    let keys = "year = '2025/26'\nfrom = '2026-04-01'\nto = '30 April 2026'\n";
    desk.put("map.toml", format!("{keys}{MAP}"));
    let rows = "31/03/2026,A,1.00,S,A1\n20/04/2026,B,2.00,S,A1\n01/05/2026,C,4.00,S,Z9\n";
    desk.put("may.csv", format!("{HEADER}{rows}"));
    let (code, text) = import(&desk, &[]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("Other days      2   £5.00"), "{text}");
    assert_eq!(desk.payments(), ["2026-04-20 P01 2.00 S B"]);
}

/// One load has one moment for all that it records: what it reverses replaces nothing.
#[test]
fn a_payment_recorded_and_reversed_by_one_load_replaces_nothing() {
    let desk = desk(&[], "");
    let rows = "on,year,kind,project,amount,supplier,reference,value,note\n\
                2025-06-01,2025/26,spend,P01,10.00,Smith,INV-1,ledger,\n\
                ,2025/26,reverse,,,,1,,A mistake\n";
    desk.put("both.csv", rows);
    let loaded = desk.crg(&["load", "both.csv"]);
    assert!(loaded.status.success(), "{loaded:?}");
    let checked = desk.crg(&["check"]);
    assert!(checked.status.success(), "{checked:?}");
}
