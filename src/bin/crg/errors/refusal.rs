//! What to do about a refusal, by its rule and its facts.

use crg::fold::{Account, Lens};
use crg::model::{Date, FinancialYear, Kind, Stage};
use crg::report::EntryFilter;
use crg::rules::{MAX_DAYS_AHEAD, Place, Refusal};

use crate::context::Context;
use crate::errors::late_invoice::{self, Shortfall};
use crate::errors::{ahead, input};
use crate::hint::{CommandLine, Hint, REASON, Unwanted, command};

/// After a command that records one thing.
pub(super) fn of_command(refusal: &Refusal, context: &Context) -> Vec<Hint> {
    let again = CommandLine::again();
    let in_the_way = ahead::hints(refusal, context);
    let mut hints = match refusal {
        Refusal::DatedAfterClose { .. } | Refusal::Unaccounted { .. } if !in_the_way.is_empty() => {
            in_the_way
        }
        Refusal::OnAnotherDay { .. } => {
            let again = again.without(Unwanted::Option("--on"));
            vec![again.because("omit the date: a reversal takes the date of its entry")]
        }
        Refusal::BeforeLastClose { last, .. } | Refusal::DatedAfterClose { last, .. } => {
            let again = again.option("--on", last);
            vec![again.because("date it that day or later")]
        }
        Refusal::OutsideWindow { .. } | Refusal::NotYet { .. } => {
            let again = again.option("--on", "DATE");
            vec![again.because("if it happened on another day, give that day")]
        }
        Refusal::NoReference { .. } => vec![again.option("--reference", "TEXT").into()],
        Refusal::Duplicate { .. } => {
            let again = again.option("--reference", "TEXT");
            vec![again.because("if it is another one, give its own reference")]
        }
        Refusal::MoreThanReturned {
            instead: Some(holder),
            ..
        } => [
            common(refusal, context),
            vec![late_invoice::instead(holder)],
        ]
        .concat(),
        refusal => in_the_way
            .into_iter()
            .chain(missing_step(refusal, context))
            .chain(accrual_for(refusal, context))
            .chain(common(refusal, context))
            .collect(),
    };
    if override_helps(refusal) {
        hints.push(Hint::overriding());
    }
    hints
}

/// The step that a proposal has not had yet, if a later one is recorded.
fn missing_step(refusal: &Refusal, context: &Context) -> Option<Hint> {
    let Refusal::OutOfOrder {
        kind,
        project,
        on,
        stage,
        ..
    } = refusal
    else {
        return None;
    };
    let (step, done) = match (stage, kind) {
        (Stage::Proposed, Kind::Endorse | Kind::Submit | Kind::Approve) => {
            ("recommend", "recommended")
        }
        (Stage::Recommended, Kind::Submit | Kind::Approve) => ("endorse", "endorsed"),
        (Stage::Endorsed, Kind::Approve) => ("submit", "submitted"),
        _ => return None,
    };
    let year = refusal.year();
    let command = command!("project {} {} --year {}", step, project, year);
    let command = match on {
        on if *on == context.today => command,
        on => command.option("--on", on),
    };
    Some(command.because(format!("if it was {done}, record that first")))
}

/// The accrual of a project whose award is too small for a payment: this may be its invoice.
fn accrual_for(refusal: &Refusal, context: &Context) -> Option<Hint> {
    let Refusal::Overdrawn {
        kind: Kind::Spend,
        account: Account::Project(project),
        year,
        ..
    } = refusal
    else {
        return None;
    };
    let filter = EntryFilter {
        project: Some(project.clone()),
        accrued: true,
        ..EntryFilter::default()
    };
    let book = context.open().ok()?;
    let accrued = book.find_spend(*year, &filter, Lens::at(Date::MAX)).ok()?;
    let hint = match &accrued.rows[..] {
        [] => return None,
        [only] => command!(
            "correct {} --paid --amount AMOUNT --reference TEXT",
            only.entry
        )
        .because("if this is the invoice of what was accrued, record it in its place"),
        _ => command!("spend list {} --project {} --accrued", year, project)
            .because("if this is the invoice of something accrued, see which"),
    };
    Some(hint)
}

/// After `load`, in which a row was refused.
pub(super) fn of_row(refusal: &Refusal, context: &Context) -> Vec<Hint> {
    let mut hints = match refusal {
        Refusal::NoSuchEntry { .. } => vec![Hint::advice(
            "reference must name an earlier row of the file: 1 is the first after the header",
        )],
        refusal => in_file(refusal, context),
    };
    if override_helps(refusal) {
        hints.push(Hint::advice(
            "to record it anyway, give the reason in the row's override column",
        ));
    }
    hints
}

/// After an import, in which lines were refused.
pub(super) fn of_lines(refusals: &[(Place, Refusal)], context: &Context) -> Vec<Hint> {
    let first = refusals.first();
    let earlier = refusals
        .iter()
        .find_map(|(_, refusal)| in_year_before(refusal, context));
    let mut hints = first.map_or(Vec::new(), |(_, refusal)| match earlier {
        Some(hint) => vec![hint],
        None => in_file(refusal, context),
    });
    hints.push(input::skip_bad());
    hints
}

/// The same import into the year before, if only that has a line's project: in the first quarter a
/// late invoice may be meant for that one.
fn in_year_before(refusal: &Refusal, context: &Context) -> Option<Hint> {
    let Refusal::UnknownProject { year, project, .. } = refusal else {
        return None;
    };
    let proposals = context
        .open()
        .and_then(|book| book.proposals(project))
        .ok()?;
    let mut years = proposals.into_iter().map(|(year, _)| year);
    let before = years.find(|before| before.next() == *year)?;
    let again = CommandLine::again().option("--year", before);
    Some(again.because(format!(
        "{before} has a project {project}; if the lines belong to that year, name it"
    )))
}

/// Returns `true` if an override sets the refusal aside and no other rule is bound to follow: a
/// project without an award has no money to take.
fn override_helps(refusal: &Refusal) -> bool {
    let takes_what_is_not_there = matches!(
        refusal,
        Refusal::OutOfOrder { kind: Kind::Spend | Kind::Reduce, stage, .. }
            if !matches!(stage, Stage::Approved | Stage::Complete)
    );
    refusal.can_be_overridden() && !takes_what_is_not_there
}

pub(super) fn in_file(refusal: &Refusal, context: &Context) -> Vec<Hint> {
    vec![Hint::advice(match refusal {
        Refusal::OnAnotherDay { on, .. } => format!("date it {}", on.long()),
        Refusal::BeforeLastClose { last, .. } | Refusal::DatedAfterClose { last, .. } => {
            format!("date it {} or later", last.long())
        }
        Refusal::OutsideWindow { .. } | Refusal::NotYet { .. } => {
            "if it happened on another day, give that day".into()
        }
        Refusal::NoReference { .. } => "give it in the row's reference column".into(),
        Refusal::Duplicate { .. } => "if it is another one, give its own reference".into(),
        refusal => return common(refusal, context),
    })]
}

/// What to do wherever the entry came from.
fn common(refusal: &Refusal, context: &Context) -> Vec<Hint> {
    let (year, today) = (refusal.year(), context.today);
    if !has_entries(year, context) {
        return of_missing_year(year, context);
    }
    let hint: Hint = match refusal {
        Refusal::YearClosed { .. } => command!("year reopen {} --note {}", year, REASON).into(),
        Refusal::NotClosed { .. } | Refusal::AlreadyConfirmed { .. } => {
            command!("year show {}", year).into()
        }
        Refusal::NotDue { .. } | Refusal::AlreadyMet { .. } => {
            command!("due {}", year).because("see what is due, with the numbers of its entries")
        }
        Refusal::NoSuchEntry { .. }
        | Refusal::NotReversible { .. }
        | Refusal::AlreadyReversed { .. } => command!("log --year {} --last 20", year).into(),
        Refusal::NotPublished { .. } => {
            command!("reconcile {}", year).because("see the printed figures and their entries")
        }
        Refusal::UnknownProject { .. } => command!("project list {}", year).into(),
        Refusal::ProjectExists { project, .. } => {
            command!("project show {} --year {}", project, year).into()
        }
        Refusal::OutOfOrder { project, .. } => command!("project show {} --year {}", project, year)
            .because("see what has been recorded so far"),
        Refusal::AlreadyApproved { project, .. } | Refusal::AmountIsApproved { project, .. } => {
            let vary = |verb: &str| {
                command!("project {} {} AMOUNT --reference TEXT --year {}", verb, project, year)
                    .decided(year, today)
            };
            return vec![
                vary("increase").because("to increase the award"),
                vary("reduce").because("to reduce it"),
            ];
        }
        Refusal::MoreThanSubmitted { project, submitted, .. } => {
            command!("project approve {} {} --year {}", project, submitted, year)
                .decided(year, today)
                .because("approve what was submitted, and increase the award later")
        }
        Refusal::PotNotOpen { on, .. } => {
            return vec![
                command!("project list {}", year)
                    .because("see the upfront proposals, which must all be decided first"),
                command!("year release {} --on {}", year, on)
                    .because("then release the upfront pot"),
            ];
        }
        Refusal::Undecided { projects, .. } => {
            let list = command!("project list {}", year).because("see what awaits a decision");
            let withdraw = projects.first().map(|project| {
                command!("project withdraw {} --year {}", project, year)
                    .decided(year, today)
                    .because("if a proposal is not going ahead, withdraw it")
            });
            return [list].into_iter().chain(withdraw).collect();
        }
        Refusal::NothingToRelease { .. } => command!("pot {}", year).into(),
        // Before the year is over its projects still need their money.
        Refusal::Unaccounted { .. } if today <= year.last_day() => {
            command!("year show {}", year).because("see where the money is")
        }
        Refusal::Unaccounted { .. } => command!("year return {} --reference PAYMENT", year)
            .because("return what is left, and record the payment"),
        Refusal::TooLarge { .. } => Hint::advice(
            "move it in parts: record a cut, a return or a reduction of some of it first",
        ),
        Refusal::AmountDiffers { .. } => Hint::advice("leave the amount empty: it is calculated"),
        Refusal::MoreThanReturned { .. } => {
            command!("report remittance {}", year).because("see what was returned, and repaid")
        }
        Refusal::Overdrawn { account: Account::Project(project), on, remedy: Some(remedy), .. } => {
            Shortfall { project, year, on: *on }.hint(remedy, today)
        }
        Refusal::Overdrawn { kind, account, .. } => after_overdraft(*kind, account, year),
        Refusal::BreaksLater { why, .. } => later_entries(why).because(
            "see what was recorded after it; what depends on it must be reversed first, newest first",
        ),
        // The others have hints of their own, by where the entry came from.
        _ => return Vec::new(),
    };
    vec![hint]
}

/// Returns `true` unless the book is known to have nothing of the year.
fn has_entries(year: FinancialYear, context: &Context) -> bool {
    let years = context.open().and_then(|book| book.years());
    years.map_or(true, |years| years.contains(&year))
}

pub(super) fn of_missing_year(year: FinancialYear, context: &Context) -> Vec<Hint> {
    let status = command!("status").because("see the years that the book has");
    let open = CommandLine::opening(year, context.today).because(format!("or open {year}"));
    let is_near = context.today.days_until(year.opens()) <= MAX_DAYS_AHEAD;
    [status]
        .into_iter()
        .chain(is_near.then_some(open))
        .collect()
}

/// What to do if there is not enough money depends on what was tried.
fn after_overdraft(kind: Kind, account: &Account, year: FinancialYear) -> Hint {
    match (kind, account) {
        (Kind::Reverse, Account::Project(project)) => {
            command!("log --year {} --project {}", year, project)
                .because("first reverse what used the money")
        }
        (Kind::Reverse, _) => {
            command!("log --year {}", year).because("first reverse what used the money")
        }
        (_, Account::Project(project)) => {
            command!("project show {} --year {}", project, year).because("see what it has left")
        }
        (_, Account::Spent(project)) => {
            command!("spend list {} --project {}", year, project).because("see what it has spent")
        }
        _ => command!("pot {}", year).into(),
    }
}

fn later_entries(why: &Refusal) -> CommandLine {
    match why {
        Refusal::OutOfOrder { project, .. }
        | Refusal::UnknownProject { project, .. }
        | Refusal::AlreadyApproved { project, .. }
        | Refusal::MoreThanSubmitted { project, .. }
        | Refusal::PotNotOpen { project, .. } => {
            command!("log --year {} --project {}", why.year(), project)
        }
        _ => command!("log --year {}", why.year()),
    }
}
