//! The checks, in order: first the file, then the record, then the money, then lapses of process.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::Book;
use crate::book::chain::{Chain, Place};
use crate::book::record::history;
use crate::book::view::every_kind;
use crate::document::counted;
use crate::error::Error;
use crate::fold::{Account, Lens, Portfolio, Project};
use crate::model::{Date, FinancialYear, Fingerprint, Kind, Money, Pot, Priority, ProjectRef};
use crate::report::{CheckReport, Finding, Gap};
use crate::rules::{Days, History, Refusal};
use crate::store::{Balance, StoreError};

impl Book {
    /// Checks the whole book. What is wrong with it is in the report, and so is what cannot be
    /// read.
    #[must_use]
    pub fn check(&self) -> CheckReport {
        self.check_since(None)
    }

    /// Checks the whole book, and that it still has the entry which was the last when this
    /// fingerprint was written down: the chain then tells that nothing before it was changed.
    #[must_use]
    pub fn check_since(&self, head: Option<Fingerprint>) -> CheckReport {
        let mut report = CheckReport::default();
        let checked = self.store.read(|| {
            let chain = self.chain(head);
            if let Some(head) = head {
                let (place, faults) = self.head_place(head, &chain)?;
                report.add("head", Finding::Fault, place, faults);
            }
            self.examine(chain, &mut report)
        });
        if let Err(error) = checked {
            // What cannot be read ends the check where it stands, and is a fault; the chain may
            // have told it already.
            let told = told(&error);
            if !report.rows.iter().any(|row| row.detail.ends_with(&told)) {
                report.add("entries", Finding::Fault, String::new(), vec![told]);
            }
        }
        report
    }

    /// Is the fingerprint that of an entry up to which the chain holds, or of the book before its
    /// first? Says which, or that it is not.
    fn head_place(&self, head: Fingerprint, chain: &Chain) -> Result<(String, Vec<String>), Error> {
        let fault = match chain.found {
            Some(Place::Start) => return Ok(("1 fingerprint, the start".into(), Vec::new())),
            Some(Place::Entry(number)) => {
                return Ok((format!("1 fingerprint, entry {number}"), Vec::new()));
            }
            None => match (self.store.entry_with(head)?, &chain.broken, chain.last) {
                (Some(entry), Some(broken), _) => {
                    format!("entry {entry} has it, but the chain breaks before that: {broken}")
                }
                (None, None, Some((last, _))) => format!(
                    "no entry has fingerprint {head}, and the chain up to the last, entry {last}, holds: a letter is misread, \
                     all from some entry on was made anew, or it is of another book"
                ),
                _ => format!(
                    "no entry has fingerprint {head}: an entry up to it was changed or is missing, or it is of another book"
                ),
            },
        };
        Ok(("1 fingerprint".into(), vec![fault]))
    }

    fn examine(&self, chain: Chain, report: &mut CheckReport) -> Result<(), Error> {
        self.examine_file(report)?;
        let entries = counted(self.store.entry_count()?, "entry");
        report.add(
            "chain",
            Finding::Fault,
            entries.clone(),
            chain.broken.into_iter().collect(),
        );
        let years = self.histories()?;
        let of_years = || counted(years.len(), "year");
        report.add("entries", Finding::Fault, of_years(), Vec::new());
        let each = |faults: &dyn Fn(&History) -> Result<Vec<String>, Error>| -> Result<Vec<String>, Error> {
            Ok(years.iter().map(faults).collect::<Result<Vec<_>, _>>()?.concat())
        };
        report.add(
            "days",
            Finding::Fault,
            days(&years),
            each(&|history| Ok(below_zero(history)))?,
        );
        report.add(
            "identity",
            Finding::Fault,
            of_years(),
            each(&|history| Ok(identity(history.portfolio())))?,
        );
        let broken =
            each(&|history| Ok(breaches(history, |refusal| !refusal.can_be_overridden())))?;
        let folds = broken.is_empty();
        report.add("rules", Finding::Fault, entries.clone(), broken);
        let kept = self.store.balances()?;
        report.add(
            "balances",
            Finding::Fault,
            counted(kept.len(), "balance"),
            balance_faults(kept, &years),
        );
        if !folds {
            return Ok(());
        }
        let views = years
            .iter()
            .map(|history| self.viewed(history))
            .collect::<Result<Vec<_>, Error>>()?;
        let figures: usize = views.iter().map(|viewed| viewed.figures).sum();
        report.add(
            "views",
            Finding::Fault,
            counted(figures, "figure"),
            views.into_iter().flat_map(|viewed| viewed.faults).collect(),
        );
        let overrides = self.store.overrides()?;
        report.add(
            "order",
            Finding::Warning,
            entries.clone(),
            each(&|history| Ok(breaches(history, Refusal::can_be_overridden)))?,
        );
        let overrides = overrides
            .into_iter()
            .map(|(entry, reason)| format!("entry {entry}: {reason}"))
            .collect();
        report.add("overrides", Finding::Warning, entries, overrides);
        report.add(
            "confirmed",
            Finding::Warning,
            of_years(),
            each(&|history| Ok(unconfirmed(history.portfolio())))?,
        );
        let today = self.last_day()?;
        report.add(
            "closed",
            Finding::Warning,
            of_years(),
            each(&|history| Ok(unclosed(history, today)))?,
        );
        let priorities = self.store.priorities()?;
        let projects: usize = years
            .iter()
            .map(|history| history.portfolio().projects.len())
            .sum();
        let unaligned = each(&|history| self.unaligned(history.year(), &priorities))?;
        report.add(
            "priorities",
            Finding::Warning,
            counted(projects, "project"),
            unaligned,
        );
        Ok(())
    }

    /// The file: its pages, its schema's text, its constraints, its table of kinds.
    fn examine_file(&self, report: &mut CheckReport) -> Result<(), Error> {
        let faults = self
            .store
            .sqlite_faults()
            .unwrap_or_else(|error| vec![told(&error.into())]);
        report.add(
            "file",
            Finding::Fault,
            counted(self.store.pages()?, "page"),
            faults,
        );
        report.add(
            "schema",
            Finding::Fault,
            counted(self.store.definitions(), "definition"),
            self.store.schema_faults(),
        );
        match self.store.check_constraints() {
            Ok(asked) => {
                let looked_at = format!(
                    "{} on {}",
                    counted(asked.constraints, "constraint"),
                    counted(asked.rows, "row")
                );
                report.add("constraints", Finding::Fault, looked_at, asked.faults);
            }
            // The chain, which is walked row by row, tells which entry it is.
            Err(error) => report.add(
                "constraints",
                Finding::Fault,
                String::new(),
                vec![told(&error.into())],
            ),
        }
        report.add(
            "kinds",
            Finding::Fault,
            counted(Kind::ALL.len(), "kind"),
            self.store.arrow_faults()?,
        );
        Ok(())
    }

    fn histories(&self) -> Result<Vec<History>, Error> {
        self.years()?
            .into_iter()
            .map(|year| history(&self.store, year))
            .collect()
    }

    /// The day of the last entry of any year: what "by now" means for a check, which looks at no
    /// clock.
    fn last_day(&self) -> Result<Date, Error> {
        Ok(self
            .store
            .head()?
            .last
            .map_or(Date::MIN, |(_, moment)| moment.date()))
    }

    /// Projects that name an unknown priority, or none of a scheme in force.
    fn unaligned(&self, year: FinancialYear, known: &[Priority]) -> Result<Vec<String>, Error> {
        let said = |gap: Gap| {
            let (project, scheme) = (gap.project, gap.scheme.unwrap_or_default());
            match gap.code {
                Some(code) => format!(
                    "project {project} of {year} names {code}, which is no priority in force that year"
                ),
                None => format!("project {project} of {year} names no priority of {scheme}"),
            }
        };
        let view = self.view(year, every_kind, Lens::at(Date::MAX))?;
        let gaps = Gap::all(&view.portfolio, known).into_iter();
        Ok(gaps.map(said).collect())
    }
}

/// An error without the name of the file, which is the one being checked.
pub(super) fn told(error: &Error) -> String {
    match error {
        Error::Store(StoreError::Sqlite { error, .. }) => error.to_string(),
        error => error.to_string(),
    }
}

/// Where the running balances of the file are not those of the fold.
fn balance_faults(kept: Vec<Balance>, years: &[History]) -> Vec<String> {
    let expected: BTreeSet<Balance> = years.iter().flat_map(balances).collect();
    // While a proposal is reversed its project has a balance of nothing, in no pot.
    let is_idle =
        |kept: &Balance| kept.pot.is_none() && kept.balance.is_zero() && kept.spent.is_zero();
    let kept: BTreeSet<Balance> = kept.into_iter().filter(|kept| !is_idle(kept)).collect();
    let name = |of: &Balance| match of.account.parse::<Pot>() {
        Ok(pot) => format!("the {pot} pot of {}", of.year),
        Err(_) => format!("project {} of {}", of.account, of.year),
    };
    let holds = |of: &Balance| {
        format!(
            "{} and {} spent, in pot {}",
            of.balance.pounds(),
            of.spent.pounds(),
            of.pot.as_deref().unwrap_or("none")
        )
    };
    let due: BTreeMap<_, _> = expected
        .iter()
        .map(|of| ((&of.year, &of.account), of))
        .collect();
    let there: BTreeSet<_> = kept.iter().map(|of| (&of.year, &of.account)).collect();
    let entries_give = |of: &Balance| {
        due.get(&(&of.year, &of.account))
            .map_or("nothing".into(), |due| holds(due))
    };
    let told = kept.difference(&expected).map(|kept| {
        format!(
            "{}: the file keeps {}, the entries give {}",
            name(kept),
            holds(kept),
            entries_give(kept)
        )
    });
    let lost = expected
        .iter()
        .filter(|due| !there.contains(&(&due.year, &due.account)));
    told.chain(lost.map(|due| {
        format!(
            "{}: the file keeps nothing, the entries give {}",
            name(due),
            holds(due)
        )
    }))
    .collect()
}

/// The balances that a year's entries give.
pub(super) fn balances(history: &History) -> Vec<Balance> {
    let total = |account: &Account| {
        history
            .days()
            .get(account)
            .map(|days| days.total())
            .unwrap_or_default()
    };
    let year = history.year().to_string();
    let pot = |pot: &Pot| Balance {
        year: year.clone(),
        account: pot.to_string(),
        pot: Some(pot.to_string()),
        balance: total(&Account::Pot(*pot)),
        spent: Money::ZERO,
    };
    let project = |(reference, project): (&ProjectRef, &Project)| Balance {
        year: year.clone(),
        account: reference.to_string(),
        pot: Some(project.pot.to_string()),
        balance: total(&Account::Project(reference.clone())),
        spent: total(&Account::Spent(reference.clone())),
    };
    Pot::ALL
        .iter()
        .map(pot)
        .chain(history.portfolio().projects.iter().map(project))
        .collect()
}

/// On how many days of how many accounts money moved.
fn days(years: &[History]) -> String {
    let accounts = || years.iter().flat_map(|history| history.days().values());
    format!(
        "{} of {}",
        counted(accounts().map(Days::count).sum::<usize>(), "day"),
        counted(accounts().count(), "account")
    )
}

fn below_zero(history: &History) -> Vec<String> {
    let year = history.year();
    let accounts = history.below_zero();
    accounts
        .map(|(account, on, balance)| {
            format!(
                "{account} of {year} is at {} at the end of {}",
                balance.pounds(),
                on.long()
            )
        })
        .collect()
}

fn identity(portfolio: &Portfolio) -> Vec<String> {
    let allocation = portfolio.allocation();
    let accounted = portfolio.accounted();
    let year = portfolio.year;
    let fault = (allocation != accounted).then(|| {
        format!(
            "{year}: the allocation is {}, and {} is accounted for",
            allocation.pounds(),
            accounted.pounds()
        )
    });
    fault.into_iter().collect()
}

/// What entries break, of the rules that `counts`. The overrides that excused it are listed beside
/// it.
fn breaches(history: &History, counts: impl Fn(&Refusal) -> bool) -> Vec<String> {
    let breaches = history
        .breaches()
        .into_iter()
        .filter(|breach| counts(&breach.refusal));
    breaches
        .map(|breach| format!("entry {}: {}", breach.entry, breach.refusal))
        .collect()
}

fn unconfirmed(portfolio: &Portfolio) -> Vec<String> {
    let year = portfolio.year;
    (!portfolio.confirmed)
        .then(|| format!("{year} is not yet confirmed by the OPCC"))
        .into_iter()
        .collect()
}

fn unclosed(history: &History, today: Date) -> Vec<String> {
    let portfolio = history.portfolio();
    portfolio
        .is_overdue(today)
        .then(|| {
            format!(
                "{} has ended and is not closed; {} is to be returned",
                portfolio.year,
                portfolio.to_return().pounds()
            )
        })
        .into_iter()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No entry can bring it about: every arrow takes from one account what it gives another.
    #[test]
    fn money_that_is_in_no_account_is_told() {
        let mut portfolio = Portfolio::new("2025/26".parse().unwrap());
        assert_eq!(identity(&portfolio), Vec::<String>::new());
        portfolio.upfront.moved = "5".parse().unwrap();
        assert_eq!(
            identity(&portfolio),
            ["2025/26: the allocation is £0.00, and £5.00 is accounted for"]
        );
    }
}
