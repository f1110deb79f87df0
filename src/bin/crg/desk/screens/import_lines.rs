//! The lines of an extract that was sent: what is new, what the book has, and what waits, decided in
//! place.

use std::path::PathBuf;

use crg::book::Import;
use crg::format::{html_blocks, visible};
use crg::import::{Decision, DecisionFile, Extract};
use crg::model::{CellFault, Column};
use crg::report::{ImportReport, ImportRow};
use crg::rules::Action;
use crg::{Book, Commit, Error};
use maud::{Markup, PreEscaped, html};

use crate::desk::act::{Act, Done};
use crate::desk::answer::Answer;
use crate::desk::fields::{Control, Field};
use crate::desk::problem::{Problem, capital};
use crate::desk::record;
use crate::desk::screens::import::{SKIP_BAD, extract, page, sent};
use crate::desk::visit::Visit;
use crate::failure::Stop;

struct ImportLines {
    extract: Extract,
    /// What an import without decisions would do.
    trial: ImportReport,
    fields: Vec<Field>,
}

/// The lines, with what was decided of them.
pub(crate) fn show(visit: &Visit) -> Result<Answer, Stop> {
    with_lines(visit, record::show)
}

/// What is done with the lines.
pub(crate) fn send(visit: &Visit) -> Result<Answer, Stop> {
    with_lines(visit, record::send)
}

/// What is wrong with the choices stands above them.
fn with_lines(
    visit: &Visit,
    answer: fn(&Visit, &dyn Act) -> Result<Answer, Stop>,
) -> Result<Answer, Stop> {
    sent(visit)?;
    let act = match ImportLines::new(visit) {
        Ok(act) => act,
        Err(error) => return page(visit, Some(Problem::of_file(&error))),
    };
    let mut visit = Visit::again(visit);
    for row in act.trial.waiting_rows() {
        let suggested = row.action.clone().unwrap_or_default();
        visit.values.default_to(&name(row), suggested);
    }
    answer(&visit, &act)
}

impl ImportLines {
    fn new(visit: &Visit) -> Result<ImportLines, Error> {
        let extract = extract(visit)?;
        let mut book = visit.context.open_to_write()?;
        let trial = import(&mut book, &extract, None, visit, Commit::DryRun)?;
        let fields = trial.waiting_rows().map(field).collect();
        Ok(ImportLines {
            extract,
            trial,
            fields,
        })
    }

    /// What was decided of the lines that wait.
    fn decisions(&self, visit: &Visit) -> Result<DecisionFile, Error> {
        let (mut decisions, mut lines) = (Vec::new(), Vec::new());
        for row in self.trial.waiting_rows() {
            let Some(line) = row.line else { continue };
            lines.push(line);
            let given = visit.values.get(&name(row));
            if given.is_empty() {
                continue;
            }
            let action: Action = given.parse().map_err(|error| {
                Error::Invalid(vec![CellFault::expected(Column::Reference, given, error)])
            })?;
            decisions.push(Decision {
                row: row.row,
                line,
                action,
                note: String::new(),
            });
        }
        let file = PathBuf::from("Your decisions");
        Ok(DecisionFile {
            file,
            decisions,
            lines,
        })
    }
}

fn import(
    book: &mut Book,
    extract: &Extract,
    decisions: Option<&DecisionFile>,
    visit: &Visit,
    commit: Commit,
) -> Result<ImportReport, Error> {
    let import = Import {
        extract,
        by: &visit.context.by,
        decisions,
        skip_bad: visit.values.given(SKIP_BAD).is_some(),
    };
    book.import(import, visit.context.now, commit, &mut ())
}

/// The name of the field about a line that waits.
fn name(row: &ImportRow) -> String {
    row.line
        .map_or(String::new(), |line| format!("line-{line}"))
}

/// What can be decided of a line that waits, with what it resembles.
fn field(row: &ImportRow) -> Field {
    let texts = [
        row.project.as_ref().map(ToString::to_string),
        row.on.map(|on| on.short().to_string()),
        row.supplier.clone(),
        row.reference.clone(),
        row.amount.map(|amount| amount.pounds().to_string()),
    ];
    let texts: Vec<String> = texts.into_iter().flatten().collect();
    let label = format!("Row {}: {}", row.row, visible(&texts.join(", ")));
    let resembles = row.resembles.iter();
    let resembles = resembles.map(|like| format!("entry {}, {}", like.entry, like.in_words(row)));
    let resembles: Vec<String> = resembles.collect();
    let hint = if resembles.is_empty() {
        capital(row.why.as_deref().unwrap_or_default())
    } else {
        format!("It looks like {}.", resembles.join("; or "))
    };
    let mut choices: Vec<(String, String)> = vec![
        (String::new(), "Let it wait".to_owned()),
        (
            "add".to_owned(),
            "Record it: it is another payment".to_owned(),
        ),
        ("ignore".to_owned(), "It is none of the grant's".to_owned()),
    ];
    let mut add = |value: String, called: String| {
        if !choices.iter().any(|(known, _)| *known == value) {
            choices.push((value, called));
        }
    };
    for entry in row.resembles.iter().map(|like| like.entry) {
        add(
            format!("same as {entry}"),
            format!("It is entry {entry}: record nothing"),
        );
        add(
            format!("replace {entry}"),
            format!("Record it in place of entry {entry}"),
        );
    }
    if let Some(suggested) = &row.action {
        add(suggested.clone(), capital(suggested));
    }
    Field::new(&name(row), &label, Control::Select(choices)).hint(visible(&hint))
}

impl Act for ImportLines {
    fn title(&self) -> String {
        format!("Import spend from {}", visible(&self.extract.name()))
    }

    fn path(&self) -> &'static str {
        "/import/lines"
    }

    fn fields(&self) -> &[Field] {
        &self.fields
    }

    fn before(&self) -> Option<(&'static str, &'static str)> {
        Some(("/import/map", "Back to the columns and codes"))
    }

    /// The line whose decision cannot be read.
    fn field(&self, _column: Column, _error: &Error, visit: &Visit) -> String {
        let mut waiting = self.trial.waiting_rows().map(name);
        let is_unreadable = |name: &String| {
            let given = visit.values.given(name);
            given.is_some_and(|given| given.parse::<Action>().is_err())
        };
        waiting.find(is_unreadable).unwrap_or_default()
    }

    fn above(&self) -> Markup {
        html! {
            (PreEscaped(html_blocks(&self.trial, None)))
            @if !self.fields.is_empty() {
                h2 { "What is to be done with the lines that wait" }
            }
        }
    }

    fn record(&self, book: &mut Book, visit: &Visit, commit: Commit) -> Result<Done, Error> {
        let decisions = self.decisions(visit)?;
        let report = import(book, &self.extract, Some(&decisions), visit, commit)?;
        let is_nothing = report.new.lines == 0 && decisions.decisions.is_empty();
        if is_nothing {
            let why = "no line of it is new to the book, and no decision was made.";
            return Ok(Done::Nothing(why.to_owned()));
        }
        Ok(Done::Imported(Box::new(report)))
    }
}
