//! The book compared with the pure fold: the same actions on a file and on a journal in memory, in
//! any order, give the same verdicts and the same figures throughout.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::PathBuf;

use crg::Access;
use crg::Error;
use crg::book::{Book, Commit, load};
use crg::fold::Lens;
use crg::import::{Folder, writer};
use crg::model::Names;
use crg::model::{Column, Date, Draft, Entry, EntryNumber, Event, FinancialYear, Kind, Moment};
use crg::report::{Finding, PotReport, ProjectListReport, SpendReport, YearEndReport, YearReport};
use crg::rules::Refusal;
use proptest::prelude::*;

use crate::files::TempFolder;
use crate::histories::{
    Journal, Step, When, days, moment, row_of, scripts, step, with_cell, years,
};
use crate::views::{journal_of, turns};

/// An action on both.
#[derive(Debug, Clone)]
enum Act {
    /// One entry is recorded, or refused.
    Record(Step),
    /// Several entries are recorded at once, the last of which is refused.
    FailHalfWay(Vec<Step>),
    /// One entry is tried and not kept.
    Try(Step),
    /// The file is closed and opened.
    Reopen,
    /// The book is dumped, and the dump loaded as a new book.
    DumpAndLoad,
    /// Rows of a file are added; one refusal refuses them all.
    LoadRows(Vec<Step>),
    /// A question is asked about a year on one of its days, with so many entries known.
    Ask {
        year: usize,
        day: usize,
        known: Option<usize>,
    },
}

/// A random history, most of it recorded step by step, with other actions in between.
fn acts() -> impl Strategy<Value = Vec<Act>> {
    let between = prop_oneof![
        9 => Just(None),
        1 => prop::collection::vec(step(), 1..6).prop_map(|steps| Some(Act::FailHalfWay(steps))),
        1 => step().prop_map(|step| Some(Act::Try(step))),
        1 => Just(Some(Act::Reopen)),
        1 => Just(Some(Act::DumpAndLoad)),
        3 => (0..3_usize, 0..18_usize, prop::option::of(0..40_usize)).prop_map(|(year, day, known)| Some(Act::Ask { year, day, known })),
    ];
    let at_once = prop_oneof![4 => Just(1_usize), 1 => 1..5_usize];
    (scripts(40), prop::collection::vec((at_once, between), 40)).prop_map(|(script, turns)| {
        let (mut steps, mut acts) = (script.steps.into_iter(), Vec::new());
        for (at_once, between) in turns {
            let mut now: Vec<Step> = steps.by_ref().take(at_once).collect();
            match (now.pop(), now.is_empty()) {
                (None, _) => {}
                (Some(step), true) => acts.push(Act::Record(step)),
                (Some(step), false) => {
                    now.push(step);
                    acts.push(Act::LoadRows(now));
                }
            }
            acts.extend(between);
        }
        acts
    })
}

/// The book and the journal, side by side.
struct Both {
    folder: TempFolder,
    path: PathBuf,
    /// Closed only while another program opens the file.
    book: Option<Book>,
    journal: Journal,
    clock: usize,
    folders: u32,
}

impl Both {
    fn new() -> Both {
        let folder = TempFolder::new();
        let path = folder.join("book.db");
        Book::init(
            &path,
            &Names {
                partnership: "A partnership".into(),
                funder: "A funder".into(),
                ..Names::default()
            },
        )
        .unwrap();
        let book = Some(Book::open(&path, Access::Write).unwrap());
        Both {
            folder,
            path,
            book,
            journal: Journal::default(),
            clock: 1,
            folders: 0,
        }
    }

    fn book(&mut self) -> &mut Book {
        self.book
            .get_or_insert_with(|| Book::open(&self.path, Access::Write).unwrap())
    }

    fn draft(&mut self, step: &Step) -> Draft {
        if matches!(step.when, When::Onward) {
            self.clock += 1;
        }
        step.draft(&self.journal, self.clock)
    }

    /// The moment of the next entry.
    fn now(&self) -> Moment {
        moment(EntryNumber(
            u32::try_from(self.journal.entries.len()).unwrap() + 1,
        ))
    }

    fn new_folder(&mut self) -> PathBuf {
        self.folders += 1;
        self.folder.join(&format!("dump-{}", self.folders))
    }

    fn act(&mut self, act: &Act) -> Result<(), TestCaseError> {
        match act {
            Act::Record(step) => self.record(step),
            Act::FailHalfWay(steps) => self.fail_half_way(steps),
            Act::Try(step) => self.try_out(step),
            Act::Reopen => {
                self.book = None;
                Ok(())
            }
            Act::DumpAndLoad => self.dump_and_load(),
            Act::LoadRows(steps) => self.load_rows(steps),
            Act::Ask { year, day, known } => {
                let year = years()[*year];
                let as_at = days(year).get(*day).copied().unwrap_or(Date::MAX);
                let known_at = known
                    .and_then(|known| self.journal.entries.get(known))
                    .map(|entry| entry.recorded);
                self.ask(year, Lens { as_at, known_at })
            }
        }
    }

    fn record(&mut self, step: &Step) -> Result<(), TestCaseError> {
        let (draft, now) = (self.draft(step), self.now());
        let expected = self.journal.try_record(draft.clone());
        let found = self.book().record(vec![draft], now, Commit::Keep);
        same_verdict(
            found.map(|recorded| recorded.entries),
            expected.map(|entry| vec![entry]),
        )
    }

    fn try_out(&mut self, step: &Step) -> Result<(), TestCaseError> {
        let (draft, now) = (self.draft(step), self.now());
        let before = fs::read(&self.path).unwrap();
        let expected = self.journal.verdict(&draft);
        let found = self.book().record(vec![draft], now, Commit::DryRun);
        same_verdict(
            found.map(|recorded| recorded.entries),
            expected.map(|entry| vec![entry]),
        )?;
        prop_assert!(
            fs::read(&self.path).unwrap() == before,
            "a trial changed the file"
        );
        Ok(())
    }

    fn fail_half_way(&mut self, steps: &[Step]) -> Result<(), TestCaseError> {
        let mut trial = self.journal.clone();
        let mut drafts = Vec::new();
        let mut refusal = None;
        for step in steps {
            let draft = step.draft(&trial, self.clock);
            drafts.push(draft.clone());
            refusal = trial.try_record(draft).err();
            if refusal.is_some() {
                break;
            }
        }
        let refusal = refusal.unwrap_or_else(|| {
            let year = drafts[0].year();
            let event = Event::Reverse {
                entry: EntryNumber(999_999),
            };
            let draft = Draft::builder(year, event, "KCST").note("no such entry");
            drafts.push(draft.build().unwrap());
            trial
                .try_record(drafts[drafts.len() - 1].clone())
                .expect_err(&format!("{year} has no such entry"))
        });
        let before = fs::read(&self.path).unwrap();
        let now = self.now();
        let found = self.book().record(drafts, now, Commit::Keep);
        same_verdict(found.map(|recorded| recorded.entries), Err(refusal))?;
        prop_assert!(
            fs::read(&self.path).unwrap() == before,
            "a refused batch changed the file"
        );
        Ok(())
    }

    fn dump_and_load(&mut self) -> Result<(), TestCaseError> {
        let folder = self.new_folder();
        self.book().dump(&folder).unwrap();
        let copy = folder.join("copy.db");
        let loaded = load(
            &copy,
            Folder::At(&folder),
            "nobody",
            moment(EntryNumber(1)),
            Commit::Keep,
        )
        .unwrap();
        prop_assert!(loaded.created && loaded.verified);
        let head = self.book().head().unwrap();
        self.path = copy;
        self.book = None;
        prop_assert_eq!(self.book().head().unwrap(), head);
        Ok(())
    }

    /// Writes the rows as a file has them: a row names another by its number in the file.
    fn load_rows(&mut self, steps: &[Step]) -> Result<(), TestCaseError> {
        let folder = self.new_folder();
        fs::create_dir(&folder).unwrap();
        let mut csv = writer(File::create(folder.join("entries.csv")).unwrap());
        csv.write_record(Column::ALL.iter().map(|column| column.as_str()))
            .unwrap();
        let before = u32::try_from(self.journal.entries.len()).unwrap();
        let (mut trial, mut written, mut refused) = (self.journal.clone(), 0_u64, None);
        for step in steps {
            let mut draft = step.draft(&trial, self.clock);
            let mut row = draft.clone();
            let names_entries = draft.event().refers_to().is_some() || draft.kind() == Kind::Match;
            let reference = draft.cells().get(Column::Reference).map(str::to_owned);
            if let Some(reference) = reference.filter(|_| names_entries) {
                // A file cannot name entries recorded before it; the same number in the file is
                // tried instead.
                let named = reference.split(';').map(|entry| entry.parse().unwrap());
                let named: BTreeSet<u32> = named
                    .map(|entry: u32| {
                        if entry > before {
                            entry - before
                        } else {
                            entry
                        }
                    })
                    .collect();
                let list = |added: u32| {
                    let named = named.iter().map(|entry| (entry + added).to_string());
                    named.collect::<Vec<_>>().join(";")
                };
                row = with_cell(&row, Column::Reference, &list(0));
                draft = with_cell(&draft, Column::Reference, &list(before));
            }
            csv.write_record(row_of(&row)).unwrap();
            written += 1;
            if refused.is_none() {
                refused = trial
                    .try_record(draft)
                    .err()
                    .map(|refusal| (written, refusal));
            }
        }
        csv.flush().unwrap();
        drop(csv);
        let bytes = fs::read(&self.path).unwrap();
        let now = self.now();
        self.book = None;
        let found = load(&self.path, Folder::At(&folder), "nobody", now, Commit::Keep);
        match (found, refused) {
            (Ok(loaded), None) => {
                prop_assert_eq!(loaded.entries, written);
                // All rows of a load are recorded at one moment.
                for entry in trial
                    .entries
                    .iter_mut()
                    .filter(|entry| entry.number.0 > before)
                {
                    entry.recorded = now;
                }
                self.journal = trial;
            }
            (
                Err(Error::RefusedRow {
                    row,
                    entry,
                    not_reached,
                    refusal,
                    ..
                }),
                Some((number, expected)),
            ) => {
                prop_assert_eq!(
                    (row, entry, not_reached),
                    (number + 1, number, written - number)
                );
                prop_assert_eq!(*refusal, named_as_in_the_file(expected, before));
                prop_assert!(
                    fs::read(&self.path).unwrap() == bytes,
                    "a refused load changed the file"
                );
            }
            (found, expected) => prop_assert!(
                false,
                "the book says {:?}, the journal {:?}",
                found,
                expected
            ),
        }
        Ok(())
    }

    fn ask(&mut self, year: FinancialYear, lens: Lens) -> Result<(), TestCaseError> {
        if self.journal.of(year).next().is_none() {
            let unknown = matches!(self.book().pot(year, lens), Err(Error::NoSuchYear { .. }));
            prop_assert!(unknown, "the book should have no entries of {}", year);
            return Ok(());
        }
        let names = self.book().names().unwrap();
        let view = self.journal.named_view(year, lens, names);
        let book = self.book();
        prop_assert_eq!(book.pot(year, lens).unwrap(), PotReport::new(&view));
        prop_assert_eq!(
            book.spend(year, None, lens).unwrap(),
            SpendReport::new(&view)
        );
        prop_assert_eq!(book.year(year, lens).unwrap(), YearReport::new(&view));
        prop_assert_eq!(
            book.year_end(year, lens).unwrap(),
            YearEndReport::new(&view)
        );
        prop_assert_eq!(
            book.projects(year, lens).unwrap(),
            ProjectListReport::new(&view)
        );
        Ok(())
    }

    /// At the end the two have the same contents.
    fn end(&mut self) -> Result<(), TestCaseError> {
        let mut kept = Vec::new();
        let read = self.book().for_each_entry(|entry, _| {
            kept.push(entry);
            Ok(())
        });
        read.unwrap();
        prop_assert_eq!(&kept, &self.journal.entries);
        for year in years() {
            self.ask(year, Lens::at(Date::MAX))?;
        }
        let report = self.book().check();
        let faults: Vec<_> = report
            .rows
            .iter()
            .filter(|row| row.finding == Finding::Fault)
            .collect();
        prop_assert!(faults.is_empty(), "{:?}", faults);
        Ok(())
    }
}

/// Entries that only the file would have added are named by their number in it.
fn named_as_in_the_file(mut refusal: Refusal, before: u32) -> Refusal {
    let in_file = |named: &mut EntryNumber| {
        if named.0 > before {
            named.0 -= before;
        }
    };
    match &mut refusal {
        Refusal::NoSuchEntry { entry, .. }
        | Refusal::NotPublished { entry, .. }
        | Refusal::NotDue { entry, .. }
        | Refusal::NotReversible { entry, .. }
        | Refusal::OnAnotherDay { entry, .. }
        | Refusal::DatedAfterClose { entry, .. } => in_file(entry),
        Refusal::AlreadyReversed { entry, by, .. } | Refusal::AlreadyMet { entry, by, .. } => {
            in_file(entry);
            in_file(by);
        }
        Refusal::BreaksLater { entry, why, .. } => {
            in_file(entry);
            **why = named_as_in_the_file((**why).clone(), before);
        }
        _ => {}
    }
    refusal
}

fn same_verdict(
    found: Result<Vec<Entry>, Error>,
    expected: Result<Vec<Entry>, Refusal>,
) -> Result<(), TestCaseError> {
    match (found, expected) {
        (Ok(found), Ok(expected)) => prop_assert_eq!(found, expected),
        (Err(Error::Refused { refusal }), Err(expected)) => {
            prop_assert_eq!(refusal.to_string(), expected.to_string());
            prop_assert_eq!(refusal, expected);
        }
        (found, expected) => prop_assert!(
            false,
            "the book says {:?}, the journal {:?}",
            found,
            expected
        ),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_book_gives_what_the_journal_gives(acts in acts()) {
        let mut both = Both::new();
        for act in &acts {
            both.act(act)?;
            both.ask(years()[0], Lens::at(Date::MAX))?;
        }
        both.end()?;
    }
}

/// Every question, about every day of a year in which everything changes at least once.
#[test]
fn every_day_of_a_turbulent_year_gives_the_same() {
    let mut both = Both::new();
    both.path = both.folder.join("turns.db");
    both.book = None;
    turns(&both.path);
    both.journal = journal_of(&both.path);
    let on: BTreeSet<Date> = both.journal.entries.iter().map(|entry| entry.on).collect();
    for day in on {
        both.ask(years()[0], Lens::at(day)).unwrap();
    }
    both.end().unwrap();
}
