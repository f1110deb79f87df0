//! What is wrong, on a page: the words of the command line, each at the field that it is about, and
//! what to do.

use axum::http::StatusCode;
use crg::format::visible;
use crg::model::{CellFault, CellProblem, Column};
use crg::{Error, Refusal, StoreError};
use maud::{Markup, html};

use crate::desk::act::Act;
use crate::desk::answer::Page;
use crate::desk::fields::{Control, Field};
use crate::desk::link::{called, link};
use crate::desk::visit::Visit;
use crate::errors;
use crate::failure::{Exit, Failure, Stop};
use crate::hint::Hint;

/// What is wrong with a form that was sent.
#[derive(Debug, Default)]
pub(crate) struct Problem {
    /// What is wrong, with the name of the field that it is about.
    faults: Vec<(Option<String>, String)>,
    hints: Vec<Hint>,
    /// Whether a reason sets it aside.
    pub(crate) can_be_overridden: bool,
}

impl Problem {
    /// What is wrong about one field.
    pub(crate) fn of_field(name: &str, words: impl Into<String>) -> Problem {
        Problem {
            faults: vec![(Some(name.to_owned()), words.into())],
            ..Problem::default()
        }
    }

    /// What is wrong with a file that was sent, or with what was chosen of it.
    pub(crate) fn of_file(error: &Error) -> Problem {
        Problem {
            faults: vec![(None, capital(&error.to_string()))],
            ..Problem::default()
        }
    }

    /// What is wrong with what was typed for an act, and what to do; a hint of the act's own stands
    /// first.
    pub(crate) fn new(error: &Error, act: &dyn Act, visit: &Visit) -> Problem {
        let Failure { hints, .. } = errors::failure(error, &visit.context);
        let hints: Vec<Hint> = act.hint(error, visit).into_iter().chain(hints).collect();
        let field = |column: Column| act.field(column, error, visit);
        let faults = match error {
            Error::Invalid(faults) => {
                let fault = |fault: &CellFault| {
                    let name = field(fault.column);
                    let words = not_chosen(fault, &name, act).unwrap_or_else(|| words(fault));
                    (Some(name), words)
                };
                faults.iter().map(fault).collect()
            }
            Error::Refused { refusal } | Error::RefusedProject { refusal, .. } => {
                let column = about(refusal).map(field);
                vec![(column, capital(&error.to_string()))]
            }
            Error::NoSuchProject { .. } => {
                vec![(Some(field(Column::Project)), capital(&error.to_string()))]
            }
            error => vec![(None, capital(&error.to_string()))],
        };
        let can_be_overridden = hints.contains(&Hint::overriding());
        Problem {
            faults,
            hints: hints
                .into_iter()
                .filter(|hint| *hint != Hint::overriding())
                .collect(),
            can_be_overridden,
        }
    }

    /// What is wrong with a field.
    pub(crate) fn at(&self, field: &Field) -> Option<&str> {
        let mut faults = self.faults.iter();
        let found = faults.find(|(name, _)| name.as_ref() == Some(&field.name));
        found.map(|(_, words)| words.as_str())
    }

    /// All that is wrong, each with a link to its field, and what to do.
    pub(crate) fn summary(&self, fields: &[Field], visit: &Visit) -> Markup {
        let field = |name: &Option<String>| {
            let name = name.as_ref()?;
            fields.iter().find(|field| field.name == *name)
        };
        html! {
            div class="summary" role="alert" tabindex="-1" autofocus {
                h2 { "There is a problem" }
                ul {
                    @for (name, words) in &self.faults {
                        li {
                            @match field(name) {
                                Some(field) => a href=(format!("#{}", field.id())) { (visible(words)) },
                                None => (visible(words)),
                            }
                        }
                    }
                }
                (advice(&self.hints, visit))
                @if self.can_be_overridden {
                    p { "To record it anyway, give the reason in the last field." }
                }
            }
        }
    }
}

/// What is wrong with a cell, without the name of its column.
fn words(fault: &CellFault) -> String {
    let (words, column) = (fault.to_string(), fault.column.as_str());
    capital(words.strip_prefix(&format!("{column}: ")).unwrap_or(&words))
}

/// What is wrong with a list in which nothing is chosen. A meeting decides on some of its projects,
/// and has words of its own.
fn not_chosen(fault: &CellFault, name: &str, act: &dyn Act) -> Option<String> {
    let is_empty = fault.found.is_empty() && matches!(fault.problem, CellProblem::Expected(_));
    if !is_empty || fault.column == Column::Kind {
        return None;
    }
    let field = act.fields().iter().find(|field| field.name == name)?;
    let is_list = matches!(field.control, Control::Select(_));
    is_list.then(|| format!("{}: please choose one of the list", field.label))
}

/// What a refusal is about, among the columns of what was asked.
fn about(refusal: &Refusal) -> Option<Column> {
    Some(match refusal {
        Refusal::Overdrawn { .. }
        | Refusal::MoreThanSubmitted { .. }
        | Refusal::MoreThanReturned { .. }
        | Refusal::AmountIsApproved { .. }
        | Refusal::AmountDiffers { .. }
        | Refusal::TooLarge { .. } => Column::Amount,
        Refusal::OutsideWindow { .. }
        | Refusal::NotYet { .. }
        | Refusal::BeforeLastClose { .. }
        | Refusal::OnAnotherDay { .. }
        | Refusal::DatedAfterClose { .. } => Column::On,
        Refusal::NoReference { .. }
        | Refusal::Duplicate { .. }
        | Refusal::NoSuchEntry { .. }
        | Refusal::NotPublished { .. }
        | Refusal::NotDue { .. }
        | Refusal::NotReversible { .. }
        | Refusal::AlreadyReversed { .. }
        | Refusal::AlreadyMet { .. } => Column::Reference,
        Refusal::UnknownProject { .. }
        | Refusal::ProjectExists { .. }
        | Refusal::AlreadyApproved { .. }
        | Refusal::PotNotOpen { .. }
        | Refusal::OutOfOrder { .. } => Column::Project,
        Refusal::YearClosed { .. } | Refusal::NotClosed { .. } => Column::Year,
        _ => return None,
    })
}

/// What to do: links to screens where the desk has them, else the commands. A command that would
/// repeat what was typed is this form itself: only its reason is shown.
fn advice(hints: &[Hint], visit: &Visit) -> Markup {
    let shown = hints.iter().filter_map(|hint| {
        let command = hint.command.as_ref().filter(|command| !command.repeats);
        let reason = hint.reason.as_deref().map(capital);
        Some(match (command, command.and_then(link)) {
            (Some(_), Some(address)) => {
                let words = reason.unwrap_or_else(|| called(&address).to_owned());
                html! { a href=(address) { (visible(&words)) } }
            }
            (Some(command), None) => {
                let command = visit.context.output.invocation.command(command);
                html! { @if let Some(reason) = reason { (visible(&reason)) ": " } code { (visible(&command)) } }
            }
            (None, _) => {
                let reason = reason?;
                html! { (visible(&reason)) "." }
            }
        })
    });
    let shown: Vec<Markup> = shown.collect();
    html! {
        @if !shown.is_empty() { ul { @for hint in shown { li { (hint) } } } }
    }
}

/// The page of a question that could not be answered.
pub(crate) fn page(visit: &Visit, stop: Stop) -> Page {
    let failure = match stop {
        Stop::Error(error) => errors::failure(&error, &visit.context),
        Stop::Failure(failure) => failure,
        Stop::Silent(_) => Failure::new(Exit::Bug, "silent", "there is no answer"),
    };
    let status = match failure.exit {
        Exit::Refused | Exit::BadCommandLine | Exit::BadInput => StatusCode::UNPROCESSABLE_ENTITY,
        Exit::Busy => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    let body = html! {
        h1 id="title" { "This cannot be shown" }
        div class="summary" { p { (visible(&capital(&failure.message))) } (advice(&failure.hints, visit)) }
    };
    Page::new("This cannot be shown", body).with(status)
}

/// Returns `true` if the book is not what it was when the person looked.
pub(crate) fn has_moved_on(error: &Error) -> bool {
    matches!(error, Error::Store(StoreError::MovedOn { .. }))
}

/// The words without a capital as their first letter.
pub(crate) fn uncapitalised(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}

/// The words with a capital as their first letter.
pub(crate) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}
