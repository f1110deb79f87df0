//! `crg spend import --also-in`: several grants on one ledger. What another grant has is said, what no
//! grant has is named, and what two grants have is recorded by neither.

use std::fs;

use crg::import::Folder;
use serde_json::{Value, json};

use crate::import::{Desk, HEADER, MAP, said, stdout};

/// Another grant's book: P01 there has paid one invoice.
const OTHER: &str = "\
on,year,kind,project,pot,amount,title,lead,supplier,reference,override
2025-04-01,2025/26,allocate,,upfront,1000.00,,,,,
2025-04-01,2025/26,propose,P01,upfront,500.00,Safer streets,A council,,,
2025-04-01,2025/26,approve,P01,,500.00,,,,,as the other funder has it
2025-04-10,2025/26,spend,P01,,80.00,,,Lamps Ltd,L-1,
";

const LINES: &str = "\
03/04/2025,INV-1,10.00,Smith,A1
10/04/2025,L-1,80.00,LAMPS LTD,X9
11/04/2025,L-2,25.00,LAMPS LTD,X9
12/04/2025,Q-1,7.50,Nobody,Z0
13/04/2025,S-1,3.00,Stationery,9000
14/04/2025,S-2,0.00,Nobody,Z0
";

fn desk() -> Desk {
    let other = Desk::of(Folder::BuiltIn(&[("entries.csv", OTHER)]));
    let desk = Desk::new();
    let book = fs::read(other.folder.join("book.db")).unwrap();
    desk.put("other.db", book);
    let outside = "[[outside]]\ncolumn = 'Code'\nis = '9000'\n";
    desk.put("map.toml", format!("unmatched = 'outside'\n{MAP}{outside}"));
    let columns = &MAP[..MAP.find("[[project]]").unwrap()];
    let rule = "[[project]]\nref = 'P01'\ncolumn = 'Code'\nis = 'X9'\n";
    desk.put(
        "other.toml",
        format!("unmatched = 'outside'\n{columns}{rule}"),
    );
    desk
}

fn import(desk: &Desk, lines: &str, options: &[&str]) -> (Option<i32>, String, String) {
    desk.put("extract.csv", format!("{HEADER}{lines}"));
    let import = ["spend", "import", "extract.csv", "--map", "map.toml"];
    let output = desk.crg(&[&import[..], options].concat());
    (output.status.code(), stdout(&output), said(&output))
}

fn also_in(desk: &Desk, options: &[&str]) -> Value {
    let options = [&["--json", "--dry-run"], options].concat();
    let (code, json, said) = import(desk, LINES, &options);
    assert_eq!(code, Some(0), "{said}");
    let json: Value = serde_json::from_str(&json).unwrap();
    json["also_in"].clone()
}

#[test]
fn a_line_that_no_grant_has_is_named() {
    let desk = desk();
    assert_eq!(also_in(&desk, &[]), Value::Null);
    let nobody = json!({
        "row": 5, "on": "2025-04-12", "supplier": "Nobody", "reference": "Q-1", "amount": "7.50",
    });
    // The book of the other grant has one of its two invoices.
    let by_book = also_in(&desk, &["--also-in", "other.db"]);
    let found = json!([{ "name": "other.db", "lines": 1, "amount": "80.00" }]);
    assert_eq!(by_book["others"], found);
    assert_eq!(
        by_book["unclaimed"],
        json!({ "lines": 2, "amount": "32.50" })
    );
    assert_eq!(by_book["rows"][0]["reference"], "L-2");
    assert_eq!(by_book["rows"][1], nobody);
    // Its map claims both by their code.
    let by_map = also_in(&desk, &["--also-in", "other.db", "--also-in", "other.toml"]);
    let found = json!([
        { "name": "other.db", "lines": 1, "amount": "80.00" },
        { "name": "other.toml", "lines": 2, "amount": "105.00" },
    ]);
    assert_eq!(by_map["others"], found);
    assert_eq!(by_map["unclaimed"], json!({ "lines": 1, "amount": "7.50" }));
    assert_eq!(by_map["rows"], json!([nobody]));
}

#[test]
fn the_table_lists_it_too() {
    let desk = desk();
    let (code, table, said) = import(&desk, LINES, &["--also-in", "other.toml"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        table.contains("1 line of £7.50 belongs to no grant."),
        "{table}"
    );
    assert!(table.contains("other.toml      2  £105.00"), "{table}");
    let all_known = LINES.replace("Z0", "9000");
    let (_, table, _) = import(&desk, &all_known, &["--also-in", "other.toml"]);
    assert!(
        table.contains("Every line outside this grant belongs to another"),
        "{table}"
    );
}

#[test]
fn a_payment_of_two_grants_is_recorded_by_neither() {
    let desk = desk();
    let bytes = desk.bytes();
    let lines = LINES.replace("LAMPS LTD,X9", "Lamps Ltd,A1");
    for other in ["other.db", "other.toml"] {
        desk.put(
            "other.toml",
            fs::read_to_string(desk.folder.join("other.toml"))
                .unwrap()
                .replace("'X9'", "'A1'"),
        );
        let (code, _, said) = import(&desk, &lines, &["--also-in", other]);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(&format!("row 3: {other}")), "{said}");
        assert!(
            said.contains("in another grant too; nothing was recorded"),
            "{said}"
        );
        assert!(desk.bytes() == bytes);
    }
    let (code, _, said) = import(&desk, &lines, &[]);
    assert_eq!(code, Some(0), "{said}");
}
