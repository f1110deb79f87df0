//! Every report says whose it is, and which entry its figures rest on.

use std::collections::BTreeMap;
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

/// Returns `true` if what the command writes as CSV is published, without the columns of the book.
fn is_published(command: &str) -> bool {
    command.starts_with("export ")
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

#[test]
fn json_ends_with_whose_it_is_and_so_does_each_row_of_csv() {
    let (folder, _) = demo();
    let (head, last) = (head(&folder), last(&folder));
    for command in papers() {
        let json: serde_json::Value =
            serde_json::from_str(&answer(&folder, command, "json")).unwrap();
        let (key, book) = json.as_object().unwrap().iter().next_back().unwrap();
        assert_eq!(key, "book", "{command}");
        assert_eq!(book["partnership"], "Kent Community Safety Partnership");
        assert_eq!(
            (&book["entry"], &book["fingerprint"]),
            (&last.into(), &head.clone().into())
        );

        let csv = answer(&folder, command, "csv");
        let mut rows = ::csv::Reader::from_reader(csv.as_bytes());
        let headers = rows.headers().unwrap().clone();
        let ends = ["partnership", "as_at", "known_at", "entry", "fingerprint"];
        if is_published(command) {
            assert!(ends.iter().all(|end| !csv.contains(end)), "{command}");
            continue;
        }
        let from = headers.len() - ends.len();
        assert_eq!(
            headers.iter().skip(from).collect::<Vec<_>>(),
            ends,
            "{command}"
        );
        for row in rows.records() {
            let row = row.unwrap();
            let ends: Vec<&str> = row.iter().skip(from).collect();
            assert_eq!(ends[0], "Kent Community Safety Partnership", "{command}");
            assert_eq!(ends[3..], [last.to_string(), head.clone()], "{command}");
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

/// An issued report rests on the entry before its own `issue` entry, when it goes out and when it is
/// made again; that entry's value is the SHA-256 of the JSON, which is the same both times.
#[test]
fn an_issued_report_rests_on_the_entry_before_its_issue() {
    let (folder, _) = demo();
    let issue = "report quarter 2025/26 Q3 --as-at 2026-01-15 --issue";
    let (before, number) = (head(&folder), last(&folder));
    let page = answer(&folder, issue, "html");
    assert!(
        page.contains(&format!("Book at entry {number}, fingerprint {before}")),
        "{page}"
    );
    let last = last(&folder);
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
fn a_paper_is_its_report_with_a_head_and_a_foot() {
    let (folder, _) = demo();
    let book = book(&folder);
    let report = book
        .pot(
            crate::year_end::year(),
            crg::fold::Lens::at("2026-03-31".parse().unwrap()),
        )
        .unwrap();
    let origin = book.origin(&report, None).unwrap();
    let paper = |origin| Paper {
        ahead: Vec::new(),
        report: &report,
        origin,
    };
    let alone = crg::format::md(&report);
    assert_eq!(crg::format::md(&paper(None)), alone);
    let (title, rest) = alone.split_once('\n').unwrap();
    let head = "Kent Community Safety Partnership: Crime Reduction Grant 2025/26. \
                Funder: Office of the Kent Police and Crime Commissioner.";
    let [at, verified] = origin.lines();
    assert_eq!(
        crg::format::md(&paper(Some(&origin))),
        format!("{title}\n\n{head}\n{rest}\n{at}\n\n{verified}\n")
    );
    let with_origin = crg::format::csv(&paper(Some(&origin)), false);
    let alone = crg::format::csv(&report, false);
    for (line, alone) in with_origin.lines().zip(alone.lines()).skip(1) {
        let fingerprint = origin.fingerprint;
        let entry = origin.entry.unwrap();
        let partnership = "Kent Community Safety Partnership";
        assert_eq!(
            line,
            format!("{alone},{partnership},2026-03-31,,{entry},{fingerprint}")
        );
    }
}

/// Two partnerships with the same entries send the same kinds of return: nothing that they send may
/// be taken for the other's.
#[test]
fn books_that_differ_in_the_partnership_alone_differ_in_every_report_and_format() {
    let [kent, other] = ["Kent", "Weald"].map(|partnership| {
        let folder = TempFolder::new();
        let entries = folder.join("year");
        fs::create_dir(&entries).unwrap();
        for file in ["entries.csv", "priorities.csv"] {
            fs::copy(format!("fixtures/kent/{file}"), entries.join(file)).unwrap();
        }
        let names = format!("partnership,funder\n{partnership} CSP,The same OPCC\n");
        fs::write(entries.join("book.csv"), names).unwrap();
        assert!(crg(&folder, &["load", "year"]).status.success());
        folder
    });
    for command in papers().chain(["check"]) {
        for format in ["table", "json", "csv", "md", "html", "xlsx", "docx"] {
            let [kent, other] = [&kent, &other].map(|folder| answer(folder, command, format));
            if format == "csv" && (kent.lines().count() == 1 || is_published(command)) {
                // It has no row, only headings, or it is published.
                continue;
            }
            assert_ne!(kent, other, "{command} as {format}");
            assert!(kent.contains("Kent CSP"), "{command} as {format}");
        }
    }
}

/// A report that went out in an older format has the same figures and another file. It is told as
/// such, and never as changed.
#[test]
fn a_report_issued_in_an_older_format_is_told_as_such() {
    let (folder, _) = demo();
    let older = "0".repeat(64);
    let rows = format!(
        "on,year,kind,title,value\n\
         2026-01-15,2025/26,issue,Quarter report 2025/26 Q3,{older}\n"
    );
    fs::write(folder.join("issue.csv"), rows).unwrap();
    assert!(crg(&folder, &["load", "issue.csv"]).status.success());
    let last = last(&folder);
    let ask = |more: &[&str]| {
        let quarter = [
            "report",
            "quarter",
            "2025/26",
            "Q3",
            "--as-at",
            "2026-01-15",
        ];
        let said = crg(&folder, &[&quarter[..], more].concat());
        assert!(said.status.success());
        String::from_utf8(said.stderr).unwrap()
    };
    let again = ask(&["--known-at", "2026-05-11T09:30:00.001Z"]);
    assert!(
        again.contains(&format!(
            "issued by entry {last} in an older format, with the fingerprint {older}"
        )),
        "{again}"
    );
    let issued = ask(&["--issue"]);
    assert!(
        issued.contains(&format!(
            "by entry {last}, and nothing in it has changed since"
        )) && issued.contains("in an older format"),
        "{issued}"
    );
    assert_eq!(self::last(&folder), last, "nothing new is recorded");
    assert!(
        !ask(&[]).contains("older format"),
        "it is not the one that went out"
    );
}

/// A funder puts the returns of thirteen partnerships together, as they are.
#[test]
fn the_files_of_several_partnerships_add_up_by_partnership() {
    let (mut rows, mut pots) = (Vec::new(), BTreeMap::new());
    let mut allocated = BTreeMap::new();
    for number in 1..=13_u64 {
        let folder = TempFolder::new();
        let partnership = format!("Partnership {number}");
        assert!(
            crg(&folder, &["init", "--partnership", &partnership])
                .status
                .success()
        );
        let (upfront, tactical) = (1000 * number, 100 * number + 1);
        let year = ["year", "open", "2026/27", "--upfront", &upfront.to_string()];
        let tactical_option = ["--tactical", &tactical.to_string()];
        assert!(
            crg(&folder, &[&year[..], &tactical_option].concat())
                .status
                .success()
        );
        allocated.insert(partnership, (upfront + tactical) * 100);
        let csv = answer(&folder, "report year-end 2026/27", "csv");
        let mut reader = ::csv::Reader::from_reader(csv.as_bytes());
        rows.extend(
            reader
                .deserialize::<BTreeMap<String, String>>()
                .map(Result::unwrap),
        );
        let pot: serde_json::Value =
            serde_json::from_str(&answer(&folder, "pot 2026/27", "json")).unwrap();
        let partnership = pot["book"]["partnership"].as_str().unwrap().to_owned();
        pots.insert(partnership, pence(pot["allocation"].as_str().unwrap()));
    }
    let mut approved: BTreeMap<String, u64> = BTreeMap::new();
    for row in &rows {
        *approved.entry(row["partnership"].clone()).or_default() += pence(&row["approved"]);
    }
    assert_eq!(approved, allocated);
    assert_eq!(pots, allocated);
}

fn pence(amount: &str) -> u64 {
    amount.replace('.', "").parse().unwrap()
}
