use std::fmt::Write;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory};

use crate::Cli;
use crate::context::Context;
use crate::failure::{Failure, Stop};
use crate::words::whole;

/// Show help on a command, or on dates, money, exit-codes or formats
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg help dates
  crg help spend import")]
pub(crate) struct Help {
    /// A command, or a topic: dates, money, exit-codes, formats
    #[arg(value_name = "COMMAND|TOPIC")]
    words: Vec<String>,
}

/// What no single command's help can hold.
pub(crate) const TOPICS: [(&str, &str); 4] = [
    ("dates", include_str!("help/dates.txt")),
    ("money", include_str!("help/money.txt")),
    ("exit-codes", include_str!("help/exit-codes.txt")),
    ("formats", include_str!("help/formats.txt")),
];

impl Help {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        if let [word] = &self.words[..]
            && let Some((_, text)) = TOPICS.iter().find(|(topic, _)| topic == word)
        {
            return context.output.show(text);
        }
        let words = self.words.iter().map(String::as_str);
        let words = ["crg"].into_iter().chain(words).chain(["--help"]);
        match whole(Cli::command()).try_get_matches_from(words) {
            Err(help) if help.kind() == ErrorKind::DisplayHelp => {
                context.output.show(help.render().to_string())
            }
            _ => Err(unknown(&self.words.join(" ")).into()),
        }
    }
}

fn unknown(words: &str) -> Failure {
    let mut message = format!("there is no help on \"{words}\"; topics are ");
    for (index, (topic, _)) in TOPICS.iter().enumerate() {
        let before = if index == 0 { "" } else { ", " };
        let _ = write!(message, "{before}{topic}");
    }
    Failure::command_line(message + "; commands are listed by crg --help")
}
