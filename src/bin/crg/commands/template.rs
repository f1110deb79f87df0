use clap::{Args, ValueEnum};
use crg::import::SETTINGS_EXAMPLE;

use crate::context::Context;
use crate::failure::Stop;
use crate::options::file::FileOptions;

/// Write a file to be filled in: the settings of papers
#[derive(Debug, Args)]
#[command(after_help = "Example:
  crg template paper --output paper.toml")]
pub(crate) struct Template {
    /// Which template
    #[arg(value_enum, value_name = "TEMPLATE")]
    name: Name,
    #[command(flatten)]
    file: FileOptions,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Name {
    /// The settings of papers: whom to ask, recommendations, addresses
    #[value(alias = "paper.toml")]
    Paper,
}

impl Template {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let bytes = match self.name {
            Name::Paper => SETTINGS_EXAMPLE.as_bytes(),
        };
        self.file.write(bytes, context)
    }
}
