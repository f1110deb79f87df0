use std::fs;
use std::path::PathBuf;

use clap::{Args, CommandFactory};

use crate::Cli;
use crate::context::Context;
use crate::failure::Stop;
use crate::words::whole;

/// Write the manual pages, one for each command, into a folder
#[derive(Debug, Args)]
#[command(after_help = "Example:
  crg man /usr/local/share/man/man1")]
pub(crate) struct Man {
    /// The folder, which must exist
    folder: PathBuf,
}

impl Man {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let written = fs::metadata(&self.folder)
            .and_then(|_| clap_mangen::generate_to(whole(Cli::command()), &self.folder));
        written.map_err(|error| {
            let path = self.folder.clone();
            crg::Error::Output { path, error }
        })?;
        let note = format!("wrote the manual pages to {}", self.folder.display());
        context.output.note(&note);
        Ok(())
    }
}
