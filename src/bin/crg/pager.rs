//! [`Pager`]: shows answers that are longer than the terminal, a page at a time.

use std::io::{IsTerminal, Write};
use std::process::{Command, Stdio};

use terminal_size::terminal_size;

/// A program that shows text, with its arguments.
#[derive(Debug, Clone)]
pub(crate) struct Pager(String);

impl Default for Pager {
    /// less, which leaves at once if all fits, keeps colours, leaves the text on the screen and ends
    /// with `crg` on Ctrl-C.
    fn default() -> Pager {
        Pager("less -FRXK".into())
    }
}

impl Pager {
    pub(crate) fn new(command: &str) -> Pager {
        Pager(command.into())
    }

    /// Shows a long text to whoever looks at the terminal. Returns `false` if it is still to be
    /// printed: it is short, it goes elsewhere, or there is no such program.
    pub(crate) fn show(&self, text: &[u8]) -> bool {
        let lines = text.iter().filter(|byte| **byte == b'\n').count();
        let is_long = terminal_size().is_some_and(|(_, height)| lines >= height.0.into());
        if !is_long || !std::io::stdout().is_terminal() {
            return false;
        }
        let mut words = self.0.split_whitespace();
        let mut command = Command::new(words.next().unwrap_or_default());
        // Whatever the locale, the text has pound signs in UTF-8.
        command.args(words).env("LESSCHARSET", "utf-8");
        let Ok(mut pager) = command.stdin(Stdio::piped()).spawn() else {
            return false;
        };
        if let Some(mut input) = pager.stdin.take() {
            // A pager that is left before the end has shown enough.
            let _ = input.write_all(text);
        }
        pager.wait().is_ok_and(|status| status.success())
    }
}
