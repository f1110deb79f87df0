//! The form for any kind of entry, made from the table of kinds.

use crg::model::{Column, Input, Kind, Need, Stage};

use crate::desk::fields::{Control, Field};
use crate::desk::labels::{hint, label};
use crate::desk::problem::{capital, uncapitalised};
use crate::desk::suggestions::Suggestions;

/// The columns that no form asks for: what is recorded, who records it, and the reason that only a
/// refusal asks for.
const NOT_ASKED: [Column; 3] = [Column::Kind, Column::By, Column::Override];

/// The order in which a form asks, first for what the kind needs and then for what it may have.
const ORDER: [Column; 13] = [
    Column::Project,
    Column::Pot,
    Column::Title,
    Column::Lead,
    Column::Amount,
    Column::Supplier,
    Column::Reference,
    Column::Measure,
    Column::Value,
    Column::On,
    Column::Vat,
    Column::Priorities,
    Column::Note,
];

/// The columns that a form for the kind asks for, in order.
pub(crate) fn columns(kind: Kind) -> Vec<Column> {
    let others = Column::ALL.iter().copied();
    let others = others.filter(|column| !ORDER.contains(column));
    let asked = ORDER.into_iter().chain(others);
    let asked =
        asked.filter(|column| !NOT_ASKED.contains(column) && kind.need(*column) != Need::Never);
    let mut columns: Vec<Column> = asked.collect();
    // The year is known already, as a rule.
    columns.sort_by_key(|column| {
        (
            *column == Column::Year,
            kind.need(*column) == Need::Optional,
        )
    });
    columns
}

/// The questions of the form.
pub(crate) fn fields(kind: Kind, known: &Suggestions) -> Vec<Field> {
    columns(kind)
        .into_iter()
        .map(|column| field(kind, column, known))
        .collect()
}

fn field(kind: Kind, column: Column, known: &Suggestions) -> Field {
    let mut is_optional = kind.need(column) == Need::Optional;
    // An award without an amount is what was submitted.
    is_optional |= kind == Kind::Approve && column == Column::Amount;
    let control = match kind.input(column) {
        Input::Day | Input::Amount | Input::Number | Input::Entries => Control::Short,
        Input::LongText => Control::Area,
        Input::Year => Control::Select(known.years()),
        Input::Choice { words, if_empty } => {
            let choices = words.iter().map(|(word, meaning)| {
                let meaning = uncapitalised(meaning.trim_end_matches('.'));
                ((*word).to_owned(), format!("{}: {meaning}", capital(word)))
            });
            let empty =
                if_empty.map(|meaning| format!("{} (if nothing is chosen)", capital(meaning)));
            choice(choices.collect(), is_optional, empty)
        }
        Input::Project if names_new_project(kind) => Control::Short,
        Input::Project => choice(known.projects.clone(), is_optional, None),
        Input::Priorities if known.priorities.is_empty() => Control::Line(Vec::new()),
        Input::Priorities => Control::Several(known.priorities.clone()),
        _ if matches!(
            column,
            Column::Supplier | Column::Lead | Column::Measure | Column::Reference
        ) =>
        {
            Control::Line(known.texts(kind, column))
        }
        _ => Control::Line(Vec::new()),
    };
    let field = Field::new(column.as_str(), label(kind, column), control);
    let field = field.hint(match kind.input(column) {
        Input::Choice {
            if_empty: Some(meaning),
            ..
        } => format!(
            "{} {} if nothing is chosen.",
            hint(kind, column),
            capital(meaning)
        ),
        _ => hint(kind, column).to_owned(),
    });
    if is_optional { field.optional() } else { field }
}

/// Returns `true` if an entry of the kind gives its project a ref.
pub(crate) fn names_new_project(kind: Kind) -> bool {
    Stage::brought_by(kind) == Some(Stage::Proposed)
}

/// A choice, with nothing chosen at first, which may have a meaning.
fn choice(
    mut choices: Vec<(String, String)>,
    is_optional: bool,
    meaning: Option<String>,
) -> Control {
    let none = if is_optional { "None" } else { "Please choose" };
    choices.insert(
        0,
        (String::new(), meaning.unwrap_or_else(|| none.to_owned())),
    );
    Control::Select(choices)
}
