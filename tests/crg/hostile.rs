//! Extracts, maps and workbooks that are broken or meant to do harm: they are told, in bounded time
//! and memory, and what is taken is what they say.
//!
//! `CRG_FUZZ=100000 cargo test --release hostile` tries that many times as much as usual allows.

use std::fs;
use std::path::Path;

use crg::import::extract::suggest;
use crg::import::{Extract, Map};
use crg::model::Money;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::files::TempFolder;
use crate::import::{Deciding, Desk, HEADER, MAP};
use crate::workbooks::{Parts, parts, with, zipped};

/// How many cases a test tries: as many as usual, or so many times more.
pub(crate) fn cases(usual: u32) -> ProptestConfig {
    let times = std::env::var("CRG_FUZZ")
        .ok()
        .and_then(|times| times.parse().ok())
        .unwrap_or(1);
    ProptestConfig {
        cases: usual * times,
        failure_persistence: None,
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    }
}

fn read(file: &Path, map: &Map) -> Result<Extract, String> {
    Extract::read(file, map, None, &mut ()).map_err(|error| error.to_string())
}

/// Reads bytes as an extract and suggests a map for them: either may be refused, nothing else.
fn survives(folder: &TempFolder, bytes: &[u8]) -> Option<Extract> {
    let file = folder.join("extract");
    fs::write(&file, bytes).unwrap();
    if let Ok(text) = suggest(&file, &[]) {
        // What is suggested is a map, but for the project that only a person knows.
        let named = text.replace("unmatched = \"refuse\"", "unmatched = \"P01\"");
        let map = Map::parse("map.toml".as_ref(), &named)
            .unwrap_or_else(|error| panic!("{error}\n{text}"));
        let _ = read(&file, &map);
    }
    read(&file, &Map::parse("map.toml".as_ref(), MAP).unwrap()).ok()
}

const GOOD: &str = "Date,Number,Amount,Supplier,Code\r\n03/04/2025,INV-1,10.00,\"Smith, Sons\",A1\r\n04/04/2025,INV-2,\"(1,496.00)\",Jones,B2\r\n\
    2025-04-05 00:00:00,0A3,7956.420000000001,=Brown,C3\r\n,,6470.42,,\r\n";

/// What a file is likely to trip over.
const PIECES: [&str; 30] = [
    "\"",
    "\"\"",
    ",",
    "\n",
    "\r",
    "\r\n",
    "\0",
    "\u{feff}",
    "'",
    "=",
    "-",
    "(",
    ")",
    "£",
    "1e9",
    "E-13",
    "NaN",
    "inf",
    "9999999999.99",
    "10000000000",
    "99999999999999999999999999999",
    "0.004999999",
    "31/02/2025",
    "29/02/2024",
    "A1",
    "B2",
    "Amount",
    "€",
    "\u{202e}",
    "\t",
];

fn mutated(text: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let cut = (
        any::<Index>(),
        0..12usize,
        prop_oneof![
            prop::sample::select(&PIECES[..]).prop_map(|piece| piece.as_bytes().to_vec()),
            prop::collection::vec(any::<u8>(), 0..4)
        ],
    );
    prop::collection::vec(cut, 1..6).prop_map(move |cuts| {
        let mut bytes = text.as_bytes().to_vec();
        for (at, length, piece) in cuts {
            let at = at.index(bytes.len() + 1);
            let end = (at + length).min(bytes.len());
            bytes.splice(at..end, piece);
        }
        bytes
    })
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), start in prop::sample::select(vec!["", "PK\x03\x04", "Date,Amount\n", HEADER])) {
        survives(&TempFolder::new(), &[start.as_bytes(), &bytes].concat());
    }

    #[test]
    fn a_changed_extract_is_read_or_refused(bytes in mutated(GOOD)) {
        survives(&TempFolder::new(), &bytes);
    }

    #[test]
    fn a_changed_map_is_read_or_refused(bytes in mutated(MAP)) {
        let folder = TempFolder::new();
        fs::write(folder.join("map.toml"), bytes).unwrap();
        fs::write(folder.join("extract"), GOOD).unwrap();
        if let Ok(map) = Map::read(&folder.join("map.toml")) {
            let _ = read(&folder.join("extract"), &map);
        }
    }
}

proptest! {
    #![proptest_config(cases(20))]

    /// Whatever is accepted goes in as the report says: the sum of what it calls new is what the
    /// book's spend grew by.
    #[test]
    fn what_is_accepted_sums_exactly(bytes in mutated(GOOD)) {
        let desk = Desk::new();
        if let Some(extract) = survives(&desk.folder, &bytes) {
            let report = desk.import(&extract, Deciding::Nothing, true).unwrap();
            prop_assert_eq!(desk.spend().total, report.new.amount);
            let recorded: Money = report.rows.iter().filter(|row| row.entry.is_some()).filter_map(|row| row.amount).sum();
            prop_assert_eq!(recorded, report.new.amount);
        }
    }
}

// == Workbooks ==

fn cell(text: &str) -> String {
    format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn header() -> String {
    format!(
        "<row>{}</row>",
        HEADER.trim_end().split(',').map(cell).collect::<String>()
    )
}

fn good_workbook() -> Parts {
    let row = |row: u32| {
        format!(
            "<row r=\"{row}\"><c r=\"A{row}\" s=\"1\"><v>45750</v></c><c r=\"B{row}\" t=\"s\"><v>0</v></c><c r=\"C{row}\"><v>10.5</v></c><c r=\"D{row}\" t=\"s\"><v>1</v></c>{}</row>",
            cell("A1")
        )
    };
    let rows: String = (2..6).map(row).collect();
    parts(
        &[("Sheet1", header() + &rows)],
        "<si><t>INV</t></si><si><t>Smith</t></si>",
        false,
    )
}

/// What a part is likely to trip over.
const XML: [&str; 28] = [
    "<",
    ">",
    "\"",
    "&",
    "&#0;",
    "&#x110000;",
    "&lol;",
    "<!--",
    "<![CDATA[",
    "</row>",
    "<row r=\"0\">",
    "<row r=\"99999999999\">",
    "r=\"XFD1048576\"",
    "r=\"A0\"",
    "r=\"ZZZZZZZZZZ1\"",
    "r=\"A99999999999\"",
    "t=\"s\"",
    "t=\"b\"",
    "t=\"e\"",
    "t=\"d\"",
    "s=\"99\"",
    "<v>-1</v>",
    "<v>NaN</v>",
    "<v>1e308</v>",
    "<v>99999999999999999999</v>",
    "uniqueCount=\"7\"",
    "<f t=\"shared\" si=\"9\"/>",
    "\u{0}",
];

fn mutated_workbook() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        prop::sample::select(&XML[..]).prop_map(|piece| piece.as_bytes().to_vec()),
        prop::collection::vec(any::<u8>(), 0..4)
    ];
    prop::collection::vec((any::<Index>(), any::<Index>(), 0..20usize, piece), 1..5).prop_map(
        |cuts| {
            let mut parts = good_workbook();
            for (part, at, length, piece) in cuts {
                let number = part.index(parts.len());
                let bytes = &mut parts[number].1;
                let at = at.index(bytes.len() + 1);
                let end = (at + length).min(bytes.len());
                bytes.splice(at..end, piece);
            }
            zipped(&parts)
        },
    )
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn a_workbook_of_changed_parts_is_read_or_refused(bytes in mutated_workbook()) {
        survives(&TempFolder::new(), &bytes);
    }

    /// The archive itself: cut short, or with bytes changed.
    #[test]
    fn a_changed_workbook_is_read_or_refused(changes in prop::collection::vec((any::<Index>(), any::<u8>()), 0..6), cut in any::<Index>(), is_cut in any::<bool>()) {
        let mut bytes = zipped(&good_workbook());
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        survives(&TempFolder::new(), &bytes);
    }

    /// Any number where a day should be is a day, or is told.
    #[test]
    fn any_number_of_a_day_is_read_or_told(number in prop_oneof![any::<i64>().prop_map(|n| n.to_string()), any::<i32>().prop_map(|n| format!("{n}.{n}")), (0..3_000_000u32, 0..1_000_000u32).prop_map(|(n, part)| format!("{n}.{part:06}")), Just("NaN".to_owned()), Just("1e400".to_owned()), Just("-0.0".to_owned())], from_1904 in any::<bool>(), style in 1..4u8) {
        let row = format!("<row><c s=\"{style}\"><v>{number}</v></c><c/><c><v>1</v></c><c/>{}</row>", cell("A1"));
        survives(&TempFolder::new(), &zipped(&parts(&[("Sheet1", header() + &row)], "", from_1904)));
    }
}

/// The program's answer to a workbook, with the most memory in MiB that it had at once.
#[cfg(target_os = "linux")]
fn answer(bytes: &[u8], map: &str) -> (String, u64) {
    let desk = Desk::new();
    desk.put("extract.xlsx", bytes);
    desk.put("map.toml", map);
    let before = desk.bytes();
    // A shell that says how much the program took at most, once it has ended, cannot be relied on;
    // a limit can.
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_crg"))
        .args([
            "spend",
            "import",
            "extract.xlsx",
            "--map",
            "map.toml",
            "--output",
            "out.txt",
        ])
        .current_dir(desk.folder.path())
        .env_clear()
        .envs([
            ("CRG_NOW", "2026-05-11T09:30:00Z"),
            ("CRG_DB", "book.db"),
            ("CRG_BY", "KCST"),
        ])
        .stderr(fs::File::create(desk.folder.join("err.txt")).unwrap())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    let code = loop {
        let peak = fs::read_to_string(&status).ok().and_then(|text| {
            let line = text
                .lines()
                .find(|line| line.starts_with("VmHWM:"))?
                .to_owned();
            line.split_whitespace().nth(1)?.parse::<u64>().ok()
        });
        most = peak.unwrap_or(0).max(most);
        if let Some(code) = child.try_wait().unwrap() {
            break code.code();
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    };
    if code != Some(0) {
        assert!(desk.bytes() == before, "something was recorded");
    }
    let told = fs::read_to_string(desk.folder.join("err.txt")).unwrap();
    (format!("{told}[exit {}]", code.unwrap_or(-1)), most / 1024)
}

/// Each of these once took the program down, or would fill the memory were it believed.
#[cfg(target_os = "linux")]
#[test]
fn hostile_workbooks_are_told_in_little_memory() {
    let good = good_workbook;
    let row = |row: &str| parts(&[("Sheet1", header() + row)], "", false);
    let bomb = vec![b' '; 130 << 20];
    let long = "x".repeat(200 << 10);
    let fonts = format!(
        "<styleSheet><fonts><font><name val=\"{long}\"/></font></fonts><cellXfs>{}</cellXfs></styleSheet>",
        "<xf fontId=\"0\"/>".repeat(10_000)
    );
    let sheets = format!(
        "<workbook><sheets>{}</sheets></workbook>",
        "<sheet id=\"a\"/>".repeat(100_000)
    );
    let related = format!(
        "<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"{long}\"/></Relationships>"
    );
    let strings =
        |count: &str| format!("<sst count=\"1\" uniqueCount = '{count}'><si><t>INV</t></si></sst>");
    let entities = "<!DOCTYPE sst [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]><sst><si><t>&b;</t></si></sst>";
    let cases = [
        (
            "unpacks to more",
            with(good(), "xl/sharedStrings.xml", bomb),
            "unpacks to more than 128 MiB",
        ),
        (
            "strings stated, none there",
            with(good(), "xl/sharedStrings.xml", strings("100000000000")),
            "it states more shared strings than it has",
        ),
        (
            "so many that no number holds them",
            with(
                good(),
                "xl/sharedStrings.xml",
                strings("9999999999999999999999999"),
            ),
            "it states more shared strings than it has",
        ),
        (
            "entities within entities",
            with(good(), "xl/sharedStrings.xml", entities),
            "is not a workbook that can be read",
        ),
        (
            "strings of another encoding",
            with(good(), "xl/sharedStrings.xml", b"\xFF\xFE<\0s\0".to_vec()),
            "its shared strings are not UTF-8",
        ),
        (
            "a font of each style",
            with(good(), "xl/styles.xml", fonts),
            "has more than 128 KiB of styles.xml; copy the sheet to a new workbook, or save it as CSV UTF-8",
        ),
        (
            "a hundred thousand sheets",
            with(good(), "xl/workbook.xml", sheets),
            "has more than 128 KiB of workbook.xml",
        ),
        (
            "a path of each sheet",
            with(good(), "xl/_rels/workbook.xml.rels", related),
            "has more than 64 KiB of .rels",
        ),
        (
            "the last cell of all",
            row("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>"),
            "more than 1000000 rows",
        ),
        (
            "a cell far to the right",
            row("<row r=\"2\"><c r=\"XFD2\"><v>1</v></c></row>"),
            "more than 500 columns",
        ),
        (
            "a row beyond counting",
            row("<row r=\"99999999999\"><c r=\"A99999999999\"><v>1</v></c></row>"),
            "extract.xlsx: ",
        ),
        (
            "rows out of order",
            row("<row r=\"5\"><c><v>1</v></c></row><row r=\"4\"><c><v>1</v></c></row>"),
            "is a damaged workbook: row 4 comes after row 5",
        ),
        (
            "cells out of order",
            row("<row r=\"5\"><c r=\"C5\"><v>1</v></c><c r=\"C5\"><v>0</v></c></row>"),
            "is a damaged workbook: the cells of row 5 are not in order",
        ),
        (
            "a string that is not there",
            row("<row><c t=\"s\"><v>9</v></c></row>"),
            "is a damaged workbook",
        ),
        (
            "a long string in very many cells",
            parts(
                &[(
                    "Sheet1",
                    header() + &"<row><c t=\"s\"><v>0</v></c></row>".repeat(9000),
                )],
                &format!("<si><t>{}</t></si>", "x".repeat(32_000)),
                false,
            ),
            "has more than 256 MiB of text",
        ),
        (
            "no sheet",
            with(
                good(),
                "xl/workbook.xml",
                "<workbook><sheets></sheets></workbook>",
            ),
            "has no sheet",
        ),
    ];
    for (what, parts, expected) in cases {
        let (told, most) = answer(&zipped(&parts), MAP);
        assert!(
            told.contains(expected) && told.ends_with("[exit 3]") && !told.contains("bug"),
            "{what}: {told}"
        );
        assert!(most < 400, "{what}: {most} MiB");
    }
}

/// A bomb whose parts say of themselves that they are small.
#[test]
fn what_a_workbook_says_of_its_sizes_is_not_believed() {
    let mut bytes = zipped(&with(
        good_workbook(),
        "xl/worksheets/sheet1.xml",
        vec![b' '; 130 << 20],
    ));
    let parts: Vec<usize> = bytes
        .windows(4)
        .enumerate()
        .filter(|(_, mark)| *mark == b"PK\x01\x02")
        .map(|(at, _)| at)
        .collect();
    assert_eq!(parts.len(), good_workbook().len());
    parts
        .into_iter()
        .for_each(|at| bytes[at + 24..at + 28].copy_from_slice(&[9, 0, 0, 0]));
    assert!(survives(&TempFolder::new(), &bytes).is_none());
}

/// Of each of very many bad lines it is said why, so that what is said must not grow with the map
/// and the header.
#[test]
fn what_is_said_of_a_bad_line_is_short() {
    let folder = TempFolder::new();
    let names: Vec<String> = (0..400)
        .map(|number| format!("Column {number} {}", "x".repeat(2000)))
        .collect();
    let rules: String = names
        .iter()
        .map(|name| format!("[[project]]\nref = \"P01\"\ncolumn = \"{name}\"\nis = \"q\"\n"))
        .collect();
    let map = format!(
        "[columns]\ndate = \"{}\"\namount = \"{}\"\n{rules}",
        names[0], names[1]
    );
    fs::write(
        folder.join("extract"),
        format!(
            "{}\n{}\n",
            names.join(","),
            format!("{},", "y".repeat(2000))
                .repeat(400)
                .trim_end_matches(',')
        ),
    )
    .unwrap();
    let extract = read(
        &folder.join("extract"),
        &Map::parse("map.toml".as_ref(), &map).unwrap(),
    )
    .unwrap();
    let said = extract.bad[0].faults[0].to_string();
    assert!(
        said.contains(", and 395 more columns)") && said.chars().count() < 1500,
        "{}",
        said.len()
    );
}

#[test]
fn a_map_without_end_is_told() {
    let folder = TempFolder::new();
    fs::write(folder.join("map.toml"), "#".repeat((1 << 20) + 1)).unwrap();
    let told = Map::read(&folder.join("map.toml")).unwrap_err().to_string();
    assert!(
        told.ends_with("map.toml: is larger than 1 MiB, the limit"),
        "{told}"
    );
}

// == Spreadsheet formulas ==

/// Every way in which a cell begins that a spreadsheet would run, in each column of text; and a
/// credit, which is a number.
#[test]
fn what_a_spreadsheet_would_run_is_inert_wherever_it_goes_out() {
    let attacks = [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        " =1+1",
        "＝1+1",
        "=cmd|' /C calc'!A0",
    ];
    let desk = Desk::new();
    desk.put(
        "map.toml",
        MAP.replace("[columns]", "[columns]\nnote = \"Note\""),
    );
    let row = |number: usize, text: &str, code: &str| {
        let quoted = format!("\"{text}\"");
        let amount = if number.is_multiple_of(2) {
            "12.50"
        } else {
            "-12.50"
        };
        format!(
            "0{}/04/2025,{quoted},{amount},{quoted},{code},{quoted},{quoted}\r\n",
            1 + number
        )
    };
    let rows = |code: &str| {
        attacks
            .iter()
            .enumerate()
            .map(|(number, text)| row(number, text, code))
            .collect::<String>()
    };
    let header = "Date,Number,Amount,Supplier,Code,Note,=HYPERLINK(1)\r\n";
    desk.put(
        "ledger.csv",
        format!(
            "{header}01/04/2025,INV,50.00,Smith,A1,,\r\n{}{}",
            rows("A1"),
            rows("Z9")
        ),
    );
    let output = desk.crg(&[
        "spend",
        "import",
        "ledger.csv",
        "--map",
        "map.toml",
        "--skip-bad",
        "--format",
        "csv",
    ]);
    assert_eq!(output.status.code(), Some(0));
    let refused = fs::read(desk.folder.join("ledger-refused.csv")).unwrap();
    let spend = desk
        .crg(&["spend", "list", "2025/26", "--format", "csv"])
        .stdout;
    let log = desk.crg(&["log", "--format", "csv"]).stdout;
    for (what, bytes) in [
        ("the answer", output.stdout),
        ("the spend", spend),
        ("the journal", log),
        ("the refused lines", refused.clone()),
    ] {
        let mut seen = 0;
        for record in csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(&*bytes)
            .records()
        {
            for cell in &record.unwrap() {
                let first = cell.trim_start_matches([' ', '\u{a0}']).chars().next();
                let is_number = cell
                    .trim_start_matches('-')
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b'.');
                assert!(
                    is_number
                        || !matches!(
                            first,
                            Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝')
                        ),
                    "{what}: {cell:?}"
                );
                seen += usize::from(cell.starts_with('\''));
            }
        }
        assert!(
            seen >= attacks.len(),
            "{what}: {seen} texts were made inert"
        );
    }
    // The refused lines are numbers where they were, and the same lines once they are mended.
    let refused = String::from_utf8(refused).unwrap();
    assert_eq!(
        (
            refused.matches(",12.50,").count(),
            refused.matches(",-12.50,").count()
        ),
        (5, 4)
    );
    desk.put("mended.csv", refused.replace(",Z9,", ",B2,"));
    // All but the project is as it was: each line waits, and is decided to be another payment.
    let map = Map::read(&desk.folder.join("map.toml")).unwrap();
    let mended = Extract::read(&desk.folder.join("mended.csv"), &map, None, &mut ()).unwrap();
    desk.import(&mended, Deciding::AddAll, false).unwrap();
    let texts = |project: &str| {
        let rows = desk.spend().rows.into_iter().filter(|row| {
            row.project.as_str() == project && row.supplier.as_deref() != Some("Smith")
        });
        let mut texts: Vec<_> = rows
            .map(|row| {
                (
                    row.on,
                    row.supplier,
                    row.reference,
                    row.amount,
                    row.note
                        .map(|note| note.split(" (").next().unwrap().to_owned()),
                )
            })
            .collect();
        texts.sort();
        texts
    };
    assert_eq!(texts("P01").len(), attacks.len());
    assert_eq!(texts("P01"), texts("P02"));
}
