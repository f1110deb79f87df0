//! Papers say at their foot which entry their figures rest on; JSON and CSV say nothing of it.

use std::fs;

use crg::Access;
use crg::book::Book;
use crg::document::Paper;
use crg::model::{Event, Fingerprint};
use sha2::{Digest, Sha256};

use crate::files::TempFolder;
use crate::kent::{book_questions, crg, demo, text};

/// Every command whose answer is a paper. `check` prints a fingerprint of its own.
fn papers() -> impl Iterator<Item = &'static str> {
    let papers = book_questions().filter(|(report, _)| *report != "check");
    papers.map(|(_, command)| command)
}

/// What a command answers in a format, by the way that shows the most of it: as bytes, a zip file
/// with its parts unpacked.
fn answer(folder: &TempFolder, command: &str, format: &str) -> String {
    let ending = if format == "table" { "txt" } else { format };
    let name = format!("{}.{ending}", fs::read_dir(folder.path()).unwrap().count());
    let asked: Vec<&str> = command
        .split(' ')
        .chain(["--format", format, "--output", &name])
        .collect();
    crg(folder, &asked);
    let bytes = fs::read(folder.join(&name))
        .unwrap_or_else(|error| panic!("{command} as {format}: {error}"));
    if !bytes.starts_with(b"PK") {
        return String::from_utf8(bytes).unwrap();
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|part| std::io::read_to_string(archive.by_index(part).unwrap()).unwrap())
        .collect()
}

fn head(folder: &TempFolder) -> String {
    text(&crg(folder, &["log", "--head"])).trim().to_owned()
}

fn book(folder: &TempFolder) -> Book {
    Book::open(&folder.join("crg-demo.db"), Access::Read).unwrap()
}

/// The number of the last entry.
fn last(folder: &TempFolder) -> u32 {
    book(folder).last_entry().unwrap().unwrap().0
}

#[test]
fn every_paper_says_what_it_rests_on() {
    let (folder, _) = demo();
    let (head, last) = (head(&folder), last(&folder));
    let said = format!("Book at entry {last}, fingerprint {head}");
    for command in papers() {
        let on_terminal = command.starts_with("report ") || command.starts_with("page ");
        for format in ["md", "html", "xlsx", "docx"] {
            let paper = answer(&folder, command, format);
            assert_eq!(paper.matches(&said).count(), 1, "{command} as {format}");
            assert_eq!(
                paper
                    .matches("crg check --head with this fingerprint")
                    .count(),
                1,
                "{command} as {format}"
            );
        }
        let shown = answer(&folder, command, "table");
        assert_eq!(
            shown.replace('\n', " ").contains(&said),
            on_terminal,
            "{command}\n{shown}"
        );
        assert!(
            shown
                .lines()
                .all(|line| !line.contains(&head) || line.chars().count() <= 80 || !on_terminal),
            "{command}\n{shown}"
        );
    }
}

/// An issued report's fingerprint is over its JSON and stands in an entry: the JSON cannot tell of
/// that entry.
#[test]
fn no_json_or_csv_of_a_report_holds_the_head() {
    let (folder, _) = demo();
    let head = head(&folder);
    for command in papers().filter(|command| !command.starts_with("status")) {
        for format in ["json", "csv"] {
            assert!(
                !answer(&folder, command, format).contains(&head),
                "{command} as {format}"
            );
        }
    }
}

#[test]
fn what_is_recorded_later_does_not_change_a_paper_of_a_moment() {
    let (folder, _) = demo();
    let before = head(&folder);
    let asked = "report pot 2025/26 --as-at 2026-03-31 --known-at 2026-05-11T09:30:00.000Z";
    let first: Vec<String> = ["md", "html", "xlsx", "docx"]
        .iter()
        .map(|format| answer(&folder, asked, format))
        .collect();
    assert!(
        crg(&folder, &["year", "receive", "2025/26", "5"])
            .status
            .success()
    );
    assert_ne!(head(&folder), before);
    for (format, first) in ["md", "html", "xlsx", "docx"].iter().zip(&first) {
        assert!(first.contains(&before), "{format}");
        assert_eq!(answer(&folder, asked, format), *first, "{format}");
    }
    assert!(
        answer(&folder, "report pot 2025/26", "md").contains(&head(&folder)),
        "without a moment, all that is known"
    );
}

#[test]
fn before_the_first_entry_a_paper_rests_on_the_names_of_the_book() {
    let (folder, _) = demo();
    let shown = answer(&folder, "log --known-at 2020-01-01", "md");
    let names = book(&folder).names().unwrap();
    let start = Fingerprint::of_book(&names.partnership, &names.funder);
    assert!(
        shown.contains(&format!("Book before its first entry, fingerprint {start}")),
        "{shown}"
    );
}

/// An issued report says at its foot that it rests on its own `issue` entry, when it goes out and
/// when it is made again; that entry's value is the SHA-256 of the JSON, which is the same both
/// times.
#[test]
fn an_issued_report_rests_on_its_own_entry() {
    let (folder, _) = demo();
    let issue = "report quarter 2025/26 Q3 --as-at 2026-01-15 --issue";
    let page = answer(&folder, issue, "html");
    let (head, last) = (head(&folder), last(&folder));
    assert!(
        page.contains(&format!("Book at entry {last}, fingerprint {head}")),
        "{page}"
    );
    let entry = book(&folder)
        .entry(crg::model::EntryNumber(last))
        .unwrap()
        .unwrap();
    let Event::Issue { value, .. } = &entry.event else {
        panic!("{entry:?}")
    };
    let again = format!(
        "report quarter 2025/26 Q3 --as-at 2026-01-15 --known-at {}",
        entry.recorded
    );
    assert!(
        crg(&folder, &["year", "receive", "2025/26", "5"])
            .status
            .success()
    );
    assert_eq!(answer(&folder, &again, "html"), page);
    let json = answer(&folder, &again, "json");
    assert_eq!(
        Sha256::digest(&json)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>(),
        *value
    );
}

/// A paper is its report in everything else.
#[test]
fn a_paper_is_its_report_with_a_foot() {
    let (folder, _) = demo();
    let book = book(&folder);
    let report = book
        .pot(
            crate::year_end::year(),
            crg::fold::Lens::at("2026-03-31".parse().unwrap()),
        )
        .unwrap();
    let origin = book.origin(None).unwrap();
    let (bare, paper) = (
        Paper {
            ahead: Vec::new(),
            report: &report,
            origin: None,
        },
        Paper {
            ahead: Vec::new(),
            report: &report,
            origin: Some(origin),
        },
    );
    assert_eq!(crg::format::md(&bare), crg::format::md(&report));
    let [at, verified] = origin.lines();
    assert_eq!(
        crg::format::md(&paper),
        format!("{}\n{at}\n\n{verified}\n", crg::format::md(&report))
    );
    assert_eq!(
        crg::format::csv(&paper, false),
        crg::format::csv(&report, false)
    );
}
