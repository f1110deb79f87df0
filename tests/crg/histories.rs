//! Random histories: a [`Script`] of steps, each turned into a [`Draft`] when its turn comes, and a
//! [`Journal`] in memory that records them.
//!
//! A step is plain data and small, so a failing script shrinks to a readable one. What a step asks
//! for depends on the journal at its turn: the next decision on a project, all the money that is
//! left, the reversal of an entry on record.
//!
//! ```ignore
//! proptest!(|(script in scripts(40))| {
//!     for (draft, outcome) in script.play().tried { … }
//! });
//! ```

use std::collections::BTreeMap;

use crg::fold::{self, Lens, Portfolio, YearView, standing};
use crg::import::sheet::inert;
use crg::model::Names;
use crg::model::{
    Column, Date, DetailField, Draft, Entry, EntryNumber, EntryNumbers, Event, FinancialYear,
    Fingerprint, Holder, Kind, Measure, Moment, Money, NameOf, Pot, ProjectRef, SchemeChange,
    Source, Stage, Vat,
};
use crg::rules::{History, Refusal};
use proptest::prelude::*;
use proptest::sample::select;

// == The journal in memory ==

/// Entries in the order recorded, and the history of each year.
#[derive(Debug, Clone, Default)]
pub(crate) struct Journal {
    pub(crate) entries: Vec<Entry>,
    pub(crate) histories: BTreeMap<FinancialYear, History>,
}

impl Journal {
    /// Tries a draft, and keeps the entry if it is accepted.
    pub(crate) fn try_record(&mut self, draft: Draft) -> Result<Entry, Refusal> {
        self.try_record_at(draft, moment(self.next_number()))
    }

    /// Tries a draft at a moment, and keeps the entry if it is accepted.
    pub(crate) fn try_record_at(&mut self, draft: Draft, now: Moment) -> Result<Entry, Refusal> {
        let number = self.next_number();
        let named = draft
            .event()
            .refers_to()
            .and_then(|number| self.entry(number))
            .cloned();
        let year = draft.year();
        let history = self
            .histories
            .entry(year)
            .or_insert_with(|| History::new(year));
        let entry = history.record(draft, number, now, named.as_ref())?;
        self.entries.push(entry.clone());
        Ok(entry)
    }

    /// The verdict on a draft, which is then forgotten.
    pub(crate) fn verdict(&self, draft: &Draft) -> Result<Entry, Refusal> {
        self.clone().try_record(draft.clone())
    }

    /// The same journal, made again from its entries.
    pub(crate) fn reloaded(&self) -> Journal {
        let histories = self
            .years()
            .map(|year| (year, History::from_entries(year, self.of(year).cloned())))
            .collect();
        Journal {
            entries: self.entries.clone(),
            histories,
        }
    }

    pub(crate) fn entry(&self, number: EntryNumber) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.number == number)
    }

    /// The years that were asked about.
    pub(crate) fn years(&self) -> impl Iterator<Item = FinancialYear> {
        self.histories.keys().copied()
    }

    /// A year's entries, in the order recorded.
    pub(crate) fn of(&self, year: FinancialYear) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.year == year)
    }

    /// A year's entries that count on a day, in fold order.
    pub(crate) fn standing(&self, year: FinancialYear, as_at: Date) -> Vec<Entry> {
        standing(self.of(year).cloned().collect(), Lens::at(as_at))
    }

    /// A year as it is seen at the end of a day, with nobody's names.
    pub(crate) fn view(&self, year: FinancialYear, as_at: Date) -> YearView {
        let entries = self.of(year).cloned().collect();
        let view = YearView::new(year, entries, Lens::at(as_at), Names::default());
        view.expect("a journal that the rules guarded")
    }

    /// A year through a lens, in a book that began with these names.
    pub(crate) fn named_view(&self, year: FinancialYear, lens: Lens, names: Names) -> YearView {
        let renames = |entry: &&Entry| entry.year <= year && entry.event.kind() == Kind::Name;
        let renamed = self.entries.iter().filter(renames).cloned().collect();
        let names = fold::names(names, renamed, lens);
        let entries = self.of(year).cloned().collect();
        let view = YearView::new(year, entries, lens, names);
        view.expect("a journal that the rules guarded")
    }

    /// The figures of a year.
    pub(crate) fn portfolio(&self, year: FinancialYear) -> Portfolio {
        self.histories.get(&year).map_or_else(
            || Portfolio::new(year),
            |history| history.portfolio().clone(),
        )
    }

    fn next_number(&self) -> EntryNumber {
        EntryNumber(u32::try_from(self.entries.len()).expect("a short journal") + 1)
    }
}

/// A clock that moves one minute for each entry. It starts late: only the days of the last year of
/// scripts lie far ahead of it.
pub(crate) fn moment(number: EntryNumber) -> Moment {
    let start = 1_811_808_000_000; // 2027-06-01
    Moment::from_unix_millis(start + i64::from(number.0) * 60_000)
        .expect("a moment of this century")
}

// == Scripts ==

/// The steps to try, in order.
#[derive(Debug, Clone)]
pub(crate) struct Script {
    pub(crate) steps: Vec<Step>,
    /// If `false`, no step has an override.
    pub(crate) overrides: bool,
}

/// One thing to try.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    /// Which of [`years`].
    pub(crate) year: usize,
    pub(crate) when: When,
    pub(crate) act: Act,
    pub(crate) overridden: bool,
    /// Picks the texts and the optional columns.
    pub(crate) flavour: usize,
}

/// The day of a step, among the [`days`] of its year.
#[derive(Debug, Clone, Copy)]
pub(crate) enum When {
    /// The day of the clock.
    Now,
    /// The clock moves on first.
    Onward,
    /// A day up to the clock's.
    Back(usize),
    /// Any day.
    Any(usize),
}

/// The action of a step.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Act {
    /// A project takes its next decision in order, or spends.
    Walk(usize, Size),
    /// The year takes its next step: allocated, released, paid back, closed.
    Advance(Size),
    /// An entry of this kind, in order or not.
    Any {
        kind: Kind,
        project: usize,
        pot: Pot,
        size: Size,
    },
    /// An earlier entry is reversed, counted back from the last.
    Undo(usize),
}

/// The amount of a step.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Size {
    Pence(i64),
    /// All that is left (or was asked for).
    All,
    /// A penny more than is left.
    OneTooMany,
    /// Left out if the column is optional; else all that is left.
    Omitted,
}

/// The outcome of a script.
#[derive(Debug, Clone, Default)]
pub(crate) struct Played {
    pub(crate) journal: Journal,
    /// Every draft in order, with the entry or the refusal.
    pub(crate) tried: Vec<(Draft, Result<Entry, Refusal>)>,
}

impl Script {
    /// Tries every step on a journal in memory.
    pub(crate) fn play(&self) -> Played {
        let mut tried = Vec::with_capacity(self.steps.len());
        let journal = self.each(|journal, draft| {
            let outcome = journal.try_record(draft.clone());
            tried.push((draft, outcome));
        });
        Played { journal, tried }
    }

    /// Passes every draft, made when its turn comes, to `record`, which may try it on the journal.
    pub(crate) fn each(&self, mut record: impl FnMut(&mut Journal, Draft)) -> Journal {
        let mut journal = Journal::default();
        let mut clock = 1;
        for step in &self.steps {
            if matches!(step.when, When::Onward) {
                clock += 1;
            }
            let draft = step.draft(&journal, clock);
            let draft = if self.overrides {
                draft
            } else {
                with_cell(&draft, Column::Override, "")
            };
            record(&mut journal, draft);
        }
        journal
    }
}

/// The draft with another text in one cell.
pub(crate) fn with_cell(draft: &Draft, column: Column, text: &str) -> Draft {
    let mut cells = draft.cells();
    cells.set(column, text.to_owned());
    Draft::from_cells(&cells).expect("a text that the column may hold")
}

/// A draft as a row of `entries.csv`.
pub(crate) fn row_of(draft: &Draft) -> Vec<String> {
    let cells = draft.cells();
    let cell = |column: &Column| inert(cells.get(*column).unwrap_or_default()).into_owned();
    Column::ALL.iter().map(cell).collect()
}

/// Scripts of up to about `max` steps. Half of them have overrides.
pub(crate) fn scripts(max: usize) -> impl Strategy<Value = Script> {
    (steps(max), any::<bool>()).prop_map(|(steps, overrides)| Script { steps, overrides })
}

/// Scripts without overrides.
pub(crate) fn plain_scripts(max: usize) -> impl Strategy<Value = Script> {
    steps(max).prop_map(|steps| Script {
        steps,
        overrides: false,
    })
}

/// Steps of all sorts, with runs in which one project moves forward. Most scripts start with money,
/// and some end with the year closed and one step more.
fn steps(max: usize) -> impl Strategy<Value = Vec<Step>> {
    let runs = prop_oneof![4 => step().prop_map(|step| vec![step]), 1 => run()];
    let funded = prop_oneof![1 => Just(Vec::new()), 5 => prop::collection::vec(advance(when()), 2)];
    let ended = prop_oneof![2 => Just(Vec::new()), 1 => prop::collection::vec(advance(Just(When::Onward)), 9..15)];
    let middle = prop::collection::vec(runs, 1..=(max / 2).max(2));
    (funded, middle, ended, step()).prop_map(move |(funded, middle, ended, last)| {
        let mut steps: Vec<Step> = funded
            .into_iter()
            .chain(middle.into_iter().flatten())
            .collect();
        steps.truncate(max.saturating_sub(ended.len() + 1).max(1));
        steps.into_iter().chain(ended).chain([last]).collect()
    })
}

/// One project taking three to seven steps in order.
fn run() -> impl Strategy<Value = Vec<Step>> {
    let index = prop_oneof![3 => Just(0), 4 => 0..PROJECTS.len()];
    (index, prop::collection::vec((step(), size()), 3..=7)).prop_map(|(index, steps)| {
        let walk = |(step, size)| Step {
            year: 0,
            when: When::Now,
            act: Act::Walk(index, size),
            ..step
        };
        steps.into_iter().map(walk).collect()
    })
}

/// The first year taking its next step.
fn advance(when: impl Strategy<Value = When>) -> impl Strategy<Value = Step> {
    (when, 0..64_usize).prop_map(|(when, flavour)| Step {
        year: 0,
        when,
        act: Act::Advance(Size::All),
        overridden: false,
        flavour,
    })
}

/// One step.
pub(crate) fn step() -> impl Strategy<Value = Step> {
    let year = prop_oneof![12 => Just(0), 2 => Just(1_usize), 1 => Just(2)];
    let overridden = prop_oneof![5 => Just(false), 1 => Just(true)];
    (year, when(), act(), overridden, 0..64_usize).prop_map(
        |(year, when, act, overridden, flavour)| Step {
            year,
            when,
            act,
            overridden,
            flavour,
        },
    )
}

fn when() -> impl Strategy<Value = When> {
    prop_oneof![
        6 => Just(When::Now),
        3 => Just(When::Onward),
        3 => (0..DAYS.len()).prop_map(When::Back),
        1 => (0..DAYS.len()).prop_map(When::Any),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    let project = || 0..PROJECTS.len();
    let any = (kind(), project(), select(Pot::ALL), size());
    prop_oneof![
        8 => (project(), size()).prop_map(|(project, size)| Act::Walk(project, size)),
        3 => size().prop_map(Act::Advance),
        7 => any.prop_map(|(kind, project, pot, size)| Act::Any { kind, project, pot, size }),
        2 => (0..12_usize).prop_map(Act::Undo),
    ]
}

/// Every kind; those that move money or name an earlier entry come more often.
fn kind() -> impl Strategy<Value = Kind> {
    const SPEAKING: [Kind; 7] = [
        Kind::Published,
        Kind::Explain,
        Kind::Due,
        Kind::Met,
        Kind::Reverse,
        Kind::Close,
        Kind::Reopen,
    ];
    let moving: Vec<Kind> = Kind::ALL
        .iter()
        .copied()
        .filter(|kind| kind.arrow().is_some())
        .collect();
    prop_oneof![3 => select(Kind::ALL), 3 => select(moving), 1 => select(SPEAKING.as_slice())]
}

fn size() -> impl Strategy<Value = Size> {
    prop_oneof![
        3 => (1..=6_i64).prop_map(|fifties| Size::Pence(fifties * 5_000)),
        1 => (1..=30_000_i64).prop_map(Size::Pence),
        1 => (1..=3_i64).prop_map(Size::Pence),
        2 => Just(Size::All),
        1 => Just(Size::OneTooMany),
        3 => Just(Size::Omitted),
    ]
}

// == The world of scripts ==

/// The projects of every year. The first three ask for upfront money when they move forward.
pub(crate) const PROJECTS: [&str; 5] = ["P01", "P02", "P03", "P04", "P05"];

/// Days from before a year opens to long after its end: the calendar year counted from that of its
/// 1 April, and the day.
const DAYS: [(i16, &str); 16] = [
    (-1, "12-31"),
    (0, "01-01"),
    (0, "02-10"),
    (0, "03-31"),
    (0, "04-01"),
    (0, "04-28"),
    (0, "06-30"),
    (0, "07-23"),
    (0, "09-30"),
    (0, "11-20"),
    (0, "12-31"),
    (1, "02-25"),
    (1, "03-31"),
    (1, "04-01"),
    (1, "04-30"),
    (1, "06-15"),
];

/// The years of scripts.
pub(crate) fn years() -> [FinancialYear; 3] {
    let first: FinancialYear = "2025/26".parse().expect("a year");
    [first, first.next(), first.next().next()]
}

/// The days of scripts in a year, in order.
pub(crate) fn days(year: FinancialYear) -> Vec<Date> {
    let start = year.first_day().calendar_year();
    DAYS.iter()
        .map(|(offset, day)| format!("{}-{day}", start + offset).parse().expect("a day"))
        .collect()
}

/// A project by its index in [`PROJECTS`].
pub(crate) fn project(index: usize) -> ProjectRef {
    PROJECTS[index % PROJECTS.len()]
        .parse()
        .expect("a project ref")
}

/// Texts that files and databases have trouble with.
const TEXTS: [&str; 8] = [
    "Plain words",
    "One, two",
    "He said \"no\"",
    "two\nlines",
    "=SUM(A1:A9)",
    "Gwasanaeth Caerffili – £5 ½",
    "'; DROP TABLE entry; --",
    "😀 тест",
];

fn text(flavour: usize) -> String {
    TEXTS[flavour % TEXTS.len()].to_owned()
}

fn text_on_one_line(flavour: usize) -> String {
    text(flavour).replace('\n', " ")
}

fn sometimes<T>(value: T, flavour: usize, one_in: usize) -> Option<T> {
    flavour.is_multiple_of(one_in).then_some(value)
}

impl Step {
    /// The draft of this step, given the journal and the clock.
    pub(crate) fn draft(&self, journal: &Journal, clock: usize) -> Draft {
        let year = years()[self.year % 3];
        let flavour = self.flavour;
        let now = World {
            journal,
            year,
            portfolio: journal.portfolio(year),
            flavour,
        };
        let event = match self.act {
            Act::Walk(index, size) => now.next_decision(project(index), walked_pot(index), size),
            Act::Advance(size) => now.next_of_the_year(clock, size),
            Act::Any {
                kind,
                project: index,
                pot,
                size,
            } => now.event(kind, project(index), pot, size),
            Act::Undo(back) => Event::Reverse {
                entry: now.earlier(back),
            },
        };
        let kind = event.kind();
        let names_an_entry = event.refers_to().is_some();
        let noted = matches!(
            kind,
            Kind::Progress
                | Kind::Explain
                | Kind::Reopen
                | Kind::Reverse
                | Kind::Detail
                | Kind::Match
                | Kind::Certify
        );
        let on = self.day(&now, &event, clock);
        let by = if flavour.is_multiple_of(5) {
            "A. N. Other"
        } else {
            "KCST"
        };
        let mut draft = Draft::builder(year, event, by);
        if let Some(on) = on {
            draft = draft.on(on);
        }
        let rests_on_one = kind.agreement().is_some() && !flavour.is_multiple_of(8);
        if rests_on_one || flavour.is_multiple_of(3) && !names_an_entry {
            draft = draft.reference(format!("INV-{}", flavour % 2));
        }
        if noted || flavour.is_multiple_of(7) {
            draft = draft.note(text(flavour));
        }
        if self.overridden {
            let reason = format!("Agreed by letter: {}", text_on_one_line(flavour));
            draft = draft.override_reason(reason);
        }
        draft.build().expect("steps ask only for what is valid")
    }

    /// The day; most reversals leave it out or take that of the entry they reverse.
    fn day(&self, now: &World<'_>, event: &Event, clock: usize) -> Option<Date> {
        let days = days(now.year);
        let clock = clock.min(days.len() - 1);
        let day = match self.when {
            When::Now | When::Onward => days[clock],
            When::Back(index) => days[index % (clock + 1)],
            When::Any(index) => days[index % days.len()],
        };
        let Event::Reverse { entry } = event else {
            return Some(day);
        };
        match self.when {
            When::Any(_) => Some(day),
            When::Back(_) => now.journal.entry(*entry).map(|entry| entry.on),
            When::Now | When::Onward => None,
        }
    }
}

/// The pot that a project asks when it moves forward.
fn walked_pot(index: usize) -> Pot {
    if index < 3 {
        Pot::Upfront
    } else {
        Pot::Tactical
    }
}

/// The state of things when a step's turn comes.
struct World<'a> {
    journal: &'a Journal,
    year: FinancialYear,
    portfolio: Portfolio,
    flavour: usize,
}

impl World<'_> {
    /// The next decision on a project.
    fn next_decision(&self, project: ProjectRef, pot: Pot, size: Size) -> Event {
        let Some(now) = self.portfolio.projects.get(&project) else {
            return self.event(Kind::Propose, project, pot, size);
        };
        let waits = now.pot == Pot::Tactical && self.portfolio.released_on.is_none();
        let kind = match now.stage {
            Stage::Submitted if waits => Kind::Release,
            Stage::Proposed | Stage::Recommended if self.flavour.is_multiple_of(13) => {
                Kind::Decline
            }
            Stage::Submitted if self.flavour.is_multiple_of(13) => Kind::Reject,
            Stage::Proposed | Stage::Declined => Kind::Recommend,
            Stage::Recommended => Kind::Endorse,
            Stage::Endorsed | Stage::Rejected => Kind::Submit,
            Stage::Submitted => Kind::Approve,
            Stage::Approved if self.flavour.is_multiple_of(16) => Kind::Complete,
            Stage::Approved if self.flavour.is_multiple_of(9) => Kind::Refund,
            Stage::Approved if self.flavour.is_multiple_of(11) => Kind::Withdraw,
            Stage::Approved => Kind::Spend,
            Stage::Complete => Kind::Return,
            Stage::Withdrawn => Kind::Outcome,
        };
        let size = match kind {
            // Proposals that move forward keep the amount that was asked.
            Kind::Approve => Size::All,
            Kind::Recommend | Kind::Submit => Size::Omitted,
            _ => size,
        };
        if kind == Kind::Return {
            return Event::Return {
                amount: self.amount(kind, Some(&project), pot, size),
                holder: Holder::Project(project),
            };
        }
        self.event(kind, project, pot, size)
    }

    /// The next step of the year: an allocation; the release; at the end the return of what is left,
    /// and the closing.
    fn next_of_the_year(&self, clock: usize, size: Size) -> Event {
        let now = &self.portfolio;
        let anyone = project(self.flavour);
        if now.closed {
            return self.event(Kind::Reopen, anyone, Pot::Upfront, size);
        }
        if now.upfront.allocated.is_zero() {
            return Event::Allocate {
                pot: Pot::Upfront,
                amount: Money::from_pence(60_000),
            };
        }
        if now.tactical.allocated.is_zero() {
            return Event::Allocate {
                pot: Pot::Tactical,
                amount: Money::from_pence(30_000),
            };
        }
        if now.released_on.is_none() {
            return Event::Release { amount: None };
        }
        if clock < 8 {
            return self.event(Kind::Receive, anyone, Pot::Upfront, size);
        }
        if !now.uncommitted().is_zero() {
            return Event::Return {
                holder: Holder::Pot(Pot::Tactical),
                amount: now.uncommitted(),
            };
        }
        match now
            .projects
            .iter()
            .find(|(_, project)| !project.unspent().is_zero())
        {
            Some((project, now)) => Event::Return {
                holder: Holder::Project(project.clone()),
                amount: now.unspent(),
            },
            None => Event::Close,
        }
    }

    /// An entry of any kind.
    fn event(&self, kind: Kind, project: ProjectRef, pot: Pot, size: Size) -> Event {
        let flavour = self.flavour;
        let amount = self.amount(kind, Some(&project), pot, size);
        let given = (!matches!(size, Size::Omitted)).then_some(amount);
        let supplier = ["Acme Ltd", "Bell, Book & Candle"]
            .get(flavour % 3)
            .map(|name| (*name).to_owned());
        let vat = Vat::ALL[flavour % 2];
        let (title, lead) = (text_on_one_line(flavour), text_on_one_line(flavour / 8));
        let measure = || ["people", "sessions"][flavour % 2].to_owned();
        let value = || {
            ["145", "271000", "2.5", "0"][flavour % 4]
                .parse()
                .expect("a quantity")
        };
        let priorities = ["PCP-1", "PCP-1;CSA-2"][flavour % 2]
            .parse()
            .expect("priorities");
        match kind {
            Kind::Allocate => Event::Allocate { pot, amount },
            Kind::Cut => Event::Cut { pot, amount },
            Kind::Confirm => Event::Confirm,
            Kind::Propose => {
                let priorities = sometimes(priorities, flavour, 2).unwrap_or_default();
                Event::Propose {
                    project,
                    pot,
                    amount,
                    title,
                    lead,
                    priorities,
                }
            }
            Kind::Amend => Event::Amend {
                project,
                amount: given,
                title: sometimes(title, flavour, 2),
                lead: sometimes(lead, flavour, 3),
                priorities: sometimes(priorities, flavour, 5),
            },
            Kind::Recommend => Event::Recommend {
                project,
                amount: given,
            },
            Kind::Endorse => Event::Endorse { project },
            Kind::Submit => Event::Submit {
                project,
                amount: given,
            },
            Kind::Decline => Event::Decline { project },
            Kind::Reject => Event::Reject { project },
            Kind::Approve => Event::Approve { project, amount },
            Kind::Increase => Event::Increase { project, amount },
            Kind::Reduce => Event::Reduce { project, amount },
            Kind::Withdraw => Event::Withdraw {
                project,
                amount: given,
            },
            Kind::Release => Event::Release { amount: given },
            Kind::Spend => Event::Spend {
                project,
                amount,
                supplier,
                vat,
                measure: sometimes(measure(), flavour, 3),
                value: sometimes(Source::ALL[flavour % 3], flavour, 2),
            },
            Kind::Refund => Event::Refund {
                project,
                amount,
                supplier,
                vat,
                measure: sometimes(measure(), flavour, 4),
                value: sometimes(Source::ALL[flavour % 3], flavour, 3),
            },
            Kind::Complete => Event::Complete { project },
            Kind::Return if flavour.is_multiple_of(2) => Event::Return {
                holder: Holder::Pot(pot),
                amount,
            },
            Kind::Return => Event::Return {
                holder: Holder::Project(project),
                amount,
            },
            Kind::Repay => Event::Repay {
                holder: self.repaid().0,
                amount,
            },
            Kind::Lapse if flavour.is_multiple_of(2) => Event::Lapse {
                holder: Holder::Pot(pot),
                amount,
            },
            Kind::Lapse => Event::Lapse {
                holder: Holder::Project(project),
                amount,
            },
            Kind::Receive => Event::Receive { amount },
            Kind::Progress => Event::Progress { project },
            Kind::Target => Event::Target {
                project,
                measure: measure(),
                value: value(),
            },
            Kind::Outcome => Event::Outcome {
                project,
                measure: measure(),
                value: value(),
            },
            Kind::Forecast => Event::Forecast { project, amount },
            Kind::Published => self.published(project, amount, title),
            Kind::Explain => Event::Explain {
                entry: self.last_of(Kind::Published),
            },
            Kind::Issue => Event::Issue {
                title,
                value: format!("{flavour:064x}"),
            },
            Kind::Name => Event::Name {
                measure: NameOf::ALL[flavour % 3],
                title,
            },
            Kind::Scheme => Event::Scheme {
                measure: measure(),
                code: Some("PCP-1".parse().expect("a code")),
                title: Some(title),
                value: [SchemeChange::Begins, SchemeChange::Ends][flavour % 2],
            },
            Kind::Detail => Event::Detail {
                measure: DetailField::ALL[flavour % DetailField::ALL.len()],
                project: sometimes(project, flavour, 2),
            },
            Kind::Due => Event::Due {
                title,
                value: self.year.last_day(),
            },
            Kind::Met => Event::Met {
                entry: self.last_of(Kind::Due),
            },
            Kind::Document => Event::Document {
                title,
                value: Fingerprint::of_file(&[]),
                project: sometimes(project, flavour, 2),
                entry: sometimes(self.earlier(flavour), flavour, 3),
            },
            Kind::Match => Event::Match {
                value: Fingerprint::of_file(&[]),
                title,
                entries: EntryNumbers(vec![self.earlier(flavour)]),
            },
            Kind::Certify => Event::Certify {
                title,
                value: Fingerprint::of_file(&[]),
            },
            Kind::Close => Event::Close,
            Kind::Reopen => Event::Reopen,
            Kind::Reverse => Event::Reverse {
                entry: self.earlier(flavour),
            },
        }
    }

    fn published(&self, project: ProjectRef, amount: Money, title: String) -> Event {
        let measure = Measure::ALL[self.flavour % Measure::ALL.len()];
        let of_a_project = measure.is_for_a_project()
            && (!measure.is_for_a_year() || self.flavour.is_multiple_of(2));
        Event::Published {
            measure,
            project: of_a_project.then_some(project),
            amount,
            title,
        }
    }

    /// The amount, relative to the money that the kind would take it from.
    fn amount(&self, kind: Kind, project: Option<&ProjectRef>, pot: Pot, size: Size) -> Money {
        let least = if kind.may_be_zero() {
            Money::ZERO
        } else {
            Money::PENNY
        };
        let there = self.there(kind, project, pot);
        let amount = match size {
            Size::Pence(pence) => Money::from_pence(pence),
            Size::All | Size::Omitted => there,
            Size::OneTooMany => there + Money::PENNY,
        };
        amount.max(least)
    }

    /// The money that an entry of this kind can take.
    fn there(&self, kind: Kind, project: Option<&ProjectRef>, pot: Pot) -> Money {
        let now = &self.portfolio;
        let named = project.and_then(|project| now.projects.get(project));
        let of_project =
            |figure: fn(&crg::fold::Project) -> Money| named.map(figure).unwrap_or_default();
        match kind {
            Kind::Propose | Kind::Increase => now
                .pot(named.map_or(pot, |project| project.pot))
                .remaining(),
            Kind::Cut => now.pot(pot).remaining(),
            Kind::Release => now.upfront.remaining(),
            Kind::Amend | Kind::Recommend | Kind::Submit => of_project(|project| project.asked),
            Kind::Approve => of_project(|project| project.submitted.unwrap_or(project.asked)),
            Kind::Refund => of_project(|project| project.spent),
            Kind::Return | Kind::Lapse if self.flavour.is_multiple_of(2) => {
                now.pot(pot).remaining()
            }
            Kind::Repay => self.repaid().1,
            Kind::Lapse
            | Kind::Reduce
            | Kind::Withdraw
            | Kind::Spend
            | Kind::Return
            | Kind::Forecast => of_project(crg::fold::Project::unspent),
            _ => now.uncommitted(),
        }
    }

    /// The first that has returned money, or sometimes another, and how much.
    fn repaid(&self) -> (Holder, Money) {
        let now = &self.portfolio;
        let projects = now.projects.iter();
        let projects = projects.map(|(name, now)| (Holder::Project(name.clone()), now.returned));
        let pots = Pot::ALL.iter();
        let pots = pots.map(|pot| (Holder::Pot(*pot), now.pot(*pot).returned));
        projects
            .chain(pots)
            .find(|(_, returned)| !returned.is_zero())
            .filter(|_| !self.flavour.is_multiple_of(5))
            .unwrap_or_else(|| {
                let pot = Pot::ALL[self.flavour % 2];
                (Holder::Pot(pot), now.pot(pot).returned)
            })
    }

    /// The number of an earlier entry, counted back from the last; sometimes of one that does not
    /// exist yet.
    fn earlier(&self, back: usize) -> EntryNumber {
        let count = u32::try_from(self.journal.entries.len()).expect("a short journal");
        let back = u32::try_from(back).expect("a small number");
        EntryNumber(if back >= count {
            count + 1
        } else {
            count - back
        })
    }

    /// The last entry of a kind, or some other entry.
    fn last_of(&self, kind: Kind) -> EntryNumber {
        let last = self
            .journal
            .of(self.year)
            .filter(|entry| entry.event.kind() == kind)
            .last();
        last.filter(|_| !self.flavour.is_multiple_of(4))
            .map_or_else(|| self.earlier(self.flavour), |entry| entry.number)
    }
}
