//! What can be recorded now, by the rules: each kind of entry is tried with as little as it needs.

use crg::format::visible;
use crg::model::{Cells, Column, Input, Kind, Need};
use crg::{Book, Draft, Error, FinancialYear, Pot, Refusal};
use maud::{Markup, html};

use crate::desk::labels::title;
use crate::desk::problem::capital;
use crate::desk::values::address;
use crate::desk::visit::Visit;

/// What a trial holds where a text is needed. It is never recorded.
const TRIAL: &str = "Tried by the desk";
const TRIAL_FINGERPRINT: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A kind of entry, and why it cannot be recorded now, if so.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) kind: Kind,
    pub(crate) refusal: Option<Refusal>,
}

/// The kinds of entry that are about one project.
pub(crate) fn of_project(
    book: &Book,
    year: FinancialYear,
    project: &str,
    visit: &Visit,
) -> Result<Vec<Step>, Error> {
    let is_about = |kind: Kind| kind != Kind::Propose && kind.need(Column::Project) != Need::Never;
    tried(book, year, &[(Column::Project, project)], is_about, visit)
}

/// The kinds of entry that are about the year or one of its pots.
pub(crate) fn of_year(
    book: &Book,
    year: FinancialYear,
    pot: Pot,
    visit: &Visit,
) -> Result<Vec<Step>, Error> {
    let is_about = |kind: Kind| kind.need(Column::Project) != Need::Required;
    tried(book, year, &[(Column::Pot, pot.as_str())], is_about, visit)
}

fn tried(
    book: &Book,
    year: FinancialYear,
    about: &[(Column, &str)],
    is_wanted: impl Fn(Kind) -> bool,
    visit: &Visit,
) -> Result<Vec<Step>, Error> {
    let kinds = Kind::ALL.iter().copied().filter(|kind| is_wanted(*kind));
    let (kinds, drafts): (Vec<Kind>, Vec<Draft>) = kinds
        .filter_map(|kind| Some((kind, trial(kind, year, about, visit)?)))
        .unzip();
    let tried = book.try_each(year, drafts, visit.context.now)?;
    let steps = kinds.into_iter().zip(tried);
    let step = |(kind, tried): (Kind, Result<_, Refusal>)| Step {
        kind,
        refusal: tried.err(),
    };
    Ok(steps.map(step).collect())
}

/// The smallest entry of a kind, on the nearest day on which it can be; `None` if it must name
/// another entry.
fn trial(
    kind: Kind,
    year: FinancialYear,
    about: &[(Column, &str)],
    visit: &Visit,
) -> Option<Draft> {
    let mut day = visit.context.today.max(year.opens());
    if kind.is_spending() {
        day = day.max(year.first_day());
    } else if kind.is_decision() || kind == Kind::Allocate {
        day = day.min(year.last_day());
    }
    let (day, year) = (day.to_string(), year.to_string());
    let mut cells = Cells::default();
    for column in Column::ALL
        .iter()
        .filter(|column| kind.need(**column) == Need::Required)
    {
        let text = match kind.input(*column) {
            Input::Day => day.as_str(),
            Input::Amount => "0.01",
            Input::Number => "1",
            Input::Fingerprint => TRIAL_FINGERPRINT,
            Input::Choice { words, .. } => words.first().map_or("", |(word, _)| *word),
            Input::Entries => return None,
            _ => TRIAL,
        };
        cells.set(*column, text);
    }
    let known = [
        (Column::Kind, kind.as_str()),
        (Column::Year, &year),
        (Column::By, TRIAL),
    ];
    let reference = Some((Column::Reference, TRIAL));
    let reference = reference.filter(|(column, _)| kind.input(*column) == Input::Text);
    for (column, text) in known.iter().chain(&reference).chain(about) {
        if kind.need(*column) != Need::Never {
            cells.set(*column, *text);
        }
    }
    Draft::from_cells(&cells).ok()
}

/// The steps that can be taken, each with the form for it, then the others with the reason.
pub(crate) fn show(steps: &[Step], values: &[(&str, &str)]) -> Markup {
    let (now, not_now): (Vec<&Step>, Vec<&Step>) =
        steps.iter().partition(|step| step.refusal.is_none());
    let form = |step: &Step| {
        let kind = ("kind", step.kind.as_str());
        address("/enter", &[&[kind], values].concat())
    };
    html! {
        p { @for step in now { a class="button" href=(form(step)) { (title(step.kind)) } } }
        @if !not_now.is_empty() {
            details {
                summary { "What cannot be recorded now, and why" }
                ul class="steps" {
                    @for step in not_now {
                        li class="not" {
                            a href=(form(step)) { (title(step.kind)) }
                            @if let Some(refusal) = &step.refusal {
                                ": " (visible(&capital(&refusal.whatever_the_amount())))
                            }
                        }
                    }
                }
            }
        }
    }
}
