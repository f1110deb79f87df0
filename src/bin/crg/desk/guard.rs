//! The guard: which requests are answered at all, and what every answer forbids the browser.

use std::sync::{Arc, LazyLock};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use crg::format::{STYLE, style_source};

use crate::desk::answer::html;
use crate::desk::frame::{DESK_STYLE, bare};
use crate::desk::visit::Desk;

/// The one page that needs no cookie: it gives it.
pub(crate) const START: &str = "/start";

/// Nothing may be loaded or run, and no other page may frame this one or be sent its forms.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    format!(
        "default-src 'none'; style-src {} {}; img-src data:; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'",
        style_source(STYLE),
        style_source(DESK_STYLE)
    )
});

/// Why a request is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Denied {
    /// It was sent to a name that is not this computer's.
    Host,
    /// A page of another address sent it.
    Origin,
    /// It neither asks nor sends a form.
    Method,
    /// Its browser was not admitted.
    Cookie,
    /// Nothing may be recorded.
    ReadOnly,
}

/// Answers a request if it may be answered.
pub(crate) async fn guard(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let denied = denied(&desk, &request);
    let mut response = match denied {
        None => {
            desk.note_use();
            next.run(request).await
        }
        Some(denied) => refused(denied),
    };
    let headers = response.headers_mut();
    let policy = HeaderValue::from_str(&POLICY);
    let policy = policy.unwrap_or(HeaderValue::from_static("default-src 'none'"));
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // With `no-referrer` a browser would hide the origin of the desk's own forms.
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn denied(desk: &Desk, request: &Request) -> Option<Denied> {
    let (headers, method) = (request.headers(), request.method());
    let is_start = request.uri().path() == START;
    let Some(host) = own_host(headers, desk.port) else {
        return Some(Denied::Host);
    };
    let is_write = method == Method::POST;
    if !is_write && method != Method::GET {
        return Some(Denied::Method);
    }
    // A link may lead from anywhere to the page that asks for the token, and to no other.
    let is_own = text(headers, "sec-fetch-site")
        .is_none_or(|site| site == "same-origin" || site == "none" && !is_write);
    let is_own_form = text(headers, "origin") == Some(&format!("http://{host}"));
    let may_come_from_anywhere = is_start && !is_write;
    if !(is_own || may_come_from_anywhere) || is_write && !is_own_form {
        return Some(Denied::Origin);
    }
    let cookies = headers.get_all(header::COOKIE).iter();
    let mut cookies = cookies.filter_map(|cookies| cookies.to_str().ok());
    if !is_start && !cookies.any(|cookies| desk.session.admits(cookies)) {
        return Some(Denied::Cookie);
    }
    (is_write && desk.is_read_only).then_some(Denied::ReadOnly)
}

/// The name of this computer to which a request was sent. A name on the internet that leads here
/// would let a page of that name read the book.
fn own_host(headers: &HeaderMap, port: u16) -> Option<String> {
    let names = ["127.0.0.1", "localhost"];
    let mut own = names.into_iter().map(|name| format!("{name}:{port}"));
    let mut given = headers.get_all(header::HOST).iter();
    let (host, more) = (given.next()?.to_str().ok()?, given.next());
    own.find(|own| own == host && more.is_none())
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn refused(denied: Denied) -> Response {
    let (status, title, words) = match denied {
        Denied::Host => (
            StatusCode::MISDIRECTED_REQUEST,
            "Not the address of the desk",
            "Use the address that crg serve printed.",
        ),
        Denied::Origin => (
            StatusCode::FORBIDDEN,
            "Sent from another page",
            "The desk takes only its own links and forms. Type its address, or go back and try again.",
        ),
        Denied::Method => (
            StatusCode::METHOD_NOT_ALLOWED,
            "Not allowed",
            "The desk answers GET and POST.",
        ),
        Denied::Cookie => return not_admitted(),
        Denied::ReadOnly => (
            StatusCode::FORBIDDEN,
            "Nothing can be recorded",
            "This desk was opened with --read-only. To record, end it and run crg serve without that.",
        ),
    };
    html(status, bare(title, &[words]))
}

/// The page for a browser that has no cookie, with how to get one.
pub(crate) fn not_admitted() -> Response {
    let page = bare(
        "Open the desk with a new address",
        &[
            "The address that crg serve printed works once, in one browser. This browser has not used it, \
             or it has been used before.",
            "To get a new address, go to the window in which crg serve runs, end it with Ctrl-C, and run \
             crg serve again. If the desk has ended by itself, just run crg serve again. Nothing that was \
             recorded is lost.",
        ],
    );
    html(StatusCode::FORBIDDEN, page)
}
