//! The file itself, changed behind the program's back: bytes anywhere, or cells of any table by
//! another program. Nothing panics and the file is left as it is found; where no check finds a
//! fault, every answer is what it was, and the book still takes an entry.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use crg::Access;
use crg::Error;
use crg::book::{Book, Commit, LogFilter, load};
use crg::fold::Lens;
use crg::format::json;
use crg::import::Folder;
use crg::model::{Date, Draft, Event, Quarter};
use crg::report::{Finding, Period};
use rusqlite::Connection;
use rusqlite::config::DbConfig;

use crate::scratch::Scratch;

/// A book that is right.
struct Right {
    file: Vec<u8>,
    answers: Vec<String>,
    cells: Vec<(String, String)>,
}

pub(crate) fn run(bytes: &[u8]) {
    static RIGHT: OnceLock<Right> = OnceLock::new();
    let right = RIGHT.get_or_init(Right::new);
    let Some((how, changes)) = bytes.split_first() else {
        return;
    };
    let folder = Scratch::new();
    let path = folder.put("book.db", &right.file);
    match how % 2 {
        0 => change_bytes(&path, right, changes),
        _ => change_cells(&path, right, changes),
    }
    let before = fs::read(&path).expect("the file");
    let found = look(&path);
    assert!(
        fs::read(&path).expect("the file") == before,
        "a question changed the file"
    );
    assert_eq!(folder.names(), ["book.db"]);
    // Priorities stand outside the chain of fingerprints: no check can tell a changed one, so a
    // changed one ends it here.
    if let Some(found) = found.filter(|found| found[0] == right.answers[0]) {
        for (found, right) in found.iter().zip(&right.answers) {
            assert!(
                found == right,
                "no check finds a fault, and an answer differs:\n{}",
                apart(right, found)
            );
        }
        still_takes_an_entry(&path);
    }
}

/// The first line in which two texts differ.
fn apart(right: &str, found: &str) -> String {
    let line = right
        .lines()
        .zip(found.lines())
        .find(|(right, found)| right != found);
    line.map_or("one is longer".into(), |(right, found)| {
        format!("was {right}\nis  {found}")
    })
}

impl Right {
    fn new() -> Right {
        let folder = Scratch::new();
        let path = folder.join("book.db");
        let kent = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/kent");
        load(
            &path,
            Folder::At(&kent),
            "KCST",
            "2026-05-11T09:30:00Z".parse().expect("a moment"),
            Commit::Keep,
        )
        .expect("the fixture");
        let answers = look(&path).expect("a book that is right");
        assert!(
            answers.iter().any(|answer| answer.contains("\"15552.80\"")),
            "the answers are those of Kent"
        );
        Right {
            file: fs::read(&path).expect("the file"),
            answers,
            cells: cells(&path),
        }
    }
}

/// Every column of every table.
fn cells(path: &Path) -> Vec<(String, String)> {
    let connection = Connection::open(path).expect("a file");
    let query = "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY 1, c.cid";
    let mut statement = connection.prepare(query).expect("a query");
    let cells = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("columns");
    cells.collect::<Result<_, _>>().expect("columns")
}

/// Changes of five bytes: where, and what to put there or which bit to turn.
fn change_bytes(path: &Path, right: &Right, changes: &[u8]) {
    let mut file = right.file.clone();
    for change in changes.chunks_exact(5).take(20) {
        let at =
            usize::from(change[0]) << 16 | usize::from(change[1]) << 8 | usize::from(change[2]);
        let at = at % file.len();
        file[at] = if change[3] % 4 == 0 {
            change[4]
        } else {
            file[at] ^ (1 << (change[4] % 8))
        };
    }
    fs::write(path, file).expect("the file");
}

/// Changes of four bytes: which column, of which row, to what. The triggers that would refuse it
/// are switched off.
fn change_cells(path: &Path, right: &Right, changes: &[u8]) {
    let connection = Connection::open(path).expect("a file");
    connection
        .execute_batch("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; BEGIN")
        .expect("settings");
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)
        .expect("a setting");
    for change in changes.chunks_exact(4).take(5) {
        let (table, column) = &right.cells[usize::from(change[0]) % right.cells.len()];
        let value = match change[2] % 8 {
            0 => "NULL".to_owned(),
            1 => format!("{column} + {}", i64::from(change[3]) - 128),
            2 => format!("{column} || char({})", change[3]),
            3 => format!("substr({column}, 2) || char({})", change[3]),
            4 => "9223372036854775807 - 1".to_owned(),
            5 => format!("{}", i64::from(change[3]) - 128),
            // A value that the same column has in another row.
            6 => format!(
                "(SELECT {column} FROM {table} ORDER BY 1 LIMIT 1 OFFSET {})",
                change[3]
            ),
            _ => "''".to_owned(),
        };
        // What no such column can hold is no change.
        let _ = connection.execute_batch(&format!(
            "UPDATE OR IGNORE {table} SET {column} = {value} WHERE rowid = (SELECT rowid FROM {table} ORDER BY 1 LIMIT 1 OFFSET {} % (SELECT count(*) FROM {table}))",
            change[1]
        ));
    }
    connection.execute_batch("COMMIT").expect("a commit");
}

/// Everything a book is asked, whatever it finds; the answers where no check finds a fault.
fn look(path: &Path) -> Option<Vec<String>> {
    let book = Book::open(path, Access::Read).ok()?;
    let is_right = book.check().worst() < Finding::Fault;
    let answers: Vec<String> = answers(&book);
    is_right.then_some(answers)
}

fn answers(book: &Book) -> Vec<String> {
    let mut said = Vec::new();
    let lens = |on: &str| Lens::at(on.parse().expect("a day"));
    let mut say =
        |answer: Result<String, Error>| said.push(answer.unwrap_or_else(|error| error.to_string()));
    macro_rules! ask {
        ($report:expr) => {
            say($report.and_then(|report| json(&report, None).map_err(Error::from)))
        };
    }
    say(book.known_priorities().map(|known| format!("{known:?}")));
    ask!(book.log(&LogFilter::default()));
    ask!(book.status(lens("2026-05-11")));
    say(book.names().map(|names| format!("{names:?}")));
    for (year, as_at) in [
        ("2025/26", lens("2025-11-30")),
        ("2025/26", Lens::at(Date::MAX)),
        ("2026/27", lens("2026-05-11")),
    ] {
        let year = year.parse().expect("a year");
        ask!(book.pot(year, as_at));
        ask!(book.year_end(year, as_at));
        ask!(book.reconcile(year, as_at));
    }
    let (year, as_at) = ("2025/26".parse().expect("a year"), Lens::at(Date::MAX));
    ask!(book.page(year, as_at));
    ask!(book.update(year, None, as_at));
    ask!(book.quarter(year, Quarter::Q2, as_at));
    ask!(book.monitoring(year, Period::YearEnd, as_at));
    ask!(book.priorities(year, as_at));
    said
}

/// The rules and the triggers see the same book as before: an entry goes in, and no check finds a
/// fault.
fn still_takes_an_entry(path: &Path) {
    let mut book = Book::open(path, Access::Write).expect("a book that is right");
    let receive = Event::Receive {
        amount: "5.00".parse().expect("an amount"),
    };
    let draft = Draft::builder("2026/27".parse().expect("a year"), receive, "KCST")
        .on("2026-05-12".parse().expect("a day"))
        .build();
    book.record(
        vec![draft.expect("a receipt")],
        "2026-05-12T09:00:00Z".parse().expect("a moment"),
        Commit::Keep,
    )
    .expect("a book that is right takes it");
    let check = book.check();
    assert!(check.worst() < Finding::Fault, "{:?}", check.rows);
}
