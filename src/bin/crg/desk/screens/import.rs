//! Importing a ledger's extract: a file is sent, and a person says which column is what, and whose
//! each code is.

use std::path::Path;
use std::sync::Arc;

use crg::Error;
use crg::format::visible;
use crg::import::{COLUMN_KEYS, Choices, Extract, Map, Sketch};
use maud::{Markup, html};

use crate::desk::answer::{Answer, Page};
use crate::desk::fields::{Control, Field, hidden};
use crate::desk::multipart::SentFile;
use crate::desk::problem::Problem;
use crate::desk::values::Values;
use crate::desk::visit::Visit;
use crate::failure::{Failure, Stop};

/// The name of a file that was sent, in an address.
pub(crate) const FILE: &str = "file";
/// Said of a file that needs no map: it is the template of invoices.
const TEMPLATE: &str = "template";
/// Whether lines that are wrong or refused are left out.
pub(crate) const SKIP_BAD: &str = "skip-bad";
/// How many codes are asked about; lines of the others are those that no code takes.
const MAX_CODES: usize = 40;

/// The form that sends a file.
pub(crate) fn show(visit: &Visit) -> Result<Answer, Stop> {
    let problem = (visit.values.get("missing") == "yes")
        .then(|| Problem::of_field(FILE, "Please choose a file of at most 16 MB"));
    let field = Field::new(FILE, "The ledger's extract", Control::File);
    let fields = [field.hint("CSV, a workbook, or the filled-in template of invoices.")];
    let body = html! {
        @if let Some(problem) = &problem { (problem.summary(&fields, visit)) }
        h1 id="title" { "Import spend from a ledger" }
        p { "The book takes what it does not have yet. What it may have already waits for you to decide." }
        @if visit.desk.is_read_only {
            p { "This desk is to read only: nothing can be recorded." }
        } @else {
            form method="post" action="/import" enctype="multipart/form-data" {
                @for field in &fields {
                    (field.show(&visit.values, problem.as_ref().and_then(|problem| problem.at(field))))
                }
                button class="main" { "Send the file" }
                p { "Nothing is recorded yet. The file stays in the memory of this computer." }
            }
        }
    };
    Ok(Page::new("Import spend from a ledger", body).into())
}

/// The form about the columns and codes of a file that was sent.
pub(crate) fn map(visit: &Visit) -> Result<Answer, Stop> {
    page(visit, None)
}

/// The same, with what is wrong.
pub(crate) fn page(visit: &Visit, problem: Option<Problem>) -> Result<Answer, Stop> {
    let file = sent(visit)?;
    let is_template = Map::of_template()
        .and_then(|map| Extract::from_bytes(label(&file), file.bytes.clone(), &map, None, &mut ()))
        .is_ok();
    let mut values = visit.values.clone();
    let (mut fields, shown) = if is_template {
        values.set(TEMPLATE, "yes");
        let shown =
            html! { p { "This is the template of invoices: it says itself what is what." } };
        (Vec::new(), shown)
    } else {
        let sketch = sketch(&file, &values)?;
        suggest(&mut values, &sketch);
        (fields(visit, &sketch)?, first_rows(&sketch))
    };
    let skip_bad = "Leave out lines that are wrong or refused, and record the others";
    fields.push(Field::new(SKIP_BAD, skip_bad, Control::Tick));
    let ask_again = fields.iter().any(|field| field.name == "code-column");
    let body = html! {
        @if let Some(problem) = &problem { (problem.summary(&fields, visit)) }
        h1 id="title" { "What is in " bdi { (visible(&file.name)) } }
        (shown)
        form method="post" action="/import/lines" {
            @for (name, text) in values.all() {
                @if !fields.iter().any(|field| field.name == name) && name != "step" { (hidden(name, text)) }
            }
            @for field in &fields { (field.show(&values, None)) }
            button class="main" name="step" value="change" { "See the lines" }
            @if ask_again {
                button formaction="/import/map" { "Show the codes of that column" }
            }
            p { "Nothing is recorded yet. The next page shows what is new and what the book has." }
        }
        p { a href="/import" { "Send another file" } }
    };
    Ok(Page::new("What is in the file", body).into())
}

/// The file that a form is about.
pub(crate) fn sent(visit: &Visit) -> Result<Arc<SentFile>, Stop> {
    visit
        .desk
        .uploads
        .get(visit.values.get(FILE))
        .ok_or_else(|| {
            let words = "the file is no longer in the memory of the desk; please send it again";
            Failure::command_line(words).into()
        })
}

/// What errors call a file.
fn label(file: &SentFile) -> &Path {
    Path::new(&file.name)
}

fn sketch(file: &SentFile, values: &Values) -> Result<Sketch, Error> {
    let code_column = values.has("code-column").then(|| values.get("code-column"));
    Sketch::new(label(file), &file.bytes, code_column).map_err(Error::Extract)
}

/// Fills in what the file suggests, where nothing was chosen.
fn suggest(values: &mut Values, sketch: &Sketch) {
    let choices = &sketch.choices;
    for key in COLUMN_KEYS {
        let column = choices.columns.get(key).cloned().unwrap_or_default();
        values.default_to(key, column);
    }
    values.default_to("vat", choices.vat.clone());
    values.default_to("unmatched", choices.unmatched.clone());
    values.default_to(
        "code-column",
        choices.code_column.clone().unwrap_or_default(),
    );
    for (index, (code, _)) in sketch.codes.iter().take(MAX_CODES).enumerate() {
        let name = format!("code-name-{index}");
        if values.get(&name) != code {
            values.set(&name, code.clone());
            values.set(&format!("code-{index}"), "");
        }
    }
}

fn fields(visit: &Visit, sketch: &Sketch) -> Result<Vec<Field>, Stop> {
    let named = |columns: &[String]| -> Vec<(String, String)> {
        let none = (String::new(), "None".to_owned());
        let columns = columns.iter().filter(|column| !column.is_empty());
        let columns = columns.map(|column| (column.clone(), column.clone()));
        std::iter::once(none).chain(columns).collect()
    };
    let column =
        |key: &str, label: &str| Field::new(key, label, Control::Select(named(&sketch.header)));
    let book = visit.open()?;
    let mut projects: Vec<(String, String)> = Vec::new();
    for candidate in book.candidates()? {
        let (value, called) = (candidate.project.to_string(), candidate.title);
        if !projects.iter().any(|(known, _)| *known == value) {
            projects.push((value.clone(), format!("{value}, {called}")));
        }
    }
    let whose = |first: &[(&str, &str)]| {
        let first = first
            .iter()
            .map(|(value, called)| ((*value).to_owned(), (*called).to_owned()));
        Control::Select(first.chain(projects.clone()).collect())
    };
    let vat = vec![
        ("net".to_owned(), "Net of VAT".to_owned()),
        ("gross".to_owned(), "With VAT".to_owned()),
    ];
    let mut fields = vec![
        column("date", "Column of the date"),
        column("amount", "Column of the amount"),
        column("debit", "Column of debits"),
        column("credit", "Column of credits"),
        column("sign", "Column that says debit or credit"),
        column("supplier", "Column of the supplier"),
        column("reference", "Column of the reference").hint("The invoice or transaction number."),
        column("category", "Column of the cost category"),
        Field::new("vat", "The amounts are", Control::Select(vat)),
        column(
            "code-column",
            "Column of the code by which a line finds its project",
        ),
    ];
    let first = [("", "Not chosen"), ("outside", "Not of this grant")];
    for (index, (code, rows)) in sketch.codes.iter().take(MAX_CODES).enumerate() {
        let label = format!("Project of code {}", visible(code));
        let field = Field::new(&format!("code-{index}"), &label, whose(&first));
        fields.push(field.hint(match rows {
            1 => "1 line.".to_owned(),
            rows => format!("{rows} lines."),
        }));
    }
    let others = [
        ("refuse", "Stop, and say which they are"),
        ("outside", "Not of this grant"),
    ];
    let others = Field::new("unmatched", "All other lines are", whose(&others));
    fields.push(others);
    Ok(fields)
}

/// The first rows of the file, below its header.
fn first_rows(sketch: &Sketch) -> Markup {
    html! {
        h2 id="rows" { "Its first rows" }
        div class="scroller" role="group" tabindex="0" aria-labelledby="rows" {
            table aria-labelledby="rows" {
                thead role="rowgroup" {
                    tr role="row" {
                        @for name in &sketch.header { th role="columnheader" scope="col" { (visible(name)) } }
                    }
                }
                tbody role="rowgroup" {
                    @for row in &sketch.rows {
                        tr role="row" {
                            @for (index, name) in sketch.header.iter().enumerate() {
                                td role="cell" data-heading=(visible(name)) {
                                    bdi { (visible(row.get(index).map_or("", String::as_str))) }
                                }
                            }
                        }
                    }
                }
            }
        }
        h2 { "Which column is what" }
    }
}

/// The extract, read as was chosen.
pub(crate) fn extract(visit: &Visit) -> Result<Extract, Error> {
    let values = &visit.values;
    let Some(file) = visit.desk.uploads.get(values.get(FILE)) else {
        let none = SentFile {
            name: String::new(),
            bytes: Vec::new(),
        };
        return read(&none, &Map::of_template().map_err(Error::Map)?);
    };
    if values.get(TEMPLATE) == "yes" {
        return read(&file, &Map::of_template().map_err(Error::Map)?);
    }
    let suggested = sketch(&file, values)?.choices;
    let columns = COLUMN_KEYS.map(|key| (key.to_owned(), values.get(key).to_owned()));
    let codes = (0..MAX_CODES).filter_map(|index| {
        let code = values.given(&format!("code-name-{index}"))?;
        let project = values.given(&format!("code-{index}"))?;
        Some((code.to_owned(), project.to_owned()))
    });
    let choices = Choices {
        vat: values.get("vat").to_owned(),
        columns: columns.into_iter().collect(),
        codes: codes.collect(),
        unmatched: values.get("unmatched").to_owned(),
        ..suggested
    };
    let map = Map::parse(Path::new("What you chose"), &choices.map_text()).map_err(Error::Map)?;
    read(&file, &map)
}

fn read(file: &SentFile, map: &Map) -> Result<Extract, Error> {
    let extract = Extract::from_bytes(label(file), file.bytes.clone(), map, None, &mut ());
    extract.map_err(Error::Extract)
}
