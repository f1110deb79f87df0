//! Reports as pages of HTML, read back by a program that did not write them, and compared with
//! their blocks.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crg::document::{Answer, Block, Cell, Column, Drawing, Head, Numbers, Report, Table, Text};
use crg::fold::Lens;
use crg::format::{html, visible};
use crg::model::{Date, Money};
use scraper::{ElementRef, Html, Selector};
use sha2::{Digest, Sha256};

use crate::document;
use crate::document::id;
use crate::year_end::{Kent, year};

pub(crate) fn all<'a>(within: ElementRef<'a>, what: &str) -> Vec<ElementRef<'a>> {
    within.select(&Selector::parse(what).unwrap()).collect()
}

pub(crate) fn words(element: ElementRef<'_>) -> String {
    element.text().collect()
}

/// The cells of a table, row by row, with its heading first.
pub(crate) fn grid(table: ElementRef<'_>) -> Vec<Vec<String>> {
    all(table, "tr")
        .into_iter()
        .map(|row| all(row, "th, td").into_iter().map(words).collect())
        .collect()
}

/// The attributes that would run or load something.
fn handlers(root: ElementRef<'_>) -> Vec<String> {
    let names = |element: ElementRef<'_>| {
        element
            .value()
            .attrs()
            .map(|(name, _)| name.to_owned())
            .collect::<Vec<_>>()
    };
    all(root, "*")
        .into_iter()
        .flat_map(names)
        .filter(|name| name.starts_with("on") || name == "src")
        .collect()
}

/// Every report of the Kent year that needs nothing but the book, on a day.
fn reports(kent: &Kent, on: &str) -> Vec<Box<dyn Report>> {
    let (book, lens, year) = (&kent.book, Lens::at(on.parse().unwrap()), year());
    vec![
        Box::new(book.page(year, lens).unwrap()),
        Box::new(book.pot(year, lens).unwrap()),
        Box::new(book.status(lens).unwrap()),
        Box::new(book.year(year, lens).unwrap()),
        Box::new(book.projects(year, lens).unwrap()),
        Box::new(book.project(year, &"P05".parse().unwrap(), lens).unwrap()),
        Box::new(book.spend(year, None, lens).unwrap()),
        Box::new(book.log(&crg::book::LogFilter::default()).unwrap()),
        Box::new(book.check()),
        Box::new(book.reconcile(year, lens).unwrap()),
        Box::new(book.quarter(year, crg::model::Quarter::Q4, lens).unwrap()),
        Box::new(book.decisions(year, lens).unwrap()),
        Box::new(book.year_end(year, lens).unwrap()),
        Box::new(book.year_end_workbook(year, lens).unwrap()),
        Box::new(book.forecast(year, lens).unwrap()),
        Box::new(
            book.monitoring(year, crg::report::Period::YearEnd, lens)
                .unwrap(),
        ),
        Box::new(book.remittance(year, None, lens).unwrap()),
    ]
}

fn shown(table: &Table) -> Vec<Vec<String>> {
    let (shown, columns): (Vec<usize>, Vec<&Column>) = table.shown().unzip();
    let heading = columns.iter().map(|column| column.heading().to_owned());
    let heading = heading.collect();
    let row = |row: &Vec<Cell>| {
        shown
            .iter()
            .map(|index| visible(&row[*index].to_string()))
            .collect()
    };
    [heading]
        .into_iter()
        .chain(table.rows.iter().chain(&table.total_row()).map(row))
        .collect()
}

/// A page has all blocks of its report in their order, and nothing else but the pictures and the
/// foot.
#[test]
fn a_page_is_the_blocks_of_its_report() {
    let mut kent = Kent::new();
    kent.return_all("2026-04-20", "BACS 5512").unwrap().unwrap();
    for report in reports(&kent, "2026-04-30")
        .iter()
        .chain(&reports(&kent, "2025-07-23"))
    {
        let page = Html::parse_document(&html(report.as_ref()));
        let root = page.root_element();
        let texts = |what: &str| -> Vec<String> {
            let elements = all(root, what).into_iter();
            elements.map(words).collect()
        };
        let title = report.title().to_string();
        assert_eq!(texts("h1"), [title.as_str()]);
        assert_eq!(texts("title"), [title.as_str()]);
        let (mut tables, mut headings) = (Vec::new(), Vec::new());
        let (mut points, mut paragraphs) = (Vec::new(), Vec::new());
        let (mut subheadings, mut fields) = (Vec::new(), Vec::new());
        let mut numbers = Numbers::default();
        for block in report.blocks() {
            let number = numbers.next(&block);
            let number = number.map_or(String::new(), |number| format!("{number} "));
            match block {
                Block::Answers(answers) => points.extend(answers.iter().map(Answer::text)),
                Block::Heading(words) | Block::Section(words) => {
                    headings.push(format!("{number}{words}"))
                }
                Block::Subheading(words) => subheadings.push(words.to_string()),
                Block::Paragraph(words) | Block::Numbered(words) => {
                    paragraphs.push(format!("{number}{words}"))
                }
                Block::Fields(given) => {
                    let given = given.iter();
                    fields.extend(given.map(|(label, words)| format!("{label}: {words}")))
                }
                Block::Points(texts) => points.extend(texts),
                Block::Table(table) => {
                    let caption = Some(table.caption.to_string());
                    headings.extend(caption.filter(|caption| !caption.is_empty()));
                    tables.push(shown(&table));
                }
            }
        }
        let grids: Vec<_> = all(root, "table").into_iter().map(grid).collect();
        assert_eq!(grids, tables, "{title}");
        assert_eq!(texts("h2"), headings, "{title}");
        assert_eq!(texts("h3"), subheadings, "{title}");
        assert_eq!(texts("dl > div"), fields, "{title}");
        let points: Vec<String> = points.iter().map(Text::to_string).collect();
        assert_eq!(texts("main li"), points, "{title}");
        assert_eq!(texts("main p"), paragraphs, "{title}");
    }
}

/// A table says what it is, what each column is and what each row is; it can be reached and moved
/// by keyboard.
#[test]
fn tables_can_be_read_by_everyone() {
    for report in reports(&Kent::new(), "2026-03-31") {
        let page = Html::parse_document(&html(report.as_ref()));
        let root = page.root_element();
        assert_eq!(root.attr("lang"), Some("en-GB"));
        for table in all(root, "table") {
            let named = table
                .attr("aria-labelledby")
                .map(|id| all(root, &format!("#{id}")));
            let names: Vec<String> = all(table, "caption")
                .into_iter()
                .chain(named.unwrap_or_default())
                .map(words)
                .collect();
            assert!(
                names.len() == 1 && !names[0].is_empty(),
                "{}: {names:?}",
                report.title()
            );
            let scroller = table.parent().and_then(ElementRef::wrap).unwrap();
            assert_eq!(
                (scroller.attr("tabindex"), scroller.attr("role")),
                (Some("0"), Some("group"))
            );
            assert_eq!(
                all(
                    root,
                    &format!("#{}", scroller.attr("aria-labelledby").unwrap())
                )
                .len(),
                1
            );
            assert!(
                all(table, "thead th")
                    .into_iter()
                    .all(|th| th.attr("scope") == Some("col") && !words(th).is_empty())
            );
            assert!(
                all(table, "tbody th")
                    .into_iter()
                    .all(|th| th.attr("scope") == Some("row") && !words(th).is_empty())
            );
            let sides = |cells: Vec<ElementRef<'_>>| {
                cells
                    .into_iter()
                    .map(|cell| cell.attr("class") == Some("right"))
                    .collect::<Vec<_>>()
            };
            let heading = sides(all(table, "thead th"));
            assert!(
                all(table, "tbody tr")
                    .into_iter()
                    .all(|row| sides(all(row, "th, td")) == heading),
                "{}",
                report.title()
            );
        }
        let is_bar = |svg: &ElementRef<'_>| svg.attr("aria-hidden") == Some("true");
        for picture in all(root, "svg").into_iter().filter(|svg| !is_bar(svg)) {
            assert_eq!(picture.attr("role"), Some("img"));
            assert!(
                picture
                    .attr("aria-label")
                    .is_some_and(|label| label.contains('£')),
                "{}",
                report.title()
            );
        }
    }
}

/// A page runs nothing, loads nothing and goes nowhere; the one style it allows is its own.
#[test]
fn a_page_needs_nothing_else() {
    let kent = Kent::new();
    let again = reports(&kent, "2026-03-31");
    for (report, again) in reports(&kent, "2026-03-31").iter().zip(&again) {
        let written = html(report.as_ref());
        assert_eq!(written, html(again.as_ref()));
        for word in [
            "<script", "style=", "http:", "https:", "src=", "href=", "url(", "@import",
        ] {
            let markup = written
                .split('<')
                .filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag));
            let found = markup
                .map(|tag| format!("<{tag}>"))
                .find(|tag| tag.contains(word));
            assert_eq!(found, None, "{}: {word}", report.title());
        }
        let page = Html::parse_document(&written);
        let root = page.root_element();
        assert_eq!(handlers(root), Vec::<String>::new());
        let style = words(all(root, "style")[0]);
        assert!(
            ["url(", "@import", "http"]
                .iter()
                .all(|word| !style.contains(word))
        );
        let policy = all(root, "meta[http-equiv=Content-Security-Policy]")[0]
            .attr("content")
            .unwrap();
        let hash = STANDARD.encode(Sha256::digest(&style));
        assert_eq!(
            policy,
            format!(
                "default-src 'none'; style-src 'sha256-{hash}'; img-src data:; \
                 base-uri 'none'; form-action 'none'"
            )
        );
    }
}

/// One text wherever a report can have one.
struct Everywhere(String);

impl Report for Everywhere {
    fn head(&self) -> Head {
        self.0.clone().into()
    }

    fn blocks(&self) -> Vec<Block> {
        let drawing = Drawing::Parts {
            label: id("text"),
            amount: id("amount"),
        };
        vec![
            Block::Table(self.data()),
            Block::Table(self.data().drawn(drawing)),
            Block::Heading(self.title()),
            Block::Paragraph(self.title()),
            Block::Points(vec![self.title()]),
        ]
    }

    fn data(&self) -> Table {
        let columns = [
            document::words("text", "Text"),
            document::words("again", "Again"),
            document::amounts("amount", "Amount"),
        ];
        let text = Cell::Text(self.0.clone());
        let row = vec![text.clone(), text, Money::PENNY.into()];
        document::table(&self.0, &columns, vec![row])
    }
}

#[test]
fn no_text_is_markup() {
    for hostile in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</style></title></main><h1>Another</h1>",
        "&lt;b&gt; &amp; <!-- ",
        "]]><svg onload=alert(1)>",
        "\u{202e}gnp.exe\u{2066}\u{200f}",
        "🚲 שלום",
        &"W".repeat(200),
    ] {
        let written = html(&Everywhere(hostile.to_owned()));
        let page = Html::parse_document(&written);
        let root = page.root_element();
        let counts = [
            "script", "img", "b", "h1", "h2", "svg", "table", "style", "title", "li", "p",
        ]
        .map(|what| all(root, what).len());
        assert_eq!(counts, [0, 0, 0, 1, 3, 1, 2, 1, 1, 1, 3], "{hostile}");
        let expected = visible(hostile);
        for place in [
            "h1",
            "title",
            "h2",
            "main p",
            "li",
            "tbody th",
            "tbody td:nth-child(2)",
        ] {
            let found: Vec<String> = all(root, place).into_iter().map(words).collect();
            assert!(
                !found.is_empty() && found.iter().all(|text| *text == expected),
                "{place}: {found:?}"
            );
        }
        // Nothing of it became an attribute either.
        assert_eq!(handlers(root), Vec::<String>::new(), "{hostile}");
        assert!(!written.contains(['\u{202e}', '\u{2066}', '\u{200f}']));
        let breakable = all(root, "tbody th.long").len() + all(root, "tbody td.long").len();
        assert_eq!(
            breakable == 4,
            hostile.split(' ').any(|word| word.chars().count() > 20),
            "{hostile}"
        );
    }
}

fn day(day: &str) -> Date {
    day.parse().unwrap()
}

/// A sentence with an amount and a day, and words that look like them.
fn paid() -> Text {
    let mut text = Text::from("Paid ");
    text.push("-1200.5".parse::<Money>().unwrap());
    text.push(", not £3, on ");
    text.push(day("2026-04-01"));
    text.push(", not 5 May 2026.");
    text
}

/// Tables with and without a caption, under headings and under none.
struct Outline;

impl Report for Outline {
    fn head(&self) -> Head {
        let mut title = Text::from("From ");
        title.push(day("2026-03-31"));
        title.push(" to ");
        title.push(day("2026-05-05"));
        title.into()
    }

    fn data(&self) -> Table {
        let columns = [
            document::words("text", "Text"),
            document::words("on", "Date"),
            document::words("more", "More"),
        ];
        let words = Cell::Text("5 May 2026: £3".into());
        let row = vec!["P01".into(), day("2026-04-01").into(), words];
        document::table("", &columns, vec![row])
    }

    fn blocks(&self) -> Vec<Block> {
        let table = |caption: &str| {
            Block::Table(Table {
                caption: caption.into(),
                ..self.data()
            })
        };
        let heading = |text: &str| Block::Heading(text.into());
        vec![
            Block::Paragraph(paid()),
            Block::Points(vec![paid()]),
            table(""),
            heading("First"),
            table(""),
            table("Named"),
            table(""),
            heading("Second"),
            heading("Third"),
            table(""),
            table(""),
        ]
    }
}

/// A table without a caption goes by the heading above it, and so does the part of the page that it
/// moves in.
#[test]
fn a_table_without_a_name_goes_by_the_heading_above_it() {
    let page = Html::parse_document(&html(&Outline));
    let root = page.root_element();
    let ids: Vec<&str> = all(root, "[id]")
        .into_iter()
        .filter_map(|element| element.attr("id"))
        .collect();
    assert_eq!(
        ids.iter().collect::<std::collections::BTreeSet<_>>().len(),
        ids.len(),
        "{ids:?}"
    );
    assert!(
        all(root, "h1, h2")
            .into_iter()
            .all(|heading| heading.attr("id").is_some())
    );
    let name = |element: ElementRef<'_>| {
        element
            .attr("aria-labelledby")
            .map(|id| words(all(root, &format!("#{id}"))[0]))
    };
    let scrollers: Vec<String> = all(root, ".scroller")
        .into_iter()
        .filter_map(name)
        .collect();
    assert_eq!(
        scrollers,
        [
            Outline.title().to_string().as_str(),
            "First",
            "Named",
            "Named",
            "Third",
            "Third"
        ]
    );
    for table in all(root, "table")
        .into_iter()
        .filter(|table| all(*table, "caption").is_empty())
    {
        assert_eq!(
            name(table),
            name(table.parent().and_then(ElementRef::wrap).unwrap())
        );
    }
}

/// No line ends within a day or an amount.
#[test]
fn days_and_amounts_are_kept_whole() {
    let page = Html::parse_document(&html(&Outline));
    let root = page.root_element();
    let whole = |what: &str| all(root, what).into_iter().map(words).collect::<Vec<_>>();
    assert_eq!(whole("h1 .whole"), ["31 March 2026", "5 May 2026"]);
    for sentence in ["main p", "main li"] {
        assert_eq!(
            whole(&format!("{sentence} .whole")),
            ["-£1,200.50", "1 April 2026"]
        );
    }
    let days = whole("td.whole");
    assert!(days.iter().all(|day| day == "1 Apr 2026"), "{days:?}");
    assert_eq!(days.len(), all(root, "table").len());
    assert!(words(all(root, "style")[0]).contains(".whole { white-space: nowrap; }"));
}
