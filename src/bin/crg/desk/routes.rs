//! Which address leads to which screen.

use std::sync::Arc;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::rejection::FormRejection;
use axum::extract::{DefaultBodyLimit, Form, FromRequest, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{MethodRouter, get};
use tokio::time::{Duration, timeout};

use crate::desk::answer::{Answer, file, html, redirect};
use crate::desk::frame::{bare, framed};
use crate::desk::guard::{START, guard, not_admitted};
use crate::desk::multipart::file as file_of;
use crate::desk::problem;
use crate::desk::revisit::{self, Screen};
use crate::desk::screens::{
    correct, enter, entry, give_back, health, import, import_lines, issue, log, meeting, open,
    priority, project, projects, recorded, reports, reverse, shift, spend, today, who, year,
};
use crate::desk::values::{Values, address};
use crate::desk::visit::{Desk, Visit};
use crate::failure::{Failure, Stop};

/// Bytes of a form.
const MAX_FORM_BYTES: usize = 64 * 1024;
/// How long a browser may take to send a form.
const MAX_FORM_TIME: Duration = Duration::from_secs(20);

/// Bytes of a form with a file.
const MAX_UPLOAD_BYTES: usize = 16 * 1024 * 1024;
/// How long a browser may take to send a file.
const MAX_UPLOAD_TIME: Duration = Duration::from_secs(60);

/// What was sent, unless it is no form.
type Pairs = Result<Form<Vec<(String, String)>>, FormRejection>;

/// All screens, behind the guard.
pub(crate) fn routes(desk: Arc<Desk>) -> Router {
    Router::new()
        .route(START, get(start))
        .route("/", ask("/", today::show))
        .route("/projects", ask("/projects", projects::show))
        .route("/project", ask("/project", project::show))
        .route("/enter", form("/enter", enter::show, enter::send))
        .route("/recorded", ask("/recorded", recorded::show))
        .route("/who", form("/who", who::show, who::send))
        .route("/meeting", form("/meeting", meeting::show, meeting::send))
        .route("/spend", ask("/spend", spend::show))
        .route("/year", ask("/year", year::show))
        .route("/open", form("/open", open::show, open::send))
        .route(
            priority::PATH,
            form(priority::PATH, priority::show, priority::send),
        )
        .route("/return", form("/return", give_back::show, give_back::send))
        .route("/move", form("/move", shift::show, shift::send))
        .route("/log", ask("/log", log::show))
        .route("/entry", ask("/entry", entry::show))
        .route("/reverse", form("/reverse", reverse::show, reverse::send))
        .route("/correct", form("/correct", correct::show, correct::send))
        .route("/reports", ask("/reports", reports::list))
        .route("/report", ask("/report", reports::show))
        .route("/save", ask("/save", reports::save))
        .route("/issue", form("/issue", issue::show, issue::send))
        .route("/import", ask("/spend", import::show).post(upload))
        .route("/import/map", form("/spend", import::map, import::map))
        .route(
            "/import/lines",
            form("/spend", import_lines::show, import_lines::send),
        )
        .route("/health", form("/health", health::show, health::send))
        .fallback(nowhere)
        .layer(DefaultBodyLimit::max(MAX_FORM_BYTES))
        .layer(from_fn_with_state(Arc::clone(&desk), guard))
        .with_state(desk)
}

/// A screen that only shows something. `current` is the screen of the navigation that it is or
/// belongs to.
fn ask(current: &'static str, screen: Screen) -> MethodRouter<Arc<Desk>> {
    get(move |State(desk), request| answer(desk, request, current, screen))
}

/// A screen with a form.
fn form(current: &'static str, show: Screen, send: Screen) -> MethodRouter<Arc<Desk>> {
    let show = move |visit: &Visit| revisit::show(visit, show);
    let send = move |visit: &Visit| revisit::send(visit, send);
    get(move |State(desk), request| answer(desk, request, current, show))
        .post(move |State(desk), request| answer(desk, request, current, send))
}

/// Takes a file into memory, and leads to the questions about it.
async fn upload(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default().to_owned();
    let read = to_bytes(request.into_body(), MAX_UPLOAD_BYTES);
    let body = match timeout(MAX_UPLOAD_TIME, read).await {
        Ok(Ok(body)) => body,
        _ => return redirect("/import?missing=yes"),
    };
    let kept = file_of(&kind, &body).and_then(|file| desk.uploads.keep(file).ok());
    match kept {
        Some(kept) => redirect(&address("/import/map", &[(import::FILE, &kept)])),
        None => redirect("/import?missing=yes"),
    }
}

/// Exchanges the token of the address for a cookie. Whoever has the cookie already goes on.
async fn start(State(desk): State<Arc<Desk>>, headers: HeaderMap, values: Pairs) -> Response {
    let values = Values::new(values.map(|Form(pairs)| pairs).unwrap_or_default());
    let mut response = redirect("/");
    if let Some(cookie) = desk.session.exchange(values.get("token")) {
        let Ok(cookie) = HeaderValue::from_str(&cookie) else {
            return not_admitted();
        };
        response.headers_mut().insert(header::SET_COOKIE, cookie);
        return response;
    }
    let cookies = headers.get_all(header::COOKIE).iter();
    let mut cookies = cookies.filter_map(|cookies| cookies.to_str().ok());
    if cookies.any(|cookies| desk.session.admits(cookies)) {
        response
    } else {
        not_admitted()
    }
}

/// Reads what was asked, and lets the screen answer on a thread that may wait for the book.
async fn answer(
    desk: Arc<Desk>,
    request: Request,
    current: &'static str,
    screen: impl FnOnce(&Visit) -> Result<Answer, Stop> + Send + 'static,
) -> Response {
    let path = request.uri().path().to_owned();
    let read = Form::<Vec<(String, String)>>::from_request(request, &());
    let Ok(Ok(Form(pairs))) = timeout(MAX_FORM_TIME, read).await else {
        let words = "It is too large, came too slowly, or is no form. Nothing was recorded.";
        let page = bare("The form could not be read", &[words]);
        return html(StatusCode::BAD_REQUEST, page);
    };
    let visit = move || Visit::new(desk, path, Values::new(pairs));
    let work = move || work(visit(), current, screen);
    match tokio::task::spawn_blocking(work).await {
        Ok(response) => response,
        Err(_) => {
            let words = "Please report the line that crg serve printed in its window. The Record shows what \
                         was saved.";
            html(
                StatusCode::INTERNAL_SERVER_ERROR,
                bare("The desk failed", &[words]),
            )
        }
    }
}

fn work(
    visit: Result<Visit, Failure>,
    current: &str,
    screen: impl FnOnce(&Visit) -> Result<Answer, Stop>,
) -> Response {
    let visit = match visit {
        Ok(visit) => visit,
        Err(failure) => {
            let page = bare("The desk cannot go on", &[&failure.message]);
            return html(StatusCode::INTERNAL_SERVER_ERROR, page);
        }
    };
    let answer = screen(&visit).unwrap_or_else(|stop| problem::page(&visit, stop).into());
    match answer {
        Answer::Page(page) => html(page.status, framed(&visit, current, &page)),
        Answer::Redirect(address) => redirect(&address),
        Answer::File(made) => file(made),
    }
}

async fn nowhere() -> Response {
    let words =
        "Go back, or to the first page of the desk: remove what follows the number in the address.";
    html(
        StatusCode::NOT_FOUND,
        bare("There is no such page", &[words]),
    )
}
