//! Each check by its name: a fault of its kind, planted as another program could, is found by that
//! check and by no other.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crg::Access;
use crg::book::Book;
use crg::report::{CheckReport, CheckRow, Finding};

use crate::files::TempFolder;
use crate::kent::{crg, demo, text};
use crate::tamper::{chained_again, loose, tampered};
use crate::views::kent;

/// The checks, in their order.
const CHECKS: [&str; 25] = [
    "head",
    "file",
    "copies",
    "schema",
    "constraints",
    "kinds",
    "chain",
    "schemes",
    "entries",
    "days",
    "identity",
    "rules",
    "balances",
    "views",
    "order",
    "overrides",
    "confirmed",
    "closed",
    "accruals",
    "ahead",
    "clock",
    "lookalikes",
    "priorities",
    "papers",
    "due",
];

fn is_found(row: &CheckRow) -> bool {
    row.finding != Finding::Ok
}

/// The checks that find what they did not find before.
fn found(before: &CheckReport, after: &CheckReport) -> BTreeSet<&'static str> {
    let known = |row: &CheckRow| {
        before
            .rows
            .iter()
            .any(|other| (other.check, &other.detail) == (row.check, &row.detail))
    };
    after
        .rows
        .iter()
        .filter(|row| is_found(row) && !known(row))
        .map(|row| row.check)
        .collect()
}

fn check(path: &Path) -> CheckReport {
    Book::open(path, Access::Read).unwrap().check()
}

/// How a fault is planted in a closed file.
enum Plant<'a> {
    /// By SQL.
    Sql(&'a str),
    /// By SQL, and a chain made anew over it, as one who knows the program would.
    Forged(&'a str),
    /// By another byte in the index of the entries.
    Index,
}

use Plant::{Forged, Index, Sql};

/// Faults, and the checks that find each.
const FAULTS: [(&[&str], Plant<'static>); 32] = [
    (
        &["constraints"],
        Forged("UPDATE entry SET kind = 'close', project = NULL WHERE number = (SELECT min(number) FROM entry WHERE kind = 'progress')"),
    ),
    (&["constraints"], Forged("UPDATE entry SET refers_to = 1 WHERE kind = 'explain'")),
    (&["constraints"], Forged("UPDATE entry SET refers_to = 999 WHERE kind = 'explain'")),
    (
        &["constraints"],
        Forged(
            "UPDATE entry SET kind = 'reverse', project = NULL, refers_to = (SELECT min(number) FROM entry WHERE kind = 'outcome')
            WHERE number IN (SELECT number FROM entry WHERE kind = 'progress' ORDER BY number LIMIT 2)",
        ),
    ),
    (&["file"], Index),
    (&["constraints"], Sql("UPDATE entry SET reference = 'x' WHERE kind = 'explain'")),
    (&["constraints", "schemes"], Sql("UPDATE priority SET name = ''")),
    (&["schemes"], Sql("UPDATE priority SET name = name || 's' WHERE code = 'CRG-ASB'")),
    (&["schemes"], Sql("UPDATE priority SET last_year = '2025/26' WHERE code = 'PCP-PEOPLE'")),
    (&["schemes", "priorities"], Sql("UPDATE priority SET code = 'PCP-PERSON' WHERE code = 'PCP-PEOPLE'")),
    (&["constraints", "schemes"], Sql("INSERT INTO priority VALUES ('Another', 'A', 'A name', '2026/27', '2025/26')")),
    (&["constraints", "chain"], Sql("UPDATE entry SET kind = 'gift' WHERE number = (SELECT max(number) FROM entry)")),
    (&["constraints", "chain"], Sql("UPDATE entry SET vat = 'net' WHERE number = 1")),
    (&["kinds"], Sql("UPDATE kind SET target = 'pot' WHERE kind = 'return'")),
    (&["chain"], Sql("UPDATE entry SET note = note || '!' WHERE number = (SELECT max(number) FROM entry WHERE kind = 'progress')")),
    (
        &["chain", "entries"],
        Sql("UPDATE entry SET recorded_by = 'Nobody' WHERE number = 1; UPDATE entry SET value = 'many' WHERE kind = 'outcome'"),
    ),
    (&["days"], Forged("UPDATE entry SET on_date = '2025-07-01' WHERE kind = 'spend' AND project = 'P05'")),
    (
        &["rules"],
        Forged(
            "UPDATE entry SET kind = 'propose', project = 'P02', pot = 'upfront', amount_pence = 100, title = 'T', lead = 'L'
        WHERE number = (SELECT max(number) FROM entry WHERE kind = 'progress')",
        ),
    ),
    (&["balances"], Sql("UPDATE balance SET pence = pence + 1 WHERE account = 'P05'")),
    (&["balances"], Sql("UPDATE balance SET spent_pence = spent_pence - 1 WHERE account = 'P05'")),
    (&["balances"], Sql("DELETE FROM balance WHERE account = 'P05'")),
    (&["balances", "closed"], Forged("UPDATE entry SET amount_pence = amount_pence - 1 WHERE kind = 'spend' AND project = 'P05'")),
    (&["order"], Forged("UPDATE entry SET kind = 'decline' WHERE kind = 'endorse' AND project = 'P09'")),
    (&["overrides"], Forged("UPDATE entry SET override_reason = 'Agreed' WHERE number = 1")),
    (&["confirmed"], Forged("UPDATE entry SET kind = 'issue', title = 'T', value = '1' WHERE kind = 'confirm'")),
    (&["closed"], Forged("UPDATE entry SET recorded = '2027-04-02T09:00:00.000Z' WHERE number = (SELECT max(number) FROM entry)")),
    (
        &["accruals"],
        Forged(
            "UPDATE entry SET value = 'accrued' WHERE kind = 'spend' AND project = 'P05';
            UPDATE entry SET recorded = '2026-06-15T09:00:00.000Z' WHERE number = (SELECT max(number) FROM entry)",
        ),
    ),
    (&["ahead"], Forged("UPDATE entry SET on_date = '2099-12-31' WHERE number = (SELECT max(number) FROM entry WHERE kind = 'progress')")),
    // None of the eleven approvals has a paper: the finding changes to ten of them.
    (&["papers"], Forged("UPDATE entry SET reference = 'OPCC letter' WHERE kind = 'approve' AND project = 'P05'")),
    (
        &["due"],
        Forged(
            "UPDATE entry SET kind = 'due', project = NULL, note = NULL, title = 'Return', value = '2026-04-01'
            WHERE number = (SELECT max(number) FROM entry WHERE kind = 'progress')",
        ),
    ),
    (
        &["lookalikes"],
        Forged(
            "UPDATE entry SET recorded = replace(recorded, '00.000Z', '00.001Z')
                WHERE number >= (SELECT max(number) FROM entry WHERE kind = 'spend');
            UPDATE entry SET supplier = 'A printer', reference = 'INV-1' WHERE kind = 'spend'",
        ),
    ),
    (&["priorities"], Forged("UPDATE entry SET priorities = NULL WHERE kind = 'propose' AND project = 'P05'")),
];

fn plant(path: &Path, how: &Plant<'_>) {
    match how {
        Sql(sql) => tampered(path, sql),
        Forged(sql) => {
            tampered(path, sql);
            chained_again(path);
        }
        Index => {
            let mut bytes = fs::read(path).unwrap();
            let size = usize::from(u16::from_be_bytes([bytes[16], bytes[17]]));
            // The first row on a leaf of the index that has days.
            let first = |page: usize| {
                page * size
                    + usize::from(u16::from_be_bytes([
                        bytes[page * size + 8],
                        bytes[page * size + 9],
                    ]))
            };
            let leaves = (1..bytes.len() / size)
                .filter(|page| bytes[page * size] == 10)
                .map(first);
            let day = |cell: usize| {
                bytes[cell..cell + 60]
                    .windows(5)
                    .position(|part| part == b"2025-")
                    .map(|place| cell + place)
            };
            let at = leaves
                .filter(|cell| {
                    bytes[*cell..*cell + 40]
                        .windows(7)
                        .any(|part| part == b"2025/26")
                })
                .find_map(day)
                .unwrap();
            bytes[at + 9] ^= 1;
            fs::write(path, bytes).unwrap();
        }
    }
}

#[test]
fn each_fault_is_found_by_its_check_alone() {
    let folder = TempFolder::new();
    let (path, copy) = (folder.join("book.db"), folder.join("copy.db"));
    kent(&path);
    let before = check(&path);
    assert_eq!(
        before
            .rows
            .iter()
            .filter(|row| is_found(row))
            .map(|row| row.check)
            .collect::<Vec<_>>(),
        ["confirmed", "closed", "papers"]
    );
    let mut wrong = Vec::new();
    for (checks, how) in &FAULTS {
        fs::copy(&path, &copy).unwrap();
        plant(&copy, how);
        let after = check(&copy);
        if found(&before, &after) != checks.iter().copied().collect() {
            wrong.push(format!(
                "{checks:?}: {:?}",
                after
                    .rows
                    .iter()
                    .filter(|row| is_found(row))
                    .collect::<Vec<_>>()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What one entry makes of another, each by the name that the file refuses it with.
#[test]
fn what_an_entry_makes_of_another_is_asked_again() {
    let folder = TempFolder::new();
    let (path, copy) = (folder.join("book.db"), folder.join("copy.db"));
    kent(&path);
    let note = "(SELECT max(number) FROM entry WHERE kind = 'progress')";
    let reverse = |of: &str, on: &str| {
        format!(
            "UPDATE entry SET kind = 'reverse', project = NULL, refers_to = ({of}), on_date = {on} WHERE number = {note}"
        )
    };
    let same_day = |of: &str| {
        reverse(
            of,
            &format!("(SELECT on_date FROM entry WHERE number = ({of}))"),
        )
    };
    let first = "SELECT min(number) FROM entry WHERE kind = 'progress'";
    let other: u32 = loose(&path).query_row(first, [], |row| row.get(0)).unwrap();
    let other = &other.to_string();
    let before_it = format!(
        "UPDATE entry SET kind = 'reverse', project = NULL, refers_to = 2, on_date = (SELECT on_date FROM entry WHERE number = 2) WHERE number = ({other})"
    );
    for (sql, broken) in [
        (
            format!("UPDATE entry SET kind = 'close', project = NULL WHERE number = ({other})"),
            "year_is_closed",
        ),
        (
            "UPDATE entry SET refers_to = 999 WHERE kind = 'explain'".to_owned(),
            "refers_to_earlier",
        ),
        (
            "UPDATE entry SET refers_to = 1 WHERE kind = 'explain'".to_owned(),
            "explains_published",
        ),
        (
            format!("{before_it}; {}", same_day(other)),
            "reversible_kind",
        ),
        (reverse("2", "'2026-01-01'"), "reversed_from_its_date"),
        (format!("{before_it}; {}", same_day("2")), "reversed_once"),
    ] {
        fs::copy(&path, &copy).unwrap();
        plant(&copy, &Plant::Sql(&sql));
        let told = format!("breaks {broken}");
        let rows = check(&copy).rows;
        let named = |row: &&CheckRow| {
            row.check == "constraints"
                && row.detail.starts_with("entry ")
                && row.detail.ends_with(&told)
        };
        assert!(rows.iter().any(|row| named(&row)), "{sql}: {rows:?}");
    }
}

/// A file whose schema was changed is not opened at all; while it is open, the check finds it.
#[test]
fn a_schema_changed_under_an_open_book_is_found() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    kent(&path);
    let book = Book::open(&path, Access::Read).unwrap();
    let before = book.check();
    loose(&path).execute_batch("CREATE TABLE more (a)").unwrap();
    assert_eq!(found(&before, &book.check()), ["schema"].into());
    assert!(Book::open(&path, Access::Read).is_err());
    let view: String = loose(&path)
        .query_row(
            "SELECT sql FROM sqlite_schema WHERE name = 'pot'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let other = view.replace("remaining_pence / 100.0", "remaining_pence / 10.0");
    loose(&path)
        .execute_batch(&format!("DROP TABLE more; DROP VIEW pot; {other}"))
        .unwrap();
    assert_eq!(found(&before, &book.check()), ["schema", "views"].into());
}

#[test]
fn a_fingerprint_that_no_entry_has_is_found_by_its_check_alone() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    kent(&path);
    let book = Book::open(&path, Access::Read).unwrap();
    let before = book.check_since(Some(book.head().unwrap()));
    let other = crg::model::Fingerprint::of_file(b"another");
    assert_eq!(
        found(&before, &book.check_since(Some(other))),
        ["head"].into()
    );
}

/// Every check of the list runs, in that order, says what it looked at in numbers, and has a fault
/// here that it finds. What `identity` looks for no entry can bring about: a test beside it does.
/// What `copies` and `clock` look for is not in the file: `ahead.rs` has them.
#[test]
fn every_check_is_of_the_list_and_counts_what_it_looked_at() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    kent(&path);
    let book = Book::open(&path, Access::Read).unwrap();
    let report = book.check_since(Some(book.head().unwrap()));
    let ran: Vec<&str> = report.rows.iter().map(|row| row.check).collect();
    let listed = CHECKS.to_vec();
    assert_eq!(ran, listed);
    let counts = |row: &&CheckRow| {
        let first = row.looked_at.split(' ').next().unwrap_or_default();
        first == "every" || first.parse::<u32>().is_ok_and(|count| count > 0)
    };
    assert_eq!(
        report.rows.iter().filter(counts).count(),
        report.rows.len(),
        "{report:?}"
    );
    let planted: BTreeSet<&str> = FAULTS
        .iter()
        .flat_map(|(checks, _)| *checks)
        .chain(&["head", "schema", "views", "identity", "copies", "clock"])
        .copied()
        .collect();
    assert_eq!(planted, listed.into_iter().collect());
    // One more entry, and each that looks at entries has looked at one more.
    let entries = |report: &CheckReport| {
        report
            .rows
            .iter()
            .filter(|row| row.looked_at.ends_with("entries"))
            .map(|row| row.looked_at.clone())
            .collect::<BTreeSet<_>>()
    };
    let last: i64 = book.last_entry().unwrap().unwrap().0.into();
    assert_eq!(entries(&report), [format!("{last} entries")].into());
}

/// As people copy it from paper: capitals, spaces and line ends do not matter, and all letters do.
#[test]
fn a_fingerprint_is_taken_as_it_is_copied() {
    let (folder, _) = demo();
    let head = text(&crg(&folder, &["log", "--head"])).trim().to_owned();
    let groups: Vec<String> = head
        .as_bytes()
        .chunks(8)
        .map(|group| String::from_utf8(group.to_vec()).unwrap())
        .collect();
    for copied in [
        head.to_uppercase(),
        groups.join(" "),
        groups.join("\n"),
        groups.join("\u{a0}"),
        format!("  {head}\r\n"),
    ] {
        let answer = crg(&folder, &["check", "--head", &copied]);
        assert_eq!(answer.status.code(), Some(0), "{copied:?}: {answer:?}");
    }
    let told = |copied: &str| {
        let answer = crg(&folder, &["check", "--head", copied]);
        assert_eq!(answer.status.code(), Some(2), "{copied:?}: {answer:?}");
        String::from_utf8(answer.stderr).unwrap()
    };
    assert!(told(&head[..12]).contains("a fingerprint: it has 12 letters, not 64"));
    assert!(told(&format!("{head}0")).contains("it has 65 letters"));
    assert!(told("").contains("it has 0 letters"));
    assert!(
        told(&format!("{}o{}", &head[..6], &head[7..]))
            .contains("letter 7 is 'o', not one of 0-9 and a-f")
    );
    // Another letter is another fingerprint, which no entry has.
    let other = format!(
        "{}{}",
        if head.starts_with('0') { '1' } else { '0' },
        &head[1..]
    );
    let answer = crg(&folder, &["check", "--head", &other]);
    assert_eq!(answer.status.code(), Some(1));
    assert!(
        text(&answer)
            .split_whitespace()
            .collect::<String>()
            .contains(&format!("noentryhasfingerprint{other}")),
        "{answer:?}"
    );
}
