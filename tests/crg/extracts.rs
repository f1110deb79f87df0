//! Well-formed extracts, however awkward: they are read as they are meant.

use crg::import::extract::suggest;
use crg::import::{Candidate, Extract};
use crg::rules::Line;

use crate::files::TempFolder;
use crate::import::{HEADER, MAP, extract};
use crate::workbooks::{parts, workbook, zipped};

/// The lines of an extract, as a person would write them down: `2 2025-04-03 P01 10.00 Smith
/// INV-1`.
fn written(extract: &Extract) -> Vec<String> {
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".into());
    let line = |line: &Line| {
        let payment = &line.payment;
        format!(
            "{} {} {} {} {} {}",
            line.place.row,
            payment.on,
            payment.project,
            payment.amount,
            text(&payment.supplier),
            text(&payment.reference)
        )
    };
    assert!(extract.bad.is_empty(), "{:?}", extract.bad);
    extract.lines.iter().map(line).collect()
}

fn read(bytes: impl AsRef<[u8]>, map: &str) -> Extract {
    let folder = TempFolder::new();
    let file = folder.join("extract.csv");
    std::fs::write(&file, bytes).unwrap();
    extract(&file, map)
}

/// Rows under the usual header, and what they are read as.
fn check(what: &str, bytes: impl AsRef<[u8]>, expected: &[&str]) -> Extract {
    let extract = read(bytes, MAP);
    assert_eq!(written(&extract), expected, "{what}");
    extract
}

const ROWS: &str =
    "03/04/2025,INV-1,10.00,Smith,A1\n04/04/2025,INV-2,\"1,496.00\",\"Jones, Ltd\",B2\n";
const READ: [&str; 2] = [
    "2 2025-04-03 P01 10.00 Smith INV-1",
    "3 2025-04-04 P02 1496.00 Jones, Ltd INV-2",
];

#[test]
fn a_file_may_be_saved_in_many_ways() {
    let plain = format!("{HEADER}{ROWS}");
    let ways = [
        ("plain", plain.clone()),
        ("with a byte order mark", format!("\u{feff}{plain}")),
        (
            "with a mark before a quoted header",
            format!("\u{feff}{}", plain.replacen("Date", "\"Date\"", 1)),
        ),
        ("lines that end as on Windows", plain.replace('\n', "\r\n")),
        ("lines that end as on old Macs", plain.replace('\n', "\r")),
        ("no end of the last line", plain.trim_end().to_owned()),
        (
            "padded headers",
            plain.replace(HEADER, " Date ,Number , Amount,  Supplier  ,\tCode\n"),
        ),
        (
            "headers in capitals",
            plain.replace(HEADER, "DATE,number,AMOUNT,supplier,CODE\n"),
        ),
        (
            "cells left out at the end of a row",
            plain.replace(
                HEADER,
                "Date,Number,Amount,Supplier,Code,Costcuk,VAT reg no\n",
            ),
        ),
        (
            "padded cells",
            plain
                .replace("INV-1", " INV-1 ")
                .replace(",Smith,", ", Smith ,")
                .replace("A1", "  A1\u{a0}")
                .replace("B2", "b2"),
        ),
        ("spaces within", plain.replace("Smith", "  Smith\t")),
    ];
    for (what, text) in ways {
        check(what, text, &READ);
    }
    let columns_moved = "Code,Extra,Amount,Date,Supplier,Number\nA1,x,10.00,03/04/2025,Smith,INV-1\nB2,y,1496,04/04/2025,\"Jones, Ltd\",INV-2\n";
    check("columns in another order", columns_moved, &READ);
}

/// A dash of Windows-1252 (0x96), its pound sign (0xA3), in a file that is not UTF-8; and the same
/// texts in UTF-8.
#[test]
fn older_ledgers_write_windows_1252() {
    let rows =
        b"03/04/2025,INV\x961,\xA310.00,Smith \x96 Sons,A1\n04/04/2025,INV-2,12.00,Jones,A1\n";
    let expected = [
        "2 2025-04-03 P01 10.00 Smith – Sons INV–1",
        "3 2025-04-04 P01 12.00 Jones INV-2",
    ];
    check("1252", [HEADER.as_bytes(), rows].concat(), &expected);
    check(
        "UTF-8",
        format!(
            "{HEADER}03/04/2025,INV–1,£10.00,Smith – Sons,A1\n04/04/2025,INV-2,12.00,Jones,A1\n"
        ),
        &expected,
    );
}

#[test]
fn days_and_amounts_have_many_shapes() {
    let days = [
        "03/04/2025",
        "3/4/2025",
        " 03/04/2025 ",
        "2025-04-03",
        "2025-04-03 00:00:00",
        "2025-04-03T00:00:00",
        "03-04-2025",
        "03.04.2025",
        "03/04/2025 09:30",
        "03-Apr-2025",
    ];
    for day in days {
        check(
            day,
            format!("{HEADER}{day},N,1.00,S,A1\n"),
            &["2 2025-04-03 P01 1.00 S N"],
        );
    }
    let amounts = [
        ("1424", "1424.00"),
        ("1424.00", "1424.00"),
        ("\"1,496.00\"", "1496.00"),
        (" 504.00 ", "504.00"),
        ("\" 950,250.00 \"", "950250.00"),
        ("-5655.69", "-5655.69"),
        ("(5655.69)", "-5655.69"),
        ("\"(5,655.69)\"", "-5655.69"),
        ("5655.69-", "-5655.69"),
        ("£12.50", "12.50"),
        ("7956.420000000001", "7956.42"),
        ("0.30000000000000004", "0.30"),
        ("9999999999.99", "9999999999.99"),
    ];
    for (text, amount) in amounts {
        check(
            text,
            format!("{HEADER}03/04/2025,N,{text},S,A1\n"),
            &[&format!("2 2025-04-03 P01 {amount} S N")],
        );
    }
}

#[test]
fn blank_rows_are_counted_and_passed_over_and_rows_keep_their_numbers() {
    let text = format!(
        "\n,,,,\n{HEADER}\n03/04/2025,INV-1,10.00,Smith,A1\n ,, ,,\n\n04/04/2025,INV-2,1496,Jones,B2\n{}",
        ",,,,\n".repeat(5729)
    );
    let extract = check(
        "blank rows",
        text,
        &[
            "5 2025-04-03 P01 10.00 Smith INV-1",
            "8 2025-04-04 P02 1496.00 Jones INV-2",
        ],
    );
    // Those above the header are no rows of the ledger.
    assert_eq!(extract.blank, 1 + 2 + 5729);
}

#[test]
fn amounts_of_nothing_are_counted_and_not_recorded() {
    let rows = "03/04/2025,INV-1,0.00,Smith,A1\n04/04/2025,INV-2,6.82121E-13,Jones,A1\n05/04/2025,INV-3,-,Jones,A1\n06/04/2025,INV-4,0.01,Jones,A1\n";
    let extract = check(
        "nothing",
        format!("{HEADER}{rows}"),
        &["5 2025-04-06 P01 0.01 Jones INV-4"],
    );
    assert_eq!(
        (extract.nothing.lines, extract.nothing.amount.to_string()),
        (3, "0.00".to_owned())
    );
}

#[test]
fn a_grand_total_is_said_held_against_the_rows_and_never_a_line() {
    let total = |last: &str| {
        let extract = check(last, format!("{HEADER}{ROWS}{last}"), &READ);
        let total = extract.grand_total.unwrap();
        (
            total.row,
            total.printed.to_string(),
            total.computed.to_string(),
            total.difference().to_string(),
        )
    };
    let owned = |row: u64, printed: &str, difference: &str| {
        (
            row,
            printed.to_owned(),
            "1506.00".to_owned(),
            difference.to_owned(),
        )
    };
    assert_eq!(total(",,\"1,506.00\",,\n"), owned(4, "1506.00", "0.00"));
    assert_eq!(total(",, 1506 ,,\n,,,,\n\n"), owned(4, "1506.00", "0.00"));
    assert_eq!(total("\n,,1505.99,,"), owned(5, "1505.99", "-0.01"));
    assert_eq!(total(",,1506.00,,Total\n"), owned(4, "1506.00", "0.00"));
    // A last row that says when, who or what for is a payment: here one whose code is missing.
    for rest in [
        "05/04/2025,,1506.00,,",
        ",INV-3,1506.00,,",
        ",,1506.00,Smith,",
    ] {
        let extract = read(format!("{HEADER}{ROWS}{rest}\n"), MAP);
        assert_eq!(
            (extract.grand_total, extract.bad.len(), extract.lines.len()),
            (None, 1, 2),
            "{rest}"
        );
    }
    // It is the total of all rows, whoever's they are.
    let outside = read(
        format!("{HEADER}{ROWS}05/04/2025,INV-3,1.00,Other,Z9\n,,1507.00,,\n"),
        &format!("unmatched = \"outside\"\n{MAP}"),
    );
    assert!(outside.grand_total.unwrap().difference().is_zero());
}

#[test]
fn titles_may_stand_above_the_header() {
    let text = format!("Spend over £500,,,,\n\n,,April 2025\n{HEADER}{ROWS}");
    let extract = read(text, &format!("header = 4\n{MAP}"));
    assert_eq!(
        written(&extract),
        [
            "5 2025-04-03 P01 10.00 Smith INV-1",
            "6 2025-04-04 P02 1496.00 Jones, Ltd INV-2"
        ]
    );
}

#[test]
fn a_map_may_list_the_names_that_a_header_drifts_between() {
    let map = MAP
        .replace("\"Amount\"", "[\"Net amount\", \"Amount\"]")
        .replace("\"Date\"", "[\"Payment date\", \"Date\"]");
    for (date, amount) in [
        ("Date", " Amount "),
        ("Payment  Date", "NET AMOUNT"),
        ("date", "net amount"),
    ] {
        let header = HEADER.replace("Date", date).replace("Amount", amount);
        assert_eq!(written(&read(format!("{header}{ROWS}"), &map)), READ);
    }
    // Where both names are there, the first of the list counts.
    let both =
        "Date,Number,Amount,Supplier,Code,Net amount\n03/04/2025,INV-1,12.00,Smith,A1,10.00\n";
    assert_eq!(written(&read(both, &map)), READ[..1]);
}

#[test]
fn codes_are_texts() {
    let map = MAP.replace("is = \"A1\"", "is = [\"0071\", \"EX29\"]");
    let rows = "03/04/2025,001,1.00,S,0071\n03/04/2025,01,2.00,S,ex29\n";
    assert_eq!(
        written(&read(format!("{HEADER}{rows}"), &map)),
        ["2 2025-04-03 P01 1.00 S 001", "3 2025-04-03 P01 2.00 S 01"]
    );
    let bad = read(
        format!("{HEADER}03/04/2025,001,1.00,S,71\n03/04/2025,001,1.00,S,00071\n"),
        &map,
    );
    assert_eq!((bad.bad.len(), bad.lines.len()), (2, 0), "71 is not 0071");
}

#[test]
fn a_rule_may_look_for_a_text_in_a_cell_and_a_column_may_hold_refs() {
    let map = MAP.replace(
        "column = \"Code\"\nis = \"A1\"",
        "column = \"Supplier\"\ncontains = [\"vape\", \"Retail\"]",
    );
    let rows = "03/04/2025,1,1.00,The VAPE Shop,\n03/04/2025,2,2.00,Kent Retailers,\n03/04/2025,3,3.00,Smith,B2\n";
    assert_eq!(
        written(&read(format!("{HEADER}{rows}"), &map)),
        [
            "2 2025-04-03 P01 1.00 The VAPE Shop 1",
            "3 2025-04-03 P01 2.00 Kent Retailers 2",
            "4 2025-04-03 P02 3.00 Smith 3"
        ]
    );
    // Two rules that take a line for the same project agree.
    let twice =
        format!("{MAP}\n[[project]]\nref = \"P01\"\ncolumn = \"Supplier\"\ncontains = \"smith\"\n");
    assert_eq!(written(&read(format!("{HEADER}{ROWS}"), &twice)), READ);
    // A column of refs speaks first, rules where it is blank.
    let refs = MAP.replace(
        "[[project]]\nref = \"P01\"",
        "project = \"Ref\"\n[[project]]\nref = \"P01\"",
    );
    let text = "Date,Number,Amount,Supplier,Code,Ref\n03/04/2025,1,1.00,S,A1,P03\n03/04/2025,2,2.00,S,A1,\n03/04/2025,3,3.00,S,, P02 \n";
    assert_eq!(
        written(&read(text, &refs)),
        [
            "2 2025-04-03 P03 1.00 S 1",
            "3 2025-04-03 P01 2.00 S 2",
            "4 2025-04-03 P02 3.00 S 3"
        ]
    );
}

#[test]
fn a_line_that_no_rule_takes_is_refused_left_outside_or_a_project_s() {
    let text = format!("{HEADER}{ROWS}05/04/2025,INV-3,\"2,000.00\",Other,Z9\n");
    let of = |unmatched: &str| read(&text, &format!("{unmatched}{MAP}"));
    for refuse in ["", "unmatched = \"refuse\"\n"] {
        assert_eq!(
            (
                of(refuse).lines.len(),
                of(refuse).bad.len(),
                of(refuse).outside.lines
            ),
            (2, 1, 0)
        );
    }
    let outside = of("unmatched = \"outside\"\n");
    assert_eq!(
        (
            written(&outside).len(),
            outside.outside.lines,
            outside.outside.amount.to_string()
        ),
        (2, 1, "2000.00".to_owned())
    );
    assert_eq!(
        written(&of("unmatched = \"P03\"\n"))[2],
        "4 2025-04-05 P03 2000.00 Other INV-3"
    );
}

/// A council recovers VAT, a charity does not: the map says which, for all or for one project, and
/// which column is the cost.
#[test]
fn amounts_are_net_or_gross_as_the_map_says() {
    let text = "Date,Number,Amount,Supplier,Code,Gross\n03/04/2025,1,10.00,S,A1,12.00\n03/04/2025,2,20.00,S,B2,24.00\n";
    let vats = |map: &str| {
        read(text, map)
            .lines
            .iter()
            .map(|line| format!("{} {}", line.payment.amount, line.vat))
            .collect::<Vec<_>>()
    };
    assert_eq!(vats(MAP), ["10.00 net", "20.00 net"]);
    assert_eq!(
        vats(&format!(
            "vat = \"gross\"\n{}",
            MAP.replace("amount = \"Amount\"", "amount = \"Gross\"")
        )),
        ["12.00 gross", "24.00 gross"]
    );
    assert_eq!(
        vats(&MAP.replace(
            "is = \"B2\"",
            "is = \"B2\"\nvat = \"gross\"\namount = \"Gross\""
        )),
        ["10.00 net", "24.00 gross"]
    );
}

#[test]
fn a_note_says_where_a_line_stands() {
    let map = MAP.replace("[columns]", "[columns]\nnote = \"What for\"");
    let text = "Date,Number,Amount,Supplier,Code,What for\n03/04/2025,1,10.00,S,A1,Room  hire\n03/04/2025,2,20.00,S,B2,\n";
    let notes: Vec<_> = read(text, &map)
        .lines
        .into_iter()
        .map(|line| line.note.unwrap())
        .collect();
    assert_eq!(
        notes,
        ["Room hire (extract.csv, row 2)", "extract.csv, row 3"]
    );
}

// == Workbooks ==

fn text(text: &str) -> String {
    format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn headed(rows: &str) -> String {
    let header: String = HEADER.trim_end().split(',').map(text).collect();
    format!("<row>{header}</row>{rows}")
}

/// 3 April 2025 is the day 45750 of a workbook, or 44288 of one that counts from 1904.
#[test]
fn a_workbook_is_read_as_its_cells_mean() {
    let strings = "<si><t>INV-1</t></si><si><r><t xml:space=\"preserve\">Smith </t></r><r><t>&amp; Sons</t></r></si><si><t>A1</t></si>";
    let rows = "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>45750</v></c><c r=\"B2\" t=\"s\"><v>0</v></c><c r=\"C2\"><v>7956.420000000001</v></c><c r=\"D2\" t=\"s\"><v>1</v></c><c r=\"E2\" t=\"s\"><v>2</v></c></row>\
        <row r=\"3\"><c r=\"A3\" s=\"2\"><v>45750.5</v></c><c r=\"B3\"><v>22002769</v></c><c r=\"C3\"><f>SUM(C9:C10)</f><v>-5655.69</v></c><c r=\"D3\" t=\"str\"><f>UPPER(\"b\")</f><v>B</v></c><c r=\"E3\" t=\"s\"><v>2</v></c></row>\
        <row r=\"5\"><c r=\"A5\" s=\"3\"><v>45751</v></c><c r=\"C5\"><v>0.30000000000000004</v></c><c r=\"E5\" t=\"inlineStr\"><is><t>B2</t></is></c></row>\
        <row r=\"6\"><c r=\"A6\" t=\"inlineStr\"><is><t>06/04/2025</t></is></c><c r=\"B6\"/><c r=\"C6\" t=\"inlineStr\"><is><t>1,496.00</t></is></c><c r=\"E6\" t=\"s\"><v>2</v></c></row>\
        <row r=\"9\"><c r=\"C9\"><v>3797.03</v></c></row>";
    let extract = read(workbook(&headed(rows), strings), MAP);
    let expected = [
        "2 2025-04-03 P01 7956.42 Smith & Sons INV-1",
        "3 2025-04-03 P01 -5655.69 B 22002769",
        "5 2025-04-04 P02 0.30 - -",
        "6 2025-04-06 P01 1496.00 - -",
    ];
    assert_eq!(written(&extract), expected);
    assert_eq!(extract.blank, 3, "rows 4, 7 and 8");
    assert!(extract.grand_total.unwrap().difference().is_zero());
}

#[test]
fn a_workbook_may_count_its_days_from_1904() {
    let rows = "<row><c s=\"1\"><v>44288</v></c><c/><c><v>1</v></c><c/><c t=\"inlineStr\"><is><t>A1</t></is></c></row>";
    let file = zipped(&parts(&[("Sheet1", headed(rows))], "", true));
    assert_eq!(written(&read(file, MAP)), ["2 2025-04-03 P01 1.00 - -"]);
}

#[test]
fn the_map_names_the_sheet() {
    let row = |code: &str| {
        headed(&format!(
            "<row><c s=\"1\"><v>45750</v></c><c/><c><v>1</v></c><c/>{}</row>",
            text(code)
        ))
    };
    let file = zipped(&parts(
        &[("Summary", row("A1")), ("Payments made", row("B2"))],
        "",
        false,
    ));
    assert_eq!(
        written(&read(&file, MAP)),
        ["2 2025-04-03 P01 1.00 - -", "2 2025-04-03 P02 1.00 - -"]
    );
    assert_eq!(
        written(&read(&file, &format!("sheet = \" payments MADE\"\n{MAP}"))),
        ["2 2025-04-03 P02 1.00 - -"]
    );
    let folder = TempFolder::new();
    std::fs::write(folder.join("e.xlsx"), &file).unwrap();
    let map = format!("sheet = \"May\"\n{MAP}");
    let map = crg::import::Map::parse("map.toml".as_ref(), &map).unwrap();
    let read = Extract::read(&folder.join("e.xlsx"), &map, None, &mut ());
    let told = read.unwrap_err().to_string();
    assert!(
        told.ends_with("e.xlsx: has no sheet \"May\"; its sheets are Summary, Payments made"),
        "{told}"
    );
}

/// What is no day, and what a cell shows of an error, is told as in a CSV file.
#[test]
fn a_workbook_s_bad_cells_are_told() {
    let rows = "<row><c s=\"1\"><v>-5</v></c><c/><c><v>1</v></c><c/><c t=\"inlineStr\"><is><t>A1</t></is></c></row>\
        <row><c><v>45750</v></c><c/><c t=\"e\"><v>#N/A</v></c><c/><c t=\"inlineStr\"><is><t>A1</t></is></c></row>\
        <row><c s=\"1\"><v>99999999</v></c><c/><c t=\"b\"><v>1</v></c><c/><c t=\"inlineStr\"><is><t>A1</t></is></c></row>";
    let extract = read(workbook(&headed(rows), ""), MAP);
    let told: Vec<String> = extract
        .bad
        .iter()
        .flat_map(|bad| {
            bad.faults.iter().map(|fault| {
                let text = fault.to_string();
                text.split(" is not").next().unwrap().to_owned()
            })
        })
        .collect();
    let expected = [
        "Date: \"-5\"",
        "Amount: \"#N/A\"",
        "Date: \"99999999\"",
        "Amount: \"true\"",
    ];
    assert_eq!(told, expected);
}

// == A first map ==

fn candidate(year: &str, project: &str, title: &str) -> Candidate {
    Candidate {
        year: year.parse().unwrap(),
        project: project.parse().unwrap(),
        title: title.into(),
    }
}

/// The lines of a suggested map that are no comments, and all of it.
fn suggested(
    name: &str,
    bytes: impl AsRef<[u8]>,
    projects: &[Candidate],
) -> Result<(Vec<String>, String), String> {
    let folder = TempFolder::new();
    std::fs::write(folder.join(name), bytes).unwrap();
    let text = suggest(&folder.join(name), projects).map_err(|error| error.to_string())?;
    let plain = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(str::to_owned)
        .collect();
    Ok((plain, text))
}

#[test]
fn a_map_is_suggested_from_the_header_and_what_stands_below() {
    let text = "Spend over £500\n\nBody,Name of Body,Date,Transaction number, Amount ,Supplier name,Expense code\n\
        18,Devon,03/04/2025,22,\" 1,496.00 \",Smith,A45015\n18,Devon,04/04/2025,23,5,Jones,A45015\n18,Devon,04/04/2025,24,5,Jones,B1\n,,,,1506,,\n";
    let columns = [
        "[columns]",
        "date = \"Date\"",
        "amount = \"Amount\"",
        "supplier = \"Supplier name\"",
        "reference = \"Transaction number\"",
    ];
    // One project in the years of the file: every line is its own.
    let (plain, map) = suggested(
        "e.csv",
        text,
        &[
            candidate("2025/26", "P01", "Vape \"packs\""),
            candidate("2024/25", "P02", "Old"),
        ],
    )
    .unwrap();
    assert_eq!(
        plain,
        [
            &[
                "vat = \"net\"",
                "header = 3",
                "unmatched = \"P01\" # Vape \"packs\""
            ][..],
            &columns
        ]
        .concat()
    );
    assert_eq!(
        written(&read(text, &map)),
        [
            "4 2025-04-03 P01 1496.00 Smith 22",
            "5 2025-04-04 P01 5.00 Jones 23",
            "6 2025-04-04 P01 5.00 Jones 24"
        ]
    );
    // Several: a rule each, to be completed by someone who knows the codes.
    let (plain, map) = suggested(
        "e.csv",
        text,
        &[
            candidate("2025/26", "P01", "Packs"),
            candidate("2025/26", "P02", "Event\nof June"),
        ],
    )
    .unwrap();
    assert_eq!(
        plain,
        [
            &["vat = \"net\"", "header = 3", "unmatched = \"refuse\""][..],
            &columns
        ]
        .concat()
    );
    assert!(
        map.contains("# ref = \"P02\" # Event of June\n# column = \"Expense code\"\n"),
        "{map}"
    );
    assert!(map.contains("#   A45015: 2\n#   B1: 1\n"), "{map}");
    let completed = map.replacen(
        "# [[project]]\n# ref = \"P01\" # Packs\n# column = \"Expense code\"\n# is = [\"…\"]",
        "[[project]]\nref = \"P01\"\ncolumn = \"Expense code\"\nis = [\"A45015\"]",
        1,
    );
    assert_eq!(read(text, &completed).lines.len(), 2);
}

#[test]
fn a_map_is_suggested_for_the_sheet_that_has_a_header() {
    let row = format!(
        "<row>{}</row>",
        ["Posting date", "Net", "Payee"].map(text).concat()
    );
    let file = zipped(&parts(
        &[
            ("Read me", format!("<row>{}</row>", text("Ask Finance"))),
            ("Paid", row),
        ],
        "",
        false,
    ));
    let (plain, _) = suggested("e.xlsx", file, &[]).unwrap();
    assert_eq!(
        plain,
        [
            "vat = \"net\"",
            "sheet = \"Paid\"",
            "unmatched = \"refuse\"",
            "[columns]",
            "date = \"Posting date\"",
            "amount = \"Net\"",
            "supplier = \"Payee\""
        ]
    );
}

/// Spreadsheets break long headers into lines.
#[test]
fn a_header_of_two_lines_is_named_on_one() {
    let text = "\"Payment\ndate\",\"Net\r\namount\",\"Cost\ncode\"\n03/04/2025,1,A1\n";
    let (plain, map) = suggested(
        "e.csv",
        text,
        &[
            candidate("2025/26", "P01", "Packs"),
            candidate("2025/26", "P02", "Event"),
        ],
    )
    .unwrap();
    assert_eq!(
        plain,
        [
            "vat = \"net\"",
            "unmatched = \"refuse\"",
            "[columns]",
            "date = \"Payment date\"",
            "amount = \"Net amount\""
        ]
    );
    assert!(map.contains("\n# column = \"Cost code\"\n"), "{map}");
    assert_eq!(
        written(&read(text, &map.replace("refuse", "P01"))),
        ["2 2025-04-03 P01 1.00 - -"]
    );
}

#[test]
fn no_map_is_suggested_where_there_is_no_header() {
    let told = suggested("e.csv", "a,b\n1,2\n", &[]).unwrap_err();
    assert!(
        told.ends_with("e.csv: has no row that names a date and an amount; its columns seem to be a, b; write the map by hand, from the example in the help"),
        "{told}"
    );
}
