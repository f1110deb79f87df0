use std::net::{Ipv4Addr, TcpListener};
use std::str::FromStr;
use std::time::Duration;

use crate::context::Context;
use crate::desk::{self, End};
use crate::failure::{Exit, Failure, Stop};
use crate::output::print;
use clap::Args;
use jiff::SignedDuration;

/// The desk: this book in a browser of this computer, to read and to record
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg serve --open
  crg serve --read-only --for 2h

It prints an address that works once, in one browser of this computer; other computers cannot reach
it. It ends when nobody has used it for half an hour, or as long as --for says, or with Ctrl-C.")]
pub(crate) struct Serve {
    /// Open it in the default browser
    #[arg(long)]
    open: bool,
    /// Record nothing, whatever is sent
    #[arg(long)]
    read_only: bool,
    /// The port; defaults to any that is free
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// How long it stays open without use, such as 45m or 2h; defaults to 30m
    #[arg(
        long = "for",
        value_name = "DURATION",
        default_value = "30m",
        hide_default_value = true
    )]
    max_idle: MaxIdle,
}

/// How long the desk stays open without use.
#[derive(Debug, Clone, Copy)]
struct MaxIdle(SignedDuration);

#[derive(Debug, thiserror::Error)]
#[error("a time such as 45m or 2h, up to 24h")]
struct MaxIdleError;

impl FromStr for MaxIdle {
    type Err = MaxIdleError;

    fn from_str(text: &str) -> Result<MaxIdle, MaxIdleError> {
        let time: SignedDuration = text.parse().map_err(|_| MaxIdleError)?;
        let is_possible = time > SignedDuration::ZERO && time <= SignedDuration::from_hours(24);
        is_possible.then_some(MaxIdle(time)).ok_or(MaxIdleError)
    }
}

impl Serve {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let partnership = context.open()?.names()?.partnership;
        let failed = |error: &dyn std::fmt::Display| {
            let message = format!("storage: the desk cannot be opened: {error}");
            Failure::new(Exit::Storage, "desk", message)
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port));
        let listener = listener.map_err(|error| failed(&error))?;
        let port = listener
            .local_addr()
            .map_err(|error| failed(&error))?
            .port();
        let desk = desk::open(context, port, self.read_only).map_err(|error| failed(&error))?;
        let (address, idle) = (desk.session.address(), in_words(self.max_idle.0));
        let book = context.book.display();
        print(format!(
            "The desk of {partnership}, {book}, is open at this address, which works once:\n\
             {address}\n\
             It ends after {idle} without use, or with Ctrl-C.\n"
        ))?;
        if self.open && opener::open_browser(&address).is_err() {
            let note = "this computer has no browser to open it; copy the address into one";
            context.output.note(note);
        }
        let max_idle: Duration = self.max_idle.0.unsigned_abs();
        let end = desk::serve(desk, listener, max_idle).map_err(|error| failed(&error))?;
        context.output.confirm(&match end {
            End::Idle => format!("The desk ended: nobody had used it for {idle}.\n"),
            End::Interrupted => "The desk ended.\n".to_owned(),
        });
        Ok(())
    }
}

/// A time as people say it: `30 minutes`, `1 hour 30 minutes`.
fn in_words(time: SignedDuration) -> String {
    let seconds = time.as_secs();
    let parts = [
        (seconds / 3600, "hour"),
        (seconds / 60 % 60, "minute"),
        (seconds % 60, "second"),
    ];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let parts = parts.map(|(count, unit)| match count {
        1 => format!("1 {unit}"),
        _ => format!("{count} {unit}s"),
    });
    parts.collect::<Vec<_>>().join(" ")
}
