//! Real extracts of a county council; and the book held against the ledger, `crg reconcile
//! --extract`.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crg::Access;
use crg::fold::Lens;
use crg::import::{Extract, Folder, Map};
use crg::model::{Date, Money};
use crg::report::{LedgerReport, LedgerRow, Match};
use proptest::prelude::*;

use crate::files::TempFolder;
use crate::import::{Deciding, Desk, HEADER, MAP, said, stdout};

// == Real extracts ==

/// An amount in pence, by arithmetic that shares nothing with the library: digits, one point, a
/// minus or brackets. What is beyond the pence is rounded to the nearest; 6.82121E-13 is nothing.
fn pence(text: &str) -> i64 {
    let text = text.trim().replace(',', "");
    if text.contains("E-") {
        return 0;
    }
    let negative = text.starts_with('-') || text.starts_with('(');
    let text = text.trim_matches(['-', '(', ')']);
    let (whole, places) = text.split_once('.').unwrap_or((text, ""));
    let places: String = format!("{places}000").chars().take(3).collect();
    let thousandths: i64 = whole.parse::<i64>().unwrap() * 1000 + places.parse::<i64>().unwrap();
    let pence = (thousandths + 5) / 10;
    if negative { -pence } else { pence }
}

/// The sum of the payments of a file and how many there are, the row of its grand total (which has
/// no date), and the years of the payments.
fn summed(file: &Path) -> (i64, u64, Option<i64>, BTreeSet<i32>) {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_path(file)
        .unwrap();
    let header: Vec<String> = reader
        .byte_headers()
        .unwrap()
        .iter()
        .map(|name| String::from_utf8_lossy(name).trim().to_owned())
        .collect();
    let place = |name: &str| header.iter().position(|other| other == name).unwrap();
    let (date, amount) = (place("Date"), place("Amount"));
    let (mut sum, mut count, mut total, mut years) = (0, 0, None, BTreeSet::new());
    for record in reader.byte_records() {
        let record = record.unwrap();
        let cell = |place: usize| {
            String::from_utf8_lossy(record.get(place).unwrap_or_default())
                .trim()
                .to_owned()
        };
        match (cell(date).as_str(), cell(amount).as_str()) {
            ("", "") => {}
            ("", printed) => total = Some(pence(printed)),
            (day, amount) => {
                sum += pence(amount);
                count += 1;
                let numbers: Vec<i32> = day
                    .split([' ', '/', '-'])
                    .take(3)
                    .map(|part| part.parse().unwrap())
                    .collect();
                let (year, month) = if numbers[0] > 31 {
                    (numbers[0], numbers[1])
                } else {
                    (numbers[2], numbers[1])
                };
                years.insert(if month < 4 { year - 1 } else { year });
            }
        }
    }
    (sum, count, total, years)
}

/// A book with one large project in each of these years.
fn desk_of(years: &BTreeSet<i32>) -> Desk {
    let folder = TempFolder::new();
    let mut text = "on,year,kind,project,pot,amount,title,lead\n".to_owned();
    for first in years {
        let year = format!("{first}/{:02}", (first + 1) % 100);
        text.push_str(&format!("{first}-04-01,{year},allocate,,upfront,9000000000,,\n{first}-04-01,{year},propose,P01,upfront,9000000000,Everything,A council\n"));
        ["recommend", "endorse", "submit"]
            .iter()
            .for_each(|kind| text.push_str(&format!("{first}-04-01,{year},{kind},P01,,,,\n")));
        text.push_str(&format!("{first}-04-01,{year},approve,P01,,9000000000,,\n"));
    }
    fs::write(folder.join("entries.csv"), text).unwrap();
    Desk::of(Folder::At(folder.path()))
}

#[test]
fn real_extracts_are_suggested_a_map_imported_and_add_up() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/extracts");
    if !folder.exists() {
        // Past the capture of the tests' output, so that it is seen.
        let _ = writeln!(
            std::io::stderr(),
            "NOT RUN: the test of real extracts, since there is no folder {}",
            folder.display()
        );
        return;
    }
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .map(|item| item.unwrap().path())
        .collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "csv"));
    files.sort();
    assert_eq!(files.len(), 6);
    let mut warned = Vec::new();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let (sum, count, total, years) = summed(&file);
        assert!(count > 0, "{name}");
        let desk = desk_of(&years);
        fs::copy(&file, desk.folder.join(&name)).unwrap();
        let suggested = desk.crg(&[
            "spend",
            "import",
            "--suggest",
            &name,
            "--output",
            "map.toml",
        ]);
        assert_eq!(
            said(&suggested),
            "note: saved as map.toml\n[exit 0]\n",
            "{name}"
        );
        let imported = desk.crg(&["spend", "import", &name, "--map", "map.toml"]);
        assert_eq!(said(&imported), "[exit 0]\n", "{name}");
        let spent = |desk: &Desk| -> i64 {
            let book = desk.book(Access::Read);
            book.years()
                .unwrap()
                .into_iter()
                .map(|year| {
                    book.spend(year, None, Lens::at(Date::MAX))
                        .unwrap()
                        .total
                        .pence()
                        .unwrap()
                })
                .sum()
        };
        assert_eq!(spent(&desk), sum, "{name}");
        let text = stdout(&imported);
        assert_eq!(
            text.contains("is a grand total of"),
            total.is_some(),
            "{name}: {text}"
        );
        if text.contains("Warning:") {
            let apart = total.unwrap() - sum;
            assert!(
                apart != 0
                    && text.contains(&format!(
                        "{} apart",
                        Money::from_pence(apart.abs()).pounds()
                    )),
                "{name}: {text}"
            );
            warned.push(name.clone());
        } else {
            assert!(
                total.is_none_or(|total| total == sum),
                "{name}: nobody was warned"
            );
        }
        let bytes = desk.bytes();
        let again = desk.crg(&[
            "spend", "import", &name, "--map", "map.toml", "--format", "json",
        ]);
        assert!(
            stdout(&again).contains("\"new\": {\n    \"lines\": 0,"),
            "{name}"
        );
        assert!(
            desk.bytes() == bytes,
            "{name}: a second import changed the book"
        );
    }
    assert_eq!(warned.len(), 1, "{warned:?}");
}

// == Against the book ==

fn reconciled(desk: &Desk, rows: &str, as_at: &str) -> LedgerReport {
    let year = "2025/26".parse().unwrap();
    let map = Map::parse(
        "map.toml".as_ref(),
        &format!("unmatched = \"outside\"\n{MAP}"),
    )
    .unwrap();
    let file = desk.put("ledger.csv", format!("{HEADER}{rows}"));
    let extract = Extract::read(&file, &map, Some(year), &mut ()).unwrap();
    desk.book(Access::Read)
        .ledger(year, &[extract], Lens::at(as_at.parse().unwrap()))
        .unwrap()
}

const BOOKED: &str = "01/06/2025,INV-1,10.00,Smith,A1\n02/06/2025,INV-2,20.00,Jones,A1\n03/06/2025,INV-3,30.00,Brown,B2\n04/06/2025,CN-1,-5.00,Jones,A1\n";

#[test]
fn payments_match_differ_or_are_on_one_side_only() {
    let desk = Desk::new();
    desk.take(BOOKED);
    let all = reconciled(&desk, BOOKED, "2026-03-31");
    assert!(all.agrees() && all.matched.lines == 4 && all.difference.is_zero());
    // INV-2 at another amount, INV-3 not there, INV-4 new, one line of somebody else.
    let rows = "01/06/2025,INV-1,10.00,Smith,A1\n02/06/2025,INV-2,21.50,Jones,A1\n04/06/2025,CN-1,-5.00,Jones,A1\n05/06/2025,INV-4,7.00,Green,C3\n06/06/2025,INV-9,99.00,Other,Z9\n";
    let report = reconciled(&desk, rows, "2026-03-31");
    let shown: Vec<String> = report
        .rows
        .iter()
        .map(|row| {
            format!(
                "{} {} {}",
                row.found,
                row.reference.as_deref().unwrap(),
                row.difference
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "different INV-2 1.50",
            "ledger-only INV-4 7.00",
            "book-only INV-3 -30.00"
        ]
    );
    assert_eq!(
        (
            report.matched.lines,
            report.files[0].outside.lines,
            report.aside.lines
        ),
        (2, 1, 0)
    );
    assert_eq!(report.difference.to_string(), "-21.50");
}

#[test]
fn lines_of_other_days_are_left_aside_and_said() {
    let desk = Desk::new();
    desk.take(BOOKED);
    // Before the year, after it, and after the day asked about; what the book has late is matched
    // all the same.
    let rows = format!(
        "31/03/2025,OLD,1.00,S,A1\n01/04/2026,NEW,2.00,S,A1\n04/06/2025,INV-8,4.00,S,A1\n{}",
        BOOKED.replace("04/06/2025,CN-1,-5.00,Jones,A1\n", "")
    );
    let report = reconciled(&desk, &rows, "2025-06-03");
    assert!(report.agrees(), "{:?}", report.rows);
    assert_eq!(
        (
            report.aside.lines,
            report.aside.amount.to_string(),
            report.matched.lines
        ),
        (3, "7.00".to_owned(), 3)
    );
    let year = reconciled(&desk, &rows, "2026-03-31");
    assert_eq!(
        (
            year.aside.lines,
            year.aside.amount.to_string(),
            year.rows.len()
        ),
        (2, "3.00".to_owned(), 2)
    );
}

#[test]
fn the_program_says_how_it_stands_and_exits_so() {
    let desk = Desk::new();
    desk.take(BOOKED);
    desk.put("map.toml", MAP);
    let ask = |rows: &str| {
        desk.put("ledger.csv", format!("{HEADER}{rows}"));
        let before = desk.bytes();
        let output = desk.crg(&[
            "reconcile",
            "2025/26",
            "--extract",
            "ledger.csv",
            "--map",
            "map.toml",
        ]);
        assert!(desk.bytes() == before, "a question changed the book");
        (stdout(&output), said(&output))
    };
    let (shown, told) = ask(&format!("{BOOKED}01/05/2026,INV-8,4.00,S,A1\n"));
    assert_eq!(told, "[exit 0]\n");
    assert!(
        shown.contains("1 line of £4.00 left aside: not in the book"),
        "{shown}"
    );
    let (_, told) = ask(&BOOKED.replace("20.00", "21.50"));
    assert_eq!(
        told,
        "not reconciled: 1 payment unmatched, £1.50 apart in total\nnext: record what the book does not have: crg spend import ledger.csv --map map.toml\n[exit 1]\n"
    );
    let (shown, told) = ask("01/06/2025,INV-1,n/a,Smith,A1\n");
    assert!(
        shown.is_empty()
            && told.contains("ledger.csv, row 2: Amount: \"n/a\" is not")
            && told.ends_with("[exit 3]\n"),
        "{told}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// `ledger − book` is the sum of the rows' differences, and each side is what was counted of
    /// it, whatever the two hold.
    #[test]
    fn differences_add_up(book in some_lines(), ledger in some_lines(), as_at in 1..30u8) {
        let desk = Desk::new();
        desk.import(&desk.lines(&book.concat()), Deciding::AddAll, true).unwrap();
        let day = format!("2025-06-{as_at:02}");
        let report = reconciled(&desk, &ledger.concat(), &day);
        let differences: i64 = report.rows.iter().map(|row| row.difference.pence().unwrap()).sum();
        let (ours, theirs) = (report.book.amount.pence().unwrap(), report.ledger.amount.pence().unwrap());
        prop_assert_eq!(differences, theirs - ours);
        prop_assert_eq!(report.difference.pence(), Some(differences));
        prop_assert_eq!(Some(ours), desk.book(Access::Read).spend("2025/26".parse().unwrap(), None, Lens::at(day.parse().unwrap())).unwrap().total.pence());
        let printed: i64 = ledger.iter().map(|line| pence(line.split(',').nth(2).unwrap())).sum();
        prop_assert_eq!(theirs + report.aside.amount.pence().unwrap() + report.files[0].outside.amount.pence().unwrap(), printed);
        prop_assert_eq!(report.agrees(), report.rows.is_empty());
        let count = |is_counted: fn(&LedgerRow) -> bool| u64::try_from(report.rows.iter().filter(|row| is_counted(row)).count()).unwrap();
        prop_assert_eq!(report.ledger.lines, report.matched.lines + count(|row| row.ledger.is_some()));
        // A line that the book has in parts has one row for all of them.
        let ours = report.matched.lines + count(|row| row.book.is_some());
        prop_assert!(report.book.lines == ours || report.book.lines > ours && count(|row| row.found == Match::Split) > 0);
    }
}

/// Lines of few different payments, some of them credits, some none of the grant's.
fn some_lines() -> impl Strategy<Value = Vec<String>> {
    let line = (
        0..4usize,
        0..3u8,
        0..3u8,
        1..30u8,
        1..2000u32,
        prop::bool::weighted(0.2),
    );
    let line = line.prop_map(|(code, supplier, reference, day, pence, credit)| {
        let reference = if reference == 0 {
            String::new()
        } else {
            format!("INV-{reference}")
        };
        let minus = if credit { "-" } else { "" };
        format!(
            "{day:02}/06/2025,{reference},{minus}{}.{:02},Supplier {supplier},{}\n",
            pence / 100,
            pence % 100,
            ["A1", "B2", "C3", "Z9"][code]
        )
    });
    prop::collection::vec(line, 0..25)
}
