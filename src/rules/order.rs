//! The rules that look only at how things stood just before an entry: they hold for new entries and
//! for old ones alike.

use crate::fold::Portfolio;
use crate::model::{Entry, Event, Kind, Pot, Stage};
use crate::rules::refusal::Refusal;

/// What an entry breaks by its own date: the windows.
pub(super) fn window(entry: &Entry) -> Option<Refusal> {
    let (kind, year, on) = (entry.event.kind(), entry.year, entry.on);
    let (first, last) = match kind {
        Kind::Spend | Kind::Refund => (year.first_day(), None),
        kind if kind == Kind::Allocate || kind.is_decision() => {
            (year.opens(), Some(year.last_day()))
        }
        _ => (year.opens(), None),
    };
    let inside = first <= on && last.is_none_or(|last| on <= last);
    (!inside).then_some(Refusal::OutsideWindow {
        kind,
        on,
        first,
        last,
    })
}

/// What an entry breaks, given how things stood just before it.
pub(super) fn breaches(before: &Portfolio, entry: &Entry) -> Vec<Refusal> {
    let mut found = Vec::new();
    if let Some(reference) = entry.event.project() {
        match (before.projects.get(reference), &entry.event) {
            (Some(_), Event::Propose { .. }) => found.push(Refusal::ProjectExists {
                year: entry.year,
                project: reference.clone(),
            }),
            (None, Event::Propose { .. }) => {}
            (None, _) => found.push(Refusal::UnknownProject {
                year: entry.year,
                project: reference.clone(),
                on: entry.on,
            }),
            (Some(project), event) => {
                found.extend(stage(project.stage, entry));
                match event {
                    event if project.approved && is_of_a_proposal(event.kind()) => {
                        found.push(Refusal::AlreadyApproved {
                            project: reference.clone(),
                            award: project.award,
                        });
                    }
                    Event::Approve { amount, .. } => {
                        let submitted = project.submitted.unwrap_or(project.asked);
                        if *amount > submitted {
                            found.push(Refusal::MoreThanSubmitted {
                                project: reference.clone(),
                                asked: *amount,
                                submitted,
                            });
                        }
                    }
                    Event::Amend {
                        amount: Some(_), ..
                    } if project.approved => {
                        found.push(Refusal::AmountIsApproved {
                            project: reference.clone(),
                        });
                    }
                    _ => {}
                }
                if entry.event.kind() == Kind::Approve
                    && project.pot == Pot::Tactical
                    && !before.is_open(Pot::Tactical)
                {
                    found.push(Refusal::PotNotOpen {
                        year: entry.year,
                        project: reference.clone(),
                        on: entry.on,
                    });
                }
            }
        }
    }
    match entry.event {
        Event::Confirm if before.confirmed => {
            found.push(Refusal::AlreadyConfirmed { year: entry.year })
        }
        Event::Release { .. } => {
            let projects: Vec<_> = before
                .pending(Pot::Upfront)
                .map(|(reference, _)| reference.clone())
                .collect();
            if !projects.is_empty() {
                found.push(Refusal::Undecided {
                    on: entry.on,
                    projects,
                });
            }
        }
        _ => {}
    }
    found
}

/// Does it decide a proposal? An award is varied, completed or withdrawn.
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

/// Is the entry out of order for a project at this stage?
pub(super) fn stage(stage: Stage, entry: &Entry) -> Option<Refusal> {
    let kind = entry.event.kind();
    let needs = Stage::before(kind)?;
    let project = entry.event.project()?.clone();
    (!needs.contains(&stage)).then_some(Refusal::OutOfOrder {
        kind,
        project,
        on: entry.on,
        stage,
        needs,
    })
}
