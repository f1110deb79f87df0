//! The year: where its money is, what it still needs up to its close, and what can be recorded now.

use crg::model::{Kind, Stage};
use crg::report::{PotReport, ProjectListReport, YearReport};
use crg::{Book, FinancialYear, Lens, Pot};
use maud::{Markup, html};

use crate::desk::answer::{Answer, Page};
use crate::desk::screens::priority::PATH;
use crate::desk::screens::question::{another_year, report};
use crate::desk::steps;
use crate::desk::values::address;
use crate::desk::visit::Visit;
use crate::failure::Stop;
use crate::options::answered;

pub(crate) fn show(visit: &Visit) -> Result<Answer, Stop> {
    let book = visit.open()?;
    let (year, lens) = (visit.year(&book)?, visit.lens()?);
    let answered = answered(&book, lens, |book, lens| book.year(year, lens))?;
    let text = year.to_string();
    let pot = book.pot(year, lens)?;
    let open = if pot.tactical.open {
        Pot::Tactical
    } else {
        Pot::Upfront
    };
    let list = checklist(&book, year, lens, &answered.report, &pot)?;
    let is_read_only = visit.desk.is_read_only;
    let body = html! {
        (report(&answered.paper()))
        p { a href=(address("/reports", &[("year", &text)])) { "Reports of " (year) } }
        h2 { "What the year needs" }
        (items(&list, &text, is_read_only))
        @if !is_read_only {
            h2 { "What can be recorded now" }
            (steps::show(&steps::of_year(&book, year, open, visit)?, &[("year", &text)]))
            p { a class="button" href=(address(PATH, &[("year", &text)])) { "Record a priority" } }
            p { a class="button" href=(address("/open", &[("year", &year.next().to_string())])) { "Open the next year" } }
        }
        (another_year(&book, year, "/year")?)
    };
    Ok(Page::new(format!("Year {year}"), body).into())
}

/// Something that a year needs: whether it is done, what it is, and where it is done.
struct Item {
    is_done: bool,
    words: String,
    path: &'static str,
    /// What the page is asked about beside the year.
    asked: Option<(&'static str, &'static str)>,
    /// What its words mean, if they are the words of the trade.
    meaning: &'static str,
}

/// From the OPCC's confirmation to the close.
fn checklist(
    book: &Book,
    year: FinancialYear,
    lens: Lens,
    money: &YearReport,
    pot: &PotReport,
) -> Result<Vec<Item>, Stop> {
    let projects = book.projects(year, lens)?;
    let (pending, running) = (
        count(&projects, Stage::is_pending),
        count(&projects, is_running),
    );
    let enter = |is_done, words: String, kind| Item {
        is_done,
        words,
        path: "/enter",
        asked: Some(("kind", kind)),
        meaning: "",
    };
    let go = |is_done, words, path| Item {
        is_done,
        words,
        path,
        asked: None,
        meaning: "",
    };
    let overdue = book.due(year, lens)?.rows;
    let due = overdue.iter().filter(|due| due.met_on.is_none()).count();
    let is_over = lens.as_at >= year.last_day();
    let mut items = vec![enter(
        money.head.confirmed,
        "The OPCC has confirmed the year".to_owned(),
        "confirm",
    )];
    if pot.name(Pot::Upfront).is_shown() && !pot.name(Pot::Upfront).is_only() {
        let released = "The upfront pot is released, and the tactical pot is open";
        items.push(Item {
            meaning: Kind::Release.meaning(),
            ..enter(pot.tactical.open, released.to_owned(), "release")
        });
    }
    items.extend([
        go(
            pending == 0,
            with_rest("Every proposal is decided", pending),
            "/meeting",
        ),
        enter(
            !money.cash_held.is_negative() && !money.received.is_zero(),
            format!(
                "The OPCC's payments are recorded ({} received)",
                money.received.pounds()
            ),
            "receive",
        ),
        Item {
            asked: Some(("name", "due")),
            ..go(
                due == 0,
                with_rest("Everything due is done", due),
                "/report",
            )
        },
        go(
            running == 0,
            with_rest("Every project is complete", running),
            "/projects",
        ),
        go(
            is_over && money.to_return.is_zero() && money.not_drawn.is_zero(),
            format!(
                "What is left is returned ({} is not; {} was not paid out)",
                money.to_return.pounds(),
                money.not_drawn.pounds()
            ),
            "/return",
        ),
        enter(money.closed, "The year is closed".to_owned(), "close"),
    ]);
    Ok(items)
}

/// What is to be done, and how many of it are not.
fn with_rest(words: &str, rest: usize) -> String {
    match rest {
        0 => words.to_owned(),
        1 => format!("{words} (1 is not)"),
        rest => format!("{words} ({rest} are not)"),
    }
}

fn count(projects: &ProjectListReport, is: impl Fn(Stage) -> bool) -> usize {
    projects
        .rows
        .iter()
        .filter(|project| is(project.status))
        .count()
}

fn is_running(stage: Stage) -> bool {
    stage == Stage::Approved
}

fn items(list: &[Item], year: &str, is_read_only: bool) -> Markup {
    html! {
        ul class="steps" {
            @for item in list {
                @let values = item.asked.into_iter().chain([("year", year)]);
                @let values: Vec<(&str, &str)> = values.collect();
                li {
                    strong { @if item.is_done { "Done" } @else { "To do" } } ": "
                    @if item.is_done || is_read_only {
                        (item.words)
                    } @else {
                        a href=(address(item.path, &values)) { (item.words) }
                    }
                    @if !item.is_done && !item.meaning.is_empty() { p class="hint" { (item.meaning) } }
                }
            }
        }
    }
}
