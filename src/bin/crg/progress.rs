//! A bar on the terminal, for work that takes a while.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use crg::import::Progress;
use indicatif::{ProgressBar, ProgressStyle};

/// Work that is done sooner shows no bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// A bar that appears after half a second, where someone looks at standard error.
pub(crate) struct Bar {
    began: Option<Instant>,
    bar: Option<ProgressBar>,
}

impl Bar {
    #[expect(clippy::disallowed_methods, reason = "the time changes no answer")]
    pub(crate) fn new() -> Bar {
        Bar {
            began: std::io::stderr().is_terminal().then(Instant::now),
            bar: None,
        }
    }

    pub(crate) fn clear(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }

    fn show(&mut self, what: &'static str, done: u64, of: Option<u64>) {
        if self.began.is_none_or(|began| began.elapsed() <= PATIENCE) {
            return;
        }
        let bar = self
            .bar
            .get_or_insert_with(|| ProgressBar::new_spinner().with_style(style("{msg} {pos}")));
        if let Some(of) = of.filter(|of| bar.length() != Some(*of)) {
            bar.set_length(of);
            bar.set_style(style("{msg} {bar:40} {pos} of {len}"));
        }
        bar.set_message(what);
        bar.set_position(done);
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.clear();
    }
}

impl Progress for Bar {
    fn read(&mut self, rows: u64) {
        if rows.is_multiple_of(1000) {
            self.show("Reading row", rows, None);
        }
    }

    fn recorded(&mut self, lines: u64, of: u64) {
        if lines.is_multiple_of(100) {
            self.show("Recording line", lines, Some(of));
        }
    }
}
