//! [`Answer`]: what a screen answers, and how it is sent.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use maud::Markup;

/// What a screen answers.
#[derive(Debug)]
pub(crate) enum Answer {
    Page(Page),
    /// The address of another page.
    Redirect(String),
    File(File),
}

/// A page, without its frame.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    /// For the tab of the browser.
    pub(crate) title: String,
    pub(crate) body: Markup,
}

/// A file to save.
#[derive(Debug)]
pub(crate) struct File {
    /// Letters, digits, hyphens and a dot.
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    pub(crate) bytes: Vec<u8>,
}

impl Page {
    pub(crate) fn new(title: impl Into<String>, body: Markup) -> Page {
        Page {
            status: StatusCode::OK,
            title: title.into(),
            body,
        }
    }

    pub(crate) fn with(self, status: StatusCode) -> Page {
        Page { status, ..self }
    }
}

impl From<Page> for Answer {
    fn from(page: Page) -> Answer {
        Answer::Page(page)
    }
}

/// A page that is ready to be sent.
pub(crate) fn html(status: StatusCode, page: String) -> Response {
    let mut response = Response::new(Body::from(page));
    *response.status_mut() = status;
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// Sends the browser to another page, which it then gets.
pub(crate) fn redirect(address: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    // Addresses are encoded, so that each is a valid header.
    let address = HeaderValue::from_str(address).unwrap_or(HeaderValue::from_static("/"));
    response.headers_mut().insert(header::LOCATION, address);
    response
}

/// Sends a file to be saved.
pub(crate) fn file(file: File) -> Response {
    let disposition = format!("attachment; filename=\"{}\"", file.name);
    let mut response = Response::new(Body::from(file.bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.kind));
    let disposition = HeaderValue::from_str(&disposition);
    let disposition = disposition.unwrap_or(HeaderValue::from_static("attachment"));
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    response
}
