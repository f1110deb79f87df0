//! Tampering: whatever is changed in a stored entry is found and the entry named; what only a
//! fingerprint kept elsewhere can tell is shown to be so.
//!
//! Changes are made as another program could make them: with triggers, constraints and types out of
//! the way, and in the bytes of the file. A random part of them is tried each time; `CRG_TAMPER=all
//! cargo test --release tamper` tries them all.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;

use crg::Access;
use crg::book::Book;
use crg::model::{Entry, Fingerprint};
use crg::report::{CheckRow, Finding, Kinship};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use rusqlite::types::Value;

use crate::files::TempFolder;
use crate::histories::scripts;
use crate::kent::crg;
use crate::views::{book_of, kent};

/// How many of very many changes are tried: a random part, or all.
fn some_of<T: Clone>(all: Vec<T>, few: usize) -> Vec<T> {
    if std::env::var("CRG_TAMPER").is_ok_and(|how| how == "all") || all.len() <= few {
        return all;
    }
    let (mut runner, places) = (
        TestRunner::default(),
        prop::collection::vec(0..all.len(), few),
    );
    let drawn = places.new_tree(&mut runner).unwrap().current();
    drawn.into_iter().map(|place| all[place].clone()).collect()
}

/// A fault that the check found, or that kept the book from being opened.
#[derive(Debug)]
struct Found {
    check: &'static str,
    detail: String,
}

fn faults(path: &Path) -> Vec<Found> {
    match Book::open(path, Access::Read) {
        Ok(book) => {
            let rows = book.check().rows.into_iter();
            let faults = rows.filter(|row| row.finding == Finding::Fault);
            let found = |row: CheckRow| Found {
                check: row.check,
                detail: row.detail,
            };
            faults.map(found).collect()
        }
        Err(error) => vec![Found {
            check: "open",
            detail: error.to_string(),
        }],
    }
}

fn names(row: &Found, entry: i64) -> bool {
    row.detail.starts_with(&format!("entry {entry}: "))
        || row
            .detail
            .starts_with(&format!("entry {entry} cannot be read: "))
}

/// A connection that is kept from nothing.
pub(crate) fn loose(path: &Path) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)
        .unwrap();
    let settings = "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF; PRAGMA writable_schema = ON";
    connection.execute_batch(settings).unwrap();
    connection
}

/// A book whose columns take any value of any type, as long as it is loose.
struct Loose {
    bytes: Vec<u8>,
    definition: String,
    columns: Vec<String>,
}

impl Loose {
    fn new(path: &Path) -> Loose {
        let connection = loose(path);
        let definition = connection
            .query_row(
                "SELECT sql FROM sqlite_schema WHERE name = 'entry'",
                [],
                |row| row.get(0),
            )
            .unwrap();
        let mut statement = connection
            .prepare("SELECT name FROM pragma_table_info('entry')")
            .unwrap();
        let columns: Vec<String> = statement
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let without_types = columns
            .join(", ")
            .replacen("number", "number INTEGER PRIMARY KEY", 1);
        drop(statement);
        let sql = format!("CREATE TABLE entry ({without_types})");
        assert_eq!(
            connection.execute(
                "UPDATE sqlite_schema SET sql = ?1 WHERE name = 'entry'",
                [sql]
            ),
            Ok(1)
        );
        drop(connection);
        Loose {
            bytes: fs::read(path).unwrap(),
            definition,
            columns,
        }
    }

    /// Writes the book with a change, tight again: nothing but what `change` does is not as it was.
    fn changed(&self, path: &Path, change: impl FnOnce(&Connection)) {
        fs::write(path, &self.bytes).unwrap();
        let connection = loose(path);
        connection.execute_batch("BEGIN").unwrap();
        change(&connection);
        connection
            .execute(
                "UPDATE sqlite_schema SET sql = ?1 WHERE name = 'entry'",
                [&self.definition],
            )
            .unwrap();
        connection.execute_batch("COMMIT").unwrap();
    }

    /// Every entry's every column as it is stored.
    fn stored(&self, path: &Path) -> Vec<(i64, Vec<Value>)> {
        let connection = Connection::open(path).unwrap();
        let mut statement = connection
            .prepare(&format!(
                "SELECT {} FROM entry ORDER BY number",
                self.columns.join(", ")
            ))
            .unwrap();
        let row = |row: &rusqlite::Row<'_>| {
            (0..self.columns.len())
                .map(|place| row.get(place))
                .collect::<Result<Vec<Value>, _>>()
        };
        let rows = statement.query_map([], row).unwrap().map(Result::unwrap);
        rows.map(|values| {
            (
                if let Value::Integer(number) = values[0] {
                    number
                } else {
                    panic!("{values:?}")
                },
                values,
            )
        })
        .collect()
    }
}

/// What a value may be changed to: the least that another program could do to it, and what looks
/// like it.
fn changes(value: &Value) -> Vec<Value> {
    let text = |text: String| Value::Text(text);
    let mut all = match value {
        Value::Null => {
            vec![
                text("x".into()),
                text(String::new()),
                text(" ".into()),
                Value::Integer(0),
                Value::Integer(1),
                Value::Blob(vec![]),
            ]
        }
        Value::Integer(number) => vec![
            Value::Integer(number + 1),
            Value::Integer(number - 1),
            Value::Integer(-number),
            Value::Integer(number ^ (1 << 40)),
            text(number.to_string()),
            text(format!("{}.{:02}", number / 100, number % 100)),
            Value::Blob(number.to_string().into_bytes()),
        ],
        Value::Text(said) => {
            let swapped = |c: char| {
                if c.is_lowercase() {
                    c.to_ascii_uppercase()
                } else {
                    c.to_ascii_lowercase()
                }
            };
            let mut first = said.chars();
            let head = first.next().unwrap();
            let mut all = vec![
                text(format!("{said} ")),
                text(format!(" {said}")),
                text(format!("{said}\n")),
                text(format!("{said}\0")),
                text(format!("{said}\u{200b}")),
                text(format!("{}{}", swapped(head), first.as_str())),
                text(said.chars().map(swapped).collect()),
                text(said.replace(' ', "  ")),
                text(said.replace('-', "/")),
                text(said.replace(".000Z", "Z")),
                text(format!("0{said}")),
                text(first.as_str().to_owned()),
                text(String::new()),
                Value::Blob(said.clone().into_bytes()),
            ];
            all.extend(said.parse().map(Value::Integer));
            all.extend(said.strip_suffix(";").map(|cut| text(cut.to_owned())));
            for (place, _) in said.char_indices().take(80) {
                let mut bytes = said.clone().into_bytes();
                bytes[place] ^= 1;
                all.push(String::from_utf8(bytes.clone()).map_or(Value::Blob(bytes), Value::Text));
            }
            all
        }
        Value::Blob(bytes) => (0..bytes.len())
            .map(|place| {
                let mut bytes = bytes.clone();
                bytes[place] ^= 1;
                Value::Blob(bytes)
            })
            .chain([
                Value::Blob(bytes[1..].to_vec()),
                Value::Blob(vec![]),
                text(bytes.iter().map(|byte| format!("{byte:02x}")).collect()),
            ])
            .collect(),
        Value::Real(number) => panic!("{number} is no value of a book"),
    };
    all.push(Value::Null);
    all.retain(|other| other != value);
    all.dedup();
    all
}

/// Tries changes of single values; says which are not found with their entry named.
fn missed(folder: &TempFolder, path: &Path, few: usize) -> (usize, Vec<String>) {
    let path = &{
        let copy = folder.join("loose.db");
        fs::copy(path, &copy).unwrap();
        copy
    };
    let book = Loose::new(path);
    let mut all = Vec::new();
    for (number, values) in book.stored(path) {
        for (column, value) in book.columns.iter().zip(&values) {
            all.extend(
                changes(value)
                    .into_iter()
                    .map(|changed| (number, column.clone(), changed)),
            );
        }
    }
    // A number is a row's place: it is an integer, and none is there twice.
    all.retain(|(_, column, value)| column != "number" || matches!(value, Value::Integer(_)));
    let changed = folder.join("changed.db");
    let (mut missed, all) = (Vec::new(), some_of(all, few));
    for (number, column, value) in &all {
        let mut known = vec![*number];
        book.changed(&changed, |connection| {
            let update = format!("UPDATE OR REPLACE entry SET {column} = ?1 WHERE number = ?2");
            assert_eq!(connection.execute(&update, (value, number)), Ok(1));
        });
        if let ("number", Value::Integer(other)) = (column.as_str(), value) {
            // The entry that stands where another is expected is named.
            known.extend([*other, number + 1, other + 1]);
        }
        let found = faults(&changed);
        if !known
            .iter()
            .any(|number| found.iter().any(|row| names(row, *number)))
        {
            missed.push(format!("entry {number}, {column} = {value:?}: {found:?}"));
        }
    }
    (all.len(), missed)
}

#[test]
fn a_changed_value_is_found_and_its_entry_is_named() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    kent(&path);
    let (tried, missed) = missed(&folder, &path, 150);
    assert!(
        missed.is_empty(),
        "{} of {tried} not found:\n{}",
        missed.len(),
        missed.join("\n")
    );
}

/// A day, a year or a ref in another spelling means the same to a person, and is no text of this
/// program's.
#[test]
fn a_value_in_another_spelling_is_found() {
    let folder = TempFolder::new();
    let (path, changed) = (folder.join("book.db"), folder.join("changed.db"));
    kent(&path);
    let spellings = [
        "UPDATE entry SET on_date = replace(on_date, '-', '/') WHERE number = 7",
        "UPDATE entry SET on_date = replace(on_date, '-', '') WHERE number = 7",
        "UPDATE entry SET year = replace(year, '/', '-') WHERE number = 7",
        "UPDATE entry SET year = substr(year, 3) WHERE number = 7",
        "UPDATE entry SET project = lower(project) WHERE number = 7",
    ];
    let book = Loose::new(&path);
    for sql in spellings {
        book.changed(&changed, |connection| {
            assert_eq!(connection.execute(sql, []), Ok(1))
        });
        let found = faults(&changed);
        let is_named = |row: &Found| {
            row.check == "chain" && row.detail.starts_with("entry 7 cannot be read: ")
        };
        assert!(found.iter().any(is_named), "{sql}: {found:?}");
    }
}

/// Pounds as text read as the same pence do, and a number as the text of its digits: the chain
/// alone would not tell.
#[test]
fn a_value_of_another_type_that_reads_the_same_is_found() {
    let folder = TempFolder::new();
    let (path, changed) = (folder.join("book.db"), folder.join("changed.db"));
    kent(&path);
    let connection = Connection::open(&path).unwrap();
    let pounds: String = connection
        .query_row(
            "SELECT printf('%.2f', amount_pence / 100.0) FROM entry WHERE number = 1",
            [],
            |row| row.get(0),
        )
        .unwrap();
    drop(connection);
    let book = Loose::new(&path);
    for (sql, value) in [
        (
            "UPDATE entry SET amount_pence = ?1 WHERE number = 1",
            Value::Text(pounds),
        ),
        (
            "UPDATE entry SET note = ?1 WHERE number = 1",
            Value::Integer(500),
        ),
        (
            "UPDATE entry SET note = ?1 WHERE number = 1",
            Value::Blob(b"note".to_vec()),
        ),
    ] {
        book.changed(&changed, |connection| {
            assert_eq!(connection.execute(sql, [&value]), Ok(1))
        });
        let found = faults(&changed);
        assert!(
            found
                .iter()
                .any(|row| row.check == "chain"
                    && row.detail.starts_with("entry 1 cannot be read: ")),
            "{value:?}: {found:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_value_of_any_book_is_found(script in scripts(40)) {
        let folder = TempFolder::new();
        let path = folder.join("book.db");
        drop(book_of(&path, &script.play().journal));
        let (tried, missed) = missed(&folder, &path, 10);
        prop_assert!(missed.is_empty(), "{} of {tried} not found:\n{}", missed.len(), missed.join("\n"));
    }
}

// == The bytes of the file ==

/// A number as SQLite writes it, and how many bytes it takes.
fn varint(bytes: &[u8]) -> (u64, usize) {
    let long = bytes
        .iter()
        .take(8)
        .position(|byte| byte & 0x80 == 0)
        .map_or(9, |place| place + 1);
    let number =
        bytes[..long]
            .iter()
            .enumerate()
            .fold(0, |number: u64, (place, byte)| match place {
                8 => number << 8 | u64::from(*byte),
                _ => number << 7 | u64::from(byte & 0x7f),
            });
    (number, long)
}

/// Where each entry's row stands in the file: its bytes on its own page, and those that found no
/// room there.
fn rows_in(bytes: &[u8], path: &Path) -> BTreeMap<i64, Vec<Range<usize>>> {
    let root: usize = Connection::open(path)
        .unwrap()
        .query_row(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'entry'",
            [],
            |row| row.get::<_, i64>(0),
        )
        .map(|page| usize::try_from(page).unwrap())
        .unwrap();
    let size = usize::from(u16::from_be_bytes([bytes[16], bytes[17]]));
    let word = |at: usize| usize::from(u16::from_be_bytes([bytes[at], bytes[at + 1]]));
    let page = |at: usize| {
        usize::try_from(u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap())).unwrap()
    };
    let (mut found, mut pages) = (BTreeMap::new(), vec![root]);
    while let Some(number) = pages.pop() {
        let start = (number - 1) * size;
        let is_leaf = bytes[start] == 13;
        let pointers = start + if is_leaf { 8 } else { 12 };
        let cells: Vec<usize> = (0..word(start + 3))
            .map(|cell| start + word(pointers + 2 * cell))
            .collect();
        if !is_leaf {
            assert_eq!(bytes[start], 5, "page {number} is of a table");
            pages.extend(
                cells
                    .iter()
                    .map(|cell| page(*cell))
                    .chain([page(start + 8)]),
            );
            continue;
        }
        for cell in cells {
            let (payload, first) = varint(&bytes[cell..]);
            let (entry, second) = varint(&bytes[cell + first..]);
            let (payload, begin) = (usize::try_from(payload).unwrap(), cell + first + second);
            let least = (size - 12) * 32 / 255 - 23;
            let here = match least + (payload - least.min(payload)) % (size - 4) {
                _ if payload <= size - 35 => payload,
                some if some <= size - 35 => some,
                _ => least,
            };
            let mut places: Vec<Range<usize>> = std::iter::once(cell..begin + here).collect();
            let (mut left, mut at) = (payload - here, begin + here);
            while left > 0 {
                let next = (page(at) - 1) * size;
                let some = left.min(size - 4);
                places.push(next + 4..next + 4 + some);
                (left, at) = (left - some, next);
            }
            found.insert(i64::try_from(entry).unwrap(), places);
        }
    }
    found
}

/// Each byte of each stored entry, changed: in what it holds, its length, its number. Either the
/// entry is named, or the one beside it whose place it took; or SQLite finds the page itself
/// broken, and says so.
#[test]
#[expect(clippy::print_stdout, reason = "a long run says what it tried")]
fn a_changed_byte_of_a_stored_entry_is_found() {
    let folder = TempFolder::new();
    let (path, changed) = (folder.join("book.db"), folder.join("changed.db"));
    kent(&path);
    let bytes = fs::read(&path).unwrap();
    let rows = rows_in(&bytes, &path);
    // The last is the entry that binds the priorities of the folder.
    assert_eq!(
        rows.len(),
        crate::kent::entries() + 1,
        "every entry has its row"
    );
    let all: Vec<(i64, usize)> = rows
        .iter()
        .flat_map(|(entry, places)| {
            places
                .iter()
                .cloned()
                .flatten()
                .map(move |place| (*entry, place))
        })
        .collect();
    let (tried, mut named, mut broken, mut missed) = (some_of(all, 400), 0, 0, Vec::new());
    for (place, (entry, at)) in tried.iter().enumerate() {
        let mut other = bytes.clone();
        // The lowest bit, the highest, the one of capitals, and all of them, in turn.
        other[*at] ^= [0x01, 0x80, 0x20, 0xff][place % 4];
        fs::write(&changed, other).unwrap();
        let found = faults(&changed);
        if found
            .iter()
            .any(|row| names(row, *entry) || names(row, entry + 1))
        {
            named += 1;
        } else if found
            .iter()
            .any(|row| ["file", "chain", "open"].contains(&row.check))
        {
            broken += 1;
        } else {
            missed.push(format!("byte {at} of entry {entry}: {found:?}"));
        }
    }
    println!(
        "{} bytes changed: the entry named for {named}, the page found broken for {broken}",
        tried.len()
    );
    assert!(
        missed.is_empty(),
        "{} of {} not found:\n{}",
        missed.len(),
        tried.len(),
        missed.join("\n")
    );
    assert!(
        broken * 10 < tried.len(),
        "{broken} of {} told by SQLite alone",
        tried.len()
    );
}

/// Every row of the table of balances.
fn kept_balances(path: &Path) -> Vec<(String, String, Option<String>, i64, i64)> {
    let connection = Connection::open(path).unwrap();
    let query = "SELECT year, account, pot, pence, spent_pence FROM balance ORDER BY 1, 2";
    let mut statement = connection.prepare(query).unwrap();
    let rows = statement.query_map([], |row| row.try_into()).unwrap();
    rows.map(Result::unwrap).collect()
}

/// Any byte of the whole file: what is not found is no part of what the book says.
#[test]
#[expect(clippy::print_stdout, reason = "a long run says what it tried")]
fn a_changed_byte_of_the_file_is_found_or_says_nothing() {
    let folder = TempFolder::new();
    let (path, changed) = (folder.join("book.db"), folder.join("changed.db"));
    kent(&path);
    let bytes = fs::read(&path).unwrap();
    let said = |path: &Path| {
        let book = Book::open(path, Access::Read).unwrap();
        let mut entries: Vec<(Entry, Fingerprint)> = Vec::new();
        book.for_each_entry(|entry, fingerprint| {
            entries.push((entry, fingerprint));
            Ok(())
        })
        .unwrap();
        (entries, book.names().unwrap(), kept_balances(path))
    };
    let (whole, mut idle) = (said(&path), 0);
    let tried = some_of((0..bytes.len()).collect(), 200);
    for at in &tried {
        let mut other = bytes.clone();
        other[*at] ^= 1 << (at % 8);
        fs::write(&changed, other).unwrap();
        if faults(&changed).is_empty() {
            assert!(
                said(&changed) == whole,
                "byte {at} changes the book, and is not found"
            );
            idle += 1;
        }
    }
    println!("{} bytes changed: {idle} of them say nothing", tried.len());
}

/// What the program answers: that something is wrong, in a way a script can tell, and never by
/// breaking down.
#[test]
fn the_program_answers_a_changed_byte_with_an_exit_code() {
    let folder = TempFolder::new();
    kent(&folder.join("crg-demo.db"));
    let path = folder.join("crg-demo.db");
    let bytes = fs::read(&path).unwrap();
    let rows = rows_in(&bytes, &path);
    let all: Vec<usize> = rows.values().flatten().cloned().flatten().collect();
    for at in some_of(all, 40) {
        let mut other = bytes.clone();
        other[at] ^= 0x41;
        fs::write(&path, other).unwrap();
        let answer = crg(&folder, &["check"]);
        assert!(
            matches!(answer.status.code(), Some(1 | 4)),
            "byte {at}: {answer:?}"
        );
        let told = String::from_utf8(answer.stderr).unwrap();
        assert!(
            told.contains("next: ") && !told.contains("bug"),
            "byte {at}: {told}"
        );
    }
}

// == More than one entry ==

/// Gives an entry, and all after it, the fingerprints they would have had: what only a fingerprint
/// elsewhere can tell.
pub(crate) fn chained_again(path: &Path) {
    let book = Book::open(path, Access::Read).unwrap();
    let whose = book.names().unwrap();
    let mut last = Fingerprint::of_book(&whose.partnership, &whose.funder);
    let mut chain: Vec<(u32, Fingerprint)> = Vec::new();
    book.for_each_entry(|entry, _| {
        last = entry.fingerprint_after(last);
        chain.push((entry.number.0, last));
        Ok(())
    })
    .unwrap();
    drop(book);
    let connection = loose(path);
    let is_text = connection
        .query_row(
            "SELECT typeof(fingerprint) = 'text' FROM entry",
            [],
            |row| row.get::<_, bool>(0),
        )
        .unwrap();
    connection.execute_batch("BEGIN").unwrap();
    for (number, fingerprint) in chain {
        let stored = if is_text { "lower(hex(?1))" } else { "?1" };
        let sql = format!("UPDATE entry SET fingerprint = {stored} WHERE number = ?2");
        connection
            .execute(&sql, (bytes_of(fingerprint), number))
            .unwrap();
    }
    connection.execute_batch("COMMIT").unwrap();
}

fn bytes_of(fingerprint: Fingerprint) -> Vec<u8> {
    let text = fingerprint.to_string();
    (0..text.len())
        .step_by(2)
        .map(|place| u8::from_str_radix(&text[place..place + 2], 16).unwrap())
        .collect()
}

/// Changes a book as another program could.
pub(crate) fn tampered(path: &Path, sql: &str) {
    loose(path)
        .execute_batch(&format!("BEGIN; {sql}; COMMIT"))
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// Every column but the number, of one entry taken from another.
fn swap(path: &Path, a: i64, b: i64) -> String {
    let columns = Loose::new(path).columns;
    let others = columns
        .iter()
        .filter(|column| *column != "number")
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    format!(
        "CREATE TEMP TABLE kept AS SELECT * FROM entry WHERE number IN ({a}, {b});
         UPDATE entry SET ({others}) = (SELECT {others} FROM kept WHERE kept.number = {a} + {b} - entry.number) WHERE number IN ({a}, {b})"
    )
}

#[test]
fn entries_swapped_taken_out_or_put_in_between_are_found() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    kent(&path);
    let one_more = "UPDATE entry SET number = -number - 1 WHERE number >= 50; UPDATE entry SET number = -number WHERE number < 0";
    let again = "INSERT INTO entry SELECT 50, on_date, recorded, recorded_by, year, kind, project, pot, amount_pence, title, lead,
        supplier, reference, refers_to, measure, value, priorities, vat, override_reason, note, fingerprint FROM entry WHERE number = 49";
    let scratch = folder.join("columns.db");
    fs::copy(&path, &scratch).unwrap();
    let spend: i64 = Connection::open(&path)
        .unwrap()
        .query_row(
            "SELECT min(number) FROM entry WHERE kind = 'progress' AND number + 1 IN (SELECT number FROM entry WHERE kind = 'progress')",
            [],
            |row| row.get(0),
        )
        .unwrap();
    for (what, sql, entry) in [
        (
            "two entries swapped",
            swap(&scratch, spend, spend + 1),
            spend,
        ),
        ("the first two swapped", swap(&scratch, 1, 2), 1),
        (
            "an entry taken out",
            "DELETE FROM entry WHERE number = 60".to_owned(),
            61,
        ),
        (
            "the first taken out",
            "DELETE FROM entry WHERE number = 1".to_owned(),
            2,
        ),
        ("one put in between", format!("{one_more}; {again}"), 50),
    ] {
        let copy = folder.join("changed.db");
        fs::copy(&path, &copy).unwrap();
        tampered(&copy, &sql);
        let found = faults(&copy);
        assert!(
            found
                .iter()
                .any(|row| row.check == "chain" && names(row, entry)),
            "{what}: {found:?}"
        );
    }
}

/// What the chain alone cannot tell: its end cut off, and a chain made anew from some entry on. A
/// fingerprint kept elsewhere tells it, and so does a copy.
#[test]
fn what_only_a_fingerprint_or_a_copy_tells() {
    let folder = TempFolder::new();
    let (path, changed) = (folder.join("book.db"), folder.join("changed.db"));
    kent(&path);
    let whole = Book::open(&path, Access::Read).unwrap();
    let head = whole.head().unwrap();
    let last: i64 = whole.last_entry().unwrap().unwrap().0.into();
    let note: i64 = Connection::open(&path)
        .unwrap()
        .query_row(
            "SELECT max(number) FROM entry WHERE kind = 'progress'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let is_note = |number: i64| {
        let kind: String = Connection::open(&path)
            .unwrap()
            .query_row(
                "SELECT kind FROM entry WHERE number = ?1",
                [number],
                |row| row.get(0),
            )
            .unwrap();
        ["progress", "published", "explain", "outcome", "scheme"].contains(&kind.as_str())
    };
    assert!(
        is_note(last),
        "the last entry moves no money, or the balances would tell"
    );
    for (what, sql, kinship) in [
        (
            "the last entry taken out",
            format!(
                "DELETE FROM entry WHERE number = {last}; UPDATE balance SET entry = {last} - 1 WHERE entry = {last}"
            ),
            Kinship::Ahead,
        ),
        (
            "a note changed, and every fingerprint from there on",
            format!("UPDATE entry SET note = 'All is well' WHERE number = {note}"),
            Kinship::Forked,
        ),
    ] {
        fs::copy(&path, &changed).unwrap();
        tampered(&changed, &sql);
        chained_again(&changed);
        let book = Book::open(&changed, Access::Read).unwrap();
        assert_ne!(
            book.check().worst(),
            Finding::Fault,
            "{what}: nothing in the file tells it"
        );
        let told = book.check_since(Some(head));
        assert_eq!(
            (told.rows[0].check, told.rows[0].finding),
            ("head", Finding::Fault),
            "{what}"
        );
        assert_eq!(
            told.rows
                .iter()
                .filter(|row| row.finding == Finding::Fault)
                .count(),
            1,
            "{what}"
        );
        let found = whole.compare(&book).unwrap();
        assert_eq!(found.kinship, kinship, "{what}");
        if kinship == Kinship::Forked {
            assert_eq!(
                found.fork.map(|fork| i64::from(fork.entry.0)),
                Some(note),
                "{what}"
            );
        }
    }
}
