//! A corrected book equals one in which the mistake was never made, its reversed entries aside.

use std::cell::Cell;

use crg::fold::{Account, Lens, YearView};
use crg::model::{
    Column, Date, Draft, Entry, EntryNumber, Event, FinancialYear, Kind, Money, Names, Pot,
};
use crg::report::{PotReport, ProjectListReport, ProjectReport, SpendReport, YearReport};
use crg::rules::{Correction, History, OnRecord, Refusal, Untenable};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use crate::histories::{Journal, days, moment, project, scripts, years};

/// How many random corrections are tried, unless CRG_CORRECTIONS says otherwise.
const CASES: u32 = 1_000;

/// What is put right: one column of one entry.
#[derive(Debug, Clone)]
struct Mistake {
    entry: prop::sample::Index,
    /// The column that is tried first.
    column: usize,
    value: usize,
}

fn mistakes() -> impl Strategy<Value = Mistake> {
    (any::<prop::sample::Index>(), any::<usize>(), 0..60_usize).prop_map(
        |(entry, column, value)| Mistake {
            entry,
            column: column % 1_000,
            value,
        },
    )
}

impl Mistake {
    /// The entry as it should have been: with another text in the first column that may have one.
    fn replacement(&self, entry: &Entry) -> Option<Draft> {
        let year = years()[self.value % 3];
        let pot = Pot::ALL[self.value % 2];
        let on = days(entry.year)[self.value % days(entry.year).len()];
        let amounts = [
            entry
                .event
                .amount()
                .map(|amount| (amount + Money::PENNY).to_string()),
            Some(format!("{}.50", self.value + 1)),
        ];
        let amount = amounts[self.value % 2].clone().unwrap_or_default();
        let texts = [
            (Column::Amount, amount.clone()),
            (Column::On, on.to_string()),
            (Column::Project, project(self.value % 5).to_string()),
            (Column::Amount, amount),
            (Column::Pot, pot.to_string()),
            (Column::Note, "as it should have been".to_owned()),
            (Column::Title, "Another title".to_owned()),
            (Column::Year, year.to_string()),
        ];
        (0..texts.len()).find_map(|next| {
            let (column, text) = &texts[(self.column + next) % texts.len()];
            let mut cells = entry.cells();
            if matches!(entry.event.kind(), Kind::Withdraw | Kind::Release) {
                cells.set(Column::Amount, "");
            }
            let is_change = cells.get(*column) != Some(text);
            cells.set(*column, text.clone());
            let is_amount_left = *column == Column::Amount && entry.event.kind().may_be_zero();
            Draft::from_cells(&cells)
                .ok()
                .filter(|_| is_change && !is_amount_left)
        })
    }
}

/// The entries that count, with what replaces one of them, and every amount that was left worked
/// out in the order recorded; `None` if those on record are not what was left.
fn never_made(counting: &[Entry], number: EntryNumber, draft: &Draft) -> Option<Vec<Entry>> {
    let replaced: Vec<Entry> = counting
        .iter()
        .map(|entry| {
            let mut entry = entry.clone();
            let old = entry.clone();
            let moved = matches!(counting.iter().find(|it| it.number == number), Some(wrong)
                if wrong.event.kind() == Kind::Propose
                    && (wrong.year, wrong.event.project()) == (old.year, old.event.project()));
            if old.number == number || moved {
                let mut cells = old.cells();
                let new = draft.cells();
                for column in [Column::Project, Column::Year] {
                    cells.set(column, new.get(column).unwrap_or_default().to_owned());
                }
                let cells = if old.number == number { new } else { cells };
                let draft = Draft::from_cells(&cells).expect("valid before");
                entry.year = draft.year();
                entry.on = draft.on().unwrap_or(old.on);
                entry.event = draft.event().clone();
                entry.reference = draft.reference().map(str::to_owned);
                entry.note = draft.note().map(str::to_owned);
            }
            entry
        })
        .collect();
    let mut before = counting.to_vec();
    work_out(&mut before);
    let mut after = replaced;
    work_out(&mut after);
    propose_in_time(&mut after, number);
    (before == counting).then_some(after)
}

/// What is said of a project that was proposed later on the same day can only have been recorded
/// after that proposal: the proposal then comes first on its day.
fn propose_in_time(entries: &mut [Entry], number: EntryNumber) {
    let said = entries.iter().find(|entry| entry.number == number).cloned();
    let Some(said) = said.filter(|said| said.event.kind().is_statement()) else {
        return;
    };
    for entry in entries {
        let proposes = entry.event.kind() == Kind::Propose
            && said.event.project() == entry.event.project()
            && (said.year, said.on) == (entry.year, entry.on);
        if proposes && entry.number > number {
            entry.number = EntryNumber(0);
        }
    }
}

fn emptied(event: &Event) -> Option<Account> {
    match event {
        Event::Release { .. } => Some(Account::Pot(Pot::Upfront)),
        Event::Withdraw { project, .. } => Some(Account::Project(project.clone())),
        _ => None,
    }
}

/// Gives each `release` and `withdraw` what was left when it was recorded.
fn work_out(entries: &mut [Entry]) {
    for index in 0..entries.len() {
        let (earlier, later) = entries.split_at_mut(index);
        let entry = &mut later[0];
        let Some(account) = emptied(&entry.event) else {
            continue;
        };
        let same_year = earlier.iter().filter(|it| it.year == entry.year).cloned();
        let history = History::from_entries(entry.year, same_year);
        let days = history.days().get(&account);
        let left = days
            .map(|days| days.balance_at(entry.on))
            .unwrap_or_default();
        if let Event::Release { amount } | Event::Withdraw { amount, .. } = &mut entry.event {
            *amount = Some(left);
        }
    }
}

fn counting(journal: &Journal) -> Vec<Entry> {
    let mut counting: Vec<Entry> = journal
        .years()
        .flat_map(|year| journal.standing(year, Date::MAX))
        .collect();
    counting.sort_by_key(|entry| entry.number);
    counting
}

/// Every report of a year on a day, without the numbers of entries and who recorded them: an entry
/// that another one names stands there as what it is.
fn reports(entries: &[Entry], year: FinancialYear, day: Date) -> Vec<Value> {
    let of_year = entries.iter().filter(|entry| entry.year == year).cloned();
    let view = YearView::new(year, of_year.collect(), Lens::at(day), Names::default());
    let view = view.expect("entries that the rules guarded");
    let json = |report: serde_json::Result<Value>| without_numbers(report.expect("JSON"), entries);
    let mut reports = vec![
        json(serde_json::to_value(PotReport::new(&view))),
        json(serde_json::to_value(YearReport::new(&view))),
        json(serde_json::to_value(ProjectListReport::new(&view))),
        json(serde_json::to_value(SpendReport::new(&view))),
    ];
    for project in view.portfolio.projects.keys() {
        let report = ProjectReport::new(&view, project).expect("a project of the year");
        reports.push(json(serde_json::to_value(report)));
    }
    reports
}

fn without_numbers(value: Value, entries: &[Entry]) -> Value {
    match value {
        Value::Object(mut fields) => {
            for name in ["entry", "recorded", "by"] {
                fields.remove(name);
            }
            if let Some(Value::Array(overrides)) = fields.get_mut("overrides") {
                *overrides = vec![overrides.len().into()];
            }
            if let Some(Value::String(says)) = fields.get_mut("says") {
                *says = without_number(says, entries);
            }
            let fields = fields.into_iter();
            Value::Object(
                fields
                    .map(|(name, it)| (name, without_numbers(it, entries)))
                    .collect(),
            )
        }
        Value::Array(items) => {
            let mut items: Vec<Value> = items
                .into_iter()
                .map(|item| without_numbers(item, entries))
                .collect();
            items.sort_by_key(Value::to_string);
            Value::Array(items)
        }
        value => value,
    }
}

/// What an entry says, with the entry that it names described in place of its number.
fn without_number(says: &str, entries: &[Entry]) -> String {
    let described = |part: &str| {
        let number: EntryNumber = part.strip_prefix("entry ")?.parse().ok()?;
        let named = entries.iter().find(|entry| entry.number == number);
        Some(named.map_or("no entry that counts".to_owned(), |named| {
            let event = &named.event;
            let (kind, of, amount) = (event.kind(), event.project(), event.amount());
            format!("{kind} of {of:?}, {amount:?}, on {}", named.on)
        }))
    };
    let parts = says.split("; ");
    let parts: Vec<String> = parts
        .map(|part| described(part).unwrap_or_else(|| part.to_owned()))
        .collect();
    parts.join("; ")
}

#[derive(Debug, Default)]
struct Seen {
    made: Cell<u32>,
    refused: Cell<u32>,
    dependants: Cell<u32>,
}

/// What corrects an entry.
pub(crate) fn tried(
    journal: &Journal,
    wrong: EntryNumber,
    replacement: &Draft,
) -> Result<Vec<Draft>, Refusal> {
    let correction = Correction {
        entry: wrong,
        replacement: replacement.clone(),
        note: "a mistake".to_owned(),
        override_reason: None,
    };
    let next = EntryNumber(u32::try_from(journal.entries.len()).expect("few") + 1);
    let record = OnRecord::new(journal.entries.clone(), next, moment(next));
    record
        .correct(&correction)
        .map_err(|untenable| match untenable {
            Untenable::Refused(refusal) => refusal,
            Untenable::Invalid(faults) => panic!("{faults:?}"),
        })
}

fn correct(journal: &Journal, mistake: &Mistake, seen: &Seen) -> Result<(), TestCaseError> {
    let standing = counting(journal);
    if standing.is_empty() {
        return Ok(());
    }
    let wrong = &standing[mistake.entry.index(standing.len())];
    let Some(replacement) = mistake.replacement(wrong) else {
        return Ok(());
    };
    let Ok(drafts) = tried(journal, wrong.number, &replacement) else {
        seen.refused.set(seen.refused.get() + 1);
        return Ok(());
    };
    seen.made.set(seen.made.get() + 1);
    if drafts.len() > 2 {
        seen.dependants.set(seen.dependants.get() + 1);
    }
    equals_never_made(journal, wrong.number, &replacement, drafts)
}

/// Every draft is accepted; as many entries count as before, none of them names one that was
/// reversed by the way; and every report of every day is that of the book without the mistake.
pub(crate) fn equals_never_made(
    journal: &Journal,
    wrong: EntryNumber,
    replacement: &Draft,
    drafts: Vec<Draft>,
) -> Result<(), TestCaseError> {
    let standing = counting(journal);
    let mut corrected = journal.clone();
    for draft in drafts {
        let recorded = corrected.try_record(draft.clone());
        prop_assert!(recorded.is_ok(), "{:?}: {:?}", draft, recorded);
    }
    let now = counting(&corrected);
    prop_assert_eq!(now.len(), standing.len(), "as many entries count as before");
    let counts = |entries: &[Entry], number| entries.iter().any(|entry| entry.number == number);
    for entry in &now {
        for named in entry.event.entries_named() {
            let is_lost = counts(&standing, named) && !counts(&now, named);
            prop_assert!(!is_lost, "{:?} names {}, which was reversed", entry, named);
        }
    }
    let Some(expected) = never_made(&standing, wrong, replacement) else {
        return Ok(());
    };
    let corrected = corrected.reloaded();
    for (year, history) in &corrected.histories {
        prop_assert!(
            history
                .below_zero()
                .all(|(account, ..)| *account == Account::Opcc)
        );
        let of_year = |entries: &[Entry]| -> Vec<Entry> {
            let of_year = entries.iter().filter(|entry| entry.year == *year);
            of_year.cloned().collect()
        };
        let (now, expected) = (of_year(&now), of_year(&expected));
        if now == expected {
            // The same entries, with the same numbers, have the same reports.
            continue;
        }
        for day in days(*year).into_iter().chain([Date::MAX]) {
            let (is, should_be) = (reports(&now, *year, day), reports(&expected, *year, day));
            prop_assert_eq!(is, should_be, "{} on {}: {:?}", year, day, replacement);
        }
    }
    Ok(())
}

#[test]
fn a_correction_gives_the_book_in_which_the_mistake_was_never_made() {
    let asked = std::env::var("CRG_CORRECTIONS").ok();
    let cases = asked.and_then(|asked| asked.parse().ok()).unwrap_or(CASES);
    let seen = Seen::default();
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 5_000,
        ..Config::default()
    };
    let strategy = (scripts(40), mistakes());
    let tried = TestRunner::new(config).run(&strategy, |(script, mistake)| {
        correct(&script.play().journal, &mistake, &seen)
    });
    tried.unwrap_or_else(|error| panic!("{error}"));
    assert!(seen.made.get() > cases / 4, "too few are made: {seen:?}");
    assert!(
        seen.refused.get() > cases / 20,
        "too few are refused: {seen:?}"
    );
    assert!(
        seen.dependants.get() > cases / 10,
        "too few have dependants: {seen:?}"
    );
}
