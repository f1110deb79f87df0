//! Workbooks, read back by a program that did not write them, and compared with the other formats.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{Data, DataType, Reader, Xlsx};
use crg::document::{Align, Block, Cell, Column, ColumnId, Formula, Head, Report, Table, Term};
use crg::fold::{Lens, Portfolio, PotNames, YearView};
use crg::format::{WorkbookError, xlsx};
use crg::model::{Date, Money, Names};
use crg::report::YearEndWorkbook;
use proptest::prelude::*;

use crate::document::{amounts, id, table, words};
use crate::files::TempFolder;
use crate::histories::scripts;
use crate::kent::{crg, demo, text};

/// What a spreadsheet would run.
const HOSTILE: [&str; 8] = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "=HYPERLINK(\"http://example.org\",\"see\")",
];

type Book = Xlsx<Cursor<Vec<u8>>>;

fn open(bytes: Vec<u8>) -> Book {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

/// Runs a question of the demonstration's book for a workbook.
fn ask(folder: &TempFolder, arguments: &[&str]) -> Vec<u8> {
    let name = format!("{}.xlsx", arguments.join("-").replace('/', "-"));
    let shown = crg(
        folder,
        &[arguments, &["--format", "xlsx", "--output", &name]].concat(),
    );
    assert!(shown.stdout.is_empty(), "{arguments:?}: {}", text(&shown));
    std::fs::read(folder.join(&name)).unwrap()
}

/// The cells of a sheet, from its first row and column on.
fn cells(book: &mut Book, sheet: &str) -> Vec<Vec<Data>> {
    book.worksheet_range(sheet)
        .unwrap()
        .rows()
        .map(<[Data]>::to_vec)
        .collect()
}

/// The formulas of a sheet, by row and column from 0.
fn formulas(book: &mut Book, sheet: &str) -> BTreeMap<(u32, u32), String> {
    let range = book.worksheet_formula(sheet).unwrap();
    let (row, column) = range.start().unwrap_or_default();
    let position = |offset: usize, from: u32| from + u32::try_from(offset).unwrap();
    let found = range
        .used_cells()
        .map(|(r, c, formula)| ((position(r, row), position(c, column)), formula.clone()));
    found.filter(|(_, formula)| !formula.is_empty()).collect()
}

/// A part of the file, as it is written.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut written = String::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_string(&mut written)
        .unwrap();
    written
}

/// The text that CSV has for a cell: two places for an amount, and no mark before what a
/// spreadsheet would run.
fn as_csv(cell: &Data, is_amount: bool) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Float(number) if is_amount => pence(&number.to_string()),
        Data::Float(number) => number.to_string(),
        Data::DateTime(day) => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            format!("{year}-{month:02}-{day:02}")
        }
        other => panic!("{other:?}"),
    }
}

/// A decimal figure with just two places; one with more is left as it is, and agrees with nothing.
fn pence(figure: &str) -> String {
    let (whole, places) = figure.split_once('.').unwrap_or((figure, ""));
    format!("{whole}.{places:0<2}")
}

fn csv_rows(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(csv.as_bytes());
    let plain = |cell: &str| crg::import::plain(cell).to_owned();
    reader
        .records()
        .map(|row| row.unwrap().iter().map(plain).collect())
        .collect()
}

/// The demonstration's book, with lines that hold what a spreadsheet would run, a refund, cash and
/// a return.
fn hostile_book() -> TempFolder {
    let (folder, _) = demo();
    let rows = [
        "2026-03-30,2025/26,propose,H1,tactical,1.00,=1+1,@SUM(A1),,,,,,,,=cmd|' /C calc'!A0,KCST",
        "2026-03-30,2025/26,propose,H2,tactical,1.00,-1,+1,,0012,,,,,,'=1+1,=KCST",
        "2026-04-02,2025/26,refund,P05,,12.50,,,=1+1,-3,,,,,,@SUM(A1),KCST",
        "2025-09-01,2025/26,receive,,,30000.00,,,,BACS 7001,,,,,,,KCST",
        "2025-12-01,2025/26,receive,,,0.10,,,,BACS 7002,,,,,,,KCST",
        "2026-04-20,2025/26,return,P05,,700.00,,,,BACS 5512,,,,,,,KCST",
    ];
    std::fs::create_dir(folder.join("more")).unwrap();
    let header = "on,year,kind,project,pot,amount,title,lead,supplier,reference,measure,value,priorities,vat,override,note,by";
    std::fs::write(
        folder.join("more/entries.csv"),
        format!("{header}\n{}\n", rows.join("\n")),
    )
    .unwrap();
    let loaded = crg(&folder, &["load", "more"]);
    assert!(
        loaded.status.success(),
        "{}",
        String::from_utf8_lossy(&loaded.stderr)
    );
    folder
}

/// Every sheet of the year end is the report of its name, to the cell: numbers are numbers, days
/// are days, words are words.
#[test]
fn every_cell_of_the_year_end_is_that_of_the_csv() {
    let folder = hostile_book();
    let mut book = open(ask(&folder, &["report", "year-end", "2025/26"]));
    assert_eq!(
        book.sheet_names(),
        [
            "Summary",
            "Projects",
            "Spend",
            "Categories",
            "Categories by project",
            "Decisions",
            "Reasons outputs and outcomes",
            "Return",
            "Declaration"
        ]
    );
    let amounts = [
        "requested",
        "approved",
        "spent",
        "underspend",
        "returned",
        "lapsed",
        "paid",
        "accrued",
        "amount",
    ];
    for (sheet, question, rows) in [
        ("Summary", ["year", "show", "2025/26"], 12),
        ("Projects", ["report", "year-end", "2025/26"], 15),
        ("Spend", ["spend", "list", "2025/26"], 11),
        ("Decisions", ["report", "decisions", "2025/26"], 0),
    ] {
        let csv = csv_rows(&text(&crg(
            &folder,
            &[&question[..], &["--format", "csv"]].concat(),
        )));
        let (names, csv) = csv.split_first().unwrap();
        // The columns of the book are in CSV alone; what is paid and accrued only here.
        let origin = names.iter().position(|name| name == "partnership");
        let names = &names[..origin.unwrap_or(names.len())];
        assert!(
            csv.len() == rows || rows == 0 && csv.len() > 50,
            "{sheet}: {}",
            csv.len()
        );
        let cells = cells(&mut book, sheet);
        for (heading, name) in cells[0].iter().zip(names) {
            let expected = match (sheet, name.as_str()) {
                (_, "on") => "date",
                (_, "kind") | ("Projects", "line") => "type",
                (_, "by") => "recorded by",
                (_, name) => name,
            };
            assert_eq!(heading.to_string().to_lowercase(), expected);
        }
        for (row, (cells, csv)) in cells[1..].iter().zip(csv).enumerate() {
            for ((cell, csv), name) in cells.iter().zip(csv).zip(names) {
                let place = format!("{sheet}, row {}, {name}: {cell:?}", row + 2);
                assert_eq!(
                    as_csv(cell, amounts.contains(&name.as_str())),
                    *csv,
                    "{place}"
                );
                match (csv.as_str(), name.as_str()) {
                    ("", _) => assert!(cell.is_empty(), "{place}"),
                    (_, "on") => assert!(matches!(cell, Data::DateTime(_)), "{place}"),
                    (_, "entry") => assert!(cell.is_float(), "{place}"),
                    (_, name) => assert_eq!(cell.is_float(), amounts.contains(&name), "{place}"),
                }
            }
        }
    }
}

#[test]
fn text_that_a_spreadsheet_would_run_is_text_and_a_refund_is_a_number() {
    let folder = hostile_book();
    let bytes = ask(&folder, &["report", "year-end", "2025/26"]);
    let mut book = open(bytes);
    let projects = cells(&mut book, "Projects");
    let of = |reference: &str| {
        projects
            .iter()
            .find(|row| row[2] == Data::String(reference.into()))
            .unwrap()
            .clone()
    };
    assert_eq!(
        (&of("H1")[3], &of("H1")[4]),
        (
            &Data::String("=1+1".into()),
            &Data::String("@SUM(A1)".into())
        )
    );
    assert_eq!(
        (&of("H2")[3], &of("H2")[4]),
        (&Data::String("-1".into()), &Data::String("+1".into()))
    );
    let spend = cells(&mut book, "Spend");
    let refund = spend
        .iter()
        .find(|row| row[3] == Data::String("refund".into()))
        .unwrap();
    assert_eq!(
        (refund[7].is_float(), refund[7].to_string()),
        (true, "-12.5".into())
    );
    assert_eq!(refund[4], Data::String("=1+1".into()));
    // Below the eleven rows, a blank one and the total; no formula stands anywhere else.
    assert_eq!(
        formulas(&mut book, "Spend").keys().collect::<Vec<_>>(),
        [&(13, 7)]
    );
    assert!(formulas(&mut book, "Decisions").is_empty());
}

/// Totals are formulas over their columns, the summary's lines over the other sheets; beside each
/// is what the book has.
#[test]
fn sums_are_formulas_beside_the_figures_of_the_book() {
    let folder = hostile_book();
    let mut book = open(ask(&folder, &["report", "year-end", "2025/26"]));
    // Fifteen lines: the heading is row 1, the total row 18.
    let totals: Vec<String> = formulas(&mut book, "Projects").into_values().collect();
    assert_eq!(
        totals,
        ["I", "J", "K", "L", "M", "O", "P"]
            .map(|column| format!("ROUND(SUM({column}2:{column}16),2)"))
    );
    let projects = cells(&mut book, "Projects");
    let total: Vec<String> = projects[17].iter().map(|cell| as_csv(cell, true)).collect();
    assert_eq!(
        total[7..13],
        ["", "39661.00", "38922.10", "738.90", "700.00", "0.00"].map(|text| if text.is_empty() {
            String::new()
        } else {
            text.into()
        })
    );
    assert!(projects[16].iter().all(DataType::is_empty));
    let worked: Vec<String> = formulas(&mut book, "Summary").into_values().collect();
    assert_eq!(
        [&worked[0], &worked[1], &worked[2], &worked[3], &worked[6]],
        [
            "ROUND(Projects!$I$18,2)",
            "ROUND(Spend!$H$14,2)",
            "ROUND(Projects!$L$18,2)",
            "ROUND(Projects!$M$18,2)",
            "ROUND(B3+B4+B5+B6+B7,2)"
        ]
    );
    assert_eq!(
        worked.len(),
        12,
        "every line of the summary is worked out: {worked:?}"
    );
    // By hand: £38,934.60 less the refund; £726.40 and the refund less what was returned; cash is
    // 30,000.10 less both, so that nothing of what is left can be returned.
    let amounts: Vec<String> = cells(&mut book, "Summary")[1..13]
        .iter()
        .map(|row| as_csv(&row[1], true))
        .collect();
    let by_hand = [
        "39661.00", "38922.10", "700.00", "0.00", "8.50", "30.40", "39661.00", "738.90", "0.00",
        "38.90", "30000.10", "-9622.00",
    ];
    assert_eq!(amounts, by_hand);
}

#[test]
fn a_workbook_prints_on_a4_and_says_what_it_is() {
    let folder = hostile_book();
    let bytes = ask(
        &folder,
        &["report", "year-end", "2025/26", "--as-at", "2026-04-30"],
    );
    for (sheet, wide) in [
        (1, false),
        (2, true),
        (3, true),
        (4, false),
        (5, true),
        (6, true),
    ] {
        let page = part(&bytes, &format!("xl/worksheets/sheet{sheet}.xml"));
        for written in [
            "<pane ySplit=\"1\"",
            "state=\"frozen\"",
            "paperSize=\"9\"",
            "fitToPage=\"1\"",
            "fitToHeight=\"0\"",
        ] {
            assert!(page.contains(written), "sheet {sheet}: {written}");
        }
        assert_eq!(
            page.contains("orientation=\"landscape\""),
            wide,
            "sheet {sheet}"
        );
        assert!(
            page.contains(
                "<oddHeader>&amp;LYear end 2025/26, as at 30 April 2026, not closed</oddHeader>"
            ),
            "{page}"
        );
        assert!(page.contains("Page &amp;P of &amp;N</oddFooter>"));
        // What is worked out from other cells is not sorted.
        let is_worked_out = [1, 4, 5].contains(&sheet);
        assert_eq!(
            page.contains("<autoFilter"),
            !is_worked_out,
            "sheet {sheet}"
        );
    }
    // The filter ends above the total.
    assert!(part(&bytes, "xl/worksheets/sheet2.xml").contains("<autoFilter ref=\"A1:P16\"/>"));
    assert_eq!(
        part(&bytes, "xl/workbook.xml")
            .matches("_xlnm.Print_Titles")
            .count(),
        9
    );
    let styles = part(&bytes, "xl/styles.xml");
    assert!(
        styles.contains("formatCode=\"£#,##0.00;[Red]-£#,##0.00\"")
            && styles.contains("formatCode=\"d mmm yyyy\""),
        "{styles}"
    );
}

#[test]
fn the_same_book_and_day_make_the_same_bytes_at_another_time() {
    let folder = hostile_book();
    let first = ask(
        &folder,
        &["report", "year-end", "2025/26", "--as-at", "2026-04-30"],
    );
    // The times in a zip file are of two seconds.
    std::thread::sleep(std::time::Duration::from_millis(2100));
    let again = ask(
        &folder,
        &["report", "year-end", "2025/26", "--as-at=2026-04-30"],
    );
    assert!(first == again);
    assert!(part(&first, "docProps/core.xml").contains("2026-04-30T00:00:00Z"));
    let other = ask(
        &folder,
        &["report", "year-end", "2025/26", "--as-at", "2026-05-01"],
    );
    assert!(first != other);
}

/// Every question with a `--format`, by what it is asked: words, and some of the sheets of the
/// answer.
const QUESTIONS: [(&str, &[&str]); 23] = [
    ("pot 2025/26", &["Pots"]),
    ("page 2025/26", &["What is left", "Spent against award"]),
    ("status", &["Status"]),
    ("year show 2025/26", &["Year"]),
    ("project list 2025/26", &["Projects"]),
    ("project show P05 --year 2025/26", &["Project", "Entries"]),
    ("spend list 2025/26", &["Spend"]),
    (
        "spend import faulty.csv --map ledger.toml --dry-run --skip-bad",
        &["Trial", "Refused"],
    ),
    ("report quarter 2025/26 Q3", &["Q3", "Risks at quarter end"]),
    (
        "report update 2025/26 --as-at 2025-11-20",
        &["Projects", "Decisions", "Pots", "Proposed", "Underspend"],
    ),
    ("report priorities 2025/26", &["Priorities"]),
    ("report decisions 2025/26", &["Decisions"]),
    (
        "report forecast 2025/26 --as-at 2026-02-28",
        &["Forecast", "In total"],
    ),
    (
        "report monitoring 2025/26 --period mid-year",
        &["Monitoring", "Reasons outputs and outcomes"],
    ),
    (
        "report monitoring 2025/26 --period year-end",
        &["Monitoring", "Reasons outputs and outcomes"],
    ),
    (
        "report remittance 2025/26",
        &[
            "Remittance",
            "Payment OPCC underspend return",
            "Payment OPCC underspend 2",
        ],
    ),
    (
        "report year-end 2025/26",
        &["Summary", "Projects", "Spend", "Decisions"],
    ),
    (
        "report year-end 2025/26 --since 2026-05-01",
        &["Changes", "Entries recorded since"],
    ),
    ("reconcile 2025/26", &["Printed"]),
    (
        "reconcile 2025/26 --extract ledger.csv --map ledger.toml",
        &["In total"],
    ),
    ("check", &["Check"]),
    ("log", &["Journal"]),
    ("compare crg-demo.db fork.db", &[]),
];

/// The hostile book with a second and a third payment, a copy that went another way, and an extract
/// of a ledger.
fn desk() -> TempFolder {
    let folder = hostile_book();
    let done = |arguments: &[&str]| {
        let output = crg(&folder, arguments);
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    };
    for (amount, reference) in [
        ("1.00", "OPCC underspend return 1 of 2"),
        ("2.00", "OPCC underspend return 2 of 2"),
    ] {
        done(&[
            "year",
            "return",
            "2025/26",
            amount,
            "--pot",
            "tactical",
            "--on",
            "2026-04-21",
            "--reference",
            reference,
        ]);
    }
    std::fs::copy(folder.join("crg-demo.db"), folder.join("fork.db")).unwrap();
    done(&["--db", "fork.db", "year", "receive", "2025/26", "7"]);
    done(&["year", "receive", "2025/26", "8"]);
    std::fs::write(
        folder.join("ledger.toml"),
        "unmatched='P05'\n[columns]\ndate='Date'\namount='Amount'\nsupplier='Supplier'\n",
    )
    .unwrap();
    std::fs::write(
        folder.join("ledger.csv"),
        "Date,Amount,Supplier\n30/03/2026,11,S\n",
    )
    .unwrap();
    std::fs::write(
        folder.join("faulty.csv"),
        "Date,Amount,Supplier\n30/03/2026,11,S\n32/03/2026,1,S\n",
    )
    .unwrap();
    folder
}

#[test]
fn every_report_is_a_workbook() {
    let folder = desk();
    for (question, sheets) in QUESTIONS {
        let mut book = open(ask(&folder, &question.split(' ').collect::<Vec<_>>()));
        let names = book.sheet_names();
        assert!(
            sheets
                .iter()
                .all(|sheet| names.contains(&(*sheet).to_owned())),
            "{question}: {names:?}"
        );
        assert!(cells(&mut book, &names[0]).len() > 1, "{question}");
    }
}

/// A report made by hand.
struct Made(Vec<Table>);

impl Report for Made {
    fn head(&self) -> Head {
        Head {
            title: "A & B: a report &P of 2025/26 \u{ffff}".into(),
            year: None,
            as_at: Some("2026-03-31".parse().unwrap()),
        }
    }

    fn blocks(&self) -> Vec<Block> {
        let tables = self.0.iter().cloned().map(Block::Table);
        let notes = Block::Points(vec!["=1+1".into(), "A note".into()]);
        tables.chain([notes]).collect()
    }

    fn data(&self) -> Table {
        self.0[0].clone()
    }
}

/// A column of amounts that are added up.
fn totals(row: &'static str) -> Column {
    Column::total(amount_of(row), Align::Right, "")
}

/// The column of amounts of a kind of row.
fn amount_of(row: &'static str) -> ColumnId {
    let name = "amount";
    ColumnId { row, name }
}

fn made(caption: &str, column: Column, cells: impl IntoIterator<Item = Cell>) -> Made {
    let rows = cells.into_iter().map(|cell| vec![cell]).collect();
    Made(vec![table(caption, &[column], rows)])
}

#[test]
fn hostile_text_keeps_the_mark_that_makes_it_text() {
    let report = made(
        "Text",
        words("text", "Text"),
        HOSTILE.map(|text| Cell::Text(text.into())),
    );
    let bytes = xlsx(&report).unwrap();
    let mut book = open(bytes.clone());
    for (row, text) in cells(&mut book, "Text")[1..].iter().zip(HOSTILE) {
        assert_eq!(row[0], Data::String(text.into()));
    }
    assert!(formulas(&mut book, "Text").is_empty());
    // The style of each such cell, and of no other.
    let styles = part(&bytes, "xl/styles.xml");
    let styles: Vec<&str> = styles
        .split("<cellXfs")
        .nth(1)
        .unwrap()
        .split("<xf ")
        .skip(1)
        .collect();
    let page = part(&bytes, "xl/worksheets/sheet1.xml");
    let quoted = |cell: &str| {
        let rest = page.split(&format!("<c r=\"{cell}\" s=\"")).nth(1).unwrap();
        styles[rest.split('"').next().unwrap().parse::<usize>().unwrap()]
            .contains("quotePrefix=\"1\"")
    };
    let last = HOSTILE.len() + 1;
    assert!(!quoted("A1") && (2..=last).all(|row| quoted(&format!("A{row}"))));
    // A blank row, the title, and the notes.
    assert!(
        !quoted(&format!("A{}", last + 2))
            && quoted(&format!("A{}", last + 3))
            && !quoted(&format!("A{}", last + 4))
    );
}

#[test]
fn characters_that_xml_cannot_hold_break_no_file() {
    let texts = [
        "a\u{fffe}b\u{ffff}",
        "\0\u{1}\u{1f}",
        "_x0041_",
        "<&>\"",
        "one\ntwo",
        "𝄞 é £",
    ];
    let expected = [
        "a\u{fffd}b\u{fffd}",
        "\u{fffd}\u{fffd}\u{fffd}",
        "_x0041_",
        "<&>\"",
        "one\ntwo",
        "𝄞 é £",
    ];
    let report = made(
        "",
        words("text", "Text"),
        texts.map(|text| Cell::Text(text.into())),
    );
    let bytes = xlsx(&report).unwrap();
    let mut book = open(bytes.clone());
    let found: Vec<String> = cells(&mut book, "A")[1..=texts.len()]
        .iter()
        .map(|row| row[0].to_string())
        .collect();
    assert_eq!(found, expected);
    assert!(
        part(&bytes, "xl/worksheets/sheet1.xml")
            .contains("&amp;LA &amp;&amp; B: a report &amp;&amp;P of 2025/26 \u{fffd}</oddHeader>")
    );
}

#[test]
fn names_of_sheets_are_such_as_spreadsheets_take() {
    for (caption, name) in [
        ("Targets and outcomes", "Targets and outcomes"),
        ("[a]:b*c?d/e\\f", "abcdef"),
        ("'quoted'", "quoted"),
        (
            "A caption of more than thirty-one characters",
            "A caption of more than",
        ),
        (
            "Closing figures reported and not since",
            "Closing figures reported and",
        ),
        (
            "Thirty one characters are enough",
            "Thirty one characters are",
        ),
        (
            "Thirty one characters fit on it",
            "Thirty one characters fit on it",
        ),
        (
            "Llanfairpwllgwyngyllgogerychwyrndrobwll",
            "Llanfairpwllgwyngyllgogerychwyr",
        ),
        ("***", "Sheet 1"),
    ] {
        let report = made(caption, words("text", ""), [Cell::Empty]);
        assert_eq!(open(xlsx(&report).unwrap()).sheet_names(), [name]);
    }
}

/// Tables of one amount each, of these captions.
fn captioned(captions: &[&str]) -> Vec<Table> {
    let table = |caption: &&str| {
        made(
            caption,
            totals("Made"),
            [Cell::Money("1.00".parse().unwrap())],
        )
        .0
    };
    captions.iter().flat_map(table).collect()
}

#[test]
fn no_two_sheets_have_the_same_name() {
    for (captions, names) in [
        (
            &["Payment bacs 1", "Payment BACS 1", "payment bacs 1"][..],
            &["Payment bacs 1", "Payment BACS 1 2", "payment bacs 1 3"][..],
        ),
        (
            &[
                "Payment OPCC underspend return 1 of 2",
                "Payment OPCC underspend return 2 of 2",
            ],
            &[
                "Payment OPCC underspend return",
                "Payment OPCC underspend 2",
            ],
        ),
        (
            &["Spend", "Spend 2", "Spend"],
            &["Spend", "Spend 2", "Spend 3"],
        ),
        (
            &["***", "Sheet 1", "***"],
            &["Sheet 1", "Sheet 1 2", "Sheet 3"],
        ),
    ] {
        assert_eq!(
            open(xlsx(&Made(captioned(captions))).unwrap()).sheet_names(),
            names
        );
    }
    let names = open(
        xlsx(&Made(captioned(
            &["Llanfairpwllgwyngyllgogerychwyrndrobwll"; 12],
        )))
        .unwrap(),
    )
    .sheet_names();
    assert_eq!(names[11], "Llanfairpwllgwyngyllgogerych 12");
}

#[test]
fn a_formula_follows_the_name_of_its_sheet() {
    let amount = "1.00".parse().unwrap();
    let total = Formula {
        added: vec![Term::Total(amount_of("Second"))],
        subtracted: vec![],
    };
    let mut tables = captioned(&["Spend"]);
    tables.extend(made("SPEND", totals("Second"), [Cell::Money(amount)]).0);
    tables.extend(made("Sum", amounts("sum", ""), [Cell::Formula(amount, total)]).0);
    let mut book = open(xlsx(&Made(tables)).unwrap());
    assert_eq!(
        formulas(&mut book, "Sum").into_values().collect::<Vec<_>>(),
        ["ROUND('SPEND 2'!$A$4,2)"]
    );
}

/// The height of a sheet's row in points, where it is set; rows count from 1.
fn height(page: &str, row: usize) -> Option<u32> {
    let rest = page
        .split(&format!("<row r=\"{row}\" "))
        .nth(1)?
        .split('>')
        .next()?;
    rest.split(" ht=\"")
        .nth(1)
        .or_else(|| rest.strip_prefix("ht=\""))?
        .split(['"', '.'])
        .next()?
        .parse()
        .ok()
}

/// How wide the first column of a sheet is, in digits.
fn first_width(page: &str) -> u32 {
    page.split(" width=\"")
        .nth(1)
        .unwrap()
        .split('.')
        .next()
        .unwrap()
        .parse()
        .unwrap()
}

/// The sheet of a column with one text.
fn page_of(text: &str) -> String {
    let report = made("Text", words("text", "Text"), [Cell::Text(text.into())]);
    part(&xlsx(&report).unwrap(), "xl/worksheets/sheet1.xml")
}

/// In print the codes are as wide as 70 of the digits that columns are counted in, and the order as
/// 18.
#[test]
fn capitals_have_the_room_they_need() {
    let codes = page_of("PCP-PLACES;PCP-PARTNERSHIPS;CRG-ASB;CSA25-NEIGHBOURHOOD");
    assert!(
        first_width(&codes) * (height(&codes, 2).unwrap() / 12) > 70,
        "{codes}"
    );
    let order = page_of("STANDING ORDER");
    assert!(
        first_width(&order) >= 20 && height(&order, 2).is_none(),
        "{order}"
    );
    assert!(first_width(&page_of("standing order")) < first_width(&order));
}

#[test]
fn no_row_is_lower_than_its_text() {
    for (text, least) in [
        ("MEMORANDUM OF UNDERSTANDING WITH MEDWAY", 2),
        ("A word\n", 2),
        ("one\ntwo\n\nfour", 4),
        (&"W".repeat(100), 2),
        (&"mm ".repeat(30), 2),
    ] {
        let page = page_of(text);
        assert!(
            height(&page, 2).unwrap_or(12) >= 12 * least,
            "{text}: {page}"
        );
    }
}

#[test]
fn a_table_without_rows_has_its_heading_and_a_total_of_nothing() {
    let bytes = xlsx(&made("Spend", totals("Made"), [])).unwrap();
    let mut book = open(bytes);
    let cells: Vec<String> = cells(&mut book, "Spend")
        .iter()
        .map(|row| row[0].to_string())
        .collect();
    assert_eq!(cells[..4], ["Amount", "", "", "0"]);
    assert_eq!(
        formulas(&mut book, "Spend")
            .into_values()
            .collect::<Vec<_>>(),
        ["ROUND(SUM(A2),2)"]
    );
}

/// A spreadsheet keeps fifteen digits: what has more is refused, not rounded, and so is a total.
#[test]
fn figures_are_exact_or_refused() {
    let amount = |text: &str| Cell::Money(text.parse::<Money>().unwrap());
    let exact = [
        "9999999999999.99",
        "-9999999999999.99",
        "0.01",
        "-0.29",
        "1.10",
        "4503599627370.49",
    ];
    let report = made("Amounts", amounts("amount", ""), exact.map(amount));
    let mut book = open(xlsx(&report).unwrap());
    let found: Vec<String> = cells(&mut book, "Amounts")[1..=exact.len()]
        .iter()
        .map(|row| as_csv(&row[0], true))
        .collect();
    assert_eq!(found, exact);
    let refused = |column, amounts: &[&str]| {
        let cells: Vec<Cell> = amounts.iter().map(|text| amount(text)).collect();
        match xlsx(&made("Amounts", column, cells)) {
            Err(WorkbookError::TooManyDigits { figure }) => Some(figure),
            _ => None,
        }
    };
    let (one, two) = (["10000000000000.00"], ["9999999999999.99", "0.01"]);
    assert_eq!(
        refused(amounts("amount", ""), &one).as_deref(),
        Some(one[0])
    );
    assert_eq!(refused(totals("Made"), &two).as_deref(), Some(one[0]));
    assert_eq!(refused(amounts("amount", ""), &two), None);
}

#[test]
fn a_sheet_that_is_too_long_is_refused_with_its_limit() {
    let rows = |count: usize| {
        made(
            "Spend",
            words("text", ""),
            std::iter::repeat_n(Cell::Empty, count),
        )
    };
    let refused = xlsx(&rows((1 << 20) - 2))
        .map(|_| ())
        .unwrap_err()
        .to_string();
    assert_eq!(
        refused,
        "sheet Spend would have 1048577 rows, and a spreadsheet takes at most 1048576"
    );
}

/// An amount is right without its formula; a formula over other cells would be wrong.
#[test]
fn an_amount_that_no_cells_add_up_to_is_a_plain_number() {
    let amount: Money = "2.50".parse().unwrap();
    let elsewhere = ColumnId {
        row: "Elsewhere",
        name: "amount",
    };
    let terms = [
        Term::Row(1),
        Term::Total(elsewhere),
        // The column is there, and has no total.
        Term::Total(id("amount")),
        Term::Part {
            column: id("amount"),
            by: elsewhere,
            word: "project",
        },
        Term::Beside(elsewhere),
        Term::Shared {
            column: id("amount"),
            shared: &[],
            by: elsewhere,
            word: "project",
        },
    ];
    for term in terms {
        for (added, subtracted) in [(vec![term], vec![]), (vec![], vec![term])] {
            let formula = Formula { added, subtracted };
            let cell = Cell::Formula(amount, formula);
            let report = made("Sum", amounts("amount", ""), [cell]);
            let mut book = open(xlsx(&report).unwrap());
            assert!(formulas(&mut book, "Sum").is_empty(), "{term:?}");
            assert_eq!(cells(&mut book, "Sum")[1][0], Data::Float(2.5), "{term:?}");
        }
    }
}

/// The result of a formula in whole pence, from the cells of the tables alone. The formula stands in
/// a column and row of one of them.
fn result(formula: &Formula, (table, column, row): Place<'_>, tables: &[Table]) -> i64 {
    let sum = |terms: &[Term]| -> i64 {
        let figures = terms
            .iter()
            .map(|term| figure(term, (table, column, row), tables));
        figures.sum()
    };
    sum(&formula.added) - sum(&formula.subtracted)
}

/// A table, and a column and row of it.
type Place<'a> = (&'a Table, usize, usize);

fn figure(term: &Term, (table, column, row): Place<'_>, tables: &[Table]) -> i64 {
    let holder = |column: ColumnId| {
        let has = |table: &&Table| table.index(column).is_some();
        tables.iter().find(has).unwrap()
    };
    let pence = |cell: &Cell| match cell {
        Cell::Money(amount) => amount.pence().unwrap(),
        Cell::Empty => 0,
        cell => panic!("{cell:?}"),
    };
    let other_formula = |column: usize, row: usize| match &table.rows[row][column] {
        Cell::Formula(_, formula) => result(formula, (table, column, row), tables),
        found => panic!("{row}: {found:?}"),
    };
    match term {
        Term::Row(index) => other_formula(column, *index),
        Term::Beside(beside) => other_formula(table.index(*beside).unwrap(), row),
        Term::Total(column) => holder(*column).column(*column).map(pence).sum(),
        Term::Part { column, by, word } => {
            let table = holder(*by);
            let cells = table.column(*by).zip(table.column(*column));
            cells
                .filter(|(cell, _)| cell.to_string() == *word)
                .map(|(_, cell)| pence(cell))
                .sum()
        }
        Term::Shared {
            column,
            shared,
            by,
            word,
        } => {
            let other = holder(*by);
            let text = |cells: &[Cell], table: &Table, column: ColumnId| {
                cells[table.index(column).unwrap()].to_string()
            };
            let is_alike = |cells: &&Vec<Cell>| {
                let mut pairs = shared.iter();
                pairs.all(|(theirs, own)| {
                    text(cells, other, *theirs) == text(&table.rows[row], table, *own)
                }) && text(cells, other, *by) == *word
            };
            let alike = other.rows.iter().filter(is_alike);
            alike
                .map(|cells| pence(&cells[other.index(*column).unwrap()]))
                .sum()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever happened in a year, the workbook's formulas come to what the fold says, and every
    /// payment is of one category.
    #[test]
    fn a_workbook_is_what_its_formulas_come_to(script in scripts(45)) {
        let journal = script.play().journal;
        for year in journal.years() {
            let (lens, standing) = (Lens::at(Date::MAX), journal.standing(year, Date::MAX));
            let portfolio = Portfolio::fold(year, &standing).unwrap();
            let view = YearView { lens, portfolio, standing, names: Names::default(), pots: PotNames::Two };
            let tables = YearEndWorkbook::new(&view).tables();
            for table in &tables {
                for (row, column) in (0..table.rows.len()).flat_map(|row| (0..table.columns.len()).map(move |column| (row, column))) {
                    let Cell::Formula(amount, formula) = &table.rows[row][column] else { continue };
                    let found = result(formula, (table, column, row), &tables);
                    prop_assert_eq!(found, amount.pence().unwrap(), "{} {}", table.caption, row);
                }
            }
            let spent = view.portfolio.spent();
            for caption in ["Categories", "Categories by project"] {
                let table = tables.iter().find(|table| table.caption.to_string() == caption).unwrap();
                prop_assert_eq!(table.total(table.columns.len() - 1), Some(spent), "{}", caption);
            }
        }
    }
}
