//! The views that other programs read, and the running balances, compared with the fold over random
//! histories.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use crg::Access;
use crg::book::{Book, Commit, load};
use crg::fold::{Lens, Portfolio, YearView, standing};
use crg::import::Folder;
use crg::model::Names;
use crg::model::{Date, Draft, Entry, FinancialYear, Kind, Money, Pot};
use crg::report::{Finding, PotReport};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use crate::files::TempFolder;
use crate::histories::{Journal, days, moment, scripts};

/// One row of a view: its columns by name, every value as text, pounds with two places, NULL as
/// `NULL`.
pub(crate) type Row = BTreeMap<String, String>;

/// The rows that another program gets for a query.
pub(crate) fn rows(connection: &Connection, query: &str) -> Vec<Row> {
    let mut statement = connection.prepare(query).unwrap();
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut found = statement.query([]).unwrap();
    let mut all = Vec::new();
    while let Some(row) = found.next().unwrap() {
        let value = |index| match row.get_ref(index).unwrap() {
            ValueRef::Null => "NULL".to_owned(),
            ValueRef::Integer(number) => number.to_string(),
            ValueRef::Real(pounds) => format!("{pounds:.2}"),
            ValueRef::Text(text) => String::from_utf8(text.to_vec()).unwrap(),
            ValueRef::Blob(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        };
        all.push(
            names
                .iter()
                .cloned()
                .enumerate()
                .map(|(index, name)| (name, value(index)))
                .collect(),
        );
    }
    all
}

/// The `kent` fixture as a book.
pub(crate) fn kent(path: &Path) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/kent");
    load(
        path,
        Folder::At(&folder),
        "KCST",
        "2026-04-02T09:00:00Z".parse().unwrap(),
        Commit::Keep,
    )
    .unwrap();
}

/// A new book with the entries of a journal.
pub(crate) fn book_of(path: &Path, journal: &Journal) -> Book {
    Book::init(
        path,
        &Names {
            partnership: "A partnership".into(),
            funder: "A funder".into(),
            ..Names::default()
        },
    )
    .unwrap();
    let mut book = Book::open(path, Access::Write).unwrap();
    let drafts: Vec<Draft> = journal.entries.iter().map(Entry::to_draft).collect();
    if !drafts.is_empty() {
        book.record(drafts, moment(crg::model::EntryNumber(1)), Commit::Keep)
            .expect("the book accepts what the journal accepted");
    }
    book
}

/// The figures of a row: each in pounds as text, and as a whole number of pence.
fn figures(row: &mut Row, figures: &[(&str, Money)]) {
    for (name, amount) in figures {
        row.insert((*name).to_owned(), amount.to_string());
        row.insert(format!("{name}_pence"), amount.pence().unwrap().to_string());
    }
}

fn row(texts: &[(&str, String)], amounts: &[(&str, Money)]) -> Row {
    let mut row: Row = texts
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.clone()))
        .collect();
    figures(&mut row, amounts);
    row
}

fn flag(set: bool) -> String {
    u8::from(set).to_string()
}

fn pot_rows(year: FinancialYear, view: &YearView) -> Vec<Row> {
    let report = PotReport::new(view);
    let both = [
        (Pot::Tactical, report.tactical),
        (Pot::Upfront, report.upfront),
    ];
    both.into_iter()
        .map(|(pot, now)| {
            row(
                &[
                    ("year", year.to_string()),
                    ("pot", pot.to_string()),
                    ("open", flag(now.open)),
                ],
                &[
                    ("allocated", now.allocated),
                    ("moved", now.moved),
                    ("committed", now.committed),
                    ("returned", now.returned),
                    ("lapsed", now.lapsed),
                    ("remaining", now.remaining),
                    ("pipeline", now.pipeline),
                    ("remaining_if_all_approved", now.remaining_if_all_approved),
                ],
            )
        })
        .collect()
}

fn project_rows(year: FinancialYear, portfolio: &Portfolio) -> Vec<Row> {
    let projects = portfolio.projects.iter();
    projects
        .map(|(reference, now)| {
            let priorities = now.priorities.to_string();
            let texts = [
                ("year", year.to_string()),
                ("project", reference.to_string()),
                ("pot", now.pot.to_string()),
                ("title", now.title.clone()),
                ("lead", now.lead.clone()),
                (
                    "priorities",
                    if priorities.is_empty() {
                        "NULL".into()
                    } else {
                        priorities
                    },
                ),
                ("status", now.stage.to_string()),
            ];
            let amounts = [
                ("requested", now.requested),
                ("approved", now.award),
                ("spent", now.spent),
                ("underspend", now.award - now.spent),
                ("returned", now.returned),
                ("lapsed", now.lapsed),
                ("unspent", now.award - now.spent - now.returned - now.lapsed),
            ];
            row(&texts, &amounts)
        })
        .collect()
}

fn year_row(year: FinancialYear, now: &Portfolio) -> Row {
    row(
        &[
            ("year", year.to_string()),
            ("confirmed", flag(now.confirmed)),
            ("closed", flag(now.closed)),
        ],
        &[
            ("allocation", now.allocation()),
            ("spent", now.spent()),
            ("returned", now.returned()),
            ("lapsed", now.lapsed()),
            ("unspent_awards", now.unspent_awards()),
            ("uncommitted", now.uncommitted()),
            ("underspend", now.underspend()),
            ("to_return", now.to_return()),
            ("not_drawn", now.not_drawn()),
            ("received", now.received),
            ("cash_held", now.cash_held()),
        ],
    )
}

/// The money in each pot and project on a day, by the fold of the entries up to it.
fn held(portfolio: &Portfolio) -> BTreeMap<String, Money> {
    let pots = Pot::ALL
        .iter()
        .map(|pot| (pot.to_string(), portfolio.pot(*pot).remaining()));
    let projects = portfolio
        .projects
        .iter()
        .map(|(reference, project)| (reference.to_string(), project.unspent()));
    pots.chain(projects).collect()
}

/// The latest `daily_balance` of each account up to a day.
fn held_by_view(daily: &[Row], on: Date) -> BTreeMap<String, Money> {
    let mut held = BTreeMap::new();
    for row in daily.iter().filter(|row| row["on_date"] <= on.to_string()) {
        let pence = row["balance_pence"].parse().unwrap();
        assert_eq!(row["balance"], Money::from_pence(pence).to_string());
        held.insert(row["account"].clone(), Money::from_pence(pence));
    }
    held
}

fn but_zero(mut held: BTreeMap<String, Money>) -> BTreeMap<String, Money> {
    held.retain(|_, amount| !amount.is_zero());
    held
}

/// Compares every view of a file with the fold of the entries.
fn compare_views_with(path: &Path, journal: &Journal) -> Result<(), TestCaseError> {
    let connection = Connection::open(path).unwrap();
    let ask = |query: &str| rows(&connection, query);
    let years: std::collections::BTreeSet<FinancialYear> =
        journal.entries.iter().map(|entry| entry.year).collect();
    let known: Vec<String> = ask("SELECT year FROM known_year ORDER BY year")
        .into_iter()
        .map(|row| row["year"].clone())
        .collect();
    prop_assert_eq!(
        known,
        years.iter().map(ToString::to_string).collect::<Vec<_>>()
    );
    for year in years {
        let fold = |as_at| Portfolio::fold(year, &journal.standing(year, as_at)).unwrap();
        let now = fold(Date::MAX);
        prop_assert_eq!(
            ask(&format!(
                "SELECT * FROM pot WHERE year = '{year}' ORDER BY pot"
            )),
            pot_rows(year, &journal.view(year, Date::MAX))
        );
        prop_assert_eq!(
            ask(&format!(
                "SELECT * FROM project WHERE year = '{year}' ORDER BY project"
            )),
            project_rows(year, &now)
        );
        prop_assert_eq!(
            ask(&format!("SELECT * FROM year WHERE year = '{year}'")),
            [year_row(year, &now)]
        );
        let daily = ask(&format!(
            "SELECT * FROM daily_balance WHERE year = '{year}' ORDER BY on_date"
        ));
        for day in days(year).into_iter().chain([Date::MAX]) {
            prop_assert_eq!(
                but_zero(held_by_view(&daily, day)),
                but_zero(held(&fold(day))),
                "{} on {}",
                year,
                day
            );
        }
        let balances = ask(&format!(
            "SELECT account, pence, spent_pence FROM balance WHERE year = '{year}'"
        ));
        let kept = balances.iter().map(|row| {
            (
                row["account"].clone(),
                Money::from_pence(row["pence"].parse().unwrap()),
            )
        });
        prop_assert_eq!(
            but_zero(kept.collect()),
            but_zero(held(&now)),
            "balance of {}",
            year
        );
        let spent = balances.iter().map(|row| {
            (
                row["account"].clone(),
                Money::from_pence(row["spent_pence"].parse().unwrap()),
            )
        });
        let spent_by_fold = now
            .projects
            .iter()
            .map(|(reference, project)| (reference.to_string(), project.spent));
        prop_assert_eq!(
            but_zero(spent.collect()),
            but_zero(spent_by_fold.collect()),
            "spend of {}",
            year
        );
        let spends = ask(&format!(
            "SELECT * FROM spend WHERE year = '{year}' ORDER BY number"
        ));
        let mut spending: Vec<Entry> = journal
            .standing(year, Date::MAX)
            .into_iter()
            .filter(|e| e.event.kind().is_spending())
            .collect();
        spending.sort_by_key(|entry| entry.number);
        prop_assert_eq!(spends, spending.iter().map(spend_row).collect::<Vec<_>>());
    }
    let unbalanced = ask(
        "SELECT number, sum(amount_pence) AS total FROM movement GROUP BY number HAVING total <> 0",
    );
    prop_assert_eq!(unbalanced, [], "what one account gives another gets");
    let money: Vec<u32> = standing_of_all(journal)
        .filter(|entry| entry.event.kind().arrow().is_some())
        .map(|e| e.number.0)
        .collect();
    let moved = ask("SELECT DISTINCT number FROM movement ORDER BY number");
    prop_assert_eq!(
        moved
            .iter()
            .map(|row| row["number"].parse().unwrap())
            .collect::<Vec<u32>>(),
        money
    );
    Ok(())
}

fn standing_of_all(journal: &Journal) -> impl Iterator<Item = Entry> {
    let mut entries: Vec<Entry> = standing(journal.entries.clone(), Lens::at(Date::MAX));
    entries.sort_by_key(|entry| entry.number);
    entries.into_iter()
}

fn spend_row(entry: &Entry) -> Row {
    let draft = entry.to_draft();
    let cells = draft.cells();
    let text = |column| cells.get(column).unwrap_or("NULL").to_owned();
    use crg::model::Column as C;
    let amount = entry.event.amount().unwrap();
    let texts = [
        ("number", entry.number.to_string()),
        ("year", text(C::Year)),
        ("on_date", text(C::On)),
        ("project", text(C::Project)),
        ("kind", text(C::Kind)),
        ("supplier", text(C::Supplier)),
        ("reference", text(C::Reference)),
        ("vat", text(C::Vat)),
        ("note", text(C::Note)),
    ];
    row(
        &texts,
        &[(
            "amount",
            if entry.event.kind() == Kind::Refund {
                -amount
            } else {
                amount
            },
        )],
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn views_and_balances_are_the_fold(script in scripts(60)) {
        let journal = script.play().journal;
        let folder = TempFolder::new();
        let path = folder.join("book.db");
        let book = book_of(&path, &journal);
        compare_views_with(&path, &journal)?;
        let report = book.check();
        let faults: Vec<_> = report.rows.iter().filter(|row| row.finding == Finding::Fault).collect();
        prop_assert!(faults.is_empty(), "{:?}", faults);
    }
}

/// A year in which everything changes at least once: entries reversed, dated before others, released
/// again.
const TURNS: &str = "\
on,year,kind,project,pot,amount,title,lead,reference,override,note
2025-04-01,2025/26,allocate,,upfront,1000.00,,,,,
2025-04-01,2025/26,allocate,,tactical,500.00,,,,,
2025-04-02,2025/26,propose,P01,upfront,400.00,One,A lead,,,
2025-04-03,2025/26,recommend,P01,,,,,,,
2025-04-04,2025/26,endorse,P01,,,,,,,
2025-04-05,2025/26,submit,P01,,,,,,,
2025-04-06,2025/26,approve,P01,,400.00,,,,,
2025-05-01,2025/26,spend,P01,,100.00,,,INV-1,,
2025-05-02,2025/26,spend,P01,,50.00,,,INV-2,,
,2025/26,reverse,,,,,,8,,not ours
2025-05-03,2025/26,refund,P01,,20.00,,,CN-1,,
,2025/26,reverse,,,,,,11,,not ours
2025-04-02,2025/26,propose,P02,upfront,300.00,Two,A lead,,,
,2025/26,reverse,,,,,,13,,the wrong pot
2025-04-02,2025/26,propose,P02,tactical,300.00,Two,A lead,,,
2025-06-01,2025/26,release,,,600.00,,,,,
2025-06-10,2025/26,reduce,P01,,100.00,,,OPCC letter,,passes on to tactical
2025-05-15,2025/26,reduce,P01,,50.00,,,OPCC letter,,before the release: stays upfront
2025-06-11,2025/26,release,,,50.00,,,,,
2025-06-12,2025/26,increase,P01,,30.00,,,OPCC letter,,comes from tactical
2025-04-10,2025/26,cut,,tactical,20.00,,,,Dated back,before the release
,2025/26,reverse,,,,,,21,,no cut after all
,2025/26,reverse,,,,,,16,,released too early
2025-06-20,2025/26,release,,,,,,,,
2025-07-10,2025/26,recommend,P02,,280.00,,,,,
2025-07-05,2025/26,decline,P02,,,,,,,before it was recommended
2025-05-20,2025/26,amend,P02,,,Two anew,,,,
2025-05-10,2025/26,amend,P02,,310.00,Two of old,B lead,,,before that
2025-07-11,2025/26,endorse,P02,,,,,,,
2025-07-12,2025/26,submit,P02,,250.00,,,,,
2025-07-11,2025/26,amend,P02,,260.00,,,,,before it was submitted
2025-07-13,2025/26,approve,P02,,250.00,,,,,
,2025/26,reverse,,,,,,32,,the letter was of another project
2025-07-14,2025/26,approve,P02,,240.00,,,,,
2025-08-01,2025/26,withdraw,P01,,,,,,,
,2025/26,reverse,,,,,,35,,it goes on
2025-08-02,2025/26,withdraw,P01,,230.00,,,,,
2025-08-03,2025/26,allocate,,upfront,5.00,,,,,passes on to tactical
2025-09-01,2025/26,spend,P02,,40.00,,,,,
2025-09-02,2025/26,complete,P02,,,,,,,
2025-09-03,2025/26,return,P02,,200.00,,,OPCC letter,,
2025-09-03,2025/26,return,,tactical,100.00,,,OPCC letter,,
,2025/26,reverse,,,,,,42,,twice
2025-04-01,2025/26,confirm,,,,,,,,
2025-04-01,2025/26,receive,,,500.00,,,,,
2025-10-01,2025/26,close,,,,,,,Agreed,
2025-10-02,2025/26,reopen,,,,,,,,a late invoice
2025-09-01,2025/26,cut,,upfront,1.00,,,,Dated back,comes from tactical
";

/// A book of that year.
pub(crate) fn turns(path: &Path) {
    load(
        path,
        Folder::BuiltIn(&[("entries.csv", TURNS)]),
        "KCST",
        moment(crg::model::EntryNumber(1)),
        Commit::Keep,
    )
    .unwrap();
}

#[test]
fn views_of_a_turbulent_year_are_the_fold() {
    let rows: Vec<&str> = TURNS.split_inclusive('\n').collect();
    for count in 2..=rows.len() {
        let (folder, source) = (TempFolder::new(), TempFolder::new());
        let path = folder.join("book.db");
        std::fs::write(source.join("entries.csv"), rows[..count].concat()).unwrap();
        load(
            &path,
            Folder::At(source.path()),
            "KCST",
            moment(crg::model::EntryNumber(1)),
            Commit::Keep,
        )
        .unwrap();
        compare_views_with(&path, &journal_of(&path))
            .unwrap_or_else(|error| panic!("after {}: {error}", rows[count - 1]));
    }
}

/// The entries of a book.
pub(crate) fn journal_of(path: &Path) -> Journal {
    let mut journal = Journal::default();
    let keep = |entry, _| {
        journal.entries.push(entry);
        Ok(())
    };
    let book = Book::open(path, Access::Read).unwrap();
    book.for_each_entry(keep).unwrap();
    journal
}

#[test]
fn views_of_the_published_years_are_the_fold() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    kent(&path);
    compare_views_with(&path, &journal_of(&path)).unwrap();
}

/// Runs statements in the system's own `sqlite3`, which may be older than the one built in, and
/// returns its output and its errors; `None`, with a warning, if there is no such program.
fn ask_sqlite3(path: &Path, statements: &str) -> Option<(String, String)> {
    let pipe = std::process::Stdio::piped;
    let started = Command::new("sqlite3")
        .args(["-batch", "-init", "/dev/null"])
        .arg(path)
        .stdin(pipe())
        .stdout(pipe())
        .stderr(pipe())
        .spawn();
    let mut program = match started {
        Ok(program) => program,
        Err(error) => {
            let mut loud = std::io::stderr();
            writeln!(
                loud,
                "SKIPPED: no sqlite3 program here ({error}), so nothing was asked of it"
            )
            .unwrap();
            return None;
        }
    };
    program
        .stdin
        .take()
        .unwrap()
        .write_all(statements.as_bytes())
        .unwrap();
    let output = program.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap().trim_end().to_owned();
    Some((text(output.stdout), text(output.stderr)))
}

/// The output of the `sqlite3` program.
pub(crate) fn sqlite3(path: &Path, query: &str) -> Option<Result<String, String>> {
    ask_sqlite3(path, &format!("{query};")).map(|(answer, complaint)| {
        if complaint.is_empty() {
            Ok(answer)
        } else {
            Err(complaint)
        }
    })
}

/// The errors of the `sqlite3` program as it reads statements.
pub(crate) fn sqlite3_reads(path: &Path, statements: &str) -> Option<String> {
    ask_sqlite3(path, statements).map(|(_, complaint)| complaint)
}

#[test]
fn the_sqlite3_program_sees_the_same_figures() {
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    kent(&path);
    let connection = Connection::open(&path).unwrap();
    for view in [
        "pot",
        "project",
        "year",
        "spend",
        "daily_balance",
        "movement",
        "proposal",
        "standing",
        "balance",
        "known_year",
    ] {
        let columns: Vec<String> = rows(
            &connection,
            &format!("SELECT name FROM pragma_table_info('{view}')"),
        )
        .iter()
        .map(|row| format!("quote({})", row["name"]))
        .collect();
        let query = format!(
            "SELECT {} AS line FROM {view} ORDER BY 1",
            columns.join(" || ',' || ")
        );
        let Some(output) = sqlite3(&path, &query) else {
            return;
        };
        let expected: Vec<String> = rows(&connection, &query)
            .into_iter()
            .map(|row| row["line"].clone())
            .collect();
        assert!(!expected.is_empty(), "{view} is empty");
        assert_eq!(output, Ok(expected.join("\n")), "{view}");
    }
}

/// Writes random books into the folder `CRG_TOOLS`, for `.ci/tools`, and beside each the cells of its
/// views as the bundled SQLite gives them.
#[test]
#[ignore = "an entry point of .ci/tools"]
fn write() {
    let folder = std::env::var("CRG_TOOLS").expect("CRG_TOOLS: the folder to write to");
    let count =
        std::env::var("CRG_BOOKS").map_or(25, |count| count.parse().expect("CRG_BOOKS: a number"));
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[13; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let strategy = scripts(60);
    for number in 0..count {
        let script = strategy.new_tree(&mut runner).expect("a script").current();
        let path = Path::new(&folder).join(format!("book-{number}.db"));
        book_of(&path, &script.play().journal);
        let connection = Connection::open(&path).unwrap();
        let views = rows(
            &connection,
            "SELECT name FROM sqlite_schema WHERE type = 'view'",
        );
        let cells: BTreeMap<String, Vec<Row>> = views
            .iter()
            .map(|view| {
                let query = format!("SELECT * FROM {}", view["name"]);
                (view["name"].clone(), rows(&connection, &query))
            })
            .collect();
        let json = serde_json::to_string(&cells).unwrap();
        std::fs::write(path.with_extension("json"), json).unwrap();
    }
}
