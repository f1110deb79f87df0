//! How anything is recorded: a form is checked, what it would record is shown, and a second button
//! records it once.

use axum::http::StatusCode;
use crg::format::{html_blocks, visible};
use crg::model::EntryNumber;
use crg::{Book, Commit, Error, Fingerprint, Kind};
use maud::{Markup, PreEscaped, html};

use crate::desk::act::{Act, Done};
use crate::desk::answer::{Answer, Page};
use crate::desk::confirmation::confirmation;
use crate::desk::fields::{Control, Field, hidden};
use crate::desk::memory::Kept;
use crate::desk::problem::{Problem, has_moved_on};
use crate::desk::revisit::FORM;
use crate::desk::seen::{BY, HEAD, TOKEN, changes, is_as_seen};
use crate::desk::values::{Values, address};
use crate::desk::visit::Visit;
use crate::failure::Stop;
use crate::import_notes::{earlier_years, import_notes};
use crate::notes::notes;
use crate::recording::explained;
use crate::reported_quarters::changed_since;

/// What the button that was pressed asks for.
const STEP: &str = "step";
/// The reason to set a rule of process aside.
const OVERRIDE: &str = "override";

/// The page of all that was recorded.
const RECORD: &str = "/log";

/// What to do about a line that an import counts in the wrong year.
const CORRECT_LATER: &str = "correct its entry once it is recorded, and change the grant year";

/// The form, with what is known to fill it in.
pub(crate) fn show(visit: &Visit, act: &dyn Act) -> Result<Answer, Stop> {
    Ok(form(visit, act, None, &Markup::default()).into())
}

/// What is done with a form that was sent.
pub(crate) fn send(visit: &Visit, act: &dyn Act) -> Result<Answer, Stop> {
    let token = visit.values.get(TOKEN);
    match visit.values.get(STEP) {
        "change" => show(visit, act),
        "record" if visit.desk.forms.is_used(token) || is_as_seen(visit) => keep(visit, act, token),
        "record" => check(visit, act, &changes(visit)?),
        _ => check(visit, act, &Markup::default()),
    }
}

/// Shows what would be recorded, below a notice.
fn check(visit: &Visit, act: &dyn Act, notice: &Markup) -> Result<Answer, Stop> {
    let head = visit.open()?.head()?;
    let tried = attempt(visit, act, head, Commit::DryRun);
    Ok(match tried {
        Ok((_, Done::Nothing(why))) => nothing(act, &why).into(),
        Ok((book, done)) => {
            let (shown, notes) = shown(&book, &done, Commit::DryRun, head, visit, act);
            preview(visit, act, head, notice, &shown, &notes)?.into()
        }
        // Somebody recorded while it was checked, and the person has seen nothing yet.
        Err(error) if has_moved_on(&error) => return check(visit, act, notice),
        Err(error) => {
            let problem = Problem::new(&error, act, visit);
            form(visit, act, Some(problem), notice).into()
        }
    })
}

/// Records what was shown, if the book is still as it was, and leads to what was recorded.
fn keep(visit: &Visit, act: &dyn Act, token: &str) -> Result<Answer, Stop> {
    let Ok(head) = visit.values.get(HEAD).parse::<Fingerprint>() else {
        return check(visit, act, &Markup::default());
    };
    let mut none = None;
    let done = visit.desk.forms.once(token, || {
        let (book, done) = attempt(visit, act, head, Commit::Keep)?;
        if let Done::Nothing(why) = &done {
            none = Some(why.clone());
            return Ok(RECORD.to_owned());
        }
        // It is recorded: if a page of it cannot be made, the record shows it.
        let page = recorded(visit, act, head, &book, &done);
        Ok(page.unwrap_or_else(|_| RECORD.to_owned()))
    });
    match (done, none) {
        (_, Some(why)) => Ok(nothing(act, &why).into()),
        (Ok(page), None) => Ok(Answer::Redirect(page)),
        (Err(error), None) if has_moved_on(&error) => check(visit, act, &changes(visit)?),
        (Err(error), None) => {
            let problem = Problem::new(&error, act, visit);
            Ok(form(visit, act, Some(problem), &Markup::default()).into())
        }
    }
}

/// Keeps a page of what was recorded, and returns its address.
fn recorded(
    visit: &Visit,
    act: &dyn Act,
    head: Fingerprint,
    book: &Book,
    done: &Done,
) -> Result<String, Error> {
    let next = match done {
        Done::Recorded(recorded) => act.next(recorded),
        Done::Imported(_) | Done::Nothing(_) => spend(),
    };
    let first = match book.entry_with(head)? {
        Some(seen) => seen.next().unwrap_or(seen),
        None => EntryNumber(1),
    };
    let is_one = book.last_entry()? == Some(first);
    let one = if is_one { book.entry(first)? } else { None };
    let one = one.map(|entry| entry.event.kind());
    let page = address("/recorded", &[("entry", &first.to_string())]);
    let (shown, notes) = shown(book, done, Commit::Keep, head, visit, act);
    let body = result(first, one, &shown, &notes, &next);
    // If it is too large to be kept, the record shows it.
    let kept = Kept::Page(Page::new("Recorded", body));
    let _ = visit.desk.memory.keep(&page, kept);
    Ok(page)
}

/// What was recorded or would be, and what a person should know of it.
fn shown(
    book: &Book,
    done: &Done,
    commit: Commit,
    head: Fingerprint,
    visit: &Visit,
    act: &dyn Act,
) -> (Markup, Vec<String>) {
    match done {
        Done::Recorded(recorded) => {
            let mut notes = notes(book, recorded, &visit.context);
            notes.extend(act.notes(recorded));
            (confirmation(book, recorded, commit, visit), notes)
        }
        Done::Imported(report) => {
            let mut notes = import_notes(report, visit.context.today);
            let seen = book.entry_with(head).ok().flatten();
            notes.extend(changed_since(book, seen));
            let earlier = earlier_years(report, book);
            notes.extend(earlier.iter().map(|lines| lines.note(CORRECT_LATER)));
            let blocks = PreEscaped(html_blocks(&**report, None));
            (
                html! { (blocks) (chosen(act.fields(), &visit.values)) },
                notes,
            )
        }
        Done::Nothing(why) => (html! { (why) }, Vec::new()),
    }
}

/// What was chosen in each field.
fn chosen(fields: &[Field], values: &Values) -> Markup {
    html! {
        @if !fields.is_empty() {
            h2 { "What you decided" }
            ul {
                @for field in fields {
                    li { bdi { (field.label) } ": " (field.chosen(values)) }
                }
            }
        }
    }
}

/// What a person may want to do after an import.
fn spend() -> Vec<(String, String)> {
    vec![("/spend".to_owned(), "See the spend".to_owned())]
}

fn attempt(
    visit: &Visit,
    act: &dyn Act,
    head: Fingerprint,
    commit: Commit,
) -> Result<(Book, Done), Error> {
    let mut book = Book::open_after(&visit.desk.book, head)?;
    let done = act.record(&mut book, visit, commit);
    match done {
        Ok(done) => Ok((book, done)),
        Err(error) => Err(explained(&book, error)),
    }
}

/// The form, with what is wrong with it. Where a reason sets that aside, there is a field for it.
fn form(visit: &Visit, act: &dyn Act, problem: Option<Problem>, notice: &Markup) -> Page {
    let values = &visit.values;
    let mut fields = act.fields().to_vec();
    let can_be_overridden = problem
        .as_ref()
        .is_some_and(|problem| problem.can_be_overridden);
    if can_be_overridden || values.given(OVERRIDE).is_some() {
        fields.push(reason());
    }
    let title = act.title();
    let body = html! {
        (notice)
        @if let Some(problem) = &problem { (problem.summary(&fields, visit)) }
        h1 id="title" { (title) }
        (act.above())
        form method="post" action=(act.path()) {
            (others(values, &fields))
            (hidden(FORM, values.get(FORM)))
            (act.lay_out(&fields, &|field| {
                field.show(values, problem.as_ref().and_then(|problem| problem.at(field)))
            }))
            @if visit.desk.is_read_only {
                p { "This desk is to read only: nothing can be recorded." }
            } @else {
                button class="main" name=(STEP) value="check" { "Check" }
                @if let Some((path, words)) = act.before() { button formaction=(path) { (words) } }
                p { "Nothing is recorded yet. The next page shows what would be." }
            }
        }
    };
    let is_wrong = problem.is_some();
    let title = if is_wrong {
        format!("Error: {title}")
    } else {
        title
    };
    let status = if is_wrong {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Page::new(title, body).with(status)
}

fn reason() -> Field {
    Field::new(
        OVERRIDE,
        "Reason to record it anyway",
        Control::Line(Vec::new()),
    )
    .hint("It is kept with the entry, and shown in checks and reports.")
    .optional()
}

/// What goes with a form beside its fields.
fn others(values: &Values, fields: &[Field]) -> Markup {
    let is_own = |name: &str| [STEP, TOKEN, HEAD, BY, FORM].contains(&name);
    let is_field = |name: &str| fields.iter().any(|field| field.name == name);
    let others = values
        .all()
        .filter(|(name, _)| !is_own(name) && !is_field(name));
    html! { @for (name, text) in others { (hidden(name, text)) } }
}

/// What would be recorded, with the button that records it.
fn preview(
    visit: &Visit,
    act: &dyn Act,
    head: Fingerprint,
    notice: &Markup,
    shown: &Markup,
    notes: &[String],
) -> Result<Page, Stop> {
    let token = visit.desk.forms.mint()?;
    let title = "Check before it is recorded";
    let body = html! {
        (notice)
        h1 id="title" { (title) }
        p { (act.title()) ", recorded by " bdi { (visible(&visit.context.by)) } "." }
        (shown)
        (noted(notes))
        form method="post" action=(act.path()) {
            (others(&visit.values, &[]))
            (hidden(TOKEN, &token))
            (hidden(HEAD, &head.to_string()))
            (hidden(BY, &visit.context.by))
            button class="main" name=(STEP) value="record" { "Record" }
            button name=(STEP) value="change" { "Change it" }
        }
    };
    Ok(Page::new(title, body))
}

/// What was recorded, one entry of a kind or several, with how to take it back.
fn result(
    first: EntryNumber,
    one: Option<Kind>,
    shown: &Markup,
    notes: &[String],
    next: &[(String, String)],
) -> Markup {
    let entry = first.to_string();
    let wrong: &[(&str, &str, &str)] = match one {
        Some(kind) if kind.is_reversible() => &[
            (
                "/correct",
                "entry",
                "If something in it is wrong, correct it",
            ),
            (
                "/reverse",
                "command-of",
                "If it should not be there, reverse it",
            ),
        ],
        Some(_) => &[("/log", "from-entry", "See it in the record")],
        None => &[
            (
                "/log",
                "from-entry",
                "If one of them is wrong, find it in the record",
            ),
            (
                "/reverse",
                "command-of",
                "If none of them should be there, reverse all",
            ),
        ],
    };
    html! {
        h1 id="title" { "Recorded" }
        div class="notice done" role="status" { (shown) }
        (noted(notes))
        h2 { "What next" }
        ul {
            @for (address, words) in next { li { a href=(address) { (words) } } }
            @for (path, name, words) in wrong {
                li { a href=(address(path, &[(*name, entry.as_str())])) { (words) } }
            }
            li { a href="/" { "Today" } }
        }
    }
}

fn noted(notes: &[String]) -> Markup {
    html! {
        @if !notes.is_empty() {
            div class="notice" {
                h2 { "Please look again" }
                ul { @for note in notes { li { (visible(note)) } } }
            }
        }
    }
}

fn nothing(act: &dyn Act, why: &str) -> Page {
    let body = html! {
        h1 id="title" { "Nothing was recorded" }
        p { (act.title()) ": " (visible(why)) }
    };
    Page::new("Nothing was recorded", body)
}
