//! `crg spend import`: what is wrong in an extract is told and nothing recorded; nothing is
//! recorded twice, nothing half.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crg::Access;
use crg::Error;
use crg::book::{Book, Commit, Import, load};
use crg::fold::Lens;
use crg::import::{Decision, DecisionFile, Extract, Folder, Map};
use crg::model::Date;
use crg::report::{ImportReport, SpendReport};
use crg::rules::Action;
use proptest::prelude::*;

use crate::files::TempFolder;
use crate::next_steps::follow;

/// A closed 2024/25; and 2025/26, in which P01 holds £1,000.00, P02 £50,000,000.00 and P03 £500.00,
/// and P04 is complete.
pub(crate) const ENTRIES: &str = "\
on,year,kind,project,pot,amount,title,lead,reference
2024-04-01,2024/25,allocate,,tactical,1.00,,,
2025-04-20,2024/25,return,,tactical,1.00,,,BACS 1
2025-04-30,2024/25,close,,,,,,
2025-04-01,2025/26,allocate,,upfront,60000000.00,,,
2025-04-01,2025/26,propose,P01,upfront,1000.00,Vape packs,A council,
2025-04-01,2025/26,propose,P02,upfront,50000000.00,Learning event,A council,
2025-04-01,2025/26,propose,P03,upfront,500.00,Bike marking,Police,
2025-04-01,2025/26,propose,P04,upfront,100.00,Training,Police,
2025-04-01,2025/26,recommend,P01,,,,,
2025-04-01,2025/26,recommend,P02,,,,,
2025-04-01,2025/26,recommend,P03,,,,,
2025-04-01,2025/26,recommend,P04,,,,,
2025-04-01,2025/26,endorse,P01,,,,,
2025-04-01,2025/26,endorse,P02,,,,,
2025-04-01,2025/26,endorse,P03,,,,,
2025-04-01,2025/26,endorse,P04,,,,,
2025-04-01,2025/26,submit,P01,,,,,
2025-04-01,2025/26,submit,P02,,,,,
2025-04-01,2025/26,submit,P03,,,,,
2025-04-01,2025/26,submit,P04,,,,,
2025-04-01,2025/26,approve,P01,,1000.00,,,
2025-04-01,2025/26,approve,P02,,50000000.00,,,
2025-04-01,2025/26,approve,P03,,500.00,,,
2025-04-01,2025/26,approve,P04,,100.00,,,
2025-05-01,2025/26,complete,P04,,,,,
";

/// The map that most tests read with: A1 is P01, B2 is P02, C3 is P03.
pub(crate) const MAP: &str = "\
[columns]
date = \"Date\"
amount = \"Amount\"
supplier = \"Supplier\"
reference = \"Number\"

[[project]]
ref = \"P01\"
column = \"Code\"
is = \"A1\"

[[project]]
ref = \"P02\"
column = \"Code\"
is = \"B2\"

[[project]]
ref = \"P03\"
column = \"Code\"
is = \"C3\"
";

pub(crate) const HEADER: &str = "Date,Number,Amount,Supplier,Code\n";

/// What is decided of the lines that wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deciding {
    Nothing,
    AsSuggested,
    AddAll,
}

/// A folder with a book of [`ENTRIES`], in which extracts are imported.
pub(crate) struct Desk {
    pub(crate) folder: TempFolder,
}

impl Desk {
    pub(crate) fn new() -> Desk {
        Desk::of(Folder::BuiltIn(&[("entries.csv", ENTRIES)]))
    }

    pub(crate) fn of(entries: Folder<'_>) -> Desk {
        let folder = TempFolder::new();
        load(
            &folder.join("book.db"),
            entries,
            "KCST",
            now(),
            Commit::Keep,
        )
        .unwrap();
        Desk { folder }
    }

    pub(crate) fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        fs::read(self.folder.join("book.db")).unwrap()
    }

    pub(crate) fn book(&self, access: Access) -> Book {
        Book::open(&self.folder.join("book.db"), access).unwrap()
    }

    /// Runs the program in the folder.
    pub(crate) fn crg(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_crg"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear();
        command
            .envs([
                ("CRG_NOW", "2026-05-11T09:30:00Z"),
                ("CRG_DB", "book.db"),
                ("CRG_BY", "KCST"),
            ])
            .output()
            .unwrap()
    }

    /// Reads a text under [`HEADER`] as the usual map has it.
    pub(crate) fn lines(&self, rows: &str) -> Extract {
        extract(&self.put("extract.csv", format!("{HEADER}{rows}")), MAP)
    }

    /// Imports an extract, with decisions on the lines that would wait.
    pub(crate) fn import(
        &self,
        extract: &Extract,
        deciding: Deciding,
        skip_bad: bool,
    ) -> Result<ImportReport, Error> {
        let import = |decisions: Option<&DecisionFile>, commit| {
            let import = Import {
                extract,
                by: "KCST",
                decisions,
                skip_bad,
            };
            let mut book = self.book(Access::Write);
            book.import(import, now(), commit, &mut ())
        };
        if deciding == Deciding::Nothing {
            return import(None, Commit::Keep);
        }
        // Bad lines and refused ones are left out of the trial, so that the others can be decided.
        let trial = Import {
            extract,
            by: "KCST",
            decisions: None,
            skip_bad: true,
        };
        let trial = self
            .book(Access::Write)
            .import(trial, now(), Commit::DryRun, &mut ())?;
        let decisions = trial.waiting_rows().filter_map(|row| {
            let action = match deciding {
                Deciding::AddAll => Action::Add,
                _ => row.action.as_deref()?.parse().unwrap(),
            };
            Some(Decision {
                row: row.row,
                line: row.line.unwrap(),
                action,
                note: String::new(),
            })
        });
        let decisions = DecisionFile {
            file: "decisions.csv".into(),
            decisions: decisions.collect(),
            lines: trial.waiting_rows().filter_map(|row| row.line).collect(),
        };
        import(Some(&decisions), Commit::Keep)
    }

    /// Imports rows as they are.
    pub(crate) fn take(&self, rows: &str) -> ImportReport {
        self.import(&self.lines(rows), Deciding::Nothing, false)
            .unwrap()
    }

    pub(crate) fn spend(&self) -> SpendReport {
        self.book(Access::Read)
            .spend("2025/26".parse().unwrap(), None, Lens::at(Date::MAX))
            .unwrap()
    }

    /// The payments of the book, a line each, in their order: `2025-04-03 P01 10.00 Smith INV-1`.
    pub(crate) fn payments(&self) -> Vec<String> {
        let lens = Lens::at(Date::MAX);
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let rows = self
            .book(Access::Read)
            .spend("2025/26".parse().unwrap(), None, lens)
            .unwrap()
            .rows;
        let line = |row: &crg::report::SpendRow| {
            format!(
                "{} {} {} {} {}",
                row.on,
                row.project,
                row.amount,
                text(&row.supplier),
                text(&row.reference)
            )
            .trim_end()
            .to_owned()
        };
        rows.iter().map(line).collect()
    }
}

pub(crate) fn now() -> crg::model::Moment {
    "2026-05-01T09:00:00Z".parse().unwrap()
}

pub(crate) fn extract(file: &Path, map: &str) -> Extract {
    let map = Map::parse("map.toml".as_ref(), map).unwrap_or_else(|error| panic!("{error}"));
    Extract::read(file, &map, None, &mut ()).unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What it says on standard error, and its exit code.
pub(crate) fn said(output: &Output) -> String {
    format!(
        "{}[exit {}]\n",
        String::from_utf8_lossy(&output.stderr),
        output.status.code().unwrap_or(-1)
    )
}

// == What is wrong ==

#[test]
fn every_broken_extract_is_told_as_expected_and_nothing_is_recorded() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/broken/extracts");
    let mut folders: Vec<PathBuf> = fs::read_dir(root)
        .unwrap()
        .map(|item| item.unwrap().path())
        .collect();
    folders.sort();
    assert!(folders.len() > 40, "{} folders", folders.len());
    let mut wrong = Vec::new();
    for folder in folders {
        let desk = Desk::new();
        for file in ["extract.csv", "map.toml"]
            .iter()
            .filter(|file| folder.join(file).exists())
        {
            fs::copy(folder.join(file), desk.folder.join(file)).unwrap();
        }
        let before = desk.folder.snapshot();
        let output = desk.crg(&["spend", "import", "extract.csv", "--map", "map.toml"]);
        let told = said(&output);
        if std::env::var_os("UPDATE_TRANSCRIPTS").is_some() {
            fs::write(folder.join("expected.txt"), &told).unwrap();
        }
        let expected = fs::read_to_string(folder.join("expected.txt"))
            .unwrap()
            .replace("\r\n", "\n");
        if told != expected || !output.stdout.is_empty() {
            wrong.push(format!(
                "{}: told\n{told}expected\n{expected}",
                folder.display()
            ));
        }
        assert_eq!(desk.folder.snapshot(), before, "{}", folder.display());
        let path = desk.folder.path();
        wrong.extend(follow(path, "2026-05-11T09:30:00Z", "import", &told));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The hint follows from the kind of the fault, never from the words of the cell.
#[test]
fn a_cell_that_reads_like_a_fault_gets_the_hint_of_any_other() {
    let desk = Desk::new();
    desk.put("map.toml", MAP);
    let hint = |amount: &str| {
        desk.put(
            "extract.csv",
            format!("{HEADER}03/04/2025,INV-1,{amount},Smith & Sons,A1\n"),
        );
        let output = desk.crg(&["spend", "import", "extract.csv", "--map", "map.toml"]);
        let text = said(&output);
        assert!(
            text.contains(&format!("Amount: {amount:?} is not an amount")),
            "{text}"
        );
        let next = text.lines().find(|line| line.starts_with("next: "));
        next.unwrap().to_owned()
    };
    let expected = hint("lots");
    for amount in [
        "more than 5",
        "is there twice",
        "appears twice",
        "a quote is left open",
        "cannot be read",
        "which the map names",
    ] {
        assert_eq!(hint(amount), expected, "{amount}");
    }
}

/// A quote left open in a file of some length is told before it fills the memory.
#[test]
fn a_row_without_end_is_told() {
    let desk = Desk::new();
    let file = desk.put(
        "extract.csv",
        format!("{HEADER}03/04/2025,\"{}", "n\n".repeat(2_000_000)),
    );
    let map = Map::parse("map.toml".as_ref(), MAP).unwrap();
    let told = Extract::read(&file, &map, None, &mut ())
        .unwrap_err()
        .to_string();
    assert!(
        told.ends_with("row 2: has more than 1048576 bytes; is a quotation mark left open?"),
        "{told}"
    );
}

/// A hundred are listed, the others counted.
#[test]
fn of_many_faults_the_first_hundred_are_listed() {
    let desk = Desk::new();
    let faults = |error: Error| {
        error
            .to_string()
            .lines()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let bad = faults(
        desk.import(
            &desk.lines(&"03/04/2025,N,n/a,S,A1\n".repeat(150)),
            Deciding::Nothing,
            false,
        )
        .unwrap_err(),
    );
    assert_eq!((bad.len(), bad[100].as_str()), (101, "… and 50 more"));
    assert!(
        bad[0].contains("extract.csv, row 2: Amount")
            && bad[99].contains("extract.csv, row 101: Amount"),
        "{bad:?}"
    );
    let refused = faults(
        desk.import(
            &desk.lines(&"03/04/2025,N,2000,S,A1\n".repeat(150)),
            Deciding::Nothing,
            false,
        )
        .unwrap_err(),
    );
    assert_eq!(
        (refused.len(), refused[100].as_str(), refused[101].as_str()),
        (102, "… and 50 more", "nothing was recorded")
    );
    assert!(refused[99].contains("row 101: "), "{refused:?}");
}

// == Nothing twice, nothing half ==

/// The report counts every line in one place, and every row of the file is a line, blank, or the
/// grand total.
fn adds_up(report: &ImportReport, rows: u64) {
    let tallies = [
        report.new,
        report.same,
        report.decided,
        report.waiting,
        report.refused,
        report.nothing,
        report.outside,
        report.outside_period,
    ];
    assert_eq!(
        tallies.iter().map(|tally| tally.lines).sum::<u64>(),
        report.lines.lines
    );
    assert_eq!(
        tallies
            .iter()
            .filter_map(|tally| tally.amount.pence())
            .sum::<i64>(),
        report.lines.amount.pence().unwrap()
    );
    assert_eq!(
        report.lines.lines + report.blank + u64::from(report.grand_total.is_some()),
        rows
    );
}

/// How many lines are new, the same, waiting or decided, and refused.
fn counts(report: &ImportReport) -> [u64; 4] {
    [
        report.new.lines,
        report.same.lines,
        report.waiting.lines + report.decided.lines,
        report.refused.lines,
    ]
}

#[test]
fn a_file_imported_again_adds_nothing_and_a_line_there_twice_is_recorded_twice() {
    let desk = Desk::new();
    let (a, b) = (
        "03/04/2025,INV-1,10.00,Smith,A1\n",
        "03/04/2025,,0.50,Stamps,A1\n",
    );
    let file = format!("{a}{b}{b}");
    let first = desk.take(&file);
    adds_up(&first, 3);
    assert_eq!(counts(&first), [3, 0, 0, 0]);
    let payments = [
        "2025-04-03 P01 10.00 Smith INV-1",
        "2025-04-03 P01 0.50 Stamps",
        "2025-04-03 P01 0.50 Stamps",
    ];
    assert_eq!(desk.payments(), payments);
    let before = desk.bytes();
    assert_eq!(counts(&desk.take(&file)), [0, 3, 0, 0]);
    assert!(
        desk.bytes() == before,
        "an import of nothing new changed the book"
    );
    // Five in the file, two in the book: three are new.
    assert_eq!(
        counts(&desk.take(&format!("{file}{b}{b}{b}"))),
        [3, 3, 0, 0]
    );
    // Fewer in the file than in the book: nothing is taken away.
    assert_eq!(counts(&desk.take(b)), [0, 1, 0, 0]);
    assert_eq!(desk.payments().len(), 6);
}

#[test]
fn files_of_overlapping_months_add_what_is_new_late_lines_of_old_days_included() {
    let desk = Desk::new();
    let line = |day: u32, number: u32| format!("{day:02}/04/2025,INV-{number},1.00,Smith,A1\n");
    let april: String = (1..=5).map(|number| line(number, number)).collect();
    let may: String = (4..=8).map(|number| line(number, number)).collect();
    assert_eq!(counts(&desk.take(&april)), [5, 0, 0, 0]);
    // INV-9 comes late: it is dated before what the book has already.
    let late = desk.take(&format!("{may}{}", line(1, 9)));
    assert_eq!(counts(&late), [4, 2, 0, 0]);
    assert_eq!(desk.payments().len(), 9);
    assert!(
        desk.payments()
            .contains(&"2025-04-01 P01 1.00 Smith INV-9".to_owned())
    );
}

#[test]
fn changed_lines_are_shown_and_recorded_only_when_asked() {
    let before = "01/06/2025,INV-1,10.00,Smith,A1\n02/06/2025,INV-2,20.00,Smith,A1\n03/06/2025,INV-3,30.00,Smith,A1\n04/06/2025,INV-4,40.00,Smith,A1\n";
    // Another amount, another day, another project; INV-4 is as it was.
    let after = "01/06/2025,INV-1,11.00,Smith,A1\n12/06/2025,INV-2,20.00,Smith,A1\n03/06/2025,INV-3,30.00,Smith,B2\n04/06/2025,INV-4,40.00,Smith,A1\n";
    let as_before = [
        "2025-06-01 P01 10.00 Smith INV-1",
        "2025-06-02 P01 20.00 Smith INV-2",
        "2025-06-03 P01 30.00 Smith INV-3",
        "2025-06-04 P01 40.00 Smith INV-4",
    ];
    let desk = Desk::new();
    desk.take(before);
    let bytes = desk.bytes();
    let report = desk.take(after);
    assert_eq!(counts(&report), [0, 1, 3, 0]);
    adds_up(&report, 4);
    let shown: Vec<String> = report
        .rows
        .iter()
        .map(|row| {
            let was = row.was.as_ref().unwrap();
            format!(
                "{}: {} {} {} → {} {} {}",
                row.row,
                was.project,
                was.on,
                was.amount,
                row.project.as_ref().unwrap(),
                row.on.unwrap(),
                row.amount.unwrap()
            )
        })
        .collect();
    let expected = [
        "2: P01 2025-06-01 10.00 → P01 2025-06-01 11.00",
        "3: P01 2025-06-02 20.00 → P01 2025-06-12 20.00",
        "4: P01 2025-06-03 30.00 → P02 2025-06-03 30.00",
    ];
    assert_eq!(shown, expected);
    assert!(
        desk.bytes() == bytes,
        "a change was recorded that nobody accepted"
    );
    assert_eq!(desk.payments(), as_before);
    // Accepted: the book has what the ledger has, by a reversal and a new entry each.
    let entries = desk.book(Access::Read).last_entry().unwrap().unwrap().0;
    let accepted = desk
        .import(&desk.lines(after), Deciding::AsSuggested, false)
        .unwrap();
    assert_eq!(counts(&accepted), [0, 1, 3, 0]);
    let mut payments = desk.payments();
    payments.sort_unstable();
    assert_eq!(
        payments,
        [
            "2025-06-01 P01 11.00 Smith INV-1",
            "2025-06-03 P02 30.00 Smith INV-3",
            "2025-06-04 P01 40.00 Smith INV-4",
            "2025-06-12 P01 20.00 Smith INV-2"
        ]
    );
    assert_eq!(
        desk.book(Access::Read).last_entry().unwrap().unwrap().0,
        entries + 9,
        "a new entry, a reversal and a match each"
    );
    assert_eq!(
        counts(
            &desk
                .import(&desk.lines(after), Deciding::AsSuggested, false)
                .unwrap()
        ),
        [0, 4, 0, 0]
    );
    // Kept beside: both are there.
    let desk = Desk::new();
    desk.take(before);
    desk.import(&desk.lines(after), Deciding::AddAll, false)
        .unwrap();
    assert_eq!(desk.payments().len(), 7);
    assert_eq!(desk.spend().total.to_string(), "161.00");
}

/// A ledger may give a credit note the number of the invoice that it undoes: it is a payment of its
/// own.
#[test]
fn a_credit_of_the_same_number_is_no_change_of_the_payment() {
    let desk = Desk::new();
    desk.take("01/06/2025,INV-1,10.00,Smith,A1\n");
    assert_eq!(
        counts(&desk.take("09/06/2025,INV-1,-10.00,Smith,A1\n")),
        [1, 0, 0, 0]
    );
    assert_eq!(
        desk.payments(),
        [
            "2025-06-01 P01 10.00 Smith INV-1",
            "2025-06-09 P01 -10.00 Smith INV-1"
        ]
    );
}

/// P03 holds £500.00: the old 450.00 must go before 480.00 fits. P01 has a credit of 400.00 that
/// leans on its 450.00: the new must be there before the old goes.
#[test]
fn a_change_is_recorded_whichever_of_its_two_entries_has_to_come_first() {
    let desk = Desk::new();
    let (c3, a1) = (
        "01/06/2025,INV-1,450.00,Smith,C3\n",
        "01/06/2025,INV-2,450.00,Jones,A1\n02/06/2025,CN-1,-400.00,Jones,A1\n",
    );
    desk.take(&format!("{c3}{a1}"));
    let accepted = desk
        .import(
            &desk.lines(&format!("{c3}{a1}").replace("450.00", "480.00")),
            Deciding::AsSuggested,
            false,
        )
        .unwrap();
    assert_eq!(counts(&accepted), [0, 1, 2, 0]);
    let expected = [
        "2025-06-01 P01 480.00 Jones INV-2",
        "2025-06-01 P03 480.00 Smith INV-1",
        "2025-06-02 P01 -400.00 Jones CN-1",
    ];
    let sorted = |desk: &Desk| {
        let mut payments = desk.payments();
        payments.sort_unstable();
        payments
    };
    assert_eq!(sorted(&desk), expected);
    // What is refused of a change leaves the old entry: nothing is half done.
    let bytes = desk.bytes();
    let too_much = c3.replace("450.00", "501.00") + "03/06/2025,INV-3,5.00,Smith,C3\n";
    let refused = desk.import(&desk.lines(&too_much), Deciding::AsSuggested, false);
    assert!(
        matches!(&refused, Err(Error::RefusedLines { refusals, .. }) if refusals.len() == 1),
        "{refused:?}"
    );
    assert!(desk.bytes() == bytes);
    let skipped = desk
        .import(&desk.lines(&too_much), Deciding::AsSuggested, true)
        .unwrap();
    assert_eq!(counts(&skipped), [1, 0, 0, 1]);
    assert_eq!(
        sorted(&desk),
        [&expected[..], &["2025-06-03 P03 5.00 Smith INV-3"]].concat()
    );
}

/// A credit may bring the money that a line above it needs; and one may not come before the spend
/// that it undoes.
#[test]
fn refunds_are_taken_whatever_their_place_in_the_file() {
    let desk = Desk::new();
    let spend = "02/06/2025,INV-1,500.00,Smith,C3\n";
    let (credit, more) = (
        "03/06/2025,CN-1,(100.00),Smith,C3\n",
        "03/06/2025,INV-2,100.00,Jones,C3\n",
    );
    // The file's order is of no account: days are.
    assert_eq!(
        counts(&desk.take(&format!("{more}{credit}{spend}"))),
        [3, 0, 0, 0]
    );
    assert_eq!(desk.spend().total.to_string(), "500.00");
    // A credit dated before what it undoes waits, and says why; the rest is recorded.
    let rows = "01/06/2025,CN-2,-5.00,Smith,C3\n04/06/2025,INV-4,7.00,Smith,A1\n";
    let early = desk.take(rows);
    assert_eq!(counts(&early), [1, 0, 1, 0]);
    assert_eq!((early.early.lines, early.waiting.lines), (1, 1));
    assert_eq!((early.lines.lines, early.rows.len()), (2, 2));
    assert_eq!(
        early.rows[0].why.as_deref(),
        Some("£5.00 is £5.00 more than project P03 has spent by 1 June 2025 (£0.00)")
    );
    // Added, it is recorded on the day of the first payment that covers it, once.
    let decisions = DecisionFile {
        file: "decisions.csv".into(),
        decisions: vec![Decision {
            row: 2,
            line: early.rows[0].line.unwrap(),
            action: Action::Add,
            note: String::new(),
        }],
        lines: vec![early.rows[0].line.unwrap()],
    };
    for counted in [(0, 1), (0, 0)] {
        let extract = desk.lines(rows);
        let import = Import {
            extract: &extract,
            by: "KCST",
            decisions: Some(&decisions),
            skip_bad: false,
        };
        let mut book = desk.book(Access::Write);
        let report = book.import(import, now(), Commit::Keep, &mut ()).unwrap();
        let recorded = report.rows.iter().filter(|row| row.entry.is_some()).count();
        assert_eq!((report.waiting.lines, recorded), counted);
    }
    assert!(
        desk.payments()
            .contains(&"2025-06-02 P03 -5.00 Smith CN-2".to_owned())
    );
    assert_eq!(desk.spend().total.to_string(), "502.00");
}

#[test]
fn a_trial_prints_what_would_be_recorded_and_leaves_the_book() {
    let desk = Desk::new();
    desk.put("map.toml", MAP);
    desk.take("01/06/2025,INV-1,10.00,Smith,A1\n");
    desk.put("may.csv", format!("{HEADER}01/06/2025,INV-1,11.00,Smith,A1\n05/06/2025,INV-2,20.00,Jones,A1\n\n,,31.00,,\n"));
    let before = desk.folder.snapshot();
    let import = |options: &[&str]| {
        desk.crg(
            &[
                &[
                    "spend", "import", "may.csv", "--map", "map.toml", "--format", "json",
                ],
                options,
            ]
            .concat(),
        )
    };
    for options in [&["--dry-run"][..], &["--dry-run", "--skip-bad"]] {
        let tried = import(options);
        // A line waits.
        assert_eq!(tried.status.code(), Some(1), "{}", said(&tried));
        assert_eq!(
            desk.folder.snapshot(),
            before,
            "{options:?} left something behind"
        );
        // Done in a copy of the book, it is what was said.
        fs::write(desk.folder.join("copy.db"), desk.bytes()).unwrap();
        let done = desk.crg(
            &[
                &[
                    "--db", "copy.db", "spend", "import", "may.csv", "--map", "map.toml",
                    "--format", "json",
                ],
                &options[1..],
            ]
            .concat(),
        );
        let said = |output: &Output| stdout(output).split("\"book\"").next().unwrap().to_owned();
        assert_eq!(
            said(&tried).replace("\"recorded\": false", "\"recorded\": true"),
            said(&done)
        );
        fs::remove_file(desk.folder.join("copy.db")).unwrap();
        fs::remove_file(desk.folder.join("may.csv.waiting.csv")).unwrap();
    }
}

/// One bad cell among 100,000 lines, and a line that a rule refuses: nothing at all is recorded.
#[test]
fn of_a_hundred_thousand_lines_one_bad_one_keeps_all_out() {
    let desk = Desk::new();
    let mut rows: Vec<String> = (0..100_000)
        .map(|n| {
            format!(
                "{:02}/{:02}/2025,INV-{n},{}.{:02},Smith,B2",
                n % 28 + 1,
                n % 9 + 4,
                n % 500,
                n % 100
            )
        })
        .collect();
    rows[76_542] = "09/0772020,INV-X,1.00,Smith,B2".into();
    let before = desk.folder.snapshot();
    let extract = desk.lines(&rows.join("\n"));
    fs::remove_file(desk.folder.join("extract.csv")).unwrap();
    let told = desk.import(&extract, Deciding::Nothing, false).unwrap_err();
    assert!(matches!(told, Error::Extract(_)), "{told:?}");
    let expected = "row 76544: Date: \"09/0772020\" is not a date such as 23/07/2025 or 2025-07-23";
    assert!(
        told.to_string().ends_with(expected) && told.to_string().lines().count() == 1,
        "{told}"
    );
    assert_eq!(desk.folder.snapshot(), before);
}

// == What is left out, and mended ==

#[test]
fn what_is_left_out_is_written_and_mended_adds_just_the_missing_lines() {
    let desk = Desk::new();
    desk.put("map.toml", format!("header = 3\n{MAP}"));
    // A title and a blank row above the header; a bad day, a bad amount, an unknown code and an
    // award exceeded.
    let rows = "03/04/2025,001,10.00,Smith,A1\n31/04/2025,002,20.00,Jones,A1\n05/04/2025,0A3,n/a,Brown,A1\n06/04/2025,004,40.00,Green,Z9\n\
        07/04/2025,005,5000.00,White,A1\n08/04/2025,006,-2.50,Smith,A1\n,,5060.00,,\n";
    desk.put("may.csv", format!("Spend,,,,\n\n{HEADER}{rows}"));
    let output = desk.crg(&[
        "spend",
        "import",
        "may.csv",
        "--map",
        "map.toml",
        "--skip-bad",
        "--format",
        "json",
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(
        said(&output).contains("the refused lines are in may-refused.csv"),
        "{}",
        said(&output)
    );
    assert_eq!(
        desk.payments(),
        [
            "2025-04-03 P01 10.00 Smith 001",
            "2025-04-08 P01 -2.50 Smith 006"
        ]
    );
    let refused = fs::read_to_string(desk.folder.join("may-refused.csv")).unwrap();
    let expected = "\"\"\r\n\"\"\r\nDate,Number,Amount,Supplier,Code,Row in the extract,Refused because\r\n\
        31/04/2025,002,20.00,Jones,A1,5,\"Date: \"\"31/04/2025\"\" is not a day of the calendar\"\r\n\
        05/04/2025,0A3,n/a,Brown,A1,6,\"Amount: \"\"n/a\"\" is not an amount such as 504, 1,496.00, -12.50 or (12.50)\"\r\n\
        06/04/2025,004,40.00,Green,Z9,7,\"the map gives this line to no project (Code \"\"Z9\"\")\"\r\n\
        07/04/2025,005,5000.00,White,A1,8,\"£5,000.00 is £4,010.00 more than project P01 has left on 7 April 2025 (£990.00)\"\r\n";
    assert_eq!(refused, expected);
    // Mended as a person would, and imported with the same map.
    let mended = refused
        .replace("31/04/2025,002", "30/04/2025,002")
        .replace("0A3,n/a", "0A3,30.00")
        .replace("Green,Z9", "Green,B2")
        .replace("A1,8", "B2,8");
    desk.put("mended.csv", mended);
    let output = desk.crg(&[
        "spend",
        "import",
        "mended.csv",
        "--map",
        "map.toml",
        "--format",
        "json",
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let mut payments = desk.payments();
    payments.sort_unstable();
    let all = [
        "2025-04-03 P01 10.00 Smith 001",
        "2025-04-05 P01 30.00 Brown 0A3",
        "2025-04-06 P02 40.00 Green 004",
        "2025-04-07 P02 5000.00 White 005",
        "2025-04-08 P01 -2.50 Smith 006",
        "2025-04-30 P01 20.00 Jones 002",
    ];
    assert_eq!(payments, all);
    // The ledger's own corrected extract adds nothing more.
    desk.put(
        "june.csv",
        format!(
            "Spend,,,,\n\n{HEADER}{}",
            rows.replace("31/04", "30/04")
                .replace("n/a", "30.00")
                .replace("Z9", "B2")
                .replace("White,A1", "White,B2")
        ),
    );
    let output = desk.crg(&[
        "spend", "import", "june.csv", "--map", "map.toml", "--format", "json",
    ]);
    assert!(
        stdout(&output).contains("\"new\": {\n    \"lines\": 0,"),
        "{}",
        stdout(&output)
    );
    assert_eq!(desk.payments().len(), 6);
}

#[test]
fn a_file_of_refused_lines_is_never_written_over_and_left_only_where_there_are_some() {
    let desk = Desk::new();
    desk.put("map.toml", MAP);
    desk.put(
        "may.csv",
        format!("{HEADER}03/04/2025,INV-1,10.00,Smith,A1\n"),
    );
    let import = || {
        desk.crg(&[
            "spend",
            "import",
            "may.csv",
            "--map",
            "map.toml",
            "--skip-bad",
        ])
    };
    assert_eq!(import().status.code(), Some(0));
    assert!(!desk.folder.join("may-refused.csv").exists());
    desk.put(
        "may.csv",
        format!("{HEADER}03/04/2025,INV-2,n/a,Smith,A1\n04/04/2025,INV-3,10.00,Smith,A1\n"),
    );
    desk.put("may-refused.csv", "precious");
    let told = said(&import());
    assert!(
        told.contains("the refused lines are in may-refused-2.csv") && told.ends_with("[exit 0]\n"),
        "{told}"
    );
    assert_eq!(
        std::fs::read_to_string(desk.folder.join("may-refused.csv")).unwrap(),
        "precious"
    );
    assert!(
        std::fs::read_to_string(desk.folder.join("may-refused-2.csv"))
            .unwrap()
            .contains("INV-2,n/a")
    );
}

/// What a rule refuses is exit 1 and what a cell shows is exit 3, also where both are in the file.
#[test]
fn bad_cells_are_told_before_any_rule_is_tried() {
    let desk = Desk::new();
    desk.put("map.toml", MAP);
    desk.put(
        "may.csv",
        format!("{HEADER}03/04/2025,INV-1,5000.00,Smith,A1\n03/04/2025,INV-2,n/a,Smith,A1\n"),
    );
    let told = said(&desk.crg(&["spend", "import", "may.csv", "--map", "map.toml"]));
    assert!(
        told.contains("may.csv, row 3: Amount")
            && !told.contains("short")
            && told.ends_with("[exit 3]\n"),
        "{told}"
    );
}

// == Against a model ==

/// A payment as the model has it: project, supplier, reference, day, pence.
type Paid = (u8, u8, u8, u8, i64);

/// How often the book should have each payment: as often as any one file had it.
#[derive(Default)]
struct Model(BTreeMap<Paid, usize>);

impl Model {
    fn take(&mut self, file: &[Paid]) {
        for (paid, times) in times(file) {
            let had = self.0.entry(paid).or_default();
            *had = times.max(*had);
        }
    }

    fn spent(&self) -> i64 {
        self.0
            .iter()
            .map(|((.., pence), times)| pence * i64::try_from(*times).unwrap())
            .sum()
    }
}

fn times(file: &[Paid]) -> BTreeMap<Paid, usize> {
    let mut times = BTreeMap::new();
    for paid in file {
        *times.entry(*paid).or_default() += 1;
    }
    times
}

/// A file of these payments; few different ones, so that files overlap. A reference 0 is none.
fn csv_of(file: &[Paid]) -> String {
    let line = |(project, supplier, reference, day, pence): &Paid| {
        let code = ["A1", "B2", "C3"][usize::from(*project)];
        let reference = if *reference == 0 {
            String::new()
        } else {
            format!("INV-{reference}")
        };
        format!(
            "{:02}/06/2025,{reference},{}.{:02},Supplier {supplier},{code}\n",
            day + 1,
            pence / 100,
            pence % 100
        )
    };
    file.iter().map(line).collect()
}

/// At most thirty lines of £0.01 to £3.00: what P03 holds is enough for all of them, in each of six
/// files.
fn files() -> impl Strategy<Value = Vec<Vec<Paid>>> {
    let paid = (0..3u8, 0..2u8, 0..4u8, 0..4u8, 1..6i64).prop_map(
        |(project, supplier, reference, day, n)| {
            (project, supplier, reference, day, n * n * 12 - 11)
        },
    );
    prop::collection::vec(prop::collection::vec(paid, 0..30), 1..6)
}

impl Desk {
    fn import_file(&self, file: &[Paid], deciding: Deciding) -> ImportReport {
        let report = self
            .import(&self.lines(&csv_of(file)), deciding, false)
            .unwrap();
        adds_up(&report, u64::try_from(file.len()).unwrap());
        report
    }

    /// The book's payments, as the model has them.
    fn paid(&self) -> BTreeMap<Paid, usize> {
        let digit = |text: &str| text.bytes().last().unwrap() - b'0';
        let paid = |row: &crg::report::SpendRow| {
            let reference = row.reference.as_deref().map_or(0, digit);
            (
                digit(row.project.as_str()) - 1,
                digit(row.supplier.as_deref().unwrap()),
                reference,
                digit(&row.on.to_string()) - 1,
                row.amount.pence().unwrap(),
            )
        };
        times(&self.spend().rows.iter().map(paid).collect::<Vec<_>>())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Where changed lines are further payments, the book has the union of all files, whatever
    /// their order.
    #[test]
    fn the_book_has_each_payment_as_often_as_the_file_that_has_it_most(files in files(), again in any::<prop::sample::Index>()) {
        let (desk, mut model) = (Desk::new(), Model::default());
        for file in &files {
            let before = model.spent();
            model.take(file);
            let report = desk.import_file(file, Deciding::AddAll);
            prop_assert_eq!(report.new.amount.pence().unwrap() + report.decided.amount.pence().unwrap(), model.spent() - before);
            prop_assert_eq!(&desk.paid(), &model.0);
            prop_assert_eq!(desk.spend().total.pence(), Some(model.spent()));
        }
        let bytes = desk.bytes();
        let second = desk.import_file(&files[again.index(files.len())], Deciding::AddAll);
        prop_assert_eq!(second.same, second.lines);
        prop_assert!(desk.bytes() == bytes, "a second import changed the book");
    }

    /// Where changes are only shown, what is recorded is what is called new, and no payment is
    /// there more often than in the union.
    #[test]
    fn what_is_only_shown_is_not_recorded(files in files()) {
        let (desk, mut model) = (Desk::new(), Model::default());
        for file in &files {
            let before = desk.spend().total;
            model.take(file);
            let report = desk.import_file(file, Deciding::Nothing);
            prop_assert_eq!(desk.spend().total - before, report.new.amount);
            let paid = desk.paid();
            prop_assert!(paid.iter().all(|(paid, times)| model.0.get(paid) >= Some(times)));
            // Without a reference nothing is a changed line.
            let bare = |paid: &BTreeMap<Paid, usize>| paid.iter().filter(|((_, _, reference, ..), _)| *reference == 0).map(|(paid, times)| (*paid, *times)).collect::<Vec<_>>();
            prop_assert_eq!(bare(&paid), bare(&model.0));
        }
    }

    /// An extract that corrects the one before in one thing a line, as suggested: the book has the
    /// corrected one, to the line.
    #[test]
    fn an_accepted_correction_leaves_what_the_ledger_has(lines in prop::collection::vec((0..3u8, 0..2u8, 0..9u8, 1..300i64, 0..3u8), 0..7)) {
        // One line an invoice: the reference is its place. The first and last day have one each.
        let line = |place: usize, project: u8, supplier: u8, day: u8, pence: i64| (project, supplier, u8::try_from(place + 3).unwrap() % 10, day, pence);
        let ends: [Paid; 2] = [(0, 0, 1, 0, 1), (0, 0, 2, 8, 1)];
        let before = lines.iter().enumerate().map(|(place, (project, supplier, day, pence, _))| line(place, *project, *supplier, *day, *pence));
        let before: Vec<Paid> = ends.into_iter().chain(before).collect();
        let after = lines.iter().enumerate().map(|(place, (project, supplier, day, pence, what))| match what {
            0 => line(place, (project + 1) % 3, *supplier, *day, *pence),
            1 => line(place, *project, *supplier, (day + 1) % 9, *pence),
            _ => line(place, *project, *supplier, *day, pence + 1),
        });
        let after: Vec<Paid> = ends.into_iter().chain(after).collect();
        let desk = Desk::new();
        desk.import_file(&before, Deciding::Nothing);
        desk.import_file(&after, Deciding::AsSuggested);
        prop_assert_eq!(desk.paid(), times(&after));
        let third = desk.import_file(&after, Deciding::AsSuggested);
        prop_assert_eq!(third.same, third.lines);
    }
}

// == What an officer's year brings ==

/// A late invoice is imported into the year it belongs to; the extract of the new year has it too.
#[test]
fn a_late_line_is_charged_to_one_year() {
    let desk = Desk::new();
    desk.put("map.toml", MAP);
    let late = "14/04/2026,L-1,10.00,Smith,A1\n";
    desk.put("late.csv", format!("{HEADER}{late}"));
    desk.put("april.csv", format!("{HEADER}{late}"));
    let new = |args: &[&str]| {
        let output = desk.crg(
            &[
                &["spend", "import"],
                args,
                &["--map", "map.toml", "--format", "json"],
            ]
            .concat(),
        );
        let report: serde_json::Value =
            serde_json::from_str(&stdout(&output)).unwrap_or_else(|_| panic!("{}", said(&output)));
        (
            report["new"]["lines"].as_u64().unwrap(),
            report["same"]["lines"].as_u64().unwrap(),
        )
    };
    assert_eq!(new(&["late.csv", "--year", "2025/26"]), (1, 0));
    // In 2026/27 there is no such project at all: were it new, it would be refused.
    // It is in the book of the other year: it waits, whatever the new year has.
    assert_eq!(new(&["april.csv"]), (0, 0));
    assert!(
        fs::read_to_string(desk.folder.join("april.csv.waiting.csv"))
            .unwrap()
            .contains("elsewhere")
    );
    assert_eq!(new(&["late.csv", "--year", "2025/26"]), (0, 1));
}

/// A last row that says it is the total is one, and a payment of that word is not.
#[test]
fn a_total_that_says_so_is_no_payment() {
    let desk = Desk::new();
    desk.put("map.toml", MAP);
    for (total, is_one) in [
        ("Total,,20.00,,\n", true),
        ("30/04/2025,,20.00,,Grand total\n", true),
        (",Totals,20.00,,\n", true),
        ("30/04/2025,TOT-1,20.00,Total Hire Ltd,A1\n", false),
    ] {
        desk.put(
            "may.csv",
            format!(
                "{HEADER}03/04/2025,INV-1,10.00,Smith,A1\n04/04/2025,INV-2,10.00,Smith,A1\n{total}"
            ),
        );
        let output = desk.crg(&[
            "spend",
            "import",
            "may.csv",
            "--map",
            "map.toml",
            "--dry-run",
            "--format",
            "json",
        ]);
        let report: serde_json::Value = serde_json::from_str(&stdout(&output))
            .unwrap_or_else(|_| panic!("{total}{}", said(&output)));
        assert_eq!(
            report["grand_total"]["printed"] == "20.00",
            is_one,
            "{total}"
        );
        assert_eq!(
            report["lines"]["lines"],
            if is_one { 2 } else { 3 },
            "{total}"
        );
    }
}

/// What cannot be shown is known before anything is recorded.
#[test]
fn an_answer_that_cannot_be_given_records_nothing() {
    let desk = Desk::new();
    desk.put("map.toml", MAP);
    desk.put(
        "may.csv",
        format!("{HEADER}03/04/2025,INV-1,10.00,Smith,A1\n"),
    );
    desk.put("there.json", "precious");
    let import = ["spend", "import", "may.csv", "--map", "map.toml"];
    assert_eq!(
        desk.crg(&[&import[..], &["--format", "xlsx"]].concat())
            .status
            .code(),
        Some(2)
    );
    assert_eq!(
        desk.crg(
            &[
                &import[..],
                &["--quiet", "--format", "json", "--output", "there.json"]
            ]
            .concat()
        )
        .status
        .code(),
        Some(4)
    );
    assert_eq!(desk.payments().len(), 0);
}

/// A payment dated after the return is not in its statement: the year is not offered for closing as
/// though all were told.
#[test]
fn a_return_before_a_payment_s_day_does_not_offer_to_close() {
    let desk = Desk::new();
    desk.put("map.toml", MAP);
    desk.put(
        "typo.csv",
        format!("{HEADER}10/06/2026,INV-1,10.00,Smith,A1\n"),
    );
    let told = said(&desk.crg(&[
        "spend", "import", "typo.csv", "--map", "map.toml", "--year", "2025/26",
    ]));
    assert!(
        told.contains("note: 1 line dated in the future, the first on 10 June 2026 in row 2"),
        "{told}"
    );
    let told = said(&desk.crg(&[
        "year",
        "return",
        "2025/26",
        "--reference",
        "BACS 1",
        "--on",
        "2026-05-01",
    ]));
    assert!(
        told.contains("next: £10.00 is not accounted for on 1 May 2026: crg log --year 2025/26"),
        "{told}"
    );
    let desk = Desk::new();
    let told = said(&desk.crg(&[
        "year",
        "return",
        "2025/26",
        "--reference",
        "BACS 1",
        "--on",
        "2026-05-01",
    ]));
    assert!(told.contains("next: crg year close 2025/26"), "{told}");
}
