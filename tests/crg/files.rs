//! What a path may lead to instead of a book, who else may hold the file, and what a crash leaves.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use crg::Error;
use crg::book::{Book, Commit, load};
use crg::import::Folder;
use crg::model::Names;
use crg::model::{Draft, Event};
use crg::report::Finding;
use crg::{Access, StoreError};
use rusqlite::Connection;

pub(crate) use crate::temp_folder::TempFolder;
use crate::upgrade::VERSION;

const ENTRIES: &str = "\
on,year,kind,project,pot,amount,title,lead,note
2026-04-01,2026/27,allocate,,upfront,26500.00,,,
2026-04-01,2026/27,allocate,,tactical,13100.00,,,
2026-04-08,2026/27,propose,P01,upfront,4000.00,Learning event,A council,A note
2026-04-27,2026/27,recommend,P01,,,,,
";

/// A book of four entries.
pub(crate) fn small_book(path: &Path) {
    load(
        path,
        Folder::BuiltIn(&[("entries.csv", ENTRIES)]),
        "KCST",
        "2026-04-27T10:00:00Z".parse().unwrap(),
        Commit::Keep,
    )
    .unwrap();
}

/// A draft that any open year takes: a penny of cash, each with a number of its own.
fn penny(by: &str) -> Draft {
    static PAYMENTS: AtomicU32 = AtomicU32::new(0);
    let payment = PAYMENTS.fetch_add(1, Ordering::Relaxed);
    let amount = "0.01".parse().unwrap();
    let draft = draft(Event::Receive { amount }, by).edit();
    let reference = format!("BACS {payment} of process {}", std::process::id());
    draft.reference(reference).build().unwrap()
}

fn draft(event: Event, by: &str) -> Draft {
    let draft = Draft::builder("2026/27".parse().unwrap(), event, by);
    draft.on("2026-05-01".parse().unwrap()).build().unwrap()
}

/// Does something while a book is being written, and records nothing.
fn hold(book: &mut Book, by: &str, meanwhile: impl FnOnce()) -> Result<(), Error> {
    let mut meanwhile = Some(meanwhile);
    // The second draft is asked for inside the transaction that the first one began.
    let second = std::iter::from_fn(|| {
        meanwhile.take()?();
        None
    });
    let drafts = std::iter::once(penny(by)).chain(second);
    book.record(
        drafts,
        "2026-05-01T09:00:00Z".parse().unwrap(),
        Commit::DryRun,
    )?;
    Ok(())
}

fn record_penny(book: &mut Book, by: &str) -> Result<(), Error> {
    book.record(
        vec![penny(by)],
        "2026-05-01T09:00:00Z".parse().unwrap(),
        Commit::Keep,
    )
    .map(|_| ())
}

fn count(path: &Path) -> u32 {
    let last = Book::open(path, Access::Read).unwrap().last_entry();
    last.unwrap().map_or(0, |entry| entry.0)
}

/// What is said of a path that holds no book, for reading and for writing alike; the folder stays
/// as it was.
fn said_of(folder: &TempFolder, path: &Path) -> String {
    let before = folder.snapshot();
    let said = [Access::Read, Access::Write].map(|access| match Book::open(path, access) {
        Ok(_) => "opened".to_owned(),
        Err(error) => error
            .to_string()
            .replace(&folder.path().display().to_string(), "DIR"),
    });
    assert_eq!(
        folder.snapshot(),
        before,
        "looking at {} changed something",
        path.display()
    );
    assert_eq!(said[0], said[1], "readers and writers are told the same");
    let [said, _] = said;
    said
}

/// What is said of a good book after `change` was made to its file.
fn said_after(change: impl FnOnce(&Path)) -> String {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    small_book(&path);
    change(&path);
    said_of(&folder, &path)
}

fn patch(at: usize, bytes: &[u8]) -> impl FnOnce(&Path) {
    let bytes = bytes.to_vec();
    move |path| {
        let mut content = fs::read(path).unwrap();
        content[at..at + bytes.len()].copy_from_slice(&bytes);
        fs::write(path, content).unwrap();
    }
}

fn sql(text: &'static str) -> impl FnOnce(&Path) {
    move |path| Connection::open(path).unwrap().execute_batch(text).unwrap()
}

fn become_bytes(bytes: Vec<u8>) -> impl FnOnce(&Path) {
    move |path| fs::write(path, bytes).unwrap()
}

#[test]
fn what_is_not_a_book_is_told_and_left_alone() {
    let noise: Vec<u8> = (0u32..5000)
        .map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0])
        .collect();
    let not = |why: &str| format!("DIR/book.db is not a book: {why}");
    assert_eq!(
        said_after(become_bytes(b"Dear Sir,\n".repeat(20))),
        not("it is not an SQLite file")
    );
    assert_eq!(
        said_after(become_bytes(Vec::new())),
        not("it has only 0 bytes")
    );
    assert_eq!(
        said_after(become_bytes(b"SQLite format 3\0".to_vec())),
        not("it has only 16 bytes")
    );
    assert_eq!(
        said_after(become_bytes(noise)),
        not("it is not an SQLite file")
    );
    let other = |path: &Path| {
        fs::remove_file(path).unwrap();
        Connection::open(path)
            .unwrap()
            .execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1);")
            .unwrap();
    };
    assert_eq!(
        said_after(other),
        not("it is an SQLite file of another program")
    );
    let wal = "its journal mode was changed to WAL, which does not work on a shared drive";
    assert_eq!(
        said_after(|path| Connection::open(path)
            .unwrap()
            .pragma_update(None, "journal_mode", "WAL")
            .unwrap()),
        not(wal)
    );
    assert_eq!(
        said_after(patch(60, &[0, 0, 0, 99])),
        format!("DIR/book.db is a book of version 99; this program knows version {VERSION}")
    );
}

#[test]
fn a_changed_schema_is_told_and_left_alone() {
    let altered = |what: &str| format!("DIR/book.db has been modified: {what}");
    let added = |name: &str| altered(&format!("the {name} was changed or added"));
    assert_eq!(
        said_after(sql("CREATE TABLE scrap (x)")),
        added("table scrap")
    );
    assert_eq!(
        said_after(sql(
            "CREATE TRIGGER more AFTER INSERT ON entry BEGIN SELECT 1; END"
        )),
        added("trigger more")
    );
    assert_eq!(
        said_after(sql("CREATE INDEX quick ON entry (note)")),
        added("index quick")
    );
    assert_eq!(
        said_after(sql(
            "DROP VIEW known_year; CREATE VIEW known_year AS SELECT DISTINCT year FROM entry"
        )),
        added("view known_year")
    );
    assert_eq!(
        said_after(sql("DROP TRIGGER entry_update")),
        altered("the trigger entry_update is missing")
    );
}

/// `sqlite_` is SQLite's own prefix; `sqlite` followed by anything else is anybody's.
#[test]
fn no_name_hides_an_added_trigger() {
    assert_eq!(
        said_after(sql(
            "CREATE TRIGGER sqliteful AFTER INSERT ON entry BEGIN SELECT 1; END"
        )),
        "DIR/book.db has been modified: the trigger sqliteful was changed or added"
    );
}

#[test]
fn a_file_cut_short_is_told_wherever_it_was_cut() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    small_book(&path);
    let whole = fs::read(&path).unwrap();
    for length in [
        0,
        1,
        99,
        100,
        4095,
        4096,
        4097,
        whole.len() / 2,
        whole.len() - 4096,
        whole.len() - 1,
    ] {
        fs::write(&path, &whole[..length]).unwrap();
        let why = match length {
            0..100 => format!("it has only {length} bytes"),
            _ => format!("it is cut short: {length} bytes, expected {}", whole.len()),
        };
        assert_eq!(
            said_of(&folder, &path),
            format!("DIR/book.db is not a book: {why}")
        );
    }
}

#[test]
fn a_zeroed_page_is_never_taken_for_good() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    small_book(&path);
    let whole = fs::read(&path).unwrap();
    for page in 0..whole.len() / 4096 {
        let mut bytes = whole.clone();
        bytes[page * 4096..(page + 1) * 4096].fill(0);
        fs::write(&path, &bytes).unwrap();
        let found = Book::open(&path, Access::Read).map(|book| book.check());
        let told = found
            .as_ref()
            .map_or(true, |report| report.worst() == Finding::Fault);
        assert!(
            told,
            "page {} was zeroed, and the check says {found:?}",
            page + 1
        );
        assert!(
            fs::read(&path).unwrap() == bytes,
            "page {}: the file was changed",
            page + 1
        );
        assert_eq!(
            folder.snapshot().len(),
            1,
            "something was left beside the file"
        );
    }
}

#[test]
fn a_path_that_sqlite_would_take_for_something_else_is_refused() {
    let folder = TempFolder::new();
    for path in ["", ":memory:", "file:book.db?mode=memory", "file:book.db"] {
        let expected = format!("{path:?} is not the path of a plain file");
        assert_eq!(said_of(&folder, Path::new(path)), expected);
        let names = Names {
            partnership: "P".into(),
            funder: "F".into(),
            ..Names::default()
        };
        assert_eq!(
            Book::init(Path::new(path), &names).unwrap_err().to_string(),
            expected
        );
    }
}

#[test]
fn a_missing_file_a_folder_and_a_link_are_told() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    assert_eq!(said_of(&folder, &path), "there is no book at DIR/book.db");
    fs::create_dir(&path).unwrap();
    assert_eq!(
        said_of(&folder, &path),
        "DIR/book.db is a folder; a book is one plain file of its own"
    );
}

#[cfg(unix)]
#[test]
fn a_link_is_told() {
    let folder = TempFolder::new();
    let (book, link) = (folder.join("book.db"), folder.join("link.db"));
    small_book(&book);
    std::os::unix::fs::symlink(&book, &link).unwrap();
    assert_eq!(
        said_of(&folder, &link),
        "DIR/link.db is a link to another file; a book is one plain file of its own"
    );
    fs::remove_file(&link).unwrap();
    fs::hard_link(&book, &link).unwrap();
    let several = "is one of several names of the same file; a book is one plain file of its own";
    assert_eq!(said_of(&folder, &link), format!("DIR/link.db {several}"));
    assert_eq!(said_of(&folder, &book), format!("DIR/book.db {several}"));
    fs::remove_file(&link).unwrap();
    assert_eq!(said_of(&folder, &book), "opened");
}

#[test]
fn a_read_only_file_is_read_and_not_written() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    small_book(&path);
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let before = folder.snapshot();
    let refused = Book::open(&path, Access::Write).unwrap_err();
    assert!(
        matches!(refused, Error::Store(StoreError::ReadOnly { .. })),
        "{refused}"
    );
    assert_eq!(
        refused.to_string(),
        format!("{} can be read but not written", path.display())
    );
    let book = Book::open(&path, Access::Read).unwrap();
    assert_eq!(book.check().worst(), Finding::Warning);
    assert_eq!(folder.snapshot(), before);
}

#[test]
fn a_book_opened_for_reading_is_not_written() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    small_book(&path);
    let before = folder.snapshot();
    let mut book = Book::open(&path, Access::Read).unwrap();
    let refused = record_penny(&mut book, "KCST").unwrap_err();
    assert!(
        matches!(refused, Error::Store(StoreError::ReadOnly { .. })),
        "{refused:?}"
    );
    assert_eq!(folder.snapshot(), before);
}

#[test]
fn a_book_is_never_made_over_a_file() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    fs::write(&path, "precious").unwrap();
    let before = folder.snapshot();
    let names = Names {
        partnership: "P".into(),
        funder: "F".into(),
        ..Names::default()
    };
    let refused = Book::init(&path, &names).unwrap_err();
    assert_eq!(
        refused.to_string(),
        format!("{} already exists, and is left as it is", path.display())
    );
    assert_eq!(folder.snapshot(), before);
}

/// Reading, writing, refusing and trying leave nothing beside the book.
/// What a kill left is taken away by a writer; a person's file of a like name is not.
#[test]
fn only_what_the_program_left_unfinished_is_taken_away() {
    let folder = TempFolder::new();
    let path = folder.join("crg.db");
    small_book(&path);
    let (left, own) = (
        ["7", "42-journal", "42.writer"],
        ["business.txt", "2.xlsx", "", "7-journals", "-1"],
    );
    let name = |ending: &&str| format!("crg.db.unfinished-{ending}");
    left.iter()
        .chain(&own)
        .for_each(|ending| fs::write(folder.join(&name(ending)), "x").unwrap());
    drop(Book::open(&path, Access::Write).unwrap());
    let mut expected: Vec<String> = own.iter().map(name).chain(["crg.db".to_owned()]).collect();
    expected.sort();
    assert_eq!(folder.snapshot().into_keys().collect::<Vec<_>>(), expected);
}

#[test]
fn nothing_is_left_beside_a_book() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    small_book(&path);
    let mut book = Book::open(&path, Access::Write).unwrap();
    record_penny(&mut book, "KCST").unwrap();
    book.record(
        vec![penny("KCST")],
        "2026-05-01T09:00:00Z".parse().unwrap(),
        Commit::DryRun,
    )
    .unwrap();
    let spend = Event::Spend {
        project: "P99".parse().unwrap(),
        amount: "1".parse().unwrap(),
        supplier: None,
        vat: crg::model::Vat::Net,
        measure: None,
        value: None,
    };
    book.record(
        vec![draft(spend, "KCST")],
        "2026-05-01T09:00:00Z".parse().unwrap(),
        Commit::Keep,
    )
    .unwrap_err();
    drop(book);
    assert_eq!(
        folder.snapshot().into_keys().collect::<Vec<_>>(),
        ["book.db"]
    );
    assert_eq!(count(&path), 5);
}

/// A copy of the file and its journal, taken while another program had written half a change into
/// the file.
fn crashed_copy(folder: &TempFolder) -> PathBuf {
    let (live, crashed) = (folder.join("live.db"), folder.join("book.db"));
    small_book(&live);
    let other = Connection::open(&live).unwrap();
    other
        .execute_batch("PRAGMA cache_size = 2; BEGIN IMMEDIATE;")
        .unwrap();
    let row = "INSERT INTO entry (number, on_date, recorded, recorded_by, year, kind, amount_pence, note, fingerprint)
        SELECT max(number) + 1, '2026-05-01', max(recorded), 'half done', '2026/27', 'receive', 1, printf('%.1500c', 'x'), zeroblob(32)
        FROM entry";
    for _ in 0..50 {
        other.execute(row, []).unwrap();
    }
    fs::copy(&live, &crashed).unwrap();
    fs::copy(
        folder.join("live.db-journal"),
        folder.join("book.db-journal"),
    )
    .unwrap();
    other.execute_batch("ROLLBACK").unwrap();
    drop(other);
    let half = fs::read(&crashed)
        .unwrap()
        .windows(9)
        .any(|bytes| bytes == b"half done");
    assert!(half, "the copy is meant to hold half a change");
    crashed
}

#[test]
fn what_a_crash_left_half_done_is_undone_for_a_reader_and_for_a_writer() {
    for access in [Access::Read, Access::Write] {
        let folder = TempFolder::new();
        let path = crashed_copy(&folder);
        let book = Book::open(&path, access).unwrap();
        assert_eq!(
            book.head().unwrap(),
            Book::open(&folder.join("live.db"), Access::Read)
                .unwrap()
                .head()
                .unwrap()
        );
        assert_eq!(book.check().worst(), Finding::Warning);
        drop(book);
        assert_eq!(
            folder.snapshot().into_keys().collect::<Vec<_>>(),
            ["book.db", "live.db"]
        );
        assert_eq!(
            fs::read(&path).unwrap(),
            fs::read(folder.join("live.db")).unwrap()
        );
    }
}

#[test]
fn moments_are_in_order_whatever_the_clock_says() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    small_book(&path);
    let mut book = Book::open(&path, Access::Write).unwrap();
    let moments = [
        "2020-01-01T00:00:00Z",
        "2020-01-01T00:00:00Z",
        "2026-04-27T10:00:00.002Z",
        "2026-06-01T00:00:00Z",
    ]
    .map(|now| {
        book.record(vec![penny("KCST")], now.parse().unwrap(), Commit::Keep)
            .unwrap()
            .entries[0]
            .recorded
            .to_string()
    });
    let expected = [
        "2026-04-27T10:00:00.001Z",
        "2026-04-27T10:00:00.002Z",
        "2026-04-27T10:00:00.003Z",
        "2026-06-01T00:00:00.000Z",
    ];
    assert_eq!(moments, expected);
}

// == Others at the same file: this test binary runs itself ==

/// Another process that does what one of the ignored tests below says.
struct Other {
    child: Child,
    says: BufReader<ChildStdout>,
    told: Option<ChildStdin>,
}

impl Other {
    fn start(test: &str, path: &Path) -> Other {
        let module = module_path!()
            .split_once("::")
            .map_or("", |(_, module)| module);
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                &format!("{module}::{test}"),
                "--ignored",
                "--nocapture",
                "--test-threads=1",
            ])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (says, told) = (
            BufReader::new(child.stdout.take().unwrap()),
            child.stdin.take(),
        );
        let mut other = Other { child, says, told };
        other.tell(&path.display().to_string());
        other
    }

    fn tell(&mut self, line: &str) {
        writeln!(self.told.as_mut().unwrap(), "{line}").unwrap();
    }

    /// Waits until it says a line that begins so.
    fn wait_for(&mut self, start: &str) -> String {
        let mut line = String::new();
        while self.says.read_line(&mut line).unwrap() > 0 {
            if let Some(place) = line.find(start) {
                return line[place + start.len()..].trim().to_owned();
            }
            line.clear();
        }
        panic!("the other process ended and never said {start:?}");
    }

    fn end(mut self) {
        drop(self.told.take());
        assert!(self.child.wait().unwrap().success());
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        drop(self.told.take());
        let _ = self.child.wait();
    }
}

fn say(line: &str) {
    let mut out = std::io::stdout();
    writeln!(out, "\n{line}").unwrap();
}

/// The next line on standard input, or `None` where nobody is there: then these tests have nothing
/// to do.
fn hear() -> Option<String> {
    let line = std::io::stdin().lines().next()?.unwrap();
    (!line.is_empty()).then_some(line)
}

#[test]
#[ignore = "run by others, as another process"]
fn other_records_ten() {
    let Some(path) = hear() else { return };
    for _ in 0..10 {
        let mut book = Book::open(Path::new(&path), Access::Write).unwrap();
        record_penny(&mut book, "Another").unwrap();
    }
}

#[test]
#[ignore = "run by others, as another process"]
fn other_holds_for_writing() {
    let Some(path) = hear() else { return };
    let mut book = Book::open(Path::new(&path), Access::Write).unwrap();
    hold(&mut book, "Another", || {
        say(&format!("HOLDING {}", std::process::id()));
        hear();
    })
    .unwrap();
}

#[test]
#[ignore = "run by others, as another process"]
fn other_tries_to_write_at_once() {
    let Some(path) = hear() else { return };
    let connection = Connection::open(&path).unwrap();
    connection.busy_timeout(Duration::ZERO).unwrap();
    say(&format!(
        "TRIED {}",
        connection.execute_batch("BEGIN IMMEDIATE").is_ok()
    ));
}

#[test]
fn four_processes_at_once_lose_nothing() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    small_book(&path);
    let others: Vec<Other> = (0..4)
        .map(|_| Other::start("other_records_ten", &path))
        .collect();
    others.into_iter().for_each(Other::end);
    assert_eq!(count(&path), 44);
    assert_eq!(
        Book::open(&path, Access::Read).unwrap().check().worst(),
        Finding::Warning
    );
    assert_eq!(
        folder.snapshot().into_keys().collect::<Vec<_>>(),
        ["book.db"]
    );
}

/// A question sees the book before a change or after it, never its decisions without its spend.
#[test]
fn a_question_during_changes_sees_one_state() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    small_book(&path);
    let written = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut book = Book::open(&path, Access::Write).unwrap();
            for number in 0..60 {
                book.record(
                    spent_at_once(&format!("N{number}")),
                    "2026-05-01T09:00:00Z".parse().unwrap(),
                    Commit::Keep,
                )
                .unwrap();
            }
            written.store(true, Ordering::Relaxed);
        });
        let book = Book::open(&path, Access::Read).unwrap();
        let (year, lens) = (
            "2026/27".parse().unwrap(),
            crg::fold::Lens::at("2026-05-31".parse().unwrap()),
        );
        while !written.load(Ordering::Relaxed) {
            let found = book.year(year, lens).unwrap();
            assert!(
                found.unspent_awards == found.allocation - found.spent - found.uncommitted,
                "{found:?}"
            );
            let workbook = book.year_end_workbook(year, lens).unwrap();
            let approved = workbook
                .decisions
                .rows
                .iter()
                .filter(|row| row.kind == crg::model::Kind::Approve)
                .count();
            assert!(
                workbook.summary.spent == workbook.spend.total
                    && approved == workbook.spend.rows.len(),
                "{workbook:?}"
            );
        }
    });
}

/// A project of a penny, from proposal to spend, as one change.
fn spent_at_once(project: &str) -> Vec<Draft> {
    let project: crg::model::ProjectRef = project.parse().unwrap();
    let amount = "0.01".parse().unwrap();
    let event = |kind: &str| match kind {
        "propose" => {
            let (title, lead, priorities) = ("T".into(), "L".into(), "P-1".parse().unwrap());
            Event::Propose {
                project: project.clone(),
                pot: crg::model::Pot::Upfront,
                amount,
                title,
                lead,
                priorities,
            }
        }
        "recommend" => Event::Recommend {
            project: project.clone(),
            amount: None,
        },
        "endorse" => Event::Endorse {
            project: project.clone(),
        },
        "submit" => Event::Submit {
            project: project.clone(),
            amount: None,
        },
        "approve" => Event::Approve {
            project: project.clone(),
            amount,
        },
        _ => Event::Spend {
            project: project.clone(),
            amount,
            supplier: None,
            vat: crg::model::Vat::Net,
            measure: None,
            value: None,
        },
    };
    let kinds = [
        "propose",
        "recommend",
        "endorse",
        "submit",
        "approve",
        "spend",
    ];
    kinds
        .iter()
        .map(|kind| draft(event(kind), "KCST"))
        .collect()
}

#[test]
fn a_second_writer_waits_for_the_first() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    small_book(&path);
    let mut holder = Other::start("other_holds_for_writing", &path);
    holder.wait_for("HOLDING");
    let (done, is_done) = mpsc::channel();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let recorded = record_penny(&mut Book::open(&path, Access::Write).unwrap(), "KCST");
            done.send(recorded.map_err(|error| error.to_string()))
                .unwrap();
        });
        assert!(
            is_done.recv_timeout(Duration::from_millis(500)).is_err(),
            "it did not wait"
        );
        holder.tell("go on");
        assert_eq!(
            is_done.recv_timeout(Duration::from_secs(5)).unwrap(),
            Ok(())
        );
    });
    holder.end();
    assert_eq!(count(&path), 5);
}

#[test]
fn a_writer_that_waits_in_vain_is_told_who_writes() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    small_book(&path);
    let mut holder = Other::start("other_holds_for_writing", &path);
    let process = holder.wait_for("HOLDING");
    let busy = record_penny(&mut Book::open(&path, Access::Write).unwrap(), "KCST").unwrap_err();
    assert!(
        matches!(busy, Error::Store(StoreError::Busy { .. })),
        "{busy:?}"
    );
    let who = format!(
        "Another (process {process}), writing since 2026-05-01T09:00:00.000Z (as noted beside it)"
    );
    assert_eq!(
        busy.to_string(),
        format!("{} is held by {who}; waited 5 seconds", path.display())
    );
    // While it writes, others read.
    assert_eq!(count(&path), 4);
    holder.end();
    assert_eq!(
        folder.snapshot().into_keys().collect::<Vec<_>>(),
        ["book.db"]
    );
}

#[test]
fn a_long_reader_keeps_a_change_out_and_nothing_of_it_is_saved() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    small_book(&path);
    let before = folder.snapshot();
    let reader = Connection::open(&path).unwrap();
    reader
        .execute_batch("BEGIN; SELECT count(*) FROM entry;")
        .unwrap();
    let mut book = Book::open(&path, Access::Write).unwrap();
    let busy = record_penny(&mut book, "KCST").unwrap_err();
    assert!(
        matches!(busy, Error::Store(StoreError::Busy { .. })),
        "{busy:?}"
    );
    let who = "another program that reads it (Excel, Datasette, DB Browser, a backup) or writes it";
    assert_eq!(
        busy.to_string(),
        format!("{} is held by {who}; waited 5 seconds", path.display())
    );
    assert_eq!(folder.snapshot(), before);
    reader.execute_batch("COMMIT").unwrap();
    record_penny(&mut book, "KCST").unwrap();
    drop(book);
    assert_eq!(count(&path), 5);
}

/// Closing any handle of a file drops the locks that this process holds on it (POSIX): looking at a
/// book that this process is writing must not let another process in.
#[cfg(unix)]
#[test]
fn opening_a_book_that_is_being_written_here_lets_nobody_else_in() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    small_book(&path);
    let mut book = Book::open(&path, Access::Write).unwrap();
    let mut tried = String::new();
    hold(&mut book, "KCST", || {
        Book::open(&path, Access::Read).unwrap();
        tried = Other::start("other_tries_to_write_at_once", &path).wait_for("TRIED");
    })
    .unwrap();
    assert_eq!(tried, "false");
}
