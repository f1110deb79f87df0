//! Properties of every history, tested on random ones.
//!
//! The figures are compared with a [`Ledger`] that is written from the design alone: whole pence,
//! one step for each entry, and none of the library's arrows, flows or folds.

use std::collections::{BTreeMap, BTreeSet};

use crg::fold::{Account, Portfolio};
use crg::model::{Date, Draft, Entry, EntryNumber, Event, FinancialYear, Holder, Kind, Money, Pot};
use crg::rules::{Breach, Days, History, Refusal};
use proptest::prelude::*;

use crate::histories::{Journal, Script, moment, plain_scripts, scripts, step};

// == The naive ledger ==

/// The money of a year. Every balance is kept up to date entry by entry, beside the figures that
/// explain it.
#[derive(Default)]
pub(crate) struct Ledger {
    released: bool,
    released_in_all: i64,
    received: i64,
    confirmed: bool,
    closed: bool,
    upfront: PotLedger,
    tactical: PotLedger,
    projects: BTreeMap<String, ProjectLedger>,
}

#[derive(Default)]
struct PotLedger {
    rests: i64,
    allocated: i64,
    moved: i64,
    committed: i64,
    returned: i64,
    lapsed: i64,
}

struct ProjectLedger {
    pot: Pot,
    stage: &'static str,
    holds: i64,
    award: i64,
    spent: i64,
    returned: i64,
    lapsed: i64,
    requested: i64,
    asked: i64,
    submitted: Option<i64>,
}

/// The entries that count on a day, by the day they take effect and then in the order recorded,
/// without reversed ones.
pub(crate) fn counting(entries: &[Entry], as_at: Date) -> Vec<&Entry> {
    let reversed: BTreeSet<EntryNumber> = entries
        .iter()
        .filter(|e| e.event.kind() == Kind::Reverse)
        .filter_map(|e| e.event.refers_to())
        .collect();
    let counts = |e: &&Entry| {
        e.event.kind() != Kind::Reverse && !reversed.contains(&e.number) && e.on <= as_at
    };
    let mut counting: Vec<&Entry> = entries.iter().filter(counts).collect();
    counting.sort_by_key(|e| (e.on, e.number.0));
    counting
}

pub(crate) fn pence(amount: Money) -> i64 {
    amount.pence().expect("a small amount")
}

impl Ledger {
    pub(crate) fn of(entries: &[Entry], as_at: Date) -> Ledger {
        let mut ledger = Ledger::default();
        for entry in counting(entries, as_at) {
            ledger.take(&entry.event);
        }
        ledger
    }

    fn pot(&mut self, pot: Pot) -> &mut PotLedger {
        match pot {
            Pot::Upfront => &mut self.upfront,
            Pot::Tactical => &mut self.tactical,
        }
    }

    fn project(&mut self, name: &str) -> &mut ProjectLedger {
        self.projects
            .get_mut(name)
            .expect("a project is proposed before any other entry names it")
    }

    /// After the release nothing stays upfront: money that reaches it passes on, and money that it
    /// gives comes from the tactical pot.
    fn pass_on(&mut self, pot: Pot, reached: i64) {
        if self.released && pot == Pot::Upfront {
            self.cross(reached);
        }
    }

    /// Moves money from the upfront to the tactical pot.
    fn cross(&mut self, amount: i64) {
        self.upfront.rests -= amount;
        self.upfront.moved -= amount;
        self.tactical.rests += amount;
        self.tactical.moved += amount;
    }

    fn allocate(&mut self, pot: Pot, amount: i64) {
        self.pot(pot).rests += amount;
        self.pot(pot).allocated += amount;
        self.pass_on(pot, amount);
    }

    fn award(&mut self, name: &str, amount: i64) {
        let project = self.project(name);
        project.holds += amount;
        project.award += amount;
        let pot = project.pot;
        self.pot(pot).rests -= amount;
        self.pot(pot).committed += amount;
        self.pass_on(pot, -amount);
    }

    fn spend(&mut self, name: &str, amount: i64) {
        let project = self.project(name);
        project.holds -= amount;
        project.spent += amount;
    }

    /// Returns money to the OPCC, or has it repaid. What is repaid to the upfront pot passes on.
    fn give_back(&mut self, holder: &Holder, amount: i64) {
        match holder {
            Holder::Pot(pot) => {
                self.pot(*pot).rests -= amount;
                self.pot(*pot).returned += amount;
                if amount < 0 {
                    self.pass_on(*pot, -amount);
                }
            }
            Holder::Project(project) => {
                let project = self.project(project.as_str());
                project.holds -= amount;
                project.returned += amount;
            }
        }
    }

    fn lapse(&mut self, holder: &Holder, amount: i64) {
        match holder {
            Holder::Pot(pot) => {
                self.pot(*pot).rests -= amount;
                self.pot(*pot).lapsed += amount;
            }
            Holder::Project(project) => {
                let project = self.project(project.as_str());
                project.holds -= amount;
                project.lapsed += amount;
            }
        }
    }

    fn reach(&mut self, name: &str, stage: &'static str) {
        self.project(name).stage = stage;
    }

    fn take(&mut self, event: &Event) {
        match event {
            Event::Allocate { pot, amount } => self.allocate(*pot, pence(*amount)),
            Event::Cut { pot, amount } => self.allocate(*pot, -pence(*amount)),
            Event::Confirm => self.confirmed = true,
            Event::Close => self.closed = true,
            Event::Reopen => self.closed = false,
            Event::Receive { amount } => self.received += pence(*amount),
            Event::Release { amount } => {
                let amount = pence(amount.expect("worked out when recorded"));
                self.released = true;
                self.released_in_all += amount;
                self.cross(amount);
            }
            Event::Return { holder, amount } => self.give_back(holder, pence(*amount)),
            Event::Repay { holder, amount } => self.give_back(holder, -pence(*amount)),
            Event::Lapse { holder, amount } => self.lapse(holder, pence(*amount)),
            Event::Spend {
                project, amount, ..
            } => self.spend(project.as_str(), pence(*amount)),
            Event::Refund {
                project, amount, ..
            } => self.spend(project.as_str(), -pence(*amount)),
            Event::Propose {
                project,
                pot,
                amount,
                ..
            } => {
                let asked = pence(*amount);
                let proposed = ProjectLedger {
                    pot: *pot,
                    stage: "proposed",
                    holds: 0,
                    award: 0,
                    spent: 0,
                    returned: 0,
                    lapsed: 0,
                    requested: asked,
                    asked,
                    submitted: None,
                };
                self.projects.insert(project.to_string(), proposed);
            }
            _ => self.decide(event),
        }
    }

    /// Applies an entry that names a project, after its proposal.
    fn decide(&mut self, event: &Event) {
        let Some(name) = event.project().map(ToString::to_string) else {
            return;
        };
        let name = name.as_str();
        let amount = event.amount().map(pence);
        match event.kind() {
            Kind::Amend => {
                let project = self.project(name);
                project.asked = amount.unwrap_or(project.asked);
                project.requested = amount.unwrap_or(project.requested);
            }
            Kind::Recommend => {
                let project = self.project(name);
                project.asked = amount.unwrap_or(project.asked);
                project.stage = "recommended";
            }
            Kind::Submit => {
                let project = self.project(name);
                project.asked = amount.unwrap_or(project.asked);
                project.submitted = Some(project.asked);
                project.stage = "submitted";
            }
            Kind::Approve => {
                self.award(name, amount.expect("an award"));
                self.reach(name, "approved");
            }
            Kind::Increase => self.award(name, amount.expect("an amount")),
            Kind::Reduce => self.award(name, -amount.expect("an amount")),
            Kind::Withdraw => {
                self.award(name, -amount.expect("worked out when recorded"));
                self.reach(name, "withdrawn");
            }
            Kind::Endorse => self.reach(name, "endorsed"),
            Kind::Decline => self.reach(name, "declined"),
            Kind::Reject => self.reach(name, "rejected"),
            Kind::Complete => self.reach(name, "complete"),
            _ => {}
        }
    }

    /// The pence in each pot and project, by its name in reports; those with nothing are left out.
    pub(crate) fn held(&self) -> BTreeMap<String, i64> {
        let pots = [
            ("upfront".to_owned(), self.upfront.rests),
            ("tactical".to_owned(), self.tactical.rests),
        ];
        let projects = self
            .projects
            .iter()
            .map(|(name, project)| (name.clone(), project.holds));
        pots.into_iter()
            .chain(projects)
            .filter(|(_, held)| *held != 0)
            .collect()
    }

    fn account(&self, name: &str) -> Option<i64> {
        self.accounts()
            .into_iter()
            .find(|(account, _)| account == name)
            .map(|(_, balance)| balance)
    }

    /// Every account that must not be below zero, by its name in refusals, with its balance.
    fn accounts(&self) -> Vec<(String, i64)> {
        let mut accounts = vec![
            ("the upfront pot".to_owned(), self.upfront.rests),
            ("the tactical pot".to_owned(), self.tactical.rests),
            (
                "the money returned by the upfront pot".to_owned(),
                self.upfront.returned,
            ),
            (
                "the money returned by the tactical pot".to_owned(),
                self.tactical.returned,
            ),
        ];
        for (name, project) in &self.projects {
            accounts.push((format!("project {name}"), project.holds));
            accounts.push((format!("the spend of project {name}"), project.spent));
            let returned = format!("the money returned by project {name}");
            accounts.push((returned, project.returned));
        }
        accounts
    }
}

// == The figures ==

/// Every figure by name, so that a difference reads well.
type Figures = BTreeMap<String, String>;

fn naive_figures(ledger: &Ledger) -> Figures {
    let mut figures = Figures::new();
    let mut put = |name: String, value: String| figures.insert(name, value);
    let all = |figure: fn(&ProjectLedger) -> i64| ledger.projects.values().map(figure).sum::<i64>();
    let allocation = ledger.upfront.allocated + ledger.tactical.allocated;
    let spent = all(|p| p.spent);
    let returned = ledger.upfront.returned + ledger.tactical.returned + all(|p| p.returned);
    let lapsed = ledger.upfront.lapsed + ledger.tactical.lapsed + all(|p| p.lapsed);
    // What is left can be returned pound by pound until the cash from the OPCC is gone.
    let left = allocation - spent - returned - lapsed;
    let owed = spent + returned + left;
    let not_drawn = match ledger.received {
        0 => 0,
        received => (owed - received).clamp(0, left),
    };
    for (name, value) in [
        ("allocation", allocation),
        ("awards", all(|p| p.award)),
        ("spent", spent),
        ("returned", returned),
        ("lapsed", lapsed),
        ("unspent awards", all(|p| p.holds)),
        ("uncommitted", ledger.upfront.rests + ledger.tactical.rests),
        ("underspend", allocation - spent),
        ("to return", left - not_drawn),
        ("not drawn", not_drawn),
        ("cash held", ledger.received - spent - returned),
        ("released", ledger.released_in_all),
    ] {
        put(name.into(), value.to_string());
    }
    put("confirmed".into(), ledger.confirmed.to_string());
    put("closed".into(), ledger.closed.to_string());
    let pipeline = |pot: Pot| -> i64 {
        let pending = |p: &&ProjectLedger| {
            p.pot == pot && ["proposed", "recommended", "endorsed", "submitted"].contains(&p.stage)
        };
        ledger
            .projects
            .values()
            .filter(pending)
            .map(|p| p.asked)
            .sum()
    };
    let (asked_upfront, asked_tactical) = (pipeline(Pot::Upfront), pipeline(Pot::Tactical));
    // After the release the tactical pot would pay for everything still pending.
    let if_all = match ledger.released {
        false => [
            ledger.upfront.rests - asked_upfront,
            ledger.tactical.rests - asked_tactical,
        ],
        true => [
            ledger.upfront.rests,
            ledger.tactical.rests - asked_upfront - asked_tactical,
        ],
    };
    let pots = [
        ("upfront", &ledger.upfront, asked_upfront, if_all[0]),
        ("tactical", &ledger.tactical, asked_tactical, if_all[1]),
    ];
    for (name, pot, asked, if_all) in pots {
        let sums = [
            pot.allocated,
            pot.moved,
            pot.committed,
            pot.returned,
            pot.lapsed,
            pot.rests,
            asked,
            if_all,
        ];
        put(
            format!(
                "{name}: allocated, moved, committed, returned, lapsed, remaining, pipeline, if all approved"
            ),
            format!("{sums:?}"),
        );
        put(
            format!("{name} open"),
            ((name == "tactical") == ledger.released).to_string(),
        );
    }
    for (name, p) in &ledger.projects {
        let sums = [
            p.award,
            p.spent,
            p.returned,
            p.lapsed,
            p.award - p.spent,
            p.holds,
            p.requested,
            p.asked,
        ];
        put(
            format!(
                "{name}: award, spent, returned, lapsed, underspend, unspent, requested, asked"
            ),
            format!("{sums:?}"),
        );
        put(
            format!("{name} stands"),
            format!("{} {} {:?}", p.pot, p.stage, p.submitted),
        );
    }
    figures
}

fn figures(portfolio: &Portfolio) -> Figures {
    let mut figures = Figures::new();
    let mut put = |name: String, value: String| figures.insert(name, value);
    for (name, value) in [
        ("allocation", portfolio.allocation()),
        ("awards", portfolio.awards()),
        ("spent", portfolio.spent()),
        ("returned", portfolio.returned()),
        ("lapsed", portfolio.lapsed()),
        ("unspent awards", portfolio.unspent_awards()),
        ("uncommitted", portfolio.uncommitted()),
        ("underspend", portfolio.underspend()),
        ("to return", portfolio.to_return()),
        ("not drawn", portfolio.not_drawn()),
        ("cash held", portfolio.cash_held()),
        ("released", portfolio.released),
    ] {
        put(name.into(), pence(value).to_string());
    }
    put("confirmed".into(), portfolio.confirmed.to_string());
    put("closed".into(), portfolio.closed.to_string());
    for pot in Pot::ALL {
        let (p, asked, if_all) = (
            portfolio.pot(*pot),
            portfolio.pipeline(*pot),
            portfolio.remaining_if_all_approved(*pot),
        );
        let sums = [
            p.allocated,
            p.moved,
            p.committed,
            p.returned,
            p.lapsed,
            p.remaining(),
            asked,
            if_all,
        ]
        .map(pence);
        put(
            format!(
                "{pot}: allocated, moved, committed, returned, lapsed, remaining, pipeline, if all approved"
            ),
            format!("{sums:?}"),
        );
        put(format!("{pot} open"), portfolio.is_open(*pot).to_string());
    }
    for (name, p) in &portfolio.projects {
        let sums = [
            p.award,
            p.spent,
            p.returned,
            p.lapsed,
            p.underspend(),
            p.unspent(),
            p.requested,
            p.asked,
        ]
        .map(pence);
        put(
            format!(
                "{name}: award, spent, returned, lapsed, underspend, unspent, requested, asked"
            ),
            format!("{sums:?}"),
        );
        put(
            format!("{name} stands"),
            format!("{} {} {:?}", p.pot, p.stage, p.submitted.map(pence)),
        );
    }
    figures
}

/// The days on which a year's entries take effect.
fn days_of(entries: &[Entry]) -> BTreeSet<Date> {
    entries.iter().map(|entry| entry.on).collect()
}

/// Each year of a journal with its entries in the order recorded.
fn by_year(journal: &Journal) -> Vec<(FinancialYear, Vec<Entry>)> {
    journal
        .years()
        .map(|year| (year, journal.of(year).cloned().collect()))
        .collect()
}

// == What can be observed ==

/// Everything that a history shows.
#[derive(Debug, PartialEq)]
struct Observed {
    portfolio: Portfolio,
    days: BTreeMap<Account, Days>,
    breaches: Vec<Breach>,
    below_zero: Vec<(Account, Date, Money)>,
}

fn observed(history: &History) -> Observed {
    Observed {
        portfolio: history.portfolio().clone(),
        days: history.days().clone(),
        breaches: history.breaches(),
        below_zero: history
            .below_zero()
            .map(|(account, on, short)| (account.clone(), on, short))
            .collect(),
    }
}

fn all_observed(journal: &Journal) -> BTreeMap<FinancialYear, Observed> {
    journal
        .histories
        .iter()
        .map(|(year, history)| (*year, observed(history)))
        .collect()
}

// == The rules, naively ==

/// The absolute rules, other than those about money, that a year's entries break.
fn broken_absolutes(entries: &[Entry]) -> Vec<String> {
    let mut broken = Vec::new();
    let mut closed = false;
    let mut toggled = Date::MIN;
    let mut reversed = BTreeSet::new();
    for entry in entries {
        let (number, kind) = (entry.number, entry.event.kind());
        let allowed = matches!(
            kind,
            Kind::Reopen
                | Kind::Published
                | Kind::Explain
                | Kind::Issue
                | Kind::Receive
                | Kind::Certify
                | Kind::Document
                | Kind::Detail
                | Kind::Due
                | Kind::Met
                | Kind::Match
                | Kind::Name
                | Kind::Scheme
                | Kind::Progress
                | Kind::Outcome
        );
        if closed && !allowed {
            broken.push(format!("{number}: {kind} in a closed year"));
        }
        if kind == Kind::Reopen && !closed {
            broken.push(format!("{number}: reopened, and not closed"));
        }
        if matches!(kind, Kind::Close | Kind::Reopen) {
            if entry.on < toggled {
                broken.push(format!("{number}: {kind} before the last"));
            }
            (closed, toggled) = (kind == Kind::Close, entry.on);
        }
        let Some(target) = entry.event.refers_to() else {
            continue;
        };
        let Some(target) = entries
            .iter()
            .find(|e| e.number == target && e.number < number)
        else {
            broken.push(format!(
                "{number}: names entry {target}, which the year has not"
            ));
            continue;
        };
        if kind == Kind::Explain && target.event.kind() != Kind::Published {
            broken.push(format!("{number}: explains a {}", target.event.kind()));
        }
        if kind == Kind::Met && target.event.kind() != Kind::Due {
            broken.push(format!("{number}: meets a {}", target.event.kind()));
        }
        if kind == Kind::Reverse {
            if matches!(
                target.event.kind(),
                Kind::Reverse | Kind::Close | Kind::Reopen
            ) {
                broken.push(format!("{number}: reverses a {}", target.event.kind()));
            }
            if target.on != entry.on {
                broken.push(format!("{number}: reverses on another day"));
            }
            if !reversed.insert(target.number) {
                broken.push(format!("{number}: reverses a second time"));
            }
        }
    }
    broken.extend(broken_of_projects(entries));
    broken
}

/// A project is proposed once, before any other entry names it, and approved once.
fn broken_of_projects(entries: &[Entry]) -> Vec<String> {
    let mut broken = Vec::new();
    let (mut proposed, mut approved) = (BTreeSet::new(), BTreeSet::new());
    for entry in counting(entries, Date::MAX) {
        let Some(project) = entry.event.project() else {
            continue;
        };
        let (number, kind) = (entry.number, entry.event.kind());
        if kind == Kind::Propose && !proposed.insert(project.clone()) {
            broken.push(format!("{number}: {project} proposed twice"));
        }
        if !proposed.contains(project) {
            broken.push(format!(
                "{number}: {kind} of {project} before it is proposed"
            ));
        }
        if kind == Kind::Approve && !approved.insert(project.clone()) {
            broken.push(format!("{number}: {project} approved twice"));
        }
    }
    broken
}

/// The stages from which a decision is in order.
const IN_ORDER: [(Kind, &[&str]); 10] = [
    (Kind::Recommend, &["proposed", "declined", "rejected"]),
    (Kind::Endorse, &["recommended"]),
    (Kind::Submit, &["endorsed", "rejected"]),
    (Kind::Decline, &["proposed", "recommended"]),
    (Kind::Reject, &["submitted"]),
    (Kind::Approve, &["submitted"]),
    (Kind::Increase, &["approved"]),
    (Kind::Reduce, &["approved", "complete"]),
    (Kind::Spend, &["approved"]),
    (Kind::Complete, &["approved"]),
];

/// The process rules that a year's entries break.
fn lapses(year: FinancialYear, entries: &[Entry]) -> Vec<String> {
    let mut lapses = Vec::new();
    let mut ledger = Ledger::default();
    let (mut invoices, mut approved) = (BTreeSet::new(), BTreeSet::new());
    for entry in counting(entries, Date::MAX) {
        let (number, kind, on) = (entry.number, entry.event.kind(), entry.on);
        let mut lapse = |broken: bool, rule: &str| {
            if broken {
                lapses.push(format!("{number}: {kind} on {on}: {rule}"));
            }
        };
        lapse(on < year.opens(), "before 1 January");
        lapse(
            matches!(kind, Kind::Spend | Kind::Refund) && on < year.first_day(),
            "before 1 April",
        );
        let bounded = kind == Kind::Allocate
            || kind == Kind::Propose
            || kind == Kind::Withdraw
            || IN_ORDER[..8].iter().any(|(k, _)| *k == kind);
        lapse(bounded && on > year.last_day(), "after 31 March");
        lapse(kind == Kind::Confirm && ledger.confirmed, "twice");
        let pending = |p: &ProjectLedger| {
            p.pot == Pot::Upfront
                && ["proposed", "recommended", "endorsed", "submitted"].contains(&p.stage)
        };
        lapse(
            kind == Kind::Release && ledger.projects.values().any(pending),
            "upfront proposals are undecided",
        );
        if let Some((project, p)) = entry
            .event
            .project()
            .and_then(|project| Some((project, ledger.projects.get(project.as_str())?)))
        {
            let in_order = IN_ORDER
                .iter()
                .find(|(k, _)| *k == kind)
                .is_none_or(|(_, stages)| stages.contains(&p.stage));
            lapse(!in_order, p.stage);
            lapse(
                kind == Kind::Withdraw
                    && ["declined", "rejected", "complete", "withdrawn"].contains(&p.stage),
                p.stage,
            );
            let asked = entry.event.amount().map(pence);
            lapse(
                kind == Kind::Approve && asked > p.submitted,
                "more than submitted",
            );
            // A pot that is the year's only one so far waits for no release.
            let has_upfront = ledger.upfront.allocated != 0
                || ledger.projects.values().any(|p| p.pot == Pot::Upfront);
            lapse(
                kind == Kind::Approve && p.pot == Pot::Tactical && has_upfront && !ledger.released,
                "tactical, before the release",
            );
            lapse(
                kind == Kind::Amend && asked.is_some() && approved.contains(project),
                "amended after approval",
            );
            if kind == Kind::Approve {
                approved.insert(project.clone());
            }
        }
        if let Event::Spend {
            project,
            amount,
            supplier,
            ..
        } = &entry.event
        {
            let invoice = (
                project.clone(),
                supplier.clone(),
                entry.reference.clone(),
                on,
                pence(*amount),
            );
            lapse(!invoices.insert(invoice), "the same spend twice");
        }
        ledger.take(&entry.event);
    }
    lapses
}

// == Properties ==

/// So many cases, or as few as CRG_PROPERTIES says; then none that fails is made smaller.
fn cases(cases: u32) -> ProptestConfig {
    let asked = std::env::var("CRG_PROPERTIES").ok();
    let fewer: Option<u32> = asked.and_then(|asked| asked.parse().ok());
    ProptestConfig {
        cases: fewer.unwrap_or(cases),
        failure_persistence: None,
        max_shrink_iters: if fewer.is_some() { 0 } else { 20_000 },
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases(500))]

    /// On every day no money is made or lost, nothing is below zero, and every figure is that of the
    /// ledger.
    #[test]
    fn money_is_conserved_and_every_figure_is_right_on_every_day(script in scripts(45)) {
        let journal = script.play().journal;
        for (year, entries) in by_year(&journal) {
            for day in days_of(&entries) {
                let ledger = Ledger::of(&entries, day);
                for (account, balance) in ledger.accounts() {
                    prop_assert!(balance >= 0, "{account} is {balance} on {day}");
                }
                let portfolio = Portfolio::fold(year, &journal.standing(year, day)).expect("the rules guarded it");
                prop_assert_eq!(figures(&portfolio), naive_figures(&ledger), "on {}", day);
                let where_it_is = portfolio.spent() + portfolio.returned() + portfolio.lapsed() + portfolio.unspent_awards() + portfolio.uncommitted();
                prop_assert_eq!(portfolio.allocation(), where_it_is, "on {}", day);
                for pot in [&ledger.upfront, &ledger.tactical] {
                    prop_assert_eq!(pot.allocated + pot.moved, pot.committed + pot.returned + pot.lapsed + pot.rests, "on {}", day);
                }
            }
        }
    }

    /// An overdraft is refused only if there would be one: the account, the day and the amounts are
    /// those of the ledger.
    #[test]
    fn an_overdraft_is_refused_only_if_there_would_be_one(script in scripts(45)) {
        let mut checked = Ok(());
        script.each(|journal, draft| {
            let refused = journal.try_record(draft.clone());
            let (account, on, asked, there) = match refused {
                Err(Refusal::Overdrawn { account, on, asked, there, .. }) => (account.to_string(), on, asked, there),
                Err(Refusal::MoreThanReturned { holder, on, asked, there, .. }) => (format!("the money returned by {holder}"), on, asked, there),
                _ => return,
            };
            if checked.is_ok() {
                checked = short(journal, draft, &account, on, pence(there) - pence(asked));
            }
        });
        checked?;
    }

    /// The history that the rules keep has the figures of the ledger, and on each day its balances.
    #[test]
    fn the_rules_see_the_same_money(script in scripts(45)) {
        let journal = script.play().journal;
        for (year, entries) in by_year(&journal) {
            let history = &journal.histories[&year];
            prop_assert_eq!(figures(history.portfolio()), naive_figures(&Ledger::of(&entries, Date::MAX)));
            for day in days_of(&entries) {
                let on_the_day = |account: Account| history.days().get(&account).map_or(0, |days| pence(days.balance_at(day)));
                let ledger = Ledger::of(&entries, day);
                prop_assert_eq!(on_the_day(Account::Pot(Pot::Upfront)), ledger.upfront.rests, "upfront on {}", day);
                prop_assert_eq!(on_the_day(Account::Pot(Pot::Tactical)), ledger.tactical.rests, "tactical on {}", day);
                for (name, project) in &ledger.projects {
                    let name: crg::model::ProjectRef = name.parse().expect("a ref");
                    prop_assert_eq!(on_the_day(Account::Project(name.clone())), project.holds, "{} on {}", name, day);
                    prop_assert_eq!(on_the_day(Account::Spent(name.clone())), project.spent, "spend of {} on {}", name, day);
                    let returned = Account::Returned(Some(Holder::Project(name.clone())));
                    prop_assert_eq!(on_the_day(returned), project.returned, "returned by {} on {}", name, day);
                }
            }
            prop_assert!(history.below_zero().all(|(account, ..)| *account == Account::Opcc), "only the funder may be below zero");
        }
    }

    /// Absolute rules hold whatever the order of recording, with or without overrides.
    #[test]
    fn absolute_rules_hold(script in scripts(45)) {
        let journal = script.play().journal;
        for (_, entries) in by_year(&journal) {
            prop_assert_eq!(broken_absolutes(&entries), Vec::<String>::new());
        }
    }

    /// If no entry has an override, no process rule is broken.
    #[test]
    fn process_rules_hold_without_overrides(script in plain_scripts(45)) {
        let journal = script.play().journal;
        for (year, entries) in by_year(&journal) {
            prop_assert_eq!(journal.histories[&year].breaches(), Vec::new());
            prop_assert_eq!(lapses(year, &entries), Vec::<String>::new());
        }
    }

    /// A refused draft leaves no trace, in figures or in later verdicts.
    #[test]
    fn a_refusal_changes_nothing(script in scripts(25), next in step()) {
        let mut checked = Ok(());
        script.each(|journal, draft| {
            let before = journal.clone();
            if journal.try_record(draft).is_err() && checked.is_ok() {
                checked = same(&before, journal, &next.draft(&before, 5));
            }
        });
        checked?;
    }

    /// A draft is read back from its row of text, and so is the draft of an entry.
    #[test]
    fn a_draft_is_read_back_from_its_cells(script in scripts(45)) {
        for (draft, outcome) in script.play().tried {
            let read = Draft::from_cells(&draft.cells());
            prop_assert_eq!(read.as_ref(), Ok(&draft));
            if let Ok(entry) = outcome {
                let recorded = entry.to_draft();
                prop_assert_eq!(Draft::from_cells(&recorded.cells()), Ok(recorded));
            }
        }
    }

    /// An entry and its reversal leave the history as if neither had been recorded.
    #[test]
    fn a_reversal_removes_an_entry(script in scripts(30), index in any::<prop::sample::Index>()) {
        let mut journal = script.play().journal;
        prop_assume!(!journal.entries.is_empty());
        let target = index.get(&journal.entries).clone();
        let reverse = Event::Reverse { entry: target.number };
        let draft = Draft::builder(target.year, reverse, target.by.as_str())
            .note("keyed twice")
            .override_reason(target.override_reason.as_deref().unwrap_or_default());
        if let Ok(reversal) = journal.try_record(draft.build().expect("a reversal")) {
            let neither = journal.of(target.year).filter(|entry| entry.number != target.number && entry.number != reversal.number);
            let neither: Vec<Entry> = neither.cloned().collect();
            let history = &journal.histories[&target.year];
            prop_assert_eq!(observed(history), observed(&History::from_entries(target.year, neither.clone())));
            prop_assert_eq!(figures(history.portfolio()), naive_figures(&Ledger::of(&neither, Date::MAX)));
        }
    }
}

proptest! {
    #![proptest_config(cases(250))]

    /// A journal made again from its entries, as in every command, is the same as the one that grew,
    /// and gives the same verdicts.
    #[test]
    fn a_journal_read_again_is_the_same(script in scripts(30)) {
        read_again(&script)?;
    }

    /// The same without overrides.
    #[test]
    fn a_journal_without_overrides_read_again_is_the_same(script in plain_scripts(30)) {
        read_again(&script)?;
    }
}

/// Checks that the account would be this far below zero on the day if the draft were recorded.
fn short(
    journal: &Journal,
    draft: Draft,
    account: &str,
    day: Date,
    balance: i64,
) -> Result<(), TestCaseError> {
    let named = draft
        .event()
        .refers_to()
        .and_then(|number| journal.entry(number));
    let worked_out = matches!(
        draft.event(),
        Event::Release { amount: None } | Event::Withdraw { amount: None, .. }
    );
    // Without its proposal, or with two, the other entries of a project move no definite amount.
    let of_a_proposal = named.map_or(draft.kind(), |named| named.event.kind()) == Kind::Propose;
    if worked_out || of_a_proposal {
        return Ok(());
    }
    let year = draft.year();
    let mut entry = some_entry(year);
    entry.number = EntryNumber(u32::MAX);
    entry.on = draft.on().or(named.map(|named| named.on)).expect("a day");
    entry.event = draft.event().clone();
    let entries: Vec<Entry> = journal.of(year).cloned().chain([entry]).collect();
    prop_assert!(balance < 0);
    prop_assert_eq!(
        Ledger::of(&entries, day).account(account),
        Some(balance),
        "{} on {}",
        account,
        day
    );
    Ok(())
}

/// An entry that any year accepts, to be changed into another one.
fn some_entry(year: FinancialYear) -> Entry {
    let draft = Draft::builder(year, Event::Confirm, "KCST").on(year.first_day());
    History::new(year)
        .record(
            draft.build().expect("a draft"),
            EntryNumber(1),
            moment(EntryNumber(1)),
            None,
        )
        .expect("an entry")
}

fn read_again(script: &Script) -> Result<(), TestCaseError> {
    let mut checked = Ok(());
    script.each(|journal, draft| {
        if checked.is_ok() {
            checked = same(journal, &journal.reloaded(), &draft);
        }
        let _ = journal.try_record(draft);
    });
    checked
}

/// Checks that two journals show the same and give the same verdict on a draft.
fn same(one: &Journal, other: &Journal, next: &Draft) -> Result<(), TestCaseError> {
    prop_assert_eq!(&one.entries, &other.entries);
    let (seen, seen_there) = (all_observed(one), all_observed(other));
    for (year, there) in &seen_there {
        let nothing = observed(&History::new(*year));
        prop_assert_eq!(seen.get(year).unwrap_or(&nothing), there);
    }
    prop_assert_eq!(one.verdict(next), other.verdict(next), "on {:?}", next);
    Ok(())
}
