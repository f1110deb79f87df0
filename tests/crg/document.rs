//! Documents, read back by a program that did not write them, and compared with Markdown.

use std::io::{Cursor, Read};

use crg::document::{Align, Block, Cell, Column, ColumnId, Head, Report, Table, Text};
use crg::format::{docx, md};
use crg::model::Money;
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::files::TempFolder;
use crate::kent::{book_questions, crg, demo, text};

/// What stands in a document or a Markdown text, in the order it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Title(String),
    Heading(String),
    Subheading(String),
    Paragraph(String),
    Point(String),
    /// Of each column whether it stands right; then its rows, the first being the headings.
    Table(Vec<bool>, Vec<Vec<String>>),
}

pub(crate) fn member(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut written = String::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_string(&mut written)
        .unwrap();
    written
}

/// The value of an element, as `w:val` gives it.
fn val(element: &BytesStart<'_>) -> String {
    element
        .try_get_attribute("w:val")
        .unwrap()
        .unwrap()
        .value
        .into_owned()
}

/// The parts of a document, then of the foot of its pages, but for the line of each page that has
/// its number. A paragraph without text is space. The numbers of sections and of their
/// paragraphs are counted as a word processor counts them.
fn parts(bytes: &[u8]) -> Vec<Part> {
    let xml = member(bytes, "word/document.xml") + &member(bytes, "word/footer.xml");
    let mut reader = Reader::from_str(&xml);
    let (mut parts, mut style, mut said, mut in_text) =
        (Vec::new(), String::new(), String::new(), false);
    let (mut table, mut sides, mut right, mut headings): (
        Option<Vec<Vec<String>>>,
        Vec<bool>,
        bool,
        usize,
    ) = (None, vec![], false, 0);
    let (mut section, mut paragraph) = (0, 0);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return parts,
            Event::Empty(element) => match element.name().as_ref() {
                "w:pStyle" => style = val(&element),
                "w:tab" if !said.is_empty() => said.push(' '),
                "w:jc" => right = val(&element) == "right",
                "w:tblHeader" => {
                    headings += 1;
                    assert_eq!(
                        table.as_ref().map(Vec::len),
                        Some(1),
                        "headings are the first row"
                    );
                }
                _ => {}
            },
            Event::Start(element) => match element.name().as_ref() {
                "w:tbl" => (table, sides, headings) = (Some(vec![]), vec![], 0),
                "w:tr" => table.as_mut().unwrap().push(vec![]),
                "w:p" => (said, style, right) = (String::new(), String::new(), false),
                "w:t" => in_text = true,
                _ => {}
            },
            Event::Text(written) if in_text => said.push_str(&written),
            Event::GeneralRef(mark) if in_text => said.push_str(match &*mark {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                other => panic!("{other}"),
            }),
            Event::End(element) => match element.name().as_ref() {
                "w:t" => in_text = false,
                "w:tc" => {
                    let rows = table.as_mut().unwrap();
                    if rows.len() == 1 {
                        sides.push(right);
                    } else {
                        assert_eq!(sides[rows.last().unwrap().len()], right, "{said}");
                    }
                    rows.last_mut().unwrap().push(said.clone());
                }
                "w:tbl" => {
                    assert_eq!(headings, 1, "a table has one row of headings");
                    parts.push(Part::Table(
                        std::mem::take(&mut sides),
                        table.take().unwrap(),
                    ));
                }
                "w:p" if style == "Footer" && said.ends_with(" Page 1 of 1") => {}
                "w:p" if table.is_none() && !said.is_empty() => parts.push(match style.as_str() {
                    "Heading1" => Part::Title(said.clone()),
                    "Heading2" => Part::Heading(said.clone()),
                    "Heading3" => Part::Subheading(said.clone()),
                    "NumberedHeading" => {
                        (section, paragraph) = (section + 1, 0);
                        Part::Heading(format!("{section}.0 {said}"))
                    }
                    "NumberedParagraph" | "NumberedLead" => {
                        paragraph += 1;
                        Part::Paragraph(format!("{section}.{paragraph} {said}"))
                    }
                    "ListBullet" | "ListBullet2" => Part::Point(said.clone()),
                    "Normal" | "Lead" | "Field" | "Footer" => Part::Paragraph(said.clone()),
                    other => panic!("{other}: {said}"),
                }),
                _ => {}
            },
            _ => {}
        }
    }
}

/// Markdown as it is shown: without the marks that keep text from being marks.
fn shown(text: &str) -> String {
    let (mut plain, mut letters) = (String::new(), text.chars());
    while let Some(c) = letters.next() {
        plain.push(if c == '\\' {
            letters.next().unwrap()
        } else {
            c
        });
    }
    plain.replace("&amp;", "&")
}

/// The cells of a row: between bars that no backslash keeps from being one, each with a space
/// beside it.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut cell, mut kept) = (Vec::new(), String::new(), false);
    for c in line.chars().skip(1) {
        if c == '|' && !kept {
            let inner = cell.strip_prefix(' ').unwrap();
            cells.push(shown(if inner.is_empty() {
                ""
            } else {
                inner.strip_suffix(' ').unwrap()
            }));
            cell.clear();
        } else {
            cell.push(c);
        }
        kept = c == '\\' && !kept;
    }
    cells
}

/// The parts of a Markdown text.
fn marked(text: &str) -> Vec<Part> {
    let (mut parts, mut lines) = (Vec::new(), text.lines().peekable());
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix("#### ") {
            parts.push(Part::Subheading(shown(heading)));
        } else if let Some(heading) = line.strip_prefix("### ") {
            parts.push(Part::Heading(shown(heading)));
        } else if let Some(title) = line.strip_prefix("## ") {
            parts.push(Part::Title(shown(title)));
        } else if let Some(point) = line.strip_prefix("- ") {
            parts.push(Part::Point(shown(point)));
        } else if line.starts_with("| ") {
            let mut rows = vec![cells(line)];
            let sides = cells(lines.next().unwrap())
                .iter()
                .map(|rule| rule.ends_with(':'))
                .collect();
            while let Some(row) = lines.next_if(|line| line.starts_with("| ")) {
                rows.push(cells(row));
            }
            parts.push(Part::Table(sides, rows));
        } else if !line.is_empty() {
            parts.push(Part::Paragraph(shown(line)));
        }
    }
    parts
}

fn ask(folder: &TempFolder, question: &[&str], name: &str) -> Vec<u8> {
    let asked = crg(
        folder,
        &[question, &["--format", "docx", "--output", name]].concat(),
    );
    let noted = format!("note: saved as {name}\n").into_bytes();
    let has_more_to_say = ["reconcile", "export"].contains(&question[0])
        || question[1..].contains(&"--for")
        || question.contains(&"update");
    assert!(
        asked.stdout.is_empty() && asked.stderr == noted || has_more_to_say,
        "{question:?}: {asked:?}"
    );
    std::fs::read(folder.join(name)).unwrap()
}

/// Every report: what the document says is what Markdown says, part by part and cell by cell.
#[test]
fn a_document_says_what_markdown_says() {
    let (folder, _) = demo();
    assert!(
        crg(
            &folder,
            &[
                "year",
                "return",
                "2025/26",
                "--reference",
                "BACS 5512",
                "--on",
                "2026-04-20"
            ]
        )
        .status
        .success()
    );
    for (place, (_, question)) in book_questions().enumerate() {
        let question: Vec<&str> = question.split(' ').collect();
        let found = parts(&ask(&folder, &question, &format!("{place}.docx")));
        let markdown = text(&crg(
            &folder,
            &[&question[..], &["--format", "md"]].concat(),
        ));
        let expected = marked(&markdown);
        assert!(expected.len() > 1, "{markdown}");
        assert_eq!(found, expected, "{question:?}");
    }
}

#[test]
fn a_document_is_a4_british_and_named() {
    let (folder, _) = demo();
    let update = ask(
        &folder,
        &["report", "update", "2025/26", "--as-at", "2026-03-31"],
        "update.docx",
    );
    let body = member(&update, "word/document.xml");
    // 210 by 297 millimetres are 11906 by 16838 twentieths of a point.
    assert!(
        body.contains("<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"),
        "{body}"
    );
    assert!(member(&update, "word/styles.xml").contains("<w:lang w:val=\"en-GB\""));
    let properties = member(&update, "docProps/core.xml");
    assert!(
        properties
            .contains("<dc:title>Working Group Update 2025/26, as at 31 March 2026</dc:title>"),
        "{properties}"
    );
    assert!(
        properties.contains("2026-03-31T00:00:00Z")
            && properties.contains("<dc:language>en-GB</dc:language>"),
        "{properties}"
    );
    // Sentences beside seven other columns need a page that is turned.
    let log = ask(&folder, &["log"], "log.docx");
    assert!(
        member(&log, "word/document.xml")
            .contains("<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>")
    );
}

/// What the parts refer to is there, and all of it is XML.
#[test]
fn a_document_is_whole() {
    let (folder, _) = demo();
    let bytes = ask(&folder, &["report", "update", "2025/26"], "update.docx");
    let names: Vec<String> = zip::ZipArchive::new(Cursor::new(&bytes))
        .unwrap()
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    for name in &names {
        let xml = member(&bytes, name);
        let mut reader = Reader::from_str(&xml);
        while !matches!(
            reader
                .read_event()
                .unwrap_or_else(|error| panic!("{name}: {error}")),
            Event::Eof
        ) {}
    }
    let targets = |relations: &str| -> Vec<String> {
        let after = |text: &str| text.split('"').next().unwrap().to_owned();
        member(&bytes, relations)
            .split("Target=\"")
            .skip(1)
            .map(after)
            .collect()
    };
    let inner = targets("word/_rels/document.xml.rels")
        .into_iter()
        .map(|name| format!("word/{name}"));
    let named: Vec<String> = targets("_rels/.rels").into_iter().chain(inner).collect();
    assert_eq!(named.len(), 6);
    assert!(
        named.iter().all(|name| names.contains(name)),
        "{named:?} of {names:?}"
    );
    let types = member(&bytes, "[Content_Types].xml");
    assert!(
        named
            .iter()
            .all(|name| types.contains(&format!("PartName=\"/{name}\""))),
        "{types}"
    );
    let styles = member(&bytes, "word/styles.xml");
    for used in member(&bytes, "word/document.xml")
        .split("Style w:val=\"")
        .skip(1)
    {
        let style = used.split('"').next().unwrap();
        assert!(
            styles.contains(&format!("w:styleId=\"{style}\"")),
            "{style}"
        );
    }
}

#[test]
fn the_same_book_and_day_make_the_same_document_at_another_time() {
    let (folder, _) = demo();
    let question = ["report", "update", "2025/26", "--as-at", "2026-03-31"];
    let first = ask(&folder, &question, "first.docx");
    // The times in a zip file are of two seconds.
    std::thread::sleep(std::time::Duration::from_millis(2100));
    assert!(first == ask(&folder, &question, "again.docx"));
}

/// How a column of a table made by hand is named.
pub(crate) fn id(name: &'static str) -> ColumnId {
    ColumnId { row: "Made", name }
}

/// A column of words, made by hand.
pub(crate) fn words(name: &'static str, heading: &'static str) -> Column {
    Column::shown(id(name), Align::Left, heading)
}

/// A column of amounts, made by hand.
pub(crate) fn amounts(name: &'static str, heading: &'static str) -> Column {
    Column::shown(id(name), Align::Right, heading)
}

/// A table made by hand.
pub(crate) fn table(caption: &str, columns: &[Column], rows: Vec<Vec<Cell>>) -> Table {
    Table {
        caption: caption.into(),
        columns: columns.to_vec(),
        rows,
        drawing: None,
        is_totalled: false,
    }
}

/// A report made by hand: one text, wherever a text can stand.
struct Made(String);

impl Report for Made {
    fn head(&self) -> Head {
        Head {
            title: format!("Title {}", self.0).into(),
            year: None,
            as_at: Some("2026-03-31".parse().unwrap()),
        }
    }

    fn blocks(&self) -> Vec<Block> {
        let text = |what: &str| Text::from(format!("{what} {}", self.0));
        vec![
            Block::Heading(text("Heading")),
            Block::Paragraph(text("Paragraph")),
            Block::Fields(vec![("To", text("Field"))]),
            Block::Table(self.data()),
            Block::Section(text("Section")),
            Block::Subheading(text("Subheading")),
            Block::Numbered(text("Numbered")),
            Block::Numbered(text("Another")),
            Block::Points(vec![text("Point")]),
        ]
    }

    fn data(&self) -> Table {
        table(
            &format!("Caption {}", self.0),
            &[words("text", "Text"), amounts("amount", "Amount")],
            vec![
                vec![Cell::Text(format!("Cell {}", self.0)), Money::PENNY.into()],
                vec![Cell::Empty, Cell::Empty],
            ],
        )
    }
}

/// The parts of a document of [`Made`], if its text is read as this one.
fn expected(text: &str) -> Vec<Part> {
    let text = |what: &str| format!("{what} {text}");
    let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
    let rows = vec![
        row(["Text", "Amount"]),
        row([&text("Cell"), "£0.01"]),
        row(["", ""]),
    ];
    vec![
        Part::Title(text("Title")),
        Part::Heading(text("Heading")),
        Part::Paragraph(text("Paragraph")),
        Part::Paragraph(text("To: Field")),
        Part::Heading(text("Caption")),
        Part::Table(vec![false, true], rows),
        Part::Heading(text("1.0 Section")),
        Part::Subheading(text("Subheading")),
        Part::Paragraph(text("1.1 Numbered")),
        Part::Paragraph(text("1.2 Another")),
        Part::Point(text("Point")),
    ]
}

#[test]
fn hostile_text_is_text() {
    for (hostile, read) in [
        (
            "</w:t></w:r><w:r><w:instrText>",
            "</w:t></w:r><w:r><w:instrText>",
        ),
        (
            "]]> <!-- & &amp; &#65; \"' _x0041_",
            "]]> <!-- & &amp; &#65; \"' _x0041_",
        ),
        (
            "a\0b\u{1}\u{1f}\u{b}\u{fffe}\u{ffff}",
            "a\u{fffd}b\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}",
        ),
        (
            "gpj\u{202e}exe.\u{2066}\u{200f}",
            "gpjU+202Eexe.U+2066U+200F",
        ),
        ("one\ntwo\rthree\tfour", "one two three four"),
        ("| a | **b** `c` # d [e](f)", "| a | **b** `c` # d [e](f)"),
        ("𝄞 é £ –  two spaces ", "𝄞 é £ –  two spaces "),
    ] {
        let report = Made(hostile.into());
        let bytes = docx(&report).unwrap();
        assert_eq!(parts(&bytes), expected(read), "{hostile:?}");
        assert!(
            Reader::from_str(&member(&bytes, "docProps/core.xml"))
                .read_event()
                .is_ok()
        );
    }
}

#[test]
fn hostile_text_is_text_in_markdown() {
    for text in [
        "a | b",
        "**b** `c` # d [e](f) ~~g~~ <img src=x>",
        "\\| \\",
        "& &amp;",
    ] {
        assert_eq!(marked(&md(&Made(text.into()))), expected(text), "{text:?}");
    }
    let turned = md(&Made("gpj\u{202e}exe\nnext".into()));
    assert!(
        !turned.contains('\u{202e}') && turned.contains("Cell gpjU+202Eexe next |"),
        "{turned}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is written anywhere, a document is read back with that text: what XML or a reader
    /// cannot hold is replaced.
    #[test]
    fn any_text_is_read_back(text in any::<String>()) {
        let replaced: String = crg::format::visible(&text).chars().map(|c| match c {
            '\t' | '\n' | '\r' => ' ',
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
            c => c,
        }).collect();
        prop_assert_eq!(parts(&docx(&Made(text)).unwrap()), expected(&replaced));
    }
}

/// A report that is a table made by hand.
struct OneTable(Table);

impl Report for OneTable {
    fn head(&self) -> Head {
        "A table".into()
    }

    fn blocks(&self) -> Vec<Block> {
        vec![Block::Table(self.data())]
    }

    fn data(&self) -> Table {
        self.0.clone()
    }
}

/// A table of any width keeps to the page, and each of its columns is seen.
#[test]
fn columns_keep_to_the_page() {
    for (count, letters) in [(1, 1), (2, 500), (7, 10), (9, 40), (40, 200)] {
        let row = vec![Cell::Text("x".repeat(letters)); count];
        let wide = table("", &vec![words("text", "Text"); count], vec![row]);
        let xml = member(&docx(&OneTable(wide)).unwrap(), "word/document.xml");
        let numbers = |before: &str| -> Vec<u32> {
            let number = |rest: &str| rest.split('"').next().unwrap().parse().unwrap();
            xml.split(before).skip(1).map(number).collect()
        };
        let (columns, page) = (numbers("<w:gridCol w:w=\""), numbers("<w:pgSz w:w=\"")[0]);
        assert_eq!(
            (columns.len(), numbers("<w:tcW w:w=\"").len()),
            (count, 2 * count)
        );
        assert!(columns.iter().all(|width| *width > 200), "{columns:?}");
        assert!(
            columns.iter().sum::<u32>() <= page - 2 * 1134,
            "{columns:?} on {page}"
        );
        assert_eq!(numbers("<w:tblW w:w=\""), [columns.iter().sum::<u32>()]);
    }
}

/// Digits are narrower than letters: a title beside six amounts needs no page that is turned.
#[test]
fn amounts_leave_room_for_the_title() {
    let mut columns = vec![words("text", "Title")];
    columns.extend(vec![amounts("amount", "Likely return"); 6]);
    let mut row = vec![Cell::Text("Kent Community Domestic Abuse Champions".into())];
    row.extend(vec![Cell::Money("39661".parse().unwrap()); 6]);
    let xml = member(
        &docx(&OneTable(table("", &columns, vec![row]))).unwrap(),
        "word/document.xml",
    );
    assert!(!xml.contains("landscape"), "{xml}");
    let width = |rest: &str| rest.split('"').next().unwrap().parse::<u32>().unwrap();
    let widths: Vec<u32> = xml.split("<w:gridCol w:w=\"").skip(1).map(width).collect();
    // £39,661.00 in Arial of 9.5 points has 950 twentieths of a point, and 200 beside it.
    assert!(widths[1..].iter().all(|width| *width >= 1150), "{widths:?}");
    assert!(widths[0] > widths[1], "{widths:?}");
}

/// The rows of a table that stay with the next one on their page, from 1.
fn kept_rows(rows: usize) -> Vec<usize> {
    let row = vec![Cell::Text("Row".into()), Money::PENNY.into()];
    let columns = [words("text", "Text"), amounts("amount", "Amount")];
    let mut table = table("", &columns, vec![row; rows]);
    table.is_totalled = true;
    let xml = member(&docx(&OneTable(table)).unwrap(), "word/document.xml");
    let rows = xml.split("<w:tr>").skip(2).enumerate();
    rows.filter(|(_, row)| row.contains("<w:keepNext/>"))
        .map(|(position, _)| position + 1)
        .collect()
}

#[test]
fn no_row_stands_alone_on_its_page() {
    assert_eq!(kept_rows(3), [1, 2, 3]);
    assert_eq!(kept_rows(7), [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(kept_rows(12), [1, 11, 12]);
}

/// A loose page shows what it belongs to, and there is room to sign.
#[test]
fn each_page_says_what_it_belongs_to() {
    let (folder, _) = demo();
    let question = ["report", "year-end", "2025/26"];
    let bytes = ask(&folder, &question, "year-end.docx");
    let foot = member(&bytes, "word/footer.xml");
    for expected in [
        "Year end 2025/26, as at ",
        "Book at entry ",
        "w:instr=\"PAGE\"",
    ] {
        assert!(foot.contains(expected), "{foot}");
    }
    let body = member(&bytes, "word/document.xml");
    assert!(!body.contains("Book at entry"), "{body}");
    assert!(body.contains("<w:pStyle w:val=\"CellToFill\"/>"), "{body}");
}
