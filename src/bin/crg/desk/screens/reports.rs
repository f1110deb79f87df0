//! Reports: what each tells, how it looks, and files of it in every format.

use maud::{Markup, html};

use crate::desk::answer::{Answer, Page};
use crate::desk::fields::{Control, Field, hidden};
use crate::desk::papers::{Made, PAPERS, made, periods};
use crate::desk::screens::question::another_year;
use crate::desk::values::address;
use crate::desk::visit::{Visit, unreadable};
use crate::failure::Stop;
use crate::options::answer::Format;

/// The formats of files, in the order in which people ask for them.
const FORMATS: [(Format, &str); 6] = [
    (Format::Docx, "Word"),
    (Format::Xlsx, "Excel"),
    (Format::Html, "A page to send"),
    (Format::Csv, "CSV"),
    (Format::Md, "Markdown"),
    (Format::Json, "JSON"),
];

/// The list of reports.
pub(crate) fn list(visit: &Visit) -> Result<Answer, Stop> {
    let book = visit.open()?;
    let year = visit.year(&book)?;
    let text = year.to_string();
    let body = html! {
        h1 id="title" { "Reports of " (year) }
        ul {
            @for (name, tells) in PAPERS {
                li { a href=(address("/report", &[("name", name), ("year", &text)])) { (tells) } }
            }
        }
        (another_year(&book, year, "/reports")?)
    };
    Ok(Page::new(format!("Reports, {year}"), body).into())
}

/// One report, with the links to its files.
pub(crate) fn show(visit: &Visit) -> Result<Answer, Stop> {
    let year = visit.year(&visit.open()?)?.to_string();
    let name = visit.values.get("name");
    let Made::Shown(shown) = made(visit, None)? else {
        return Err(unreadable(name, "a report of the desk"));
    };
    let issue = ["quarter", "claim"].contains(&name) && !visit.desk.is_read_only;
    let body = html! {
        (asked(visit, name, &year))
        (shown)
        h2 id="files" { "Save it" }
        p { @for (format, called) in FORMATS { a class="button" href=(file(visit, &year, format)) { (called) } } }
        @if issue {
            p { a class="button" href=(with(visit, "/issue", &year, &[])) { "Record that it goes out" } }
        }
        p { a href=(address("/reports", &[("year", &year)])) { "All reports" } }
    };
    Ok(Page::new(format!("Report, {year}"), body).into())
}

/// A file of a report.
pub(crate) fn save(visit: &Visit) -> Result<Answer, Stop> {
    let given = visit.values.get("format");
    let mut formats = FORMATS.into_iter().map(|(format, _)| format);
    let format = formats.find(|format| format.ending() == given);
    let format = format.ok_or_else(|| unreadable(given, "a format of the desk"))?;
    Ok(match made(visit, Some(format))? {
        Made::Saved(file) => Answer::File(file),
        Made::Shown(body) => Page::new("Report", body).into(),
    })
}

fn file(visit: &Visit, year: &str, format: Format) -> String {
    with(visit, "/save", year, &[("format", format.ending())])
}

/// An address about the same report.
fn with(visit: &Visit, path: &str, year: &str, more: &[(&str, &str)]) -> String {
    let same = ["name", "period", "as-at"].into_iter();
    let same = same.filter_map(|name| Some((name, visit.values.given(name)?)));
    let values = same.chain([("year", year)]).chain(more.iter().copied());
    address(path, &values.collect::<Vec<_>>())
}

/// The form that asks about another day or period.
fn asked(visit: &Visit, name: &str, year: &str) -> Markup {
    let periods = periods(name).iter().map(|period| {
        let period = (*period).to_owned();
        (period.clone(), period)
    });
    let periods: Vec<(String, String)> = periods.collect();
    let day = Field::new("as-at", "Day", Control::Short);
    html! {
        form class="asked" method="get" action="/report" {
            (hidden("name", name))
            (hidden("year", year))
            @if !periods.is_empty() {
                (Field::new("period", "Period", Control::Select(periods)).show(&visit.values, None))
            }
            (day.show(&visit.values, None))
            button { "Show" }
        }
    }
}
