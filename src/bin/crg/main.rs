//! `crg`: the command line over the library of the same name.
//!
//! It supplies what the library never looks for itself: the moment, today, the person, the path and
//! the terminal. It never adds two amounts and never names a table.

mod args;
mod query;
mod demo;
mod draft;
mod failure;
mod issued;
mod ledger;
mod progress;
mod record_output;
mod render;
mod run;
mod context;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(failure::panicked));
    let cli = match args::Cli::try_parse() {
        Ok(cli) => cli,
        // Help and the version are results; anything else is a bad command line.
        Err(error) => {
            let failed = error.use_stderr();
            let _ = error.print();
            return ExitCode::from(if failed {
                failure::BAD_COMMAND_LINE
            } else {
                failure::DONE
            });
        }
    };
    if cli.quiet {
        render::be_quiet();
    }
    let context = match self::context::Context::look(&cli) {
        Ok(context) => context,
        Err(failure) => return report(failure),
    };
    match std::panic::catch_unwind(|| run::run(&cli.command, &context)) {
        Ok(Ok(code)) => ExitCode::from(code),
        Ok(Err(failure)) => report(failure.naming(&context.program)),
        Err(_) => ExitCode::from(failure::OUR_BUG),
    }
}

/// What a damaged file made SQLite say, without what would move the cursor or colour the terminal.
fn plain(message: &str) -> String {
    message
        .chars()
        .map(|letter| {
            if letter.is_control() && letter != '\n' {
                '\u{fffd}'
            } else {
                letter
            }
        })
        .collect()
}

fn report(failure: failure::Failure) -> ExitCode {
    if !failure.message.is_empty() {
        // Where standard error is closed there is nobody to tell.
        let _ = writeln!(std::io::stderr(), "{}", plain(&failure.message));
    }
    ExitCode::from(failure.code)
}
