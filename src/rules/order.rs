//! The rules that look only at the portfolio just before an entry: they apply to new entries and to
//! those on record alike.

use crate::fold::{Portfolio, Project};
use crate::model::{Entry, Event, Kind, Pot, ProjectRef, Stage};
use crate::rules::refusal::Refusal;

/// The refusal of an entry that is dated outside the window of its kind.
pub(super) fn window(entry: &Entry) -> Option<Refusal> {
    let (kind, year, on) = (entry.event.kind(), entry.year, entry.on);
    let (first, last) = if kind.is_spending() {
        (year.first_day(), None)
    } else if kind == Kind::Allocate || kind.is_decision() {
        (year.opens(), Some(year.last_day()))
    } else {
        (year.opens(), None)
    };
    let inside = first <= on && last.is_none_or(|last| on <= last);
    (!inside).then_some(Refusal::OutsideWindow {
        year,
        kind,
        on,
        first,
        last,
    })
}

/// Every rule that an entry breaks, given the portfolio just before it.
pub(super) fn breaches(before: &Portfolio, entry: &Entry) -> Vec<Refusal> {
    let year = entry.year;
    let mut found = Vec::new();
    if let Some(reference) = entry.event.project() {
        let proposes = entry.event.kind() == Kind::Propose;
        match before.projects.get(reference) {
            Some(_) if proposes => found.push(Refusal::ProjectExists {
                year,
                project: reference.clone(),
            }),
            None if !proposes => found.push(Refusal::UnknownProject {
                year,
                project: reference.clone(),
                on: entry.on,
            }),
            Some(project) => found.extend(on_project(before, reference, project, entry)),
            None => {}
        }
    }
    match entry.event {
        Event::Confirm if before.confirmed => found.push(Refusal::AlreadyConfirmed { year }),
        Event::Release { .. } => {
            let projects: Vec<_> = before
                .pending(Pot::Upfront)
                .map(|(reference, _)| reference.clone())
                .collect();
            if !projects.is_empty() {
                let on = entry.on;
                let pots = before.pot_names();
                found.push(Refusal::Undecided {
                    year,
                    on,
                    pots,
                    projects,
                });
            }
        }
        _ => {}
    }
    found
}

/// Every rule that an entry breaks, given its project just before it.
fn on_project(
    before: &Portfolio,
    reference: &ProjectRef,
    project: &Project,
    entry: &Entry,
) -> Vec<Refusal> {
    let year = entry.year;
    let mut found = Vec::from_iter(out_of_order(project.stage, reference, entry));
    match &entry.event {
        event if project.approved_on.is_some() && is_of_a_proposal(event.kind()) => {
            found.push(Refusal::AlreadyApproved {
                year,
                project: reference.clone(),
                award: project.award,
            });
        }
        Event::Approve { amount, .. } => {
            let submitted = project.business_case();
            if *amount > submitted {
                found.push(Refusal::MoreThanSubmitted {
                    year,
                    project: reference.clone(),
                    asked: *amount,
                    submitted,
                });
            }
        }
        Event::Amend {
            amount: Some(_), ..
        } if project.approved_on.is_some() => {
            found.push(Refusal::AmountIsApproved {
                year,
                project: reference.clone(),
            });
        }
        _ => {}
    }
    let approves = entry.event.kind() == Kind::Approve;
    if approves && !before.may_award_from(project.pot) {
        found.push(Refusal::PotNotOpen {
            year,
            project: reference.clone(),
            on: entry.on,
        });
    }
    found
}

/// Returns `true` if the kind decides on a proposal. (An award is varied, completed or withdrawn.)
fn is_of_a_proposal(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Recommend
            | Kind::Endorse
            | Kind::Submit
            | Kind::Decline
            | Kind::Reject
            | Kind::Approve
    )
}

/// The refusal of an entry that is out of order for a project at this stage.
fn out_of_order(stage: Stage, project: &ProjectRef, entry: &Entry) -> Option<Refusal> {
    let kind = entry.event.kind();
    let needs = Stage::before(kind)?;
    (!needs.contains(&stage)).then(|| Refusal::OutOfOrder {
        year: entry.year,
        kind,
        project: project.clone(),
        on: entry.on,
        stage,
        needs,
    })
}
