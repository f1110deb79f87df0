//! `crg template`: workbooks to be filled in, which are read back without a map; their example is
//! never imported.

use std::fs;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::import::{Desk, said, stdout};
use crate::tracker::{DECEMBER, JUNE, MARCH, assert_same_figures, desk, entries, typed};

/// The headings of the tracker, as its users know them.
const TRACKER: [&str; 16] = [
    "Ref",
    "Title",
    "Lead",
    "Pot",
    "Priorities",
    "Requested",
    "Status",
    "Proposed on",
    "Decided on",
    "Endorsed on",
    "Submitted on",
    "Awarded",
    "Awarded on",
    "Spent to date",
    "Spent up to",
    "Ended on",
];

/// The headings under which the rows of [`MARCH`] and the others stand in the template.
const FILLED_IN: [&str; 12] = [
    "Ref",
    "Title",
    "Lead",
    "Requested",
    "Status",
    "Decided on",
    "Submitted on",
    "Awarded",
    "Awarded on",
    "Spent to date",
    "Spent up to",
    "Ended on",
];

/// The text of a part of a workbook.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    let mut part = archive.by_name(name).unwrap();
    part.read_to_string(&mut text).unwrap();
    text
}

const SHEET: &str = "xl/worksheets/sheet1.xml";
const TEXTS: &str = "xl/sharedStrings.xml";

/// The workbook with one of its parts changed.
fn changed(bytes: &[u8], part: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let name = archive
            .by_index(index)
            .unwrap()
            .name()
            .unwrap()
            .into_owned();
        let mut content = Vec::new();
        archive
            .by_index(index)
            .unwrap()
            .read_to_end(&mut content)
            .unwrap();
        if name == part {
            content = change(std::str::from_utf8(&content).unwrap()).into_bytes();
        }
        writer
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The workbook with rows below its example, and the cells of each in the order of the columns.
fn filled(bytes: &[u8], rows: &[Vec<String>]) -> Vec<u8> {
    let cell = |row: usize, column: usize, text: &str| {
        let place = rust_xlsxwriter::utility::row_col_to_cell(
            u32::try_from(row).unwrap(),
            u16::try_from(column).unwrap(),
        );
        // A number that begins with zeros is the number of an invoice.
        let is_number = !text.starts_with('0')
            && text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.');
        match text {
            "" => String::new(),
            text if is_number => format!("<c r=\"{place}\"><v>{text}</v></c>"),
            text => format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
        }
    };
    let rows = rows.iter().enumerate().map(|(index, cells)| {
        let cells = cells.iter().enumerate();
        let cells: String = cells
            .map(|(column, text)| cell(index + 2, column, text))
            .collect();
        format!("<row r=\"{}\">{cells}</row>", index + 3)
    });
    let rows: String = rows.collect();
    changed(bytes, SHEET, |sheet| {
        sheet.replace("</sheetData>", &format!("{rows}</sheetData>"))
    })
}

fn template(desk: &Desk, name: &str) -> Vec<u8> {
    let options = ["--year", "2025/26", "--output", "blank.xlsx"];
    let output = desk.crg(&[&["template", name], &options[..]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let path = desk.folder.join("blank.xlsx");
    let bytes = fs::read(&path).unwrap();
    fs::remove_file(path).unwrap();
    bytes
}

/// The rows of a CSV in the order of the tracker's columns.
fn tracker_rows(csv: &str) -> Vec<Vec<String>> {
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let cell = |heading: &&str| match FILLED_IN.iter().position(|known| known == heading) {
            Some(index) => cells[index].to_owned(),
            None if *heading == "Pot" => "upfront".to_owned(),
            None => String::new(),
        };
        TRACKER.iter().map(cell).collect()
    };
    csv.lines().map(row).collect()
}

#[test]
fn a_tracker_filled_in_again_and_again_gives_the_figures_of_the_year_typed_as_commands() {
    let tracked = desk();
    let blank = template(&tracked, "tracker.xlsx");
    for rows in [MARCH, JUNE, DECEMBER] {
        tracked.put("tracker.xlsx", filled(&blank, &tracker_rows(rows)));
        for _ in 0..2 {
            let output = tracked.crg(&["project", "import", "tracker.xlsx"]);
            let text = said(&output);
            assert_eq!(output.status.code(), Some(0), "{text}");
            let example = "note: row 2 shows how to fill in the template, and is not imported";
            assert!(text.contains(example), "{text}");
            assert!(!text.contains("Not read"), "{text}");
        }
    }
    assert!(!entries(&tracked).is_empty());
    assert_same_figures(&tracked, &typed());
}

#[test]
fn a_blank_template_records_nothing() {
    let desk = desk();
    let bytes = desk.bytes();
    for (name, import) in [("tracker.xlsx", "project"), ("invoices.xlsx", "spend")] {
        desk.put(name, template(&desk, name));
        let output = desk.crg(&[import, "import", name]);
        let text = stdout(&output) + &said(&output);
        assert_eq!(output.status.code(), Some(0), "{text}");
        assert!(text.contains("how to fill in the template"), "{text}");
        assert!(desk.bytes() == bytes, "{name}");
    }
}

/// Somebody who writes over part of the example is told so: neither half is what was spent.
#[test]
fn an_example_that_is_written_over_in_part_is_refused() {
    for (name, import, part, own) in [
        ("tracker.xlsx", "project", "EXAMPLE", "P01"),
        ("tracker.xlsx", "project", "Example project", "Event"),
        ("invoices.xlsx", "spend", "EXAMPLE", "P01"),
        ("invoices.xlsx", "spend", "Example Ltd", "Hall"),
        ("invoices.xlsx", "spend", "EXAMPLE-1", "A1"),
    ] {
        let desk = desk();
        let bytes = desk.bytes();
        let workbook = template(&desk, name);
        let written_over = changed(&workbook, TEXTS, |texts| {
            let mark = format!("<t>{part}</t>");
            assert!(texts.contains(&mark), "{name} {part}");
            texts.replace(&mark, &format!("<t>{own}</t>"))
        });
        desk.put(name, written_over);
        let output = desk.crg(&[import, "import", name]);
        let text = said(&output);
        assert_eq!(output.status.code(), Some(3), "{name} {part}\n{text}");
        assert!(text.contains("row 2: "), "{text}");
        assert!(text.contains("write over all of the example"), "{text}");
        assert!(desk.bytes() == bytes, "{name}");
    }
}

/// Rows of invoices, in the order of the columns: date, ref, supplier, number, amount, VAT, type,
/// note.
fn invoice_rows(rows: &[[&str; 8]]) -> Vec<Vec<String>> {
    let row = |row: &[&str; 8]| row.iter().map(ToString::to_string).collect();
    rows.iter().map(row).collect()
}

/// A book whose P01 has an award of £450.00.
fn awarded() -> Desk {
    let desk = desk();
    desk.put(
        "tracker.xlsx",
        filled(&template(&desk, "tracker.xlsx"), &tracker_rows(JUNE)),
    );
    let output = desk.crg(&["project", "import", "tracker.xlsx"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    desk
}

#[test]
fn invoices_are_read_with_their_vat_and_their_refunds() {
    let desk = awarded();
    let before = entries(&desk).len();
    let blank = template(&desk, "invoices.xlsx");
    let rows = invoice_rows(&[
        [
            "14/07/2025",
            "P01",
            "Hall",
            "0012",
            "60.50",
            "gross",
            "spend",
            "",
        ],
        ["15/07/2025", "p01", "Hall", "0013", "20", "", "", "Chairs"],
        [
            "16/07/2025",
            "P01",
            "Hall",
            "C1",
            "5.25",
            "Net",
            "Refund",
            "",
        ],
    ]);
    desk.put("invoices.xlsx", filled(&blank, &rows));
    let import = ["spend", "import", "invoices.xlsx"];
    let output = desk.crg(&import);
    let text = stdout(&output) + &said(&output);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(!text.contains("Not read"), "{text}");
    let expected = [
        "2025-07-14 spend P01 60.50 ledger",
        "2025-07-15 spend P01 20.00 ledger",
        "2025-07-16 refund P01 5.25 ledger",
    ];
    assert_eq!(entries(&desk)[before..], expected);
    let dump = stdout(&desk.crg(&["dump", "-"]));
    let vat = |reference: &str| {
        let line = dump.lines().find(|line| line.contains(reference)).unwrap();
        let is_gross = line.contains(",gross,");
        (is_gross, line.contains(",net,"))
    };
    assert_eq!(vat("Hall,0012"), (true, false));
    assert_eq!(vat("Hall,0013"), (false, true));
    assert_eq!(vat("Hall,C1"), (false, true));
    let bytes = desk.bytes();
    let output = desk.crg(&import);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(desk.bytes() == bytes);
}

#[test]
fn a_filled_in_template_is_compared_with_the_book() {
    let desk = awarded();
    let row = ["14/07/2025", "P01", "Hall", "0012", "60.50", "", "", ""];
    let blank = template(&desk, "invoices.xlsx");
    desk.put("invoices.xlsx", filled(&blank, &invoice_rows(&[row])));
    let reconcile = || said(&desk.crg(&["reconcile", "2025/26", "--extract", "invoices.xlsx"]));
    let text = reconcile();
    let import = "next: record what the book does not have: crg spend import invoices.xlsx\n";
    assert!(text.contains("not reconciled: 2 payments"), "{text}");
    assert!(text.contains(import), "{text}");
    let imported = desk.crg(&["spend", "import", "invoices.xlsx"]);
    assert_eq!(imported.status.code(), Some(0), "{}", said(&imported));
    let text = reconcile();
    assert!(
        text.contains("not reconciled: 1 payment unmatched, -£100.00 apart"),
        "{text}"
    );
    assert!(!text.contains(import), "{text}");
}

#[test]
fn a_wrong_word_for_the_vat_is_named() {
    let desk = awarded();
    let blank = template(&desk, "invoices.xlsx");
    let row = [
        "14/07/2025",
        "P01",
        "Hall",
        "0012",
        "60.50",
        "exempt",
        "spend",
        "",
    ];
    desk.put("invoices.xlsx", filled(&blank, &invoice_rows(&[row])));
    let output = desk.crg(&["spend", "import", "invoices.xlsx"]);
    assert_eq!(output.status.code(), Some(3));
    let text = said(&output);
    assert!(
        text.contains("row 3: VAT: \"exempt\" is not net or gross"),
        "{text}"
    );
}

/// With a book the refs of the year can be chosen; without one the template is as good.
#[test]
fn a_template_has_lists_to_choose_from_and_notes() {
    let desk = awarded();
    let with_book = template(&desk, "invoices.xlsx");
    let sheet = part(&with_book, SHEET);
    for list in ["\"net,gross\"", "\"spend,refund\"", "Lists!$A$2:$A$4"] {
        assert!(
            sheet.contains(&list.replace('"', "&quot;")) || sheet.contains(list),
            "{sheet}"
        );
    }
    assert!(part(&with_book, "xl/worksheets/sheet2.xml").contains("<row r=\"4\""));
    assert!(part(&with_book, TEXTS).contains("Bikes"));
    assert!(part(&with_book, "xl/comments1.xml").contains("The number of the invoice"));
    assert_eq!(template(&desk, "invoices.xlsx"), with_book);
    let tracker = part(&template(&desk, "tracker.xlsx"), SHEET);
    for list in ["upfront,tactical", "proposed,recommended,endorsed"] {
        assert!(tracker.contains(list), "{tracker}");
    }
    fs::remove_file(desk.folder.join("book.db")).unwrap();
    let without = template(&desk, "invoices.xlsx");
    assert!(!part(&without, SHEET).contains("Lists!"));
}

/// The year of a tracker is that of the template, whatever the day on which it is imported.
#[test]
fn a_tracker_belongs_to_the_year_of_its_template() {
    let desk = desk();
    let output = desk.crg(&["template", "tracker.xlsx", "--year", "2025/26"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let blank = fs::read(desk.folder.join("tracker.xlsx")).unwrap();
    assert!(part(&blank, "xl/workbook.xml").contains("Projects 2025-26"));
    let rows = tracker_rows("P01,Event,Police,500,,10/03/2025,,,,,,");
    desk.put("tracker.xlsx", filled(&blank, &rows));
    // The program's clock says May 2026.
    let output = desk.crg(&["project", "import", "tracker.xlsx"]);
    let text = stdout(&output) + &said(&output);
    assert!(text.contains("entries of 2025/26"), "{text}");
}

#[test]
fn a_file_that_is_no_template_needs_a_map() {
    let desk = desk();
    desk.put(
        "other.csv",
        "Code,Project name,Lead,Requested\nP01,Event,Police,5\n",
    );
    for (import, next) in [
        (
            "project",
            "crg project import --suggest other.csv --output MAP",
        ),
        ("spend", "crg spend import --suggest other.csv --output MAP"),
    ] {
        let output = desk.crg(&[import, "import", "other.csv"]);
        let text = said(&output);
        assert_eq!(output.status.code(), Some(3), "{text}");
        assert!(
            text.contains("other.csv: is not a filled-in template"),
            "{text}"
        );
        assert!(text.contains("so it needs a map"), "{text}");
        assert!(text.contains(next), "{text}");
    }
    let blank = template(&desk, "invoices.xlsx");
    let renamed = changed(&blank, TEXTS, |texts| {
        texts.replace("<t>VAT</t>", "<t>Tax</t>")
    });
    desk.put("invoices.xlsx", renamed);
    let text = said(&desk.crg(&["spend", "import", "invoices.xlsx"]));
    assert!(text.contains("(the column VAT is missing)"), "{text}");
}

#[test]
fn a_template_is_not_written_over_a_file() {
    let desk = desk();
    desk.put("tracker.xlsx", "mine");
    let output = desk.crg(&["template", "tracker.xlsx"]);
    assert_eq!(output.status.code(), Some(4), "{}", said(&output));
    assert_eq!(fs::read(desk.folder.join("tracker.xlsx")).unwrap(), b"mine");
    let output = desk.crg(&["template", "trackers.xlsx"]);
    assert_eq!(output.status.code(), Some(2));
    let text = said(&output);
    assert!(text.contains("tracker.xlsx, invoices.xlsx"), "{text}");
}
