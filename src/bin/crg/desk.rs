//! The desk: the book in a browser of this computer, for people who never open a terminal.
//!
//! It is a thin shell over the library, as the command line is, and shares with it how drafts are
//! made, what is noted and what each error means. The book is opened for each request and never
//! held. There is no script in its pages.

mod act;
mod answer;
mod confirmation;
mod decision;
mod entry_values;
mod fields;
mod form_tokens;
mod frame;
mod guard;
mod kind_form;
mod labels;
mod link;
mod memory;
mod multipart;
mod papers;
mod problem;
mod random;
mod record;
mod revisit;
mod routes;
mod safety_copies;
mod screens;
mod seen;
mod server;
mod session;
mod steps;
mod suggestions;
mod uploads;
mod values;
mod visit;

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use crate::context::Context;
pub(crate) use crate::desk::server::End;
pub(crate) use crate::desk::visit::Desk;

/// A desk at a port, which nobody serves yet.
pub(crate) fn open(
    context: &Context,
    port: u16,
    is_read_only: bool,
) -> Result<Arc<Desk>, getrandom::Error> {
    Desk::new(context, port, is_read_only).map(Arc::new)
}

/// Serves a desk until nobody has used it for so long, or somebody stops it.
pub(crate) fn serve(
    desk: Arc<Desk>,
    listener: TcpListener,
    max_idle: Duration,
) -> std::io::Result<End> {
    let routes = routes::routes(Arc::clone(&desk));
    server::serve(desk, routes, listener, max_idle)
}
